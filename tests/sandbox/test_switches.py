"""Both answers to every question that the documents leave open."""

from __future__ import annotations

import pytest

from migkit.sandbox import SWITCHES

TESTED = set()


def switch(name):
    TESTED.add(name)
    return pytest.mark.parametrize("answer", SWITCHES[name].answers)


def deal(api, **more):
    return api.post("/api/v2/deals", json={"title": "D", **more})


@switch("deal_add_time")
def test_deal_add_time(make, answer):
    sent = deal(make(switches={"deal_add_time": answer}), add_time="2020-01-01T00:00:00Z")
    assert sent.status_code == (400 if answer == "refused" else 200)
    if answer != "refused":
        assert (sent.json()["data"]["add_time"] == "2020-01-01T00:00:00Z") == (answer == "accepted")


@switch("add_time_format")
def test_add_time_format(make, answer):
    api = make(switches={"add_time_format": answer})
    sent = [
        api.post("/api/v2/organizations", json={"name": "A", "add_time": text}) for text in ("2020-01-01T00:00:00Z", "2020-01-01 00:00:00")
    ]
    assert [each.status_code for each in sent] == [200, 200 if answer == "either" else 400]
    assert {each.json()["data"]["add_time"] for each in sent if each.status_code == 200} == {"2020-01-01T00:00:00Z"}


@switch("add_time_needs_admin")
def test_add_time_needs_admin(make, answer):
    seed = {"users": [{"name": name, "email": f"{name}@example.com", "is_admin": name == "a", "active": True} for name in "ab"]}
    api = make(switches={"add_time_needs_admin": answer})
    account = api.world.add_account(seed)
    desk = api.with_token(account.small("user")[2]["token"])
    sent = desk.post("/api/v2/persons", json={"name": "A", "add_time": "2020-01-01T00:00:00Z"})
    assert sent.status_code == (403 if answer == "yes" else 200)


@switch("due_time_format")
def test_due_time_format(make, answer):
    api = make(switches={"due_time_format": answer})
    sent = [api.post("/api/v2/activities", json={"due_time": text, "duration": "00:30:00"}) for text in ("09:30:00", "09:30", "9:30:00")]
    assert [each.status_code for each in sent] == [200, 400 if answer == "seconds" else 200, 400]
    assert sent[0].json()["data"]["due_time"] == ("09:30:00" if answer == "seconds" else "09:30")
    assert sent[0].json()["data"]["duration"] == ("00:30:00" if answer == "seconds" else "00:30")


@switch("contact_sync")
def test_contact_sync(make, answer):
    api = make(switches={"contact_sync": answer})
    sent = api.post("/api/v2/persons", json={"name": "A", "birthday": "2000-02-29", "postal_address": {"value": "1 High St"}})
    assert sent.status_code == (200 if answer == "on" else 403)
    assert ("birthday" in api.ok("POST", "/api/v2/persons", json={"name": "B"})) == (answer == "on")


@switch("undocumented_headers")
def test_undocumented_headers(make, answer):
    headers = make(switches={"undocumented_headers": answer}).get("/api/v2/persons").headers
    assert ("x-daily-ratelimit-token-remaining" in headers) == (answer == "sent")


@switch("reset_utc_offset")
def test_reset_utc_offset(make, clock, answer):
    api = make(switches={"reset_utc_offset": answer})
    left = api.get("/_sandbox/state").json()["tokens"]["seconds_to_reset"]
    assert (clock.now + left + int(answer) * 3600) % 86_400 == 0


@switch("file_max_mb")
def test_file_max_mb(make, answer):
    api = make(switches={"file_max_mb": answer}, record_bodies=False)
    for size, status in ((int(answer) * 1024 * 1024, 200), (int(answer) * 1024 * 1024 + 1, 400)):
        assert api.post("/api/v1/files", files={"file": ("a", b"\0" * size)}).status_code == status


@switch("deal_undelete")
def test_deal_undelete(make, answer):
    api = make(switches={"deal_undelete": answer})
    id = deal(api).json()["data"]["id"]
    api.ok("DELETE", f"/api/v2/deals/{id}")
    sent = api.request("PATCH", f"/api/v2/deals/{id}", json={"is_deleted": False})
    assert sent.status_code == (200 if answer == "accepted" else 404)
    assert len(api.ok("GET", "/api/v2/deals")) == (answer == "accepted")


@switch("delete_cascade")
def test_delete_cascade(make, answer):
    api = make(switches={"delete_cascade": answer})
    person = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    api.ok("POST", "/api/v1/notes", json={"content": "n", "person_id": person})
    api.ok("POST", "/api/v2/activities", json={"participants": [{"person_id": person}]})
    api.ok("POST", "/api/v1/files", files={"file": ("a", b"a")}, data={"person_id": str(person)})
    kept = deal(api, person_id=person).json()["data"]["id"]
    api.ok("DELETE", f"/api/v2/persons/{person}")
    left = [len(api.ok("GET", path)) for path in ("/api/v1/notes", "/api/v2/activities", "/api/v1/files")]
    assert left == ([1, 1, 1] if answer == "none" else [0, 0, 0])
    assert api.ok("GET", f"/api/v2/deals/{kept}")["is_deleted"] is False


@switch("label_options")
def test_label_options(make, answer):
    api = make(switches={"label_options": answer})
    sent = api.post("/api/v2/personFields/label_ids/options", json=[{"label": "VIP"}])
    assert sent.status_code == (200 if answer == "accepted" else 403)
    if answer == "accepted":
        label = sent.json()["data"][0]["id"]
        assert api.ok("POST", "/api/v2/persons", json={"name": "A", "label_ids": [label]})["label_ids"] == [label]


@switch("activity_type_cap")
def test_activity_type_cap(make, answer):
    api = make(switches={"activity_type_cap": answer})
    made = [api.post("/api/v1/activityTypes", json={"name": f"T{n}", "icon_key": "call"}).status_code for n in range(int(answer) - 5)]
    assert made == [200] * (int(answer) - 6) + [403]


@switch("option_cap")
def test_option_cap(make, answer):
    api = make(switches={"option_cap": answer})
    options = [{"label": f"O{n}"} for n in range(501)]
    sent = api.post("/api/v2/personFields", json={"field_name": "A", "field_type": "enum", "options": options})
    assert sent.status_code == (403 if answer == "500" else 200)


@switch("note_sanitiser")
def test_note_sanitiser(make, answer):
    api = make(switches={"note_sanitiser": answer})
    person = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    html = "<h1>Paid</h1><table><tbody><tr><td>1</td></tr></tbody></table><b>x</b>"
    kept = api.ok("POST", "/api/v1/notes", json={"content": html, "person_id": person})["content"]
    assert kept == (html if answer == "wide" else "Paid1<b>x</b>")


@switch("failed_calls_cost")
def test_failed_calls_cost(make, answer):
    api = make(switches={"failed_calls_cost": answer})
    api.refused(400, "POST", "/api/v2/persons", json={})
    assert api.get("/_sandbox/state").json()["tokens"]["used"] == (5 if answer == "yes" else 0)


@switch("lead_set_format")
def test_lead_set_format(make, answer):
    api = make(switches={"lead_set_format": answer})
    made = api.ok("POST", "/api/v2/dealFields", json={"field_name": "S", "field_type": "set", "options": [{"label": "A"}, {"label": "B"}]})
    code, ids = made["field_code"], [option["id"] for option in made["options"]]
    person = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    text = api.post("/api/v1/leads", json={"title": "L", "person_id": person, code: ",".join(map(str, ids))})
    array = api.post("/api/v1/leads", json={"title": "L", "person_id": person, code: ids})
    assert (text.status_code, array.status_code) == (201, 400 if answer == "text" else 201)
    assert text.json()["data"][code] == (",".join(map(str, ids)) if answer == "text" else ids)


@switch("parent_update_time")
def test_parent_update_time(make, clock, answer):
    api = make(switches={"parent_update_time": answer})
    made = api.ok("POST", "/api/v2/persons", json={"name": "A"})
    person = api.ok("GET", f"/api/v2/persons/{made['id']}")
    clock.now += 60
    api.ok("POST", "/api/v1/notes", json={"content": "n", "person_id": person["id"]})
    after = api.ok("GET", f"/api/v2/persons/{person['id']}")
    assert (after["update_time"] > person["update_time"]) == (answer == "moves")
    assert {**after, "update_time": None} == {**person, "update_time": None}


@switch("null_clears")
def test_null_clears(make, answer):
    api = make(switches={"null_clears": answer})
    id = api.ok("POST", "/api/v2/activities", json={"due_date": "2024-01-01", "public_description": "x"})["id"]
    sent = api.request("PATCH", f"/api/v2/activities/{id}", json={"public_description": None, "due_date": None})
    assert sent.status_code == (200 if answer == "accepted" else 400)
    if answer == "accepted":
        assert (sent.json()["data"]["public_description"], sent.json()["data"]["due_date"]) == (None, None)


@switch("deals_counted")
def test_deals_counted(make, monkeypatch, answer):
    from migkit.sandbox.objects import deals

    monkeypatch.setitem(deals.DEAL_CAP, "lite", 1)
    api = make(plan="lite", switches={"deals_counted": answer})
    deal(api, status="won")
    assert deal(api).status_code == (403 if answer == "all" else 200)


@switch("set_null")
@pytest.mark.parametrize("empty", [None, []])
def test_set_null(make, answer, empty):
    api = make(switches={"set_null": answer})
    field = {"field_name": "Tags", "field_type": "set", "options": [{"label": "A"}, {"label": "B"}]}
    made = api.ok("POST", "/api/v2/personFields", json=field)
    ids = [option["id"] for option in made["options"]]
    id = api.ok("POST", "/api/v2/persons", json={"name": "A", "custom_fields": {made["field_code"]: ids}})["id"]
    sent = api.request("PATCH", f"/api/v2/persons/{id}", json={"name": "B", "custom_fields": {made["field_code"]: empty}})
    assert sent.status_code == (400 if answer == "refused" else 200)
    after = api.ok("GET", f"/api/v2/persons/{id}")
    assert (after["name"], after["custom_fields"][made["field_code"]]) == (("A", ids) if answer == "refused" else ("B", None))


@switch("person_org_null")
def test_person_org_null(make, answer):
    api = make(switches={"person_org_null": answer})
    home = api.ok("POST", "/api/v2/organizations", json={"name": "Home"})["id"]
    id = api.ok("POST", "/api/v2/persons", json={"name": "A", "org_id": home})["id"]
    assert api.request("PATCH", f"/api/v2/persons/{id}", json={"org_id": None}).status_code == (400 if answer == "refused" else 200)
    assert api.ok("GET", f"/api/v2/persons/{id}")["org_id"] == (home if answer == "refused" else None)


@switch("new_update_time")
def test_new_update_time(make, answer):
    api = make(switches={"new_update_time": answer})
    for path, body in (("persons", {"name": "A"}), ("organizations", {"name": "A"}), ("deals", {"title": "A"})):
        made = api.ok("POST", f"/api/v2/{path}", json=body)
        assert (made["update_time"] is None) == (answer == "null")
        assert api.ok("GET", f"/api/v2/{path}/{made['id']}")["update_time"]


@switch("missing_due_date")
def test_missing_due_date(make, clock, answer):
    api = make(switches={"missing_due_date": answer})
    assert api.ok("POST", "/api/v2/activities", json={"subject": "A"})["due_date"] == ("2026-09-21" if answer == "today" else None)


@switch("missing_price")
def test_missing_price(make, answer):
    api = make(switches={"missing_price": answer})
    made = api.ok("POST", "/api/v2/products", json={"name": "A"})
    assert [price["price"] for price in made["prices"]] == ([0] if answer == "zero" else [])
    assert made["description"] == ("" if answer == "zero" else None)


@switch("links_of_deal")
def test_links_of_deal(make, answer):
    api = make(switches={"links_of_deal": answer})
    home = api.ok("POST", "/api/v2/organizations", json={"name": "Home"})["id"]
    person = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    other = api.ok("POST", "/api/v2/persons", json={"name": "B"})["id"]
    deal = api.ok("POST", "/api/v2/deals", json={"title": "D", "person_id": person, "org_id": home})["id"]
    note = api.ok("POST", "/api/v1/notes", json={"content": "n", "deal_id": deal})
    file = api.ok("POST", "/api/v1/files", data={"deal_id": deal}, files={"file": ("a.txt", b"x")})
    for made in (note, file):
        assert (made["person_id"], made["org_id"]) == ((person, home) if answer == "taken" else (None, None))
    named = api.ok("POST", "/api/v1/notes", json={"content": "n", "deal_id": deal, "person_id": other})
    assert (named["person_id"], named["org_id"]) == (other, None)


@switch("name_split")
def test_name_split(make, answer):
    api = make(switches={"name_split": answer})
    made = api.ok("POST", "/api/v2/persons", json={"name": "Mary Ann Example"})
    assert (made["first_name"], made["last_name"]) == (("Mary Ann", "Example") if answer == "last" else ("Mary", "Ann Example"))
    single = api.ok("POST", "/api/v2/persons", json={"name": "Mary"})
    assert (single["first_name"], single["last_name"]) == ("Mary", None)


@switch("address_parts")
def test_address_parts(make, answer):
    api = make(switches={"address_parts": answer})
    field = api.ok("POST", "/api/v2/personFields", json={"field_name": "Home", "field_type": "address"})["field_code"]
    home = api.ok("POST", "/api/v2/organizations", json={"name": "A", "address": {"value": "1 High St, Perth"}})
    person = api.ok("POST", "/api/v2/persons", json={"name": "A", "custom_fields": {field: {"value": "1 High St, Perth"}}})
    visit = api.ok("POST", "/api/v2/activities", json={"subject": "A", "location": {"value": "1 High St, Perth"}})
    assert {place["locality"] for place in (home["address"], person["custom_fields"][field], visit["location"])} == {None}
    home, person, visit = (api.ok("GET", f"/api/v2/{path}/1") for path in ("organizations", "persons", "activities"))
    for place in (home["address"], person["custom_fields"][field], visit["location"]):
        assert place["value"] == "1 High St, Perth" and place["locality"] == ("Perth" if answer == "later" else None)


@switch("token_in_query")
def test_token_in_query(make, answer):
    api = make(switches={"token_in_query": answer})
    sent = api.get("/api/v1/users/me?api_token=sandbox-token", headers={"x-api-token": ""})
    assert sent.status_code == (200 if answer == "accepted" else 401)
    assert api.get("/api/v1/users/me?api_token=nobody", headers={"x-api-token": ""}).status_code == 401
    assert "sandbox-token" not in api.get("/_sandbox/requests?full=1").text


@switch("unknown_query")
def test_unknown_query(make, answer):
    api = make(switches={"unknown_query": answer})
    assert api.get("/api/v1/users?limit=10&start=0").status_code == (200 if answer == "ignored" else 400)
    assert api.get("/api/v2/persons?gravity=off").status_code == 400


@switch("out_of_support")
def test_lists_that_are_out_of_support(make, answer):
    """Lists of v1 that the specification no longer has; what it has is not concerned."""
    api = make(switches={"out_of_support": answer})
    assert api.get("/api/v1/organizations").status_code == (200 if answer == "answer" else 410)
    assert api.get("/api/v1/leads").status_code == 200


@switch("old_recents")
def test_old_recents(make, clock, answer):
    api = make(switches={"old_recents": answer})
    api.ok("POST", "/api/v2/persons", json={"name": "Old"})
    clock.now += 60 * 86_400
    api.ok("POST", "/api/v2/persons", json={"name": "New"})
    sent = api.get("/api/v1/recents?since_timestamp=2020-01-01 00:00:00&items=person")
    assert sent.status_code == (200 if answer == "capped" else 400)
    if answer == "capped":
        assert [each["data"]["name"] for each in sent.json()["data"]] == ["New"]


@switch("daily_writes")
def test_daily_writes(make, clock, monkeypatch, answer):
    """10,000 in truth, two here; other verbs and the next UTC day are not concerned."""
    monkeypatch.setattr("migkit.sandbox.limits.DAILY_WRITES", 2)
    api = make(switches={"daily_writes": answer})
    sent = [api.post("/api/v2/persons", json={"name": "Ann"}) for _ in range(3)]
    assert [each.status_code for each in sent] == [200, 200, 429 if answer == "enforced" else 200]
    left = [None] * 3 if answer == "absent" else ["1", "0", "0"]
    assert [each.headers.get("x-daily-requests-left") for each in sent] == left
    changed = api.request("PATCH", f"/api/v2/persons/{sent[0].json()['data']['id']}", json={"name": "Bo"})
    assert changed.status_code == 200 and "x-daily-requests-left" not in changed.headers
    clock.now += 86_400
    assert api.post("/api/v2/persons", json={"name": "Cy"}).status_code == 200


def test_every_switch_is_tested_both_ways():
    assert set(SWITCHES) == TESTED


def test_an_unknown_switch_or_answer_is_refused(api):
    assert api.post("/_sandbox/switches", json={"gravity": "off"}).status_code == 400
    answer = api.post("/_sandbox/switches", json={"contact_sync": "maybe"})
    assert answer.status_code == 400
    assert "off or on" in answer.json()["error"]
