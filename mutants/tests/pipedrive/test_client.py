"""Each object goes to its own address, in the form that its API version takes, and comes back by the largest pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from migkit.model.errors import TerminalError
from migkit.model.records import ObjectType
from migkit.pipedrive import Pipedrive

from .acting import body_of, ok, play, refused, scripted

UUID = "adf21080-0e10-11eb-879b-05d71fb426ec"

ADDRESSES = [
    (ObjectType.ACTIVITY_TYPE, 4, "/api/v1/activityTypes", "PUT"),
    (ObjectType.PIPELINE, 4, "/api/v2/pipelines", "PATCH"),
    (ObjectType.STAGE, 4, "/api/v2/stages", "PATCH"),
    (ObjectType.LEAD_LABEL, UUID, "/api/v1/leadLabels", "PATCH"),
    (ObjectType.ORGANIZATION, 4, "/api/v2/organizations", "PATCH"),
    (ObjectType.PERSON, 4, "/api/v2/persons", "PATCH"),
    (ObjectType.PRODUCT, 4, "/api/v2/products", "PATCH"),
    (ObjectType.LEAD, UUID, "/api/v1/leads", "PATCH"),
    (ObjectType.DEAL, 4, "/api/v2/deals", "PATCH"),
    (ObjectType.ACTIVITY, 4, "/api/v2/activities", "PATCH"),
    (ObjectType.NOTE, 4, "/api/v1/notes", "PUT"),
]


@pytest.mark.parametrize(("object", "id", "path", "verb"), ADDRESSES)
def test_create_update_delete(object: ObjectType, id: Any, path: str, verb: str) -> None:
    """POST, PUT or PATCH, and DELETE to the documented paths, with the body as it was given."""
    log: list[httpx.Request] = []

    async def work(client: Pipedrive) -> None:
        assert (await client.create(object, {"a": 1}))["id"] == id
        assert (await client.update(object, id, {"b": None}))["id"] == id
        await client.delete(object, id)

    play(work, scripted(ok({"id": id}), log=log))
    assert [(request.method, request.url.path) for request in log] == [("POST", path), (verb, f"{path}/{id}"), ("DELETE", f"{path}/{id}")]
    assert [body_of(request) for request in log[:2]] == [{"a": 1}, {"b": None}]


def test_fields_are_addressed_by_entity_and_code() -> None:
    """The entity chooses the path and is not sent; the answer's id is entity and code; options have paths of their own."""
    log: list[httpx.Request] = []
    code = "946947d1b02fd3ef20798d6112ec5d895a686a21"

    async def work(client: Pipedrive) -> None:
        made = await client.create(
            ObjectType.FIELD, {"entity": "deal", "field_name": "Total", "field_type": "enum"}, purpose="schema_write"
        )
        assert (made["id"], made["entity"]) == (f"deal/{code}", "deal")
        assert (await client.update(ObjectType.FIELD, made["id"], {"field_name": "Sum"}))["id"] == made["id"]
        await client.delete_options(made["id"], [3, 4])
        await client.delete(ObjectType.FIELD, made["id"])

    play(work, scripted(ok({"field_code": code, "field_name": "Total"}), log=log))
    one = f"/api/v2/dealFields/{code}"
    assert [(r.method, r.url.path) for r in log] == [
        ("POST", "/api/v2/dealFields"),
        ("PATCH", one),
        ("DELETE", f"{one}/options"),
        ("DELETE", one),
    ]
    assert body_of(log[0]) == {"field_name": "Total", "field_type": "enum"}
    assert body_of(log[2]) == [{"id": 3}, {"id": 4}]


def test_options_are_added_in_one_call() -> None:
    """Labels in, options with their ids out."""
    log: list[httpx.Request] = []
    answer = ok([{"id": 3, "label": "Paid"}, {"id": 4, "label": "Open"}])
    added = play(lambda c: c.add_options("deal/abc", ["Paid", "Open"]), scripted(answer, log=log))
    assert added == [{"id": 3, "label": "Paid"}, {"id": 4, "label": "Open"}]
    assert body_of(log[0]) == [{"label": "Paid"}, {"label": "Open"}]


@pytest.mark.parametrize("how", ["bytes", "path"])
def test_upload_is_a_form_with_the_links(how: str, tmp_path: Path) -> None:
    """One multipart request: the file under the name that was asked for, the links beside it."""
    (tmp_path / "x.bin").write_bytes(b"%PDF-1.7")
    content = b"%PDF-1.7" if how == "bytes" else tmp_path / "x.bin"
    log: list[httpx.Request] = []
    play(lambda c: c.upload("Rechnung größe.pdf", content, {"deal_id": 7, "person_id": None}), scripted(ok({"id": 9}), log=log))
    sent = log[0].content
    assert log[0].headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="file"; filename="Rechnung gr\xc3\xb6\xc3\x9fe.pdf"' in sent
    assert b'name="deal_id"\r\n\r\n7\r\n' in sent
    assert b"%PDF-1.7" in sent
    assert b"person_id" not in sent


def test_a_file_is_renamed_by_a_form() -> None:
    """v1 takes name and description of a file as form fields."""
    log: list[httpx.Request] = []
    play(lambda c: c.update(ObjectType.FILE, 9, {"name": "b.pdf"}), scripted(ok({"id": 9}), log=log))
    assert (log[0].method, log[0].content) == ("PUT", b"name=b.pdf")


def collect(object: ObjectType, **filters: Any) -> Any:
    async def work(client: Pipedrive) -> list[Any]:
        return [record["id"] async for record in client.list(object, **filters)]

    return work


def test_v2_lists_follow_the_cursor_by_pages_of_500() -> None:
    """Sorted by id, until there is no cursor; deleted records are left out."""
    log: list[httpx.Request] = []
    first = ok([{"id": 1}, {"id": 2, "is_deleted": True}], additional_data={"next_cursor": "abc"})
    last = ok([{"id": 3, "is_deleted": False}], additional_data={"next_cursor": None})
    assert play(collect(ObjectType.PERSON, owner_id=5), scripted(first, last, log=log)) == [1, 3]
    assert dict(log[0].url.params) == {"limit": "500", "sort_by": "id", "sort_direction": "asc", "owner_id": "5"}
    assert log[1].url.params["cursor"] == "abc"


@pytest.mark.parametrize(("object", "size"), [(ObjectType.NOTE, 500), (ObjectType.LEAD, 500), (ObjectType.FILE, 100)])
def test_v1_lists_follow_the_offset(object: ObjectType, size: int) -> None:
    """`next_start` is followed while there is more."""
    log: list[httpx.Request] = []
    first = ok([{"id": 1}], additional_data={"pagination": {"more_items_in_collection": True, "next_start": size}})
    last = ok([{"id": 2}, {"id": 3, "active_flag": False}], additional_data={"pagination": {"more_items_in_collection": False}})
    assert play(collect(object), scripted(first, last, log=log)) == [1, 2]
    assert [request.url.params.get("start") for request in log] == [None, str(size)]
    assert {request.url.params["limit"] for request in log} == {str(size)}


def test_v1_lists_without_paging_data_end_at_a_page_that_is_not_full() -> None:
    """Where the answer says nothing about more, a full page is followed by another call."""
    log: list[httpx.Request] = []
    full = ok([{"id": str(number)} for number in range(500)])
    assert len(play(collect(ObjectType.LEAD), scripted(full, full, ok([{"id": "last"}]), log=log))) == 1001
    assert [request.url.params.get("start") for request in log] == [None, "500", "1000"]


def test_fields_of_all_entities_are_listed() -> None:
    """Four lists, each field with its entity in its id."""
    log: list[httpx.Request] = []
    found = play(collect(ObjectType.FIELD), scripted(ok([{"field_code": "name"}], additional_data={"next_cursor": None}), log=log))
    assert found == ["person/name", "organization/name", "deal/name", "product/name"]
    assert [request.url.path for request in log] == [f"/api/v2/{name}Fields" for name in ("person", "organization", "deal", "product")]


def test_archived_records_have_lists_of_their_own() -> None:
    """Deals and leads; nothing is asked for other objects."""
    log: list[httpx.Request] = []

    async def work(client: Pipedrive) -> list[Any]:
        kinds = (ObjectType.DEAL, ObjectType.LEAD, ObjectType.PERSON)
        return [record["id"] for kind in kinds async for record in client.list_archived(kind)]

    assert play(work, scripted(ok([{"id": 1}]), log=log)) == [1, 1]
    assert [request.url.path for request in log] == ["/api/v2/deals/archived", "/api/v1/leads/archived"]


@pytest.mark.parametrize(
    "answer", [refused(404, "not found"), refused(410, "gone"), ok({"id": 4, "is_deleted": True}), ok({"id": 4, "active_flag": False})]
)
def test_what_is_deleted_is_not_found(answer: httpx.Response) -> None:
    """By status or by flag."""
    assert play(lambda c: c.fetch(ObjectType.DEAL, 4), scripted(answer)) is None


def test_what_may_not_be_read_is_an_error() -> None:
    """A refusal is not taken for absence."""
    with pytest.raises(TerminalError):
        play(lambda c: c.fetch(ObjectType.DEAL, 4), scripted(refused(403, "forbidden")))


def test_objects_without_a_read_of_one_are_found_in_their_list() -> None:
    """Activity types and lead labels."""
    answer = ok([{"id": 3, "name": "Call"}, {"id": 4, "name": "Check-up"}])
    assert play(lambda c: c.fetch(ObjectType.ACTIVITY_TYPE, 4), scripted(answer)) == {"id": 4, "name": "Check-up"}
    assert play(lambda c: c.fetch(ObjectType.ACTIVITY_TYPE, 5), scripted(answer)) is None


def test_usage_is_counted_by_purpose_and_endpoint() -> None:
    """Tokens by the price list; a 429 is a call without tokens."""
    answers = scripted(ok({"id": 1}), refused(429, "slow"), ok({"id": 2}), ok([]), ok({"id": 1}))

    async def work(client: Pipedrive) -> None:
        await client.create(ObjectType.PERSON, {})
        await client.create(ObjectType.NOTE, {})
        _ = [record async for record in client.list(ObjectType.NOTE)]
        await client.delete(ObjectType.NOTE, 2)
        assert client.usage.tokens_by_purpose == {"write": 15, "read_back": 20, "delete": 6}
        assert client.usage.rows["write", "POST /api/v1/notes"] == [2, 10]
        assert (client.usage.calls(), client.usage.tokens(), client.throttled) == (5, 41, 1)

    play(work, answers)
