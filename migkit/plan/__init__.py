"""Canonical tables, people, map and decisions → desired records, documents, cost and sample. Pure."""

from .build import Planning, build_plan, count_tokens
from .deleted import leave_deleted
from .documents import no_email
from .found import new_findings
from .money import money_summary
from .policies import CHOICES, is_sent, map_over, policies_digest, policies_over, privacy_digest
from .sampling import sample, shapes_of
from .setup import comparators

__all__ = [
    "CHOICES",
    "Planning",
    "build_plan",
    "comparators",
    "count_tokens",
    "is_sent",
    "leave_deleted",
    "map_over",
    "money_summary",
    "new_findings",
    "no_email",
    "policies_digest",
    "policies_over",
    "privacy_digest",
    "sample",
    "shapes_of",
]
