"""Dates written as digits alone, day first or year first (`030755`, `03071955`, `550703`): what they are a whole column shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from .cells.dates import full_year, parse_date

_SHORT, _LONG = 6, 8
"""Digits of a day, a month and a year of two digits, and of four; a spreadsheet took the first nought of some."""

_ORDERS: Mapping[int, tuple[Callable[[str], str], ...]] = {
    _SHORT: (
        lambda digits: f"{digits[:2]}/{digits[2:4]}/{digits[4:]}",
        lambda digits: f"{full_year(digits[:2])[0]}-{digits[2:4]}-{digits[4:]}",
    ),
    _LONG: (
        lambda digits: f"{digits[:2]}/{digits[2:4]}/{digits[4:]}",
        lambda digits: f"{digits[:4]}-{digits[4:6]}-{digits[6:]}",
    ),
}
"""Digits → what writes them with separators: the day (or the month) first, and the year first."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


def with_separators(text: pd.Series, files: pd.Series) -> pd.Series:
    """Return the dates with separators where a file writes them without: all its digits read in one order, and in no other.

    Of five digits alone nothing is known: they may be a spreadsheet's days. Where several orders fit all, they stay as they are.
    """
    digits = text.dropna().str.strip()
    digits = digits[digits.str.isdecimal() & digits.str.strip("0").ne("")]
    for _, cells in digits.groupby(files[digits.index]):
        spellings = list(cells.unique())
        if written := _separated(spellings):
            text = text.mask(text.index.isin(cells.index), cells.map(written).reindex(text.index))
    return text


def _separated(spellings: Sequence[str]) -> dict[str, str]:
    """Return spelling → date with separators, {} where no order fits all of them, or several do."""
    longest = max(map(len, spellings))
    if longest not in _ORDERS or any(len(one) < longest - 1 for one in spellings):
        return {}
    fitting = []
    for write in _ORDERS[longest]:
        written = {one: write(one.zfill(longest)) for one in spellings}
        if all(_is_date(one) for one in written.values()):
            fitting.append(written)
    return fitting[0] if len(fitting) == 1 else {}


def _is_date(text: str) -> bool:
    day = parse_date(text)[0]
    return day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR
