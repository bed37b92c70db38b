"""What can become of a row, and what can be found wrong with it: the closed vocabularies of every report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .messages import CATALOGUE, Message, Severity, Value

__all__ = ["EXAMPLES", "Finding", "Message", "Outcome", "RowOutcome", "Severity"]

EXAMPLES = 20
"""How many keys a finding names at most."""


class Outcome(StrEnum):
    """The one thing that became of a physical row of an export file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    MATCHED = "matched"  # an existing Pipedrive record was adopted
    MERGED_INTO = "merged-into"  # the same person as another row; ref says which
    FOLDED_INTO = "folded-into"  # carried inside another row's record; ref says which
    EXPORTED = "exported"  # went into a JSON document or a rebuild recipe
    REPEATED = "repeated"  # the same row again; ref says which
    EXCLUDED = "excluded"  # left out by decision
    REJECTED = "rejected"  # could not be read; stands in the reject file
    HELD = "held"  # waits for a decision or for its parent
    FAILED = "failed"  # Pipedrive refused it
    PENDING = "pending"  # not yet loaded


@dataclass(frozen=True)
class Finding:
    """One thing that the analyst should know about the data or the account. Never carries a patient's value.

    `str()` is its sentence: what, how many, what to do.
    """

    message: Message
    severity: Severity
    table: str | None = None
    """Canonical table, or None."""
    field: str | None = None
    """Canonical field, or None."""
    count: int = 1
    """How many rows it concerns."""
    keys: tuple[str, ...] = ()
    """Up to `EXAMPLES` of them: record keys, or `file:line` where a row has no key."""
    check: str = ""
    """Name of the expectation that failed: `patients.birth_date.be-between`."""

    @classmethod
    def of(
        cls,
        code: str,
        /,
        *,
        table: str | None = None,
        field: str | None = None,
        count: int | None = None,
        keys: Sequence[str] = (),
        severity: Severity | None = None,
        check: str = "",
        **parameters: Value,
    ) -> Finding:
        """Return the finding that the catalogue knows as `code`.

        `count` is the number of `keys` unless given (1 where there are none). `{count}`, `{table}` and `{field}` of its sentence come
        from here; `severity` is given only where the catalogue leaves it to the finder. Raises ValueError as `Message.of` does.
        """
        entry = CATALOGUE.get(code)
        weight = severity or (entry and entry.severity)
        if entry is not None and weight is None:
            raise ValueError(f"The catalogue does not say how much {code} matters, and neither does its finder.")
        number = count if count is not None else len(keys) or 1
        known: dict[str, Value] = {"count": number, "table": table or "", "field": field or ""}
        own = {name: value for name, value in known.items() if entry is not None and name in entry.parameters}
        message = Message.made(code, {**own, **parameters}, counted=True)
        return cls(message, Severity(weight or "info"), table, field, number, tuple(keys[:EXAMPLES]), check)

    @property
    def code(self) -> str:
        """Code of the kind of finding, e.g. `missing-patients`."""
        return self.message.code

    @property
    def name(self) -> str:
        """What it is called in lists and accepted under: its check where it has one, else its code."""
        return self.check or self.code

    def __str__(self) -> str:
        return self.message.sentence(counted=True)


@dataclass(frozen=True, slots=True)  # a practice has millions of them
class RowOutcome:
    """The outcome of one physical row. `ref` is the row or record it points at (merged, folded, repeated)."""

    file: str
    line: int
    table: str
    key: str
    outcome: Outcome
    reason: Message | None = None
    ref: str = ""
