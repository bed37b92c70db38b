"""The rows of typed tables as plain Python, and the order of their keys.

A row is a place in columns, not a dictionary of its own: planning holds the rows of all tables at once, two million of a large
practice, and a dictionary takes half a kilobyte to one and a half for each (`docs/performance.md`).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
import pyarrow as pa

Row = Mapping[str, Any]
"""One typed row as plain Python: NA is None, dates are datetime, money is int cents; `_table` names its table."""

_DIGITS = "0123456789"
_PARTS = re.compile(r"[0-9]+|[^0-9]+")
_TIED, _END, _NUMBER = "\x00", "\x01", "\x02"
"""Marks in a sort key, below whatever a key is written with: the end of one with leading zeros, the end, and a number."""


class TableRow(Mapping[str, Any]):
    """A row of a table: where its values stand in the table's columns."""

    __slots__ = ("_columns", "_place")

    def __init__(self, columns: Mapping[str, Sequence[Any]], place: int) -> None:
        self._columns, self._place = columns, place

    def __getitem__(self, name: str) -> Any:
        return self._columns[name][self._place]

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a column, `default` where the table lacks it."""
        column = self._columns.get(name)
        return default if column is None else column[self._place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


class AmendedRow(Mapping[str, Any]):
    """A row of a table with values of its own, over or beside those of the table."""

    __slots__ = ("_own", "_row")

    def __init__(self, row: Row, own: Mapping[str, Any]) -> None:
        self._row, self._own = row, own

    def __getitem__(self, name: str) -> Any:
        return self._own[name] if name in self._own else self._row[name]

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a column, `default` where there is none of that name."""
        return self._own[name] if name in self._own else self._row.get(name, default)

    def __iter__(self) -> Iterator[str]:
        yield from self._row
        yield from (name for name in self._own if name not in self._row)

    def __len__(self) -> int:
        return len(self._row.keys() | self._own.keys())


def amended(row: Row, **own: Any) -> Row:
    """Return the row with these values in place of what it has, or beside it; the row itself stays as it is."""
    if isinstance(row, AmendedRow):
        return AmendedRow(row._row, {**row._own, **own})
    return AmendedRow(row, own)


def records(table: str, frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a typed frame in key order (so the order in the file does not matter)."""
    if frame.empty:
        return []
    keys = frame["_key"].tolist()
    order = pa.array(sorted(range(len(keys)), key=[natural(key) for key in keys].__getitem__))
    empty = [None] * len(keys)
    columns: dict[str, Sequence[Any]] = {str(name): _plain(column, order, empty) for name, column in frame.items()}
    columns["_table"] = [table] * len(keys)
    return [TableRow(columns, place) for place in range(len(keys))]


def natural(key: str) -> str:
    """Return a sort key in which `patient:9` comes before `patient:10`, and `note:5` before its part `note:5#2`.

    Numbers count as numbers wherever they stand; of two keys that mean the same numbers the texts decide. A string, since a
    large plan sorts millions of keys at once: tuples of their parts would take half a kilobyte each.
    """
    stem = key.rstrip(_DIGITS)
    number = key[len(stem) :]
    known, is_tied = _coded(stem)
    code = known + _number(number) if number else known
    return f"{code}{_TIED}{key}" if is_tied or number.startswith("0") else code + _END


@lru_cache(maxsize=10_000)  # a table's keys differ in the number at their end
def _coded(stem: str) -> tuple[str, bool]:
    """Return how the beginning of a key sorts, and whether a number in it begins with a zero."""
    parts = _PARTS.findall(stem)
    return "".join(_number(part) if part.isdecimal() else part for part in parts), any(part.startswith("0") for part in parts)


def _number(digits: str) -> str:
    """Return digits so that they sort as numbers: how many there are, then which."""
    value = digits.lstrip("0")
    return f"{_NUMBER}{chr(len(value))}{value}"


def _plain(column: pd.Series, order: pa.Array, empty: list[Any]) -> Sequence[Any]:
    """Return a column's plain values in this order; Arrow makes them at once of whatever it knows, which is all that typing makes. What
    stands in many rows (a file's name, a status, a day) is one object in all of them, and `empty` is all columns without a value."""
    if column.dtype == object:
        values = [None if is_empty else value for value, is_empty in zip(column, column.isna(), strict=True)]
        return [values[place] for place in order.to_pylist()]
    ordered = pa.array(column, from_pandas=True).take(order)
    found = ordered.combine_chunks() if isinstance(ordered, pa.ChunkedArray) else ordered
    if found.null_count == len(found):
        return empty
    if pa.types.is_int64(found.type) and not found.null_count:
        return array("q", found.to_numpy().tobytes())
    coded = found.dictionary_encode()
    values = [*coded.dictionary.to_pylist(), None]
    return [values[place] for place in coded.indices.fill_null(-1).to_pylist()]
