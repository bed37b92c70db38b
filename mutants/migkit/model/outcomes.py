"""What can become of a row, and what can be found wrong with it: the closed vocabularies of every report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


class Severity(StrEnum):
    """How much a finding matters: critical stops the load until it is mended or accepted."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


@dataclass(frozen=True)
class Finding:
    """One thing that the analyst should know about the data or the account. Never carries a patient's value."""

    code: str
    """Stable kebab-case name of the kind of finding, e.g. `missing-patients`."""
    severity: Severity
    message: str
    """One sentence: what, how many, what to do."""
    table: str | None = None
    """Canonical table, or None."""
    field: str | None = None
    """Canonical field, or None."""
    count: int = 1
    """How many rows it concerns."""
    keys: tuple[str, ...] = ()
    """Up to 20 examples: record keys, or `file:line` where a row has no key."""


@dataclass(frozen=True)
class RowOutcome:
    """The outcome of one physical row. `ref` is the row or record it points at (merged, folded, repeated)."""

    file: str
    line: int
    table: str
    key: str
    outcome: Outcome
    reason: str = ""
    ref: str = ""
