"""The client against the sandbox, which was written from the documents and not from the client."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from migkit.model.errors import TerminalError, UnconfirmedWrite
from migkit.model.objects import ObjectType
from migkit.pipedrive import Pipedrive

from .acting import practise

BODIES: dict[ObjectType, dict[str, Any]] = {
    ObjectType.FIELD: {"entity": "person", "field_name": "Fund", "field_type": "enum", "options": [{"label": "Bupa"}]},
    ObjectType.ACTIVITY_TYPE: {"name": "Check-up", "icon_key": "bell"},
    ObjectType.PIPELINE: {"name": "Treatment plans"},
    ObjectType.STAGE: {"name": "Proposed", "pipeline_id": 1},
    ObjectType.LEAD_LABEL: {"name": "Enquiry", "color": "red"},
    ObjectType.ORGANIZATION: {"name": "Example family"},
    ObjectType.PERSON: {"name": "Ann Example", "emails": [{"value": "ann@example.com", "primary": True, "label": "home"}]},
    ObjectType.PRODUCT: {"name": "Toothbrush", "prices": [{"currency": "AUD", "price": 5}]},
    ObjectType.DEAL: {"title": "Crown", "value": 1200.5, "currency": "AUD"},
    ObjectType.ACTIVITY: {"subject": "Check-up", "type": "call", "due_date": "2026-12-01", "done": False},
}
LINKED: dict[ObjectType, dict[str, Any]] = {
    ObjectType.LEAD: {"title": "Enquiry"},
    ObjectType.NOTE: {"content": "<p>Allergic to latex</p>"},
}
CHANGES: dict[ObjectType, tuple[str, str]] = {
    ObjectType.FIELD: ("field_name", "Health fund"), ObjectType.DEAL: ("title", "Bridge"), ObjectType.LEAD: ("title", "Lost enquiry"),
    ObjectType.ACTIVITY: ("subject", "Recall"), ObjectType.NOTE: ("content", "<p>Nothing</p>"),
}  # fmt: skip


@pytest.mark.parametrize("object", [kind for kind in ObjectType if kind is not ObjectType.FILE])
def test_every_object_makes_the_round_trip(object: ObjectType) -> None:
    """Created, fetched, listed, changed, deleted, deleted again, gone."""

    async def work(client: Pipedrive, world: Any) -> None:
        body = BODIES.get(object) or LINKED[object] | {"person_id": (await client.create(ObjectType.PERSON, {"name": "Ann"}))["id"]}
        id = (await client.create(object, body))["id"]
        assert (await client.fetch(object, id) or {})["id"] == id
        assert id in [record["id"] async for record in client.list(object)]
        name, value = CHANGES.get(object, ("name", "Another"))
        assert (await client.update(object, id, {name: value}))[name] == value
        await client.delete(object, id)
        await client.delete(object, id)
        assert await client.fetch(object, id) is None
        assert id not in [record["id"] async for record in client.list(object)]

    practise(work)


def test_a_file_makes_the_round_trip() -> None:
    """The bytes come back, under the name that was given."""

    async def work(client: Pipedrive, world: Any) -> None:
        person = await client.create(ObjectType.PERSON, {"name": "Ann"})
        file = await client.upload("Röntgen 1.png", b"\x89PNG\r\n\x00\xff", {"person_id": person["id"]})
        assert (file["name"], file["person_id"]) == ("Röntgen 1.png", person["id"])
        assert await client.download(file["id"]) == b"\x89PNG\r\n\x00\xff"
        await client.delete(ObjectType.FILE, file["id"])
        assert [record async for record in client.list(ObjectType.FILE)] == []
        with pytest.raises(TerminalError):
            await client.download(file["id"])

    practise(work)


def test_archived_deals_are_listed_apart() -> None:
    """The normal list leaves them out."""

    async def work(client: Pipedrive, world: Any) -> Any:
        deal = await client.create(ObjectType.DEAL, {"title": "Old", "is_archived": True})
        normal = [record["id"] async for record in client.list(ObjectType.DEAL)]
        return normal, [record["id"] async for record in client.list_archived(ObjectType.DEAL)] == [deal["id"]]

    assert practise(work) == ([], True)


@pytest.mark.parametrize(("object", "count", "calls"), [(ObjectType.PERSON, 1001, 3), (ObjectType.NOTE, 501, 2)])
def test_lists_longer_than_a_page_come_whole(object: ObjectType, count: int, calls: int) -> None:
    """Each record once, in the order of ids, by as many calls as pages of 500."""

    async def work(client: Pipedrive, world: Any) -> Any:
        parent = await client.create(ObjectType.PERSON, {"name": "Ann"})
        body = {"content": "x", "person_id": parent["id"]} if object is ObjectType.NOTE else {"name": "Ann"}
        made = count - (object is ObjectType.PERSON)
        await asyncio.gather(*(client.create(object, body) for _ in range(made)))
        ids = [record["id"] async for record in client.list(object)]
        return ids == sorted(set(ids)), len(ids), client.usage.calls("read_back")

    assert practise(work, burst_limit=False, plan="ultimate") == (True, count, calls)


def test_the_sandbox_counts_the_same_tokens() -> None:
    """What the client says that it spent is what the account was charged."""

    async def work(client: Pipedrive, world: Any) -> Any:
        person = await client.create(ObjectType.PERSON, {"name": "Ann"})
        await client.create(ObjectType.NOTE, {"content": "x", "person_id": person["id"]})
        with pytest.raises(TerminalError, match="fields name, nonsense"):
            await client.create(ObjectType.PERSON, {"name": "Ann", "nonsense": 1})
        _ = [record async for record in client.list(ObjectType.PERSON)]
        await client.delete(ObjectType.PERSON, person["id"])
        return client.usage.tokens(), world.accounts[1].limits.used

    spent, charged = practise(work)
    assert spent == charged == 5 + 10 + 5 + 10 + 3


FAULTS = ["500", "502", "503", "truncated", "html", "slow", "latency"]


@pytest.mark.parametrize("kind", FAULTS)
def test_reads_survive_faults(kind: str) -> None:
    """A third of all answers broken in one way: the list still comes whole."""

    async def work(client: Pipedrive, world: Any) -> int:
        for number in range(3):
            await client.create(ObjectType.DEAL, {"title": f"Deal {number}"})
        world.faults = type(world.faults)([{"kind": kind, "rate": 0.34}], 3)
        return sum([len([record async for record in client.list(ObjectType.DEAL)]) for _ in range(8)])

    assert practise(work) == 24


@pytest.mark.parametrize("kind", ["500", "502", "503", "truncated", "html"])
def test_broken_writes_are_in_doubt_and_sent_once(kind: str) -> None:
    """The error says to look; the sandbox saw one request."""

    async def work(client: Pipedrive, world: Any) -> None:
        world.faults = type(world.faults)([{"kind": kind, "method": "POST"}], 1)
        with pytest.raises(UnconfirmedWrite):
            await client.create(ObjectType.DEAL, {"title": "Crown"})
        assert client.usage.calls("write") == 1

    practise(work)


@pytest.mark.parametrize("plan", ["lite", "ultimate"])
@pytest.mark.parametrize("headers", ["sent", "absent"])
def test_the_burst_limit_is_kept(plan: str, headers: str) -> None:
    """Six windows' worth of writes, eight at a time: no 429, and half a window's time lost on spacing them (six take ten seconds)."""
    burst = {"lite": 20, "ultimate": 120}[plan]

    async def work(client: Pipedrive, world: Any) -> Any:
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(client.create(ObjectType.PERSON, {"name": "Ann"}) for _ in range(6 * burst)))
        return client.throttled, asyncio.get_running_loop().time() - began

    throttled, seconds = practise(work, plan=plan, switches={"undocumented_headers": headers})
    assert throttled == 0
    assert 10.0 <= seconds < 11.2


@pytest.mark.parametrize("headers", ["sent", "absent"])
def test_an_exhausted_day_is_outlasted(headers: str) -> None:
    """Hastened days of 300 tokens: all 750 tokens' worth is written, once each, over three calendar days."""

    async def work(client: Pipedrive, world: Any) -> Any:
        world.accounts[1].limits.budget = 300
        for number in range(150):
            await client.create(ObjectType.PERSON, {"name": f"Ann {number}"})
        names = [record["name"] async for record in client.list(ObjectType.PERSON)]
        return names == [f"Ann {number}" for number in range(150)], asyncio.get_running_loop().time() / 864

    arrived, days = practise(work, clock_speed=100.0, day=864.0, wait=True, reserve_pct=0, switches={"undocumented_headers": headers})
    assert arrived
    assert 1.0 < days < 3.1
