"""Write values where the landing map says: fields, lines and parts of texts, each only as far as privacy lets it leave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from functools import cached_property, partial
from typing import Any, NamedTuple

from migkit.model.landing import Entry, LandingMap
from migkit.model.mapping import CUSTOM as NEW_COLUMN
from migkit.model.mapping import NewField
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM
from migkit.workspace import Settings

from .policies import is_sent
from .rows import Row
from .text import FIELD_CHARS, SHORT_CHARS, amount, day, money, short
from .times import nearest_utc, rfc3339

SHOWN: Mapping[str, Callable[[Any, Settings], Any]] = {
    "short": lambda value, _: short(str(value)),
    "address": lambda value, _: {"value": value} if value else None,
    "moment": lambda value, settings: rfc3339(nearest_utc(value, settings.zone_of(None))),
    "number": lambda value, _: value,
    "amount": lambda value, _: amount(value),
    "price": lambda value, settings: {"amount": amount(value), "currency": settings.currency},
    "money": lambda value, _: money(int(value)),
    "money if any": lambda value, _: money(int(value)) if value else None,
    "money with currency": lambda value, settings: f"{money(value)} {settings.currency}",
    "yes": lambda value, _: "yes" if value else None,
    "words": lambda value, _: value.replace("_", " "),
    "day and time": lambda value, _: value.strftime("%d %b %Y %H:%M" if value.time() != time.min else "%d %b %Y"),
}
"""What `as` in `templates/landing.yaml` may say → the value as it is written."""

NEW_CLASS = "personal"
"""Privacy class of the analyst's new fields."""


class Way(NamedTuple):
    """How an entry of the landing map gets its value from the rows of one table: settled once, since it is asked for every row."""

    name: str
    """The planned field, or the pattern of a part of a text."""
    make: str
    """Name of the made value, "" where a column of the row lands as it is."""
    column: str
    show: Callable[[Any], Any]
    """Value → as it is written, None for nothing."""

    def value(self, row: Row | None, made: Mapping[str, Any]) -> Any:
        """Return the value as it is written, None for nothing."""
        value = made.get(self.make) if self.make else row.get(self.column) if row is not None else None
        return None if value is None else self.show(value)


@dataclass(frozen=True)
class Writer:
    """Writes records by the landing map."""

    landing: LandingMap
    privacy: Mapping[str, Any]
    """The section `privacy` of the map to Pipedrive."""
    settings: Settings
    native_contact_fields: bool
    """The policy of that name."""
    new: Mapping[str, Sequence[NewField]]
    """Canonical table → the analyst's new custom fields; their values stand in the typed columns `custom:<Label>`."""

    def sends(self, entry: Entry, source: str | None = None) -> bool:
        """Return whether an entry may leave: what one source gives to it, or anything at all."""
        sources = (source,) if source else entry.sources or tuple(entry.classes) or ("",)
        return any(is_sent(self.privacy, entry.decided_as, entry.class_of(each)) for each in sources)

    def sends_text(self, name: str) -> bool:
        """Return whether a text may leave, and any of its parts."""
        text = self.landing.texts[name]
        return is_sent(self.privacy, text.decided_as, text.privacy) and any(map(self.sends, text.parts))

    def visible(self, kind: ObjectType, name: str, row: Row) -> Row:
        """Return a row as a native field may show it: what privacy leaves out there is None."""
        entry = self.landing.entry(kind, name)
        left_out = {source for source in entry.sources if not self.sends(entry, source)}
        return {field: None if f"{row['_table']}.{field}" in left_out else value for field, value in row.items()} if left_out else row

    def _ways(self, name: str, row: Row | None, *, is_text: bool = False) -> tuple[Way, ...]:
        """Return the ways of what is sent of an object's fields, or of a text's parts, and may hold something beside such a row."""
        table = "" if row is None else row["_table"]
        ways = self._settled.get((is_text, name, table))
        if ways is None:
            found = self._ways_of_text(name) if is_text else self._ways_of_fields(ObjectType(name))
            ways = self._settled[is_text, name, table] = tuple(
                Way(shown_as, entry.make, "" if entry.make else entry.sources[0].partition(".")[2], show)
                for shown_as, entry, show in found
                if self.sends(entry) and (entry.make or entry.sources[0].partition(".")[0] == table)
            )
        return ways

    @cached_property
    def _settled(self) -> dict[tuple[bool, str, str], tuple[Way, ...]]:
        return {}

    def _ways_of_fields(self, kind: ObjectType) -> Iterator[tuple[str, Entry, Callable[[Any], Any]]]:
        for entry in self.landing.native.get(kind, ()):
            yield entry.name, entry, partial(_shown, entry.shown, self.settings) if entry.shown else _as_it_is
        for entry in self.landing.custom.get(OBJECTS[kind].entity or "", ()):
            yield self.field_of(kind, entry), entry, partial(shaped, kind=entry.type, currency=self.settings.currency)

    def _ways_of_text(self, name: str) -> Iterator[tuple[str, Entry, Callable[[Any], Any]]]:
        text = self.landing.texts[name]
        if is_sent(self.privacy, text.decided_as, text.privacy):
            for entry in text.parts:
                yield entry.text, entry, partial(_shown, entry.shown, self.settings) if entry.shown else _plain

    def fields(self, kind: ObjectType, row: Row | None, **made: Any) -> dict[str, Any]:
        """Return the native and custom fields of a record: what the map copies from `row`, and the `made` values that it names."""
        return {way.name: value for way in self._ways(kind, row) if (value := way.value(row, made)) is not None}

    def new_fields(self, table: str, rows: Sequence[Row]) -> dict[str, Any]:
        """Return the values of the analyst's new fields for one record, from the rows of `table` that it is made of.

        The first row that has something wins; text of several rows is joined.
        """
        out: dict[str, Any] = {}
        for new in self.new.get(table, ()):
            values = [shaped(row.get(f"{NEW_COLUMN}{new.label}"), new.type, self.settings.currency) for row in rows]
            values = [value for value in values if value is not None]
            if values and self.sends_new(new):
                several = new.type in ("varchar", "text") and len(set(map(str, values))) > 1
                limit = SHORT_CHARS if new.type == "varchar" else FIELD_CHARS
                out[f"{CUSTOM}{new.label}"] = short("; ".join(dict.fromkeys(map(str, values))), limit) if several else values[0]
        return out

    def new_lines(self, row: Row) -> list[str]:
        """Return the analyst's new fields of a row as labelled lines, for objects that take no custom fields."""
        lines = []
        for new in self.new.get(row["_table"], ()):
            value = row.get(f"{NEW_COLUMN}{new.label}")
            if value is not None and self.sends_new(new):
                lines.append(f"{new.label}: {_read(shaped(value, new.type, self.settings.currency))}")
        return lines

    def sends_new(self, new: NewField) -> bool:
        """Return whether a new field of the analyst may leave."""
        return is_sent(self.privacy, new.label, NEW_CLASS)

    def field_of(self, kind: ObjectType | str, entry: Entry) -> str:
        """Return the planned field that takes a custom field's value."""
        return entry.native if entry.native and self.native_contact_fields and kind == ObjectType.PERSON else CUSTOM + entry.name

    def parts(self, name: str, row: Row | None, **made: Any) -> list[str]:
        """Return the parts of a text that have something to say, in the map's order."""
        return [way.name.replace("{}", said) for way in self._ways(name, row, is_text=True) if (said := way.value(row, made))]

    def line(self, name: str, row: Row | None, **made: Any) -> str:
        """Return the parts of a text as one, "" where none has anything to say."""
        return self.landing.texts[name].join.join(self.parts(name, row, **made))


def _shown(how: str, settings: Settings, value: Any) -> Any:
    return SHOWN[how](value, settings)


def _as_it_is(value: Any) -> Any:
    return value


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return day(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def shaped(value: Any, kind: str, currency: str) -> Any:
    """Return a value in the shape that Pipedrive's field type wants (unbound: options by label), None for nothing.

    Money comes as int cents; text that cannot be a number or date for such a field is None.
    """
    if value is None or value == "" or value == []:
        return None
    if kind == "monetary":
        cents = value if isinstance(value, int) else _cents(value)
        return None if cents is None else {"value": amount(cents), "currency": currency}
    if kind == "double":
        number = _number(value)
        return int(number) if number is not None and number == int(number) else number
    if kind == "date":
        return value.date().isoformat() if isinstance(value, datetime) else str(value)[:10]
    if kind == "set":
        parts = value if isinstance(value, list) else re.split(r"[;,\n]", str(value))
        return sorted({part.strip() for part in parts if part.strip()}) or None
    if kind == "address":
        return {"value": short(str(value))}
    if kind == "text":
        return str(value)[:FIELD_CHARS]
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return short(str(value))


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _cents(value: Any) -> int | None:
    try:
        return int((Decimal(str(value).replace("$", "").replace(",", "")) * 100).to_integral_value())
    except InvalidOperation:
        return None


def _read(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value['value']:,.2f} {value['currency']}" if "currency" in value else str(value["value"])
    return ", ".join(value) if isinstance(value, list) else str(value)
