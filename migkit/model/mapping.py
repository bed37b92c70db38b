"""The confirmed map as a value: which source table and column means which canonical table and field.

The document (`decisions/mapping.yaml`) looks like this; `null` targets need a `reason`:

    version: 1
    tables:
      patients:                                  # source table name, as `source` stacked it
        table: patients                          # canonical table, or null (left out)
        reason: ""
        columns:
          Patient ID: {to: patient_id, state: confirmed, confidence: 0.99, equivalence: equal, by: demo, at: ..., comment: ""}
          Fav colour: {to: null, reason: "not needed", state: confirmed}
          Hygiene club: {new_field: {label: Hygiene club, type: enum}, state: confirmed}
    values:
      appointments.status: {"FTA": did_not_attend}   # canonical field → source value → canonical value
    key_prefixes: {Glebe: "G-", Patients Newtown.csv: "N-"}   # folder or file with numbers of its own → prefix of its ids

`state` is `proposed` until a person confirms it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import DataError

CUSTOM = "custom:"
"""Prefix of a typed column that carries a new custom field: `custom:Hygiene club`."""


STATES = ("proposed", "confirmed")
EQUIVALENCES = ("equal", "wider", "narrower", "inexact", "unmatched")
FIELD_TYPES = ("varchar", "text", "double", "monetary", "date", "enum", "set", "phone")
"""What a new custom field may be."""
SETTINGS = ("to", "new_field", "state", "confidence", "equivalence", "reason", "comment", "by", "at", "transform")
"""What may be said of a column."""


@dataclass(frozen=True)
class NewField:
    """A column without a canonical home that becomes a custom field of its table's primary object."""

    label: str
    type: str
    """One of FIELD_TYPES."""


@dataclass(frozen=True)
class ColumnMap:
    """What one source column means. Neither `to` nor `new_field`: left out, because of `reason`."""

    column: str
    to: str | None = None
    new_field: NewField | None = None
    state: str = "proposed"
    confidence: float | None = None
    equivalence: str = "equal"
    """One of EQUIVALENCES."""
    reason: str = ""
    comment: str = ""
    by: str = ""
    at: str = ""
    transform: str = ""
    """Name of a declared transform applied before typing, "" for none."""


@dataclass(frozen=True)
class TableMap:
    """What one source table means."""

    source: str
    table: str | None
    columns: Mapping[str, ColumnMap]
    reason: str = ""


@dataclass(frozen=True)
class SourceMap:
    """The whole map."""

    tables: Mapping[str, TableMap]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """`<canonical table>.<field>` → source value → canonical value."""
    key_prefixes: Mapping[str, str] = field(default_factory=dict)
    """Folder or file whose ids are its own → what is put before each of them."""


def parse_mapping(document: Mapping[str, Any]) -> SourceMap:
    """Return the map held in a parsed `mapping.yaml`. Raises DataError naming the table and column where it is malformed."""
    tables = {}
    for source, table in _mapping(document.get("tables"), "tables").items():
        where = f"table {source}"
        columns = _mapping(_mapping(table, where).get("columns"), f"{where}, columns")
        parsed = {name: _parse_column(name, _mapping(spec, f"{where}, column {name}"), where) for name, spec in columns.items()}
        tables[source] = TableMap(source, table.get("table"), parsed, table.get("reason", ""))
    values = {
        name: {str(k): str(v) for k, v in _mapping(pairs, f"values of {name}").items()}
        for name, pairs in _mapping(document.get("values"), "values").items()
    }
    prefixes = {str(place): str(prefix) for place, prefix in _mapping(document.get("key_prefixes"), "key_prefixes").items()}
    return SourceMap(tables, values, prefixes)


def dump_mapping(mapping: SourceMap) -> dict[str, Any]:
    """Return the plain document of a map, the inverse of `parse_mapping`; empty settings are left out."""
    tables = {}
    for source, table in mapping.tables.items():
        columns = {name: _dump_column(column) for name, column in table.columns.items()}
        tables[source] = {"table": table.table, "reason": table.reason, "columns": columns}
    document: dict[str, Any] = {"version": 1, "tables": tables, "values": {name: dict(pairs) for name, pairs in mapping.values.items()}}
    return document | ({"key_prefixes": dict(mapping.key_prefixes)} if mapping.key_prefixes else {})


def _parse_column(name: str, spec: Mapping[str, Any], table: str) -> ColumnMap:
    where = f"{table}, column {name}"
    unknown = sorted(str(key) for key in spec if key not in SETTINGS)
    if unknown:
        raise _malformed(where, f"{unknown[0]!r} is no setting of a column, which are {', '.join(SETTINGS)}")
    if spec.get("state", STATES[0]) not in STATES:
        raise _malformed(where, f"the state {spec['state']!r} must be {' or '.join(STATES)}")
    if not isinstance(spec.get("to"), str | None):
        raise _malformed(where, f"'to' must be the name of a field, not {spec['to']!r}")
    new = _mapping(spec.get("new_field"), f"{where}, new_field")
    if new and set(new) != {"label", "type"}:
        raise _malformed(where, "a new_field has a label and a type, nothing else")
    if new and new["type"] not in FIELD_TYPES:
        raise _malformed(where, f"the type {new['type']!r} of the new field must be one of {', '.join(FIELD_TYPES)}")
    if spec.get("equivalence", EQUIVALENCES[0]) not in EQUIVALENCES:
        raise _malformed(where, f"the equivalence {spec['equivalence']!r} must be one of {', '.join(EQUIVALENCES)}")
    if not isinstance(spec.get("confidence"), float | int | None):
        raise _malformed(where, f"the confidence {spec['confidence']!r} must be a number")
    rest = {key: value for key, value in spec.items() if key not in ("to", "new_field")}
    return ColumnMap(column=name, to=spec.get("to"), new_field=NewField(**new) if new else None, **rest)


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise _malformed(where, f"names and settings must stand here (name: setting), not {value!r}")
    return value


def _malformed(where: str, problem: str) -> DataError:
    return DataError(f"decisions/mapping.yaml, {where}: {problem}. Mend it by hand; nothing was changed.")


def _dump_column(column: ColumnMap) -> dict[str, Any]:
    spec: dict[str, Any] = {"to": column.to}
    if column.new_field:
        spec = {"new_field": {"label": column.new_field.label, "type": column.new_field.type}}
    for name in SETTINGS[2:]:
        value = getattr(column, name)
        if value not in ("", None):
            spec[name] = value
    return spec
