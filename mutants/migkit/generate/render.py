"""How a clean value looks in an export: as text, or as a native workbook cell."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
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
    if value is None:
        return None
    kind = type_of(table, name)
    if kind == "money":
        return value / 100 if native else f"{value / 100:.2f}"
    if kind == "date":
        day = date.fromisoformat(value)
        return day if native else f"{day:%d/%m/%Y}"
    if kind == "datetime":
        at = datetime.fromisoformat(value)
        return at if native else f"{at:%d/%m/%Y %H:%M}"
    if kind == "boolean":
        return "Yes" if value else "No"
    if kind == "phone":
        return local_phone(value)
    if kind in ("integer", "minutes", "number", "percent"):
        return value if native else str(value)
    if kind == "code" and schema()[table].fields[name].values:
        return spelling(name, value)
    return str(value)


def spelling(name: str, value: str) -> str:
    """Return how the practice system writes a code of a closed list."""
    found = SPELLINGS.get(name, SPELLINGS.get(value, value.capitalize()))
    return found if isinstance(found, str) else found[value]


def local_phone(number: str) -> str:
    """Return an E.164 number as Australians write it."""
    rest = number.removeprefix("+61")
    return f"0{rest[:3]} {rest[3:6]} {rest[6:]}" if rest[0] == "4" else f"(0{rest[0]}) {rest[1:5]} {rest[5:]}"
