"""Views as tables of the export: each carries file and line of its driving row, and knows which rows it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from migkit.model.errors import DataError
from migkit.model.outcomes import Finding
from migkit.model.tables import Drawn, RawExport, SourceTable

from .engine import run
from .sql import ROWS, parse_select

SETTINGS = ("sql", "by", "at", "why")
"""What may be said of a view."""


@dataclass(frozen=True)
class View:
    """One decided view."""

    name: str
    sql: str
    by: str = ""
    why: str = ""


def parse_views(document: Mapping[str, Any]) -> tuple[View, ...]:
    """Return the views of `decisions/views.yaml`, in its order. Raises DataError naming the view that is malformed."""
    views = []
    for name, spec in (document.get("views") or {}).items():
        if not isinstance(spec, Mapping) or not isinstance(spec.get("sql"), str) or set(spec) - set(SETTINGS):
            raise DataError(f"decisions/views.yaml, view {name}: it needs its SELECT as `sql`, and beside it only by, at and why.")
        views.append(View(str(name), spec["sql"], str(spec.get("by") or ""), str(spec.get("why") or "")))
    return tuple(views)


def with_views(raw: RawExport, views: tuple[View, ...]) -> RawExport:
    """Return the export with a table for each view; one that cannot be made is a critical finding, and no table.

    A view reads the tables of the files, never another view.
    """
    made: dict[str, SourceTable] = {}
    findings = []
    for view in views:
        try:
            made[view.name] = make_view(raw, view)
        except DataError as error:
            findings.append(Finding.of("view-failed", keys=(view.name,), why=str(error)))
    return replace(raw, tables={**raw.tables, **made}, findings=(*raw.findings, *findings)) if views else raw


def make_view(raw: RawExport, view: View) -> SourceTable:
    """Return the table of a view. Raises DataError where it cannot be made."""
    tables = {name: table for name, table in raw.tables.items() if table.drawn is None}
    if view.name in tables:
        raise DataError(f"The view {view.name} has the name of a table of the export: give it another one.")
    select = parse_select(view.sql, tables, view.name)
    frame = run(select, tables, view.name)
    rows_of = frame.pop(ROWS)
    places = [list(zip(tables[name].frame["_file"], tables[name].frame["_line"], strict=True)) for name in select.tables]
    traced = [[places[table][row] for table, row in rows] for rows in rows_of]
    driving = tuple(select.tables[number] for number in sorted({rows[0][0] for rows in rows_of})) or select.tables[:1]
    frame["_file"] = pd.Series([rows[0][0] for rows in traced], index=frame.index, dtype="string")
    frame["_line"] = pd.Series([rows[0][1] for rows in traced], index=frame.index, dtype="int64")
    drawn = pd.DataFrame(
        [(at, str(file), int(line)) for at, rows in enumerate(traced) for file, line in dict.fromkeys(rows)],
        columns=["row", "file", "line"],
    )
    files = tuple(dict.fromkeys(frame["_file"].astype(str))) or tables[driving[0]].files
    return SourceTable(view.name, frame, tuple(sorted(files)), drawn=Drawn(select.tables, driving, drawn))
