"""Approving a map: what later migrations learn from it."""

from __future__ import annotations

from pathlib import Path

from migkit.steps import Migration
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
