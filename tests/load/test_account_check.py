"""An older, copied or half lost ledger, and an account that is not the one that was loaded: noticed before anything is written."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from migkit.load import Ledger, Origin, RecoverResult, recover
from migkit.model.errors import UsageError
from migkit.model.objects import ObjectType
from migkit.model.records import Plan
from migkit.pipedrive import read_account

from .fake import FakePipedrive
from .practice import changed, matters, person, plan, without
from .world import World

MANY = [*matters(), *(person(number) for number in range(4, 12))]


def copy(world: World, folder: Path) -> Path:
    """Copy the ledger file as a person does: the one file, without its log."""
    return Path(shutil.copy(world.ledger.path, folder / "copy.sqlite"))


def put_back(world: World, kept: Path) -> None:
    world.ledger.close()
    for file in world.folder.glob("ledger.sqlite*"):
        file.unlink()
    shutil.copy(kept, world.folder / "ledger.sqlite")
    world.ledger = Ledger(world.folder / "ledger.sqlite")


def recovered(world: World, whole: Plan, **rest: Any) -> RecoverResult:
    async def work(client: Any) -> RecoverResult:
        return await recover(whole, client, await read_account(client), world.ledger, **rest)

    return world.run(work)


def test_an_older_ledger_that_was_put_back_doubles_nothing(world: World) -> None:
    """Loaded in part, copied, loaded whole, the copy put back: refused before any write; after a recovery all is known, once."""
    world.apply(without(plan(MANY), "note:5", "patient:11", "attachment:9", "lead:1"))
    older = copy(world, world.folder)
    world.apply(plan(MANY))
    state = world.state()
    put_back(world, older)
    world.client.log.clear()
    with pytest.raises(UsageError, match=r"holds 4 records .* does not know: the ledger is older than the account.*migkit recover"):
        world.apply(plan(MANY))
    assert world.client.log == []
    assert sum(recovered(world, plan(MANY)).found.values()) == 4
    assert {what for _, what in world.apply(plan(MANY)).counts} == {"skip"} and world.state() == state
    assert world.rollback().counts["kept"] == 0


def test_what_an_older_ledger_does_not_know_of_an_update_is_ours_after_a_recovery(world: World) -> None:
    """A value that stands as planned is no edit, one that stands otherwise is."""
    world.apply(plan())
    older = copy(world, world.folder)
    new = changed(plan(), "plan:1", title="Crown and bridge", value=1500.0)
    world.apply(new)
    put_back(world, older)
    world.target("plan:1")["value"] = 9.0
    recovered(world, new)
    assert world.apply(new).kept == {"plan:1": ("value",)}
    found = {row.key: str(row.detail) for row in world.rollback().rows if row.bucket == "kept"}
    assert found["plan:1"] == "It was edited in Pipedrive: value."


def test_two_copies_of_a_workspace_do_not_double_each_others_records(world: World) -> None:
    """A copied workspace that loaded more is noticed by the other one."""
    world.apply(plan())
    other = World(world.folder / "other")
    put_back(other, copy(world, world.folder))
    other.client = world.client
    other.apply(plan(MANY))
    with pytest.raises(UsageError, match="holds 8 records"):
        world.apply(plan(MANY))


def test_a_ledger_that_lost_its_log_knows_what_ended(world: World) -> None:
    """What a run that ended wrote stands in the one file: a copy without the -wal file lacks nothing."""
    world.apply(plan())
    put_back(world, copy(world, world.folder))
    assert {what for _, what in world.apply(plan()).counts} == {"skip"}


def test_the_check_reads_one_page_and_no_more(world: World) -> None:
    """New records cost a look at the newest ones of their kind only, however many others there are; nothing new costs one look-up."""
    for number in range(300):
        world.client.seed(ObjectType.PERSON, name=f"Old Friend {number}", custom_fields={})
    world.apply(plan(MANY))
    world.client.listed.clear()
    world.apply(plan([*MANY, person(12)]))
    assert 0 < world.client.listed[ObjectType.PERSON] <= 61 and world.client.listed[ObjectType.DEAL] == 0
    world.client.listed.clear()
    world.apply(plan([*MANY, person(12)]))
    assert not world.client.listed[ObjectType.PERSON]


@pytest.mark.parametrize("replaced", ["emptied", "another"])
def test_an_account_that_was_emptied_or_replaced_is_not_loaded(world: World, replaced: str) -> None:
    """The same company id, but none of our records under their ids: load, rollback and preview stop, and the ledger stays as it is."""
    world.apply(plan(MANY))
    if replaced == "emptied":
        world.client = FakePipedrive()
    else:
        for found in world.client.records.values():
            for item in found.values():
                item["custom_fields"] = {}
                item |= {"content": "Theirs"} if "content" in item else {"note": "Theirs"} if "subject" in item else {"name": "Theirs"}
    entries = dict(world.ledger.entries())
    world.client.log.clear()
    for act in (lambda: world.apply(plan(MANY)), world.rollback, lambda: world.rollback(preview=True)):
        with pytest.raises(UsageError, match="not the account that we loaded, or it was emptied"):
            act()
    assert world.client.log == [] and dict(world.ledger.entries()) == entries


def test_a_few_records_that_somebody_deleted_are_no_other_account(world: World) -> None:
    """Deleted by hand, though they are what is looked for first: the load goes on."""
    world.apply(plan(MANY))
    for key in ("household:1", "attachment:9"):
        del world.client.records[world.ledger.entries()[key].object][world.target(key)["id"]]
    assert world.apply(plan(MANY)).stopped == ""


def test_what_a_recovery_cannot_rebuild_is_said(world: World) -> None:
    """An adopted record whose earlier values are lost, and set-up that may be theirs, stay and are named: nothing calls them untouched."""
    theirs = world.client.seed(ObjectType.PERSON, name="P. Number", custom_fields={})
    world.apply(plan(), adopted={"patient:3": theirs["id"]})
    world.ledger.close()
    for file in world.folder.glob("ledger.sqlite*"):
        file.unlink()
    world.ledger = Ledger(world.folder / "ledger.sqlite")
    result = recovered(world, plan(), adopted={"patient:3": theirs["id"]})
    assert result.without_image == ("patient:3",) and "pipeline:Treatment plans" in result.found_setup
    assert world.ledger.entries()["patient:3"].origin is Origin.ADOPTED
    found = {row.key: (row.bucket, row.detail.code if row.detail else "") for row in world.rollback().rows}
    assert found["patient:3"] == ("kept", "earlier-value-lost") and found["pipeline:Treatment plans"] == ("kept", "found-again")
    assert theirs["phones"] and found["patient:1"] == ("reversed", "")


def test_an_edit_after_a_recovery_survives_rollback_and_load(world: World) -> None:
    """An adopted record whose earlier values are lost: a name that somebody wrote since is theirs, also after a rollback and a new load."""
    theirs = world.client.seed(ObjectType.PERSON, name="P. Number", custom_fields={})
    chosen: dict[str, Any] = {"adopted": {"patient:3": theirs["id"]}, "policy": {"name": "ours"}}
    world.apply(plan(), **chosen)
    world.ledger.close()
    for file in world.folder.glob("ledger.sqlite*"):
        file.unlink()
    world.ledger = Ledger(world.folder / "ledger.sqlite")
    recovered(world, plan(), adopted=chosen["adopted"])
    theirs["name"] = "P. Number-Smith"
    assert {row.key: str(row.detail) for row in world.rollback().rows}["patient:3"] == "It was edited in Pipedrive: name."
    world.apply(plan(), **chosen)
    assert theirs["name"] == "P. Number-Smith"


def test_a_damaged_ledger_is_not_to_be_replaced_by_an_old_copy(tmp_path: Path) -> None:
    """The message about an unreadable ledger leads to a recovery, and warns of older copies."""
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"this is no database, however long it may be " * 50)
    with pytest.raises(UsageError, match=r"(?s)migkit recover.*an older copy would write again") as raised:
        Ledger(path)
    assert "put back a copy" not in str(raised.value)
