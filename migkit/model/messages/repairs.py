"""What each rule of cleaning did to a value, in a few words and without a full stop."""

from __future__ import annotations

from .entry import Entry

VETOABLE = {
    "rule-trim": Entry("spaces and invisible characters around the text taken away"),
    "rule-text-prefix": Entry('the mark by which a spreadsheet was told that a value is text (="…" or \') taken away'),
    "rule-name-case": Entry("a name in capitals written as names are"),
    "rule-phone-e164": Entry("a phone number made international"),
    "rule-phone-letters": Entry("the letters O and l in a phone number read as 0 and 1"),
    "rule-phone-zero": Entry("the leading zero that a spreadsheet took put back, and the number made international"),
    "rule-email-normalise": Entry("an e-mail address written in its usual form"),
    "rule-date-serial": Entry("a spreadsheet's day number read as a date"),
    "rule-date-us": Entry("a date read month first, as the whole column is written"),
    "rule-date-words": Entry("a date with the month in words read"),
    "rule-date-compact": Entry("a date written as eight digits read"),
    "rule-date-short-year": Entry("a year of two digits completed"),
    "rule-time-serial": Entry("a spreadsheet's fraction of a day read as a time"),
    "rule-time-zero": Entry("the leading zero that a spreadsheet took from a time put back"),
    "rule-time-of-datetime": Entry("the time taken from a date with a time"),
    "rule-time-zone": Entry("a time with an offset moved to the practice's own zone"),
    "rule-minutes-clock": Entry("a duration written as hours and minutes counted in minutes"),
    "rule-minutes-words": Entry("a duration written in words counted in minutes"),
    "rule-money-symbols": Entry("currency sign and thousands commas taken from an amount"),
    "rule-money-brackets": Entry("an amount in brackets read as negative"),
    "rule-money-comma": Entry("an amount with a decimal comma read, as the whole column is written"),
    "rule-money-rounded": Entry("an amount rounded to whole cents"),
    "rule-id-decimal": Entry("“.0” that a spreadsheet added taken from an id"),
    "rule-item-zero": Entry("the leading zeros of an item code put back"),
    "rule-postcode-zero": Entry("the leading zero of a postcode put back"),
    "rule-postcode-decimal": Entry("“.0” that a spreadsheet added taken from a postcode"),
    "rule-tooth-decimal": Entry("“.0” that a spreadsheet added taken from a tooth"),
    "rule-path-slashes": Entry("backslashes of a path turned"),
    "rule-boolean-date": Entry("the day on which it happened read as yes"),
    "rule-rtf-text": Entry("a word processor's marks (RTF) taken off, the text kept"),
}
"""Rules that change one value: vetoed, a text stays as it was written, a number or date that cannot be read without them stays empty."""

FIXED = {
    "rule-several-invoices": Entry("a payment that names several invoices parted among them, to the cent"),
    "rule-no-value": Entry("a word for “nothing” (n/a, null, -) read as empty"),
    "rule-lost-digits": Entry("digits that a spreadsheet destroyed: left empty, look them up"),
    "rule-phone-area": Entry("the area code of the postcode put before a phone number"),
    "rule-split-nickname": Entry("the name in brackets taken for the preferred name"),
    "rule-split-former": Entry("the name after “née” taken for the former last name"),
    "rule-ref-by-name": Entry("the id filled in for a name that only one record has"),
    "rule-id-beside-name": Entry("the id taken from a cell that holds the name too, which is that of its record"),
    "rule-alternative-of-plan": Entry("an alternative made a plan of its own"),
    "rule-born-in-future": Entry("a birth date that is still to come: left empty"),
    "rule-id-by-number": Entry("the id filled in for a number that only one record has"),
    "rule-split-name": Entry("one name taken apart into first and last name"),
    "rule-status-from-flag": Entry("the status taken from another column"),
    "rule-status-from-name": Entry("the status taken from a remark in the name"),
    "rule-method-from-reversed": Entry("the method of a reversal taken from the payment that it reverses"),
    "rule-kind-from-columns": Entry("the kind of payment told from the columns that are filled"),
    "rule-credit-note-sign": Entry("the amount of a credit note made negative"),
    "rule-tax-as-amount": Entry("an amount of tax read as its share of the price"),
    "rule-kind-is-method": Entry("a way of paying that stood as the kind of a payment read as its method"),
    "rule-method-is-kind": Entry("a refund or the like that stood as the method of a payment read as its kind"),
    "rule-receipts-as-credits": Entry("receipts written as credits (minus, Cr), as in the whole file, read as money that came in"),
    "rule-filler-phone": Entry("a number that means “none” (0400 000 000) read as empty"),
    "rule-filler-email": Entry("an address that means “none” (none@…) read as empty"),
    "rule-foreign-currency": Entry("an amount in another currency than the practice's: left empty"),
    "rule-date-order-ambiguous": Entry("a date that may be day first or month first: left empty, say which in the mapping review"),
    "rule-status-from-date": Entry("a status taken from the day on which it was done"),
    "rule-age-left-out": Entry("the age behind a birth date left out"),
    "rule-part-refunded": Entry("the part of a receipt that went back taken off its amount"),
    "rule-part-allocated": Entry("a receipt's amount less what another table says was used of it for invoices"),
    "rule-clock-without-day": Entry("a time of day on a database's first day read without a day"),
    "rule-no-date": Entry("a date that means “none” (00/00/0000) read as empty"),
    "rule-unreadable": Entry("no {kind} can be read from it: left empty, mend it in the export"),
    "rule-patient-from": Entry("the patient filled in from the {table} of the row"),
    "rule-own-cleaning": Entry("your own cleaning {name}"),
}
"""Rules that read what stands there and change nothing that was readable."""

ENTRIES: dict[str, Entry] = {**VETOABLE, **FIXED}
