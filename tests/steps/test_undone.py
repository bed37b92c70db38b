"""After an undoing everybody is told: no page asks to load again, and the handover of before no longer stands where one looks for it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from migkit.load import Change, Ledger, Op
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


def runs(monkeypatch: pytest.MonkeyPatch, *steps: str) -> None:
    """Let the ledger know runs of these steps, an hour apart, the first at 08:00 UTC on 1 November 2026."""
    at = [datetime(2026, 11, 1, 8 + number, tzinfo=UTC) for number in range(len(steps))]
    found = [
        {"step": step.split()[0], "started": one.isoformat(), "counts": {} if "nothing" in step else {"person delete": 1}}
        for step, one in zip(steps, at, strict=True)
    ]
    monkeypatch.setattr(Ledger, "runs", lambda _: found)
    monkeypatch.setattr(Ledger, "last_write", lambda _: at[-1])


def test_the_strip_says_when_it_was_undone(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the practice's clocks: 09:00 UTC is 20:00 in Sydney. Nothing is left to reconcile or to hand over."""
    runs(monkeypatch, "load", "rollback")
    found = {one.notebook: one for one in where_it_stands(Migration.open(workspace.path))}
    assert (found["80_rollback"].state, found["80_rollback"].why) == (DONE, "undone on 1 November 2026, 20:00")
    assert found["70_reconcile"].state == OPTIONAL
    assert (found["90_handover"].state, found["90_handover"].why) == (
        OPTIONAL,
        "undone on 1 November 2026, 20:00: the pack of before is kept aside",
    )


def test_what_is_loaded_after_an_undoing_counts_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what was written last says how it stands."""
    runs(monkeypatch, "load", "rollback", "load")
    assert last_undone(Migration.open(workspace.path).ledger) is None
    found = {one.notebook: one.state for one in where_it_stands(Migration.open(workspace.path))}
    assert found["80_rollback"] == OPTIONAL


@pytest.mark.parametrize(("steps", "hour"), [(("load", "rollback of nothing"), None), (("load", "rollback", "rollback of nothing"), 9)])
def test_an_undoing_that_undid_nothing_is_none(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, steps: tuple[str], hour: int) -> None:
    """One that stopped before its first record leaves things as they were; one that was run again tells of the first."""
    runs(monkeypatch, *steps)
    found = last_undone(Migration.open(workspace.path).ledger)
    assert (found.at.hour if found else None) == hour


def test_nobody_is_sent_to_load_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever undid it wanted that; the sentence says when, and leaves loading to choice."""
    from dataclasses import replace

    runs(monkeypatch, "load", "rollback")
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
    runs(monkeypatch, "load", "rollback")
    said = left_to_write(opened, todo).text
    assert said == "The migration was undone on 1 November 2026, 20:00. Writing it again would make 2 records anew."


def test_no_pack_is_made_of_what_was_undone(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first page would say that all stands there as planned; the sentence says where the pack of before lies."""
    runs(monkeypatch, "load", "rollback")
    aside = workspace.path / "handover-before-undoing-20261101T090000Z"
    aside.mkdir()
    with pytest.raises(UsageError, match=f"undone on 1 November 2026, 20:00.*kept in {re.escape(str(aside))}"):
        hand_over(Migration.open(workspace.path))
    assert not [*workspace.handover.iterdir()]
