"""A later export beside the decided map: what it may be read by before its questions are answered, and which columns it lacks.

The decided map is one document for all exports: a column that only one of them has stays in it for that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from migkit.model.canonical import CanonicalSchema
from migkit.model.mapping import CUSTOM, ColumnMap, SourceMap, TableMap
from migkit.model.tables import RawExport

from .edit import CONFIRMED, PROPOSED
from .replay import Question

_RENAMED, _UNNAMED = 0.5, 0.9
"""Share of an id column's values that an earlier export must have had: of one that looks renamed, and of any other."""
_FEWEST = 3
"""Ids below which it may be chance that an earlier export had them."""


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
    return SourceMap(tables, decided.values, decided.key_prefixes)


def with_known_ids(
    decided: SourceMap, replayed: SourceMap, raw: RawExport, earlier: Sequence[RawExport], schema: CanonicalSchema
) -> tuple[SourceMap, tuple[Question, ...]]:
    """Return a replayed map in which id columns under a new name count as decided, and a question about each.

    Only where the column that was decided is absent, and the values are those that it had in `earlier` exports: without its ids every row
    would be another one, all gone and all new.
    """
    tables, questions = dict(replayed.tables), []
    for source, table in replayed.tables.items():
        known = decided.tables.get(source)
        if table.table is None or known is None or source not in raw.tables:
            continue
        ids = {*schema[table.table].key, *schema.refs(table.table)}
        columns = dict(table.columns)
        for before in known.columns.values():
            if before.to not in ids or before.column in columns:
                continue
            had = _values(earlier, source, before.column)
            if (found := _column_with(had, before, columns, raw.tables[source].frame)) is not None:
                columns[found] = replace(before, column=found)
                questions.append(Question.of("renamed-id", source, found, column=found, before=before.column))
        tables[source] = replace(table, columns=columns)
    return replace(replayed, tables=tables), tuple(questions)


def _values(earlier: Sequence[RawExport], source: str, column: str) -> frozenset[str]:
    frames = [raw.tables[source].frame for raw in earlier if source in raw.tables and column in raw.tables[source].columns]
    return frozenset(str(value) for frame in frames for value in frame[column].dropna())


def _column_with(had: frozenset[str], before: ColumnMap, columns: Mapping[str, ColumnMap], frame: pd.DataFrame) -> str | None:
    """Return the undecided column that has most of the ids that the decided one `had`, None where none has enough of them."""
    shares: dict[str, float] = {}
    for name, column in columns.items():
        values = frame[name].dropna().astype(str)
        if column.state != PROPOSED or values.nunique() < _FEWEST:
            continue
        share = float(values.isin(had).mean())
        if share >= (_RENAMED if column.to == before.to else _UNNAMED):
            shares[name] = share + (column.to == before.to)
    return max(shares, key=lambda name: shares[name], default=None)


def extend(whole: SourceMap, part: SourceMap) -> SourceMap:
    """Return the map of all exports with what was decided for one of them laid over it."""
    tables = dict(whole.tables)
    for source, table in part.tables.items():
        known = whole.tables.get(source)
        tables[source] = replace(table, columns={**known.columns, **table.columns}) if known else table
    return SourceMap(tables, part.values, {**whole.key_prefixes, **part.key_prefixes})


def present_columns(used: SourceMap, raw: RawExport) -> dict[str, dict[str, frozenset[str]]]:
    """Return file → canonical table → fields that the map fills from columns which that file's table has."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for source, table in used.tables.items():
        if table.table is None or source not in raw.tables:
            continue
        fields = _by_table(_fields(table, raw.tables[source].columns))
        for file in raw.tables[source].files:  # a file may give rows to a table and to views
            known = found.setdefault(file, {})
            known.update({name: known.get(name, frozenset()) | filled for name, filled in fields.items()})
    return found


def absent_columns(decided: SourceMap, present: Mapping[str, Mapping[str, frozenset[str]]]) -> dict[str, dict[str, frozenset[str]]]:
    """Return file → canonical table → fields that the decided map fills, from whichever source, and that file has no column for."""
    filled = _by_table([pair for table in decided.tables.values() if table.table is not None for pair in _fields(table, None)])
    return {
        file: {table: lacking for table, fields in filled.items() if (lacking := fields - tables.get(table, frozenset()))}
        for file, tables in present.items()
    }


def _by_table(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for table, field in pairs:
        found.setdefault(table, set()).add(field)
    return {table: frozenset(fields) for table, fields in found.items()}


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
