"""Lists: pages, order, filters, what changed since, what a user may see, what the index knows."""

from __future__ import annotations

import pytest

TEAM = {
    "users": [
        {"name": "Boss", "email": "boss@example.com", "is_admin": True, "active": True},
        {"name": "Desk", "email": "desk@example.com", "is_admin": False, "active": True},
        {"name": "Gone", "email": "gone@example.com", "is_admin": False, "active": False},
    ]
}


def people(api, number):
    return [api.ok("POST", "/api/v2/persons", json={"name": f"P{n}"})["id"] for n in range(number)]


def walk(api, path, limit):
    """Return all pages of a v2 list."""
    pages, cursor = [], None
    while True:
        joint = "&" if "?" in path else "?"
        answer = api.get(f"{path}{joint}limit={limit}" + (f"&cursor={cursor}" if cursor else "")).json()
        pages.append([each["id"] for each in answer["data"]])
        cursor = answer["additional_data"]["next_cursor"]
        if cursor is None:
            return pages


def test_a_cursor_leads_through_all_pages_and_ends_with_null(api):
    ids = people(api, 7)
    assert walk(api, "/api/v2/persons", 3) == [ids[:3], ids[3:6], ids[6:]]
    assert walk(api, "/api/v2/persons?sort_direction=desc", 3) == [ids[6:3:-1], ids[3:0:-1], ids[:1]]


def test_records_added_while_paging_by_id_appear_at_the_end_and_none_is_seen_twice(api):
    ids = people(api, 4)
    first = api.get("/api/v2/persons?limit=2").json()
    more = people(api, 1)
    cursor = first["additional_data"]["next_cursor"]
    rest = api.ok("GET", f"/api/v2/persons?limit=10&cursor={cursor}")
    assert [each["id"] for each in first["data"]] + [each["id"] for each in rest] == ids + more


def test_a_page_holds_100_unless_asked_otherwise_and_a_cursor_fits_its_own_list_only(api):
    people(api, 101)
    answer = api.get("/api/v2/persons").json()
    assert len(answer["data"]) == 100
    cursor = answer["additional_data"]["next_cursor"]
    assert len(api.ok("GET", f"/api/v2/persons?cursor={cursor}")) == 1
    api.refused(400, "GET", f"/api/v2/persons?sort_by=update_time&cursor={cursor}")


def test_v1_lists_page_by_offset(api):
    person = people(api, 1)[0]
    ids = [api.ok("POST", "/api/v1/notes", json={"content": f"n{n}", "person_id": person})["id"] for n in range(5)]
    first = api.get("/api/v1/notes?limit=2").json()
    assert [each["id"] for each in first["data"]] == ids[:2]
    page = first["additional_data"]["pagination"]
    assert page == {"start": 0, "limit": 2, "more_items_in_collection": True, "next_start": 2}
    last = api.get("/api/v1/notes?start=4&limit=2").json()
    assert last["additional_data"]["pagination"] == {"start": 4, "limit": 2, "more_items_in_collection": False}
    assert api.ok("GET", "/api/v1/notes?start=10") == []
    assert [each["id"] for each in api.ok("GET", "/api/v1/notes?sort=id DESC&limit=2")] == ids[:2:-1]


@pytest.mark.parametrize(
    "path", ["notes", "files", "leads", "filters", "webhooks", "leadLabels", "activityTypes", "users", "currencies", "leadFields"]
)
def test_empty_v1_lists_are_lists_never_null(api, path):
    assert isinstance(api.get(f"/api/v1/{path}").json()["data"], list)


def test_field_lists_never_have_null_options(api):
    for entity in ("person", "organization", "deal", "product", "activity"):
        for version in (1, 2):
            fields = api.ok(
                "GET", f"/api/v{version}/{entity}Fields?limit=500" if (version, entity) != (1, "activity") else "/api/v1/activityFields"
            )
            assert fields
            assert all(isinstance(field["options"], list) for field in fields)


def test_updated_since_includes_the_second_and_updated_until_ends_before_it(api, clock):
    first = people(api, 1)[0]
    clock.now += 10
    moment = api.ok("PATCH", f"/api/v2/persons/{people(api, 1)[0]}", json={"name": "Q"})["update_time"]
    later = people(api, 1)[0]
    since = [each["id"] for each in api.ok("GET", f"/api/v2/persons?updated_since={moment}")]
    assert first not in since
    assert later in since
    assert [each["id"] for each in api.ok("GET", f"/api/v2/persons?updated_until={moment}")] == [first]
    zone = moment.replace("Z", "+00:00").replace("+", "%2B")
    assert [each["id"] for each in api.ok("GET", f"/api/v2/persons?updated_since={zone}")] == since


def test_ids_pick_records_and_leave_out_unknown_ones(api):
    ids = people(api, 3)
    assert [each["id"] for each in api.ok("GET", f"/api/v2/persons?ids={ids[2]},{ids[0]},999")] == [ids[0], ids[2]]


def test_lists_are_narrowed_by_their_links(api):
    home = api.ok("POST", "/api/v2/organizations", json={"name": "H"})["id"]
    person = api.ok("POST", "/api/v2/persons", json={"name": "A", "org_id": home})["id"]
    deal = api.ok("POST", "/api/v2/deals", json={"title": "D", "person_id": person})["id"]
    people(api, 2)
    api.ok("POST", "/api/v2/deals", json={"title": "E"})
    assert [each["id"] for each in api.ok("GET", f"/api/v2/persons?org_id={home}")] == [person]
    assert [each["id"] for each in api.ok("GET", f"/api/v2/persons?deal_id={deal}")] == [person]
    assert [each["id"] for each in api.ok("GET", f"/api/v2/deals?person_id={person}")] == [deal]
    assert api.ok("GET", "/api/v2/deals?status=won,lost") == []


def test_archived_deals_have_a_list_of_their_own(api):
    deal = api.ok("POST", "/api/v2/deals", json={"title": "D", "is_archived": True, "archive_time": "2020-01-02 03:04:05"})
    assert deal["archive_time"] == "2020-01-02T03:04:05Z"
    assert api.ok("GET", "/api/v2/deals") == []
    assert [each["id"] for each in api.ok("GET", "/api/v2/deals/archived")] == [deal["id"]]


def test_a_filter_picks_records_and_overrides_the_other_parameters(api):
    code = api.ok("POST", "/api/v2/personFields", json={"field_name": "Ref", "field_type": "varchar"})["field_code"]
    wanted = api.ok("POST", "/api/v2/persons", json={"name": "A", "custom_fields": {code: "patient:1"}})["id"]
    people(api, 2)
    id = next(field["id"] for field in api.ok("GET", "/api/v1/personFields?limit=500") if field["key"] == code)
    one = {"object": "person", "field_id": str(id), "operator": "=", "value": "patient:1"}
    conditions = {"glue": "and", "conditions": [{"glue": "and", "conditions": [one]}, {"glue": "or", "conditions": []}]}
    made = api.ok("POST", "/api/v1/filters", json={"name": "F", "type": "people", "conditions": conditions})
    assert [each["id"] for each in api.ok("GET", f"/api/v2/persons?filter_id={made['id']}&ids=999")] == [wanted]
    api.refused(400, "GET", f"/api/v2/deals?filter_id={made['id']}")


def test_the_search_index_learns_of_a_record_only_after_a_while(make, clock):
    api = make(search_lag_s=5)
    person = api.ok("POST", "/api/v2/persons", json={"name": "Zelda Example"})["id"]
    find = "/api/v2/persons/search?term=zelda&fields=name"
    assert api.ok("GET", find)["items"] == []
    clock.now += 5
    assert [hit["item"]["id"] for hit in api.ok("GET", find)["items"]] == [person]


def test_a_record_is_found_by_the_value_of_a_field_with_case_and_exactly(api):
    code = api.ok("POST", "/api/v2/dealFields", json={"field_name": "Ref", "field_type": "varchar"})["field_code"]
    deals = [api.ok("POST", "/api/v2/deals", json={"title": f"D{n}", "custom_fields": {code: f"Plan:{n}"}})["id"] for n in (1, 10)]
    find = f"/api/v2/itemSearch/field?entity_type=deal&field={code}"
    assert [each["id"] for each in api.ok("GET", f"{find}&term=Plan:1&match=exact")] == deals[:1]
    assert [each["id"] for each in api.ok("GET", f"{find}&term=Plan:1&match=beginning")] == deals
    assert api.ok("GET", f"{find}&term=plan:1&match=exact") == []


@pytest.mark.parametrize(("plan", "own", "company"), [("growth", 1, 3), ("premium", 1, 7)])
def test_who_is_no_admin_silently_gets_less(make, plan, own, company):
    api = make(plan=plan)
    boss = make_team(api)
    desk = boss.as_user_of("desk@example.com")
    secret = boss.ok("POST", "/api/v2/persons", json={"name": "Secret", "visible_to": own})["id"]
    public = boss.ok("POST", "/api/v2/persons", json={"name": "Public", "visible_to": company})["id"]
    mine = desk.ok("POST", "/api/v2/persons", json={"name": "Mine", "visible_to": own})["id"]
    boss.ok("POST", "/api/v1/notes", json={"content": "n", "person_id": secret})
    boss.ok("POST", "/api/v1/notes", json={"content": "n", "person_id": public})
    assert [each["id"] for each in boss.ok("GET", "/api/v2/persons")] == [secret, public, mine]
    assert [each["id"] for each in desk.ok("GET", "/api/v2/persons")] == [public, mine]
    assert [each["id"] for each in desk.ok("GET", f"/api/v2/persons?ids={secret},{public}")] == [public]
    assert [each["person_id"] for each in desk.ok("GET", "/api/v1/notes")] == [public]
    desk.refused(404, "GET", f"/api/v2/persons/{secret}")
    desk.refused(400, "POST", "/api/v2/deals", json={"title": "D", "person_id": secret})


def make_team(api):
    """Add a company with an admin and others; return a client of its admin that can be turned into one of the others."""
    account = api.world.add_account(TEAM, token="boss")
    tokens = {user["email"]: user["token"] for user in account.small("user").values()}
    boss = api.with_token("boss")
    boss.as_user_of = lambda email: api.with_token(tokens[email])
    return boss


def test_who_is_no_admin_may_not_change_the_account(api):
    desk = make_team(api).as_user_of("desk@example.com")
    for method, path, body in (
        ("POST", "/api/v2/pipelines", {"name": "A"}),
        ("POST", "/api/v2/stages", {"name": "A", "pipeline_id": 1}),
        ("POST", "/api/v1/activityTypes", {"name": "A", "icon_key": "call"}),
        ("POST", "/api/v2/personFields", {"field_name": "A", "field_type": "varchar"}),
        ("POST", "/api/v1/users", {"email": "x@example.com"}),
        ("POST", "/api/v1/leadLabels", {"name": "A", "color": "red"}),
        ("POST", "/api/v2/products", {"name": "A"}),
        ("POST", "/api/v2/persons", {"name": "A", "add_time": "2020-01-01T00:00:00Z"}),
        ("POST", "/api/v2/deals", {"title": "A", "status": "won", "won_time": "2020-01-01T00:00:00Z"}),
    ):
        desk.refused(403, method, path, json=body)
    permissions = desk.ok("GET", "/api/v1/users/2/permissions")
    assert (permissions["can_add_custom_fields"], permissions["can_use_api"]) == (False, True)
    deal = desk.ok("POST", "/api/v2/deals", json={"title": "A"})["id"]
    desk.refused(403, "DELETE", f"/api/v2/deals/{deal}")


def test_an_author_is_changed_by_admins_only_and_must_be_active(api):
    boss = make_team(api)
    desk = boss.as_user_of("desk@example.com")
    person = desk.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    desk.refused(403, "POST", "/api/v1/notes", json={"content": "n", "person_id": person, "user_id": 1})
    assert boss.ok("POST", "/api/v1/notes", json={"content": "n", "person_id": person, "user_id": 2})["user_id"] == 2
    assert "owner_id" in boss.refused(400, "POST", "/api/v2/persons", json={"name": "A", "owner_id": 3})["error"]


def test_a_user_who_is_inactive_has_no_access(api):
    gone = make_team(api).as_user_of("gone@example.com")
    gone.refused(401, "GET", "/api/v1/users/me")


def test_recents_tell_what_changed_in_v1s_dates_deleted_records_too(api, clock):
    person = people(api, 1)[0]
    clock.now += 60
    api.ok("DELETE", f"/api/v2/persons/{person}")
    answer = api.get("/api/v1/recents?since_timestamp=2026-09-21 14:13:50&items=person").json()
    assert [(each["item"], each["id"], each["data"]["active_flag"], each["data"]["update_time"]) for each in answer["data"]] == [
        ("person", person, False, "2026-09-21 14:14:20")
    ]
