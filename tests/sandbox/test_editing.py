"""Records are changed on the account's web page as a person would, and read back by the API."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from .api import Api, Clock

CONTROL = re.compile(
    r'<textarea id="field-[^"]*" name="([^"]*)"[^>]*>\n(.*?)</textarea>'
    r'|<input id="field-[^"]*" name="([^"]*)" value="([^"]*)"'
    r'|<select id="field-[^"]*" name="([^"]*)".*?</select>'
    r'|<input id="field-[^"]*" type="checkbox" name="([^"]*)" value="yes"( checked)?',
    re.DOTALL,
)


def shown(api: Api, place: str) -> dict[str, Any]:
    """Return what the form of a record holds, as a browser would send it back."""
    form: dict[str, Any] = {}
    for found in CONTROL.finditer(api.get(place).text):
        area, text, line, value, choice, check, is_checked = found.groups()
        if area:
            form[area] = unescape(text)
        elif line:
            form[line] = unescape(value)
        elif choice:
            form[choice] = re.findall(r'<option value="([^"]*)" selected', found[0])
        elif check and is_checked:
            form[check] = "yes"
    return form


def save(api: Api, place: str, **changes: Any) -> str:
    """Change a form and send it; return what the page says."""
    answer = api.post(place, data=shown(api, place) | changes)
    if answer.status_code == 303:
        answer = api.get(answer.headers["location"])
    return unescape(re.search(r'role="(?:alert|status)">([^<]*)<', answer.text)[1])  # type: ignore[index]


@pytest.fixture
def ann(api: Api) -> dict[str, Any]:
    """A person with a field of each type that the page offers."""
    fields = {}
    for kind, more in {
        "varchar": {}, "double": {}, "date": {}, "monetary": {}, "text": {},
        "enum": {"options": [{"label": "Red"}, {"label": "Blue"}]}, "set": {"options": [{"label": "A"}, {"label": "B"}, {"label": "C"}]},
    }.items():  # fmt: skip
        fields[kind] = api.ok("POST", "/api/v2/personFields", json={"field_name": f"My {kind}", "field_type": kind} | more)
    options = {kind: [each["id"] for each in fields[kind]["options"]] for kind in ("enum", "set")}
    code = {kind: field["field_code"] for kind, field in fields.items()}
    custom = {code["varchar"]: "O'Neil & Co", code["double"]: 1.5, code["date"]: "2026-01-31", code["text"]: "\nfirst\n second ",
              code["monetary"]: {"value": 120.5, "currency": "AUD"}, code["enum"]: options["enum"][0],
              code["set"]: options["set"][:2]}  # fmt: skip
    person = api.ok("POST", "/api/v2/persons", json={
        "name": "Ann Lee", "emails": [{"value": "ann@x.example", "label": "home", "primary": True}],
        "phones": [{"value": "+61299990000", "label": "work", "primary": True}, {"value": "0412 345 678", "label": "mobile"}],
        "custom_fields": custom,
    })  # fmt: skip
    return {"id": person["id"], "at": f"/records/1/person/{person['id']}", "code": code, "options": options}


def test_a_form_that_nobody_touched_changes_nothing(api: Api, ann: dict[str, Any], clock: Clock) -> None:
    """What the form shows comes back as it was, whatever the type of field: no update, no new time."""
    before = api.ok("GET", f"/api/v2/persons/{ann['id']}")
    clock.now += 60
    assert save(api, ann["at"]) == "Saved."
    assert api.ok("GET", f"/api/v2/persons/{ann['id']}") == before


def test_what_was_changed_is_changed_and_nothing_else(api: Api, ann: dict[str, Any], clock: Clock) -> None:
    """Each control writes its field; the others stay; the update is dated, and no tokens are paid."""
    before = api.ok("GET", f"/api/v2/persons/{ann['id']}")
    tokens, code, options = api.app.state.world.accounts[1].limits.used, ann["code"], ann["options"]
    clock.now += 60
    said = save(api, ann["at"], name="Ann Leigh", phones="0400 111 222 (mobile)\n02 9999 0000 (work)",
                **{code["monetary"]: "99.95 AUD", code["enum"]: str(options["enum"][1]), code["date"]: "",
                   code["set"]: [str(options["set"][2])]})  # fmt: skip
    assert (said, api.app.state.world.accounts[1].limits.used) == ("Saved.", tokens)
    after = api.ok("GET", f"/api/v2/persons/{ann['id']}")
    assert (after["name"], after["update_time"] > before["update_time"]) == ("Ann Leigh", True)
    assert [(each["value"], each["label"], each["primary"]) for each in after["phones"]] == [
        ("0400 111 222", "mobile", True), ("02 9999 0000", "work", False)]  # fmt: skip
    changed = {code["monetary"]: {"value": 99.95, "currency": "AUD"}, code["enum"]: options["enum"][1], code["date"]: None,
               code["set"]: [options["set"][2]]}  # fmt: skip
    assert after["custom_fields"] == before["custom_fields"] | changed
    assert after["emails"] == before["emails"]


@pytest.mark.parametrize(("key", "value"), [("double", "many"), ("monetary", "12"), ("monetary", "twelve AUD")])
def test_what_a_field_cannot_hold_is_said_and_nothing_is_saved(api: Api, ann: dict[str, Any], key: str, value: str) -> None:
    """A refused form changes nothing, the good part of it neither."""
    before = api.ok("GET", f"/api/v2/persons/{ann['id']}")
    assert "Validation failed" in save(api, ann["at"], name="Somebody Else", **{ann["code"][key]: value})
    assert api.ok("GET", f"/api/v2/persons/{ann['id']}") == before


def test_a_note_is_added_and_a_record_deleted(api: Api, ann: dict[str, Any]) -> None:
    """The note hangs on the record; a deleted record is gone from page and API."""
    api.post(f"{ann['at']}/note", data={"content": "<p>called</p>"})
    (note,) = api.ok("GET", "/api/v1/notes")
    assert (note["person_id"], note["content"]) == (ann["id"], "<p>called</p>")
    assert api.post(f"{ann['at']}/delete").status_code == 303
    assert api.get(ann["at"]).status_code == 404
    assert api.get(f"/api/v2/persons/{ann['id']}").status_code == 404


@pytest.mark.parametrize(
    ("kind", "path", "body", "change"),
    [
        ("organization", "/api/v2/organizations", {"name": "Lees"}, {"name": "Lee family", "address": "1 High St"}),
        ("deal", "/api/v2/deals", {"title": "Crown", "value": 900}, {"title": "Crown 16", "value": "950.5", "status": "won"}),
        ("activity", "/api/v2/activities", {"subject": "Exam"}, {"due_date": "2026-12-01", "due_time": "09:30:00", "done": "yes"}),
        ("product", "/api/v2/products", {"name": "Scale", "code": "114"}, {"name": "Scale and clean"}),
    ],
)
def test_other_kinds_are_edited_too(api: Api, kind: str, path: str, body: dict[str, Any], change: dict[str, str]) -> None:
    """Organizations, deals, activities and products take what their forms send."""
    id = api.ok("POST", path, json=body)["id"]
    assert save(api, f"/records/1/{kind}/{id}", **change) == "Saved."
    after = api.ok("GET", f"{path}/{id}")
    wanted = {"value": 950.5, "done": True, "address": "1 High St"}
    for key, value in change.items():
        held = after[key]["value"] if key == "address" else after[key]
        assert held == wanted.get(key, value), key


def test_leads_and_notes_are_edited_too(api: Api) -> None:
    """The first version's records take what their forms send."""
    person = api.ok("POST", "/api/v2/persons", json={"name": "Ann"})["id"]
    lead = api.ok("POST", "/api/v1/leads", json={"title": "Veneers", "person_id": person})["id"]
    note = api.ok("POST", "/api/v1/notes", json={"content": "one", "lead_id": lead})["id"]
    assert save(api, f"/records/1/lead/{lead}", title="Implant") == "Saved."
    assert save(api, f"/records/1/note/{note}", content="two\nlines") == "Saved."
    assert api.ok("GET", f"/api/v1/leads/{lead}")["title"] == "Implant"
    assert api.ok("GET", f"/api/v1/notes/{note}")["content"] == "two\nlines"


def test_the_page_leads_to_a_record_and_finds_it(make: Callable[..., Api]) -> None:
    """Among more persons than the page lists, a search finds one, and its link opens the form."""
    api = make()
    for number in range(30):
        api.ok("POST", "/api/v2/persons", json={"name": f"Person {number:02}"})
    assert "Person 03" not in api.get("/").text
    (link,) = re.findall(r'href="(/records/1/person/\d+)">Person 03<', api.get("/?find=person 03").text)
    assert shown(api, link)["name"] == "Person 03"


@pytest.mark.parametrize("place", ["/records/2/person/1", "/records/1/person/99", "/records/1/user/1", "/records/1/person/x"])
def test_what_is_not_there_is_not_found(api: Api, place: str) -> None:
    """No account, no record, no editable kind: 404."""
    assert api.get(place).status_code == 404
