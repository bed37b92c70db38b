"""A scripted session that calls every endpoint of the contract at least once, with success."""

from __future__ import annotations

from typing import Any

COLUMN = "person_id"


def play(api: Any) -> None:
    """Call every endpoint."""
    ok = api.ok
    _account(ok)
    codes = _fields(ok)
    people = _people(ok, codes)
    deals = _deals(ok, people)
    _products(ok, deals)
    _leads(ok, people, codes)
    _activities(ok, people, deals)
    notes_and_files(api, people, deals)
    _filters_and_search(ok, codes)
    _webhooks(ok)
    _merges_and_deletes(ok, people, deals)


def _account(ok: Any) -> None:
    for path in ("users", "users/me", "users/1", "users/find?term=a", "users/1/permissions", "permissionSets", "userSettings", "currencies",
                 "currencies?term=AUD", "roles", "roles/1", "users/1/roleAssignments", "users/1/roleSettings", "leadSources", "leadFields",
                 "noteFields", "activityFields", "filters/helpers"):  # fmt: skip
        ok("GET", f"/api/v1/{path}")
    made = ok("POST", "/api/v1/users", json={"email": "new@example.com", "access": [{"app": "sales", "admin": False}]})
    ok("PUT", f"/api/v1/users/{made['id']}", json={"active_flag": False})
    set_id = ok("GET", "/api/v1/permissionSets?app=sales")[0]["id"]
    ok("GET", f"/api/v1/permissionSets/{set_id}")
    ok("GET", f"/api/v1/permissionSets/{set_id}/assignments")
    ok("GET", "/api/v2/activityFields?limit=5&include_fields=ui_visibility")
    ok("GET", "/api/v2/activityFields/subject")


def _fields(ok: Any) -> dict[str, dict[str, Any]]:
    codes: dict[str, dict[str, Any]] = {}
    for entity in ("person", "organization", "deal", "product"):
        mine: dict[str, Any] = {}
        for kind in ("varchar", "text", "double", "monetary", "date", "daterange", "time", "timerange", "phone", "address", "user", "org",
                     "people", "varchar_auto"):  # fmt: skip
            mine[kind] = ok("POST", f"/api/v2/{entity}Fields", json={"field_name": f"My {kind}", "field_type": kind})["field_code"]
        for kind in ("enum", "set"):
            options = [{"label": "One"}, {"label": "Two"}]
            made = ok("POST", f"/api/v2/{entity}Fields", json={"field_name": f"My {kind}", "field_type": kind, "options": options})
            mine[kind], mine[f"{kind}_ids"] = made["field_code"], [option["id"] for option in made["options"]]
        codes[entity] = mine
        path = f"/api/v2/{entity}Fields/{mine['set']}"
        ok("GET", f"/api/v2/{entity}Fields?limit=500")
        ok("GET", path)
        ok("PATCH", path, json={"field_name": "My choices"})
        added = ok("POST", f"{path}/options", json=[{"label": "Three"}])
        ok("PATCH", f"{path}/options", json=[{"id": added[0]["id"], "label": "Drei"}])
        ok("DELETE", f"{path}/options", json=[{"id": added[0]["id"]}])
        spare = ok("POST", f"/api/v2/{entity}Fields", json={"field_name": "Spare", "field_type": "varchar"})
        ok("DELETE", f"/api/v2/{entity}Fields/{spare['field_code']}")
        _fields_v1(ok, entity)
    return codes


def _fields_v1(ok: Any, entity: str) -> None:
    path = f"/api/v1/{entity}Fields"
    made = [ok("POST", path, json={"name": f"Old {number}", "field_type": "enum", "options": [{"label": "A"}]}) for number in range(3)]
    ok("GET", f"{path}?start=0&limit=10")
    ok("GET", f"{path}/{made[0]['id']}")
    ok(
        "PUT",
        f"{path}/{made[0]['id']}",
        json={"name": "Older", "options": [{"id": made[0]["options"][0]["id"], "label": "B"}, {"label": "C"}]},
    )
    ok("DELETE", f"{path}/{made[0]['id']}")
    ok("DELETE", f"{path}?ids={made[1]['id']},{made[2]['id']}")


def values(codes: dict[str, Any], *, organization: int | None = None, person: int | None = None) -> dict[str, Any]:
    """Return a v2 value for a custom field of every type."""
    held = {
        codes["varchar"]: "a", codes["text"]: "b" * 300, codes["double"]: 12.5, codes["monetary"]: {"value": 10, "currency": "AUD"},
        codes["date"]: "2024-02-29", codes["daterange"]: {"value": "2024-01-01", "until": "2024-01-31"},
        codes["time"]: {"value": "10:00:00"},
        codes["timerange"]: {"value": "10:00:00", "until": "11:00:00"}, codes["phone"]: "+61 2 9000 0000",
        codes["address"]: {"value": "1 High St"},
        codes["user"]: 1, codes["varchar_auto"]: "c", codes["enum"]: codes["enum_ids"][0], codes["set"]: codes["set_ids"],
    }  # fmt: skip
    if organization:
        held[codes["org"]] = organization
    if person:
        held[codes["people"]] = person
    return held


def _people(ok: Any, codes: dict[str, dict[str, Any]]) -> dict[str, int]:
    home = ok(
        "POST", "/api/v2/organizations", json={"name": "Home", "address": {"value": "1 High St, Perth"}, "website": "https://example.com"}
    )
    other = ok("POST", "/api/v2/organizations", json={"name": "Other", "custom_fields": values(codes["organization"])})
    ann = ok("POST", "/api/v2/persons", json={
        "name": "Ann Example", "emails": [{"value": "ann@example.com"}], "phones": [{"value": "0412000000", "label": "mobile"}],
        "org_id": home["id"], "add_time": "2001-02-03T04:05:06Z", "custom_fields": values(codes["person"], organization=home["id"]),
    })  # fmt: skip
    bob = ok("POST", "/api/v2/persons", json={"name": "Bob"})
    for plural, id in (("persons", ann["id"]), ("organizations", home["id"])):
        ok("GET", f"/api/v2/{plural}?limit=1&sort_by=update_time&sort_direction=desc&include_fields=notes_count&include_option_labels=true")
        ok("GET", f"/api/v2/{plural}/{id}?include_labels=true")
        ok("PATCH", f"/api/v2/{plural}/{id}", json={"visible_to": 3, "label_ids": []})
        ok("POST", f"/api/v2/{plural}/{id}/followers", json={"user_id": 1})
        ok("GET", f"/api/v2/{plural}/{id}/followers")
        ok("DELETE", f"/api/v2/{plural}/{id}/followers/1")
        ok("GET", f"/api/v1/{plural}/{id}/permittedUsers")
    return {"ann": ann["id"], "bob": bob["id"], "home": home["id"], "other": other["id"]}


def _deals(ok: Any, people: dict[str, int]) -> dict[str, int]:
    pipeline = ok("POST", "/api/v2/pipelines", json={"name": "Accounts"})
    spare = ok("POST", "/api/v2/pipelines", json={"name": "Spare", "is_deal_probability_enabled": True})
    stage = ok("POST", "/api/v2/stages", json={"name": "Open", "pipeline_id": pipeline["id"]})
    extra = ok(
        "POST", "/api/v2/stages", json={"name": "Extra", "pipeline_id": pipeline["id"], "is_deal_rot_enabled": True, "days_to_rotten": 3}
    )
    for path in ("pipelines", f"pipelines/{pipeline['id']}", "stages", f"stages?pipeline_id={pipeline['id']}", f"stages/{stage['id']}"):
        ok("GET", f"/api/v2/{path}")
    ok("PATCH", f"/api/v2/pipelines/{pipeline['id']}", json={"name": "Bills"})
    ok("PATCH", f"/api/v2/stages/{stage['id']}", json={"deal_probability": 50})
    ok("DELETE", f"/api/v2/stages/{extra['id']}")
    ok("DELETE", f"/api/v2/pipelines/{spare['id']}")
    body = {
        "title": "Crown",
        "person_id": people["ann"],
        "org_id": people["home"],
        "stage_id": stage["id"],
        "value": 1500.5,
        "currency": "AUD",
    }
    deal = ok("POST", "/api/v2/deals", json=body)
    won = ok("POST", "/api/v2/deals", json={**body, "title": "Won", "status": "won", "won_time": "2020-01-02T03:04:05Z"})
    ok("GET", "/api/v2/deals?status=open,won&include_fields=products_count")
    ok("GET", f"/api/v2/deals/{deal['id']}")
    ok("PATCH", f"/api/v2/deals/{won['id']}", json={"is_archived": True})
    ok("GET", "/api/v2/deals/archived")
    ok("PATCH", f"/api/v2/deals/{won['id']}", json={"is_archived": False})
    copy = ok("POST", f"/api/v1/deals/{deal['id']}/duplicate")
    ok("POST", f"/api/v2/deals/{deal['id']}/followers", json={"user_id": 1})
    ok("GET", f"/api/v2/deals/{deal['id']}/followers")
    ok("DELETE", f"/api/v2/deals/{deal['id']}/followers/1")
    ok("GET", f"/api/v1/deals/{deal['id']}/permittedUsers")
    part = ok("POST", f"/api/v1/deals/{deal['id']}/participants", json={"person_id": people["bob"]})
    ok("GET", f"/api/v1/deals/{deal['id']}/participants")
    ok("GET", f"/api/v2/persons?deal_id={deal['id']}")
    ok("DELETE", f"/api/v1/deals/{deal['id']}/participants/{part['id']}")
    ok("GET", f"/api/v1/deals/{deal['id']}/flow?items=dealChange,note")
    ok("GET", "/api/v1/organizations?limit=1&items=organization")
    return {"crown": deal["id"], "won": won["id"], "copy": copy["id"]}


def _products(ok: Any, deals: dict[str, int]) -> None:
    product = ok("POST", "/api/v2/products", json={"name": "Brush", "code": "B1", "prices": [{"currency": "AUD", "price": 5}]})
    base, id = f"/api/v2/deals/{deals['crown']}", product["id"]
    ok("POST", "/api/v2/products", json={"name": "Bare"})
    ok("GET", "/api/v2/products/search?term=Bare")
    ok("GET", "/api/v2/products/search?term=Brush")
    ok("GET", "/api/v2/products?limit=10&sort_by=name")
    ok("GET", f"/api/v2/products/{id}")
    ok("PATCH", f"/api/v2/products/{id}", json={"unit": "pc", "tax": 10})
    twin = ok("POST", f"/api/v2/products/{id}/duplicate")
    ok("DELETE", f"/api/v2/products/{twin['id']}")
    variation = ok("POST", f"/api/v2/products/{id}/variations", json={"name": "Red", "prices": [{"currency": "AUD", "price": 6}]})
    ok("GET", f"/api/v2/products/{id}/variations")
    ok("PATCH", f"/api/v2/products/{id}/variations/{variation['id']}", json={"name": "Blue"})
    ok("DELETE", f"/api/v2/products/{id}/variations/{variation['id']}")
    ok("POST", f"/api/v2/products/{id}/followers", json={"user_id": 1})
    ok("GET", f"/api/v2/products/{id}/followers")
    ok("DELETE", f"/api/v2/products/{id}/followers/1")
    ok("GET", f"/api/v1/products/{id}/permittedUsers")
    line = ok("POST", f"{base}/products", json={"product_id": id, "item_price": 10, "quantity": 3, "tax": 10, "tax_method": "exclusive"})
    ok("GET", f"{base}/products")
    ok("GET", f"/api/v1/deals/{deals['crown']}/products?limit=50")
    ok("GET", f"/api/v2/deals/products?deal_ids={deals['crown']}")
    ok("PATCH", f"{base}/products/{line['id']}", json={"quantity": 2.5})
    term = ok("POST", f"{base}/installments", json={"description": "First", "amount": 5, "billing_date": "2024-01-01"})
    ok("GET", f"/api/v2/deals/installments?deal_ids={deals['crown']}")
    ok("PATCH", f"{base}/installments/{term['id']}", json={"amount": 6})
    ok("DELETE", f"{base}/installments/{term['id']}")
    off = ok("POST", f"{base}/discounts", json={"description": "Friend", "amount": 5, "type": "percentage"})
    ok("GET", f"{base}/discounts")
    ok("PATCH", f"{base}/discounts/{off['id']}", json={"amount": 6})
    ok("DELETE", f"{base}/discounts/{off['id']}")
    ok("DELETE", f"{base}/products/{line['id']}")
    ok("POST", f"{base}/products/bulk", json={"data": [{"product_id": id, "item_price": 1, "quantity": 1}] * 2})
    ok("DELETE", f"{base}/products")
    ok("GET", f"/api/v1/products/{id}/files")


def _leads(ok: Any, people: dict[str, int], codes: dict[str, dict[str, Any]]) -> None:
    mine = codes["deal"]
    label = ok("POST", "/api/v1/leadLabels", json={"name": "New", "color": "blue"})
    ok("GET", "/api/v1/leadLabels")
    ok("PATCH", f"/api/v1/leadLabels/{label['id']}", json={"color": "red"})
    lead = ok("POST", "/api/v1/leads", json={
        "title": "Whitening", "person_id": people["bob"], "label_ids": [label["id"]], "value": {"amount": 300, "currency": "AUD"},
        "visible_to": "7",
        mine["varchar"]: "x", mine["monetary"]: 5, f"{mine['monetary']}_currency": "AUD", mine["enum"]: str(mine["enum_ids"][0]),
        mine["set"]: ",".join(map(str, mine["set_ids"])), mine["date"]: "2024-01-01", mine["time"]: "10:00:00",
        mine["address"]: "1 High St",
        mine["daterange"]: "2024-01-01", f"{mine['daterange']}_until": "2024-01-02",
    })  # fmt: skip
    path = f"/api/v1/leads/{lead['id']}"
    ok("GET", "/api/v1/leads?limit=10&sort=add_time DESC")
    ok("GET", path)
    ok("PATCH", path, json={"title": "Whiter", mine["varchar"]: None, "is_archived": True})
    ok("GET", "/api/v1/leads/archived")
    ok("PATCH", path, json={"is_archived": False})
    ok("GET", f"{path}/permittedUsers")
    ok("POST", "/api/v1/leads", json={"title": "Whiteboard", "person_id": people["bob"]})
    ok("GET", "/api/v2/leads/search?term=White")
    job = ok("POST", f"/api/v2/leads/{lead['id']}/convert/deal", json={})
    deal = ok("GET", f"/api/v2/leads/{lead['id']}/convert/status/{job['conversion_id']}")["deal_id"]
    back = ok("POST", f"/api/v2/deals/{deal}/convert/lead")
    again = ok("GET", f"/api/v2/deals/{deal}/convert/status/{back['conversion_id']}")["lead_id"]
    ok("DELETE", f"/api/v1/leads/{again}")
    ok("DELETE", f"/api/v1/leadLabels/{label['id']}")


def _activities(ok: Any, people: dict[str, int], deals: dict[str, int]) -> None:
    kind = ok("POST", "/api/v1/activityTypes", json={"name": "Check-up", "icon_key": "scissors", "color": "aabbcc"})
    ok("GET", "/api/v1/activityTypes")
    ok("PUT", f"/api/v1/activityTypes/{kind['id']}", json={"name": "Check up"})
    made = ok("POST", "/api/v2/activities", json={
        "subject": "Check-up", "type": kind["key_string"], "due_date": "2024-05-06", "due_time": "09:30:00", "duration": "00:30:00",
        "done": True,
        "busy": False, "deal_id": deals["crown"], "participants": [{"person_id": people["ann"], "primary": True}],
        "attendees": [{"email": "someone@example.com"}], "location": {"value": "Chair 1"}, "note": "Source: appointment:1",
    })  # fmt: skip
    ok("GET", "/api/v2/activities?done=true&include_fields=attendees&sort_by=due_date")
    ok("GET", f"/api/v2/activities/{made['id']}")
    ok("PATCH", f"/api/v2/activities/{made['id']}", json={"done": False})
    ok("DELETE", f"/api/v2/activities/{made['id']}")
    ok("DELETE", f"/api/v1/activityTypes/{kind['id']}")


def notes_and_files(api: Any, people: dict[str, int], deals: dict[str, int]) -> None:
    """Call the endpoints of notes, comments and files."""
    ok = api.ok
    note = ok("POST", "/api/v1/notes", json={"content": "<b>Hello</b>", "person_id": people["ann"], "deal_id": deals["crown"],
                                             "add_time": "2010-01-02 03:04:05", "pinned_to_person_flag": 1})  # fmt: skip
    path = f"/api/v1/notes/{note['id']}"
    ok("GET", f"/api/v1/notes?person_id={people['ann']}&sort=add_time DESC&pinned_to_person_flag=1&start_date=2010-01-01")
    ok("GET", path)
    ok("PUT", path, json={"content": "Bye", "add_time": "2011-01-02 03:04:05"})
    comment = ok("POST", f"{path}/comments", json={"content": "Yes"})["uuid"]
    ok("GET", f"{path}/comments")
    ok("GET", f"{path}/comments/{comment}")
    ok("PUT", f"{path}/comments/{comment}", json={"content": "No"})
    ok("DELETE", f"{path}/comments/{comment}")
    file = ok("POST", "/api/v1/files", files={"file": ("x-ray.png", b"PNG", "image/png")}, data={"person_id": str(people["ann"])})
    ok("POST", "/api/v1/files", files={"file": ("deal.pdf", b"PDF", "application/pdf")}, data={"deal_id": str(deals["crown"])})
    ok("GET", "/api/v1/files?limit=100")
    for plural, id in (("persons", people["ann"]), ("organizations", people["home"]), ("deals", deals["crown"])):
        ok("GET", f"/api/v1/{plural}/{id}/files")
    ok("GET", f"/api/v1/files/{file['id']}")
    assert api.get(f"/api/v1/files/{file['id']}/download").content == b"PNG"
    ok("PUT", f"/api/v1/files/{file['id']}", data={"description": "Left side"})
    linked = {"item_type": "person", "item_id": str(people["ann"]), "remote_location": "googledrive"}
    ok("POST", "/api/v1/files/remote", data={**linked, "file_type": "gdoc", "title": "Letter"})
    ok("POST", "/api/v1/files/remoteLink", data={**linked, "remote_id": "abc"})
    ok("GET", "/api/v1/recents?since_timestamp=2026-09-20 00:00:00")
    ok("GET", "/api/v1/recents?since_timestamp=2026-09-20 00:00:00&items=person,note&limit=1")
    ok("DELETE", f"/api/v1/files/{file['id']}")
    ok("DELETE", path)


def _filters_and_search(ok: Any, codes: dict[str, dict[str, Any]]) -> None:
    fields = ok("GET", "/api/v1/personFields?limit=500")
    id = next(field["id"] for field in fields if field["key"] == codes["person"]["varchar"])
    one = {"object": "person", "field_id": str(id), "operator": "=", "value": "a"}
    conditions = {"glue": "and", "conditions": [{"glue": "and", "conditions": [one]}, {"glue": "or", "conditions": []}]}
    made = [
        ok("POST", "/api/v1/filters?include_field_code=true", json={"name": f"F{n}", "type": "people", "conditions": conditions})
        for n in range(3)
    ]
    assert len(ok("GET", f"/api/v2/persons?filter_id={made[0]['id']}")) == 1
    ok("GET", "/api/v1/filters?type=people")
    ok("GET", f"/api/v1/filters/{made[0]['id']}")
    ok("PUT", f"/api/v1/filters/{made[0]['id']}", json={"name": "G", "conditions": conditions})
    ok("DELETE", f"/api/v1/filters/{made[0]['id']}")
    ok("DELETE", f"/api/v1/filters?ids={made[1]['id']},{made[2]['id']}")
    for plural in ("persons", "organizations", "deals", "products"):
        ok("GET", f"/api/v2/{plural}/search?term=on")
    assert ok("GET", "/api/v2/persons/search?term=ann@example.com&fields=email&exact_match=true")["items"]
    ok("GET", "/api/v2/itemSearch?term=Ann&item_types=person,deal")
    found = ok("GET", f"/api/v2/itemSearch/field?term=a&entity_type=person&field={codes['person']['varchar']}")
    assert [each["name"] for each in found] == ["Ann Example"]


def _webhooks(ok: Any) -> None:
    ok("GET", "/api/v1/goals/find")
    ok("GET", "/api/v1/mailbox/mailThreads?folder=inbox")
    made = ok(
        "POST",
        "/api/v1/webhooks",
        json={"subscription_url": "https://example.com/in", "event_action": "*", "event_object": "person", "name": "x"},
    )
    ok("GET", "/api/v1/webhooks")
    ok("DELETE", f"/api/v1/webhooks/{made['id']}")


def _merges_and_deletes(ok: Any, people: dict[str, int], deals: dict[str, int]) -> None:
    ok("PUT", f"/api/v1/deals/{deals['copy']}/merge", json={"merge_with_id": deals["crown"]})
    cat = ok("POST", "/api/v2/persons", json={"name": "Cat"})["id"]
    ok("PUT", f"/api/v1/persons/{cat}/merge", json={"merge_with_id": people["bob"]})
    ok("PUT", f"/api/v1/persons/{people['bob']}/merge", json={"merge_with_id": people["ann"]})
    ok("PUT", f"/api/v1/organizations/{people['other']}/merge", json={"merge_with_id": people["home"]})
    ok("DELETE", f"/api/v2/deals/{deals['crown']}")
    ok("DELETE", f"/api/v2/persons/{people['ann']}")
    ok("DELETE", f"/api/v2/organizations/{people['home']}")
