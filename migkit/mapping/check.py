"""What is wrong with a map as it stands, found where it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from migkit.model.canonical import CanonicalField, CanonicalSchema, CanonicalTable
from migkit.model.mapping import ColumnMap, SourceMap, TableMap
from migkit.model.outcomes import Finding
from migkit.source import is_of_lines

from .evidence import choices_of, field_of
from .proposals import Proposals
from .registers import BILLED, issuers


@dataclass(frozen=True)
class Limits:
    """What the target takes. Defaults: the smallest plan and the default map (Pipedrive's usage limits, seen 2026-11-22)."""

    custom_fields: int = 30
    """Custom fields that the account allows."""
    custom_fields_used: int = 24
    """Those that the account has and the default map needs."""
    short_text: int = 255
    """Characters of a `varchar` field, and of an option's label."""
    lengths: Mapping[str, int] = field(default_factory=dict)
    """`<canonical table>.<field>` → characters that its Pipedrive field takes, where that is limited."""


def conflicts(
    source_map: SourceMap, schema: CanonicalSchema, limits: Limits | None = None, proposals: Proposals | None = None
) -> list[Finding]:
    """Return what must be decided before the map can work; `keys` hold `source table.column`.

    Lengths of values and codes without a meaning are known only where the `proposals` (with their profiles) are given.
    """
    allowed = limits or Limits()
    found: list[Finding] = []
    for source, table in source_map.tables.items():
        if table.table is None:
            continue
        if table.table not in schema.tables:
            found.append(Finding.of("unknown-table", keys=(source,), source=source, target=table.table))
            continue
        found += _in_table(source, table, schema)
        if proposals is not None and source in proposals.tables:
            found += _too_long(source, table, allowed, proposals)
    found += _labels(source_map, allowed)
    if proposals is not None:
        found += _codes(source_map, schema, proposals)
    return found


def _in_table(source: str, table: TableMap, schema: CanonicalSchema) -> Iterable[Finding]:
    name = str(table.table)
    known, takers = choices_of(schema, name), _by_target(table.columns.values())
    for target, columns in takers.items():
        keys = tuple(f"{source}.{c}" for c in columns)
        if target not in known:
            yield Finding.of("unknown-field", table=name, field=target, count=1, keys=keys, column=columns[0], source=source, target=target)
        elif len(columns) > 1 and not field_of(schema, name, target).gathers:
            several = tuple(columns)
            yield Finding.of(
                "field-taken-twice", table=name, field=target, count=1, keys=keys, columns=several, source=source, target=target
            )
    if name in BILLED and (words := issuers(source, _free(table))):
        yield Finding.of("issued-by-another", table=name, count=1, keys=(source,), source=source, words=words, title=schema[name].title)
    for spec in _missing(schema[name], takers):
        yield Finding.of("required-field-missing", table=name, field=spec.name, keys=(source,), source=source, title=spec.title)
    for group in schema[name].essentials if not schema[name].joins and not is_of_lines(table, schema) else ():
        if any(schema[name].fields[field].required for field in group):
            continue
        if takers and not takers.keys() & {*group, *(f"{name}.{field}" for field in group)}:
            titles = " or ".join(schema[name].fields[field].title for field in group)
            yield Finding.of("essential-missing", table=name, field=group[0], keys=(source,), source=source, titles=titles)


def _free(table: TableMap) -> list[str]:
    return [column.column for column in table.columns.values() if not column.to and not column.new_field]


def _missing(table: CanonicalTable, takers: Mapping[str, list[str]]) -> list[CanonicalField]:
    """Return the required fields that no column means and nothing stands in for.

    A reference may be made by the name of what it refers to; rows without an id are told apart by the natural key, in
    which one column with the full name stands for first and last name.
    """
    named = set(takers) | ({"first_name", "last_name"} if "full_name" in takers else set())
    by_nature = table.natural_key != table.key and named.issuperset(table.natural_key)
    return [
        spec
        for name, spec in table.fields.items()
        if spec.required and name not in takers and spec.ref_name not in takers and not (name in table.key and by_nature)
    ]


def _by_target(columns: Iterable[ColumnMap]) -> dict[str, list[str]]:
    takers: dict[str, list[str]] = {}
    for column in columns:
        if column.to:
            takers.setdefault(column.to, []).append(column.column)
    return takers


def _too_long(source: str, table: TableMap, limits: Limits, proposals: Proposals) -> Iterable[Finding]:
    for column in table.columns.values():
        seen = proposals.tables[source].columns.get(column.column)
        room = _room(table, column, limits)
        if seen is not None and room is not None and seen.profile.max_length > room:
            place, longest = (f"{source}.{column.column}",), seen.profile.max_length
            about: dict[str, Any] = {"column": column.column, "source": source, "longest": longest, "room": room}
            yield Finding.of("text-too-long", table=table.table, field=column.to, keys=place, **about)


def _room(table: TableMap, column: ColumnMap, limits: Limits) -> int | None:
    """Return how many characters the column's Pipedrive field takes, None where no limit matters."""
    if column.new_field is not None:
        return limits.short_text if column.new_field.type in ("varchar", "enum", "set") else None
    return limits.lengths.get(column.to if "." in column.to else f"{table.table}.{column.to}") if column.to else None


def _labels(source_map: SourceMap, limits: Limits) -> Iterable[Finding]:
    made: dict[tuple[str, str], dict[str, list[str]]] = {}
    for source, table in source_map.tables.items():
        for column in table.columns.values():
            if table.table and column.new_field:
                made.setdefault((table.table, column.new_field.label.casefold()), {}).setdefault(column.new_field.type, []).append(
                    f"{source}.{column.column}"
                )
    for (table_name, label), types in made.items():
        if len(types) > 1:
            keys = tuple(key for columns in types.values() for key in columns)
            yield Finding.of("label-clash", table=table_name, count=1, keys=keys, label=label, types=tuple(types))
    free = max(limits.custom_fields - limits.custom_fields_used, 0)
    if len(made) > free:
        keys = tuple(key for types in made.values() for columns in types.values() for key in columns)[:20]
        yield Finding.of("custom-field-allowance", count=len(made), keys=keys, free=free, allowed=limits.custom_fields)


def _codes(source_map: SourceMap, schema: CanonicalSchema, proposals: Proposals) -> Iterable[Finding]:
    mapped = {
        c.to if "." in c.to else f"{t.table}.{c.to}" for t in source_map.tables.values() if t.table for c in t.columns.values() if c.to
    }
    for home, values in proposals.values.items():
        table, _, name = home.partition(".")
        if home not in mapped or not field_of(schema, table, name).meanings:
            continue
        open_values = [v for v in values if v.value not in source_map.values.get(home, {})]
        if open_values:
            rows = sum(v.rows for v in open_values)
            yield Finding.of("value-without-meaning", table=table, field=name, count=rows, keys=(home,), values=len(open_values), home=home)
