"""Numbers, percentages, minutes, yes and no."""

from __future__ import annotations

import re

from .dates import parse_date

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")
_HOURS = re.compile(r"(?:(\d{1,2})\s*(?:h|hr|hrs|hours?)\b)?[,\s]*(?:and\s+)?(?:(\d{1,3})\s*(?:m|min|mins|minutes?)?\.?)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::00)?")
_TRUE = frozenset(["yes", "y", "true", "t", "1", "on", "x", "✓", "✔", "☑", "√", "checked", "1.0", "ticked", "-1"])
_FALSE = frozenset(["no", "n", "false", "f", "0", "off", "☐", "✗", "✘", "✕", "unchecked", "0.0"])


def parse_number(text: str) -> tuple[float | None, str, str]:
    """A decimal number, thousands by comma."""
    if not _NUMBER.fullmatch(text) or not any(char.isdecimal() for char in text):
        return None, "", "unreadable-number"
    return float(text.replace(",", "")), "", ""


def parse_integer(text: str) -> tuple[int | None, str, str]:
    """A whole number; `3.0` is 3."""
    value, _, problem = parse_number(text)
    if value is None or not value.is_integer():
        return None, "", problem or "unreadable-integer"
    return int(value), "", ""


def parse_minutes(text: str) -> tuple[int | None, str, str]:
    """A duration: `45`, `45 min`, `1h 30m`, `1:30` (hours and minutes)."""
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) * 60 + int(clock[2]), "minutes-clock", ""
    if text.removesuffix(".0").isdecimal():
        return int(text.removesuffix(".0")), "", ""
    found = _HOURS.fullmatch(text)
    if not found or not (found[1] or found[2]):
        return None, "", "unreadable-minutes"
    return int(found[1] or 0) * 60 + int(found[2] or 0), "minutes-words", ""


def parse_percent(text: str) -> tuple[float | None, str, str]:
    """A share of a hundred: `80`, `80%`. A bare fraction below one (0.8) may mean 80 % or 0.8 %, so it is a problem."""
    bare = text.removesuffix("%").strip()
    value, _, problem = parse_number(bare)
    if value is None:
        return None, "", "unreadable-percent" if problem else ""
    if 0 < value < 1 and bare == text:
        return None, "", "unreadable-percent"
    return value, "", ""


def parse_boolean(text: str) -> tuple[bool | None, str, str]:
    """Yes or no in its usual spellings; a day on which it happened (`Reversed on`) is a yes, one that means none is no answer."""
    word = text.casefold()
    if word in _TRUE:
        return True, "", ""
    if word in _FALSE:
        return False, "", ""
    day, rule, _ = parse_date(text)
    if day is not None and not text.isdecimal():
        return True, "boolean-date", ""
    return (None, rule, "") if rule == "no-date" else (None, "", "unreadable-boolean")
