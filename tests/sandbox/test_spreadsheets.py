"""The import on the account's web page keeps to what Pipedrive's help pages say of theirs, and costs no tokens."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from .api import Api

JON = {"Person - Name": "Jon Snow"}


def book(*rows: dict[str, Any], tabs: int = 1) -> bytes:
    """A workbook whose header is that of the first row."""
    made = Workbook()
    header = list(dict.fromkeys(name for row in rows for name in row))
    made.worksheets[0].append(header)
    for row in rows:
        made.worksheets[0].append([row.get(name) for name in header])
    for _ in range(tabs - 1):
        made.create_sheet()
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def imported(api: Api, *rows: dict[str, Any], duplicates: str = "merge", content: bytes | None = None) -> dict[str, Any]:
    """Upload, take the mapping as offered, start; return the counts, `skipped`: reasons, or `problem`: what the page says."""
    answer = api.post("/import", files={"file": ("people.xlsx", content or book(*rows))})
    if answer.status_code == 400:
        return {"problem": unescape(re.search(r'role="alert">([^<]*)<', answer.text).group(1))}  # type: ignore[union-attr]
    place = answer.headers["location"]
    page = api.get(place).text
    form = {
        name: unescape(value)
        for name, value in re.findall(r'<select name="(column-\d+)"[^>]*>.*?value="([^"]*)" selected', page, re.DOTALL)
    }
    api.post(place, data=form | {"duplicates": duplicates})
    done = api.get(place).text
    counts = {what: int(count) for what, count in re.findall(r"<tr><td>([a-z]+ [a-z]+)</td><td>(\d+)</td>", done)}
    if "skipped.xlsx" not in done:
        return counts
    lines = load_workbook(io.BytesIO(api.get(f"{place}/skipped.xlsx").content)).worksheets[0].iter_rows(values_only=True)
    return counts | {"skipped": [line[0] for line in lines][1:]}


def test_persons_of_one_name_who_share_something_are_merged(api: Api) -> None:
    """The help page's own example: four rows of Jon Snow end as two persons; the phone is added to the first."""
    rows = [
        JON | {"Organization - Name": "The Watch", "Person - Email - Work": "jon@wall.example"},
        JON | {"Organization - Name": "The Watch", "Person - Phone - Work": "0412000111"},
        JON | {"Person - Email - Work": "JON@wall.example"},
        JON,
    ]
    assert imported(api, *rows) == {"organization created": 1, "organization merged": 1, "person created": 2, "person merged": 2}
    first, second = api.ok("GET", "/api/v2/persons")
    assert [each["value"] for each in first["phones"]] == ["0412000111"] and second["phones"] == []


def test_separate_ones_are_made_where_that_is_chosen(api: Api) -> None:
    row = JON | {"Person - Phone - Work": "0412000111"}
    assert imported(api, row, row, duplicates="separate") == {"person created": 2}


def test_organizations_are_merged_by_name_and_address_and_deals_never(api: Api) -> None:
    rows = [{"Organization - Name": "A", "Organization - Address": address} for address in ("1 Hill St", "1 hill st", "2 Hill St")]
    assert imported(api, *rows) == {"organization created": 2, "organization merged": 1}
    deal = {"Deal - Title": "Crown", "Organization - Pipedrive System ID": 1}
    assert imported(api, deal, deal) == {"deal created": 2}


def test_rows_are_linked_by_system_id_and_cost_nothing(api: Api) -> None:
    """A deal, an activity and a note of a person; times on the importing user's clock; no token is spent."""
    imported(api, JON)
    used = api.get("/_sandbox/state").json()["tokens"]["used_ever"]
    row = {
        "Person - Pipedrive System ID": 1, "Deal - Title": "Crown", "Deal - Value": 1200.5, "Deal - Status": "won",
        "Deal - Won time": datetime(2026, 2, 1, 7, 0), "Activity - Subject": "Check-up", "Activity - Due date": date(2026, 3, 3),
        "Activity - Due time": "10:30", "Activity - Done": "Done", "Activity - Note": "a < b\nSource: appointment:7",
        "Note - Content": "one\ntwo",
    }  # fmt: skip
    assert imported(api, row) == {"deal created": 1, "activity created": 1, "note created": 1}
    assert api.get("/_sandbox/state").json()["tokens"]["used_ever"] == used
    [deal], [activity], [note] = (api.ok("GET", path) for path in ("/api/v2/deals", "/api/v2/activities", "/api/v1/notes"))
    assert (deal["person_id"], deal["value"], deal["won_time"]) == (1, 1200.5, "2026-01-31T20:00:00Z")
    assert (activity["due_date"], activity["due_time"], activity["done"]) == ("2026-03-02", "23:30:00", True)
    assert (activity["person_id"], activity["deal_id"]) == (1, deal["id"])
    assert activity["note"] == "a &lt; b<br>Source: appointment:7" and note["content"] == "one<br>two"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"Person - Phone - Work": "1"}, "Name must be given"),
        ({"Organization - Address": "1 Hill St"}, "Organization name must be given"),
        ({"Deal - Value": 5}, "Deal title must be given"),
        ({"Person - Pipedrive System ID": 99, "Note - Content": "x"}, "Person not found"),
        ({"Deal - Pipedrive System ID": 99, "Note - Content": "x"}, "Deal not found"),
        ({"Deal - Title": "x", "Deal - Currency": "XXX"}, "Please provide valid currency"),
        ({"Note - Content": "x"}, "A note must be linked to a person, organization, deal, lead or project"),
        ({**JON, "Person - Owner": "Nobody Here"}, "Owner not found"),
    ],
)
def test_rows_are_skipped_for_a_named_reason(api: Api, row: dict[str, Any], reason: str) -> None:
    """The row comes back as it was, with the reason; nothing of it stays."""
    assert imported(api, row) == {"skipped": [reason]}
    assert api.ok("GET", "/api/v2/persons") == []


def test_a_system_id_makes_an_update_of_an_import(api: Api) -> None:
    imported(api, JON)
    assert imported(api, {"Person - Pipedrive System ID": 1, "Person - Name": "Jon Targaryen"}) == {"person updated": 1}
    assert [each["name"] for each in api.ok("GET", "/api/v2/persons")] == ["Jon Targaryen"]


def test_custom_fields_are_offered_by_their_label(api: Api) -> None:
    """A date, an option by its label, an amount with its currency; an option that is not there is a reason."""
    fields = [
        ("person", "Born", "date", {}),
        ("person", "State", "enum", {"options": [{"label": "Active"}]}),
        ("deal", "Total", "monetary", {}),
    ]
    codes = {}
    for entity, label, kind, more in fields:
        body = {"field_name": label, "field_type": kind, **more}
        codes[label] = api.ok("POST", f"/api/v2/{entity}Fields", json=body)["field_code"]
    own = {
        "Person - Born": datetime(1980, 5, 1),
        "Person - State": "Active",
        "Deal - Title": "x",
        "Deal - Total": 9,
        "Deal - Currency of Total": "AUD",
    }
    assert imported(api, JON | own) == {"person created": 1, "deal created": 1}
    person, deal = api.ok("GET", "/api/v2/persons/1")["custom_fields"], api.ok("GET", "/api/v2/deals/1")["custom_fields"]
    assert person[codes["Born"]] == "1980-05-01" and deal[codes["Total"]]["value"] == 9
    assert imported(api, JON | {"Person - State": "Gone"}) == {"skipped": ["State: this option does not exist"]}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (book(JON, tabs=2), "The file must have one tab only."),
        (book({"Person - Name": "=1+1"}), "The file holds formulas: remove them first."),
        (b"no workbook", "The file is no workbook."),
        (book({"Person - Name": None}), "The file holds no rows under its header."),
    ],
)
def test_files_that_are_not_taken(api: Api, content: bytes, problem: str) -> None:
    assert imported(api, content=content) == {"problem": problem}


def test_the_skip_file_holds_no_formula(api: Api) -> None:
    """A text that begins with = was a text in the file, and is one in the skip file."""
    made = load_workbook(io.BytesIO(book({"Note - Content": "x"})))
    made.worksheets[0]["A2"].value, made.worksheets[0]["A2"].data_type = "=1+1", "s"
    target = io.BytesIO()
    made.save(target)
    assert imported(api, content=target.getvalue())["skipped"] == ["A note must be linked to a person, organization, deal, lead or project"]
    skipped = load_workbook(io.BytesIO(api.get("/import/1/skipped.xlsx").content)).worksheets[0]["B2"]
    assert (skipped.value, skipped.data_type) == ("=1+1", "s")


def test_limits(api: Api, make: Callable[..., Api], monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many rows, too many bytes: the file is refused; a deal beyond the plan's limit is a skipped row."""
    monkeypatch.setattr("migkit.sandbox.spreadsheets.workbook.MOST_ROWS", 1)
    assert imported(api, JON, JON) == {"problem": "The file has more than 50,000 rows."}
    monkeypatch.setattr("migkit.sandbox.spreadsheets.workbook.MOST_BYTES", 10)
    assert imported(api, JON) == {"problem": "The file is larger than 50 MB."}
