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
    "date-order-doubtful": _problem("a date that may be day first or month first, in a column that has both; day first was read."),
    "phone-remark": _problem("more than one phone number, or words beside it; the first number was taken.", Severity.INFO),
    "email-remark": _problem("more than one e-mail address; the first was taken.", Severity.INFO),
    "unknown-time-zone": _problem("a time with an offset and the practice's zone is not known; the clock time was kept."),
}
UNREADABLE = {f"unreadable-{kind}": _problem("could not be read and was left empty.") for kind in _KINDS}
"""A value that is none of its type: `unreadable-<type of the field>`."""

ENTRIES = PROBLEMS | UNREADABLE
