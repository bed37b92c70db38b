"""The opened workspace: its inputs, everything that follows from them, its gates, and the way to its target."""

from .change_sets import WRITES, approved_part, change_set, in_words, keep
from .gates import (
    BEFORE_LOAD,
    BEFORE_SAMPLE,
    closed,
    critical_conflicts,
    parts_to_keep,
    require,
    require_approved,
    require_to_write,
    rules_hold,
    state,
    states,
    subject,
)
from .in_advance import covered, limits
from .inputs import Inputs
from .migration import Delta, IncrementalReading, Migration
from .target import with_target

__all__ = [
    "BEFORE_LOAD",
    "BEFORE_SAMPLE",
    "WRITES",
    "Delta",
    "IncrementalReading",
    "Inputs",
    "Migration",
    "approved_part",
    "change_set",
    "closed",
    "covered",
    "critical_conflicts",
    "in_words",
    "keep",
    "limits",
    "parts_to_keep",
    "require",
    "require_approved",
    "require_to_write",
    "rules_hold",
    "state",
    "states",
    "subject",
    "with_target",
]
