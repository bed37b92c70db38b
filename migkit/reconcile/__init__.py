"""Read the target back and compare: every field, every record, every row of every file."""

from .explain import Explanation, RecordStory, explain
from .outcomes import outcome_table, row_outcomes
from .readback import ReadBack, read_back, read_records
from .reconcile import Comparators, Reconciliation, reconcile
from .sides import BY_RULE, Sides, cells
from .stated import stated_balances, stated_counts, stated_debtors, stated_figures, stated_totals
from .witnesses import (
    MEASURES,
    Records,
    Statement,
    Witness,
    count_files,
    count_records,
    records_of_plan,
    records_of_target,
    witness,
)

__all__ = [
    "BY_RULE",
    "MEASURES",
    "Comparators",
    "Explanation",
    "ReadBack",
    "Reconciliation",
    "RecordStory",
    "Records",
    "Sides",
    "Statement",
    "Witness",
    "cells",
    "count_files",
    "count_records",
    "explain",
    "outcome_table",
    "read_back",
    "read_records",
    "reconcile",
    "records_of_plan",
    "records_of_target",
    "row_outcomes",
    "stated_balances",
    "stated_counts",
    "stated_debtors",
    "stated_figures",
    "stated_totals",
    "witness",
]
