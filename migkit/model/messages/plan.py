"""What becomes of typed rows on their way into the plan, and what building it finds out."""

from __future__ import annotations

from .entry import Entry, Severity, Who

_INFO, _WARNING, _CRITICAL = Severity.INFO, Severity.WARNING, Severity.CRITICAL
_PRACTICE, _ANALYST, _NOBODY = Who.PRACTICE, Who.ANALYST, Who.NOBODY
_IS_HELD = "{count:is|are} held"

HELD = {
    "no-date": Entry(
        "It has no date.",
        _WARNING,
        _PRACTICE,
        "says the date, or that it stays out",
        counted=f"{{count}} {{count:row has|rows have}} no date and {_IS_HELD}: mend in the export or exclude.",
    ),
    "no-name": Entry(
        "It has no name, which Pipedrive requires.",
        _WARNING,
        _PRACTICE,
        "names it, or it stays out",
        counted=f"{{count}} {{count:row has|rows have}} no name, which Pipedrive requires, and {_IS_HELD}.",
    ),
    "lead-without-person": Entry(
        "It has neither a name nor a patient, and a lead needs a person.", who=_PRACTICE, does="names somebody, or it stays out"
    ),
    "unknown-payment-kind": Entry(
        "Its kind is a code of which nobody said whether it brings money, takes it out or moves it.",
        _CRITICAL,
        _ANALYST,
        "says in the mapping review what the code means",
        counted=f"{{count}} {{count:payment is|payments are}} of a kind of which nobody said whether it brings money, takes it out or "
        f"moves it, and {_IS_HELD}: say in the mapping review what the codes mean.",
    ),
    "unknown-invoice-kind": Entry(
        "Its kind is a code of which nobody said whether it asks for money or gives it back.",
        _CRITICAL,
        _ANALYST,
        "says in the mapping review what the code means",
        counted=f"{{count}} {{count:invoice is|invoices are}} of a kind of which nobody said whether it asks for money or gives it back, "
        f"and {_IS_HELD}: say in the mapping review what the codes mean.",
    ),
    "unknown-invoice-status": Entry(
        "Its status is a code of which nobody said whether money is owed.",
        _CRITICAL,
        _ANALYST,
        "says in the mapping review what the code means",
        counted=f"{{count}} {{count:invoice has|invoices have}} a status of which nobody said whether money is owed, and {_IS_HELD}: say "
        "in the mapping review what the codes mean.",
    ),
    "unknown-plan-status": Entry(
        "Its status is a code of which nobody said where its deal stands.",
        _CRITICAL,
        _ANALYST,
        "says in the mapping review what the code means",
        counted=f"{{count}} treatment {{count:plan has|plans have}} a status of which nobody said where the deal stands, and {_IS_HELD}: "
        "say in the mapping review what the codes mean.",
    ),
    "unknown-item-status": Entry(
        "Its status is a code of which nobody said whether it is still planned, done or dropped.",
        _CRITICAL,
        _ANALYST,
        "says in the mapping review what the code means",
        counted=f"{{count}} {{count:item|items}} of treatment plans {{count:has|have}} a status of which nobody said whether "
        f"{{count:it is|they are}} planned, done or dropped, and {_IS_HELD}: say in the mapping review what the codes mean.",
    ),
    "unknown-payment-status": Entry(
        "Its status is a code of which nobody said whether the money arrived.",
        _CRITICAL,
        _ANALYST,
        "says in the mapping review what the code means",
        counted=f"{{count}} {{count:payment has|payments have}} a status of which nobody said whether the money arrived, and {_IS_HELD}: "
        "say in the mapping review what the codes mean.",
    ),
    "payment-pending": Entry(
        "It is due and not received yet.",
        _WARNING,
        _PRACTICE,
        "looks whether it has arrived meanwhile; a later export brings it",
        counted=f"{{count}} {{count:payment is|payments are}} due and not received yet, and {_IS_HELD}: no money is counted.",
    ),
    "payment-failed": Entry(
        "It did not go through: declined, void or cancelled.",
        _WARNING,
        _PRACTICE,
        "has nothing to do, unless the money did arrive",
        counted=f"{{count}} {{count:payment|payments}} did not go through, and {_IS_HELD}: no money is counted.",
    ),
    "no-amount": Entry(
        "It has no amount.",
        _WARNING,
        _ANALYST,
        "maps the column of amounts, or the practice says how much it was",
        counted=f"{{count}} {{count:payment has|payments have}} no amount, and {_IS_HELD}.",
    ),
    "no-holder": Entry(
        "It names neither a patient nor an invoice that goes on.", who=_PRACTICE, does="says whose it is, or that it stays out"
    ),
    "file-missing": Entry(
        "The file that it names is not in the export.",
        _WARNING,
        _PRACTICE,
        "sends the file",
        counted=f"{{count}} {{count:attachment names|attachments name}} a file that is not in the export, and {_IS_HELD}.",
    ),
    "nonexistent-hour": Entry(
        "The clocks went forward: its time of day never was.",
        _WARNING,
        _PRACTICE,
        "says the right time, or the analyst lets the policy nonexistent_hour decide",
        counted="{count} {count:row lies|rows lie} in an hour that daylight saving skips: the policy nonexistent_hour decides.",
    ),
    "ambiguous-hour": Entry(
        "The clocks went back: its time of day was there twice.",
        _WARNING,
        _PRACTICE,
        "says which of the two times it was, or the analyst lets the policy ambiguous_hour decide",
        counted="{count} {count:row lies|rows lie} in the hour that daylight saving repeats: the policy ambiguous_hour decides which of "
        "the two it was.",
    ),
}
"""Why a row waits."""

LEFT_OUT = {
    "parent-left-out": Entry("It belongs to {key}, which is left out."),
    "marked-deleted": Entry(
        "It is marked as deleted or void in the practice system.",
        _WARNING,
        _ANALYST,
        "leaves the column of the mark out of the map if such rows should move",
        counted="{count} {count:row is|rows are} marked as deleted or void in the practice system, and left out.",
    ),
    "gone-by-decision": Entry("It is gone from the export, and by decision from Pipedrive too."),
    "older-than": Entry("It is from before {day}: the policy older_than puts it into one note."),
    "notes-by-year": Entry("The policy clinical_notes puts the notes of a year into one."),
    "cancelled-left-out": Entry("It was cancelled or not attended, and the policy cancelled_appointments leaves such out."),
    "test-patient-left-out": Entry("Its name says Test, and the policy test_patients leaves such out."),
    "deleted-left-out": Entry("It is deleted in the practice system, and the policy deleted_patients leaves such out."),
    "converted-left-out": Entry("It became a patient, and the policy converted_leads leaves such out."),
    "private-left-out": Entry("The privacy decision leaves {table} out."),
    "empty-note": Entry("It has neither text nor title."),
    "family-without-members": Entry(
        "It became no Organization: nobody in it goes on, or people were decided otherwise.",
        _INFO,
        counted="{count} {count:family|families} became no Organization: nobody in {count:it goes|them goes} on, or people were decided "
        "otherwise.",
    ),
    "owner-status": Entry("The practitioner is an owner: {status}."),
    "deleted-by-decision": Entry("It was deleted in Pipedrive, and {by} decided to keep it so: {why}."),
    "parent-deleted": Entry("It belongs to {key}, which was deleted in Pipedrive."),
}
"""Why a row is left out, or carried by another one."""

FOUND = {
    "merged-with-deceased": Entry(
        "It was merged with another row of the same person, and one of them says that they have died: the person is deceased in Pipedrive.",
        _WARNING,
        _PRACTICE,
        "says whether they have died, and cancels what is booked, or the analyst parts the two rows again",
        counted="{count} {count:row was|rows were} merged although one of a person says that they have died and another does not: the "
        "person is deceased in Pipedrive.",
    ),
    "merged-rows-differ": Entry(
        "It was merged into another row of the same person, and gives another address, balance, birth date, number or occupation: what the "
        "row that counts says goes to Pipedrive.",
        _INFO,
        counted="{count} merged {count:row gives|rows give} another address, balance, birth date, number or occupation than the row that "
        "counts, whose values go to Pipedrive: `migkit explain KEY` shows both.",
    ),
    "payment-without-date": Entry(
        "{count} {count:payment has|payments have} no date: {count:it counts|they count} as received.",
        _WARNING,
        _PRACTICE,
        "says when, or that it was not received",
    ),
    "status-contradicted": Entry(
        "{count} {count:invoice says|invoices say} by {count:its|their} status that nothing is owed and by {count:its|their} balance that "
        "something is, or the other way round: the status counts.",
        _WARNING,
        _PRACTICE,
        "says which is right",
    ),
    "sums-contradicted": Entry(
        "{count} {count:invoice states|invoices state} a total, a sum paid and a balance that do not go together: rebates that stand in "
        "another column, or a column that means something else than it is mapped to.",
        _WARNING,
        _ANALYST,
        "looks which columns are the total, what was paid and what is owed",
    ),
    "billed-elsewhere": Entry(
        "{count} {count:invoice is|invoices are} billed to somebody who is no patient: what {count:it comes|they come} to is no debt "
        "of the patient, and stands apart, with the payer's name.",
        _WARNING,
        _PRACTICE,
        "says who owes it",
    ),
    "product-without-price": Entry(
        "{count} {count:product has|products have} a cost and no price: {count:it goes|they go} without either, since a price of nothing "
        "would be one.",
        _WARNING,
        _ANALYST,
        "looks which column is the price",
    ),
    "paid-beyond-invoiced": Entry(
        "{count} {count:account has|accounts have} received more than {count:its|their} invoices come to: paid in advance, or receipts "
        "that are counted twice or went back.",
        _WARNING,
        _PRACTICE,
        "says whether the money is the patient's",
    ),
    "paid-contradicted": Entry(
        "{count} {count:invoice states|invoices state} as paid or as owed what the receipts that name {count:it|them} do not come to: the "
        "invoice's own words count for its status and balance, the receipts for what was paid.",
        _WARNING,
        _PRACTICE,
        "says which is right",
    ),
    "ends-before-start": Entry(
        "{count} {count:appointment ends before it starts: it is|appointments end before they start: they are} loaded without a duration.",
        _WARNING,
    ),
    "past-booking": Entry(
        "{count} {count:past appointment is|past appointments are} still booked: the policy past_bookings decides whether "
        "{count:it stays|they stay} open.",
        _INFO,
    ),
    "plan-total-differs": Entry(
        "{count} {count:treatment plan has a total that its|treatment plans have a total that their} items do not sum to: the plan's total "
        "counts.",
        _WARNING,
    ),
    "invoice-total-unknown": Entry(
        "{count} {count:invoice has|invoices have} no total, and neither lines nor receipts prove one: {count:its total is|their totals "
        "are} said to be not known, and left out of every sum.",
        _WARNING,
        _PRACTICE,
        "exports the totals, or the analyst maps the lines",
    ),
    "no-closing-date": Entry(
        "{count} {count:closed plan has|closed plans have} no closing date: the latest date known of {count:it|each} is used.", _INFO
    ),
    "file-not-indexed": Entry("{count} {count:file is|files are} named by no attachment row and {count:is|are} not loaded.", _INFO),
    "no-note-text": Entry(
        "{count} {count:clinical note has|clinical notes have} neither text nor title and {count:is|are} left out.", _INFO
    ),
    "field-without-home": Entry(
        "{count} {count:new field belongs|new fields belong} to an object without custom fields: {count:it stands as a labelled "
        "line|they stand as labelled lines} in its text.",
        _WARNING,
    ),
    "unsigned-reversal": Entry(
        "{count} {count:reversal or refund carries|reversals or refunds carry} a positive amount: {count:it is|they are} counted as money "
        "going out.",
        _INFO,
    ),
    "appointment-types-folded": Entry(
        "{count} rare appointment {count:type is folded into the type for all others|types share one activity type}: the type itself "
        "stands in each note.",
        _INFO,
    ),
}
"""What building the plan finds out."""

ENTRIES = HELD | LEFT_OUT | FOUND
