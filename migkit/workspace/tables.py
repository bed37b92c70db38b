"""The one place that writes tables for people: CSV in which no cell is a formula.

A spreadsheet runs a cell that begins with `=`, `@`, a tab, or a sign before anything but a number, whoever typed it into the practice's
system. Such a cell gets an apostrophe before it, which spreadsheets take for "this is text".
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

from .files import PRIVATE

_FORMULA = re.compile(r"[=@\t\r\n＝＠]|[+\-＋－](?![\d\s().,/-]*\Z)")
"""What a spreadsheet would run; `+61 2 5550 1234`, `-12.50` and `-` are a number and a dash."""


def neutral(value: Any) -> Any:
    """Return a cell as it is, with an apostrophe before it where a spreadsheet would run it."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def csv_text(frame: pd.DataFrame) -> str:
    """Return a table as CSV, without its index."""
    safe = frame.copy()
    for number, kind in enumerate(frame.dtypes):
        if pd.api.types.is_object_dtype(kind) or isinstance(kind, pd.StringDtype | pd.CategoricalDtype):
            safe.isetitem(number, frame.iloc[:, number].astype("object").map(neutral, na_action="ignore"))
    safe.columns = pd.Index([neutral(name) for name in frame.columns])
    return str(safe.to_csv(index=False))


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV to `path`, for its owner alone."""
    with _private(path, "utf-8") as file:
        file.write(csv_text(frame))


def write_rows(rows: Iterable[Iterable[Any]], path: Path) -> None:
    """Write rows of cells as CSV that any spreadsheet opens in the right encoding, for its owner alone."""
    with _private(path, "utf-8-sig") as file:
        csv.writer(file).writerows([neutral(cell) for cell in row] for row in rows)


def _private(path: Path, encoding: str) -> TextIO:
    path.touch(mode=0o666 & ~PRIVATE)
    return path.open("w", encoding=encoding, newline="")
