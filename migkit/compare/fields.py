"""Field by field, record by record: equal, normalised by a named rule, or differing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from . import values


class State(StrEnum):
    """How a value that was read back stands to the desired one."""

    EQUAL = "equal"
    NORMALISED = "normalised"  # they differ in a way that a known server rule explains; the rule is named
    DIFFERING = "differing"


@dataclass(frozen=True, slots=True)
class FieldResult:
    """The comparison of one field."""

    state: State
    rule: str = ""
    """Name of the server rule, for `normalised` only."""
    field: str = ""
    desired: Any = None
    actual: Any = None


COMPARATORS: Mapping[str, Callable[[Any, Any], str | None]] = {
    "text": values.text,
    "html": values.html_text,
    "name": values.name,
    "number": values.number,
    "money": values.money,
    "date": values.date,
    "datetime": values.instant,
    "time": values.time,
    "enum": values.identity,
    "id": values.identity,
    "owner": values.identity,
    "set": values.members,
    "list": values.items,
    "address": values.address,
    "boolean": values.boolean,
}
"""Name, as maps and templates write it, → function that names the explaining rule or answers None."""


def compare_field(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def fitting(value: Any) -> str:
    """Return the comparator that fits a value whose field declares none."""
    if isinstance(value, str):  # nearly all
        return "text"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, Mapping):
        return "money" if "currency" in value else "address"
    if isinstance(value, Sequence):
        return "list" if any(isinstance(item, Mapping) for item in value) else "set"
    return "text"
