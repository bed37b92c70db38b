"""A lost ledger is rebuilt from the target."""

from __future__ import annotations

from typing import Any

import pytest

from migkit.load import Ledger, Origin, RecoverResult, recover
from migkit.model.errors import UsageError
from migkit.model.objects import ObjectType
from migkit.model.records import Plan
from migkit.pipedrive import read_account

from .practice import changed, person, plan, record, without
from .world import World


def lose_ledger(world: World) -> None:
    world.ledger.close()
    for file in world.folder.glob("ledger.sqlite*"):
        file.unlink()
    world.ledger = Ledger(world.folder / "ledger.sqlite")


def recovered(world: World, plan: Plan, **rest: object) -> RecoverResult:
    async def work(client: Any) -> RecoverResult:
        return await recover(plan, client, await read_account(client), world.ledger, **rest)  # type: ignore[arg-type]

    return world.run(work)


def test_everything_is_found_again(world: World) -> None:
    """Records are found by source id, marker or name; the next apply then writes nothing and all fields agree."""
    world.apply(plan())
    lose_ledger(world)
    world.client.log.clear()
    result = recovered(world, plan())
    assert sum(result.found.values()) == 20 and result.lacking == () and result.doubled == {} and result.strangers == ()
    assert {what for _, what in world.apply(plan()).counts} == {"skip"} and world.client.log == []
    assert world.agrees(plan())


def test_what_is_not_there_is_created_by_the_next_apply(world: World) -> None:
    """Records that the target lacks are named and created later."""
    world.apply(without(plan(), "note:5"))
    lose_ledger(world)
    assert recovered(world, plan()).lacking == ("note:5",)
    assert world.apply(plan()).counts[ObjectType.NOTE, "create"] == 1


def test_an_edit_is_not_mistaken_for_ours(world: World) -> None:
    """A record that stands otherwise than planned counts as edited: a rollback keeps it, and set-up is never deleted."""
    world.apply(plan())
    world.target("note:5")["content"] = "<p>Mine</p><p>Source: note:5</p>"
    lose_ledger(world)
    recovered(world, plan())
    found = {row.key: row.bucket for row in world.rollback().rows}
    assert found["note:5"] == "kept" and found["product:1"] == "reversed" and found["pipeline:Treatment plans"] == "kept"
    assert world.client.records[ObjectType.PIPELINE]


def test_doubles_are_named(world: World) -> None:
    """Two records with one mark: the older is taken, both are named."""
    world.apply(plan())
    double = world.client.seed(ObjectType.NOTE, content="<p>All well</p><p>Source: note:5</p>", person_id=world.target("patient:1")["id"])
    first = world.target("note:5")["id"]
    lose_ledger(world)
    assert recovered(world, plan()).doubled == {"note:5": (first, double["id"])}


def test_adopted_persons_stay_adopted(world: World) -> None:
    """Who was there before, by decision, is never deleted by a later rollback."""
    theirs = world.client.seed(ObjectType.PERSON, name="P. Number", custom_fields={})
    world.apply(plan(), adopted={"patient:1": theirs["id"]})
    lose_ledger(world)
    recovered(world, plan(), adopted={"patient:1": theirs["id"]})
    assert world.ledger.entries()["patient:1"].origin is Origin.ADOPTED
    world.rollback()
    assert theirs["id"] in world.client.records[ObjectType.PERSON]


def test_a_ledger_that_lacks_nothing_stays_as_it_is(world: World) -> None:
    """Recovery adds only what a ledger does not know."""
    world.apply(plan())
    entries = dict(world.ledger.entries())
    assert recovered(world, plan()).found == {} and dict(world.ledger.entries()) == entries


def test_a_lost_ledger_is_noticed_before_anything_is_made_twice(world: World) -> None:
    """The account holds our records and the ledger none of them: nothing is sent, and the way out is named."""
    world.apply(plan())
    lose_ledger(world)
    world.client.log.clear()
    with pytest.raises(UsageError, match=r"does not know.*migkit recover"):
        world.apply(plan())
    assert world.client.log == []
    assert recovered(world, plan()).lacking == ()
    assert {what for _, what in world.apply(plan()).counts} == {"skip"}


def test_another_ledger_in_the_place_of_an_open_one_is_noticed(world: World) -> None:
    """A ledger that was moved away, or replaced, while it was open takes no more writes: they would be lost with it."""
    world.apply(plan())
    for file in world.folder.glob("ledger.sqlite*"):
        file.unlink()
    world.client.log.clear()
    for _ in range(2):
        with pytest.raises(UsageError, match="moved away or replaced"):
            world.apply(changed(plan(), "patient:1", name="Pat Renamed"))
        Ledger(world.folder / "ledger.sqlite").close()
    assert world.client.log == []


def test_what_was_loaded_under_another_head_is_found_again(world: World) -> None:
    """A person and a household whose heads changed after the load, the person's account and its note: nothing is made twice."""
    stage = {"stage_id": "stage:Treatment plans/Accepted", "pipeline_id": "pipeline:Treatment plans"}

    def whole(head: int, home: int) -> Plan:
        account, mark = f"account:{head}", f"Source: note:invoices:account:{head}"
        deal = {"title": "Account", "custom:Source_System_ID__c": account}
        note = record("note:invoices:" + account, ObjectType.NOTE, {"content": f"<p>Invoice 4</p><p>{mark}</p>"},
                      links={"person_id": f"patient:{head}", "deal_id": account}, sources=("invoice:4",), external_id=mark)  # fmt: skip
        named = f"household:{home}"
        both = ("patient:3", "patient:4") if head == 3 else ("patient:4", "patient:3")
        one = person(3, **{"custom:Source_System_ID__c": ", ".join(both)})
        merged = one.changed(key=both[0], sources=both, links={"org_id": named})
        home_fields = {"name": "One", "custom:Source_System_ID__c": named}
        return plan([
            record(named, ObjectType.ORGANIZATION, home_fields, sources=("patient:3", "patient:9")),
            merged,
            record(account, ObjectType.DEAL, deal, links={"person_id": merged.key} | stage, sources=("invoice:4",)),
            note,
        ])  # fmt: skip

    world.apply(whole(3, 3))
    lose_ledger(world)
    world.client.log.clear()
    found = recovered(world, whole(4, 9))
    assert (found.lacking, found.strangers) == ((), ())
    assert {what for _, what in world.apply(whole(4, 9)).counts} == {"skip"} and world.client.log == []
    assert world.agrees(whole(4, 9))
