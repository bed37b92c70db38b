"""What Pipedrive's import brought is taken into the ledger: ours, with what differs still to be written, what came twice to be deleted."""

from __future__ import annotations

import copy
from typing import Any

from migkit.load import Imported, Op, Origin, RecoverResult, diff, recover
from migkit.model.objects import ObjectType
from migkit.model.records import Plan
from migkit.pipedrive import read_account

from .practice import plan, without
from .world import World

KEYS = {"patient:1": ObjectType.PERSON, "patient:3": ObjectType.PERSON, "note:5": ObjectType.NOTE}
GIVEN_UP = {ObjectType.PERSON: frozenset({"add_time"}), ObjectType.NOTE: frozenset({"add_time", "owner_id"})}


def by_import(world: World, **changes: dict[str, Any]) -> None:
    """Everything but KEYS is loaded; these come as an import brings them: their times are today's, their author is another."""
    world.apply(plan())
    for key in KEYS:
        entry = world.ledger.entries()[key]
        record = world.client.records[entry.object][entry.target_id]
        record |= {"add_time": "2026-11-28T00:00:00Z"} | changes.get(key.replace(":", "_"), {})
        if entry.object is ObjectType.NOTE:
            record["user_id"] = 99
        world.ledger.put(entry.forgotten())


def taken_over(world: World, last: int = 0, now: Plan | None = None) -> RecoverResult:
    async def work(client: Any) -> RecoverResult:
        imported = Imported(KEYS, dict.fromkeys(ObjectType, last), GIVEN_UP)
        return await recover(now or plan(), client, await read_account(client), world.ledger, run_id="adopt-1", imported=imported)

    return world.run(work)


def twice(world: World, key: str, **changes: Any) -> int:
    """The record is there once more."""
    found = copy.deepcopy(next(r for o in world.client.records.values() for r in o.values() if is_of(r, key)))
    object = ObjectType.NOTE if key.startswith("note") else ObjectType.PERSON
    found |= {"id": max(world.client.records[object]) + 500} | changes
    world.client.records[object][found["id"]] = found
    return int(found["id"])


def is_of(record: dict[str, Any], key: str) -> bool:
    return key in (record.get("custom_fields") or {}).values() or f"Source: {key}" in str(record.get("content"))


def test_what_stands_as_planned_is_ours_and_needs_nothing_more(world: World) -> None:
    """The next load writes nothing, every field agrees but for what the import cannot set, named; a rollback deletes them as our own."""
    by_import(world)
    result = taken_over(world)
    assert result.found == {ObjectType.PERSON: 2, ObjectType.NOTE: 1} and not result.differing and result.lacking == ()
    assert {change.op for change in diff(plan(), world.ledger)} == {Op.SKIP}
    compared = world.reconcile(plan())
    assert compared.agrees
    named = compared.details[compared.details["rule"] == "not-set-by-import"]
    assert sorted(zip(named["key"], named["field"], strict=True)) == [
        ("note:5", "add_time"), ("note:5", "owner_id"), ("patient:1", "add_time"), ("patient:3", "add_time"),
    ]  # fmt: skip
    assert world.rollback().counts["kept"] == 0 and world.client.records[ObjectType.PERSON] == {}


def test_what_differs_is_written_by_the_next_load(world: World) -> None:
    """A name that somebody changed in the sheet: one field of one record is sent, nobody's edit is assumed."""
    by_import(world, patient_3={"name": "Somebody Else"})
    assert taken_over(world).differing == {"patient:3": ("name",)}
    assert world.apply(plan()).counts[ObjectType.PERSON, "update"] == 1
    assert world.target("patient:3")["name"] == "Pat Number3" and world.agrees(plan())


def test_what_left_the_plan_meanwhile_is_ours_and_waits_for_a_decision(world: World) -> None:
    """A row was left out after its record had gone out in a file: the record is known, held, and deleted by a rollback."""
    by_import(world)
    later = without(plan(), "note:5")
    result = taken_over(world, now=later)
    assert result.found[ObjectType.NOTE] == 1 and result.strangers == ()
    [held] = [change for change in diff(later, world.ledger) if change.key == "note:5"]
    assert held.op is Op.HOLD and held.reason is not None and held.reason.code == "left-the-plan"
    world.rollback()
    assert world.client.records[ObjectType.NOTE] == {}


def test_what_did_not_arrive_is_named(world: World) -> None:
    by_import(world)
    gone = next(id for id, record in world.client.records[ObjectType.PERSON].items() if is_of(record, "patient:3"))
    del world.client.records[ObjectType.PERSON][gone]
    assert taken_over(world).lacking == ("patient:3",)


def test_what_came_twice_is_listed_and_deleted_by_the_next_load(world: World) -> None:
    """The older one is ours for good, the further one has a key of its own; also where it came after the first was taken over."""
    by_import(world)
    first = twice(world, "patient:3")
    assert taken_over(world).doubled["patient:3"][-1] == first
    later = twice(world, "note:5")
    taken_over(world)
    leaving = [change.key for change in diff(plan(), world.ledger) if change.op is Op.DELETE]
    assert set(leaving) == {f"doubled:{later}:note:5", f"doubled:{first}:patient:3"}
    world.apply(plan())
    assert first not in world.client.records[ObjectType.PERSON] and later not in world.client.records[ObjectType.NOTE]
    assert world.agrees(plan())


def test_somebodys_copy_with_other_contents_is_not_taken_for_a_second_import(world: World) -> None:
    """It carries our source id, but says something else: it stays, and 70_reconcile names it."""
    by_import(world)
    copied = twice(world, "patient:3", name="A copy of mine")
    taken_over(world)
    assert not any(change.op is Op.DELETE for change in diff(plan(), world.ledger))
    assert list(world.reconcile(plan()).unknown["target_id"]) == [copied]


def test_a_record_of_before_that_ours_was_merged_into_is_never_deleted(world: World) -> None:
    """Its id is no higher than the highest when the files were made: adopted, so that a rollback leaves it."""
    by_import(world)
    highest = max(world.client.records[ObjectType.PERSON])
    result = taken_over(world, last=highest)
    assert set(result.without_image) >= {"patient:1", "patient:3"}
    assert world.ledger.entries()["patient:3"].origin is Origin.ADOPTED
    world.rollback()
    assert sum(is_of(record, "patient:3") for record in world.client.records[ObjectType.PERSON].values()) == 1


def test_a_value_in_a_field_of_somebody_elses_is_emptied_by_the_next_load(world: World) -> None:
    """A column was mapped to the practice's own field: it is named by its label, emptied, and everything then is as planned; what somebody
    writes into it after it was taken over stays."""
    theirs = "e" * 40
    by_import(world)
    for record in world.client.records[ObjectType.PERSON].values():
        if is_of(record, "patient:1") or is_of(record, "patient:3"):
            record["custom_fields"][theirs] = "1980-02-01"
    assert taken_over(world).differing == {"patient:1": (theirs,), "patient:3": (theirs,)}
    world.target("patient:3")["custom_fields"][theirs] = "our own remark"
    world.apply(plan())
    assert world.target("patient:1")["custom_fields"].get(theirs) is None
    assert world.target("patient:3")["custom_fields"][theirs] == "our own remark"


def test_a_note_on_an_organization_that_should_be_on_a_person_does_not_stay_there_unsaid(world: World) -> None:
    """The id of the person went into the organization's column: the person is set, and of the organization it is said that it stands there
    still, since no way is known to take it away."""
    by_import(world)
    [note] = [r for r in world.client.records[ObjectType.NOTE].values() if is_of(r, "note:5")]
    note |= {"person_id": None, "org_id": next(iter(world.client.records[ObjectType.ORGANIZATION]))}
    assert set(taken_over(world).differing["note:5"]) >= {"person_id", "org_id"}
    result = world.apply(plan())
    note = world.target("note:5")
    assert note["person_id"] is not None
    assert note["org_id"] is None or "note:5" in result.held
