"""Approving a map: what later migrations learn from it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from migkit.mapping import parse_memory, set_target
from migkit.model.mapping import dump_mapping
from migkit.steps import Migration
from migkit.steps.approvals import approve_gate
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})
EXPORT = "Patient ID,First Name,Last Name,Zibble\n" + "".join(f"{n},Ann,Ng,0412 345 67{n}\n" for n in range(9))


def opened(folder: Path) -> Migration:
    export = folder / "export"
    export.mkdir(parents=True)
    (export / "Patients.csv").write_text(EXPORT)
    workspace = Workspace.create(folder / "acme", SETTINGS)
    workspace.add_snapshot(export)
    return Migration.open(workspace.path)


def confidence(migration: Migration) -> float:
    """How sure the machine is that `Zibble` holds mobiles."""
    found = {one.target: one.confidence for one in migration.proposals.tables["Patients"].columns["Zibble"].candidates}
    return found.get("work_phone", 0.0)


def decide(migration: Migration) -> None:
    decided = set_target(migration.source_map, "Patients", "Zibble", "work_phone", by="Kim", at="2026-11-01T00:00:00+00:00")
    migration.workspace.write_decision("mapping", dump_mapping(decided))
    confirm_proposals(migration.workspace.path, at_least=0, by="Kim")


def test_an_approved_map_raises_what_the_next_migration_proposes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the analyst keeps a memory file, a header confirmed once is proposed as confirmed; without one nothing is learnt."""
    before = confidence(opened(tmp_path / "before"))
    memory = tmp_path / "memory.yaml"
    monkeypatch.setenv("MIGKIT_MEMORY", str(memory))
    first = opened(tmp_path / "first")
    decide(first)
    assert not memory.exists()
    approve_gate(first.workspace.path, "mapping", by="Kim")
    assert confidence(opened(tmp_path / "second")) > before + 0.1


def test_an_approval_is_learnt_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Approving the same map again adds nothing; no patient's value stands in the memory."""
    memory = tmp_path / "memory.yaml"
    monkeypatch.setenv("MIGKIT_MEMORY", str(memory))
    migration = opened(tmp_path / "first")
    decide(migration)
    for _ in range(2):
        approve_gate(migration.workspace.path, "mapping", by="Kim")
    text = memory.read_text(encoding="utf-8")
    learnt = parse_memory(yaml.safe_load(text))
    assert learnt.columns["patients"]["Zibble"] == {"work_phone": 1}
    assert "0412" not in text and "Ann" not in text
