"""What building a plan may find out: code → severity and sentence (`{n}` is the number of rows)."""

from __future__ import annotations

from collections.abc import Mapping

from migkit.model.outcomes import Severity

_INFO, _WARNING = Severity.INFO, Severity.WARNING

MESSAGES: Mapping[str, tuple[Severity, str]] = {
    "ambiguous-hour": (_WARNING, "{n} rows lie in the hour that daylight saving repeats: the policy ambiguous_hour decides which."),
    "nonexistent-hour": (_WARNING, "{n} rows lie in an hour that daylight saving skips: the policy nonexistent_hour decides."),
    "no-date": (_WARNING, "{n} rows have no date and are held: mend them in the export or exclude them."),
    "no-name": (_WARNING, "{n} rows have no name, which Pipedrive requires, and are held."),
    "no-patient": (_WARNING, "{n} rows name no patient and are held: they have nobody to belong to."),
    "ends-before-start": (_WARNING, "{n} appointments end before they start: they are loaded without a duration."),
    "past-booking": (_INFO, "{n} past appointments are still booked: the policy past_bookings decides whether they stay open."),
    "plan-total-differs": (_WARNING, "{n} treatment plans have a total that their items do not sum to: the plan's total counts."),
    "no-closing-date": (_INFO, "{n} closed plans have no closing date: the latest date known of the plan is used."),
    "file-missing": (_WARNING, "{n} attachments name a file that is not in the export, and are held."),
    "file-not-indexed": (_INFO, "{n} files are named by no attachment row and are not loaded."),
    "no-note-text": (_INFO, "{n} clinical notes have neither text nor title and are left out."),
    "field-without-home": (_WARNING, "{n} new fields belong to an object without custom fields: they stand as labelled lines in its text."),
    "unsigned-reversal": (_INFO, "{n} reversals or refunds carry a positive amount: they are counted as money going out."),
    "family-without-members": (_INFO, "{n} families became no Organization: nobody in them goes on, or people were decided otherwise."),
    "appointment-types-folded": (_INFO, "{n} rare appointment types share one activity type: the type itself stands in each note."),
}
