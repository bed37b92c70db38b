"""The header lists of real systems as exports with their truth, and how proposals are scored against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import yaml

from migkit.generate import STYLES, generate
from migkit.generate.columns import ALLOCATED_COLUMNS, COLUMNS, RECEIVED_COLUMNS
from migkit.mapping import Proposals
from migkit.model.tables import RawExport, SourceTable
from migkit.source import read_export

HEADERS = Path(__file__).parent / "data" / "headers"

Truth = Mapping[tuple[str, str], frozenset[str | None]]
"""(source table, column) → right answers as `<canonical table>.<field>`; None: no home."""


@dataclass(frozen=True)
class System:
    """One system's headers as an export without rows, and the truth."""

    name: str
    split: str
    raw: RawExport
    truth: Truth
    tables: Mapping[str, str | None]
    weight: float = 1.0
    """How much it counts when weights are fitted."""


def made_up(folder: Path) -> list[System]:
    """Return two made-up practices with rows, as they are and with every header and file name hidden.

    Their headers are those that the generator's own lists of columns explain.
    """
    found = []
    for seed, style in enumerate(STYLES, start=1):
        raw = read_export(generate(folder / style, patients=60, seed=seed, style=style).export)
        lists = [*COLUMNS.items(), ("payments", RECEIVED_COLUMNS), ("payments", ALLOCATED_COLUMNS)]
        homes, truth = {}, {}
        for source, table in raw.tables.items():
            home, known = max(lists, key=lambda pair: len(set(table.columns) & set(pair[1])))
            homes[source] = home
            for column in table.columns:
                field = known.get(column) or _NAMED.get(column, "")
                truth[source, column] = frozenset([full(home, field) if field and not field.startswith("custom:") else None])
        shown = System(f"made up, {style}", "tuning", raw, truth, homes, 0.5)
        found += [shown, hide(shown)]
    return found


_NAMED = {"Dentist": "practitioner_name", "Patient": "patient_name"}
"""What stands in a printed report where the dump has ids."""


def hide(system: System) -> System:
    """Return the system with its tables and columns renamed to t1, t2, … and c1, c2, …."""
    tables, truth, homes = {}, {}, {}
    for number, (source, table) in enumerate(system.raw.tables.items(), start=1):
        names = {column: f"c{n}" for n, column in enumerate(table.columns, start=1)}
        tables[f"t{number}"] = replace(table, name=f"t{number}", title="", frame=table.frame.rename(columns=names))
        homes[f"t{number}"] = system.tables[source]
        truth |= {(f"t{number}", names[column]): system.truth[source, column] for column in table.columns}
    return replace(system, name=f"{system.name}, headers hidden", raw=replace(system.raw, tables=tables), truth=truth, tables=homes)


def read_systems(split: str | None = None, folder: Path = HEADERS) -> list[System]:
    """Return the systems of one half of the split, or all, in alphabetical order."""
    documents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))]
    return [_system(document) for document in documents if split in (None, document["split"])]


def _system(document: Mapping[str, object]) -> System:
    tables, truth, homes = {}, {}, {}
    for source, spec in document["tables"].items():  # type: ignore[attr-defined]
        frame = pd.DataFrame(columns=list(spec["columns"]), dtype="string")
        tables[source] = SourceTable(source, frame, (f"{source}.csv",))
        homes[source] = spec["table"]
        for column, answer in spec["columns"].items():
            answers = answer if isinstance(answer, list) else [answer]
            truth[source, column] = frozenset(full(spec["table"], a) for a in answers)
    empty = pd.DataFrame()
    return System(str(document["system"]), str(document["split"]), RawExport(tables, empty, empty), truth, homes)


def full(table: str | None, target: str | None) -> str | None:
    """Return a target with its table's name before it."""
    if target is None:
        return None
    return target if "." in target else f"{table}.{target}"


@dataclass(frozen=True)
class Answer:
    """One column's ranked answers from some proposer."""

    system: str
    source: str
    column: str
    truth: frozenset[str | None]
    ranked: tuple[str, ...]
    """Best first; empty: no home."""
    confidence: float
    """Of the first, or of having no home."""


def answers(system: System, proposals: Proposals) -> list[Answer]:
    """Return what the proposer answered for every column of a system."""
    found = []
    for (source, column), truth in system.truth.items():
        table = proposals.tables[source]
        proposed = table.columns[column]
        targets = [full(table.table, c.target) or "" for c in proposed.candidates]
        ranked = tuple(targets) if proposed.choice is not None else ("", *targets)
        found.append(Answer(system.name, source, column, truth, ranked, proposed.confidence))
    return found


def score(given: list[Answer]) -> dict[str, float]:
    """Return the figures of merit as shares. Columns whose truth allows "no home" beside a home count in neither group."""
    homed = [a for a in given if None not in a.truth]
    homeless = [a for a in given if a.truth == {None}]
    stated = [a for a in given if a.ranked and a.ranked[0] and a.confidence >= 0.9]
    return {
        "columns with a home": len(homed),
        "right first": _share(a.ranked[:1] and a.ranked[0] in a.truth for a in homed),
        "in first three": _share(any(r in a.truth for r in [r for r in a.ranked if r][:3]) for a in homed),
        "homeless columns": len(homeless),
        "homeless given one at 0.9": _share(bool(a.ranked and a.ranked[0]) and a.confidence >= 0.9 for a in homeless),
        "homeless given one at all": _share(bool(a.ranked and a.ranked[0]) for a in homeless),
        "stated at 0.9": len(stated),
        "of these right": _share(a.ranked[0] in a.truth for a in stated),
    }


def _share(flags: object) -> float:
    values = [bool(flag) for flag in flags]  # type: ignore[attr-defined]
    return sum(values) / len(values) if values else float("nan")
