"""What a plan costs in tokens when everything in it is created."""

from __future__ import annotations

from collections import Counter

from migkit.model.cost import Cost, cost_of
from migkit.model.records import Plan


def count_tokens(plan: Plan) -> Cost:
    """Return creates and tokens by object, their total, and what a full rollback would cost."""
    return cost_of(Counter(record.object for record in plan.records.values()))
