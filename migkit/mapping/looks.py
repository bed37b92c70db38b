"""How the values of a column look, as numbers: kinds, dates, amounts, and what stands beside them in the same row. No value leaves it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd

from migkit.model.tables import RawExport, SourceTable

from .looks_beside import Cells, look_beside
from .shapes import Profile
from .structure import Column, Structure
from .written import Days, days_of, numbers_of

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
    "clocks", "nought first", "in runs", "sum", "addend", "product", "factor",
)  # fmt: skip
"""What is looked at, each about 0-1."""

_LETTERS = re.compile(r"[^\W\d_]+")


def look(raw: RawExport, profiles: Mapping[Column, Profile], structure: Structure) -> dict[Column, np.ndarray]:
    """Return column → `LOOKS` of every column that has values."""
    cells = {table.name: _cells(table, [c for c in table.columns if profiles[table.name, c].filled]) for table in raw.tables.values()}
    days = {(name, c): days_of([v for v in values if v]) for name, columns in cells.items() for c, values in columns.items()}
    now = _now(days.values())
    found: dict[Column, np.ndarray] = {}
    for name, columns in cells.items():
        facts = _look_at(name, columns, days, now, profiles, structure)
        found |= {(name, column): np.array([seen.get(what, 0.0) for what in LOOKS]) for column, seen in facts.items()}
    return found


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
    look_beside(found, cells, profiles, name)
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
        "nought first": float(np.mean([v[0] in "0+(" for v in values])),
        "in runs": float(np.mean([a == b for a, b in pairwise(values)])) if len(values) > 1 else 0.0,
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
        "clocks": min(len(np.unique(timed)) / 10, 1.0),
        "odd seconds": float((timed % 60 > 0).mean()) if timed.size else 0.0,
        "odd minutes": float((timed // 60 % 5 > 0).mean()) if timed.size else 0.0,
        "ordered": float(max((rising >= 0).mean(), (rising <= 0).mean())) if rising.size > 4 else 0.5,
    }


def _of_numbers(values: Sequence[str]) -> dict[str, float]:
    numbers = np.array(numbers_of(values))
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
