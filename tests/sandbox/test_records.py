"""What a record looks like after a write: what is kept, filled in, computed, hidden, deleted."""

from __future__ import annotations


def test_a_person_is_kept_as_written_and_read_back_the_same(api):
    field = api.ok("POST", "/api/v2/personFields", json={"field_name": "Ref", "field_type": "varchar"})["field_code"]
    other = api.ok("POST", "/api/v2/personFields", json={"field_name": "Empty", "field_type": "date"})["field_code"]
    made = api.ok("POST", "/api/v2/persons", json={
        "name": "Mary Ann Example", "emails": [{"value": "a@example.com"}, {"value": "b@example.com", "label": "home"}],
        "phones": [{"value": "1"}, {"value": "2", "primary": True, "label": "mobile"}], "add_time": "1999-12-31T23:30:00+10:00",
        "custom_fields": {field: "patient:1"},
    })  # fmt: skip
    assert (made["first_name"], made["last_name"]) == ("Mary Ann", "Example")
    assert made["emails"] == [
        {"value": "a@example.com", "primary": True, "label": "work"},
        {"value": "b@example.com", "primary": False, "label": "home"},
    ]
    assert [phone["primary"] for phone in made["phones"]] == [False, True]
    assert made["add_time"] == "1999-12-31T13:30:00Z"
    assert made["owner_id"] == 1
    assert made["visible_to"] == 7
    assert made["custom_fields"] == {field: "patient:1", other: None}
    read = {**made, "update_time": "2026-09-21T14:13:20Z"}
    assert api.ok("GET", f"/api/v2/persons/{made['id']}") == read
    assert api.ok("GET", "/api/v2/persons") == [read]


def test_native_fields_of_contact_sync_do_not_exist_until_it_is_on(api):
    assert "contact sync" in api.refused(403, "POST", "/api/v2/persons", json={"name": "A", "birthday": "2000-01-01"})["error"]
    assert "birthday" not in api.ok("POST", "/api/v2/persons", json={"name": "A"})
    assert "birthday" not in [field["field_code"] for field in api.ok("GET", "/api/v2/personFields?limit=500")]
    api.switch(contact_sync="on")
    assert api.ok("POST", "/api/v2/persons", json={"name": "A", "birthday": "2000-01-01"})["birthday"] == "2000-01-01"
    assert "birthday" in [field["field_code"] for field in api.ok("GET", "/api/v2/personFields?limit=500")]


def test_a_changed_list_replaces_the_old_one_and_null_empties_a_custom_field(api):
    code = api.ok("POST", "/api/v2/personFields", json={"field_name": "Ref", "field_type": "varchar"})["field_code"]
    body = {"name": "A", "emails": [{"value": "a"}, {"value": "b"}], "custom_fields": {code: "x"}}
    id = api.ok("POST", "/api/v2/persons", json=body)["id"]
    after = api.ok("PATCH", f"/api/v2/persons/{id}", json={"emails": [{"value": "c"}], "custom_fields": {code: None}})
    assert [email["value"] for email in after["emails"]] == ["c"]
    assert after["custom_fields"] == {code: None}
    assert after["name"] == "A"


def test_null_empties_what_the_documents_say_and_other_fields_only_by_switch(api):
    home = api.ok("POST", "/api/v2/organizations", json={"name": "Home", "address": {"value": "1 High St"}})["id"]
    id = api.ok("POST", "/api/v2/deals", json={"title": "A", "org_id": home})["id"]
    assert api.ok("PATCH", f"/api/v2/deals/{id}", json={"org_id": None})["org_id"] is None
    api.refused(400, "PATCH", f"/api/v2/organizations/{home}", json={"address": None})
    api.switch(null_clears="accepted")
    assert api.ok("PATCH", f"/api/v2/organizations/{home}", json={"address": None})["address"] is None


def test_options_read_as_ids_or_with_their_labels(api):
    made = api.ok("POST", "/api/v2/dealFields", json={"field_name": "Status", "field_type": "enum", "options": [{"label": "paid"}]})
    code, option = made["field_code"], made["options"][0]["id"]
    id = api.ok("POST", "/api/v2/deals", json={"title": "A", "custom_fields": {code: option}})["id"]
    assert api.ok("GET", f"/api/v2/deals/{id}")["custom_fields"][code] == option
    labelled = api.ok("GET", f"/api/v2/deals/{id}?include_option_labels=true")["custom_fields"][code]
    assert labelled == {"id": option, "label": "paid"}


def test_deal_times_go_with_their_status(api):
    won = api.ok("POST", "/api/v2/deals", json={"title": "A", "status": "won", "won_time": "2020-01-02T03:04:05Z"})
    assert (won["won_time"], won["close_time"], won["local_won_date"]) == ("2020-01-02T03:04:05Z", "2020-01-02T03:04:05Z", "2020-01-02")
    again = api.ok("PATCH", f"/api/v2/deals/{won['id']}", json={"status": "open"})
    assert (again["won_time"], again["close_time"]) == (None, None)
    lost = api.ok("PATCH", f"/api/v2/deals/{won['id']}", json={"status": "lost", "lost_reason": "price"})
    assert lost["lost_reason"] == "price"
    assert lost["lost_time"] == lost["close_time"] == lost["update_time"]


def test_a_deal_lands_in_the_first_stage_of_its_pipeline(api):
    pipeline = api.ok("POST", "/api/v2/pipelines", json={"name": "Accounts"})
    assert pipeline["order_nr"] == 2
    stages = [api.ok("POST", "/api/v2/stages", json={"name": name, "pipeline_id": pipeline["id"]})["id"] for name in ("Open", "Paid")]
    deal = api.ok("POST", "/api/v2/deals", json={"title": "A", "pipeline_id": pipeline["id"]})
    assert deal["stage_id"] == stages[0]
    assert deal["stage_change_time"] is None
    moved = api.ok("PATCH", f"/api/v2/deals/{deal['id']}", json={"stage_id": stages[1]})
    assert moved["stage_change_time"] == moved["update_time"]


def test_the_value_of_a_deal_with_products_is_computed_from_them(api):
    product = api.ok("POST", "/api/v2/products", json={"name": "Crown"})["id"]
    deal = api.ok("POST", "/api/v2/deals", json={"title": "A", "value": 999, "currency": "AUD"})["id"]
    line = {"product_id": product, "item_price": 100, "quantity": 2, "discount": 10, "tax": 10, "tax_method": "exclusive"}
    assert api.ok("POST", f"/api/v2/deals/{deal}/products", json=line)["sum"] == 198
    api.ok(
        "POST", f"/api/v2/deals/{deal}/products", json={"product_id": product, "item_price": 0.1, "quantity": 3, "tax_method": "exclusive"}
    )
    assert api.ok("GET", f"/api/v2/deals/{deal}")["value"] == 198.3
    api.refused(400, "PATCH", f"/api/v2/deals/{deal}", json={"value": 5})


def test_changing_the_tax_method_of_one_product_changes_it_on_all_of_the_deal(api):
    product = api.ok("POST", "/api/v2/products", json={"name": "Crown"})["id"]
    deal = api.ok("POST", "/api/v2/deals", json={"title": "A"})["id"]
    line = {"product_id": product, "item_price": 100, "quantity": 1, "tax": 10}
    lines = [api.ok("POST", f"/api/v2/deals/{deal}/products", json=line)["id"] for _ in range(2)]
    api.ok("PATCH", f"/api/v2/deals/{deal}/products/{lines[0]}", json={"tax_method": "exclusive"})
    assert {each["tax_method"] for each in api.ok("GET", f"/api/v2/deals/{deal}/products")} == {"exclusive"}
    assert api.ok("GET", f"/api/v2/deals/{deal}")["value"] == 220


def test_persons_of_an_activity_are_its_participants(api):
    ids = [api.ok("POST", "/api/v2/persons", json={"name": name})["id"] for name in "AB"]
    body = {"subject": "Check-up", "participants": [{"person_id": ids[0]}, {"person_id": ids[1], "primary": True}]}
    made = api.ok("POST", "/api/v2/activities", json=body)
    assert made["person_id"] == ids[1]
    assert made["type"] == "call"
    assert api.ok("GET", f"/api/v2/activities?person_id={ids[1]}") == [made]
    assert api.ok("GET", f"/api/v2/activities?person_id={ids[0]}") == []


def test_an_activity_belongs_to_a_deal_rather_than_to_a_lead(api):
    person = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    deal = api.ok("POST", "/api/v2/deals", json={"title": "A"})["id"]
    lead = api.ok("POST", "/api/v1/leads", json={"title": "A", "person_id": person})["id"]
    made = api.ok("POST", "/api/v2/activities", json={"deal_id": deal, "lead_id": lead})
    assert (made["deal_id"], made["lead_id"]) == (deal, None)


def test_done_is_stamped_when_it_is_said_not_when_it_happened(api, clock):
    made = api.ok("POST", "/api/v2/activities", json={"subject": "A", "done": True, "due_date": "2001-01-01", "due_time": "09:00:00"})
    assert made["marked_as_done_time"] == made["add_time"]
    assert api.ok("PATCH", f"/api/v2/activities/{made['id']}", json={"done": False})["marked_as_done_time"] is None


def test_an_activity_type_gets_its_key_once(api):
    made = api.ok("POST", "/api/v1/activityTypes", json={"name": "Scale & Clean", "icon_key": "brush"})
    assert made["key_string"] == "scale_clean"
    assert api.ok("PUT", f"/api/v1/activityTypes/{made['id']}", json={"name": "Hygiene"})["key_string"] == "scale_clean"
    api.ok("DELETE", f"/api/v1/activityTypes/{made['id']}")
    assert next(each for each in api.ok("GET", "/api/v1/activityTypes") if each["id"] == made["id"])["active_flag"] is False
    assert "type:" in api.refused(400, "POST", "/api/v2/activities", json={"type": "scale_clean"})["error"]


def test_a_lead_carries_the_deals_custom_fields_flat_and_only_those_that_are_set(api):
    made = {}
    for kind, options in (("varchar", None), ("monetary", None), ("enum", [{"label": "A"}]), ("set", [{"label": "A"}, {"label": "B"}])):
        body = {"field_name": kind, "field_type": kind} | ({"options": options} if options else {})
        made[kind] = api.ok("POST", "/api/v2/dealFields", json=body)
    code = {kind: field["field_code"] for kind, field in made.items()}
    ids = [option["id"] for option in made["set"]["options"]]
    person = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    lead = api.ok("POST", "/api/v1/leads", json={
        "title": "A", "person_id": person, code["monetary"]: 5.5, f"{code['monetary']}_currency": "AUD",
        code["enum"]: made["enum"]["options"][0]["id"], code["set"]: f"{ids[0]},{ids[1]}",
    })  # fmt: skip
    flat = {key: value for key, value in lead.items() if len(key) >= 40}
    assert flat == {
        code["monetary"]: 5.5, f"{code['monetary']}_currency": "AUD", code["enum"]: str(made["enum"]["options"][0]["id"]),
        code["set"]: f"{ids[0]},{ids[1]}",
    }  # fmt: skip
    assert len(lead["id"]) == 36
    assert lead["source_name"] == "API"
    assert lead["add_time"].endswith(".000Z")


def test_an_archived_lead_is_neither_listed_nor_edited(api):
    person = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    lead = api.ok("POST", "/api/v1/leads", json={"title": "A", "person_id": person})["id"]
    api.ok("PATCH", f"/api/v1/leads/{lead}", json={"is_archived": True})
    assert api.ok("GET", "/api/v1/leads") == []
    assert [each["id"] for each in api.ok("GET", "/api/v1/leads/archived")] == [lead]
    api.refused(400, "PATCH", f"/api/v1/leads/{lead}", json={"title": "B"})


def test_the_html_of_notes_is_sanitised_and_the_creation_time_kept(api):
    person = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    html = "<p onclick='x()'>A <b>b</b><script>evil()</script><img src=x><a href='javascript:x'>l</a></p><br>Source: note:1"
    note = api.ok("POST", "/api/v1/notes", json={"content": html, "person_id": person, "add_time": "2001-02-03 04:05:06"})
    assert note["content"] == "<p>A <b>b</b><a>l</a></p><br>Source: note:1"
    assert note["add_time"] == "2001-02-03 04:05:06"
    assert note["person"] == {"name": "A"}
    table = "<table><tbody><tr><td>1</td></tr></tbody></table>"
    assert api.ok("POST", "/api/v1/notes", json={"content": table, "person_id": person})["content"] == "1"
    api.switch(note_sanitiser="wide")
    assert api.ok("POST", "/api/v1/notes", json={"content": table, "person_id": person})["content"] == table


def test_a_file_comes_down_as_it_went_up(api):
    person = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    content = bytes(range(256)) * 100
    made = api.ok("POST", "/api/v1/files", files={"file": ("X-ray é.png", content, "image/png")}, data={"person_id": str(person)})
    assert (made["name"], made["file_size"], made["person_id"], made["person_name"]) == ("X-ray é.png", 25_600, person, "A")
    assert api.get(f"/api/v1/files/{made['id']}/download").content == content
    assert [each["id"] for each in api.ok("GET", f"/api/v1/persons/{person}/files")] == [made["id"]]


def test_a_file_beyond_the_limit_is_refused(make):
    api = make(switches={"file_max_mb": "10"})
    api.refused(400, "POST", "/api/v1/files", files={"file": ("a.bin", b"x" * (10 * 1024 * 1024 + 1))})


def test_deleted_records_are_not_listed_and_not_found_but_deals_for_30_days(api, clock):
    deal = api.ok("POST", "/api/v2/deals", json={"title": "A"})["id"]
    person = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    assert api.ok("DELETE", f"/api/v2/deals/{deal}") == {"id": deal}
    api.ok("DELETE", f"/api/v2/persons/{person}")
    assert api.ok("GET", "/api/v2/persons") == api.ok("GET", f"/api/v2/persons?ids={person}") == api.ok("GET", "/api/v2/deals") == []
    api.refused(404, "GET", f"/api/v2/persons/{person}")
    assert [each["id"] for each in api.ok("GET", "/api/v2/deals?status=deleted")] == [deal]
    assert api.ok("GET", f"/api/v2/deals/{deal}")["is_deleted"] is True
    clock.now += 30 * 86_400 + 1
    assert api.ok("GET", "/api/v2/deals?status=deleted") == []
    api.refused(404, "GET", f"/api/v2/deals/{deal}")


def test_ids_are_never_used_again(api):
    first = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    api.ok("DELETE", f"/api/v2/persons/{first}")
    assert api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"] == first + 1


def test_a_deleted_field_makes_its_values_unreachable_and_its_code_unknown(api):
    code = api.ok("POST", "/api/v2/personFields", json={"field_name": "A", "field_type": "varchar"})["field_code"]
    id = api.ok("POST", "/api/v2/persons", json={"name": "A", "custom_fields": {code: "x"}})["id"]
    api.ok("DELETE", f"/api/v2/personFields/{code}")
    assert api.ok("GET", f"/api/v2/persons/{id}")["custom_fields"] == {}
    assert code in api.refused(400, "PATCH", f"/api/v2/persons/{id}", json={"custom_fields": {code: "y"}})["error"]
    made = api.ok("POST", "/api/v2/personFields", json={"field_name": "A", "field_type": "varchar"})["field_code"]
    assert made != code


def test_merging_keeps_the_survivor_and_moves_what_hung_on_the_other(api):
    kept = api.ok("POST", "/api/v2/persons", json={"name": "Kept", "emails": [{"value": "k@example.com"}]})["id"]
    lost = api.ok("POST", "/api/v2/persons", json={"name": "Lost", "emails": [{"value": "l@example.com"}], "phones": [{"value": "1"}]})[
        "id"
    ]
    note = api.ok("POST", "/api/v1/notes", json={"content": "n", "person_id": lost})["id"]
    assert api.ok("PUT", f"/api/v1/persons/{lost}/merge", json={"merge_with_id": kept})["id"] == kept
    person = api.ok("GET", f"/api/v2/persons/{kept}")
    assert person["name"] == "Kept"
    assert [email["value"] for email in person["emails"]] == ["k@example.com", "l@example.com"]
    assert [phone["value"] for phone in person["phones"]] == ["1"]
    assert api.ok("GET", f"/api/v1/notes/{note}")["person_id"] == kept
    api.refused(404, "GET", f"/api/v2/persons/{lost}")


def test_a_lead_becomes_a_deal_with_its_custom_fields(api):
    code = api.ok("POST", "/api/v2/dealFields", json={"field_name": "Ref", "field_type": "varchar"})["field_code"]
    person = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    body = {"title": "A", "person_id": person, "value": {"amount": 7, "currency": "AUD"}, code: "lead:1"}
    lead = api.ok("POST", "/api/v1/leads", json=body)["id"]
    job = api.ok("POST", f"/api/v2/leads/{lead}/convert/deal", json={})["conversion_id"]
    status = api.ok("GET", f"/api/v2/leads/{lead}/convert/status/{job}")
    assert status["status"] == "completed"
    deal = api.ok("GET", f"/api/v2/deals/{status['deal_id']}")
    assert (deal["value"], deal["currency"], deal["person_id"], deal["custom_fields"][code]) == (7, "AUD", person, "lead:1")
    api.refused(404, "GET", f"/api/v1/leads/{lead}")
