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

`state` is `proposed` until a person confirms it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CUSTOM = "custom:"
"""Prefix of a typed column that carries a new custom field: `custom:Hygiene club`."""


@dataclass(frozen=True)
class NewField:
    """A column without a canonical home that becomes a custom field of its table's primary object."""

    label: str
    type: str
    """varchar | text | double | monetary | date | enum | set | phone."""


@dataclass(frozen=True)
class ColumnMap:
    """What one source column means. Neither `to` nor `new_field`: left out, because of `reason`."""

    column: str
    to: str | None = None
    new_field: NewField | None = None
    state: str = "proposed"
    confidence: float | None = None
    equivalence: str = "equal"
    """equal | wider | narrower | inexact | unmatched."""
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


def parse_mapping(document: Mapping[str, Any]) -> SourceMap:
    """Return the map held in a parsed `mapping.yaml`. Raises KeyError/TypeError on a malformed document."""
    tables = {}
    for source, table in (document.get("tables") or {}).items():
        columns = {name: _parse_column(name, spec or {}) for name, spec in (table.get("columns") or {}).items()}
        tables[source] = TableMap(source, table.get("table"), columns, table.get("reason", ""))
    values = {name: {str(k): str(v) for k, v in pairs.items()} for name, pairs in (document.get("values") or {}).items()}
    return SourceMap(tables, values)


def dump_mapping(mapping: SourceMap) -> dict[str, Any]:
    """Return the plain document of a map, the inverse of `parse_mapping`; empty settings are left out."""
    tables = {}
    for source, table in mapping.tables.items():
        columns = {name: _dump_column(column) for name, column in table.columns.items()}
        tables[source] = {"table": table.table, "reason": table.reason, "columns": columns}
    return {"version": 1, "tables": tables, "values": {name: dict(pairs) for name, pairs in mapping.values.items()}}


def _parse_column(name: str, spec: Mapping[str, Any]) -> ColumnMap:
    new = spec.get("new_field")
    rest = {key: value for key, value in spec.items() if key not in ("to", "new_field")}
    return ColumnMap(column=name, to=spec.get("to"), new_field=NewField(**new) if new else None, **rest)


def _dump_column(column: ColumnMap) -> dict[str, Any]:
    spec: dict[str, Any] = {"to": column.to}
    if column.new_field:
        spec = {"new_field": {"label": column.new_field.label, "type": column.new_field.type}}
    for name in ("state", "confidence", "equivalence", "reason", "comment", "by", "at", "transform"):
        value = getattr(column, name)
        if value not in ("", None):
            spec[name] = value
    return spec
