"""What columns of ids are called, and so by which number of another table they refer to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from migkit.model.canonical import CanonicalSchema
from migkit.model.mapping import SourceMap
from migkit.model.tables import RawExport, SourceTable
from migkit.model.words import spaced

from .log import Log
from .targets import FAMILIES, NUMBERS

_NUMBER = frozenset({"no", "nr", "num", "number"})
_NUMBER_OR_CODE = _NUMBER | {"id", "code"}
_SHORT = {"acc": "account", "acct": "account", "pat": "patient", "pt": "patient", "cust": "customer", "mem": "member"}
_OF_PATIENTS = frozenset({"patient", "client", "customer"})
"""Words that a header may have or lack: `Patient Ref` of the invoices is `Ref` of the patients."""


@dataclass(frozen=True)
class _Column:
    """A column that means a field of its own table."""

    table: str
    field: str
    source: SourceTable
    header: str


def files_by_number(
    raw: RawExport, source_map: SourceMap, schema: CanonicalSchema, numbers_of: Mapping[str, str]
) -> dict[tuple[str, str], frozenset[str]]:
    """Return (table, field) → files whose referring column is called like a number of what it refers to (`numbers_of`: table → field), and
    not like its id."""
    columns = list(_columns(raw, source_map, schema))
    found: dict[tuple[str, str], frozenset[str]] = {}
    for target, number in numbers_of.items():
        ids, numbers = (
            [one.header for one in columns if one.table == target and one.field == name] for name in (schema[target].key[0], number)
        )
        for one in columns:
            refers = schema[one.table].fields[one.field].ref == target and one.table != target
            if refers and any(_is_nearer(one.header, each, ids) for each in numbers):
                place = one.table, one.field
                found[place] = found.get(place, frozenset()) | frozenset(one.source.files)
    return found


def bare_columns(raw: RawExport, source_map: SourceMap, schema: CanonicalSchema) -> dict[tuple[str, str], frozenset[str]]:
    """Return (table, field) → files whose referring column is called by nothing but a word for a number."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for one in _columns(raw, source_map, schema):
        if not set(_words(one.header)) - _NUMBER_OR_CODE and schema[one.table].fields[one.field].ref:
            place = one.table, one.field
            found[place] = found.get(place, frozenset()) | frozenset(one.source.files)
    return found


def tell_ids_of_another_column(raw: RawExport, source_map: SourceMap, schema: CanonicalSchema, log: Log) -> None:
    """Say which columns are taken for the ids of a table, but are called like another column that stands beside these ids and has all
    their values: nearly every row would be somebody else's. A second number that a reference is called like is known (`resolve`)."""
    columns = list(_columns(raw, source_map, schema))
    for key in [one for one in columns if one.field == schema[one.table].key[0]]:
        beside = [one for one in columns if one.source is key.source]
        second = {one.header for one in beside if one.field in (NUMBERS.get(key.table), FAMILIES.get(key.table))}
        named = {one.header for one in beside if schema[one.table].fields[one.field].ref == key.table}
        for one in columns:
            is_key = (one.table, one.field) == (key.table, key.field)
            if one.source is key.source or not (is_key or schema[one.table].fields[one.field].ref == key.table):
                continue
            others = (name for name in key.source.columns if name not in (key.header, *named) and (is_key or name not in second))
            other = next((name for name in others if _is_nearer(one.header, name, [key.header])), None)
            if other is not None and _may_be_either(one, key, other):
                about = {"column": one.header, "source": one.source.name, "other": other, "name": key.source.name, "key": key.header}
                count = int(one.source.frame[one.header].count())
                log.find("id-of-another-column", one.table, one.source.files, one.field, count, target=key.table, **about)


def _may_be_either(one: _Column, key: _Column, other: str) -> bool:
    """Return whether all values of a column stand in the other one, some of them are ids, and the two are not the same.

    One that holds nothing but ids, some of them twice, each also beside itself, is no number of its own: it names a row of the table, as
    `Account Holder ID` does.
    """
    texts, ids, numbers = one.source.frame[one.header].dropna(), key.source.frame[key.header], key.source.frame[other]
    holders = ids.isin(numbers.dropna()) & numbers.notna()
    if numbers.dropna().isin(ids.dropna()).all() and numbers.dropna().duplicated().any() and ids[holders].eq(numbers[holders]).all():
        return False
    return bool(texts.isin(ids.dropna()).any() and texts.isin(numbers.dropna()).all() and ids[numbers.notna()].ne(numbers.dropna()).any())


def _columns(raw: RawExport, source_map: SourceMap, schema: CanonicalSchema) -> Iterator[_Column]:
    """Yield all columns that mean a field of their own table, or of the table whose records their rows repeat."""
    for one in source_map.tables.values():
        source = raw.tables.get(one.source)
        for column in one.columns.values() if one.table in schema.tables and source is not None else ():
            parent, _, name = (column.to or "").rpartition(".")
            table = parent or str(one.table)
            if source is not None and table in schema.tables and name in schema[table].fields and column.column in source.frame:
                yield _Column(table, name, source, column.column)


def _is_nearer(header: str, other: str, ids: Iterable[str]) -> bool:
    """Return whether a header is called like another one, and less like those of the ids: `Chart #` is `Chart Number`, `Client Code` is
    `Code` beside `Client ID`. The first spelling that is that of either decides."""
    known = [_spellings(one) for one in ids]
    for at, spelling in enumerate(_spellings(header)):
        if spelling and any(spelling == one[at] for one in known):
            return False
        if spelling and spelling == _spellings(other)[at]:
            return True
    return False


def _spellings(header: str) -> tuple[str, str, str]:
    """Return what a header is called: in all its words, without those for a number and a patient, in long words without codes and ids."""
    words = _words(header)
    plain = [word for word in words if word not in _NUMBER and word not in _OF_PATIENTS]
    long = [_SHORT.get(word, word) for word in words if word not in _NUMBER_OR_CODE]
    return " ".join(words), " ".join(plain), " ".join([word for word in long if word not in _OF_PATIENTS] or long)


def _words(header: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d+", spaced(header).casefold())
