"""Made-up Australian dental practices: the clean truth first, then an export of it with every known flaw at a known rate."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migkit.model.errors import UsageError

from .account import make_account, owners
from .build import build, sums
from .damage import RATES
from .incremental import changes, nine_days_on
from .layouts import STYLES
from .lookalike import generate_lookalike
from .population import people
from .practice import PRACTICE, SECOND_DAY, TIMEZONE, Practice, iso
from .write import Document, write_export

__all__ = ["STYLES", "Generated", "generate", "generate_lookalike", "people"]

FEWEST = 20
"""Patients below which a practice cannot show everything."""


@dataclass(frozen=True)
class Generated:
    """Where the made-up practice lies."""

    folder: Path
    export: Path
    """The export as received, a folder."""
    export_delta: Path
    """A second, full export nine days later."""
    truth: Path
    """truth.json: the clean canonical records, persons, households, owners, control figures, and what changed until the second export."""
    damage: Path
    """damage.json: every flaw with file, line, key, effect; counts and rates."""
    account: Path
    """account.json: the Pipedrive account as it was before."""


def generate(
    folder: str | os.PathLike[str],
    patients: int = 200,
    seed: int = 1,
    style: str = "tidy",
    *,
    damage: bool = True,
    missing_patients: bool = False,
) -> Generated:
    """Write a made-up practice of `patients` patient rows under `folder`; same arguments, same bytes.

    `style`: `tidy` (one text dump per table, ids) or `reports` (monthly workbooks with title rows, names instead of ids in places).
    `missing_patients` leaves out patients that appointments refer to, which must stop a load. Raises UsageError for fewer than 20
    patients, an unknown style, or a folder that holds an export already.
    """
    if style not in STYLES:
        raise UsageError(f"There is no style {style!r}: choose one of {', '.join(STYLES)}.")
    if patients < FEWEST:
        raise UsageError(f"A made-up practice needs at least {FEWEST} patients: give --patients {FEWEST} or more.")
    root = Path(folder)
    found = Generated(root, root / "export", root / "export_delta", root / "truth.json", root / "damage.json", root / "account.json")
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is a file: choose a folder. Nothing was written.")
    if found.export.exists() or found.export_delta.exists():
        raise UsageError(f"{root} holds an export already: choose another folder, or delete it.")
    if root.is_dir() and any(not path.name.startswith(".") for path in root.iterdir()):
        raise UsageError(f"{root} holds something already: choose another folder, or empty it. Nothing was written.")
    for path in (found.export, found.export_delta):
        path.mkdir(parents=True)
    first = build(patients, seed)
    account, matches = make_account(first, seed)
    try:
        written = write_export(found.export, first, style, seed, damage=damage, missing_patients=missing_patients)
        with Document(found.truth) as truth:
            truth.put(_truth(first, written.fields, matches))
            second = nine_days_on(first, seed)
            truth.put({"delta": {"tables": changes(first, second), **_people(second), "sums": sums(second)}})
            truth.put({"style": style, "seed": seed})
        del first  # the largest practices need the room
        later = write_export(found.export_delta, second, style, seed, damage=damage, missing_patients=missing_patients)
        with Document(found.damage) as document:
            document.put({"rates": RATES if damage else {}, "export": written.flaws, "export_delta": later.flaws})
        with Document(found.account) as document:
            document.put(account)
    except OSError:
        for path in (found.export, found.export_delta):
            shutil.rmtree(path, ignore_errors=True)
        for path in (found.truth, found.damage, found.account):
            path.unlink(missing_ok=True)
        raise
    return found


def _truth(practice: Practice, fields: dict[str, list[str]], matches: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "practice": {
            "name": PRACTICE,
            "timezone": TIMEZONE,
            "currency": "AUD",
            "as_of": iso(practice.as_of),
            "later": iso(SECOND_DAY),
        },
        "exported_fields": fields,
        "tables": practice.tables,
        **_people(practice),
        "owners": owners(practice),
        "account_persons": matches,
        "sums": sums(practice),
    }


def _people(practice: Practice) -> dict[str, Any]:
    persons: dict[str, list[str]] = {}
    for patient, person in practice.persons.items():
        persons.setdefault(f"patient:{person}", []).append(f"patient:{patient}")
    return {
        "persons": persons,
        "variations": {f"patient:{patient}": how for patient, how in practice.variations.items()},
        "traits": {f"patient:{patient}": trait for patient, trait in practice.traits.items()},
        "households": practice.households,
    }
