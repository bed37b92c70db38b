"""Whole records side by side: the cells of the files that a record was made of, and each field as planned, as sent, as it stands there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from migkit.compare import State
from migkit.load import Binder, Entry, Write
from migkit.model.among import among
from migkit.model.canonical import CanonicalSchema
from migkit.model.mapping import SourceMap
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM, DesiredRecord
from migkit.model.tables import CanonicalTables, RawExport

from .fields import FieldComparison

SAME, BY_RULE, DIFFERS = "same", "same by rule", "differs"
EMPTY_THERE, EMPTY_HERE, BOTH_EMPTY = "empty in Pipedrive", "only in Pipedrive", "both empty"

FIELDS = ["field", "planned", "sent", "in Pipedrive", "result", "why"]
CELLS = ["row", "file", "line", "column", "written", "field", "read as", "is_plain"]


@dataclass(frozen=True)
class Sides:
    """One record, side by side. Holds the patient's own values: mask them before they leave the practice."""

    key: str
    object: ObjectType
    target_id: int | str | None
    sources: tuple[str, ...]
    """Keys of the rows that it was made of."""
    fields: pd.DataFrame
    """One row per field that records of this kind have: field, planned, sent, in Pipedrive, result, why (a rule or a cause, "" else)."""

    @property
    def differs(self) -> bool:
        """True where a field is not as planned and nothing explains it."""
        return bool(self.fields["result"].isin([DIFFERS, EMPTY_THERE]).any())


def sides(
    record: DesiredRecord,
    entry: Entry,
    actual: Mapping[str, Any],
    compared: Iterable[FieldComparison],
    writes: Iterable[Write],
    binder: Binder,
    names: Collection[str],
) -> Sides:
    """Return a record that stands in Pipedrive, side by side.

    `names`: the planned fields of all records of its kind; those that this one does not have are *both empty*, or stand in Pipedrive alone.
    """
    sent: dict[str, Any] = {}
    for write in writes:
        sent |= write.body
    planned, found = record.unbound(), {one.result.field: one for one in compared}
    rows = []
    for name in sorted(names, key=lambda one: (one not in planned, one.startswith(CUSTOM), one)):
        bound = binder.name(record.object, name) or name
        there = actual.get(bound)
        told = (_words(binder, record.object, bound, value) for value in (sent.get(bound), there))
        rows.append((name.removeprefix(CUSTOM), planned.get(name), *told, *_result(name in planned, there, found.get(name))))
    return Sides(record.key, record.object, entry.target_id, record.sources, pd.DataFrame(rows, columns=FIELDS))


def cells(keys: Collection[str], raw: RawExport, tables: CanonicalTables, source_map: SourceMap, schema: CanonicalSchema) -> pd.DataFrame:
    """Return the cells of rows as they stand in the files, beside what they were read as.

    Columns: row, file, line, column, written, field, read as, is_plain. One row per column that is not empty; `field` is "" where the
    column has no home; `is_plain`: the field holds nothing personal.
    """
    found: list[tuple[Any, ...]] = []
    wanted = {(str(row["_file"]), int(row["_line"])): (name, row) for name, row in _typed(keys, tables)}
    lines = {line for _, line in wanted}
    for table in raw.tables.values():
        frame = table.frame[table.frame["_line"].isin(lines)]
        homes = source_map.tables[table.name].columns if table.name in source_map.tables else {}
        for position, at in enumerate(zip(frame["_file"], frame["_line"], strict=True)):
            if (typed := wanted.get((str(at[0]), int(at[1])))) is None:
                continue
            found += _cells(*typed, frame.iloc[position], {column.column: column.to or "" for column in homes.values()}, schema)
    return pd.DataFrame(found, columns=CELLS)


def _typed(keys: Collection[str], tables: CanonicalTables) -> Iterator[tuple[str, pd.Series]]:
    for name, frame in tables.frames.items():
        for _, row in frame[among(frame["_key"], keys)].iterrows():
            yield name, row


def _cells(
    table: str, typed: pd.Series, written: pd.Series, homes: Mapping[str, str], schema: CanonicalSchema
) -> Iterator[tuple[Any, ...]]:
    for column, text in written.items():
        if str(column).startswith("_") or pd.isna(text):
            continue
        home = homes.get(str(column), "")
        value = typed.get(home) if home else None
        known = schema[table].fields.get(home)
        yield (
            typed["_key"], typed["_file"], int(typed["_line"]), str(column), text, known.title if known else home.removeprefix(CUSTOM),
            _typed_value(value, known.type if known else ""), known is not None and known.sensitivity == "none",
        )  # fmt: skip


def _typed_value(value: Any, type: str) -> Any:
    """Return a typed value as people read it: money, which is held in cents, in whole units."""
    if value is None or pd.isna(value):
        return None
    return f"{value / 100:,.2f}" if type == "money" else value


def _result(is_planned: bool, actual: Any, compared: FieldComparison | None) -> tuple[str, str]:
    is_empty = actual is None or actual == "" or actual == [] or actual == {}
    if not is_planned:
        return (BOTH_EMPTY, "") if is_empty else (EMPTY_HERE, "")
    if compared is None:  # says what was sent, or cannot be set by this token
        return BY_RULE, "not-compared"
    if compared.result.state is State.DIFFERING:
        return (EMPTY_THERE if is_empty else DIFFERS), compared.cause
    return (SAME, "") if compared.result.state is State.EQUAL else (BY_RULE, compared.result.rule)


def _words(binder: Binder, object: ObjectType, name: str, value: Any) -> Any:
    """Return a value of Pipedrive as people read it: options by their label, an owner by e-mail."""
    if name == OBJECTS[object].other_names.get("owner_id", "owner_id"):
        return next((f"@user:{user.email}" for user in binder.account.users if user.id == value), value)
    labels = binder.options(object, name)
    if not labels:
        return value
    return [labels.get(item, item) for item in value] if isinstance(value, list) else labels.get(value, value)
