"""What somebody approved in advance for the days in which later exports come by themselves: classes of changes, each up to a number.

It stands in `decisions/watch.yaml`. A class is an object and an operation; where an export brings more of one than was approved, none of
that class is written. Deletions are never approved in advance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from migkit.load import Change

from .change_sets import WRITES

Class = tuple[str, str]
"""Object and operation."""


def limits(document: Mapping[str, Any]) -> dict[Class, int]:
    """Return how many changes of each class `decisions/watch.yaml` approves, {} where nothing is."""
    return {(entry["object"], entry["operation"]): entry["at_most"] for entry in document.get("approved") or ()}


def covered(changes: Sequence[Change], most: Mapping[Class, int]) -> tuple[list[Change], list[Change]]:
    """Return the writes among `changes` that are approved in advance, and those that wait for somebody. Pure."""
    writes = [change for change in changes if change.op in WRITES]
    counts = Counter(_class(change) for change in writes)
    within = {one for one, count in counts.items() if count <= most.get(one, 0)}
    return [c for c in writes if _class(c) in within], [c for c in writes if _class(c) not in within]


def _class(change: Change) -> Class:
    return str(change.object), str(change.op)
