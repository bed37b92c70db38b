"""Small made-up exports and maps."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from migkit.model.mapping import ColumnMap, SourceMap, TableMap
from migkit.model.tables import RawExport, SourceTable


def table(name: str, columns: str, *rows: Sequence[str | None], title: str = "") -> SourceTable:
    """Return a source table; `columns` separated by commas."""
    names = [column.strip() for column in columns.split(",")]
    frame = pd.DataFrame([list(row) for row in rows], columns=names, dtype="string")
    return SourceTable(name, frame, (f"{name}.csv",), title)


def export(*tables: SourceTable) -> RawExport:
    """Return an export of these tables."""
    return RawExport({one.name: one for one in tables}, pd.DataFrame(), pd.DataFrame())


def decided(source: str, home: str, **columns: str | None) -> SourceMap:
    """Return a map of one table with confirmed columns."""
    maps = {
        name: ColumnMap(name, to=to, state="confirmed", by="Ann", at="2026-11-22T09:00:00", reason="" if to else "not needed")
        for name, to in columns.items()
    }
    return SourceMap({source: TableMap(source, home, maps)})
