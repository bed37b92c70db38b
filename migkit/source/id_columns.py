"""What columns of ids are called, and so by which number of another table they refer to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migkit.model.canonical import CanonicalSchema
from migkit.model.mapping import SourceMap
from migkit.model.tables import RawExport, SourceTable

from .log import Log
from .targets import NUMBERS

_NUMBER_WORDS = re.compile(r"\b(?:no|nr|num|number|id|code)\b\.?|#")
_SHORT = {"acc": "account", "acct": "account", "pat": "patient", "pt": "patient", "cust": "customer", "mem": "member"}
_OF_PATIENTS = frozenset({"patient", "client", "customer"})
"""Words that a header may have or lack: `Patient Ref` of the invoices is `Ref` of the patients."""


@dataclass(frozen=True)
class _Column:
    """A column that means a field of its own table."""

    table: str
    field: str
    called: str
    source: SourceTable
    header: str


def files_by_number(raw: RawExport, source_map: SourceMap, schema: CanonicalSchema) -> dict[tuple[str, str], frozenset[str]]:
    """Return (table, field) → files whose referring column is called like the second number of what it refers to."""

    columns = list(_columns(raw, source_map, schema))

    def headers(table: str, field: str) -> set[str]:
        return {one.called for one in columns if (one.table, one.field) == (table, field)}

    second = {
        table: headers(table, number) - headers(table, schema[table].key[0]) for table, number in NUMBERS.items() if table in schema.tables
    }
    found: dict[tuple[str, str], frozenset[str]] = {}
    for one in columns:
        target = schema[one.table].fields[one.field].ref
        if target != one.table and one.called in second.get(target or "", ()):
            found[one.table, one.field] = found.get((one.table, one.field), frozenset()) | frozenset(one.source.files)
    return found


def bare_columns(raw: RawExport, source_map: SourceMap, schema: CanonicalSchema) -> dict[tuple[str, str], frozenset[str]]:
    """Return (table, field) → files whose referring column is called by nothing but a word for a number."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for one in _columns(raw, source_map, schema):
        if not one.called and schema[one.table].fields[one.field].ref:
            found[one.table, one.field] = found.get((one.table, one.field), frozenset()) | frozenset(one.source.files)
    return found


def tell_ids_of_another_column(raw: RawExport, source_map: SourceMap, schema: CanonicalSchema, log: Log) -> None:
    """Say which columns are taken for patients' ids, but are called like another column that stands beside the patients' own ids and has
    all their values: nearly every row would be somebody else's. One that is mapped as the patients' second number is known (`resolve`)."""
    columns = list(_columns(raw, source_map, schema))
    for key in [one for one in columns if (one.table, one.field) == ("patients", schema["patients"].key[0])]:
        second = {one.header for one in columns if one.source is key.source and one.field == NUMBERS["patients"]}
        beside = {_called(name): name for name in key.source.columns if name != key.header and name not in second}
        for one in columns:
            is_id = schema[one.table].fields[one.field].ref == "patients" or (one.table, one.field) == (key.table, key.field)
            if not is_id or one.source is key.source or one.called in ("", key.called, *_OF_PATIENTS) or one.called not in beside:
                continue
            texts, other = one.source.frame[one.header].dropna(), beside[one.called]
            known, ids = key.source.frame[other].dropna(), key.source.frame[key.header].dropna()
            if texts.isin(ids).any() and texts.isin(known).all():
                log.find(
                    "id-of-another-column",
                    one.table,
                    one.source.files,
                    one.field,
                    len(texts),
                    column=one.header,
                    other=other,
                    name=key.source.name,
                    key=key.header,
                )


def _columns(raw: RawExport, source_map: SourceMap, schema: CanonicalSchema) -> Iterator[_Column]:
    """Yield all columns that mean a field of their own table."""
    for one in source_map.tables.values():
        source = raw.tables.get(one.source)
        for column in one.columns.values() if one.table in schema.tables and source is not None else ():
            if source is not None and column.to in schema[str(one.table)].fields and column.column in source.frame:
                yield _Column(str(one.table), str(column.to), _called(column.column), source, column.column)


def _called(header: str) -> str:
    """Return what a header is called apart from the words for a number, and for patients unless it is called nothing else: `Chart #`,
    `Chart No` and `Patient Chart Number` are one."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header).replace("_", " ").casefold()
    words = [_SHORT.get(word, word) for word in re.findall(r"[^\W\d_]+|\d+", _NUMBER_WORDS.sub(" ", plain))]
    return " ".join([word for word in words if word not in _OF_PATIENTS] or words)
