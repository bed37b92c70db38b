"""How the values of a column look, as numbers: kinds, dates, amounts, and what stands beside them in the same row. No value leaves it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from migkit.model.tables import RawExport, SourceTable

from .shapes import Profile
from .structure import Column, Structure

_CENTURY = float(date(2000, 1, 1).toordinal())
ROWS = 200
"""Rows that are looked at per table."""

_KINDS = (
    "date", "datetime", "serial day", "time", "money", "whole number", "number", "percent", "phone", "e-mail", "web address", "path",
    "item code",
    "tooth", "surfaces", "gender", "honorific", "yes or no", "single digit", "name, last first", "person's name", "one word", "short code",
    "id",
    "street", "minutes", "prose", "a few codes", "markup", "mobile", "postcode", "state", "medicare number", "provider number",
    "health fund",
    "national number",
)  # fmt: skip
LOOKS = (
    *(f"like {kind}" for kind in _KINDS),
    "full", "rare", "unique", "all unique", "different", "up to 3", "up to 12", "length", "length varies", "digits", "letters", "words",
    "upper",
    "lower", "given names", "dated", "years ago", "in future", "last year", "one to six years", "over fifteen years", "over forty years",
    "last century",
    "years spread", "weekends", "clock", "odd seconds", "odd minutes", "ordered", "number", "negative", "nought", "cents", "size", "small",
    "fives", "running", "in e-mail", "begins e-mail", "with postcode", "countries", "place", "part of name",
    "holds names", "later", "earlier", "largest", "smallest", "refers", "referred", "refers here",
)  # fmt: skip
"""What is looked at, each about 0-1."""

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
_LETTERS = re.compile(r"[^\W\d_]+")


def look(raw: RawExport, profiles: Mapping[Column, Profile], structure: Structure) -> dict[Column, np.ndarray]:
    """Return column → `LOOKS` of every column that has values."""
    cells = {table.name: _cells(table, [c for c in table.columns if profiles[table.name, c].filled]) for table in raw.tables.values()}
    days = {(name, c): _days([v for v in values if v]) for name, columns in cells.items() for c, values in columns.items()}
    now = _now(days.values())
    found: dict[Column, np.ndarray] = {}
    for name, columns in cells.items():
        facts = _look_at(name, columns, days, now, profiles, structure)
        found |= {(name, column): np.array([seen.get(what, 0.0) for what in LOOKS]) for column, seen in facts.items()}
    return found


Cells = Mapping[str, list[str | None]]
"""Column → its values in the rows that are looked at, those of one row at one place."""


def _cells(table: SourceTable, columns: Sequence[str]) -> Cells:
    """Return the first rows; a column that begins late is looked at where it is filled, beside nothing; blanks are nothing."""
    head = table.frame[columns].head(ROWS)
    cells = {c: [None if pd.isna(v) else str(v).strip()[:300] for v in head[c]] for c in columns}
    late = [column for column in columns if not any(cells[column])]
    cells |= {c: [str(v).strip()[:300] for v in table.frame[c].dropna().head(ROWS)] for c in late}
    return {column: values for column, values in cells.items() if any(values)}


def _look_at(
    name: str, cells: Cells, days: Mapping[Column, Days], now: float, profiles: Mapping[Column, Profile], structure: Structure
) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for number, column in enumerate(cells):
        seen = profiles[name, column]
        values = [v for v in cells[column] if v]
        facts = {f"like {kind}": seen.share(kind) for kind in _KINDS}
        facts |= _of_text(values, seen) | _of_dates(days[name, column], now, len(values)) | _of_numbers(values)
        facts["place"] = number / len(cells)
        facts["refers"] = max((share for key, share in structure.shares.get((name, column), {}).items() if key[0] != name), default=0.0)
        facts["refers here"] = max(
            (share for key, share in structure.shares.get((name, column), {}).items() if key[0] == name), default=0.0
        )
        facts["referred"] = float(bool(structure.referred_by((name, column))))
        found[column] = facts
    _beside(found, cells, profiles, name)
    return found


def _of_text(values: Sequence[str], seen: Profile) -> dict[str, float]:
    text = "".join(values)
    sizes = np.array([len(v) for v in values], dtype=float)
    words = [_LETTERS.findall(v) for v in values]
    size, given = max(len(text), 1), _given_names()
    letters = sum(map(str.isalpha, text))
    return {
        "full": float(seen.filled >= 0.95 * seen.rows),
        "rare": float(seen.filled < 0.2 * seen.rows),
        "unique": seen.uniqueness,
        "all unique": float(seen.uniqueness == 1.0 and seen.filled > 5),
        "different": min(np.log10(max(seen.distinct, 1)) / 3, 1.0),
        "up to 3": float(seen.distinct <= 3),
        "up to 12": float(seen.distinct <= 12),
        "length": min(sizes.mean() / 40, 1.5),
        "length varies": min(sizes.std() / 20, 1.0),
        "digits": sum(map(str.isdecimal, text)) / size,
        "letters": letters / size,
        "words": min(np.mean([len(w) for w in words]) / 5, 2.0),
        "upper": sum(map(str.isupper, text)) / max(letters, 1),
        "lower": float(np.mean([bool(w) and w[0][0].islower() for w in words])),
        "countries": float(np.mean([v.lower() in _countries() for v in values])),
        "given names": float(np.mean([any(part.lower() in given for part in w[:2]) for w in words])),
    }


@cache
def _countries() -> frozenset[str]:
    """Return countries' English names and codes, lower case."""
    from babel import Locale

    return frozenset(text.lower() for code, name in Locale("en").territories.items() if code.isalpha() for text in (code, name))


@cache
def _given_names() -> frozenset[str]:
    """Return given names and their short forms, lower case."""
    from nicknames import NickNamer

    known = NickNamer()
    return frozenset(known.nickname_lookup) | frozenset(known.canonical_lookup)


Days = list[tuple[float, float, int]]
"""(days since year 0, seconds of the day or -1 without a clock, weekday)."""


def _days(values: Sequence[str]) -> Days:
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
        return int(m[3]), int(m[2]), int(m[1]), _seconds(m[4] if m.re is _YMD else None), False
    if m := _DMY.match(value):
        return int(m[1]), int(m[2]), int(m[3]), _seconds(m[4]), True
    if (m := _WORDY.match(value)) and m[2].lower() in _MONTHS and (m[1] or m[3]):
        return int(m[1] or m[3]), _MONTHS[m[2].lower()], int(m[4]), _seconds(m[5]), False
    return None


def _seconds(text: str | None) -> float:
    m = _CLOCK.match(text.strip()) if text else None
    if not m:
        return -1.0
    hour = int(m[1]) % 12 + (12 if m[4] in "pP" else 0) if m[4] else int(m[1])
    return hour * 3600.0 + int(m[2]) * 60 + int(m[3] or 0)


def _now(columns: Iterable[Days]) -> float:
    """Return about the day of the export: what is late in most columns of dates; births are older, expiries are still to come."""
    late = [np.percentile([d[0] for d in days], 90) for days in columns if len(days) >= 5]
    return float(np.median(late)) if late else 0.0


def _of_dates(days: Days, now: float, values: int) -> dict[str, float]:
    if not days or len(days) < 0.5 * values:
        return {"dated": len(days) / max(values, 1)}
    when, clocks = np.array([d[0] for d in days]), np.array([d[1] for d in days])
    age = (now - when) / 365.25
    timed = clocks[clocks >= 0]
    low, high = np.percentile(when, [10, 90])
    rising = np.diff(when)
    return {
        "dated": 1.0,
        "years ago": float(np.clip(np.median(age) / 40, -0.5, 2.0)),
        "in future": float((age < -0.02).mean()),
        "last year": float(((age >= -0.02) & (age < 1)).mean()),
        "one to six years": float(((age >= 1) & (age < 6)).mean()),
        "over fifteen years": float((age > 15).mean()),
        "over forty years": float((age > 40).mean()),
        "last century": float((when < _CENTURY).mean()),
        "years spread": min((high - low) / 365.25 / 40, 2.0),
        "weekends": float(np.mean([d[2] == 6 for d in days])),
        "clock": len(timed[timed > 0]) / len(days),
        "odd seconds": float((timed % 60 > 0).mean()) if timed.size else 0.0,
        "odd minutes": float((timed // 60 % 5 > 0).mean()) if timed.size else 0.0,
        "ordered": float(max((rising >= 0).mean(), (rising <= 0).mean())) if rising.size > 4 else 0.5,
    }


def _of_numbers(values: Sequence[str]) -> dict[str, float]:
    numbers = np.array(_numbers(values))
    if not numbers.size or numbers.size < 0.5 * len(values):
        return {"number": numbers.size / max(len(values), 1)}
    whole = numbers == np.round(numbers)
    size = np.abs(numbers)
    spread = np.unique(numbers)
    return {
        "number": 1.0,
        "negative": float((numbers < 0).mean()),
        "nought": float((numbers == 0).mean()),
        "cents": 1.0 - float(whole.mean()),
        "size": min(float(np.log10(1 + np.median(size))) / 6, 1.5),
        "small": float((size <= 12).mean()),
        "fives": float((numbers % 5 == 0).mean()),
        "running": float(whole.all() and spread.size > 10 and (np.diff(spread) == np.diff(spread).min()).mean() > 0.8),
    }


def _numbers(values: Sequence[str]) -> list[float]:
    found = []
    for value in values:
        if _NUMBER.fullmatch(value):
            digits = re.sub(r"[^\d.]", "", value)
            number = float(digits) if digits.count(".") <= 1 and digits.strip(".") else 0.0
            found.append(-number if value.startswith(("(", "-")) or "-" in value[:5] else number)
    return found


def _beside(found: Mapping[str, dict[str, float]], cells: Cells, profiles: Mapping[Column, Profile], name: str) -> None:
    """Add what the other cells of the same rows say: names in e-mails and whole names, ends after starts, the largest amount."""
    looks = {c: profiles[name, c] for c in found}
    mails = [c for c in found if looks[c].share("e-mail") > 0.6]
    codes = [c for c in found if looks[c].share("postcode") > 0.6 and 0.05 < found[c]["unique"] < 0.95]
    whole = [c for c in found if looks[c].share("person's name", "name, last first") > 0.5 and found[c]["words"] >= 0.35]
    words = [c for c in found if looks[c].share("one word") > 0.6 and found[c]["different"] > 0.3]
    for column in words:
        facts = found[column]
        facts["in e-mail"] = max((_within(cells[column], cells[mail]) for mail in mails), default=0.0)
        facts["begins e-mail"] = max((_begins(cells[column], cells[mail]) for mail in mails), default=0.0)
        facts["with postcode"] = max((_follows(cells[column], cells[code]) for code in codes if code != column), default=0.0)
        facts["part of name"] = max((_within(cells[column], cells[other]) for other in whole if other != column), default=0.0)
    for column in whole:
        found[column]["in e-mail"] = max(
            (_within([(v or "").split(",")[0].split(" ")[-1] or None for v in cells[column]], cells[m]) for m in mails), default=0.0
        )
        found[column]["holds names"] = max((_within(cells[other], cells[column]) for other in words if other != column), default=0.0)
    for group in (
        [c for c in found if looks[c].share("datetime") > 0.6],
        [c for c in found if looks[c].share("time") > 0.6 and looks[c].share("date", "datetime") < 0.5],
    ):
        order = {c: [_moment(v) for v in cells[c]] for c in group}
        _compare(found, order, "later", "earlier")
    amounts = {
        c: [next(iter(_numbers([v])), None) if v else None for v in cells[c]]
        for c in found
        if found[c].get("number") and found[c].get("cents", 0) > 0.1
    }
    _compare(found, amounts, "largest", "smallest")


def _moment(value: str | None) -> float | None:
    if not value:
        return None
    if parts := _days([value]):
        return parts[0][0] * 86_400 + max(parts[0][1], 0)
    seconds = _seconds(value)
    return seconds if seconds >= 0 else None


def _compare(found: Mapping[str, dict[str, float]], order: Mapping[str, Sequence[float | None]], more: str, less: str) -> None:
    if len(order) < 2:
        return
    table = (
        np.array([[np.nan if v is None else v for v in column] for column in order.values()], dtype=float)
        if len({len(v) for v in order.values()}) == 1
        else None
    )
    if table is None:
        return
    usable = table[:, np.isfinite(table).sum(axis=0) >= 2]
    if not usable.size:
        return
    high, low = np.nanmax(usable, axis=0), np.nanmin(usable, axis=0)
    for column, values in zip(order, usable, strict=True):
        known = np.isfinite(values)
        if known.any():
            found[column][more] = float(((values == high) & (high > low))[known].mean())
            found[column][less] = float(((values == low) & (high > low))[known].mean())


def _follows(values: Sequence[str | None], groups: Sequence[str | None]) -> float:
    """Return the share of rows of one group that have the value of the group's first row; 0 where hardly any group has two."""
    first: dict[str, str] = {}
    same = [first.setdefault(group, value) == value for group, value in zip(groups, values, strict=False) if group and value]
    repeats = len(same) - len(first)
    return (sum(same) - len(first)) / repeats if repeats >= 5 else 0.0


def _begins(parts: Sequence[str | None], wholes: Sequence[str | None]) -> float:
    """Return the share of rows in which the one begins the other, case aside."""
    pairs = [(p.lower(), w.lower()) for p, w in zip(parts, wholes, strict=False) if p and w and len(p) > 2]
    return sum(w.startswith(p) for p, w in pairs) / len(pairs) if len(pairs) >= 5 else 0.0


def _within(parts: Sequence[str | None], wholes: Sequence[str | None]) -> float:
    """Return the share of rows in which the letters of the one stand in the other."""
    pairs = [(p.lower(), w.lower()) for p, w in zip(parts, wholes, strict=False) if p and w and len(p) > 2]
    return sum(re.sub(r"[^a-zà-ÿ]", "", p) in re.sub(r"[^a-zà-ÿ@]", "", w) for p, w in pairs) / len(pairs) if len(pairs) >= 5 else 0.0
