"""Cleaning that the analyst does by hand, registered so that the next export gets it too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from migkit.model.errors import DataError
from migkit.model.tables import CanonicalTables

from .columns import shown
from .log import REPAIR_COLUMNS

Change = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Cleaning:
    """One cleaning by hand: a pure function over a typed frame, with who made it and why."""

    name: str
    table: str
    """Canonical table."""
    change: Change
    """Typed frame → frame with the same rows, keys and columns; only values may differ."""
    by: str
    why: str


def apply_cleanings(tables: CanonicalTables, cleanings: Sequence[Cleaning]) -> CanonicalTables:
    """Apply the cleanings in order; each changed value becomes a repair with the rule `cleaning:<name>`.

    Raises DataError where a cleaning names no table, fails, or does more than change values.
    """
    frames, repairs = dict(tables.frames), [tables.repairs]
    for cleaning in cleanings:
        if cleaning.table not in frames:
            raise DataError(
                f"The cleaning {cleaning.name} is for {cleaning.table}, which is no canonical table: name one of {', '.join(frames)}."
            )
        before = frames[cleaning.table]
        after = _applied(cleaning, before.copy())
        repairs.append(_changes(cleaning, before, after))
        frames[cleaning.table] = after
    return replace(tables, frames=frames, repairs=pd.concat([part for part in repairs if len(part)] or [tables.repairs], ignore_index=True))


def _applied(cleaning: Cleaning, frame: pd.DataFrame) -> pd.DataFrame:
    keys, columns, dtypes = frame["_key"].copy(), list(frame.columns), frame.dtypes
    try:
        after = cleaning.change(frame)
        same = list(after.columns) == columns and after["_key"].reset_index(drop=True).equals(keys.reset_index(drop=True))
        after = after.astype(dtypes.to_dict()) if same else after
    except Exception as error:  # the analyst's own code may raise anything
        raise DataError(f"The cleaning {cleaning.name} failed ({type(error).__name__}): mend the function; nothing was changed.") from error
    if not same:
        raise DataError(
            f"The cleaning {cleaning.name} changed rows, keys or columns of {cleaning.table}: a cleaning may only change values."
        )
    return after.reset_index(drop=True)


def _changes(cleaning: Cleaning, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    parts = []
    before = before.reset_index(drop=True)
    for name in before.columns:
        if str(name).startswith("_"):
            continue
        left, right = before[name], after[name]
        rows = (left.isna() != right.isna()) | (left.notna() & right.notna() & left.ne(right).fillna(False))
        some = before[rows.astype(bool)]
        if len(some):
            parts.append(
                pd.DataFrame(
                    {
                        "table": cleaning.table,
                        "field": name,
                        "key": some["_key"].array,
                        "file": some["_file"].array,
                        "line": some["_line"].array,
                        "rule": f"cleaning:{cleaning.name}",
                        "before": [shown(value) for value in left[some.index]],
                        "after": [shown(value) for value in right[some.index]],
                    }
                )
            )
    text = dict.fromkeys((name for name in REPAIR_COLUMNS if name != "line"), "string")
    return (pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(REPAIR_COLUMNS))).astype({**text, "line": "Int64"})
