"""What one practice decided is offered to those of its group; each approves by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.fleet import offer
from migkit.mapping import unconfirmed
from migkit.model.errors import UsageError
from migkit.steps import Migration
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.workspace import Workspace

from .made import export
from .test_declaration import declared, workspace


@pytest.fixture
def fleet_file(tmp_path: Path) -> Path:
    """Three practices of a group, the third with a column more; one of no group."""
    for name in ("acme", "bondi", "coogee", "manly"):
        received = export(tmp_path / f"{name}-export", 3)
        if name == "coogee":
            patients = received / "Patients.csv"
            lines = patients.read_text().splitlines()
            patients.write_text("\n".join(f"{line},{number or 'Chair'}" for number, line in enumerate(lines)))
        Workspace.open(workspace(tmp_path, name)).add_snapshot(received, taken=date(2026, 11, 1))
    lines = [f'[[practice]]\nworkspace = "{name}"\ngroup = "core"\n' for name in ("acme", "bondi", "coogee")]
    return declared(tmp_path, "".join([*lines, '[[practice]]\nworkspace = "manly"\n']))


def test_an_offer_is_taken_by_the_same_layout_and_opens_no_gate(tmp_path: Path, fleet_file: Path) -> None:
    """The map is confirmed and the policies are chosen there as here; nothing is approved; other layouts and groups have what they had."""
    confirm_proposals(tmp_path / "acme", at_least=0, by="Mia")
    acme = Workspace.open(tmp_path / "acme")
    acme.write_decision("policies", {"clinical_notes": "per_patient_year"})
    acme.approve("mapping", "x", "Mia")

    bondi, coogee = offer(fleet_file, tmp_path / "acme")
    assert bondi.is_taken and bondi.said.startswith("12 columns were taken over; policies too") and not coogee.is_taken
    assert "another layout (Patients" in coogee.said
    there = Migration.open(tmp_path / "bondi")
    assert unconfirmed(there.source_map) == [] and there.decisions.policies["clinical_notes"] == "per_patient_year"
    assert not there.inputs.approvals("mapping")
    assert not list((tmp_path / "coogee" / "decisions").iterdir()) and not list((tmp_path / "manly" / "decisions").iterdir())


def test_what_a_practice_decided_itself_stays(tmp_path: Path, fleet_file: Path) -> None:
    """Its own policies are not replaced."""
    confirm_proposals(tmp_path / "acme", at_least=0, by="Mia")
    Workspace.open(tmp_path / "acme").write_decision("policies", {"clinical_notes": "per_patient_year"})
    Workspace.open(tmp_path / "bondi").write_decision("policies", {"clinical_notes": "each"})
    bondi, _ = offer(fleet_file, tmp_path / "acme")
    assert "policies" not in bondi.said
    assert Workspace.open(tmp_path / "bondi").read_decision("policies") == {"clinical_notes": "each"}


def test_what_cannot_be_offered_is_said(tmp_path: Path, fleet_file: Path) -> None:
    """No map yet, no group, no practice of this fleet."""
    for name, said in (("acme", "no confirmed map"), ("manly", "has no group"), ("nowhere", "no practice of")):
        with pytest.raises(UsageError, match=f"{said}.*Nothing was offered"):
            offer(fleet_file, tmp_path / name)
