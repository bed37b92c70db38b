"""Every step sees the ledger on its store; one that writes first reads back what a run that was cut off had written."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from migkit.fleet import practice as fleet_practice
from migkit.load import Entry, EntryState, Origin
from migkit.migration import Migration
from migkit.model.objects import ObjectType
from migkit.steps import carry_out
from migkit.steps.carry_out import audited
from migkit.workspace import Settings, Workspace

ENTRY = Entry("patient:1", ObjectType.PERSON, 101, Origin.CREATED, EntryState.LIVE, "run-1")


def machine(folder: Path, name: str) -> Path:
    """The same workspace as another machine has it."""
    settings = Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {}, store=f"file://{folder}/share")
    (folder / "export").mkdir(exist_ok=True)
    (folder / "export" / "patients.csv").write_text("Patient ID,First Name,Last Name\n1,Anna,Weber\n")
    workspace = Workspace.create(folder / name, settings)
    workspace.add_snapshot(folder / "export")
    return workspace.path


def test_each_machine_sees_what_the_other_has_done(tmp_path: Path) -> None:
    """A run on one; whoever opens the workspace on the other, and the figures that the fleet tells, see it; the audit log is who ran's."""
    one, other = Migration.open(machine(tmp_path, "one")), machine(tmp_path, "other")
    with audited(one, "load-1", "load"):
        one.ledger.put(ENTRY)
        one.ledger.put(replace(ENTRY, key="patient:2", target_id=102, state=EntryState.FAILED))
    seen = Migration.open(other)
    assert list(seen.ledger.entries()) == ["patient:1", "patient:2"]
    figures = fleet_practice._figures(fleet_practice.read_state(other), seen)
    assert figures.failed_records == 1
    assert not (other / "audit.jsonl").exists() and not (other / "ledger.sqlite").exists()


def test_who_writes_after_one_that_was_cut_off_reads_back_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything else, once; who goes on where the one before ended reads nothing."""
    read_back: list[str] = []

    def recover(migration: Migration) -> Any:
        read_back.append(str(migration.workspace.path.name))
        migration.ledger.note_whole()

    monkeypatch.setattr(carry_out, "recover_ledger", recover)
    one, other = Migration.open(machine(tmp_path, "one")), Migration.open(machine(tmp_path, "other"))
    with audited(one, "load-1", "load"):
        one.ledger.put(ENTRY)
    for mark in (tmp_path / "share").glob("*.ended"):
        mark.unlink()  # as if it had been killed just before
    for until in (tmp_path / "share").glob("*.until-*"):
        until.rename(until.with_name(f"{until.name.partition('-')[0]}-1000"))
    shutil.rmtree(one.workspace.path)
    with audited(other, "load-2", "load"):
        assert read_back == ["other"]
    with audited(other, "load-3", "load"):
        assert read_back == ["other"]
