"""Field by field, record by record: equal, normalised by a named rule, or differing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from . import values


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict


class State(StrEnum):
    """How a value that was read back stands to the desired one."""

    EQUAL = "equal"
    NORMALISED = "normalised"  # they differ in a way that a known server rule explains; the rule is named
    DIFFERING = "differing"


@dataclass(frozen=True)
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
mutants_x_compare_field__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_compare_field__mutmut)
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


def x_compare_field__mutmut_orig(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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


def x_compare_field__mutmut_1(desired: Any, actual: Any, comparator: str, field: str = "XXXX") -> FieldResult:
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


def x_compare_field__mutmut_2(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = None
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_3(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual or isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_4(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired != actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_5(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) != isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_6(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(None, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_7(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, None, field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_8(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", None, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_9(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, None, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_10(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, None)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_11(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult("", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_12(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_13(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_14(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_15(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, )
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_16(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "XXXX", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_17(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) or values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_18(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(None) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_19(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(None):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_20(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(None, "null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_21(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, None, field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_22(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", None, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_23(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, None, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_24(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, None)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_25(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult("null-is-empty", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_26(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_27(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_28(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_29(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "null-is-empty", field, desired, )
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_30(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "XXnull-is-emptyXX", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_31(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
    """Return how `actual` (read back) stands to `desired`, both bound to the account.

    None, "", [] and {} all mean "nothing". Raises KeyError for a comparator that is not in `COMPARATORS`.

    >>> compare_field("2026-03-01T09:00:00Z", "2026-03-01 09:00:00", "datetime").rule
    'time-format'
    """
    explain = COMPARATORS[comparator]
    if desired == actual and isinstance(desired, bool) == isinstance(actual, bool):
        return FieldResult(State.EQUAL, "", field, desired, actual)
    if values.is_empty(desired) and values.is_empty(actual):
        return FieldResult(State.NORMALISED, "NULL-IS-EMPTY", field, desired, actual)
    if values.is_empty(desired) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_32(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    if values.is_empty(None) != values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_33(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    if values.is_empty(desired) == values.is_empty(actual):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_34(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    if values.is_empty(desired) != values.is_empty(None):
        return FieldResult(State.DIFFERING, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_35(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
        return FieldResult(None, "", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_36(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
        return FieldResult(State.DIFFERING, None, field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_37(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
        return FieldResult(State.DIFFERING, "", None, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_38(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
        return FieldResult(State.DIFFERING, "", field, None, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_39(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
        return FieldResult(State.DIFFERING, "", field, desired, None)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_40(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
        return FieldResult("", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_41(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
        return FieldResult(State.DIFFERING, field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_42(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
        return FieldResult(State.DIFFERING, "", desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_43(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
        return FieldResult(State.DIFFERING, "", field, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_44(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
        return FieldResult(State.DIFFERING, "", field, desired, )
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_45(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
        return FieldResult(State.DIFFERING, "XXXX", field, desired, actual)
    rule = explain(desired, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_46(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    rule = None
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_47(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    rule = explain(None, actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_48(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    rule = explain(desired, None)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_49(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    rule = explain(actual)
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_50(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    rule = explain(desired, )
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_51(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(None, rule or "", field, desired, actual)


def x_compare_field__mutmut_52(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, None, field, desired, actual)


def x_compare_field__mutmut_53(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", None, desired, actual)


def x_compare_field__mutmut_54(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, None, actual)


def x_compare_field__mutmut_55(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, None)


def x_compare_field__mutmut_56(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(rule or "", field, desired, actual)


def x_compare_field__mutmut_57(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, field, desired, actual)


def x_compare_field__mutmut_58(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", desired, actual)


def x_compare_field__mutmut_59(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, actual)


def x_compare_field__mutmut_60(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "", field, desired, )


def x_compare_field__mutmut_61(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(State.NORMALISED if (rule) and False else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_62(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(State.NORMALISED if (rule) or True else State.DIFFERING, rule or "", field, desired, actual)


def x_compare_field__mutmut_63(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule and "", field, desired, actual)


def x_compare_field__mutmut_64(desired: Any, actual: Any, comparator: str, field: str = "") -> FieldResult:
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
    return FieldResult(State.NORMALISED if rule else State.DIFFERING, rule or "XXXX", field, desired, actual)

mutants_x_compare_field__mutmut['_mutmut_orig'] = x_compare_field__mutmut_orig # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_1'] = x_compare_field__mutmut_1 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_2'] = x_compare_field__mutmut_2 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_3'] = x_compare_field__mutmut_3 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_4'] = x_compare_field__mutmut_4 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_5'] = x_compare_field__mutmut_5 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_6'] = x_compare_field__mutmut_6 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_7'] = x_compare_field__mutmut_7 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_8'] = x_compare_field__mutmut_8 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_9'] = x_compare_field__mutmut_9 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_10'] = x_compare_field__mutmut_10 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_11'] = x_compare_field__mutmut_11 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_12'] = x_compare_field__mutmut_12 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_13'] = x_compare_field__mutmut_13 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_14'] = x_compare_field__mutmut_14 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_15'] = x_compare_field__mutmut_15 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_16'] = x_compare_field__mutmut_16 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_17'] = x_compare_field__mutmut_17 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_18'] = x_compare_field__mutmut_18 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_19'] = x_compare_field__mutmut_19 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_20'] = x_compare_field__mutmut_20 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_21'] = x_compare_field__mutmut_21 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_22'] = x_compare_field__mutmut_22 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_23'] = x_compare_field__mutmut_23 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_24'] = x_compare_field__mutmut_24 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_25'] = x_compare_field__mutmut_25 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_26'] = x_compare_field__mutmut_26 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_27'] = x_compare_field__mutmut_27 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_28'] = x_compare_field__mutmut_28 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_29'] = x_compare_field__mutmut_29 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_30'] = x_compare_field__mutmut_30 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_31'] = x_compare_field__mutmut_31 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_32'] = x_compare_field__mutmut_32 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_33'] = x_compare_field__mutmut_33 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_34'] = x_compare_field__mutmut_34 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_35'] = x_compare_field__mutmut_35 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_36'] = x_compare_field__mutmut_36 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_37'] = x_compare_field__mutmut_37 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_38'] = x_compare_field__mutmut_38 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_39'] = x_compare_field__mutmut_39 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_40'] = x_compare_field__mutmut_40 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_41'] = x_compare_field__mutmut_41 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_42'] = x_compare_field__mutmut_42 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_43'] = x_compare_field__mutmut_43 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_44'] = x_compare_field__mutmut_44 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_45'] = x_compare_field__mutmut_45 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_46'] = x_compare_field__mutmut_46 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_47'] = x_compare_field__mutmut_47 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_48'] = x_compare_field__mutmut_48 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_49'] = x_compare_field__mutmut_49 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_50'] = x_compare_field__mutmut_50 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_51'] = x_compare_field__mutmut_51 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_52'] = x_compare_field__mutmut_52 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_53'] = x_compare_field__mutmut_53 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_54'] = x_compare_field__mutmut_54 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_55'] = x_compare_field__mutmut_55 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_56'] = x_compare_field__mutmut_56 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_57'] = x_compare_field__mutmut_57 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_58'] = x_compare_field__mutmut_58 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_59'] = x_compare_field__mutmut_59 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_60'] = x_compare_field__mutmut_60 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_61'] = x_compare_field__mutmut_61 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_62'] = x_compare_field__mutmut_62 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_63'] = x_compare_field__mutmut_63 # type: ignore # mutmut generated
mutants_x_compare_field__mutmut['x_compare_field__mutmut_64'] = x_compare_field__mutmut_64 # type: ignore # mutmut generated


def fitting(value: Any) -> str:
    """Return the comparator that fits a value whose field declares none."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, Mapping):
        return "money" if "currency" in value else "address"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "list" if any(isinstance(item, Mapping) for item in value) else "set"
    return "text"
