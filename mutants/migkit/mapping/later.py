"""A later export beside the decided map: what it may be read by before its questions are answered, and what it does not tell.

The decided map is one document for all exports: a column that only one of them has stays in it for that one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from migkit.model.mapping import CUSTOM, SourceMap, TableMap
from migkit.model.tables import RawExport

from .edit import CONFIRMED


def decided_part(decided: SourceMap, replayed: SourceMap) -> SourceMap:
    """Return the part of a replayed map that somebody decided on: new columns, tables and meanings of codes are left out of it.

    A table under a new name keeps the decisions that were replayed for it.
    """
    tables = {}
    for source, table in replayed.tables.items():
        known = decided.tables.get(source)
        columns = {n: c for n, c in table.columns.items() if c.state == CONFIRMED or (known is not None and n in known.columns)}
        if columns or known is not None:
            tables[source] = replace(table, columns=columns)
    return SourceMap(tables, decided.values)


def extend(whole: SourceMap, part: SourceMap) -> SourceMap:
    """Return the map of all exports with what was decided for one of them laid over it."""
    tables = dict(whole.tables)
    for source, table in part.tables.items():
        known = whole.tables.get(source)
        tables[source] = replace(table, columns={**known.columns, **table.columns}) if known else table
    return SourceMap(tables, part.values)


def told(used: SourceMap, raw: RawExport | None = None) -> dict[str, frozenset[str]]:
    """Return canonical table → fields that the map fills; with `raw`, from columns that this export has."""
    found: dict[str, set[str]] = {}
    for source, table in used.tables.items():
        if table.table is None or (raw is not None and source not in raw.tables):
            continue
        for owner, field in _fields(table, None if raw is None else raw.tables[source].columns):
            found.setdefault(owner, set()).add(field)
    return {table: frozenset(fields) for table, fields in found.items()}


def untold(decided: SourceMap, now: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return canonical table → fields that the decided map fills and that the export, which tells of the fields `now`, does not.

    Only of tables that it tells of at all: one that is absent as a whole tells of no row.
    """
    before = told(decided)
    return {table: fields - now[table] for table, fields in before.items() if table in now and fields - now[table]}


def _fields(table: TableMap, present: Sequence[str] | None) -> list[tuple[str, str]]:
    """Return (canonical table, field) for each column that goes anywhere; a dotted target belongs to the row's parent."""
    found = []
    for column in table.columns.values():
        if present is not None and column.column not in present:
            continue
        if column.new_field:
            found.append((str(table.table), f"{CUSTOM}{column.new_field.label}"))
        elif column.to:
            owner, _, field = column.to.rpartition(".")
            found.append((owner or str(table.table), field))
    return found
