"""Whose names a column holds: the patients' or the staff's, by the names that their own tables list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from .evidence import Evidence, Names
from .structure import Column

NAMED: Mapping[str, str] = {"patient_name": "patients", "practitioner_name": "practitioners"}
"""Field of a row that names somebody → table of those whom it names."""
_MOST, _HARDLY = 0.8, 0.2
"""Share of the different names that must stand in one table, and may stand in the other at most."""
_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "mstr", "master", "dr", "prof"})


def names_of(frame: pd.DataFrame, whole: str | None, first: str | None, last: str | None) -> Names:
    """Return the names that a table of people lists, in one column or in two."""
    if whole:
        return _names(frame[whole].dropna().unique())
    return _names(frame[first].fillna("") + " " + frame[last].fillna("")) if first and last else frozenset()


def whose_names(evidence: Evidence, people: Mapping[str, Names], column: Column) -> str | None:
    """Return the one table of people that lists nearly all names of a column, None where none does, or several do."""
    words = evidence.export.words.get(column)
    names = _names(words) if words else _names(evidence.export.raw.tables[column[0]].frame[column[1]].dropna().unique())
    if not names:
        return None
    shares = {table: len(names & known) / len(names) for table, known in people.items() if known}
    found = [table for table, share in shares.items() if share >= _MOST]
    return found[0] if len(found) == 1 and all(share <= _HARDLY for table, share in shares.items() if table != found[0]) else None


def are_nobodys(evidence: Evidence, people: Names | None, column: Column) -> bool:
    """Return whether the export lists such people, and a column has names of which it lists none."""
    names = _names(evidence.export.raw.tables[column[0]].frame[column[1]].dropna().unique())
    return bool(people and names) and not names & (people or frozenset())


def _names(values: Iterable[object]) -> Names:
    words = (frozenset(_WORD.findall(str(value).lower())) - _TITLES for value in values)
    return frozenset(one for one in words if len(one) > 1)
