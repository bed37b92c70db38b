"""A planned value as a cell: text, number, day, moment. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

from .importer import Kind

_LINES = frozenset({"p", "br"})
_FORM = frozenset({"b", "strong", "i", "em", "u", "s", "ul", "ol", "li"})

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
    """Return the words of a note or activity as lines."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    text = "\n".join(line for line in lines if line)
    return Words(text, reader.is_formed, reader.is_marked or "<" in text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.is_formed = self.is_marked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_formed |= tag in _FORM
        self.is_marked |= tag not in _FORM | _LINES
        if tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


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
