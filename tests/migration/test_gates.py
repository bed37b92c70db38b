"""How gates are said to stand, before and after somebody approves."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.migration.gates import GATES, Gate, state, states
from migkit.migration.inputs import Inputs
from migkit.model.errors import UsageError
from migkit.steps import Migration
from migkit.steps.approvals import approve_gate
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})


@pytest.fixture
def migration(tmp_path: Path) -> Migration:
    export = tmp_path / "export"
    export.mkdir()
    (export / "Patients.csv").write_text("Patient ID,First Name,Last Name\n1,Ann,Ng\n2,Bo,Wu\n")
    workspace = Workspace.create(tmp_path / "acme", SETTINGS)
    workspace.add_snapshot(export)
    return Migration.open(workspace.path)


def test_an_unconfirmed_map_blocks_and_an_approved_one_names_who(migration: Migration) -> None:
    """Three proposed columns block the gate; approved, it says by whom; changed after that, it says to look again."""
    before = state(migration, "mapping")
    assert (before.approved, before.blocks) == (False, True)
    assert str(before.message) == "3 columns are not confirmed yet, the first is 'Patient ID' of Patients"
    confirm_proposals(migration.workspace.path, at_least=0, by="Kim")
    approve_gate(migration.workspace.path, "mapping", by="Kim")
    assert states(migration.refreshed())["mapping"] == "approved by Kim"
    migration.workspace.write_decision("policies", {"waves": "one"})
    approve_gate(migration.workspace.path, "policies", by="Kim")
    migration.workspace.write_decision("policies", {"waves": "three"})
    after = states(migration.refreshed())
    assert after["policies"] == "open: approved for something that has changed since (the policy waves): look again"
    assert after["privacy"] == "open: not approved yet"


def test_a_gate_that_an_updated_toolkit_closes_says_so(migration: Migration, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it makes something else of the same inputs; an update that changes nothing closes nothing, and what people changed is named
    instead. An approval from before the toolkit was kept says what it knows."""
    confirm_proposals(migration.workspace.path, at_least=0, by="Kim")
    approve_gate(migration.workspace.path, "privacy", by="Kim")
    part = Inputs.part
    monkeypatch.setattr(Inputs, "part", lambda inputs, name: "updated" if name == "code.plan" else part(inputs, name))
    updated = Migration.open(migration.workspace.path)
    assert state(updated, "privacy").approved
    monkeypatch.setitem(GATES, "privacy", Gate(outcome=lambda _: "something else"))
    closed = "approved for something that has changed since"
    why = "the toolkit alone, which was updated and makes something else of the same inputs"
    assert str(state(updated, "privacy").message) == f"{closed} ({why}): look again"
    monkeypatch.setattr(Inputs, "part", part)
    assert str(state(Migration.open(migration.workspace.path), "privacy").message) == f"{closed}: look again"


def test_a_delta_that_is_not_there_cannot_be_approved(migration: Migration) -> None:
    """Without a later export the approval is refused and nothing is recorded."""
    assert state(migration, "delta").blocks
    with pytest.raises(UsageError, match="There is no later export yet"):
        approve_gate(migration.workspace.path, "delta", by="Kim")
    assert migration.workspace.approvals("delta") == []
