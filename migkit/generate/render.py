"""How a clean value looks in an export: as text, or as a native workbook cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from migkit.model.canonical import CanonicalSchema, parse_schema
from migkit.resources import load_yaml

SPELLINGS: dict[str, str | dict[str, str]] = {
    "gender": {"female": "F", "male": "M"},
    "did_not_attend": "FTA",
    "part_paid": "Part Paid",
    "in_progress": "In progress",
    "hicaps": "HICAPS",
    "eftpos": "EFTPOS",
    "sms": "SMS",
    "email": "E-mail",
    "outbound": "Out",
    "inbound": "In",
    "other": "Others",
}
"""Canonical code → what the practice system writes, where that is not simply the word with a capital."""


@cache
def schema() -> CanonicalSchema:
    """Return the canonical schema."""
    return parse_schema(load_yaml("canonical.yaml"))


@cache
def type_of(table: str, name: str) -> str:
    """Return the canonical type of a field; a column without a canonical home is text."""
    return "text" if name.startswith("custom:") else schema()[table].fields[name].type


def cell(table: str, name: str, value: Any, *, native: bool) -> Any:
    """Return a value as written into a cell, None where it is empty."""
    return None if value is None else shown_as(table, name, native)(value)


@cache
def shown_as(table: str, name: str, native: bool) -> Callable[[Any], Any]:
    """Return what makes a cell of a value of this field: for a column of a million values it is looked up once."""
    kind = type_of(table, name)
    if kind in NATIVE and native:
        return NATIVE[kind]
    if kind in WRITTEN:
        return WRITTEN[kind]
    if kind == "code" and schema()[table].fields[name].values:
        return partial(spelling, name)
    return str


NATIVE: dict[str, Callable[[Any], Any]] = {
    "money": lambda cents: cents / 100,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    **dict.fromkeys(("integer", "minutes", "number", "percent"), lambda number: number),
}
"""Canonical type → what a workbook's cell holds, where that is not text."""


def spelling(name: str, value: str) -> str:
    """Return how the practice system writes a code of a closed list."""
    found = SPELLINGS.get(name, SPELLINGS.get(value, value.capitalize()))
    return found if isinstance(found, str) else found[value]


def local_phone(number: str) -> str:
    """Return an E.164 number as Australians write it."""
    rest = number.removeprefix("+61")
    return f"0{rest[:3]} {rest[3:6]} {rest[6:]}" if rest[0] == "4" else f"(0{rest[0]}) {rest[1:5]} {rest[5:]}"


WRITTEN: dict[str, Callable[[Any], str]] = {
    "money": lambda cents: f"{cents / 100:.2f}",
    "date": lambda day: f"{day[8:10]}/{day[5:7]}/{day[:4]}",
    "datetime": lambda at: f"{at[8:10]}/{at[5:7]}/{at[:4]} {at[11:16]}",
    "boolean": lambda value: "Yes" if value else "No",
    "phone": local_phone,
}
"""Canonical type → what a cell of text holds, where that is not simply the value's text."""
