"""What becomes of a record in a rollback."""

from __future__ import annotations

from dataclasses import dataclass

from migkit.model.messages import Message
from migkit.model.objects import ObjectType

REVERSED = "reversed"
KEPT = "kept"
ERRORED = "errored"
SKIPPED = "skipped"
BUCKETS = (REVERSED, KEPT, ERRORED, SKIPPED)


@dataclass(frozen=True)
class RollbackRow:
    """What became, or would become, of one record of ours."""

    key: str
    object: ObjectType
    bucket: str
    """reversed | kept (somebody edited it, or something points at it) | errored (Pipedrive refused) | skipped (nothing to do)."""
    detail: Message | None = None
