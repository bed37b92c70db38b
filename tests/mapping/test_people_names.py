"""A column of names is of those whose names it holds."""

from __future__ import annotations

import pytest
from made import export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema

PEOPLE = ("Anna Weber", "Ben Ngo", "Priya Patel", "Omar Said", "Lena Koch", "Tom Hardy")
PATIENTS = table(
    "patients",
    "Patient ID, First Name, Last Name, DOB",
    *[[f"{2100 + i}", *one.split(), f"1{i}/04/198{i}"] for i, one in enumerate(PEOPLE)],
)
STAFF = table("staff", "Staff ID, Name, Role", ["1", "Dr Callum Ashby", "Dentist"], ["2", "Odile Fournier", "Hygienist"])


def of(schema: CanonicalSchema, name: str, headers: str, *rows: list[str]) -> dict[str, str | None]:
    found = mapping.propose(export(PATIENTS, STAFF, table(name, headers, *rows)), schema, knowledge())
    return {column: one.choice for column, one in found.tables[name].columns.items()}


@pytest.mark.parametrize("header", ["Name", "Their name", "Full", "xq7", "Contact"])
def test_names_that_patients_have_are_patients(schema: CanonicalSchema, header: str) -> None:
    """QuickBooks calls its customers `Name`; nobody of the staff is called so."""
    rows = [[f"0{i + 1}/09/2026", f"88{i}1", one, f"{100 + i}.00"] for i, one in enumerate(PEOPLE)]
    assert of(schema, "invoices", f"Date, Invoice No, {header}, Amount", *rows)[header] == "patient_name"


def test_names_that_the_staff_has_are_staff(schema: CanonicalSchema) -> None:
    """Titles do not matter: `Callum Ashby` is the Dr Callum Ashby of the list; beside them stands who is treated."""
    rows = [[f"0{i + 1}/09/2026", "09:30", one, ("Callum Ashby", "Ms Odile Fournier")[i % 2], "30"] for i, one in enumerate(PEOPLE)]
    found = of(schema, "diary", "Date, Time, Name, With, Minutes", *rows)
    assert (found["Name"], found["With"]) == ("patient_name", "practitioner_name")


def test_a_bare_number_that_no_invoice_has_is_the_receipts_own(schema: CanonicalSchema) -> None:
    """`Num` of the payments begins at 15501 where the invoices end at 8806; the `Num` of the invoices is theirs."""
    bills = table(
        "invoices",
        "Date, Num, Name, Amount, Balance",
        *[[f"0{i + 1}/09/2026", f"880{i}", one, "100.00", "0.00"] for i, one in enumerate(PEOPLE)],
    )
    paid = table(
        "payments received",
        "Date, Num, Name, Payment Method, Amount",
        *[[f"1{i}/09/2026", f"1550{i}", one, "Cash", "100.00"] for i, one in enumerate(PEOPLE)],
    )
    found = mapping.propose(export(PATIENTS, bills, paid), schema, knowledge()).tables
    assert (found["invoices"].columns["Num"].choice, found["payments received"].columns["Num"].choice) == ("invoice_id", "payment_id")


def test_where_a_column_is_called_the_patient_no_other_is(schema: CanonicalSchema) -> None:
    """Who pays may be a patient, too; that does not make them the one who was treated."""
    rows = [[f"0{i + 1}/09/2026", f"88{i}1", one, PEOPLE[0], f"{100 + i}.00"] for i, one in enumerate(PEOPLE)]
    found = of(schema, "invoices", "Date, Invoice No, Patient, Settled With, Amount", *rows)
    assert found["Patient"] == "patient_name" and found["Settled With"] != "patient_name"


def test_headings_with_name_and_number_are_patients(schema: CanonicalSchema) -> None:
    """A statement's blocks are headed `Anna Weber (2100)`: whose their rows are."""
    rows = [[f"0{i + 1}/09/2026", f"88{i}1", f"{one} ({2100 + i})", f"{100 + i}.00"] for i, one in enumerate(PEOPLE)]
    assert of(schema, "statement invoices", "Date, Reference, Group, Amount", *rows)["Group"] == "patient_name"


def test_headings_that_are_nobody_are_no_patients(schema: CanonicalSchema) -> None:
    """Places and kinds with a number behind them name no patient of the list."""
    rows = [[f"0{i + 1}/09/2026", f"88{i}1", f"Clinic North ({i})", f"{100 + i}.00"] for i, one in enumerate(PEOPLE)]
    assert of(schema, "statement invoices", "Date, Reference, Group, Amount", *rows)["Group"] != "patient_name"


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Preferred contact", ("SMS", "Email", "Phone")),
        ("Preferred", ("Text message", "E-mail", "Home phone")),
        ("Preferred contact method", ("sms", "email", "post")),
        ("Known as", ("Mobile", "Home", "Work")),
        ("Contact name", ("SMS/Email", "Call", "None")),
    ],
)
@pytest.mark.parametrize("rows", [3, 30])
def test_ways_to_reach_somebody_are_no_names(schema: CanonicalSchema, header: str, values: tuple[str, ...], rows: int) -> None:
    """Whatever the column is called, in a short list as in a longer one."""
    people = [PEOPLE[i % len(PEOPLE)].split() for i in range(rows)]
    cells = [[f"{2100 + i}", *people[i], f"1{i % 9}/04/19{50 + i}", values[i % len(values)]] for i in range(rows)]
    patients = table("patients", f"Patient ID, First Name, Last Name, DOB, {header}", *cells)
    assert mapping.propose(export(patients), schema, knowledge()).tables["patients"].columns[header].choice is None


@pytest.mark.parametrize("names", [("Annie", "Benno", "Pip"), ("Post", "Letterman", "Page"), ("Ann", "Text", "Benno")])
def test_names_of_people_stay_names(schema: CanonicalSchema, names: tuple[str, ...]) -> None:
    """Also those that look like a way to reach somebody, and where one cell is such a way."""
    cells = [[f"{2100 + i}", *PEOPLE[i].split(), f"1{i}/04/198{i}", names[i]] for i in range(3)]
    patients = table("patients", "Patient ID, First Name, Last Name, DOB, Preferred", *cells)
    found = mapping.propose(export(patients), schema, knowledge()).tables["patients"].columns
    assert found["Preferred"].choice == "preferred_name"
