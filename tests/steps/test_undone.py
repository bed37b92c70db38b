"""After an undoing everybody is told: no page asks to load again, and the handover of before no longer stands where one looks for it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from migkit.load import Change, Ledger, Op, Operation, WriteState
from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.model.objects import ObjectType
from migkit.steps.handover import hand_over
from migkit.steps.load import left_to_write
from migkit.steps.strip import DONE, OPTIONAL, next_sentence, where_it_stands
from migkit.steps.undone import kept_handover, last_undone, put_handover_aside
from migkit.workspace import Workspace
from tests.steps.small import small_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with one list of one patient."""
    return small_workspace(tmp_path, "1,Ada,Ng")


def wrote_last(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Let the ledger know that this step wrote last, at 09:00 UTC on 1 November 2026."""
    at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    monkeypatch.setattr(Ledger, "newest_step", lambda _: (step, at))
    monkeypatch.setattr(Ledger, "last_write", lambda _: at)


def test_the_strip_says_when_it_was_undone(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the practice's clocks: 09:00 UTC is 20:00 in Sydney. Nothing is left to reconcile or to hand over."""
    wrote_last(monkeypatch, "rollback")
    found = {one.notebook: one for one in where_it_stands(Migration.open(workspace.path))}
    assert (found["80_rollback"].state, found["80_rollback"].why) == (DONE, "undone on 1 November 2026, 20:00")
    assert found["70_reconcile"].state == OPTIONAL
    assert (found["90_handover"].state, found["90_handover"].why) == (
        OPTIONAL,
        "undone on 1 November 2026, 20:00: the pack of before is kept aside",
    )


def test_what_is_written_last_says_how_it_stands(workspace: Workspace) -> None:
    """A load that goes on under the name of a run of before the undoing counts again; an undoing that wrote nothing is none."""
    ledger = Migration.open(workspace.path).ledger

    def write(run: str, step: str) -> None:
        ledger.start_run(run, step, 1)
        ledger.close_write(ledger.intend(run, "patient:1", ObjectType.PERSON, Operation.CREATE, {"name": "P1"}), WriteState.SUCCEEDED)

    write("by-hand", "load")
    ledger.start_run("undoing", "rollback", 1)
    assert last_undone(ledger) is None
    write("undoing", "rollback")
    assert last_undone(ledger) is not None
    write("by-hand", "load")
    assert last_undone(ledger) is None


def test_nobody_is_sent_to_load_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever undid it wanted that; the sentence says when, and leaves loading to choice."""
    from dataclasses import replace

    wrote_last(monkeypatch, "rollback")
    states = [
        replace(one, state=DONE) if one.notebook < "50" else replace(one, state=OPTIONAL) if one.notebook == "50_load" else one
        for one in where_it_stands(Migration.open(workspace.path))
    ]
    assert next_sentence(states, "80_rollback") == (
        "The migration was undone on 1 November 2026, 20:00. Left to choice: load, later export, reconciliation and handover."
    )


def test_the_handover_of_before_is_put_aside(workspace: Workspace) -> None:
    """What was given to the practice is kept, under a name that says that it no longer holds; without one nothing is made."""
    at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert put_handover_aside(workspace, at) is None and kept_handover(workspace) == workspace.handover
    (workspace.handover / "index.html").write_text("all arrived")
    aside = put_handover_aside(workspace, at)
    assert aside is not None and aside.name == "handover-before-undoing-20261101T090000Z"
    assert (aside / "index.html").read_text() == "all arrived" and not [*workspace.handover.iterdir()]
    assert kept_handover(workspace) == aside


def test_a_load_says_what_it_would_write(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing left is said as such; what was undone would be made anew, and that is said before anybody presses."""
    opened = Migration.open(workspace.path)
    todo = [Change(f"patient:{number}", ObjectType.PERSON, Op.CREATE) for number in (1, 2)]
    assert left_to_write(opened, todo).text == "2 records are to write."
    assert left_to_write(opened, [Change("patient:1", ObjectType.PERSON, Op.SKIP)]).text.startswith("Nothing is left to write")
    wrote_last(monkeypatch, "rollback")
    said = left_to_write(opened, todo).text
    assert said == "The migration was undone on 1 November 2026, 20:00. Writing it again would make 2 records anew."


def test_no_pack_is_made_of_what_was_undone(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first page would say that all stands there as planned; the sentence says where the pack of before lies."""
    wrote_last(monkeypatch, "rollback")
    aside = workspace.path / "handover-before-undoing-20261101T090000Z"
    aside.mkdir()
    with pytest.raises(UsageError, match=f"undone on 1 November 2026, 20:00.*kept in {re.escape(str(aside))}"):
        hand_over(Migration.open(workspace.path))
    assert not [*workspace.handover.iterdir()]
