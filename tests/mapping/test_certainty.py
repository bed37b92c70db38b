"""What keeps an answer from being certain: references that lead nowhere, names of nobody; and when rows were entered is not their day."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from made import export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.tables import SourceTable

CERTAIN = 0.9
PEOPLE = [("Ned", "Park"), ("Una", "Quill"), ("Sol", "Reyes"), ("Ada", "Stone"), ("Ivo", "Tran"), ("Mae", "Ueda")] * 4
PATIENTS = table(
    "patients",
    "Patient ID, First Name, Last Name, DOB, Mobile",
    *([str(100 + n), first, last, f"{n % 20 + 10}/04/{1960 + n}", f"04123456{n:02}"] for n, (first, last) in enumerate(PEOPLE)),
)
DENTISTS = ["Dr Ann Howe", "Dr Ben Ito", "Dr Cal Judd"]
STAFF = table("practitioners", "Provider ID, Name, Role", *([f"{n}", name, "Dentist"] for n, name in enumerate(DENTISTS, start=11)))


def columns(schema: CanonicalSchema, of: str, *tables: SourceTable) -> dict[str, mapping.ColumnProposal]:
    return dict(mapping.propose(export(*tables), schema, knowledge()).tables[of].columns)


def bookings(header: str, values: Sequence[str]) -> SourceTable:
    days = [f"2026-11-{n:02}" for n in range(1, 25)]
    rows = [[str(900 + n), str(100 + n), f"{day} 09:00", f"{day} 09:30", values[n % len(values)]] for n, day in enumerate(days)]
    return table("appointments", f"Appointment ID, Patient ID, Start, End, {header}", *rows)


@pytest.mark.parametrize(
    ("header", "values", "certain"),
    [
        ("Provider ID", ["11", "12", "13"], True),
        ("Provider Number", ["41", "42", "43"], False),
        ("Provider Number", ["604274WA", "875217JJ"], False),
    ],
)
def test_a_reference_that_stands_in_no_key_is_not_certain(schema: CanonicalSchema, header: str, values: list[str], certain: bool) -> None:
    """A column of which no value is a practitioner's id is asked about, whatever it is called, and the evidence says why."""
    column = columns(schema, "appointments", PATIENTS, STAFF, bookings(header, values))[header]
    assert (column.choice, column.confidence >= CERTAIN) == ("practitioner_id", certain)
    assert any("none of its values is an id of practitioners" in said for said in column.candidates[0].evidence) is not certain


@pytest.mark.parametrize(("listed", "certain"), [(STAFF, False), (bookings("Provider", DENTISTS), False), (PATIENTS, True)])
def test_names_of_nobody_who_is_listed_are_not_certain(schema: CanonicalSchema, listed: SourceTable, certain: bool) -> None:
    """Who presented a quote is no practitioner for certain where the practitioners' names are known and neither of two is one of them."""
    who = ["Ms Flo Kerr", "Mrs Gil Lund", "Ms Flo Kerr"]
    rows = [[str(n), str(100 + n), f"2026-11-{n + 1:02}", "1250.00", "Presented", who[n % 3]] for n in range(24)]
    quotes = table("treatment plans", "Plan ID, Patient ID, Created Date, Total, Status, Assigned Receptionist", *rows)
    column = columns(schema, "treatment plans", listed, quotes)["Assigned Receptionist"]
    assert column.choice == "practitioner_name"
    assert (column.confidence >= CERTAIN) is certain


def test_the_day_of_a_message_is_not_when_it_was_entered(schema: CanonicalSchema) -> None:
    """Of `sent_at` and `created_at` the first is when a message went."""
    at = [f"2026-0{n % 9 + 1}-1{n % 9} 11:02" for n in range(24)]
    rows = [[str(n), str(100 + n % 20), ["email", "sms"][n % 2], when, f"Hi {n}", when] for n, when in enumerate(at)]
    messages = table("correspondences", "id, patient_id, channel, sent_at, body, created_at", *rows)
    found = columns(schema, "correspondences", PATIENTS, messages)
    assert [name for name, one in found.items() if one.choice == "at"] == ["sent_at"]


def test_the_day_of_a_payment_is_when_it_was_entered_where_nothing_else_is(schema: CanonicalSchema) -> None:
    """Payments that say no more than when they were entered were paid then, for certain."""
    at = [f"2026-{n % 9 + 1:02}-1{n % 9}T09:05:09Z" for n in range(24)]
    rows = [[str(n), str(100 + n % 20), when, f"{n + 40}5.50", ["Cash", "EFTPOS"][n % 2]] for n, when in enumerate(at)]
    column = columns(schema, "payments", PATIENTS, table("payments", "id, patient_id, created_at, amount, method", *rows))["created_at"]
    assert (column.choice, column.confidence >= CERTAIN) == ("date", True)


def test_when_a_line_was_entered_is_not_the_invoices_day_for_certain(schema: CanonicalSchema) -> None:
    """`created_at` of lines is the line's own, also where all lines of an invoice have one."""
    days = [f"2026-11-{n // 2 + 1:02}" for n in range(40)]
    rows = [[str(n), str(40 + n // 2), "Exam", "1", "85.00", f"{day}T09:00:00Z"] for n, day in enumerate(days)]
    lines = table("invoice_items", "id, invoice_id, description, quantity, total_amount, created_at", *rows)
    column = columns(schema, "invoice_items", lines)["created_at"]
    assert column.choice is None or column.confidence < CERTAIN


def test_no_home_is_not_certain_where_a_field_is_spoken_of(schema: CanonicalSchema) -> None:
    """`interval_months` of recalls speaks of the interval: that it has no home is never certain, whatever is made of its values."""
    rows = [
        [str(n), str(100 + n), "11", "Examination", f"2027-{n % 9 + 1:02}-10", ["6", "6", "12", "3"][n % 4], ["sms", "email"][n % 2]]
        for n in range(24)
    ]
    recalls = table("recalls", "id, patient_id, practitioner_id, recall_type, due_date, interval_months, recall_method", *rows)
    column = columns(schema, "recalls", PATIENTS, recalls)["interval_months"]
    assert column.choice == "interval" or (column.choice is None and column.confidence < CERTAIN)


def test_a_tax_amount_is_the_tax_whatever_its_amounts_are_like(schema: CanonicalSchema) -> None:
    """Of amounts that only habits tell apart, the one that is called the tax is certainly that."""
    amounts = [(f"{115 + n * 23}.00", f"{15 + n * 3}.00") for n in range(24)]
    rows = [[str(40 + n), str(100 + n), f"2026-11-{n + 1:02}", *both, "0.00"] for n, both in enumerate(amounts)]
    invoices = table("invoices", "id, patient_id, dated_on, amount, tax_amount, amount_outstanding", *rows)
    found = columns(schema, "invoices", PATIENTS, invoices)
    assert (found["amount"].choice, found["tax_amount"].choice) == ("total", "gst")
    assert found["tax_amount"].confidence >= CERTAIN


@pytest.mark.parametrize(
    ("values", "choice", "certain"),
    [
        ([None] * 3, "practitioner_name", False),
        (["Ann Howe", "Ben Ito", "Cal Judd"], "practitioner_name", True),
        (["45.00", "12.50", "90.00"], None, False),
    ],
)
def test_dr_is_a_dentist_or_a_debit(schema: CanonicalSchema, values: Sequence[str | None], choice: str | None, certain: bool) -> None:
    """Names under `DR` are the dentist's, amounts are none; where nothing stands there, nobody knows."""
    rows = [[str(n + 1), str(500 + n // 2), "011", "Exam", f"{50 + n}.00", values[n % 3]] for n in range(24)]
    lines = table("invoice lines", "Line ID, Invoice No, Item Code, Description, Fee, DR", *rows)
    column = columns(schema, "invoice lines", PATIENTS, lines)["DR"]
    assert (column.choice, column.confidence >= CERTAIN) == (choice, certain)


def test_since_is_the_first_visit_or_when_the_record_was_made(schema: CanonicalSchema) -> None:
    """Dates do not tell which: it is asked about, with both."""
    rows = [[str(100 + n), first, last, f"{n % 20 + 10}/04/{1960 + n}", f"0{n % 9 + 1}/03/2019"] for n, (first, last) in enumerate(PEOPLE)]
    column = columns(schema, "patients", table("patients", "Patient ID, First Name, Last Name, DOB, Since", *rows))["Since"]
    assert column.confidence < CERTAIN
    assert "the first visit or when the record was made" in column.candidates[0].evidence[-1]


def test_a_column_called_just_like_a_field_is_asked_about_whatever_its_values(schema: CanonicalSchema) -> None:
    """Genders of 0 and 1 look like a yes or no: `Gender` is asked about, and not left out unseen."""
    rows = [[str(100 + n), first, last, f"{n % 20 + 10}/04/{1960 + n}", str(n % 2)] for n, (first, last) in enumerate(PEOPLE)]
    column = columns(schema, "patients", table("patients", "Patient ID, First Name, Last Name, DOB, Gender", *rows))["Gender"]
    assert (column.choice, column.confidence >= CERTAIN) == ("gender", False)


def test_yes_and_no_under_a_name_of_something_else_have_no_home(schema: CanonicalSchema) -> None:
    """Whether something was e-mailed is no e-mail address, though the name is the word for it."""
    rows = [[str(40 + n), str(100 + n), f"2026-11-{n + 1:02}", "85.00", ["Y", "N"][n % 2]] for n in range(24)]
    column = columns(schema, "invoices", PATIENTS, table("invoices", "Invoice No, Patient ID, Date, Total, Emailed", *rows))["Emailed"]
    assert column.choice is None
