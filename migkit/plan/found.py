"""What reading and planning both find is known once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migkit.model.outcomes import Finding

SEEN_WHEN_READ: Mapping[str, str] = {
    "ambiguous-hour": "ambiguous-local-time",
    "nonexistent-hour": "nonexistent-local-time",
    "no-patient": "booking-without-patient",
    "plan-total-differs": "plan-total-mismatch",
    "file-missing": "attachment-file-missing",
    "file-not-indexed": "attachment-without-owner",
}
"""Code of a finding of the plan → code under which reading the export finds the same condition."""


def new_findings(read: Iterable[Finding], planned: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the plan's findings that those of reading do not tell already: of the same condition and table, for as many rows."""
    known = {(finding.code, finding.table): finding.count for finding in read}
    return tuple(finding for finding in planned if known.get((SEEN_WHEN_READ.get(finding.code, ""), finding.table), -1) < finding.count)
