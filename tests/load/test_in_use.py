"""What people hang on our records, through the API's own calls: a rollback and a deletion leave what is in use."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from migkit.model.messages import Message
from migkit.model.objects import ObjectType

from .faults import FaultyWorld, KilledError
from .practice import changed, matters, person, plan, record, without
from .test_sandbox import InProcess, SandboxWorld

Obj = ObjectType


@pytest.fixture
def world(folder: Path) -> Iterator[SandboxWorld]:
    made = SandboxWorld(folder, search_lag_s=0)
    yield made
    made.app.state.world.close()


def by_hand(world: SandboxWorld, method: str, path: str, **body: Any) -> Any:
    """Do as a person does in Pipedrive, with a call that no room of the product knows."""

    async def act() -> Any:
        async with httpx.AsyncClient(transport=InProcess(app=world.app), base_url="http://127.0.0.1:1") as client:
            answer = await client.request(method, path, json=body if method != "GET" else None, headers={"x-api-token": "sandbox-token"})
            assert answer.is_success, answer.text
            return answer.json().get("data")

    return asyncio.run(act())


def ident(world: SandboxWorld, key: str) -> Any:
    return world.ledger.entries()[key].target_id


def kept(world: SandboxWorld, **chosen: Any) -> dict[str, Message]:
    return {row.key: row.detail for row in world.rollback(**chosen).rows if row.bucket == "kept" and row.detail}


def test_a_product_that_the_customer_sells_stays(world: SandboxWorld) -> None:
    """Put on a deal of theirs, our product is in use: neither a rollback nor a deletion by decision takes it."""
    world.apply(plan())
    theirs = by_hand(world, "POST", "/api/v2/deals", title="Own deal")
    by_hand(world, "POST", f"/api/v2/deals/{theirs['id']}/products", product_id=ident(world, "product:1"), item_price=10, quantity=1)
    held = world.apply(without(plan(), "product:1"), delete=["product:1"]).held
    assert held["product:1"] == Message.of("leaving-used-there", what=("a deal's products",))
    assert kept(world)["product:1"] == Message.of("used-there", what=("a deal's products",))


def test_lines_on_our_deal_keep_it(world: SandboxWorld) -> None:
    """Somebody put a product on our deal: the deal stays, and its person with it."""
    world.apply(plan())
    by_hand(
        world, "POST", f"/api/v2/deals/{ident(world, 'plan:1')}/products", product_id=ident(world, "product:1"), item_price=1200, quantity=1
    )
    found = kept(world)
    assert found["plan:1"] == Message.of("used-there", what=("products",)) and {"patient:1", "product:1"} <= found.keys()


def test_followers_and_participants_count_as_use(world: SandboxWorld) -> None:
    """A colleague who follows our person, and a second person on our deal, are somebody's work."""
    deal = next(item for item in matters() if item.key == "plan:1")
    more = [deal.changed(key=key, fields={**deal.fields, "custom:Source_System_ID__c": key}) for key in ("plan:2", "plan:3")]
    world.apply(plan([*matters(), *(person(number) for number in (4, 5, 6)), *more]))
    by_hand(world, "POST", f"/api/v2/persons/{ident(world, 'patient:4')}/followers", user_id=2)
    by_hand(world, "POST", f"/api/v1/deals/{ident(world, 'plan:1')}/participants", person_id=ident(world, "patient:5"))
    found = kept(world)
    assert found["patient:4"] == Message.of("used-there", what=("followers",))
    assert found["plan:1"] == Message.of("used-there", what=("participants",))
    assert found["patient:5"] == Message.of("used-there", what=("deals that it takes part in",)) and "patient:6" not in found


def test_an_owner_who_follows_by_himself_is_no_use(world: SandboxWorld) -> None:
    """Where the account makes every owner a follower, one follower says nothing, a second one does."""
    many = plan([*matters(), *(person(number) for number in (4, 5, 6))])
    world.apply(many)
    for number in (1, 2, 3, 4, 5, 6):
        by_hand(world, "POST", f"/api/v2/persons/{ident(world, f'patient:{number}')}/followers", user_id=2)
    by_hand(world, "POST", f"/api/v2/persons/{ident(world, 'patient:6')}/followers", user_id=1)
    assert [key for key in kept(world) if key.startswith("patient:")] == ["patient:6"]


def test_a_converted_lead_is_followed_to_its_deal(world: SandboxWorld) -> None:
    """Made a deal in Pipedrive, a lead is not `deleted by somebody`: load and rollback name the deal, which stays with its person."""
    world.apply(plan())
    by_hand(world, "POST", f"/api/v2/leads/{ident(world, 'lead:1')}/convert/deal")
    deal = next(d["id"] for d in by_hand(world, "GET", "/api/v2/deals") if d["title"] == "Enquiry")
    assert world.apply(changed(plan(), "lead:1", title="Enquiry again")).held == {"lead:1": Message.of("lead-converted", deal=str(deal))}
    found = kept(world)
    assert found["lead:1"] == Message.of("lead-converted", deal=str(deal)) and "patient:3" in found
    assert [d["id"] for d in by_hand(world, "GET", "/api/v2/deals")] == [deal]


def test_a_converted_lead_is_neither_missing_nor_unknown(world: SandboxWorld) -> None:
    """The lead stands there as the deal that was made of it: reconciliation counts it so, and nothing is left to explain."""
    world.apply(plan())
    by_hand(world, "POST", f"/api/v2/leads/{ident(world, 'lead:1')}/convert/deal")
    found = world.reconcile(plan())
    assert (found.missing.empty, found.unknown.empty, found.agrees) == (True, True, True)
    counts = found.records.set_index("object").loc["lead"]
    assert (counts["created"], counts["converted"], counts["missing"]) == (1, 1, 0)


def test_a_lead_converted_between_a_killed_creation_and_the_next_run_is_not_made_again(folder: Path) -> None:
    """Made, killed before the answer was on disk, made a deal of: the next run knows it by its deal."""
    usual = FaultyWorld(folder / "usual", random.Random(1))
    usual.apply(plan())
    sent = [(e["method"], e["path"]) for e in usual.app.state.world.log.since(0, account=1, full=False, limit=1000) if e["method"] != "GET"]
    usual.ledger.close()
    usual.app.state.world.close()
    world = FaultyWorld(folder / "disturbed", random.Random(1))
    world.kill_at, world.is_done_first = sent.index(("POST", "/api/v1/leads")) + 1, True
    with pytest.raises((KilledError, sqlite3.ProgrammingError)):
        world.apply(plan())
    world.kill_at = None
    world.reopen()
    (lead,) = by_hand(world, "GET", "/api/v1/leads")
    by_hand(world, "POST", f"/api/v2/leads/{lead['id']}/convert/deal")
    world.finish(plan())
    assert by_hand(world, "GET", "/api/v1/leads") == []
    assert [deal["title"] for deal in by_hand(world, "GET", "/api/v2/deals")].count("Enquiry") == 1
    assert ident(world, "lead:1") == lead["id"] and world.reconcile(plan()).agrees
    world.app.state.world.close()


def test_a_note_of_a_deal_takes_its_person_and_stays_ours(world: SandboxWorld) -> None:
    """The server's own links are no edit: everything goes in a rollback."""
    note = record(
        "note:6", Obj.NOTE, {"content": "<p>x</p><p>Source: note:6</p>"}, links={"deal_id": "plan:1"}, external_id="Source: note:6"
    )
    world.apply(plan([*matters(), note]))
    assert kept(world) == {}
