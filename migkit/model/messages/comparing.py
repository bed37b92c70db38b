"""By which rule two values that differ to the letter are the same."""

from __future__ import annotations

from .entry import Entry

ENTRIES: dict[str, Entry] = {
    "same-null-is-empty": Entry("Nothing on both sides, written differently."),
    "same-line-ends": Entry("The same text with other line ends."),
    "same-whitespace-trimmed": Entry("Pipedrive takes blanks off the ends of a text."),
    "same-unicode-form": Entry("The same letters in another encoding."),
    "same-html-sanitised": Entry("Pipedrive tidies the formatting of a text; every word is there."),
    "same-name-joined": Entry("Pipedrive puts first and last name together."),
    "same-number-as-text": Entry("The same number, given back as text."),
    "same-trailing-zeros": Entry("The same number with other noughts at its end."),
    "same-money-shape": Entry("The same amount, given back without its currency."),
    "same-date-format": Entry("The same day, written differently."),
    "same-time-format": Entry("The same moment, written differently."),
    "same-id-shape": Entry("The same record, given back with its name beside it."),
    "same-set-order": Entry("The same choices in another order."),
    "same-set-shape": Entry("The same choices, written differently."),
    "same-list-order": Entry("The same entries in another order."),
    "same-filled-nulls": Entry("Pipedrive adds parts of its own that are empty or looked up; what was sent is there."),
    "same-boolean-as-number": Entry("Yes and no, given back as 1 and 0."),
    "same-kept-theirs": Entry("The record was there before: what stood there was kept, by policy."),
    "same-joined-with-theirs": Entry("The record was there before: ours stands beside what was there."),
    "same-not-set-by-import": Entry("It came by Pipedrive's import, which is not known to set it: the time is that of the import."),
    "same-set-at-creation-only": Entry("It changed later, and Pipedrive takes it only when a record is made."),
    "same-not-compared": Entry("Not compared: it says what was sent, or the token in use may not set it."),
}
