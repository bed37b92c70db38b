"""How the tables of one export hang together: keys, and the columns of other tables that hold their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from migkit.model.tables import RawExport

from .shapes import Profile

_SAMPLE = 300
"""Distinct values of a referring column that are looked up in a key."""
_FEW = 4
"""Different values below which numbers stand in any key by chance (chairs 1 and 2 are no patients)."""
_UNIQUE = 0.98
"""Share of different values from which a column can be a key: an overlap of two reports may repeat some rows."""

Column = tuple[str, str]
"""(source table, source column)."""


@dataclass(frozen=True)
class Structure:
    """The references between columns of an export, found in the values."""

    shares: Mapping[Column, Mapping[Column, float]]
    """Referring column → key column of another or the same table → share of its values found there (0.5 or more)."""

    def refers(self, column: Column, key: Column) -> float:
        """Return the share of the values of `column` that stand in `key`."""
        return self.shares.get(column, {}).get(key, 0.0)

    def referred_by(self, key: Column) -> list[Column]:
        """Return the columns of other tables whose values stand in `key`, in file order."""
        return [column for column, keys in self.shares.items() if key in keys and column[0] != key[0]]


def find_structure(raw: RawExport, profiles: Mapping[Column, Profile]) -> Structure:
    """Return which id-like columns hold the values of which keys."""
    idlike = {c: p for c, p in profiles.items() if p.filled >= 3 and p.share("id") >= 0.9 and p.share("date", "money") < 0.9}
    keys = {c: _values(raw, c) for c, p in idlike.items() if p.uniqueness >= _UNIQUE}
    shares: dict[Column, dict[Column, float]] = {}
    for column in idlike:
        sample = list(_values(raw, column, _SAMPLE))
        found = {}
        for key, known in keys.items():
            share = sum(value in known for value in sample) / len(sample) if key != column else 0.0
            if share >= 0.5 and len(sample) >= min(_FEW, len(known)):
                found[key] = share
        if found:
            shares[column] = found
    return Structure(shares)


_FEW_GROUPS, _MOST = 3, 0.5
"""Groups of several rows from which a share says something, and the share that is most of them."""


def constant_within(frame: pd.DataFrame, group: str, column: str) -> bool:
    """Return whether `column` has one value per value of `group`, where groups repeat."""
    known = frame[[group, column]].dropna(subset=[group]) if group != column else frame[[group]].iloc[:0]
    if known.empty or known[group].is_unique:
        return False
    return bool((known.groupby(group)[column].nunique(dropna=False) <= 1).mean() >= _UNIQUE)


def varies_within(frame: pd.DataFrame, group: str, column: str) -> bool:
    """Return whether `column` has several values for most values of `group` that have several rows."""
    known = frame[[group, column]].dropna()
    counted = known.groupby(group)[column].agg(["size", "nunique"])
    several = counted[counted["size"] > 1]
    return len(several) >= _FEW_GROUPS and bool((several["nunique"] > 1).mean() >= _MOST)


def _values(raw: RawExport, column: Column, most: int | None = None) -> set[str]:
    distinct = raw.tables[column[0]].frame[column[1]].dropna().drop_duplicates()
    return {str(value).strip() for value in (distinct.head(most) if most else distinct)}
