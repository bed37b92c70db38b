"""Read the target back and compare: every field, every record, every row of every file."""

from .explain import Explanation, RecordStory, explain
from .outcomes import outcome_table, row_outcomes
from .readback import ReadBack, read_back
from .reconcile import Comparators, Reconciliation, reconcile

__all__ = [
    "Comparators",
    "Explanation",
    "ReadBack",
    "Reconciliation",
    "RecordStory",
    "explain",
    "outcome_table",
    "read_back",
    "reconcile",
    "row_outcomes",
]
