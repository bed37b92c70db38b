"""The opened workspace: its inputs, everything that follows from them, its gates, and the way to its target."""

from .change_sets import change_set, keep
from .gates import (
    BEFORE_LOAD,
    BEFORE_SAMPLE,
    bound_parts,
    closed,
    critical_conflicts,
    require,
    require_approved,
    require_to_write,
    rules_hold,
    state,
    states,
    subject,
)
from .inputs import Inputs
from .migration import Delta, IncrementalReading, Migration
from .target import with_target

__all__ = [
    "BEFORE_LOAD",
    "BEFORE_SAMPLE",
    "Delta",
    "IncrementalReading",
    "Inputs",
    "Migration",
    "bound_parts",
    "change_set",
    "closed",
    "critical_conflicts",
    "keep",
    "require",
    "require_approved",
    "require_to_write",
    "rules_hold",
    "state",
    "states",
    "subject",
    "with_target",
]
