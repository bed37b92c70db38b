"""A crash, and somebody who edits in Pipedrive before the next run: no edit is lost, overwritten, or deleted by a rollback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migkit.load import diff, to_write
from migkit.model.messages import Message
from migkit.model.objects import ObjectType

from .practice import changed, field, matters, person, plan, record
from .test_crash import INSTANTS, kill_at, survive
from .world import World

BEFORE, AFTER = INSTANTS
BY_HAND = {"value": "+61299990000", "label": "work", "primary": False}
Obj = ObjectType


def killed(world: World, number: int, instant: str, wanted: Any, **chosen: Any) -> None:
    """Let a load die at one instant of its `number`-th write."""
    kill_at(world, number, instant)
    with pytest.raises(BaseException):  # noqa: B017 - the ledger's own error may hide the kill
        world.apply(wanted, **chosen)
    survive(world)


def made(world: World, key: str) -> dict[str, Any]:
    """Return the record in the target that was made for a key, known by what it carries."""
    return next(item for found in world.client.records.values() for item in found.values() if key in str(item) and "options" not in item)


def nth_write(folder: Path, key: str) -> int:
    """Return which write of the first load makes this record."""
    world = World(folder / "undisturbed")
    world.apply(plan())
    return next(number for number, write in enumerate(world.ledger.writes(), 1) if write.key == key)


@pytest.mark.parametrize("key", ["patient:3", "note:5", "plan:1"])
def test_what_was_edited_after_a_killed_creation_is_kept_by_a_rollback(folder: Path, key: str) -> None:
    """Made, killed before the answer was on disk, then edited: the record is found again, the edit stands, and nothing deletes it."""
    world = World(folder)
    killed(world, nth_write(folder, key), AFTER, plan())
    text = "<p>Rang back</p><p>Source: note:5</p>"
    name, value = {"patient:3": ("name", "Pat Married"), "note:5": ("content", text), "plan:1": ("title", "New")}[key]
    target = made(world, key)
    target[name] = value
    world.apply(plan())
    assert world.target(key) is target and target[name] == value
    assert {row.key: row.bucket for row in world.rollback().rows}[key] == "kept"
    assert target[name] == value and target["id"] in world.client.records[world.ledger.entries()[key].object]


def test_a_phone_that_was_added_by_hand_after_a_killed_creation_survives_the_next_change(folder: Path) -> None:
    """Created, killed, a phone added by hand; the plan then brings another number: both stand there."""
    world = World(folder)
    killed(world, nth_write(folder, "patient:3"), AFTER, plan())
    made(world, "patient:3")["phones"].append(BY_HAND)
    new = [{"value": "+61412000099", "label": "mobile", "primary": True}]
    world.apply(changed(plan(), "patient:3", phones=new))
    assert {phone["value"] for phone in world.target("patient:3")["phones"]} == {"+61299990000", "+61412000099"}


def test_a_field_that_somebody_filled_after_a_killed_creation_is_theirs(folder: Path) -> None:
    """A label set by hand on a record whose answer was lost keeps it in a rollback."""
    world = World(folder)
    killed(world, nth_write(folder, "patient:3"), AFTER, plan())
    made(world, "patient:3")["label_ids"] = [4]
    assert {row.key: row.bucket for row in world.rollback().rows}["patient:3"] == "kept"


@pytest.mark.parametrize("instant", INSTANTS)
def test_a_text_edited_between_a_killed_update_and_the_next_is_left(folder: Path, instant: str) -> None:
    """Whether or not our value had arrived, what somebody wrote since stays and is listed; the other field is ours."""
    world = World(folder)
    world.apply(plan())
    new = changed(plan(), "plan:1", title="Crown and bridge", value=1500.0)
    killed(world, 1, instant, new)
    world.target("plan:1")["title"] = "Call first"
    result = world.apply(new)
    assert (world.target("plan:1")["title"], world.target("plan:1")["value"]) == ("Call first", 1500.0)
    assert result.kept == {"plan:1": ("title",)}
    assert {row.key: row.bucket for row in world.rollback().rows}["plan:1"] == "kept"


@pytest.mark.parametrize("instant", INSTANTS)
def test_an_item_added_between_a_killed_update_and_the_next_stays(folder: Path, instant: str) -> None:
    """The update replaces a number; the one that was added by hand stands beside it, also after a rollback of what is ours."""
    world = World(folder)
    world.apply(plan())
    new = changed(plan(), "patient:3", phones=[{"value": "+61412000099", "label": "mobile", "primary": True}])
    killed(world, 1, instant, new)
    world.target("patient:3")["phones"].append(BY_HAND)
    world.apply(new)
    assert {phone["value"] for phone in world.target("patient:3")["phones"]} == {"+61299990000", "+61412000099"}


@pytest.mark.parametrize("instant", INSTANTS)
def test_what_somebody_wrote_after_a_killed_adoption_is_not_emptied(folder: Path, instant: str) -> None:
    """Adopted, killed, then a name and a phone by hand: a rollback at once takes back what is ours and leaves both."""
    world = World(folder)
    theirs = world.client.seed(Obj.PERSON, name="P. Number", emails=[{"value": "old@mail.example", "primary": True}], custom_fields={})
    world.apply(plan(), keys=[])
    killed(world, 2, instant, plan(), adopted={"patient:1": theirs["id"]}, policy={"name": "ours"})
    theirs["name"] = "P. Number-Smith"
    theirs["phones"] = [*theirs.get("phones", []), BY_HAND]
    world.rollback()
    assert theirs["name"] == "P. Number-Smith"
    assert [mail["value"] for mail in theirs["emails"]] == ["old@mail.example"]
    assert [phone["value"] for phone in theirs["phones"]] == [BY_HAND["value"]]


def test_an_edit_that_a_killed_run_left_alone_is_listed_by_the_next(folder: Path) -> None:
    """The run that found it died before it could say so: the next one says it, and the one after that no more."""
    world = World(folder)
    world.apply(plan())
    world.target("plan:1")["title"] = "Call first"
    new = changed(changed(plan(), "plan:1", title="Crown and bridge"), "note:5", content="<p>Better</p><p>Source: note:5</p>")
    killed(world, 1, BEFORE, new)  # the deal sends nothing; the note's write dies
    assert world.apply(new).kept == {"plan:1": ("title",)}
    assert world.apply(new).kept == {}


def test_a_number_added_by_hand_stays_theirs_when_we_write_the_list_again(world: World) -> None:
    """Without any crash: what our own update carried along is not ours, so a rollback keeps the record for it."""
    world.apply(plan())
    world.target("patient:3")["phones"].append(BY_HAND)
    world.apply(changed(plan(), "patient:3", phones=[{"value": "+61412000099", "label": "mobile", "primary": True}]))
    assert {row.key: row.bucket for row in world.rollback().rows}["patient:3"] == "kept"


def test_a_field_that_we_left_empty_and_somebody_filled_is_not_overwritten(world: World) -> None:
    """The plan brings a value for a field that it had none for: what somebody typed there meanwhile stays and is listed."""
    world.apply(plan())
    world.target("product:1")["description"] = "By hand"
    result = world.apply(changed(plan(), "product:1", description="From the export"))
    assert world.target("product:1")["description"] == "By hand" and result.kept == {"product:1": ("description",)}


def test_what_the_server_completes_after_its_answer_is_nobodys_edit(world: World) -> None:
    """Parts of an address that come from a map service, and a note's person taken from its deal: a rollback deletes both records."""
    address = record("household:2", Obj.ORGANIZATION, {"name": "Two", "address": {"value": "1 High St"}})
    note = record(
        "note:6", Obj.NOTE, {"content": "<p>x</p><p>Source: note:6</p>"}, links={"deal_id": "plan:1"}, external_id="Source: note:6"
    )
    world.apply(plan([*matters(), address, note]))
    world.target("household:2")["address"] |= {"locality": "Perth", "postal_code": "6000"}
    world.target("note:6")["person_id"] = world.target("patient:2")["id"]
    assert world.rollback().counts["kept"] == 0


def test_what_cannot_be_emptied_is_held_and_the_rest_is_written(world: World) -> None:
    """A field of several options has no known way to be emptied: the other fields are written, the change waits with its reason."""
    tags = field("person", "Tags", "set", ["A", "B"])
    world.apply(plan([tags, *matters(), person(4, **{"custom:Tags": ["A"]})]))
    less = plan([tags, *matters(), person(4, name="Pat Renamed")])
    for _ in range(2):
        result = world.apply(less)
        assert world.target("patient:4")["name"] == "Pat Renamed" and world.value("patient:4", "Tags")
        assert result.held == {"patient:4": Message.of("cannot-be-emptied", fields=("Tags",))} and result.failures == ()
        assert to_write(diff(less, world.ledger), world.ledger.holds()) == []  # there is nothing that another load would do
    more = plan([tags, *matters(), person(4, name="Pat Renamed-Again")])
    assert [change.key for change in to_write(diff(more, world.ledger), world.ledger.holds())] == ["patient:4"]


def test_what_a_probe_showed_to_be_possible_is_emptied(world: World) -> None:
    """Where this account takes null for a field of several options, the value goes."""
    tags = field("person", "Tags", "set", ["A", "B"])
    world.clears = frozenset({"set"})
    world.apply(plan([tags, *matters(), person(4, **{"custom:Tags": ["A"]})]))
    assert world.apply(plan([tags, *matters(), person(4)])).held == {} and world.value("patient:4", "Tags") is None


def test_a_rollback_names_fields_as_people_call_them(world: World) -> None:
    """A custom field appears by its label, never by its 40-digit code."""
    world.apply(plan())
    codes = world.target("plan:1")["custom_fields"]
    code = next(code for code, value in codes.items() if isinstance(value, dict))
    codes[code] = {"value": 1.0, "currency": "AUD"}
    details = {row.key: str(row.detail) for row in world.rollback(preview=True).rows}
    assert details["plan:1"] == "It was edited in Pipedrive: Total_Invoice__c."


def test_an_adopted_person_that_a_rollback_kept_is_filled_again(world: World) -> None:
    """Rolled back but for the field that somebody edited, then loaded: everything but that field stands there again."""
    theirs = world.client.seed(Obj.PERSON, name="P. Number", custom_fields={})
    world.apply(plan(), adopted={"patient:3": theirs["id"]}, policy={"name": "ours"})
    theirs["name"] = "P. Number-Smith"
    world.rollback()
    assert not theirs["phones"]
    world.apply(plan(), adopted={"patient:3": theirs["id"]}, policy={"name": "ours"})
    assert theirs["name"] == "P. Number-Smith" and [phone["value"] for phone in theirs["phones"]] == ["+61412000003"]


def test_a_name_that_somebody_wrote_after_a_killed_adoption_is_not_overwritten(folder: Path) -> None:
    """The adoption is done to its end: by its policy the name would be ours, but somebody wrote another one since."""
    world = World(folder)
    theirs = world.client.seed(Obj.PERSON, name="P. Number", custom_fields={})
    world.apply(plan(), keys=[])
    killed(world, 2, AFTER, plan(), adopted={"patient:1": theirs["id"]}, policy={"name": "ours"})
    theirs["name"] = "P. Number-Smith"
    result = world.apply(plan(), adopted={"patient:1": theirs["id"]}, policy={"name": "ours"})
    assert theirs["name"] == "P. Number-Smith" and result.kept == {"patient:1": ("name",)}


def test_what_the_server_fills_is_told_from_what_somebody_set_by_the_other_records(folder: Path) -> None:
    """A visibility that no other product of ours has was set by somebody after the killed creation: the product stays."""
    world = World(folder)
    two = [*matters(), record("product:2", Obj.PRODUCT, {"name": "Splint", "custom:Source_System_ID__c": "product:2"})]
    before = World(folder / "undisturbed")
    before.apply(plan(two))
    number = next(n for n, write in enumerate(before.ledger.writes(), 1) if write.key == "product:2")
    killed(world, number, AFTER, plan(two))
    made(world, "product:2")["visible_to"] = 1
    found = {row.key: row.bucket for row in world.rollback().rows}
    assert (found["product:1"], found["product:2"]) == ("reversed", "kept")
