"""A rollback of a large practice takes hours: what people change while it runs is kept like what they changed before."""

from __future__ import annotations

import random
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from migkit.load import RollbackResult, rollback

from .faults import FaultyWorld
from .practice import plan


def undo_all(world: FaultyWorld, meanwhile: Any) -> RollbackResult:
    """Roll back while somebody does `meanwhile` after the first record."""

    def progress(done: int, *_: Any) -> None:
        if done == 1:
            somebody = threading.Thread(target=meanwhile)  # on an event loop of their own
            somebody.start()
            somebody.join()

    return world.run(lambda client: rollback(world.ledger, client, progress=progress))


@pytest.fixture
def world(folder: Path) -> Any:
    made = FaultyWorld(folder, random.Random(1))
    made.apply(plan())
    yield made
    made.app.state.world.close()


def id_of(world: FaultyWorld, key: str) -> Any:
    return world.ledger.entries()[key].target_id


def test_an_edit_made_while_a_rollback_runs_is_kept(world: FaultyWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name, and a note on somebody else, both after the lists were read: asked again in time, neither is deleted."""
    monkeypatch.setattr(sys.modules["migkit.load.rollback"], "ASKED_AGAIN", 1)
    renamed, noted = id_of(world, "patient:1"), id_of(world, "patient:2")

    def meanwhile() -> None:
        world.api("PATCH", f"/api/v2/persons/{renamed}", {"name": "Pat Married"})
        world.api("POST", "/api/v1/notes", {"content": "rang back", "person_id": noted})

    kept = {row.key: str(row.detail) for row in undo_all(world, meanwhile).rows if row.bucket == "kept"}

    assert world.api("GET", f"/api/v2/persons/{renamed}")["name"] == "Pat Married"
    assert world.api("GET", f"/api/v2/persons/{noted}") is not None
    assert "edited in Pipedrive" in kept["patient:1"] and "note" in kept["patient:2"]


def test_a_small_rollback_does_not_ask_twice(world: FaultyWorld) -> None:
    """What is read and handled within seconds costs no further pages."""
    reads = []
    undone = world.run(lambda client: rollback(world.ledger, client, progress=lambda *_: reads.append(client.usage.calls("read_back"))))
    assert undone.counts["reversed"] == 20
    assert reads[0] == reads[-1]  # what is read after the last record is the account as it is then


def test_a_rollback_shows_the_account_before_and_after(world: FaultyWorld) -> None:
    """The practice's own records and what people do meanwhile are counted apart from what was taken away."""
    own = [world.api("POST", "/api/v2/persons", {"name": f"Own {number}"})["id"] for number in (1, 2)]
    edited = id_of(world, "patient:1")
    world.api("PATCH", f"/api/v2/persons/{edited}", {"name": "Pat Married"})

    def meanwhile() -> None:
        world.api("PATCH", f"/api/v2/persons/{own[0]}", {"name": "Own Renamed"})
        world.api("DELETE", f"/api/v2/persons/{own[1]}")
        world.api("POST", "/api/v2/persons", {"name": "Newcomer"})

    result = undo_all(world, meanwhile)

    persons = next(row for row in result.account_frame().to_dict("records") if row["object"] == "person")
    assert persons == {
        "object": "person", "before": 5, "deleted here": 2, "ours left": 1,
        "made by others": 1, "deleted by others": 1, "edited by others": 1, "now": 3,
    }  # fmt: skip
    others = result.account_frame().drop(columns=["object"]).sum()
    assert others["before"] - others["deleted here"] + others["made by others"] - others["deleted by others"] == others["now"]
