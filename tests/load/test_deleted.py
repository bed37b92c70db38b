"""A record of ours that somebody deleted in Pipedrive, and that by decision stays so."""

from __future__ import annotations

from migkit.model.canonical import parse_schema
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import Plan
from migkit.plan import leave_deleted
from migkit.resources import load_yaml

from .practice import changed, matters, person, plan, record
from .world import World

SCHEMA = parse_schema(load_yaml("canonical.yaml"))
WHY = "deleted in Pipedrive, kept so by Kim: a test patient"


def decided(world: World, whole: Plan, *keys: str) -> Plan:
    return leave_deleted(whole, dict.fromkeys(keys, WHY), SCHEMA, {key for key, entry in world.ledger.entries().items() if entry.is_live})


def take_away(world: World, key: str) -> dict[str, object]:
    return world.client.records[world.ledger.entries()[key].object].pop(world.ledger.entries()[key].target_id)


def test_it_is_a_difference_until_somebody_decides(world: World) -> None:
    """Missing before; afterwards no difference, not made again, counted by name, and what hung on it stands as it did."""
    world.apply(plan())
    take_away(world, "patient:3")
    assert world.reconcile(plan()).missing["key"].to_list() == ["patient:3"]

    agreed = decided(world, plan(), "patient:3")
    found = world.reconcile(agreed)
    assert found.agrees
    assert found.records.set_index("object").loc["person", ["planned", "deleted", "left_plan"]].to_list() == [2, 1, 0]
    lead = dict(world.target("lead:1"))
    world.client.log.clear()
    result = world.apply(agreed)
    assert (world.client.log, result.held, dict(world.target("lead:1"))) == ([], {}, lead)


def test_a_later_change_is_written_around_it(world: World) -> None:
    """The deal of a deleted person gets its new value; its link is left as Pipedrive left it. Nothing new is made for the person."""
    world.apply(plan())
    take_away(world, "patient:1")
    new = record("note:6", ObjectType.NOTE, {"content": "<p>New</p><p>Source: note:6</p>"}, links={"person_id": "patient:1"})
    agreed = decided(world, changed(plan([*matters(), new]), "plan:1", value=1300.0), "patient:1")
    world.client.log.clear()
    result = world.apply(agreed)
    assert world.ledger.history("plan:1")[-1].body == {"value": 1300.0} and len(world.client.log) == 1
    assert (result.held, result.failures) == ({}, ())
    assert agreed.deleted["note:6"] == Message.of("parent-deleted", key="patient:1")
    assert world.reconcile(agreed).agrees


def test_a_deleted_household_is_no_home_for_its_heirs(world: World) -> None:
    """A new household of a former member is made, not taken for the deleted one under another head."""
    world.apply(plan())
    take_away(world, "household:1")
    home = record("household:9", ObjectType.ORGANIZATION, {"name": "New Home"}, sources=("patient:2",))
    moved = [item for item in matters() if item.key not in ("household:1", "patient:2")]
    agreed = decided(world, plan([home, *moved, person(2)]), "household:1")
    assert world.apply(agreed).counts[ObjectType.ORGANIZATION, "create"] == 1
    assert world.ledger.entry("household:9") is not world.ledger.entry("household:1")


def test_restored_from_the_bin_it_stands_beside_the_plan(world: World) -> None:
    """What somebody restored is seen, and never deleted on the strength of the old decision; a rollback still knows it as ours."""
    world.apply(plan())
    agreed = decided(world, plan(), "patient:3")
    result = world.apply(agreed)
    assert len(world.client.records[ObjectType.PERSON]) == 3 and not result.held
    found = world.reconcile(agreed)
    assert found.records.set_index("object").loc["person", ["deleted", "left_plan"]].to_list() == [0, 1]
    assert found.left_plan[["key", "object"]].values.tolist() == [["patient:3", "person"]]
    assert world.rollback().counts["kept"] == 0 and world.state() == []
