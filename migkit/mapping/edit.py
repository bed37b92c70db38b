"""Decisions about the map: every edit returns a new map; nothing is written here.

A changed target goes back to `proposed` until it is confirmed, unless the edit names who made it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from migkit.model.errors import UsageError
from migkit.model.mapping import EQUIVALENCES, ColumnMap, NewField, SourceMap, TableMap

from .proposals import ColumnProposal, Proposals, TableProposal

CONFIRMED = "confirmed"
PROPOSED = "proposed"
NO_HOME = "no home was found"


def draft(proposals: Proposals) -> SourceMap:
    """Return the map as proposed: every column at state `proposed`; those without a home left out, with that as the reason."""
    tables = {source: draft_table(table) for source, table in proposals.tables.items()}
    values = {
        field: {v.value: v.choice for v in proposed if v.choice is not None}
        for field, proposed in proposals.values.items()
        if any(v.choice is not None for v in proposed)
    }
    return SourceMap(tables, values)


def draft_table(table: TableProposal) -> TableMap:
    """Return one table of the map as proposed."""
    columns = {name: draft_column(column) for name, column in table.columns.items()}
    explains = f"its words stand for the codes of {' and '.join(table.explains)}" if table.explains else ""
    return TableMap(table.source, table.table, columns, "" if table.table else explains or "no table proposed")


def draft_column(column: ColumnProposal) -> ColumnMap:
    """Return one column of the map as proposed."""
    confidence = round(column.confidence, 3)
    if column.choice is None:
        return ColumnMap(column.column, confidence=confidence, equivalence="unmatched", reason=NO_HOME)
    return ColumnMap(column.column, to=column.choice, confidence=confidence)


def confirm(
    source_map: SourceMap, *, table: str | None = None, column: str | None = None, by: str, at: str, threshold: float | None = None
) -> SourceMap:
    """Return the map with what is still proposed confirmed by `by` at `at` (ISO time).

    Without `table` the whole map, with `table` that source table, with `column` that column. `threshold`: only proposals
    of at least this confidence. Raises UsageError for a table or column that the map has not.
    """
    _must_name(by)
    if column is not None and table is None:
        raise UsageError(f"Confirming the column {column!r} needs its table too: nothing was confirmed.")
    for source in [table] if table is not None else list(source_map.tables):
        for name in [column] if column is not None else list(_table(source_map, source).columns):
            old = _column(source_map, source, name)
            if old.state != CONFIRMED and (threshold is None or (old.confidence or 0.0) >= threshold):
                source_map = _put(source_map, source, replace(old, state=CONFIRMED, by=by, at=at))
    return source_map


def reopen(source_map: SourceMap, table: str, column: str) -> SourceMap:
    """Return the map with a column back at `proposed`."""
    return _edit(source_map, table, column, lambda old: replace(old, state=PROPOSED, by="", at=""))


def set_table(source_map: SourceMap, table: TableMap) -> SourceMap:
    """Return the map with a whole source table replaced: what a person says the file is, with its columns proposed anew."""
    return replace(source_map, tables={**source_map.tables, table.source: table})


def leave_out_table(source_map: SourceMap, table: str, reason: str, *, by: str, at: str) -> SourceMap:
    """Return the map with a whole source table left out. Raises UsageError without a reason."""
    _must_say_why(reason)
    _must_name(by)
    old = _table(source_map, table)
    columns = {
        name: ColumnMap(
            name, state=CONFIRMED, confidence=c.confidence, equivalence="unmatched", reason=reason, comment=c.comment, by=by, at=at
        )
        for name, c in old.columns.items()
    }
    return set_table(source_map, TableMap(table, None, columns, reason))


def set_target(source_map: SourceMap, table: str, column: str, to: str, *, by: str, at: str, equivalence: str = "equal") -> SourceMap:
    """Return the map with a column meaning the field `to`, confirmed by `by`."""
    return _decide(source_map, table, column, by, at, to=to, new_field=None, reason="", equivalence=equivalence)


def set_new_field(source_map: SourceMap, table: str, column: str, new_field: NewField, *, by: str, at: str) -> SourceMap:
    """Return the map with a column that becomes a custom field of its own, confirmed by `by`."""
    return _decide(source_map, table, column, by, at, to=None, new_field=new_field, reason="", equivalence="equal")


def leave_out(source_map: SourceMap, table: str, column: str, reason: str, *, by: str, at: str) -> SourceMap:
    """Return the map with a column left out on purpose, confirmed by `by`. Raises UsageError without a reason."""
    _must_say_why(reason)
    return _decide(source_map, table, column, by, at, to=None, new_field=None, reason=reason, equivalence="unmatched", transform="")


def decide_as(source_map: SourceMap, table: str, other: str, column: str, *, by: str, at: str) -> SourceMap:
    """Return the map with a column decided as the one of the same header in the table `other`, confirmed by `by`."""
    said = _column(source_map, other, column)
    return _edit(source_map, table, column, lambda old: replace(said, state=CONFIRMED, confidence=old.confidence, by=by, at=at))


def set_transform(source_map: SourceMap, table: str, column: str, transform: str, *, by: str, at: str) -> SourceMap:
    """Return the map with a declared transform ("" for none) before a column's typing, confirmed by `by`."""
    return _decide(source_map, table, column, by, at, transform=transform)


def set_equivalence(source_map: SourceMap, table: str, column: str, equivalence: str) -> SourceMap:
    """Return the map with how well a column fits its target. Raises UsageError for another word than `EQUIVALENCES`."""
    if equivalence not in EQUIVALENCES:
        raise UsageError(f"{equivalence!r} is not an equivalence: choose one of {', '.join(EQUIVALENCES)}.")
    return _edit(source_map, table, column, lambda old: replace(old, equivalence=equivalence))


def set_comment(source_map: SourceMap, table: str, column: str, comment: str) -> SourceMap:
    """Return the map with a comment on a column."""
    return _edit(source_map, table, column, lambda old: replace(old, comment=comment))


def set_value(source_map: SourceMap, field: str, value: str, meaning: str | None) -> SourceMap:
    """Return the map with what the source value `value` of `<canonical table>.<field>` means; None forgets it."""
    pairs = {k: v for k, v in source_map.values.get(field, {}).items() if k != value}
    if meaning is not None:
        pairs[value] = meaning
    others = {name: known for name, known in source_map.values.items() if name != field}
    return replace(source_map, values=({**source_map.values, field: pairs} if pairs else others))


def set_key_prefix(source_map: SourceMap, place: str, prefix: str | None) -> SourceMap:
    """Return the map in which every id of the folder or file `place` begins with `prefix`; None: its ids are everybody's."""
    others = {name: known for name, known in source_map.key_prefixes.items() if name != place}
    return replace(source_map, key_prefixes=others if prefix is None else {**others, place: prefix})


def unconfirmed(source_map: SourceMap) -> list[tuple[str, str]]:
    """Return (source table, column) of everything that still waits for a person, in file order."""
    return [(source, c.column) for source, table in source_map.tables.items() for c in table.columns.values() if c.state != CONFIRMED]


@dataclass(frozen=True)
class Progress:
    """How far the review is, in columns."""

    total: int
    mapped: int
    """Confirmed with a target or a new field."""
    ignored: int
    """Confirmed as left out."""
    left: int

    @property
    def reviewed(self) -> int:
        """Columns that a person confirmed."""
        return self.mapped + self.ignored


def progress(source_map: SourceMap, table: str | None = None) -> Progress:
    """Return how far the review of the whole map, or of one source table, is."""
    tables = [_table(source_map, table)] if table is not None else list(source_map.tables.values())
    columns = [c for t in tables for c in t.columns.values()]
    done = [c for c in columns if c.state == CONFIRMED]
    mapped = sum(1 for c in done if c.to or c.new_field)
    return Progress(len(columns), mapped, len(done) - mapped, len(columns) - len(done))


def map_digest(source_map: SourceMap) -> str:
    """Return the hash that the mapping gate is bound to: tables, column set, confirmed meanings, transforms and value maps.

    Comments, times, names, confidences and the order of tables or columns are no part of it.
    """
    tables = {
        source: [table.table, {name: _meaning(c) if c.state == CONFIRMED else "unconfirmed" for name, c in table.columns.items()}]
        for source, table in source_map.tables.items()
    }
    meant: list[object] = [tables, {f: dict(v) for f, v in source_map.values.items()}]
    if source_map.key_prefixes:
        meant.append(dict(source_map.key_prefixes))
    text = json.dumps(meant, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _meaning(column: ColumnMap) -> list[str | None]:
    new = column.new_field
    return [column.to, new.label if new else None, new.type if new else None, column.transform]


def _table(source_map: SourceMap, table: str) -> TableMap:
    if table not in source_map.tables:
        raise UsageError(f"The map has no source table {table!r}: it has {', '.join(source_map.tables) or 'none'}.")
    return source_map.tables[table]


def _column(source_map: SourceMap, table: str, column: str) -> ColumnMap:
    columns: Mapping[str, ColumnMap] = _table(source_map, table).columns
    if column not in columns:
        raise UsageError(f"The source table {table!r} has no column {column!r}: it has {', '.join(columns) or 'none'}.")
    return columns[column]


def _edit(source_map: SourceMap, table: str, column: str, change: Callable[[ColumnMap], ColumnMap]) -> SourceMap:
    return _put(source_map, table, change(_column(source_map, table, column)))


def _decide(source_map: SourceMap, table: str, column: str, by: str, at: str, **settings: object) -> SourceMap:
    _must_name(by)
    return _edit(source_map, table, column, lambda old: replace(old, state=CONFIRMED, by=by, at=at, **settings))  # type: ignore[arg-type]


def _put(source_map: SourceMap, table: str, column: ColumnMap) -> SourceMap:
    old = source_map.tables[table]
    return set_table(source_map, replace(old, columns={**old.columns, column.column: column}))


def _must_name(by: str) -> None:
    if not by.strip():
        raise UsageError("A decision needs a name: say who confirms it. Nothing was changed.")


def _must_say_why(reason: str) -> None:
    if not reason.strip():
        raise UsageError("Leaving something out needs a reason: say why. Nothing was changed.")
