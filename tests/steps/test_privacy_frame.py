"""What the page says to have left the practice, by kind of data: a part of a health text is of health, and stays with its text."""

from __future__ import annotations

import pytest

from migkit.steps import Migration
from migkit.steps.figures import privacy_frame
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "Patients.csv").write_text("Patient ID,First Name,Last Name,Occupation\n1,Ann,Lee,Baker\n2,Bo,Ng,\n")
    workspace = Workspace.create(tmp_path / "acme", SETTINGS)
    workspace.add_snapshot(tmp_path / "export")
    return workspace


def told(workspace):
    frame = privacy_frame(Migration.open(workspace.path)).set_index("kind of data")
    return {kind: [set(part.split(", ")) for part in row] for kind, row in zip(frame.index, frame.to_numpy(), strict=True)}


def test_alerts_and_remarks_are_health(workspace):
    """They stand in a note of health, so they are no plain data."""
    found = told(workspace)
    assert {"Alerts", "Remarks"} <= found["health"][0]
    assert not {"Alerts", "Remarks"} & (found["not personal"][0] | found["not personal"][1])


def test_a_part_stays_with_its_text(workspace):
    """Whoever leaves health out leaves the alerts out, and the page says so; a chair is no health."""
    workspace.write_decision("privacy", {"classes": {"health": "leave_out"}})
    found = told(workspace)
    assert {"Alerts", "Remarks", "Appointment notes"} <= found["health"][1]
    assert "Chair" in found["not personal"][0]


def test_a_handover_names_what_these_files_hold(workspace):
    """Nothing went of what the practice never had: no occupation, no notes, no list of documents; the decision covers them all the same."""
    migration = Migration.open(workspace.path)
    frame = privacy_frame(migration, of_these_files=True)
    said = set(", ".join(frame.drop(columns="kind of data").to_numpy().ravel()).split(", "))
    assert "Occupation" in said
    assert not said & {"Alerts", "Employer", "Patient notes", "Lead interest", "Procedures", "Billed to", "clinical_notes", "attachments"}
    every = set(", ".join(privacy_frame(migration).drop(columns="kind of data").to_numpy().ravel()).split(", "))
    assert {"Occupation", "Alerts", "Employer", "Lead interest", "clinical_notes"} <= every
