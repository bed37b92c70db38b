"""Dates and times: day first, ISO, month names, spreadsheet serials; what cannot be told for certain is said, not guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_EPOCH = date(1899, 12, 30)
_SERIALS = (2_200, 80_000)
"""Days that a bare number may mean as a spreadsheet's date: from 1906 to 2119; below stand plain years."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_COMPACT = re.compile(r"(19|20)(\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])")
_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/]*(?:of\s+)?([a-z]{3,9})\.?,?[\s\-/]*(\d{4}|'?\d{2})", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MIDNIGHT = r"(?:[ T]0?0:00(?::00(?:\.0+)?)?| 12:00(?::00)? am)?"
_NO_DATE = re.compile(
    rf"0001-01-01.*|0?1/0?1/0001.*|0000-00-00.*|00?[/.-]00?[/.-]0{{2,4}}.*|[\s_/.-]+"
    rf"|(?:1899-12-30|30/12/1899|1899-12-31|00?/0?1/1900|1900-01-00){_MIDNIGHT}"
    rf"|(?:(?:1753|1800|1900|1901)-01-01|0?1[/.-]0?1[/.-](?:1753|1800|1900|1901)|9999-12-31|31[/.-]12[/.-]9999){_MIDNIGHT}",
    re.IGNORECASE,
)
"""What databases, spreadsheets and people write for no date: day 0, noughts, an empty mask, the first or the last day that there is."""
_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap](?:\.?m\.?)?)?", re.IGNORECASE)
_HOUR = re.compile(r"(\d{1,2})\s*([ap])\.?m\.?", re.IGNORECASE)
_ZONE = re.compile(r"\s*(z|utc|[+-]\d\d:?\d\d)$", re.IGNORECASE)
_AGE = re.compile(
    r"\s*(?:\(\s*(?:aged?\s*)?\d{1,3}\s*(?:y(?:(?:ea)?rs?)?\.?(?:\s+old)?)?\s*\)|,?\s+\d{1,3}\s*(?:yrs?|years?|yo)\b\.?(?:\s+old)?)$",
    re.IGNORECASE,
)
"""An age behind a birth date: `15/01/1997 (29)`, `15/01/1997, 29 yrs`."""
_PIVOT = 30
"""Two-digit years up to this are 20xx, above it 19xx: Excel's own rule ("1930-2029")."""


def parse_date(text: str, zone: ZoneInfo | None = None) -> tuple[datetime | None, str, str]:
    """Return midnight of the day. `00/00/0000` and `0001-01-01` mean none (rule `no-date`).

    A moment with an offset is the day that it is in `zone`: `1980-01-31T13:00:00Z` is the first of February in Sydney.
    """
    if _NO_DATE.fullmatch(text):
        return None, "no-date", ""
    if ":" in text and _ZONE.search(text):
        when, rule, problem = parse_datetime(text, zone)
        return (when and when.replace(hour=0, minute=0, second=0)), rule, problem
    found, rule = _day(text)
    if found is None and (age := _AGE.search(text)):
        found, rule = _day(text[: age.start()])[0], "age-left-out"
    if found is None and re.search(r"[ T.]", text):
        when, rule, _ = parse_datetime(text)
        found = when.date() if when else None
    if found is None:
        return None, "", "lost-digits" if re.fullmatch(r"\d[.\d]*E\+\d+", text) else "unreadable-date"
    return datetime(found.year, found.month, found.day), rule, ""


def parse_time(text: str) -> tuple[str | None, str, str]:
    """Return `HH:MM`: 24-hour and am/pm clocks, and a spreadsheet's fraction of a day."""
    if re.fullmatch(r"0?\.\d+|[01]\.0+|0", text):
        minutes = round(float(text) * 1440) % 1440
        return f"{minutes // 60:02d}:{minutes % 60:02d}", "time-serial", ""
    if whole := _HOUR.fullmatch(text):
        hour = int(whole[1])
        return _clock(hour % 12 + 12 * (whole[2].lower() == "p"), 0) if 1 <= hour <= 12 else (None, "", "unreadable-time")
    found = _TIME.fullmatch(text)
    if found:
        hour, minute, half = int(found[1]), int(found[2]), (found[4] or "").lower()[:1]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + 12 * (half == "p")
        if hour < 24 and minute < 60:
            return _clock(hour, minute)
    if re.fullmatch(r"[1-9][0-5]\d", text):
        return f"0{text[0]}:{text[1:]}", "time-zero", ""
    if re.fullmatch(r"(?:[01]\d|2[0-3])[0-5]\d", text):
        return _clock(int(text[:2]), int(text[2:]))
    when = parse_datetime(text)[0] if len(text) > 8 else None
    return (f"{when:%H:%M}", "time-of-datetime", "") if when else (None, "", "unreadable-time")


def parse_datetime(text: str, zone: ZoneInfo | None = None) -> tuple[datetime | None, str, str]:
    """Return practice-local date and time; an offset in the text is converted to `zone` (rule `time-zone`).

    With an offset and no `zone` the clock time is kept as written and the problem is `unknown-time-zone`.
    """
    if _NO_DATE.fullmatch(text):
        return None, "no-date", ""
    offset = _ZONE.search(text) if ":" in text else None
    body = text[: offset.start()] if offset else text
    day, rule, clock = _split(body)
    if day is None:
        return None, "", "unreadable-datetime"
    when = datetime(day.year, day.month, day.day, *clock)
    if offset is None:
        return when, rule, ""
    if zone is None:
        return when, rule, "unknown-time-zone"
    sign = offset[1].upper().replace("UTC", "Z").replace("Z", "+00:00")
    aware = datetime.fromisoformat(f"{when.isoformat()}{sign}")
    return aware.astimezone(zone).replace(tzinfo=None), "time-zone", ""


def is_month_first(text: str) -> bool:
    """Return whether a slashed date can only be read month first: `03/25/2026`."""
    return _day(text.split(" ")[0])[1] == "date-us"


def is_ambiguous(text: str) -> bool:
    """Return whether a slashed date is a date both day first and month first, and not the same one."""
    found = _SLASHED.fullmatch(text.split(" ")[0])
    return found is not None and 1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 12 and found[1].lstrip("0") != found[2].lstrip("0")


def is_day_first(text: str) -> bool:
    """Return whether a slashed date can only be read day first: `25/03/2026`."""
    found = _SLASHED.fullmatch(text.split(" ")[0])
    return found is not None and 12 < int(found[1]) <= 31 and 1 <= int(found[2]) <= 12


def _clock(hour: int, minute: int) -> tuple[str, str, str]:
    return f"{hour:02d}:{minute:02d}", "", ""


def _split(body: str) -> tuple[date | None, str, tuple[int, int, int]]:
    """Split into day, rule and clock."""
    if re.fullmatch(r"\d{4,5}\.\d+", body) and _SERIALS[0] <= float(body) <= _SERIALS[1]:
        moment = datetime(1899, 12, 30) + timedelta(seconds=round(float(body) * 86_400))
        return moment.date(), "date-serial", (moment.hour, moment.minute, moment.second)
    body = _WEEKDAY.sub("", body, count=1) if _WEEKDAY.match(body) else body
    day, rule = _day(body)
    if day is not None:
        return day, rule, (0, 0, 0)
    for cut in (match.start() for match in re.finditer(r"[T ]", body)):
        day, rule = _day(body[:cut].rstrip(","))
        found = _TIME.fullmatch(body[cut + 1 :].strip())
        clock = parse_time(body[cut + 1 :].strip())[0] if day else None
        if day and clock:
            hour, minute = clock.split(":")
            return day, rule, (int(hour), int(minute), int((found and found[3]) or 0))
    return None, "", (0, 0, 0)


@lru_cache(maxsize=1 << 15)  # asked of each date for its order first, in several ways, then for its day
def _day(text: str) -> tuple[date | None, str]:
    """Return the day and the rule it needed; day first where both readings are dates."""
    if named := _WEEKDAY.match(text):
        text = text[named.end() :]
    if found := (_ISO.fullmatch(text) or _YEAR_FIRST.fullmatch(text)):
        return _made(int(found[1]), int(found[2]), int(found[3])), ""
    if found := _SLASHED.fullmatch(text):
        year, rule = full_year(found[3])
        first, second = int(found[1]), int(found[2])
        if second > 12 >= first:
            return _made(year, first, second), "date-us"
        return _made(year, second, first), rule
    if found := _WORDED.fullmatch(text):
        month = _month(found[2])
        return (_made(full_year(found[3])[0], month, int(found[1])), "date-words") if month else (None, "")
    if found := _MONTH_FIRST.fullmatch(text):
        month = _month(found[1])
        return (_made(int(found[3]), month, int(found[2])), "date-words") if month else (None, "")
    if found := _COMPACT.fullmatch(text):
        return _made(int(found[1] + found[2]), int(found[3]), int(found[4])), "date-compact"
    number = text.removesuffix(".0")
    if number.isdecimal() and number[0] != "0" and _SERIALS[0] <= int(number) <= _SERIALS[1]:
        return _EPOCH + timedelta(days=int(number)), "date-serial"
    return None, ""


def _month(word: str) -> int | None:
    short = word.casefold()[:3]
    full = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
    return _MONTHS.index(short) + 1 if any(name.startswith(word.casefold()) for name in full) or word.casefold() == "sept" else None


def full_year(text: str) -> tuple[int, str]:
    """Return a year of four digits or of two, and the rule that it needed."""
    digits = text.lstrip("'")
    if len(digits) == 4:
        return int(digits), ""
    return (2000 if int(digits) <= _PIVOT else 1900) + int(digits), "date-short-year"


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
