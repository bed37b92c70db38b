"""The smallest workspace: a practice with a list of patients, of which nothing is decided."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from migkit.workspace import Settings, Workspace


def small_workspace(folder: Path, *patients: str) -> Workspace:
    """Return a workspace in `folder` whose export lists these patients, each as `1,Ada,Ng`."""
    export = folder / "export"
    export.mkdir()
    (export / "Patients.csv").write_text("\n".join(["Patient ID,First Name,Last Name", *patients]) + "\n", encoding="utf-8")
    workspace = Workspace.create(folder / "acme", Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {}))
    workspace.add_snapshot(export, taken=date(2026, 10, 31))
    return workspace
