"""Groups of columns that repeat beside each other with amounts in them: `Invoice 1, Amount 1, Invoice 2, Amount 2`. Each group is a row.

The first row is the physical one; the others stand for no row of their own (`_synthetic`). Amounts of the whole row stay with the first
alone, so that they count once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from migkit.model.tables import SourceTable

from .cells.money import parse_money
from .header import fold
from .layout import is_amount

_NUMBERED = re.compile(r"(?P<stem>.*[^\W\d_])[ _#.]*(?P<number>[1-9])$")
_MONEY = re.compile(r"amount|fee|total|price|paid|charge|cost|value|sum|gst|tax|discount|balance|owing|net|gross", re.IGNORECASE)
_LEAST = 2
"""Columns of a group, and groups, from which columns repeat."""

Groups = Mapping[int, Mapping[str, str]]
"""Number of the group → column without its number → column."""


def part_groups(table: SourceTable) -> tuple[SourceTable, tuple[str, ...]]:
    """Return the table with a row for each filled group of its repeating columns, and which these columns are; () where none repeat."""
    groups = find_groups(table)
    if not groups:
        return table, ()
    used = [column for one in groups.values() for column in one.values()]
    rest = [name for name in table.columns if name not in used]
    names = {stem: stem if fold(stem) not in map(fold, rest) else f"{stem} (each)" for stem in next(iter(groups.values()))}
    whole = [name for name in rest if _are_amounts(table.frame[name])]
    own = [name for name in table.frame.columns if str(name).startswith("_")]
    sums = _sums(table.frame, groups, whole)
    parts = []
    for one in groups.values():
        part = table.frame[rest].assign(**{names[stem]: table.frame[column] for stem, column in one.items()})
        parts.append(part.assign(**{name: table.frame[name] for name in own})[table.frame[list(one.values())].notna().any(axis=1)])
    left = table.frame.index.difference(pd.Index([row for part in parts for row in part.index]))
    stacked = pd.concat([*parts, table.frame.loc[left, [*rest, *own]]]).sort_index(kind="stable")
    further = stacked.index.duplicated()
    stacked.loc[further, [name for name in whole if _MONEY.search(name)]] = pd.NA
    stacked["_synthetic"] = pd.array(further, dtype="boolean")
    stacked = stacked.reset_index(drop=True).rename(columns={name: f"Sum of {text} ({name})" for name, text in sums.items()})
    columns = [name for name in stacked.columns if not str(name).startswith("_")]
    orders = {file: tuple("" if name in used else name for name in names) for file, names in table.orders.items()}
    return replace(table, frame=stacked[[*columns, *own, "_synthetic"]], orders=orders), tuple(used)


def find_groups(table: SourceTable) -> Groups:
    """Return the groups of columns, numbered from 1 without a gap, of which one holds amounts; none where nothing repeats so."""
    found: dict[int, dict[str, str]] = {}
    for name in table.columns:
        if numbered := _NUMBERED.fullmatch(name):
            found.setdefault(int(numbered["number"]), {})[numbered["stem"].strip(" _#.")] = name
    stems = set(found.get(_LEAST, ()))
    unnumbered = {stem: stem for stem in stems - set(found.get(1, ())) if stem in table.columns}
    if 1 not in found and set(unnumbered) == stems:
        found[1] = unnumbered
    alike = {
        number: dict(sorted(((stem, one[stem]) for stem in stems), key=lambda pair: table.columns.index(pair[1])))
        for number, one in found.items()
        if set(one) == stems
    }
    groups = {number: alike[number] for number in sorted(alike)}
    is_money = any(
        _MONEY.search(stem) and all(_are_amounts(table.frame[one[stem]]) for one in groups.values() if table.frame[one[stem]].notna().any())
        for stem in stems
    )
    whole = list(groups) == list(range(1, len(groups) + 1)) and len(groups) >= _LEAST and len(stems) >= _LEAST and set(found) == set(groups)
    return groups if whole and is_money else {}


def _sums(frame: pd.DataFrame, groups: Groups, whole: list[str]) -> dict[str, str]:
    """Return the columns that are the sum of one stem's columns in every row → that stem."""
    found: dict[str, str] = {}
    for stem in next(iter(groups.values())):
        columns = [one[stem] for one in groups.values()]
        if not _MONEY.search(stem):
            continue
        sums = sum(_cents(frame[column]).fillna(0) for column in columns)
        found |= {name: stem for name in whole if _cents(frame[name]).eq(sums).fillna(False).all()}
    return found


def _cents(texts: pd.Series) -> pd.Series:
    return texts.map({text: parse_money(str(text))[0] for text in texts.dropna().unique()}, na_action="ignore").astype("Float64")


def _are_amounts(texts: pd.Series) -> bool:
    known = [str(text) for text in texts.dropna().unique()]
    return all(map(is_amount, known)) and bool(known)
