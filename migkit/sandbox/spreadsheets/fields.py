"""What the mapping screen offers, by category, and how a cell becomes a value. Written from Pipedrive's help pages, not from any client.

Sources: support.pipedrive.com, "Import fields" (2026-04), "Importing: mandatory fields" (2026-04), "Importing data with spreadsheets".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from ..account import Account
from ..store import Body

SYSTEM_ID = "Pipedrive System ID"
CATEGORIES = ("Person", "Organization", "Deal", "Activity", "Note")
_OWN: Mapping[str, tuple[str, ...]] = {
    "Person": (
        SYSTEM_ID, "Name", "Owner", "Email - Work", "Email - Home", "Email - Other", "Phone - Work", "Phone - Home", "Phone - Mobile",
        "Phone - Other",
    ),
    "Organization": (SYSTEM_ID, "Name", "Address", "Owner"),
    "Deal": (
        SYSTEM_ID, "Title", "Value", "Currency", "Pipeline", "Stage", "Status", "Won time", "Lost time", "Lost reason",
        "Expected close date", "Owner",
    ),
    "Activity": (
        "Subject", "Type", "Due date", "Due time", "Duration", "Done", "Free/busy", "Location", "Note", "Assigned to user",
    ),
    "Note": ("Content",),
}  # fmt: skip
_ENTITY = {"Person": "person", "Organization": "organization", "Deal": "deal"}


class Skipped(Exception):
    """A row that is not imported; its text is the reason in the skip file."""


@dataclass(frozen=True)
class Field:
    """One field that a column can be mapped to."""

    category: str
    label: str
    code: str = ""
    """Key of a custom field, "" for the others."""
    type: str = ""
    is_currency: bool = False
    """Whether it names the currency of a custom amount."""

    @property
    def name(self) -> str:
        """What the mapping screen and the form call it."""
        return f"{self.category} - {self.label}"


def offered(account: Account) -> dict[str, Field]:
    """Return name → field, in the order of the screen: each category's own fields, then the custom ones by their label."""
    found = []
    for category in CATEGORIES:
        found += [Field(category, label) for label in _OWN[category]]
        entity = _ENTITY.get(category)
        for field in sorted(account.fields(entity, custom=True), key=lambda each: str(each["field_name"])) if entity else ():
            label, code, kind = str(field["field_name"]), str(field["field_code"]), str(field["field_type"])
            found.append(Field(category, label, code, kind))
            found += [Field(category, f"Currency of {label}", code, kind, True)] if kind == "monetary" else []
    return {field.name: field for field in found}


def text(value: Any) -> str:
    """Return a cell as text, "" where it is empty."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def number(value: Any) -> float | int:
    """Return a cell as a number; one with a sign of money in it is skipped."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    try:
        return float(text(value).replace(",", ""))
    except ValueError:
        raise Skipped("Invalid number") from None


def whole(value: Any) -> int:
    """Return a cell as a system id."""
    found = number(value)
    if found != int(found):
        raise Skipped("Invalid system ID")
    return int(found)


def day(value: Any) -> str:
    """Return a cell as YYYY-MM-DD."""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    try:
        return date.fromisoformat(text(value)).isoformat()
    except ValueError:
        raise Skipped("Invalid date") from None


def moment(value: Any, zone: ZoneInfo) -> str:
    """Return a cell, read on the clock of the user who imports, as UTC."""
    try:
        read = value if isinstance(value, datetime) else datetime.fromisoformat(text(value))
    except ValueError:
        raise Skipped("Invalid date and time") from None
    return read.replace(tzinfo=zone).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clock(value: Any) -> str:
    """Return a time of day or a duration as HH:MM:SS."""
    if isinstance(value, time):
        return value.strftime("%H:%M:%S")
    parts = text(value).split(":")
    if len(parts) not in (2, 3) or not all(part.isdecimal() and len(part) == 2 for part in parts):
        raise Skipped("Invalid time")
    return ":".join([*parts, "00"][:3])


def custom(account: Account, entity: str, values: Mapping[Field, Any], currency: str) -> Body:
    """Return the custom fields of a row by code, options by their label."""
    found: Body = {}
    currencies = {field.code: text(value) for field, value in values.items() if field.is_currency}
    for field, value in values.items():
        if not field.code or field.is_currency or text(value) == "":
            continue
        if field.type == "monetary":
            found[field.code] = {"value": number(value), "currency": currencies.get(field.code) or currency}
        elif field.type == "double":
            found[field.code] = number(value)
        elif field.type == "date":
            found[field.code] = day(value)
        elif field.type in ("enum", "set"):
            options = {option["label"]: option["id"] for option in (account.field(entity, field.code) or {})["options"]}
            labels = [text(value)] if field.type == "enum" else [each.strip() for each in text(value).split(",")]
            if any(label not in options for label in labels):
                raise Skipped(f"{field.label}: this option does not exist")
            found[field.code] = options[labels[0]] if field.type == "enum" else [options[label] for label in labels]
        elif field.type == "address":
            found[field.code] = {"value": text(value)}
        else:
            found[field.code] = text(value)
    return found
