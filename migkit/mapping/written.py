"""Dates, clocks and numbers as columns of exports write them, read loosely: enough to see what a column is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_DMY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[T ,]+(.*))?")
_YMD = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[T ,]+(.*))?")
_DIGITS = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_WORDY = re.compile(r"(?:(\d{1,2})[ -])?([A-Za-z]{3})[a-z]*\.?[ -](?:(\d{1,2}),? )?(\d{4}|\d{2})(?:[T ,]+(.*))?")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([AaPp])?")
_MONTHS = {
    name: number
    for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
_NUMBER = re.compile(r"[(-]?\s*[A-Z]{0,3}[$€£]?\s*-?\d[\d,]*(?:\.\d+)?\)?%?")

Days = list[tuple[float, float, int]]
"""(days since year 0, seconds of the day or -1 without a clock, weekday)."""


def days_of(values: Sequence[str]) -> Days:
    """Return what the dates among `values` are; day and month are told apart by those that only one of them can be."""
    parts = [found for v in values if (found := _parts(v))]
    month_first = any(p[1] > 12 >= p[0] for p in parts if p[4]) and not any(p[0] > 12 for p in parts if p[4])
    result: Days = []
    for first, second, year, clock, loose in parts:
        day, month = (second, first) if loose and month_first else (first, second)
        try:
            when = date(year + (0 if year > 99 else 2000 if year < 50 else 1900), month, day)
        except ValueError:
            continue
        result.append((float(when.toordinal()), clock, when.weekday()))
    return result


def _parts(value: str) -> tuple[int, int, int, float, bool] | None:
    """Return day, month, year, seconds of the clock, and whether day and month may have changed places."""
    if m := _YMD.match(value) or _DIGITS.fullmatch(value):
        return int(m[3]), int(m[2]), int(m[1]), seconds_of(m[4] if m.re is _YMD else None), False
    if m := _DMY.match(value):
        return int(m[1]), int(m[2]), int(m[3]), seconds_of(m[4]), True
    if (m := _WORDY.match(value)) and m[2].lower() in _MONTHS and (m[1] or m[3]):
        return int(m[1] or m[3]), _MONTHS[m[2].lower()], int(m[4]), seconds_of(m[5]), False
    return None


def seconds_of(text: str | None) -> float:
    """Return the seconds of the day that a clock shows, -1 for none."""
    m = _CLOCK.match(text.strip()) if text else None
    if not m:
        return -1.0
    hour = int(m[1]) % 12 + (12 if m[4] in "pP" else 0) if m[4] else int(m[1])
    return hour * 3600.0 + int(m[2]) * 60 + int(m[3] or 0)


def numbers_of(values: Sequence[str]) -> list[float]:
    """Return the numbers among `values`, also amounts with a currency's sign and those in brackets."""
    found = []
    for value in values:
        if _NUMBER.fullmatch(value):
            digits = re.sub(r"[^\d.]", "", value)
            number = float(digits) if digits.count(".") <= 1 and digits.strip(".") else 0.0
            found.append(-number if value.startswith(("(", "-")) or "-" in value[:5] else number)
    return found
