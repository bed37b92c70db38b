"""The exports of the final figures: nothing was fitted on them, and their headers are worded by lists that the fit does not read.

The strangers' practices (`tests/strangers`, written by somebody who had not read migkit) as they are; their answers are what an
analyst would click, and a column that is not named there has no home. And the test half of the header lists with rows.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import yaml
from mapping_data import System, full, read_systems
from mapping_rows import fill

from migkit.source import read_export

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = Path(__file__).parent / "data" / "strangers"
"""What each column of the files themselves means, before any view."""
STRANGERS = ("api", "codes", "reports")
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
        answers = yaml.safe_load((ANSWERS / f"{name}.yaml").read_text(encoding="utf-8"))["tables"]
        raw = replace(raw, tables={source: table for source, table in raw.tables.items() if source in answers})
        homes = {source: answers[source]["table"] for source in raw.tables}
        truth = {
            (source, column): frozenset([full(homes[source], _target(answers[source].get("columns", {}).get(column)))])
            for source, table in raw.tables.items()
            for column in table.columns
        }
        found.append(System(name, "final", raw, truth, homes))
    return found


def with_rows() -> list[System]:
    """Return the test half of the header lists with rows."""
    return [fill(system, ROWS_SEED) for system in read_systems("test")]


def _target(answer: str | dict[str, str] | None) -> str | None:
    return answer.get("to") if isinstance(answer, dict) else answer
