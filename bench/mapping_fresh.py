"""The exports of the final figures: nothing was fitted on them, and their headers are worded by lists that the fit does not read.

The strangers' practices (`tests/strangers`, written by somebody who had not read migkit) as they are; their answers are what an
analyst would click, and a column that is not named there has no home. Five further practices in the styles of five systems
(`bench/data/practices`: exports of 80 made-up patients and their answers, by somebody who knew the schema's fields and nothing else of
migkit); two of them were looked at while the weights were fitted, three were not. And the test half of the header lists with rows.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from mapping_data import System, full, read_systems
from mapping_rows import fill

from migkit.model.tables import RawExport
from migkit.source import read_export

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = Path(__file__).parent / "data" / "strangers"
"""What each column of the files themselves means, before any view."""
STRANGERS = ("api", "codes", "reports")
PRACTICES = Path(__file__).parent / "data" / "practices"
LOOKED_AT, NOT_LOOKED_AT = ("kauri", "coastal"), ("harbourview", "milnthorpe", "parramatta")
"""Of the practices, those that were looked at while the weights were fitted."""
OPENED_LATER = ("bridger", "burnett", "corvedale")
"""Three more, of which no output was looked at before their figures were taken (ADR 27)."""
PATIENTS, SEED = 120, 5
ROWS_SEED = 9


def strangers(folder: Path) -> list[System]:
    """Return the strangers' practices with what their columns mean; tables that no answer names (joins, parts) are not asked about."""
    sys.path.insert(0, str(ROOT))
    from tests.strangers.practices import generate

    found = []
    for name in STRANGERS:
        generate(name, folder / name, PATIENTS, SEED)
        raw = read_export(folder / name / "export")
        found.append(_answered(name, raw, ANSWERS / f"{name}.yaml"))
    return found


def practices(names: Iterable[str], folder: Path) -> list[System]:
    """Return further practices with what their columns mean; parts of a table that its own title parts (money in by card) are left out."""
    found = []
    for name in names:
        with zipfile.ZipFile(PRACTICES / f"{name}.zip") as packed:
            packed.extractall(folder / name)
        raw = read_export(folder / name)
        found.append(_answered(name, raw, PRACTICES / f"{name}.yaml"))
    return found


def _answered(name: str, raw: RawExport, path: Path) -> System:
    """Return those tables of an export that the answers name, by the table's name or by that of its file or sheet, with what they mean."""
    answers = yaml.safe_load(path.read_text(encoding="utf-8"))["tables"]
    named = {source: one for source, table in raw.tables.items() for one in answers if one in (source, *table.names)}
    given = {source: answers[one] for source, one in named.items()}
    raw = replace(raw, tables={source: table for source, table in raw.tables.items() if source in given})
    truth = {
        (source, column): frozenset(full(given[source]["table"], target) for target in _targets(given[source], column))
        for source, table in raw.tables.items()
        for column in table.columns
    }
    return System(name, "final", raw, truth, {source: answer["table"] for source, answer in given.items()})


def _targets(answers: Mapping[str, Any], column: str) -> Sequence[str | None]:
    """Return what is right for a column: one field, any of several, or none."""
    answer = (answers.get("columns") or {}).get(column)
    if isinstance(answer, dict):
        return [answer.get("to")]
    return answer if isinstance(answer, list) else [answer]


def with_rows() -> list[System]:
    """Return the test half of the header lists with rows."""
    return [fill(system, ROWS_SEED) for system in read_systems("test")]
