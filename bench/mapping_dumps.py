"""Whole dumps of public systems: every table that such a database has, of which most are none that a CRM takes.

`bench/data/dumps/*.yaml` has per system its source, its half of the split and per table what it is (`is`: right answers, null for
none; several where either will do) and its columns. The header lists have the tables that matter; an export of a whole database has
ten others beside each: audit logs, settings, leave requests, prescriptions. Columns are not asked about here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import yaml

from migkit.mapping import Proposals
from migkit.model.tables import RawExport, SourceTable

DUMPS = Path(__file__).parent / "data" / "dumps"


@dataclass(frozen=True)
class Dump:
    """One system's whole database without rows, and what its tables are."""

    name: str
    split: str
    raw: RawExport
    tables: Mapping[str, frozenset[str | None]]
    """Source table → right answers; None: no home."""


def read_dumps(split: str) -> list[Dump]:
    """Return the dumps of one half of the split, in alphabetical order."""
    documents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(DUMPS.glob("*.yaml"))]
    return [_dump(document) for document in documents if document["split"] == split]


def _dump(document: Mapping[str, object]) -> Dump:
    listed: Mapping[str, Mapping[str, list[str]]] = document["tables"]  # type: ignore[assignment]
    frames = {name: pd.DataFrame(columns=spec["columns"], dtype="string") for name, spec in listed.items()}
    tables = {name: SourceTable(name, frame, (f"{name}.csv",)) for name, frame in frames.items()}
    truth = {name: frozenset(spec["is"]) for name, spec in listed.items()}
    return Dump(str(document["system"]), str(document["split"]), RawExport(tables, pd.DataFrame(), pd.DataFrame()), truth)


def score_dump(dump: Dump, proposals: Proposals) -> dict[str, float]:
    """Return the share of tables proposed rightly, of those without a home that were given one, at all and at .9, and of homes missed."""
    proposed = {name: proposals.tables[name] for name in dump.tables}
    homeless = [name for name, truth in dump.tables.items() if truth == {None}]
    homes = [name for name, truth in dump.tables.items() if None not in truth]
    sure = [name for name, each in proposed.items() if each.table and each.confidence >= 0.9]
    return {
        "tables": len(dump.tables),
        "tables right": _share([proposed[name].table in truth for name, truth in dump.tables.items()]),
        "homeless tables": len(homeless),
        "homeless tables given a home": _share([proposed[name].table is not None for name in homeless]),
        "homeless tables given a home at 0.9": _share([name in sure for name in homeless]),
        "tables with a home": len(homes),
        "homes missed": _share([proposed[name].table not in dump.tables[name] for name in homes]),
        "tables stated at 0.9 right": _share([proposed[name].table in dump.tables[name] for name in sure]),
    }


def _share(flags: list[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0
