"""What reading one cell finds."""

from __future__ import annotations

from .entry import Entry, Severity

_OF = "{count} {count:value|values} of {table}.{field}: "
_KINDS = (
    "date", "datetime", "time", "money", "number", "integer", "minutes", "percent", "boolean", "email", "phone", "postcode", "tooth",
)  # fmt: skip


def _problem(what: str, severity: Severity = Severity.WARNING) -> Entry:
    return Entry(_OF + what, severity)


PROBLEMS = {
    "lost-digits": _problem("written by a spreadsheet as 1.23E+09; the digits are gone and the field was left empty, look them up."),
    "unknown-code": _problem("a code that neither the map nor the schema knows; it was kept as text, map it in the mapping review."),
    "date-order-ambiguous": _problem(
        "a date that may be day first or month first: the country's usual order was read, nothing where it has none; say which in the "
        "mapping review (dates written day first, month first)."
    ),
    "dates-swapped": _problem(
        "a day of up to 12 in a workbook whose later days stayed texts: a spreadsheet of another country read it month first, and day and "
        "month were put right."
    ),
    "date-order-of-others": _problem(
        "a date that may be day first or month first, in a file that shows neither: read as all other files of the export are written, "
        "against the country's usual order; say which in the mapping review (dates written day first, month first)."
    ),
    "phone-remark": _problem(
        "more than one phone number, or something beside it; every whole number is loaded, a cell that says more is in Patient details.",
        Severity.INFO,
    ),
    "phone-remark-dropped": _problem("more than one phone number, or words beside it; the first number was taken.", Severity.INFO),
    "email-remark": _problem(
        "more than one e-mail address, or words beside it; every address is loaded, the words stand in Patient details.", Severity.INFO
    ),
    "email-remark-dropped": _problem("more than one e-mail address, or words beside it; the first was taken.", Severity.INFO),
    "unproven-phone": _problem("a number that no numbering plan of the practice's country has; it was kept as it is written."),
    "filler-phone": _problem("a number that means none (0400 000 000); it was left empty."),
    "filler-email": _problem("an address that means none (none@…, the same word before and after the @); it was left empty."),
    "unproven-postcode": _problem("a postcode that is none of the practice's country; it was kept as it is written."),
    "foreign-currency": _problem("an amount in another currency than the practice's; it was left empty, it is no amount of its money."),
    "unknown-time-zone": _problem("a time with an offset and the practice's zone is not known; the clock time was kept."),
}
_KEPT = {"phone": "no phone number; the text stands in Patient details.", "email": "no e-mail address; the text stands in Patient details."}
UNREADABLE = {f"unreadable-{kind}": _problem(_KEPT.get(kind, "could not be read and was left empty.")) for kind in _KINDS}
UNREADABLE |= {
    "unreadable-phone-dropped": _problem("no phone number; it was left empty."),
    "unreadable-email-dropped": _problem("no e-mail address; it was left empty."),
}
"""A value that is none of its type: `unreadable-<type of the field>`."""

ENTRIES = PROBLEMS | UNREADABLE
