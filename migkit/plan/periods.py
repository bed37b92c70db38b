"""Report periods in words → first and last day, seen from the day of the export."""

from __future__ import annotations

import re
from datetime import date, timedelta

from migkit.model.country import MONTH, NO_COUNTRY, Country


def period_of(text: str | None, today: date, country: Country = NO_COUNTRY) -> tuple[date, date] | None:
    """Return (first day, last day), None for "all time", nothing, or words that are not understood.

    Understood: today, yesterday, this / last week, month, quarter, year, financial year (as the country has it),
    last N days / weeks / months, month to date, year to date, `2026-03`, `2026`, `01/10/2026 to 31/10/2026` (in the country's order).
    """
    words = (text or "").strip().lower()
    if found := re.search(r"(?:last|past|previous)\s+(\d+)\s+(day|week|month)", words):
        number, unit = int(found[1]), found[2]
        first = (
            _months_back(today, number) + timedelta(days=1)
            if unit == "month"
            else today - timedelta(days=number * (7 if unit == "week" else 1) - 1)
        )
        return first, today
    days = [_day(part, country.date_order == MONTH) for part in re.split(r"\s+(?:to|until|–|-)\s+", words)]
    if len(days) == 2 and days[0] and days[1]:
        return days[0], days[1]
    if found := re.fullmatch(r"(\d{4})-(\d\d)", words):
        return _month(date(int(found[1]), int(found[2]), 1))
    if found := re.fullmatch(r"(\d{4})", words):
        return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)
    if words in ("today", "daily"):
        return today, today
    if words == "yesterday":
        return today - timedelta(days=1), today - timedelta(days=1)
    last = bool(re.search(r"last|previous|prior", words))
    if "week" in words:
        monday = today - timedelta(days=today.weekday() + (7 if last else 0))
        return monday, monday + timedelta(days=6)
    if re.search(r"financial|fiscal|\bfy", words):
        month, day = country.fiscal_year
        start = date(today.year - ((today.month, today.day) < (month, day)) - last, month, day)
        return start, date(start.year + 1, month, day) - timedelta(days=1)
    if "quarter" in words:
        start = date(today.year, today.month - (today.month - 1) % 3, 1)
        start = _months_back(start, 3) if last else start
        return start, _month(_months_back(start, -2))[1]
    if "month" in words:
        return _month(_months_back(today.replace(day=1), 1) if last else today)
    if "year" in words or "annual" in words:
        return date(today.year - last, 1, 1), date(today.year - last, 12, 31)
    return None


def _day(text: str, month_first: bool) -> date | None:
    found = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})-(\d\d)-(\d\d)", text)
    if not found:
        return None
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    if found[1] and month_first:
        day, month = month, day
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, _months_back(first, -1) - timedelta(days=1)


def _months_back(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
