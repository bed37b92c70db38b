"""The documented refusals, endpoint by endpoint: status, body, and that nothing has changed."""

from __future__ import annotations

import pytest

SCHEMA = "ERR_SCHEMA_VALIDATION_FAILED"
HASH = "f" * 40
GONE = 999_999
UUID = "00000000-0000-4000-8000-000000000000"
BIG = "x" * 102_401


@pytest.fixture(scope="module")
def practice():
    """One account for all rows of the table; a refused request changes nothing, so they cannot disturb each other."""
    from migkit.sandbox import SandboxConfig, create_app

    from .api import Api, Clock

    api = Api(
        create_app(SandboxConfig(burst_limit=False, daily_limit=False, plan="premium", search_lag_s=0), Clock()),
        "sandbox-token",
    )
    ids = {"person": api.ok("POST", "/api/v2/persons", json={"name": "Ann"})["id"]}
    ids["organization"] = api.ok("POST", "/api/v2/organizations", json={"name": "Home"})["id"]
    ids["deal"] = api.ok("POST", "/api/v2/deals", json={"title": "Crown"})["id"]
    ids["archived"] = api.ok("POST", "/api/v2/deals", json={"title": "Old", "is_archived": True})["id"]
    ids["lead"] = api.ok("POST", "/api/v1/leads", json={"title": "L", "person_id": ids["person"]})["id"]
    ids["note"] = api.ok("POST", "/api/v1/notes", json={"content": "n", "person_id": ids["person"]})["id"]
    ids["product"] = api.ok("POST", "/api/v2/products", json={"name": "Brush"})["id"]
    made = api.ok("POST", "/api/v2/personFields", json={"field_name": "Fund", "field_type": "enum", "options": [{"label": "HCF"}]})
    ids["enum"], ids["option"] = made["field_code"], made["options"][0]["id"]
    for kind in ("varchar", "text", "double", "monetary", "date", "set", "time", "daterange", "address", "user", "phone"):
        options = {"options": [{"label": "A"}]} if kind == "set" else {}
        ids[kind] = api.ok("POST", "/api/v2/personFields", json={"field_name": kind, "field_type": kind, **options})["field_code"]
    ids["deal_enum"] = api.ok("POST", "/api/v2/dealFields", json={"field_name": "E", "field_type": "enum", "options": [{"label": "A"}]})[
        "field_code"
    ]
    yield api, ids
    api.close()


def custom(key, value):
    return lambda ids: {"name": "A", "custom_fields": {ids[key]: value}}


TABLE = [
    # v2 bodies are closed and strictly typed
    ("POST", "/api/v2/persons", {"name": "A", "foo": 1}, 400, "Parameter 'foo' is not allowed for this request"),
    ("POST", "/api/v2/persons", {"name": "A", HASH: "x"}, 400, f"Parameter '{HASH}' is not allowed"),
    ("POST", "/api/v2/persons", {"name": "A", "user_id": 1}, 400, "Parameter 'user_id' is not allowed"),
    ("POST", "/api/v2/persons", {"name": "A", "update_time": "2020-01-01T00:00:00Z"}, 400, "Parameter 'update_time'"),
    ("PATCH", "/api/v2/persons/{person}", {"add_time": "2020-01-01T00:00:00Z"}, 400, "Parameter 'add_time'"),
    ("POST", "/api/v2/persons", {}, 400, "Parameter 'name' is required"),
    ("POST", "/api/v2/persons", {"name": ""}, 400, "name:"),
    ("POST", "/api/v2/persons", {"name": "x" * 256}, 400, "name:"),
    ("POST", "/api/v2/persons", {"name": "A", "owner_id": "1"}, 400, "owner_id: Expected integer"),
    ("POST", "/api/v2/persons", {"name": "A", "owner_id": True}, 400, "owner_id: Expected integer"),
    ("POST", "/api/v2/persons", {"name": "A", "owner_id": GONE}, 400, "owner_id: User"),
    ("POST", "/api/v2/persons", {"name": "A", "org_id": GONE}, 400, "org_id: Organization"),
    ("POST", "/api/v2/persons", {"name": "A", "visible_to": 2}, 400, "visible_to:"),
    ("POST", "/api/v2/persons", {"name": "A", "label_ids": [GONE]}, 400, "label_ids: Label"),
    ("POST", "/api/v2/persons", {"name": "A", "emails": ["a@b.c"]}, 400, "emails.0: Expected object"),
    ("POST", "/api/v2/persons", {"name": "A", "emails": [{"label": "work"}]}, 400, "emails.0.value"),
    ("POST", "/api/v2/persons", {"name": "A", "emails": [{"value": "a", "primary": True}, {"value": "b", "primary": True}]}, 400,
     "primary"),
    ("POST", "/api/v2/persons", {"name": "A", "emails": [{"value": "a", "primary": "yes"}]}, 400, "emails.0.primary: Expected boolean"),
    ("POST", "/api/v2/persons", {"name": "A", "add_time": "2020-01-01 00:00:00"}, 400, "add_time: This value is not a valid datetime"),
    ("POST", "/api/v2/persons", {"name": "A", "add_time": "2020-02-30T00:00:00Z"}, 400, "add_time: This value is not a valid datetime"),
    ("POST", "/api/v2/persons", [{"name": "A"}, {"name": "B"}], 400, "Expected object"),
    # custom fields
    ("POST", "/api/v2/persons", {"name": "A", "custom_fields": {HASH: 1}}, 400, f"Parameter '{HASH}' is not allowed"),
    ("POST", "/api/v2/persons", custom("enum", "HCF"), 400, "Expected an option id"),
    ("POST", "/api/v2/persons", custom("enum", GONE), 400, "Option 999999 does not exist"),
    ("POST", "/api/v2/persons", custom("set", []), 400, "Expected non-empty 'array'"),
    ("POST", "/api/v2/persons", custom("set", [GONE]), 400, "does not exist"),
    ("POST", "/api/v2/persons", custom("varchar", 5), 400, "Expected string"),
    ("POST", "/api/v2/persons", custom("varchar", "x" * 256), 400, "255"),
    ("POST", "/api/v2/persons", custom("phone", "1" * 256), 400, "255"),
    ("POST", "/api/v2/persons", custom("text", "x" * 65_536), 400, "65535"),
    ("POST", "/api/v2/persons", custom("double", "5"), 400, "Expected number"),
    ("POST", "/api/v2/persons", custom("double", 123456789012345), 400, "14 digits"),
    ("POST", "/api/v2/persons", custom("monetary", 5), 400, "Expected an object with value, currency"),
    ("POST", "/api/v2/persons", custom("monetary", {"value": 5}), 400, "Expected an object with value, currency"),
    ("POST", "/api/v2/persons", custom("monetary", {"value": 5, "currency": "XTS"}), 400, "Currency 'XTS' is not available"),
    ("POST", "/api/v2/persons", custom("date", "01/02/2020"), 400, "YYYY-MM-DD"),
    ("POST", "/api/v2/persons", custom("date", "2023-02-29"), 400, "YYYY-MM-DD"),
    ("POST", "/api/v2/persons", custom("time", {"value": "9:00"}), 400, "HH:MM:SS"),
    ("POST", "/api/v2/persons", custom("daterange", {"value": "2020-01-01"}), 400, "value, until"),
    ("POST", "/api/v2/persons", custom("address", {"country": "AU"}), 400, "address object with value"),
    ("POST", "/api/v2/persons", custom("user", GONE), 400, "user 999999 does not exist"),
    # organizations
    ("POST", "/api/v2/organizations", {"title": "A"}, 400, "Parameter 'title' is not allowed"),
    ("POST", "/api/v2/organizations", {"name": "A", "address": "1 High St"}, 400, "address: Expected object"),
    ("POST", "/api/v2/organizations", {"name": "A", "address": {"country": "AU"}}, 400, "address.value: Parameter 'value' is required"),
    ("POST", "/api/v2/organizations", {"name": "A", "industry": GONE}, 400, "industry: Option"),
    ("PATCH", "/api/v2/organizations/{organization}", {"add_time": "2020-01-01T00:00:00Z"}, 400, "Parameter 'add_time'"),
    # deals
    ("POST", "/api/v2/deals", {"title": "A", "add_time": "2020-01-01T00:00:00Z"}, 400, "Parameter 'add_time' is not allowed"),
    ("POST", "/api/v2/deals", {"value": 5}, 400, "Parameter 'title' is required"),
    ("POST", "/api/v2/deals", {"title": "A", "status": "deleted"}, 400, "status:"),
    ("POST", "/api/v2/deals", {"title": "A", "won_time": "2020-01-01T00:00:00Z"}, 400, "Can only be set if deal status is won"),
    ("POST", "/api/v2/deals", {"title": "A", "status": "won", "lost_time": "2020-01-01T00:00:00Z"}, 400,
     "Can only be set if deal status is lost"),
    ("POST", "/api/v2/deals", {"title": "A", "close_time": "2020-01-01T00:00:00Z"}, 400, "Can only be set if deal status is won or lost"),
    ("POST", "/api/v2/deals", {"title": "A", "lost_reason": "price"}, 400, "Can only be set if deal status is lost"),
    ("POST", "/api/v2/deals", {"title": "A", "currency": "XTS"}, 400, "Currency 'XTS' is not available"),
    ("POST", "/api/v2/deals", {"title": "A", "value": "5"}, 400, "value: Expected number"),
    ("POST", "/api/v2/deals", {"title": "A", "value": 123456789012345}, 400, "14 digits"),
    ("POST", "/api/v2/deals", {"title": "A", "stage_id": GONE}, 400, "stage_id: Stage"),
    ("POST", "/api/v2/deals", {"title": "A", "pipeline_id": GONE}, 400, "pipeline_id: Pipeline"),
    ("POST", "/api/v2/deals", {"title": "A", "person_id": GONE}, 400, "person_id: Person"),
    ("POST", "/api/v2/deals", {"title": "A", "expected_close_date": "soon"}, 400, "expected_close_date"),
    ("PATCH", "/api/v2/deals/{deal}", {"is_deleted": True}, 400, "cannot be deleted by changing"),
    ("PATCH", "/api/v2/deals/{archived}", {"title": "B"}, 400, "archived deal cannot be edited"),
    # activities
    ("POST", "/api/v2/activities", {"subject": "A", "person_id": 1}, 400, "Parameter 'person_id' is not allowed"),
    ("POST", "/api/v2/activities", {"subject": "A", "custom_fields": {}}, 400, "Parameter 'custom_fields' is not allowed"),
    ("POST", "/api/v2/activities", {"subject": "A", "add_time": "2020-01-01T00:00:00Z"}, 400, "Parameter 'add_time'"),
    ("POST", "/api/v2/activities", {"subject": "A", "marked_as_done_time": "2020-01-01T00:00:00Z"}, 400, "Parameter 'marked_as_done_time'"),
    ("POST", "/api/v2/activities", {"subject": "A", "type": "haircut"}, 400, "type: Activity type 'haircut' does not exist"),
    ("POST", "/api/v2/activities", {"subject": "A", "due_date": "06/05/2024"}, 400, "due_date: This value is not a valid date"),
    ("POST", "/api/v2/activities", {"subject": "A", "due_time": "9:30:00"}, 400, "due_time: This value is not a valid datetime"),
    ("POST", "/api/v2/activities", {"subject": "A", "due_time": "09:30"}, 400, "due_time: This value is not a valid datetime"),
    ("POST", "/api/v2/activities", {"subject": "A", "done": 1}, 400, "done: Expected boolean"),
    ("POST", "/api/v2/activities", {"subject": "A", "note": BIG}, 400, "100 KB"),
    ("POST", "/api/v2/activities", {"subject": "A", "participants": [{"person_id": GONE}]}, 400, "participants.person_id: Person"),
    ("POST", "/api/v2/activities", {"subject": "A", "attendees": [{"email": "nobody"}]}, 400, "valid email"),
    ("POST", "/api/v2/activities", {"subject": "A", "lead_id": UUID}, 400, "lead_id: Lead"),
    ("POST", "/api/v2/activities", {"subject": "A", "outcome": GONE}, 400, "outcome: Option"),
    ("POST", "/api/v1/activityTypes", {"name": "A"}, 400, "Parameter 'icon_key' is required"),
    ("POST", "/api/v1/activityTypes", {"name": "A", "icon_key": "tooth"}, 400, "icon_key:"),
    ("POST", "/api/v1/activityTypes", {"name": "A", "icon_key": "call", "color": "red"}, 400, "color:"),
    ("POST", "/api/v1/activityTypes", {"name": "Call", "icon_key": "call"}, 400, "exists already"),
    ("DELETE", "/api/v1/activityTypes/1", None, 400, "default activity type"),
    # leads
    ("POST", "/api/v1/leads", {"title": "A"}, 400, "must be linked to a person or an organization"),
    ("POST", "/api/v1/leads", {"person_id": 1}, 400, "Parameter 'title' is required"),
    ("POST", "/api/v1/leads", {"title": "A", "person_id": 1, "note": "x"}, 400, "Parameter 'note' is not allowed"),
    ("POST", "/api/v1/leads", {"title": "A", "person_id": 1, "custom_fields": {}}, 400, "Parameter 'custom_fields' is not allowed"),
    ("POST", "/api/v1/leads", {"title": "A", "person_id": 1, "add_time": "2020-01-01"}, 400, "Parameter 'add_time'"),
    ("POST", "/api/v1/leads", {"title": "A", "person_id": 1, HASH: "x"}, 400, f"Parameter '{HASH}' is not allowed"),
    ("POST", "/api/v1/leads", {"title": "A", "person_id": 1, "value": {"amount": 5}}, 400, "value.currency"),
    ("POST", "/api/v1/leads", {"title": "A", "person_id": 1, "value": 5}, 400, "value: Expected object"),
    ("POST", "/api/v1/leads", {"title": "A", "person_id": 1, "visible_to": 3}, 400, "visible_to: Expected string"),
    ("POST", "/api/v1/leads", {"title": "A", "person_id": 1, "label_ids": [UUID]}, 400, "label_ids: Label"),
    ("POST", "/api/v1/leads", {"title": "A", "person_id": GONE}, 400, "person_id: Person"),
    ("PATCH", "/api/v1/leads/{lead}", {"person_id": None}, 400, "must be linked"),
    ("GET", f"/api/v1/leads/{UUID}", None, 404, "requested lead not found"),
    ("GET", "/api/v1/leads/12", None, 404, "not found"),
    ("POST", "/api/v1/leadLabels", {"name": "A", "color": "teal"}, 400, "color:"),
    # notes and files
    ("POST", "/api/v1/notes", {"content": "A"}, 400, "One of lead_id, deal_id, person_id"),
    ("POST", "/api/v1/notes", {"person_id": 1}, 400, "Parameter 'content' is required"),
    ("POST", "/api/v1/notes", {"content": "<script>x</script>", "person_id": 1}, 400, "content:"),
    ("POST", "/api/v1/notes", {"content": BIG, "person_id": 1}, 400, "100 KB"),
    ("POST", "/api/v1/notes", {"content": "A", "person_id": GONE}, 400, "person_id: Person"),
    ("POST", "/api/v1/notes", {"content": "A", "person_id": 1, "add_time": "2020-01-01T00:00:00Z"}, 400, "add_time:"),
    ("POST", "/api/v1/notes", {"content": "A", "person_id": 1, "pinned_to_deal_flag": 1}, 400, "pinned_to_deal_flag:"),
    ("POST", "/api/v1/notes", {"content": "A", "person_id": 1, HASH: "x"}, 400, f"Parameter '{HASH}'"),
    ("GET", "/api/v1/files?limit=101", None, 400, "limit:"),
    # products
    ("POST", "/api/v2/products", {"name": "A", "prices": [{"currency": "AUD"}, {"currency": "AUD"}]}, 400, "one price per currency"),
    ("POST", "/api/v2/products", {"name": "A", "prices": [{"price": 5}]}, 400, "prices.0.currency"),
    ("POST", "/api/v2/products", {"name": "A", "visible_to": 2}, 400, "visible_to:"),
    ("POST", "/api/v2/deals/{deal}/products", {"product_id": GONE, "item_price": 1, "quantity": 1}, 400, "product_id: Product"),
    ("POST", "/api/v2/deals/{deal}/products", {"product_id": 1, "item_price": 1}, 400, "Parameter 'quantity' is required"),
    ("POST", "/api/v2/deals/{deal}/products", {"product_id": 1, "item_price": 1, "quantity": 1, "duration": 1}, 400,
     "Parameter 'duration'"),
    ("POST", "/api/v2/deals/{deal}/products/bulk", {"data": []}, 400, "at least one product"),
    ("POST", "/api/v2/deals/{deal}/products/bulk", {"data": [{"product_id": 1, "item_price": 1, "quantity": 1}] * 101}, 400, "maxItems"),
    ("POST", "/api/v2/deals/{deal}/installments", {"description": "A", "amount": 1, "billing_date": "2024-01-01"}, 400, "one-time product"),
    ("POST", "/api/v2/deals/{deal}/discounts", {"description": "A", "amount": 0, "type": "amount"}, 400, "more than zero"),
    # fields and options
    ("POST", "/api/v2/personFields", {"field_name": "A", "field_type": "url"}, 400, "field_type:"),
    ("POST", "/api/v2/personFields", {"field_name": "A", "field_type": "enum"}, 400, "Parameter 'options' is required"),
    ("POST", "/api/v2/personFields", {"field_name": "x" * 256, "field_type": "varchar"}, 400, "field_name:"),
    ("POST", "/api/v2/personFields", {"field_name": "A", "field_type": "varchar", "field_code": HASH}, 400, "Parameter 'field_code'"),
    ("PATCH", "/api/v2/personFields/{varchar}", {}, 400, "at least one key"),
    ("PATCH", "/api/v2/personFields/{varchar}", {"field_type": "text"}, 400, "Parameter 'field_type'"),
    ("PATCH", "/api/v2/personFields/name", {"field_name": "A"}, 403, "default field"),
    ("DELETE", "/api/v2/personFields/name", None, 403, "default field"),
    ("GET", f"/api/v2/personFields/{HASH}", None, 404, "Field not found"),
    ("POST", "/api/v2/personFields/{enum}/options", {"label": "A"}, 400, "Expected array"),
    ("POST", "/api/v2/personFields/{enum}/options", [{"label": "HCF"}], 400, "used twice"),
    ("POST", "/api/v2/personFields/{varchar}/options", [{"label": "A"}], 400, "have no options"),
    ("DELETE", "/api/v2/personFields/{enum}/options", [{"id": GONE}], 400, "does not exist"),
    ("POST", "/api/v2/personFields/label_ids/options", [{"label": "VIP"}], 403, "default field"),
    # pipelines and stages
    ("POST", "/api/v2/pipelines", {"name": "A", "order_nr": 1}, 400, "Parameter 'order_nr'"),
    ("POST", "/api/v2/stages", {"name": "A"}, 400, "Parameter 'pipeline_id' is required"),
    ("POST", "/api/v2/stages", {"name": "A", "pipeline_id": GONE}, 400, "pipeline_id: Pipeline"),
    ("DELETE", "/api/v2/pipelines/1", None, 400, "last pipeline"),
    ("DELETE", "/api/v2/stages/1", None, 400, "still holds deals"),
    # queries
    ("GET", "/api/v2/activities?type=call", None, 400, "Parameter 'type' is not allowed"),
    ("GET", "/api/v2/persons?limit=501", None, 400, "limit:"),
    ("GET", "/api/v2/persons?limit=0", None, 400, "limit:"),
    ("GET", "/api/v2/persons?start=100", None, 400, "Parameter 'start' is not allowed"),
    ("GET", "/api/v2/persons?owner_id=me", None, 400, "owner_id: Expected integer"),
    ("GET", "/api/v2/persons?cursor=abc", None, 400, "cursor:"),
    ("GET", "/api/v2/persons?sort_by=name", None, 400, "sort_by:"),
    ("GET", "/api/v2/persons?ids=" + ",".join(["1"] * 101), None, 400, "ids:"),
    ("GET", "/api/v2/persons?updated_since=2020-01-01T00:00:00.000Z", None, 400, "updated_since: This value is not a valid datetime"),
    ("GET", "/api/v2/persons?custom_fields=" + ",".join([HASH] * 16), None, 400, "at most 15 keys"),
    ("GET", "/api/v2/persons?filter_id=999", None, 400, "filter"),
    ("GET", "/api/v2/persons/search?term=a", None, 400, "at least 2 characters"),
    ("GET", "/api/v2/itemSearch?term=ab&limit=101", None, 400, "limit:"),
    ("GET", "/api/v2/itemSearch/field?term=1&entity_type=person&field={enum}", None, 400, "cannot be searched"),
    ("GET", "/api/v1/recents", None, 400, "Parameter 'since_timestamp' is required"),
    ("GET", "/api/v1/notes?sort=shoe_size", None, 400, "Sorting by this field"),
    # what is not there
    *(
        (method, f"/api/v2/{plural}/{GONE}", {} if method == "PATCH" else None, 404, f"{name} not found")
        for plural, name in (("persons", "Person"), ("organizations", "Organization"), ("deals", "Deal"), ("activities", "Activity"),
                             ("products", "Product"), ("pipelines", "Pipeline"), ("stages", "Stage"))
        for method in ("GET", "PATCH", "DELETE")
    ),
    *((method, f"/api/v1/{plural}/{GONE}", {} if method == "PUT" and plural != "files" else None, status, "not found")
      for plural in ("notes", "filters") for method, status in (("GET", 404), ("DELETE", 404))),
    ("GET", f"/api/v1/files/{GONE}", None, 404, "File not found"),
    ("GET", f"/api/v1/files/{GONE}/download", None, 404, "File not found"),
    ("DELETE", f"/api/v1/files/{GONE}", None, 404, "File not found"),
    ("PUT", f"/api/v1/notes/{GONE}", {"content": "A"}, 404, "Note not found"),
    ("GET", f"/api/v1/users/{GONE}", None, 404, "User not found or not accessible."),
    ("GET", "/api/v2/persons/one", None, 404, "not found"),
    ("GET", "/api/v2/patients", None, 404, "Unknown method"),
    ("GET", "/api/v1/persons", None, 404, "Unknown method"),
    ("POST", "/api/v1/deals", {"title": "A"}, 404, "Unknown method"),
    ("PUT", "/api/v2/persons/{person}", {"name": "A"}, 405, "Method not allowed"),
    ("POST", "/api/v2/persons/bulk", {}, 405, "Method not allowed"),
    ("GET", "/api/v2/projects", None, 501, "does not offer"),
    # merging, followers, filters, users
    ("PUT", "/api/v1/persons/{person}/merge", {"merge_with_id": GONE}, 400, "merge_with_id: Person"),
    ("PUT", "/api/v1/persons/{person}/merge", {"merge_with_id": 1}, 400, "with itself"),
    ("POST", "/api/v2/persons/{person}/followers", {"user_id": GONE}, 400, "user_id: User"),
    ("DELETE", "/api/v2/persons/{person}/followers/1", None, 404, "Follower not found"),
    ("POST", "/api/v1/filters", {"name": "A", "type": "people", "conditions": {}}, 400, "conditions"),
    ("POST", "/api/v1/users", {"email": "someone@example.com"}, 402, "no free seat"),
    ("PUT", "/api/v1/users/1", {"active_flag": False}, 403, "permissions"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "says"), TABLE, ids=[f"{n}-{row[0]}-{row[1].split('?')[0]}" for n, row in enumerate(TABLE)]
)
def test_refused(practice, method, path, body, status, says):
    api, ids = practice
    body = body(ids) if callable(body) else body
    answer = api.refused(status, method, path.format(**ids), **({} if body is None else {"json": body}))
    assert says in answer["error"]
    if status == 400 and path.startswith("/api/v2") and answer["error"].startswith("Validation failed"):
        assert answer["code"] == SCHEMA


def test_a_wrong_custom_field_is_named_by_its_code(practice):
    api, ids = practice
    answer = api.refused(400, "POST", "/api/v2/persons", json={"name": "A", "custom_fields": {ids["date"]: "soon"}})
    assert answer["field_code"] == ids["date"]


@pytest.mark.parametrize("headers", [{"x-api-token": ""}, {"x-api-token": "wrong"}, {"x-api-token": "", "authorization": "Bearer wrong"}])
@pytest.mark.parametrize("path", ["/api/v1/users/me", "/v1/users/me", "/api/v2/persons"])
def test_without_a_token_nothing_is_answered(practice, headers, path):
    api, _ = practice
    answer = api.refused(401, "GET", path, headers=headers)
    assert answer["error"] == "unauthorized access"
    assert answer["errorCode"] == 401


def test_v2_answers_under_api_only(practice):
    api, _ = practice
    api.refused(404, "GET", "/v2/persons")


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [(b"{", "application/json", 400), (b"", "application/json", 400), (b"name=A", "application/x-www-form-urlencoded", 400),
     (b'{"name": NaN}', "application/json", 400), (b"[" * 5000, "application/json", 400), (b"\xff\xfe", "application/json", 400)],
)  # fmt: skip
def test_a_body_that_is_no_json_is_refused(practice, content, media, status):
    api, _ = practice
    api.refused(status, "POST", "/api/v2/persons", content=content, headers={"content-type": media})


def test_files_are_refused_without_a_file_with_a_wrong_parent_or_as_json(practice):
    api, _ = practice
    assert "file" in api.refused(400, "POST", "/api/v1/files", files={"person_id": (None, "1")})["error"]
    assert "Person" in api.refused(400, "POST", "/api/v1/files", files={"file": ("a", b"a")}, data={"person_id": str(GONE)})["error"]
    assert "not allowed" in api.refused(400, "POST", "/api/v1/files", files={"file": ("a", b"a")}, data={"note": "x"})["error"]
    assert "empty" in api.refused(400, "POST", "/api/v1/files", files={"file": ("a", b"")})["error"]
    api.refused(400, "POST", "/api/v1/files", json={"person_id": 1})


def test_webhooks_have_refusals_of_their_own_shape(practice):
    api, _ = practice
    body = {"subscription_url": "ftp://example.com", "event_action": "*", "event_object": "*", "name": "x"}
    answer = api.refused(400, "POST", "/api/v1/webhooks", json=body)
    assert answer == {"status": "error", "success": False, "errors": {"subscription_url": ["invalid or non-reachable URL"]}}
    assert api.refused(404, "DELETE", f"/api/v1/webhooks/{GONE}")["errors"] == {"id": ["not found"]}


def test_a_user_has_at_most_40_webhooks(make):
    api = make()
    body = {"subscription_url": "https://example.com/x", "event_action": "*", "event_object": "*", "name": "x"}
    for _ in range(40):
        api.ok("POST", "/api/v1/webhooks", json=body)
    api.refused(422, "POST", "/api/v1/webhooks", json=body)
