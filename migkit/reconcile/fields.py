"""Every field of every record of ours: what was wanted, what Pipedrive answered when we wrote, what stands there now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from migkit.compare import FieldResult, State, compare_field, fitting, three_way
from migkit.load import LOCAL, Binder, Entry, Origin, UnboundError, joined
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import DesiredRecord

KEPT_THEIRS = "kept-theirs"  # adopted records: the policy left their value
JOINED = "joined-with-theirs"  # adopted records: our items stand among theirs
SET_AT_CREATION = "set-at-creation-only"  # the plan changed it since, and the API takes it never again
NOT_IMPORTED = "not-set-by-import"  # came by Pipedrive's import, which cannot set it
EDITED = "edited in Pipedrive since"
NOT_TAKEN = "not as sent"
NOT_WRITTEN = "not written yet"

COLUMNS = ["key", "object", "field", "state", "rule", "cause", "desired", "answered", "actual"]


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """The comparison of one field of one record."""

    key: str
    object: ObjectType
    result: FieldResult
    answered: Any
    """What Pipedrive answered when it was written; of a field that is equal nobody looks."""
    cause: str
    """Differing fields only: edited in Pipedrive since | not as sent | not written yet."""


def compare_entry(
    record: DesiredRecord,
    entry: Entry,
    actual: Mapping[str, Any],
    binder: Binder,
    comparators: Mapping[str, str],
    given_up: Collection[str] = (),
) -> Iterator[FieldComparison]:
    """Yield the comparison of every planned field of a record that stands in the target.

    `comparators` maps planned field → comparator name; a field without one is judged by its value's type. `given_up`: planned fields that
    the import by which the record came does not set.
    """
    touched: set[str] | None = None
    try:
        whole: dict[str, Any] | None = binder.bind(record)
    except UnboundError:  # each by itself, so that only those that cannot be bound say so
        whole = None
    for name in record.unbound():
        if name in LOCAL:  # says what was sent, not what Pipedrive holds
            continue
        bound = binder.name(record.object, name)
        try:
            wanted = binder.bind(record, [name]) if whole is None else whole
        except UnboundError as problem:
            yield FieldComparison(record.key, record.object, FieldResult(State.DIFFERING, "", name), None, str(problem))
            continue
        if bound not in wanted:  # a note's author, where the token may not set it
            continue
        value, now = wanted[bound], actual.get(bound)
        result = compare_field(value, now, comparators.get(name) or fitting(value), name)
        if result.state is State.EQUAL:  # nearly all: the ledger's images stay on disk
            yield FieldComparison(record.key, record.object, result, None, "")
            continue
        answered = entry.after_image.get(bound)
        if result.state is State.DIFFERING and entry.origin is Origin.ADOPTED:
            result = _of_adopted(result, bound in entry.pre_image)
        if result.state is State.DIFFERING and name in given_up and now == answered:
            result = FieldResult(State.NORMALISED, NOT_IMPORTED, name, value, now)
        if result.state is State.DIFFERING and bound in OBJECTS[record.object].create_only and now == answered:
            result = FieldResult(State.NORMALISED, SET_AT_CREATION, name, value, now)
        cause = ""
        if result.state is State.DIFFERING:
            if touched is None:
                touched = set(three_way(None, entry.after_image, {**dict.fromkeys(entry.after_image), **actual}))
            unwritten = record.hashes()[name] != entry.hashes.get(name)
            cause = NOT_WRITTEN if unwritten else EDITED if bound in touched else NOT_TAKEN
        yield FieldComparison(record.key, record.object, result, answered, cause)


def _of_adopted(result: FieldResult, written: bool) -> FieldResult:
    if isinstance(result.desired, list) and isinstance(result.actual, list):
        if len(joined(result.field, result.desired, result.actual)) == len(result.actual):
            return FieldResult(State.NORMALISED, JOINED, result.field, result.desired, result.actual)
    elif not written and result.actual is not None:
        return FieldResult(State.NORMALISED, KEPT_THEIRS, result.field, result.desired, result.actual)
    return result


class Tally:
    """What comparing came to: counted field by field as it goes on, and held only where a field is not plainly equal."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str, str]] = Counter()
        self._told: list[FieldComparison] = []

    def add(self, comparisons: Iterable[FieldComparison]) -> None:
        """Count the fields of one record."""
        for one in comparisons:
            self._counts[one.object.value, one.result.field, one.result.state.value, one.result.rule] += 1
            if one.result.state is not State.EQUAL:
                self._told.append(one)

    def summary(self) -> pd.DataFrame:
        """Return one row per object, field, state and rule with how many records."""
        rows = [(*name, number) for name, number in self._counts.items()]
        found = pd.DataFrame(rows, columns=["object", "field", "state", "rule", "records"])
        return found.sort_values(["object", "field", "state", "rule"], ignore_index=True)

    def details(self) -> pd.DataFrame:
        """Return one row per field that is not plainly equal."""
        rows = [
            (c.key, c.object.value, of.field, of.state.value, of.rule, c.cause, of.desired, c.answered, of.actual)
            for c, of in ((one, one.result) for one in self._told)
        ]
        return pd.DataFrame(rows, columns=COLUMNS)
