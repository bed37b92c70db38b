"""Cells of two values: beside such a column stand two more that hold one each. They are proposals: the column itself stays as it is.

A column is taken apart only where nearly every cell of it reads so. What types read by themselves (a birth date with the age, a balance
with its side, phones with remarks, names with titles) is left to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from migkit.model.tables import SourceTable

from .anatomy import BLOCK
from .header import fold

NEARLY_ALL = 0.95
LONGEST = 200
LOOKED_AT = 300
_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}"
_WORDS = r"[^\W\d_](?:[^\W\d_]|[ &'./-](?=[^\W_]))*?"


_ADDRESS = re.compile(r"address|street|suburb|city|town", re.IGNORECASE)
_CALENDAR = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+\d|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?\s+\d",
    re.IGNORECASE,
)
"""A day or a month is one thing; so is `INV-10084`, a number that begins with letters."""


@dataclass(frozen=True)
class _Shape:
    """How such a cell is written: a pattern with the parts as groups, and how much of it must be there."""

    pattern: re.Pattern[str]
    needed: tuple[str, ...] = ()
    """Parts that nearly every cell has; the others must be in one cell in ten."""
    most_words: int = 0
    """Most different values of the part `word`; 0: any number."""


_SHAPES = (
    _Shape(
        re.compile(r"(?P<code>[A-Z0-9][A-Z0-9./-]{1,11}(?=\s{2})|\d{3}[A-Z]?(?=\s+-\s))(?:\s+-)?\s+(?P<text>\S.*)", re.DOTALL),
        ("code", "text"),
    ),
    _Shape(re.compile(rf"(?P<number>\d{{1,10}})(?:\s+-)?\s+(?P<name>{_WORDS},\s*{_WORDS}(?:\s*\([^()]*\))?)"), ("number", "name")),
    _Shape(
        re.compile(rf"(?P<word>{_WORDS})(?:\s*[:,-])?(?:\s+(?:on\s+|since\s+|as of\s+)?\(?(?P<date>{_DATE})\)?)?"), ("word",), most_words=12
    ),
    _Shape(
        re.compile(
            rf"(?P<name>{_WORDS})(?:\s*[:,(]\s*|\s+(?:[#/-]\s*)?)(?:(?:no|nr|ref|mem(?:ber)?|card)\.?\s*[:#]?\s*)?"
            r"(?P<number>[A-Z]{0,3}\d[\d ]{3,}[A-Z0-9]?)\)?"
        ),
        ("name", "number"),
    ),
)


def part_cells(table: SourceTable) -> tuple[SourceTable, dict[str, tuple[str, ...]]]:
    """Return the table with the parts of its columns' cells as further columns, and which they are by column."""
    frame, found = table.frame, dict[str, tuple[str, ...]]()
    known = {fold(name) for name in table.columns}
    further: dict[str, pd.Series] = {}
    for name in table.columns:
        if name == BLOCK or _ADDRESS.search(name) or any(other.startswith(f"{name} (") for other in table.columns):
            continue
        spellings = [str(value) for value in frame[name].dropna().unique()]
        shape = _shape(spellings[:LOOKED_AT])
        if shape is None or _shape(spellings) is not shape:
            continue
        read = {value: shape.pattern.fullmatch(value.strip()) if len(value) <= LONGEST else None for value in spellings}
        names = []
        for part in shape.pattern.groupindex:
            label = f"{name} ({part})"
            if fold(label) not in known:
                parts = {value: (one[part] or "").strip() or None for value, one in read.items() if one}
                further[label] = frame[name].map(parts).astype(frame[name].dtype)
                names.append(label)
        found[name] = tuple(names)
    if not further:
        return table, {}
    place = len(table.columns)
    wider = pd.concat([frame.iloc[:, :place], pd.DataFrame(further, index=frame.index), frame.iloc[:, place:]], axis=1)
    return replace(table, frame=wider), found


def _shape(values: Sequence[str]) -> _Shape | None:
    if not values or any(_CALENDAR.match(value) for value in values[:5]):
        return None
    for shape in _SHAPES:
        matched = [shape.pattern.fullmatch(value.strip()) for value in values if len(value) <= LONGEST]
        read = [one for one in matched if one]
        if len(read) < NEARLY_ALL * len(values):
            continue
        words = {one["word"].casefold() for one in read} if shape.most_words else set()
        optional = [part for part in shape.pattern.groupindex if part not in shape.needed]
        if len(words) <= max(shape.most_words, 1) and all(10 * sum(bool(one[part]) for one in read) >= len(values) for part in optional):
            return shape
    return None
