"""Tables that explain the codes of other tables: `appointment_types` with ID and Name, a sheet called Legend with Code and Meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from migkit.model.tables import RawExport, SourceTable

from .names import Lexicon, squeeze

_COLUMNS = 8
"""Columns that such a table may have: a colour, a length and an order stand beside the words."""
_ROWS = 500
_CODE = 16
"""Characters of the longest code; what is longer explains itself."""
_LEAST = 2
"""Different codes that must be explained where nothing but the codes says which column they are of."""
_MISSING = 0.2
"""Share of a column's codes that a table called after the column may lack: types that were deleted since."""
_GENERAL = frozenset(
    {"id", "code", "lookup", "lkp", "legend", "key", "value", "definition", "description", "meaning", "reference", "ref", "lu", "dim", "no"}
    | {"number", "name", "label", "system", "option", "setup", "setting", "uuid", "column", "field", "category", "used"}
)
"""Ideas of a name or header that do not say what is explained."""
_WORDS = ("name", "description", "meaning", "label", "title", "text", "definition", "explanation", "value")
"""Ideas of the header of what a code means, the likelier first."""
_KEYS = ("id", "code", "key", "number", "abbreviation", "short")


@dataclass(frozen=True)
class Lookup:
    """Codes with what they mean, as one table (or the part of a table that is about one column) has them."""

    source: str
    """The table that says so."""
    about: frozenset[str]
    """Ideas of what is explained (appointment, type); empty where neither name nor headers say it."""
    headers: frozenset[str]
    """Headers that are explained, as spelled without spaces and case: `TypeID`."""
    words: Mapping[str, str]
    """Code, in a comparable form → words."""
    said_in: str = ""
    """`table.column` that holds the words."""


@dataclass(frozen=True)
class Explained:
    """A column's codes that a table explains."""

    source: str
    words: Mapping[str, str]
    """Code, as the column spells it → words."""
    said_in: str = ""
    """`table.column` that holds the words."""


def find_lookups(raw: RawExport, homes: Mapping[str, str | None], lexicon: Lexicon) -> tuple[Lookup, ...]:
    """Return what tables without a home among the canonical ones (`homes`) explain."""
    found: list[Lookup] = []
    for name, table in raw.tables.items():
        if homes.get(name) is None and 1 < len(table.columns) <= _COLUMNS and 0 < len(table.frame) <= _ROWS:
            found += _read(table, lexicon)
    return tuple(found)


def explain(values: pd.Series, header: str, table: str, lookups: tuple[Lookup, ...], lexicon: Lexicon) -> Explained | None:
    """Return what the one lookup says that is about a column's values (text, without NA), None where none or several are.

    A lookup is about a column that it is called after, or whose codes (not mere numbers, which every list has) it alone explains.
    """
    spellings = [str(value) for value in values.unique()]
    codes = {spelling: _plain(spelling) for spelling in spellings}
    ideas = frozenset(lexicon.ideas(header)) - _GENERAL
    around = ideas | frozenset(lexicon.ideas(table))
    ranked: list[tuple[int, Lookup]] = []
    for lookup in lookups:
        known = [code for code in codes.values() if code in lookup.words]
        if not known or _says_words(spellings, lookup):
            continue
        if squeeze(header) in lookup.headers or (lookup.about & ideas and lookup.about <= around and _is_about(header, lookup, lexicon)):
            if len(known) >= (1 - _MISSING) * len(codes):
                ranked.append((1 + len(lookup.about & around), lookup))
        elif not lookup.about and len(known) == len(codes) >= _LEAST and not all(code.isdecimal() for code in known):
            ranked.append((0, lookup))
    best = max((rank for rank, _ in ranked), default=0)
    first = [lookup for rank, lookup in ranked if rank == best]
    if not first or any(one.words.get(code) != first[0].words.get(code) for one in first[1:] for code in codes.values()):
        return None
    words = {spelling: first[0].words[code] for spelling, code in codes.items() if code in first[0].words}
    return Explained(first[0].source, words, first[0].said_in)


def _is_about(header: str, lookup: Lookup, lexicon: Lexicon) -> bool:
    """Return whether what a header says last is what a lookup is about: the `ProcStatus` of procedures is no procedure."""
    said = [idea for idea in lexicon.ideas(header) if idea not in _GENERAL]
    return bool(said) and said[-1] in lookup.about


def _read(table: SourceTable, lexicon: Lexicon) -> Iterator[Lookup]:
    ideas = {column: frozenset(lexicon.ideas(column)) for column in table.columns}
    key, words = _columns(table, ideas)
    if not key or not words:
        return
    kinds = [one for one in table.columns if one not in (key, words) and _parts(table.frame, one, key)]
    called = frozenset(idea for name in table.names for idea in lexicon.ideas(name)) - lexicon.file_words - _GENERAL
    if not table.frame[key].map(_plain, na_action="ignore").duplicated().any():
        headers = frozenset({squeeze(key)}) if ideas[key] - _GENERAL else frozenset[str]()
        yield Lookup(table.name, called or ideas[key] - _GENERAL, headers, _pairs(table.frame, key, words), f"{table.name}.{words}")
    elif kinds:
        for kind, rows in table.frame.groupby(kinds[0], sort=False):
            about = frozenset(lexicon.ideas(str(kind).replace(".", " "))) - _GENERAL
            headers = frozenset({squeeze(str(kind)), squeeze(re.split(r"[./]", str(kind))[-1])})
            yield Lookup(table.name, about, headers, _pairs(rows, key, words), f"{table.name}.{words}")


def _columns(table: SourceTable, ideas: Mapping[str, frozenset[str]]) -> tuple[str, str]:
    """Return the column of the codes and that of their words, "" where there is none."""
    filled = [column for column in table.columns if table.frame[column].notna().all()]
    keys = [one for one in filled if table.frame[one].str.strip().str.len().max() <= _CODE]
    called = sorted((one for one in keys if not ideas[one].isdisjoint(_KEYS)), key=lambda one: _first(ideas[one], _KEYS))
    key = next(iter([*called, *(keys[:1] if len(table.columns) <= _LEAST + 1 else [])]), "")
    texts = [one for one in table.columns if one != key and table.frame[one].str.contains(r"[^\W\d_]{2}", na=False).mean() > 1 / 2]
    said = sorted((one for one in texts if not ideas[one].isdisjoint(_WORDS)), key=lambda one: _first(ideas[one], _WORDS))
    return key, next(iter([*said, *(texts if len(table.columns) == _LEAST else [])]), "")


def _first(ideas: frozenset[str], ordered: tuple[str, ...]) -> int:
    return min(at for at, idea in enumerate(ordered) if idea in ideas)


def _parts(frame: pd.DataFrame, column: str, key: str) -> bool:
    """Return whether a column parts a table into lists, in each of which a code stands once."""
    return bool(frame[column].notna().all()) and not frame.assign(_code=frame[key].map(_plain)).duplicated([column, "_code"]).any()


def _pairs(rows: pd.DataFrame, key: str, words: str) -> Mapping[str, str]:
    said = rows[[key, words]].dropna()
    return {_plain(str(code)): str(text).strip() for code, text in zip(said[key], said[words], strict=True)}


def _says_words(spellings: list[str], lookup: Lookup) -> bool:
    """Return whether a column holds the words rather than the codes."""
    words = {squeeze(text) for text in lookup.words.values()}
    return sum(squeeze(one) in words for one in spellings) > len(spellings) / 2


def _plain(code: str) -> str:
    """Return a code such that `01`, `1` and `1.0` are the same, and `fta` and `FTA`."""
    folded = code.strip().casefold()
    return folded.removesuffix(".0").lstrip("0") or "0" if re.fullmatch(r"\d+(?:\.0)?", folded) else folded
