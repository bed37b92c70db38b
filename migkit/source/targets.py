"""The tables that rows can refer to: their ids, second numbers and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from migkit.model.canonical import CanonicalSchema

from .names import NameIndex, index_names
from .namesakes import Particulars, read_particulars

NUMBERS = {"patients": "patient_number", "practitioners": "code"}
"""Second column of a table by which others may refer to it."""
FAMILIES = {"patients": "family_id"}
"""Column of a table with a number that several rows share (a family's account), by which others may refer where theirs is called so."""
_FURTHER = {"practitioners": ("provider_number",)}
"""Columns that may be what others refer to where the second one is not: initials that a list calls `Provider`."""


@dataclass
class Targets:
    """The tables that can be referred to so far."""

    schema: CanonicalSchema
    frames: Mapping[str, pd.DataFrame]
    held: dict[str, set[str]] = field(default_factory=dict)
    """Table → ids of rows that are held: known, but not going on."""
    _ids: dict[str, set[str]] = field(default_factory=dict)
    _names: dict[str, NameIndex] = field(default_factory=dict)
    _numbers: dict[str, dict[str, str]] = field(default_factory=dict)
    _particulars: Particulars | None = None
    missing: dict[str, set[str]] = field(default_factory=dict)
    """Table → ids that are referred to and nowhere to be found."""
    without_patient: dict[str, list[str]] = field(default_factory=dict)
    """Table → keys of held rows that name no patient at all."""
    by_number: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """(table, field) → files whose column is called like the second number of what it refers to (`Old Patient No`)."""
    by_family: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """(table, field) → files whose column is called like the number of a family of what it refers to (`Account ID`)."""
    bare: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """(table, field) → files whose column has no name but a word for a number (`No`, `#`): perhaps the row's own."""
    prefixes: frozenset[str] = frozenset()
    """What ids of single folders or files begin with; a table that all of them share has none."""

    def frame(self, table: str) -> pd.DataFrame | None:
        """Return the typed table, None where the export has none."""
        return self.frames.get(table)

    def key(self, table: str) -> str:
        """Return the id field of a table."""
        return self.schema[table].key[0]

    def ids(self, table: str) -> set[str]:
        """Return all ids of a table."""
        if table not in self._ids:
            frame = self.frame(table)
            self._ids[table] = set() if frame is None else set(frame[self.key(table)].dropna().astype(str))
        return self._ids[table]

    def numbers(self, table: str) -> dict[str, str]:
        """Return second number → id, only where one row has the number."""
        if table not in self._numbers:
            pairs: dict[str, str] = {}
            if (frame := self.frame(table)) is not None and table in NUMBERS:
                for column in (*_FURTHER.get(table, ()), NUMBERS[table]):
                    if frame[column].isna().all():
                        continue
                    known = frame.loc[frame[column].notna(), [self.key(table), column]].drop_duplicates(column, keep=False)
                    pairs |= dict(zip(known[column].astype(str), known[self.key(table)].astype(str), strict=True))
            self._numbers[table] = pairs
        return self._numbers[table]

    def shared_numbers(self, table: str) -> dict[str, tuple[str, ...]]:
        """Return second number → ids, where several rows have the number: a family's account."""
        frame, column = self.frame(table), NUMBERS.get(table)
        if frame is None or column is None or frame[column].isna().all():
            return {}
        members = self._members(table, column, frame[column].duplicated(keep=False))
        return {number: ids for number, ids in members.items() if len(set(ids)) > 1}

    def families(self, table: str) -> dict[str, tuple[str, ...]]:
        """Return number of a family → ids of its members; {} where the numbers are ids of one of them, as those of account holders are."""
        frame, column = self.frame(table), FAMILIES.get(table)
        if frame is None or column is None:
            return {}
        members = self._members(table, column, pd.Series(True, frame.index))
        are_ids = all(number in ids for number, ids in members.items() if number in self.ids(table))
        return {} if members.keys() <= self.ids(table) and are_ids else members

    def _members(self, table: str, column: str, rows: pd.Series) -> dict[str, tuple[str, ...]]:
        """Return number in a column → ids of those of these rows that have it."""
        known = self.frames[table].loc[rows & self.frames[table][column].notna(), [column, self.key(table)]].astype(str)
        members: dict[str, list[str]] = {}
        for number, one in known.itertuples(index=False):
            members.setdefault(number, []).append(one)
        return {number: tuple(ids) for number, ids in members.items()}

    def particulars(self) -> Particulars:
        """Return what the patients' own rows say of each."""
        if self._particulars is None:
            self._particulars = read_particulars(self.frame("patients"))
        return self._particulars

    def names(self, table: str) -> NameIndex:
        """Return the index of a table's names."""
        if table not in self._names:
            frame = self.frame(table)
            self._names[table] = index_names(pd.DataFrame() if frame is None else frame, self.key(table))
        return self._names[table]
