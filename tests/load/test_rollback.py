"""Rollback leaves the target as if we had never been there, except for what people did since."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from migkit.load import EntryState, Ledger, rollback
from migkit.model.errors import TerminalError, UsageError
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, ObjectType

from .practice import changed, plan
from .world import World

Obj = ObjectType


def buckets(world: World, **chosen: object) -> dict[str, tuple[str, str]]:
    return {row.key: (row.bucket, str(row.detail or "")) for row in world.rollback(**chosen).rows}


def test_an_untouched_load_leaves_no_trace(world: World) -> None:
    """Every record and all set-up of ours is deleted, children first; what was there before stands as it did."""
    world.client.seed(Obj.PERSON, name="Old Friend", custom_fields={})
    world.client.seed(Obj.FIELD, entity="person", field_name="Theirs", field_type="varchar")
    before = world.state()
    world.apply(plan())
    world.client.log.clear()
    result = world.rollback()
    assert result.counts == {"reversed": 20, "kept": 0, "errored": 0, "skipped": 0}
    assert world.state() == before
    order = [object for _, object, _ in world.client.log]
    assert order.index(Obj.NOTE) < order.index(Obj.DEAL) < order.index(Obj.PERSON) < order.index(Obj.ORGANIZATION) < order.index(Obj.FIELD)
    assert order.index(Obj.STAGE) < order.index(Obj.PIPELINE)
    assert {entry.state for entry in world.ledger.entries().values()} == {EntryState.UNDONE}


def test_a_preview_writes_nothing_and_tells_the_same(world: World) -> None:
    """A preview lists what the rollback then does, with its tokens, and changes neither target nor ledger."""
    world.apply(plan())
    world.target("note:5")["content"] = "<p>Mine</p>"
    del world.client.records[Obj.PRODUCT][world.target("product:1")["id"]]
    state, entries = world.state(), dict(world.ledger.entries())
    world.client.log.clear()
    shown = world.rollback(preview=True)
    assert world.client.log == [] and world.state() == state and dict(world.ledger.entries()) == entries
    deletes = [row for row in shown.rows if row.bucket == "reversed"]
    assert shown.tokens == sum(OBJECTS[row.object].price.delete for row in deletes)
    assert sorted(world.rollback().rows, key=str) == sorted(shown.rows, key=str)


def test_what_somebody_edited_is_kept_with_what_it_hangs_on(world: World) -> None:
    """An edited note stays, and so does its patient, the patient's household, and the fields that they use."""
    world.apply(plan())
    world.target("note:5")["content"] = "<p>Mine now</p>"
    found = buckets(world)
    assert found["note:5"] == ("kept", "It was edited in Pipedrive: content.")
    assert found["patient:1"] == ("kept", "1 record still points at it, such as note:5.")
    assert found["household:1"][0] == "kept" and found["patient:2"][0] == "reversed"
    assert found["field:person/Patient status"] == ("kept", "1 record still uses it.")
    assert found["field:deal/Total_Invoice__c"][0] == "reversed"
    assert found["pipeline:Treatment plans"][0] == "reversed"


def test_a_moved_update_time_alone_is_no_edit(world: World) -> None:
    """Counters and times of the server do not make a record touched."""
    world.apply(plan())
    world.target("patient:1").update(update_time="2030-01-01T00:00:00Z", notes_count=3, next_activity_id=9)
    assert world.rollback().counts["kept"] == 0


def test_what_others_hung_on_our_record_keeps_it(world: World) -> None:
    """Somebody's own activity with our patient keeps the patient, though the patient itself is untouched."""
    world.apply(plan())
    world.client.seed(Obj.ACTIVITY, subject="Call back", participants=[{"person_id": world.target("patient:3")["id"], "primary": True}])
    assert buckets(world)["patient:3"] == ("kept", "1 record still points at it, such as a activity that is not ours.")


def test_a_value_added_to_a_field_that_we_left_empty_is_an_edit(world: World) -> None:
    """A label set by hand on our record counts as touched."""
    world.apply(plan())
    world.target("patient:3")["label_ids"] = [4]
    assert buckets(world)["patient:3"] == ("kept", "It was edited in Pipedrive: label_ids.")


def test_an_adopted_person_gets_back_what_stood_there(world: World) -> None:
    """Fields that we wrote get their old values, list items that we added leave, theirs and later ones stay."""
    theirs = world.client.seed(Obj.PERSON, name="P. Number", emails=[{"value": "old@mail.example", "primary": True}], custom_fields={})
    world.apply(plan(), adopted={"patient:3": theirs["id"]}, policy={"name": "ours"})
    assert theirs["name"] == "Pat Number3"
    theirs["emails"].append({"value": "new@mail.example", "primary": False})
    result = world.rollback()
    assert theirs["name"] == "P. Number"
    assert [mail["value"] for mail in theirs["emails"]] == ["old@mail.example", "new@mail.example"]
    assert not theirs.get("phones") and theirs["id"] in world.client.records[Obj.PERSON]
    assert {row.key for row in result.rows if row.bucket != "reversed"} == set()
    assert set(theirs["custom_fields"].values()) == {None}


def test_an_edit_in_an_adopted_person_is_kept(world: World) -> None:
    """The field that somebody changed since stays as they left it; the others go back."""
    theirs = world.client.seed(Obj.PERSON, name="P. Number", custom_fields={})
    world.apply(plan(), adopted={"patient:1": theirs["id"]}, policy={"name": "ours"})
    theirs["name"] = "Third Name"
    assert buckets(world)["patient:1"] == ("kept", "It was edited in Pipedrive: name.")
    assert theirs["name"] == "Third Name" and not theirs.get("phones")
    world.client.log.clear()
    assert buckets(world)["patient:1"] == ("kept", "It was edited in Pipedrive: name.")
    assert world.client.log == []


def test_options_that_we_added_to_their_field_are_taken_away(world: World) -> None:
    """A field that was there before keeps its own options and loses ours, unless somebody uses them."""
    theirs = world.client.seed(Obj.FIELD, entity="person", field_name="Patient status", field_type="enum", options=[{"label": "Lapsed"}])
    world.apply(plan())
    archived = next(option["id"] for option in theirs["options"] if option["label"] == "Archived")
    world.client.seed(Obj.PERSON, name="Old Friend", custom_fields={theirs["field_code"]: archived})
    found = buckets(world)
    assert found["field:person/Patient status"] == ("kept", "1 of the options that we added is still used.")
    assert [option["label"] for option in theirs["options"]] == ["Lapsed", "Archived"]


def test_a_record_deleted_by_hand_is_skipped(world: World) -> None:
    """What is gone already needs no deletion."""
    world.apply(plan())
    del world.client.records[Obj.NOTE][world.target("note:5")["id"]]
    assert buckets(world)["note:5"] == ("skipped", "Somebody deleted it in Pipedrive.")


def test_a_record_that_the_token_may_not_list_is_not_taken_for_deleted(world: World) -> None:
    """What the lists lack and the record's own address answers stays ours: a rollback with fuller rights can still undo it."""
    world.apply(plan())
    list_all, hidden = world.client.list, world.target("note:5")["id"]

    async def without_one(object: ObjectType, **rest: Any) -> AsyncIterator[dict[str, Any]]:
        async for answer in list_all(object, **rest):
            if answer["id"] != hidden:
                yield answer

    world.client.list = without_one
    assert buckets(world)["note:5"] == ("skipped", "The token's user may not list it.")
    assert world.ledger.entries()["note:5"].is_live
    world.client.list = list_all
    assert buckets(world)["note:5"] == ("reversed", "") and world.client.records[Obj.NOTE] == {}


def test_a_refused_deletion_is_listed_and_tried_again(world: World) -> None:
    """A refusal lands in `errored` with Pipedrive's reason, keeps the parents, and the next rollback finishes."""
    world.apply(plan())
    delete = world.client.delete

    async def refusing(object: ObjectType, id: int, **rest: object) -> None:
        if object is Obj.NOTE:
            raise TerminalError("Pipedrive refused DELETE notes with 403: not allowed.", status=403)
        await delete(object, id)

    world.client.delete = refusing  # type: ignore[method-assign, assignment]
    found = buckets(world)
    assert found["note:5"] == ("errored", "Pipedrive refused DELETE notes with 403: not allowed.")
    assert found["patient:1"][0] == "kept" and found["patient:2"][0] == "reversed"
    world.client.delete = delete  # type: ignore[method-assign]
    assert world.rollback().counts["kept"] == 0 and world.state() == []


def test_one_run_alone_is_undone(world: World) -> None:
    """A delta run's rollback deletes what it created and puts back what it changed; the first load stays."""
    first = plan()
    world.apply(plan([record for record in first.records.values() if record.key.split(":")[0] in ("household", "patient")]))
    loaded = world.state()
    world.apply(changed(first, "patient:2", name="Pat Renamed"))
    found = buckets(world, run="run-2")
    assert found["patient:2"] == ("reversed", "") and found["plan:1"] == ("reversed", "") and "patient:1" not in found
    assert world.state() == loaded
    assert world.apply(changed(first, "patient:2", name="Pat Renamed")).counts[Obj.PERSON, "update"] == 1


def test_an_update_that_a_later_run_wrote_again_stays(world: World) -> None:
    """Undoing a middle run does not undo a later one."""
    world.apply(plan())
    world.apply(changed(plan(), "patient:2", name="Second"))
    world.apply(changed(plan(), "patient:2", name="Third"))
    assert buckets(world, run="run-2") == {"patient:2": ("kept", "A later run wrote it again.")}
    assert world.target("patient:2")["name"] == "Third"


def test_after_a_rollback_everything_can_be_loaded_again(world: World) -> None:
    """The plan comes back in full under new ids."""
    world.apply(plan())
    world.rollback()
    assert sum(number for (_, what), number in world.apply(plan()).counts.items() if what == "create") == 20


def test_an_unknown_run_is_refused(world: World) -> None:
    """A run that the ledger does not know is named, with the ones that it knows."""
    world.apply(plan())
    with pytest.raises(UsageError, match="run-1"):
        world.rollback(run="run-9")


def test_a_rollback_undoes_what_another_process_loaded_meanwhile(world: World) -> None:
    """A ledger opened before the load (a notebook left open) knows all of it when it undoes."""
    beside = Ledger(world.ledger.path)
    world.apply(plan())
    result = world.run(lambda client: rollback(beside, client))
    assert result.counts["reversed"] == 20 and world.state() == []


def test_a_household_that_a_person_cannot_be_taken_out_of_is_said(world: World) -> None:
    """No document lets a person's organization be emptied: the person and the household stay, with the reason, and nothing is refused."""
    theirs = world.client.seed(Obj.PERSON, name="P. Number", custom_fields={})
    world.apply(plan(), adopted={"patient:1": theirs["id"]})
    found = buckets(world)
    assert found["patient:1"] == ("kept", str(Message.of("cannot-be-emptied", fields=("org_id",))))
    assert found["household:1"][0] == "kept" and theirs["org_id"] and not theirs.get("phones")
