"""The profile of an export as a file that may leave the practice."""

from __future__ import annotations

import json
from pathlib import Path

from migkit.migration import Migration
from migkit.model.words import number_of
from migkit.report import View, note_box
from migkit.source import FEW
from migkit.workspace import write_atomically

PROFILE = "profile.json"


def write_profile(migration: Migration, path: Path | None = None) -> Path:
    """Write the profile of the first export and return where it lies: `runs/profile.json` unless `path`."""
    place = path or migration.workspace.runs / PROFILE
    place.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(place, json.dumps(migration.profile, indent=1, ensure_ascii=False))
    return place


def profile_box(migration: Migration) -> View:
    """Write the profile, and say where it lies and what it is for."""
    path = write_profile(migration)
    columns = number_of(sum(len(table["columns"]) for table in migration.profile["tables"]), "column")
    return note_box(
        f"A profile to show somebody who helps, instead of patients: {path.parent.name}/{path.name}. {columns}: how full each is, what its "
        f"values look like, codes that at least {FEW} patients share. `migkit generate DIR --from-profile FILE` makes an export of made-up "
        "people from it. Read it before it leaves the practice."
    )
