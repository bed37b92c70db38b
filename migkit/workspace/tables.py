"""The one place that writes CSV: but in exports, no cell runs as a formula, and nobody but its owner reads it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migkit.model.formulas import neutral

from .files import moved_into_place

if TYPE_CHECKING:  # costs a second, and every command imports this room
    import pandas as pd


def csv_text(frame: pd.DataFrame, newline: str = "\n") -> str:
    """Return a table as CSV without its index; texts that a spreadsheet would run are neutralised."""
    from pandas.api.types import is_numeric_dtype

    safe = frame.copy()
    for place in range(frame.shape[1]):
        if not is_numeric_dtype(frame.iloc[:, place]):
            safe.isetitem(place, frame.iloc[:, place].astype("object").map(neutral, na_action="ignore"))
    safe = safe.set_axis([neutral(name) for name in frame.columns], axis="columns")
    return str(safe.to_csv(index=False, lineterminator=newline))


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV to `path`, for its owner alone."""
    with moved_into_place(path, newline="") as file:
        file.write(csv_text(frame))


def write_rows(rows: Iterable[Iterable[Any]], path: Path) -> None:
    """Write rows of cells as CSV that any spreadsheet opens in the right encoding, for its owner alone."""
    with moved_into_place(path, "utf-8-sig", newline="") as file:
        csv.writer(file).writerows([neutral(cell) for cell in row] for row in rows)


def write_as_received(rows: Iterable[Iterable[str]], path: Path) -> None:
    """Write rows that a source gave, cell by cell as it gave them: an export, which nothing may change."""
    with moved_into_place(path, newline="") as file:
        csv.writer(file).writerows(rows)
