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
class Step:
    """One cleaning by hand: a pure function over a typed frame, with who made it and why."""

    name: str
    table: str
    """Canonical table."""
    change: Change
    """Typed frame → frame with the same rows, keys and columns; only values may differ."""
    by: str
    why: str


def apply_steps(tables: CanonicalTables, steps: Sequence[Step]) -> CanonicalTables:
    """Apply the steps in order; each changed value becomes a repair with the rule `step:<name>`.

    Raises DataError where a step names no table, fails, or does more than change values.
    """
    frames, repairs = dict(tables.frames), [tables.repairs]
    for step in steps:
        if step.table not in frames:
            raise DataError(
                f"The cleaning step {step.name} is for {step.table}, which is no canonical table: name one of {', '.join(frames)}."
            )
        before = frames[step.table]
        after = _applied(step, before.copy())
        repairs.append(_changes(step, before, after))
        frames[step.table] = after
    return replace(tables, frames=frames, repairs=pd.concat([part for part in repairs if len(part)] or [tables.repairs], ignore_index=True))


def _applied(step: Step, frame: pd.DataFrame) -> pd.DataFrame:
    keys, columns, dtypes = frame["_key"].copy(), list(frame.columns), frame.dtypes
    try:
        after = step.change(frame)
        same = list(after.columns) == columns and after["_key"].reset_index(drop=True).equals(keys.reset_index(drop=True))
        after = after.astype(dtypes.to_dict()) if same else after
    except Exception as error:  # the analyst's own code may raise anything
        raise DataError(
            f"The cleaning step {step.name} failed ({type(error).__name__}): mend the function; nothing was changed."
        ) from error
    if not same:
        raise DataError(f"The cleaning step {step.name} changed rows, keys or columns of {step.table}: a step may only change values.")
    return after.reset_index(drop=True)


def _changes(step: Step, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
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
                        "table": step.table,
                        "field": name,
                        "key": some["_key"].array,
                        "file": some["_file"].array,
                        "line": some["_line"].array,
                        "rule": f"step:{step.name}",
                        "before": [shown(value) for value in left[some.index]],
                        "after": [shown(value) for value in right[some.index]],
                    }
                )
            )
    text = dict.fromkeys((name for name in REPAIR_COLUMNS if name != "line"), "string")
    return (pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(REPAIR_COLUMNS))).astype({**text, "line": "Int64"})
