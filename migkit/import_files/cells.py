"""A planned value as a cell: text, number, day, moment. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from .importer import Kind

_LINES = frozenset({"p", "br"})
_FORM = frozenset({"b", "strong", "i", "em", "u", "s", "ul", "ol", "li"})
_ENDED, _BROKEN = frozenset({"p", "li"}), frozenset({"br"})
"""A line ends with the end of the first, and with the second."""
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*+)(?:\s++[^\s"'<>/=]++(?:\s*+=\s*+(?:"[^"]*"|'[^']*'|[^\s"'<>=`]++))?)*+\s*+/?>""")
"""A tag with its attributes. Python's HTML parser, which reads the same, takes thirty times as long: ten thousand patients have
ninety thousand texts."""

Cell = str | float | int | date | datetime | None


@dataclass(frozen=True)
class Words:
    """What some HTML says, without its marks."""

    text: str
    """A line a paragraph."""
    is_formed: bool
    """Whether words stand out by bold, italics and their like, or in lists: form, without which they say the same."""
    is_marked: bool
    """Whether there is more than paragraphs and form: links, tables, or a `<` that an import may take for a mark."""


def words_of(markup: str) -> Words:
    """Return the words of a note or activity as lines. What looks like a tag and is none (`<5 mm`, a comment) stays, as a mark."""
    text, *rest = _TAG.split(markup)
    parts, is_formed, is_marked = [unescape(text)], False, False
    for slash, tag, data in zip(rest[0::3], map(str.lower, rest[1::3]), rest[2::3], strict=True):
        is_formed |= not slash and tag in _FORM
        is_marked |= not slash and tag not in _FORM and tag not in _LINES
        if tag in (_ENDED if slash else _BROKEN):
            parts.append("\n")
        parts.append(unescape(data))
    lines = [line.strip() for line in "".join(parts).split("\n")]
    text = "\n".join(line for line in lines if line)
    return Words(text, is_formed, is_marked or "<" in text)


def cell(value: Any, kind: Kind, zone: ZoneInfo) -> Cell:
    """Return how a planned value stands in its cell; moments in the importing user's time."""
    if value is None:
        return None
    if kind is Kind.PLAIN:
        return words_of(str(value)).text
    if kind is Kind.PLACE:
        return str(value["value"] if isinstance(value, Mapping) else value)
    if kind is Kind.NUMBER:
        return value["value"] if isinstance(value, Mapping) else value
    if kind is Kind.DAY:
        return date.fromisoformat(str(value)[:10])
    if kind is Kind.MOMENT:
        return _local(datetime.fromisoformat(str(value)), zone)
    if kind is Kind.CLOCK:
        return str(value).removesuffix(":00") if str(value).count(":") == 2 else str(value)
    if kind is Kind.DONE:
        return "Done" if value else "To do"
    if kind is Kind.BUSY:
        return "Busy" if value else "Free"
    return str(value)


def due(due_date: str, due_time: str | None, zone: ZoneInfo) -> tuple[date, str | None]:
    """Return day and time of an activity as the importing user's clock shows them; a day without a time stays that day."""
    if not due_time:
        return date.fromisoformat(due_date), None
    moment = _local(datetime.fromisoformat(f"{due_date}T{due_time}"), zone)
    return moment.date(), moment.strftime("%H:%M:%S").removesuffix(":00")


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    known = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return known.astimezone(zone).replace(tzinfo=None)
