"""What building a plan may find out: code → severity, and the sentence that follows the number of rows, for one row and for several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migkit.model.outcomes import Finding, Severity

_INFO, _WARNING = Severity.INFO, Severity.WARNING

MESSAGES: Mapping[str, tuple[Severity, str, str]] = {
    "ambiguous-hour": (
        _WARNING,
        "row lies in the hour that daylight saving repeats: the policy ambiguous_hour decides which of the two it was.",
        "rows lie in the hour that daylight saving repeats: the policy ambiguous_hour decides which of the two it was.",
    ),
    "nonexistent-hour": (
        _WARNING,
        "row lies in an hour that daylight saving skips: the policy nonexistent_hour decides.",
        "rows lie in an hour that daylight saving skips: the policy nonexistent_hour decides.",
    ),
    "no-date": (
        _WARNING,
        "row has no date and is held: mend it in the export or exclude it.",
        "rows have no date and are held: mend them in the export or exclude them.",
    ),
    "no-name": (
        _WARNING,
        "row has no name, which Pipedrive requires, and is held.",
        "rows have no name, which Pipedrive requires, and are held.",
    ),
    "no-patient": (
        _WARNING,
        "row names no patient and is held: it has nobody to belong to.",
        "rows name no patient and are held: they have nobody to belong to.",
    ),
    "ends-before-start": (
        _WARNING,
        "appointment ends before it starts: it is loaded without a duration.",
        "appointments end before they start: they are loaded without a duration.",
    ),
    "past-booking": (
        _INFO,
        "past appointment is still booked: the policy past_bookings decides whether it stays open.",
        "past appointments are still booked: the policy past_bookings decides whether they stay open.",
    ),
    "plan-total-differs": (
        _WARNING,
        "treatment plan has a total that its items do not sum to: the plan's total counts.",
        "treatment plans have a total that their items do not sum to: the plan's total counts.",
    ),
    "no-closing-date": (
        _INFO,
        "closed plan has no closing date: the latest date known of it is used.",
        "closed plans have no closing date: the latest date known of each is used.",
    ),
    "file-missing": (
        _WARNING,
        "attachment names a file that is not in the export, and is held.",
        "attachments name a file that is not in the export, and are held.",
    ),
    "file-not-indexed": (
        _INFO,
        "file is named by no attachment row and is not loaded.",
        "files are named by no attachment row and are not loaded.",
    ),
    "no-note-text": (
        _INFO,
        "clinical note has neither text nor title and is left out.",
        "clinical notes have neither text nor title and are left out.",
    ),
    "field-without-home": (
        _WARNING,
        "new field belongs to an object without custom fields: it stands as a labelled line in its text.",
        "new fields belong to an object without custom fields: they stand as labelled lines in its text.",
    ),
    "unsigned-reversal": (
        _INFO,
        "reversal or refund carries a positive amount: it is counted as money going out.",
        "reversals or refunds carry a positive amount: they are counted as money going out.",
    ),
    "family-without-members": (
        _INFO,
        "family became no Organization: nobody in it goes on, or people were decided otherwise.",
        "families became no Organization: nobody in them goes on, or people were decided otherwise.",
    ),
    "appointment-types-folded": (
        _INFO,
        "rare appointment type is folded into the type for all others: the type itself stands in each note.",
        "rare appointment types share one activity type: the type itself stands in each note.",
    ),
}

SEEN_WHEN_READ: Mapping[str, str] = {
    "ambiguous-hour": "ambiguous-local-time",
    "nonexistent-hour": "nonexistent-local-time",
    "no-patient": "booking-without-patient",
    "plan-total-differs": "plan-total-mismatch",
    "file-missing": "attachment-file-missing",
    "file-not-indexed": "attachment-without-owner",
}
"""Code of a finding of the plan → code under which reading the export finds the same condition."""


def told_once(read: Iterable[Finding], planned: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the plan's findings that those of reading do not tell already: of the same condition and table, for as many rows."""
    told = {(finding.code, finding.table): finding.count for finding in read}
    return tuple(finding for finding in planned if told.get((SEEN_WHEN_READ.get(finding.code, ""), finding.table), -1) < finding.count)
