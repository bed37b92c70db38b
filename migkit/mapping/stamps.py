"""When a row was entered is not when it happened: `created_at` is a payment's day only where nothing else is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .evidence import Evidence, field_of
from .key_headers import ELSEWHERE, OTHER

_ENTERED = "created"
"""The idea of a header that says when a row was entered."""
_AROUND = frozenset({_ENTERED, "date", "time", "at"})
"""Ideas that such a header may have beside it."""


def give_way(evidence: Evidence, table: str, columns: Sequence[str], targets: Sequence[str], odds: np.ndarray, least: float) -> np.ndarray:
    """Return what is added to the log-odds of columns that say only when a row was entered.

    Such a column is no day of the record that the row is part of, and gives way to another column that may be the day itself: one of which
    the log-odds are above `least`. Fields that hold when a row was entered are left as they are.
    """
    added = np.zeros(odds.shape)
    stamps = [i for i, column in enumerate(columns) if _is_stamp(evidence.matcher.lexicon.ideas(column))]
    others = np.delete(odds, stamps, axis=0)
    for j, target in enumerate(targets if stamps else ()):
        spec = field_of(evidence.schema, table, target)
        if "." in target and spec.type in ("date", "datetime"):
            added[stamps, j] = OTHER
        elif spec.type in ("date", "datetime") and not _holds_stamps(evidence, spec.name) and (others[:, j] > least).any():
            added[stamps, j] = ELSEWHERE
    return added


def _is_stamp(ideas: Sequence[str]) -> bool:
    return _ENTERED in ideas and _AROUND.issuperset(ideas)


def _holds_stamps(evidence: Evidence, field: str) -> bool:
    """Return whether a field is when a row was entered, by its own name; a booking is entered when it is booked."""
    return _ENTERED in evidence.matcher.lexicon.ideas(field) or field == "booked_at"
