"""What each cleaning rule does, in words, and which of them a person may veto."""

from __future__ import annotations

from collections.abc import Mapping

VETOABLE: Mapping[str, str] = {
    "trim": "spaces and invisible characters around the text taken away",
    "text-mark": 'the mark by which a spreadsheet was told that a value is text (="…" or \') taken away',
    "name-case": "a name in capitals written as names are",
    "phone-e164": "a phone number made international",
    "phone-letters": "the letters O and l in a phone number read as 0 and 1",
    "phone-zero": "the leading zero that a spreadsheet took put back, and the number made international",
    "email-normalise": "an e-mail address written in its usual form",
    "date-serial": "a spreadsheet's day number read as a date",
    "date-us": "a date read month first, as the whole column is written",
    "date-words": "a date with the month in words read",
    "date-compact": "a date written as eight digits read",
    "date-short-year": "a year of two digits completed",
    "time-serial": "a spreadsheet's fraction of a day read as a time",
    "time-zero": "the leading zero that a spreadsheet took from a time put back",
    "time-of-datetime": "the time taken from a date with a time",
    "time-zone": "a time with an offset moved to the practice's own zone",
    "minutes-clock": "a duration written as hours and minutes counted in minutes",
    "minutes-words": "a duration written in words counted in minutes",
    "money-symbols": "currency sign and thousands commas taken from an amount",
    "money-brackets": "an amount in brackets read as negative",
    "money-comma": "an amount with a decimal comma read, as the whole column is written",
    "money-rounded": "an amount rounded to whole cents",
    "id-decimal": "“.0” that a spreadsheet added taken from an id",
    "item-zero": "the leading zeros of an item code put back",
    "postcode-zero": "the leading zero of a postcode put back",
    "postcode-decimal": "“.0” that a spreadsheet added taken from a postcode",
    "tooth-decimal": "“.0” that a spreadsheet added taken from a tooth",
    "path-slashes": "backslashes of a path turned",
}
"""Rules that change one value: vetoed, a text stays as it was written, a number or date that cannot be read without them stays empty."""

_FIXED: Mapping[str, str] = {
    "no-value": "a word for “nothing” (n/a, null, -) read as empty",
    "lost-digits": "digits that a spreadsheet destroyed: left empty, look them up",
    "phone-area": "the area code of the postcode put before a phone number",
    "split-nickname": "the name in brackets taken for the preferred name",
    "split-former": "the name after “née” taken for the former last name",
    "ref-by-name": "the id filled in for a name that only one record has",
    "id-by-number": "the id filled in for a number that only one record has",
    "split-name": "one name taken apart into first and last name",
    "status-from-flag": "the status taken from another column",
    "status-from-name": "the status taken from a remark in the name",
    "kind-from-columns": "the kind of payment told from the columns that are filled",
    "filler-phone": "a number that means “none” (0400 000 000) read as empty",
    "filler-email": "an address that means “none” (none@…) read as empty",
    "foreign-currency": "an amount in another currency than the practice's: left empty",
    "date-order-ambiguous": "a date that may be day first or month first: left empty, say which in the mapping review",
    "status-from-date": "a status taken from the day on which it was done",
    "age-left-out": "the age behind a birth date left out",
    "no-date": "a date that means “none” (00/00/0000) read as empty",
}


def rule_in_words(rule: str) -> str:
    """Return what a rule of the repairs table did, in words."""
    known = VETOABLE.get(rule) or _FIXED.get(rule)
    if known:
        return known
    kind, _, rest = rule.partition("-")
    if rule.startswith("cleaning:"):
        return f"your own cleaning {rule.removeprefix('cleaning:')}"
    if kind == "unreadable":
        return f"no {rest} can be read from it: left empty, mend it in the export"
    if rule.startswith("patient-from-"):
        return f"the patient filled in from the {rule.removeprefix('patient-from-')} of the row"
    return rule.replace("-", " ")


def can_be_vetoed(rule: str) -> bool:
    """Return whether a veto turns this rule off; the others read what stands there and change nothing that was readable."""
    return rule in VETOABLE
