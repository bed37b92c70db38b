"""What the columns of the printed reports mean, and what stands in the lines above them."""

from __future__ import annotations

from typing import Any


def report(what: str, columns: str, above: dict[str, str] | None = None, rows: dict[str, str] | None = None) -> dict[str, Any]:
    """`columns` has one `name: meaning` a line; `above` are lines whose facts belong to all below; `rows` are kinds of rows."""
    pairs = (line.split(": ", 1) for line in columns.strip().splitlines())
    return {"what": what, "columns": {name.strip(): text for name, text in pairs}, "above": above or {}, "rows": rows or {}}


TITLE = {"Run on:": "when and by whom the report was printed", "Period:": "first and last day covered"}
ACCOUNT = "patient: last name, first and middle names, (nickname), title; DOB: birth date, - for unknown"

MEANINGS: dict[str, Any] = {
    "files": {
        "Patient List.xlsx": report(
            "All patients on the day of the export.",
            """
            Patient: patient's name: last name, first and middle names, (nickname), title
            DOB (age): birth date and, in brackets, age in years
            Telephone: phones: M mobile, H home, W work, each with what reception remarked
            E-mail: e-mail address (some are fillers)
            Address: unit and street; on the second line suburb, state, postcode
            Bill to: name of the head of the family, who pays; blank for oneself
            Dentist: usual dentist: last name, title, first name
            Fund / member: health fund and member number
            Status: Inactive, or Archived or Deceased with the date; blank for active
            Since: date on which the record was made
            Balance: balance, DR owed, CR paid ahead
            """,
            TITLE,
            {"Total patients": "count and sum of the list, no patient"},
        ),
        "Appointment Book.xlsx": report(
            "The appointment book, a sheet per dentist.",
            """
            Date: day; on the day's first row only, belongs to all rows below
            Time: start, local time of the practice
            Min: length, minutes
            Patient: patient's name: last name, first name
            Phone: a phone of the patient, mobile or else home
            Type: type of appointment
            Status: Seen = kept, FTA = failed to attend (missed), UTA = unable to attend (cancelled), blank = still booked
            Room: location, by suburb
            Remarks: note; UTA: reason of the cancellation
            """,
            {**TITLE, "Dentist:": "dentist of all rows below: last name, title, first name"},
            {"Day:": "minutes and count of the day, no appointment", "Total": "count and minutes of the sheet, no appointment"},
        ),
        "Transactions *.xlsx": report(
            "Accounts of patients: invoices with their lines, receipts, credits. Two reports overlap; of one invoice the later run counts.",
            """
            Date: day; on the day's first row only
            Ref: Inv and invoice number, Rec and receipt number, Adj for a credit
            Description: what it is; for an invoice the dentist and the location; indented: item number and description of a line
            Tooth: tooth of a line, FDI
            Qty: quantity of a line
            Fee: unit fee of a line before discount
            Disc: discount of the whole line
            Amount: total of the line; the lines of an invoice add up to its DR
            DR: owed more: invoices, reversed receipts
            CR: owed less: receipts, credits, void invoices
            Balance: running balance of the account, DR owed, CR paid ahead
            """,
            {**TITLE, "Account:": f"{ACCOUNT}; Tel: a phone"},
            {
                "Brought forward": "balance from before the period",
                "Invoice ... VOID": "an invoice that counts for nothing; Void of Inv takes it back",
                "for Inv": "which invoice a receipt or credit settles",
                "(paid by ...)": "who paid, where it was somebody else",
                "Deposit": "money paid ahead, on no invoice",
                "Deposit Rec ... used for Inv": "money paid ahead that was used for an invoice; no new money",
                "Reversal of Rec": "a receipt that bounced",
                "Receipt HICAPS": "paid by the health fund named after it",
                "Total": "sums of the account",
                "REPORT TOTAL": "sums of the report",
            },
        ),
        "Treatment Plans.xlsx": report(
            "Treatment plans under their patients.",
            """
            Item: item number
            Description: description; Note: the note of the plan
            Tooth: tooth, FDI
            Surf: tooth surfaces
            Qty: quantity
            Fee: unit fee before discount
            Discount: discount of the whole line
            Total: line total
            Done: date on which the item was done
            Invoice: invoice number on which the item stands
            """,
            {
                **TITLE,
                "Patient:": ACCOUNT,
                "Plan:": "name of the plan; Dated: date of the plan; dentist; Status; Accepted: date of acceptance",
            },
            {"Plan total": "sum of the plan", "Total": "sum of the patient's plans", "GRAND TOTAL": "sum of all"},
        ),
        "Aged Debtors.xlsx": report(
            "Who owed on the day of the export.",
            """
            Patient: patient's name: last name, first name
            DOB: birth date
            Phone: a phone of the patient
            Current: owed up to 30 days
            31-60 days: owed 31 to 60 days
            61-90 days: owed 61 to 90 days
            Over 90 days: owed over 90 days
            Balance: balance
            Last payment: date of the last payment
            """,
            {**TITLE, "Location:": "usual location of all patients below"},
            {"Subtotal": "sums of the location", "Total": "sums of all"},
        ),
        "Recalls Due.xlsx": report(
            "When patients should come again.",
            """
            Patient: patient's name: last name, first name
            DOB: birth date
            Contact: phone and e-mail
            Recall: type of recall
            Every: interval
            Due: due date
            Last seen: date of the last visit
            """,
            {**TITLE, "Due:": "month of all due dates below"},
            {"... recalls": "count of the month"},
        ),
        "Clinical Notes.xlsx": report(
            "Clinical notes and logged calls under their patients.",
            """
            Date: day; on the day's first row only
            Time: time, local
            Dentist: author: title and last name
            Note: text; [Phone] before a logged call
            """,
            {**TITLE, "Patient:": ACCOUNT},
        ),
        "Income Summary.xlsx": report(
            "Sums by month.",
            """
            Month: month
            Invoiced: invoiced, void left out, before later credits
            Cash: received in cash
            EFTPOS: received by EFTPOS
            Visa: received by Visa
            Direct deposit: received by direct deposit
            HICAPS: received from health funds
            Total received: all received, what bounced taken off
            Adjustments: credits given, negative
            """,
            TITLE,
            {"Total": "sums of all months"},
        ),
    }
}
