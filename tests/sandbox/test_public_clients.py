"""What public clients ask when they read an account back, request by request as they send it: they see every record, and the same counts.

Requests as dlt's verified source `pipedrive`, singer's `tap-pipedrive` and Airbyte's `source-pipedrive` sent them to a sandbox that they
read whole (docs/sandbox.md): token in the query, `limit` and `items` on lists that know no such keys. None of their code is here.
"""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

COUNTS = {"person": 7, "organization": 2, "deal": 3, "activity": 4, "product": 2, "note": 5, "lead": 2}
V2 = {"persons": "person", "organizations": "organization", "deals": "deal", "activities": "activity", "products": "product"}
BARE = {"x-api-token": ""}
"""The token stands in the query, and in no header."""


@pytest.fixture
def account(make):
    api = make()
    person = 0
    for number in range(COUNTS["organization"]):
        api.ok("POST", "/api/v2/organizations", json={"name": f"Org {number}"})
    for number in range(COUNTS["person"]):
        person = api.ok("POST", "/api/v2/persons", json={"name": f"Pat {number}"})["id"]
    for number in range(COUNTS["deal"]):
        api.ok("POST", "/api/v2/deals", json={"title": f"Deal {number}", "person_id": person})
    for number in range(COUNTS["activity"]):
        api.ok("POST", "/api/v2/activities", json={"subject": f"Call {number}"})
    for number in range(COUNTS["product"]):
        api.ok("POST", "/api/v2/products", json={"name": f"Crown {number}"})
    for number in range(COUNTS["note"]):
        api.ok("POST", "/api/v1/notes", json={"content": f"Note {number}", "person_id": person})
    for number in range(COUNTS["lead"]):
        api.ok("POST", "/api/v1/leads", json={"title": f"Lead {number}", "person_id": person})
    return api


DEAL_COUNTS = "next_activity_id,last_activity_id,first_won_time,products_count,files_count,notes_count,followers_count,activities_count"
ORGANIZATION_COUNTS = "open_deals_count,related_open_deals_count,closed_deals_count,email_messages_count,people_count,followers_count"
PERSON_COUNTS = "open_deals_count,related_won_deals_count,participant_open_deals_count,activities_count,last_incoming_mail_time"


def get(api, path, **query):
    """Return the parsed answer to a request with its token in the query."""
    answer = api.get(f"{path}?{urlencode({'api_token': 'sandbox-token', **query})}", headers=BARE)
    assert answer.status_code == 200, (path, query, answer.text)
    return answer.json()


def by_offset(api, path, limit, **query):
    """Read a v1 list to its end as both clients do: by `more_items_in_collection` and `next_start`."""
    start, found = 0, []
    while True:
        page = get(api, path, **query, start=start, limit=limit)
        found += page["data"] or []
        pagination = page.get("additional_data", {}).get("pagination", {})
        if not pagination.get("more_items_in_collection", False):
            return found
        start = pagination["next_start"]


def by_cursor(api, path, limit, **query):
    """Read a v2 list to its end by `additional_data.next_cursor`."""
    found, cursor = [], {}
    while True:
        page = get(api, path, **query, limit=limit, **cursor)
        found += page["data"]
        if not (following := page.get("additional_data", {}).get("next_cursor")):
            return found
        cursor = {"cursor": following}


@pytest.mark.parametrize("kind", ["activity", "deal", "note", "person", "organization", "product"])
def test_recents_as_dlt_reads_them(account, kind):
    """All of one kind, since 1970; an item's data is one record or a list of them."""
    items = by_offset(account, "/v1/recents", 500, since_timestamp="1970-01-01 00:00:00", items=kind)
    ids = set()
    for item in items:
        data = item["data"] if isinstance(item["data"], list) else [item["data"]]
        ids |= {record["id"] for record in data if record is not None}
    assert len(ids) == COUNTS[kind]


@pytest.mark.parametrize("name", V2)
@pytest.mark.parametrize("limit", [500, 2])
def test_lists_of_version_2_as_dlt_reads_them(account, name, limit):
    """Changed last first, by cursor, over one page and over many."""
    found = by_cursor(account, f"/api/v2/{name}", limit, sort_by="update_time", sort_direction="desc")
    assert len({record["id"] for record in found}) == len(found) == COUNTS[V2[name]]


@pytest.mark.parametrize("name", ["activityFields", "organizationFields", "personFields", "productFields", "dealFields"])
def test_fields_as_dlt_reads_them(account, name):
    """Keys and names of all fields, in one page of 500."""
    found = by_offset(account, f"/v1/{name}", 500)
    assert found and all(field["key"] and field["name"] for field in found)


@pytest.mark.parametrize(("name", "count"), [("leads", COUNTS["lead"]), ("users", 1)])
def test_whole_lists_of_version_1_as_dlt_reads_them(account, name, count):
    """Leads and users have no recents."""
    assert len(by_offset(account, f"/v1/{name}", 500)) == count


@pytest.mark.parametrize(
    ("path", "sort", "count"), [("notes", "update_time desc", COUNTS["note"]), ("leads", "update_time desc", COUNTS["lead"])]
)
@pytest.mark.parametrize("limit", [100, 2])
def test_sorted_lists_as_singers_tap_reads_them(account, path, sort, count, limit):
    """By time, the direction in small letters."""
    found = by_offset(account, f"/v1/{path}", limit, sort=sort)
    assert len({record["id"] for record in found}) == len(found) == count


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("activities", {"include_fields": "attendees"}),
        ("deals", {"include_fields": DEAL_COUNTS, "status": "open,won,lost,deleted"}),
        ("organizations", {"include_fields": ORGANIZATION_COUNTS}),
        ("persons", {"include_fields": PERSON_COUNTS}),
        ("deals", {}),
    ],
)
@pytest.mark.parametrize("limit", [100, 2])
def test_lists_of_version_2_as_singers_tap_reads_them(account, name, more, limit):
    """All that changed since a day long ago, by time, with counts of what hangs on each."""
    found = by_cursor(account, f"/api/v2/{name}", limit, updated_since="2017-01-01T00:00:00Z", sort_by="update_time", **more)
    assert len({record["id"] for record in found}) == len(found) == COUNTS[V2[name]]


@pytest.mark.parametrize("name", ["products", "pipelines", "stages"])
@pytest.mark.parametrize("since", [{}, {"updated_since": "1970-01-01T00:00:00+00:00"}])
def test_what_knows_no_time_of_change_is_listed_whole(account, name, since):
    """Products have no `updated_since` in the specification; dlt sends it all the same, and the tap sorts by time."""
    more = since if name == "products" else {}
    found = by_cursor(account, f"/api/v2/{name}", 500, sort_by="update_time", sort_direction="desc", **more)
    assert len({record["id"] for record in found}) == len(found) == account.get("/_sandbox/state").json()["counts"][name.removesuffix("s")]


@pytest.mark.parametrize("what", ["products", "followers"])
def test_what_hangs_on_a_deal_as_dlt_reads_it(account, what):
    """The order that is asked for with every list is taken here too."""
    product = by_cursor(account, "/api/v2/products", 500)[0]["id"]
    account.ok("POST", "/api/v2/deals/1/products", json={"product_id": product, "item_price": 10, "quantity": 1})
    account.ok("POST", "/api/v2/deals/1/followers", json={"user_id": 1})
    for deal, count in ((1, 1), (2, 0)):
        assert len(by_cursor(account, f"/api/v2/deals/{deal}/{what}", 500, sort_by="update_time", sort_direction="desc")) == count


@pytest.mark.parametrize("limit", [100, 2])
def test_what_happened_to_a_deal(account, limit):
    """How it was made, and each activity, note and file that hangs on it: the tap wants the changes, dlt each kind apart."""
    account.ok("POST", "/api/v2/activities", json={"subject": "Call about it", "deal_id": 1})
    account.ok("POST", "/api/v1/notes", json={"content": "Said yes", "deal_id": 1})
    account.ok("POST", "/api/v1/files", files={"file": ("plan.pdf", b"PDF", "application/pdf")}, data={"deal_id": "1"})
    found = by_offset(account, "/v1/deals/1/flow", limit)
    assert sorted(update["object"] for update in found) == ["activity", "dealChange", "file", "note"]
    assert all(update["timestamp"] and update["data"]["id"] for update in found)
    assert [update["data"]["field_key"] for update in found if update["object"] == "dealChange"] == ["add_time"]
    assert [update["object"] for update in by_offset(account, "/v1/deals/2/flow", limit)] == ["dealChange"]


@pytest.mark.parametrize("start", [{}, {"start": 0}])
def test_lists_that_are_out_of_support_still_answer(account, start):
    """Airbyte reads organizations there, and both it and the tap the products of each deal."""
    account.ok("POST", "/api/v2/deals/1/products", json={"product_id": 1, "item_price": 10, "quantity": 3})
    line = get(account, "/v1/deals/1/products", limit=50, **start)["data"]
    assert [(each["deal_id"], each["product_id"], each["quantity"], each["sum"]) for each in line] == [(1, 1, 3, 30)]
    assert len(get(account, "/v1/organizations", limit=50, items="organization", **start)["data"]) == COUNTS["organization"]


@pytest.mark.parametrize("kind", ["activity", "deal", "note", "person", "product", "pipeline", "stage"])
def test_recents_as_airbyte_reads_them(account, kind):
    """Pages of few, the first without `start`; an item's data is its record."""
    count = COUNTS.get(kind, 0) or account.get("/_sandbox/state").json()["counts"][kind]
    query = {"items": kind, "since_timestamp": "2017-01-25 00:00:00", "limit": 2}
    page = get(account, "/v1/recents", **query)
    found = page["data"]
    while following := page["additional_data"]["pagination"].get("next_start"):
        page = get(account, "/v1/recents", **query, start=following)
        found += page["data"]
    assert len({item["data"]["id"] for item in found}) == len(found) == count


def test_a_user_among_recents_comes_as_a_list_of_one(account):
    """As all three clients expect it, and only of users."""
    found = get(account, "/v1/recents", items="user", since_timestamp="2017-01-25 00:00:00", limit=50)["data"]
    assert [[user["id"] for user in item["data"]] for item in found] == [[1]]


@pytest.mark.parametrize("items", ["project", "task"])
def test_what_nobody_has_is_an_empty_list(account, items):
    """dlt asks recents for projects and tasks."""
    assert get(account, "/v1/recents", items=items, since_timestamp="1970-01-01 00:00:00", start=0, limit=500)["data"] == []


@pytest.mark.parametrize("name", ["activityFields", "noteFields", "productFields", "dealFields", "organizationFields", "personFields"])
def test_fields_as_the_others_read_them(account, name):
    """The tap by the hundred, Airbyte by fifty and without `start`; both look for the page data."""
    whole = by_offset(account, f"/v1/{name}", 500)
    assert len(by_offset(account, f"/v1/{name}", 100)) == len(whole)
    first = get(account, f"/v1/{name}", limit=50)
    assert len(first["data"]) == min(50, len(whole)) and "more_items_in_collection" in first["additional_data"]["pagination"]


@pytest.mark.parametrize("name", ["activityTypes", "currencies", "leadLabels", "permissionSets", "roles", "filters", "leads"])
def test_short_lists_take_the_keys_of_long_ones(account, name):
    """`limit` and `start` are sent everywhere."""
    assert get(account, f"/v1/{name}", limit=50)["data"] == get(account, f"/v1/{name}", limit=100, start=0)["data"]


def test_goals_and_mail_are_asked_for_and_there_are_none(account):
    assert get(account, "/v1/goals/find", limit=50)["data"] == {"goals": []}
    for folder in ("inbox", "drafts", "sent", "archive"):
        page = get(account, "/v1/mailbox/mailThreads", folder=folder, limit=50)
        assert page["data"] == [] and page["additional_data"]["pagination"]["more_items_in_collection"] is False
