"""A column that is called just like another table's key is what refers to it, whatever else its small numbers may fit."""

from __future__ import annotations

import pytest
from made import export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema
from migkit.model.tables import SourceTable

NAMES = [("Ned", "Park"), ("Una", "Quill"), ("Sol", "Reyes")]


def patients(key: str) -> SourceTable:
    return table(
        "patients",
        f"{key}, First Name, Last Name, DOB",
        *([str(n), first, last, f"0{n}/04/1980"] for n, (first, last) in enumerate(NAMES, start=1)),
    )


def proposed(schema: CanonicalSchema, *tables: SourceTable) -> mapping.Proposals:
    return mapping.propose(export(*tables), schema, knowledge())


@pytest.mark.parametrize("key", ["File No", "UR No", "Chart No", "Card No", "Account No", "Client ID"])
def test_a_header_like_the_patients_key_is_the_patient(schema: CanonicalSchema, key: str) -> None:
    """Receipts, notes and recalls that have no patient but in a column called as patients are keyed are the patient's by it."""
    receipts = table("payments", f"{key}, Date, Amount, Method", *([n, "03/11/2026", "100.00", "Cash"] for n in "231"))
    notes = table("notes", f"ID, {key}, Date, Note", *([f"{n}", m, "03/11/2026", "Seen."] for n, m in zip("123", "312", strict=True)))
    recalls = table("recalls", f"{key}, Type, Due", *([n, "Six months", "03/05/2027"] for n in "123"))
    invoices = table("invoices", f"Invoice No, {key}, Date, Total", *([n, n, "03/11/2026", "100.00"] for n in "123"))
    found = proposed(schema, patients(key), invoices, receipts, notes, recalls)
    assert {name: one.columns[key].choice for name, one in found.tables.items()} == dict.fromkeys(
        ("patients", "invoices", "payments", "notes", "recalls"), "patient_id"
    )
    assert found.tables["invoices"].columns["Invoice No"].choice == "invoice_id"


@pytest.mark.parametrize("payer", ["Client ID", "Customer ID", "Client Code", "Account ID"])
def test_who_pays_stands_before_the_patient_and_is_not_the_patient(schema: CanonicalSchema, payer: str) -> None:
    """Of two columns whose numbers both fit the patients, the one called as their key is the patient."""
    key = "Patient Code" if payer.endswith("Code") else "Patient ID"
    bills = table(
        "invoices",
        f"Invoice No, Invoice Date, {payer}, {key}, Total",
        ["1", "03/11/2026", "2", "1", "100.00"],
        ["2", "03/11/2026", "3", "2", "300.00"],
        ["3", "03/11/2026", "1", "3", "80.00"],
    )
    columns = proposed(schema, patients(key), bills).tables["invoices"].columns
    assert columns[key].choice == "patient_id"
    assert columns[payer].choice != "patient_id"
    assert columns["Invoice No"].choice == "invoice_id"


def test_a_bare_no_is_the_patient_where_the_invoice_has_a_number_of_its_own(schema: CanonicalSchema) -> None:
    """`Invoice No` is the invoice's number whatever stands beside it; `No` then is the patients' `No`."""
    bills = table("invoices", "Invoice No, No, Date, Total", *([n, m, "03/11/2026", "90.00"] for n, m in zip("123", "231", strict=True)))
    columns = proposed(schema, patients("No"), bills).tables["invoices"].columns
    assert (columns["Invoice No"].choice, columns["No"].choice) == ("invoice_id", "patient_id")


def test_a_bare_no_is_never_another_tables_number(schema: CanonicalSchema) -> None:
    """Receipts with a `No` alone: their own number or the patient's, never the invoice's that it also fits."""
    bills = table("invoices", "Invoice No, No, Date, Total", *([n, m, "03/11/2026", "90.00"] for n, m in zip("123", "231", strict=True)))
    receipts = table("payments", "No, Date, Amount, Method", *([n, "03/11/2026", "100.00", "Cash"] for n in "231"))
    choice = proposed(schema, patients("No"), bills, receipts).tables["payments"].columns["No"].choice
    assert choice in ("patient_id", "payment_id", None)


@pytest.mark.parametrize("header", ["Practitioner ID", "Clinic ID", "Referrer ID"])
def test_a_header_that_speaks_of_something_else_is_no_invoice(schema: CanonicalSchema, header: str) -> None:
    """Small numbers fit the invoices' by chance: what names a practitioner, a clinic or a referrer refers to no invoice."""
    bills = table("invoices", "Invoice No, Patient ID, Date, Total", *([n, n, "03/11/2026", "90.00"] for n in "123"))
    receipts = table(
        "payments",
        f"Receipt No, Date, {header}, Patient ID, Method, Amount",
        ["71", "03/11/2026", "2", "1", "Cash", "90.00"],
        ["72", "04/11/2026", "3", "2", "Visa", "90.00"],
        ["73", "05/11/2026", "1", "3", "Cash", "90.00"],
    )
    columns = proposed(schema, patients("Patient ID"), bills, receipts).tables["payments"].columns
    assert columns[header].choice not in ("invoice_id", "payment_id", "patient_id", "reverses_id")
    assert columns["Patient ID"].choice == "patient_id"


def test_a_patients_household_keeps_its_own_number(schema: CanonicalSchema) -> None:
    """`Account No` of patients that families are keyed by is the household; the patients' own key stays theirs."""
    families = table("families", "Account No, Family Name", ["900", "Park family"], ["901", "Quill family"])
    people = table(
        "patients",
        "Patient ID, Account No, First Name, Last Name, DOB",
        ["1", "900", "Ned", "Park", "01/04/1980"],
        ["2", "901", "Una", "Quill", "02/04/1980"],
        ["3", "900", "Sol", "Park", "03/04/1980"],
    )
    columns = proposed(schema, people, families).tables["patients"].columns
    assert (columns["Patient ID"].choice, columns["Account No"].choice) == ("patient_id", "family_id")


def test_equal_headers_over_other_numbers_say_nothing(schema: CanonicalSchema) -> None:
    """Where the values are not the patients', the header alone makes no reference."""
    receipts = table("payments", "Receipt No, File No, Date, Amount", *([f"7{n}", f"9{n}", "03/11/2026", "100.00"] for n in "231"))
    columns = proposed(schema, patients("File No"), receipts).tables["payments"].columns
    assert columns["File No"].choice != "patient_id" or columns["File No"].confidence < 0.9


def test_a_bare_id_is_the_rows_own_number(schema: CanonicalSchema) -> None:
    """Of `id` and `uuid`, both of which tell all rows apart, one is the key, and `id` refers to no invoice that its numbers fit."""
    bills = table("invoices", "id,patient_id,date,total", *([n, n, "03/11/2026", "90.00"] for n in "123"))
    receipts = table(
        "payments",
        "id,uuid,patient_id,dated_on,amount,method",
        ["1", "4bae2530-271c-4828-9b17-b0630f4b6e98", "1", "2026-11-03", "90.00", "Cash"],
        ["2", "b8f0cc7f-d87c-4295-814e-2182091f1e89", "2", "2026-11-04", "90.00", "Visa"],
        ["3", "0d1c5a52-93b0-4b1e-8a53-1f2b9f0e8a11", "3", "2026-11-05", "90.00", "Cash"],
    )
    columns = proposed(schema, patients("patient_id"), bills, receipts).tables["payments"].columns
    assert columns["id"].choice in ("payment_id", None)
    assert "payment_id" in (columns["id"].choice, columns["uuid"].choice)


@pytest.mark.parametrize("header", ["Tooth", "Status"])
def test_what_is_called_like_a_field_is_looked_at(schema: CanonicalSchema, header: str) -> None:
    """Values that nobody expects under a field's own name: the column has that home, or none that is stated at less than .9."""
    rows = [
        [str(n), "7", f"0{n}/11/2026", "Crown", "90.00", value] for n, value in enumerate(["qq-1 z", "ww 9/x", "rr;t", "yy77"], start=1)
    ]
    found = proposed(schema, table("quote items", f"Item No, Quote No, Date, Treatment, Fee, {header}", *rows)).tables["quote items"]
    column = found.columns[header]
    assert column.choice == {"Tooth": "tooth", "Status": "status"}[header] or column.confidence < 0.9


def test_the_patients_id_and_a_rows_own_id_are_both_called_id(schema: CanonicalSchema) -> None:
    """A row has `ID`, `Receipt No` and `Patient ID`: the last is the patient, though patients are keyed by `ID` and all numbers fit."""
    rows = [[n, f"9{n}", m, "03/11/2026", "90.00", "Cash"] for n, m in ("12", "23", "31")]
    receipts = table("payments", "ID, Receipt No, Patient ID, Date, Amount, Method", *rows)
    columns = proposed(schema, patients("ID"), receipts).tables["payments"].columns
    assert columns["Patient ID"].choice == "patient_id"
    assert columns["ID"].choice != "patient_id"


@pytest.mark.parametrize(
    ("columns", "rows", "expected"),
    [
        ("ID, Date, Time, Treatment", ["1 01/10/2026 09:00 Exam", "2 02/10/2026 10:00 Clean", "1 03/10/2026 11:00 Filling"], "patient_id"),
        ("ID, Date, Time, Treatment", ["3 01/10/2026 09:00 Exam", "3 02/10/2026 10:00 Clean", "3 03/10/2026 11:00 Exam"], "patient_id"),
        (
            "ID, Patient ID, Date, Time",
            ["1 3 01/10/2026 09:00", "2 1 02/10/2026 10:00", "3 2 03/10/2026 11:00", "3 2 04/10/2026 11:00"],
            "appointment_id",
        ),
        ("ID, Patient ID, Date, Time", ["1 3 01/10/2026 09:00", "2 1 02/10/2026 10:00", "3 2 03/10/2026 11:00"], "appointment_id"),
        ("ID, Patient, Date, Time", ["1 Park,Ned 01/10/2026 09:00", "2 Quill,Una 02/10/2026 10:00", "3 Reyes,Sol 03/10/2026 11:00"], None),
    ],
    ids=["a patient twice", "one patient", "a booking twice", "each its own", "each its own or its patient's"],
)
def test_a_bare_id_that_repeats_is_the_patients(schema: CanonicalSchema, columns: str, rows: list[str], expected: str | None) -> None:
    """`ID` of the bookings is the patient's where a patient's stands in two rows and no other column names the patient by id."""
    book = table("appointments", columns, *([cell.replace(",", ", ") for cell in row.split()] for row in rows))
    found = proposed(schema, patients("ID"), book).tables["appointments"].columns["ID"].choice
    assert found == expected if expected else found in ("appointment_id", "patient_id")


@pytest.mark.parametrize("header", ["Address_ID", "AddressID", "address id", "Location ID", "Contact Id"])
def test_an_id_of_another_table_is_no_text_of_a_patient(schema: CanonicalSchema, header: str) -> None:
    """Where addresses are a table of their own, keyed by that header, nobody lives at 70."""
    people = table(
        "patients", f"Patient_ID, First Name, Last Name, {header}", *([f"{n}", f, la, f"7{n}"] for n, (f, la) in enumerate(NAMES))
    )
    places = table("addresses", f"{header}, Street, City, Postcode", *([f"7{n}", f"{n} Oak St", "Ryde", "2112"] for n in range(3)))
    choice = proposed(schema, people, places).tables["patients"].columns[header].choice
    assert choice is None or choice.endswith("_id") or choice == "patient_number"


def test_the_key_is_what_stands_under_the_tables_name_elsewhere(schema: CanonicalSchema) -> None:
    """Of `id` and `user_id` of practitioners, both held by other tables, the one that `practitioner_id` holds is the key."""
    staff = table("practitioners", "id, user_id, first_name, last_name", ["201", "301", "Ann", "Howe"], ["202", "302", "Ben", "Ito"],
                  ["203", "303", "Cal", "Judd"], ["204", "304", "Dee", "King"])  # fmt: skip
    days = [f"2026-11-0{n} 09:00" for n in range(1, 9)]
    bookings = table(
        "appointments",
        "id, patient_id, practitioner_id, user_id, start_time",
        *([str(900 + n), str(n % 3 + 1), str(201 + n % 4), str(304 - n % 4), day] for n, day in enumerate(days)),
    )
    found = proposed(schema, patients("id"), staff, bookings).tables
    assert found["practitioners"].columns["id"].choice == "practitioner_id"
    assert found["practitioners"].columns["user_id"].choice is None
    assert found["appointments"].columns["practitioner_id"].choice == "practitioner_id"
