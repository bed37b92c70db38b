"""Whatever a server answers, the client returns records or raises one of its typed errors, and it always ends."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migkit.model.errors import RemoteError
from migkit.model.objects import ObjectType
from migkit.pipedrive import Pipedrive, read_account

from .acting import ok, play

KEYS = st.sampled_from(
    ["id", "items", "item", "name", "field_code", "field_name", "options", "label", "access", "pagination", "next_start", "next_cursor",
     "more_items_in_collection", "is_deleted", "key_string", "pipeline_id"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
HEADERS = st.dictionaries(
    st.sampled_from(["x-ratelimit-limit", "x-ratelimit-remaining", "x-daily-ratelimit-token-remaining", "x-daily-ratelimit-token-limit"]),
    st.sampled_from(["", "-1", "0", "7", "many", "1e9", "40"]),
    max_size=3,
)


async def lists(client: Pipedrive) -> None:
    for object in (ObjectType.PERSON, ObjectType.NOTE, ObjectType.FIELD, ObjectType.ACTIVITY_TYPE):
        async for record in client.list(object):
            assert record["id"] is not None


async def writes(client: Pipedrive) -> None:
    assert (await client.create(ObjectType.DEAL, {"title": "x"}))["id"] is not None
    assert (await client.add_options("deal/x", ["A"])) is not None


async def reads(client: Pipedrive) -> None:
    await client.fetch(ObjectType.DEAL, 4)
    await client.find(ObjectType.DEAL, "x", "y")


async def schema(client: Pipedrive) -> None:
    await read_account(client)


@settings(max_examples=60, deadline=None)
@given(data=JSON, more=JSON, headers=HEADERS, work=st.sampled_from([lists, writes, reads, schema]))
def test_any_envelope_ends_well(data: Any, more: Any, headers: dict[str, str], work: Any) -> None:
    """Any JSON as data and as additional data, any numbers in the headers."""
    answers = iter(range(200))

    def answer(request: httpx.Request) -> httpx.Response:
        assert next(answers, None) is not None, "the client asks for ever"
        return ok(data, headers, additional_data=more)

    try:
        play(work, answer, reserve_pct=0, subscription_plan="ultimate")
    except RemoteError as error:
        assert str(error)


@settings(max_examples=60, deadline=None)
@given(
    status=st.sampled_from([200, 201, 204, 206, 300, 304, 400, 404, 409, 418, 429, 451, 500, 503, 520, 599]),
    body=st.binary(max_size=30) | JSON.map(lambda value: json.dumps(value).encode()),
    kind=st.sampled_from(["application/json", "application/json; charset=utf-16", "text/html", ""]),
    work=st.sampled_from([lists, writes, reads, schema]),
)
def test_any_answer_ends_well(status: int, body: bytes, kind: str, work: Any) -> None:
    """Any status, any bytes, any content type."""
    answer = httpx.Response(status, content=body, headers={"content-type": kind} if kind else {})
    try:
        play(work, lambda request: httpx.Response(answer.status_code, headers=answer.headers, content=answer.content))
    except RemoteError as error:
        assert str(error)


def test_a_schema_that_is_none_is_said() -> None:
    """An envelope around something else is one sentence."""
    with pytest.raises(RemoteError, match="not Pipedrive's"):
        play(schema, lambda request: ok([]))
