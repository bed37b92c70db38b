"""What public clients ask when they read an account back, request by request as they send it: they see every record, and the same counts.

Requests as in dlt's verified source `pipedrive` (v1 recents and fields, v2 lists; token in the query) and singer's `tap-pipedrive` (v1
lists of a hundred, sorted by time). None of their code is here.
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
