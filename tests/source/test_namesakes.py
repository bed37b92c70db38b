"""Whose row it is, where it gives a name and something else that its patient's own row says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.model.tables import CanonicalTables
from migkit.source import read_export, type_tables

from . import maps

PATIENTS = """Id,First,Last,DOB,Mobile,Email
1,Anna,Weber,13/04/1980,0412 345 678,anna@weber.example
2,Sam,Roe,05/06/2012,0412 111 222,
3,Sam,Roe,01/02/1975,0412 333 444,sam@roe.example
4,Bo,Lind,,,
"""
PATIENT_COLUMNS = {
    "Id": "patient_id",
    "First": "first_name",
    "Last": "last_name",
    "DOB": "birth_date",
    "Mobile": "mobile",
    "Email": "email",
}
COLUMNS = {
    "No": "appointment_id",
    "Pt": "patient_id",
    "Patient": "patient_name",
    "Day": "date",
    "Born": "patient_birth_date",
    "Phone": "patient_phone",
    "Mail": "patient_email",
}


def typed(folder: Path, *rows: str) -> CanonicalTables:
    (folder / "patients.csv").write_text(PATIENTS)
    (folder / "book.csv").write_text("\n".join(["No,Pt,Patient,Day,Born,Phone,Mail", *rows]) + "\n")
    mapping = maps.source_map(maps.table_map("patients", "patients", PATIENT_COLUMNS), maps.table_map("book", "appointments", COLUMNS))
    return type_tables(read_export(folder), mapping, maps.schema(), today=date(2026, 11, 1), country=maps.AU)


DESCRIBED: dict[str, tuple[str, str | None, str | None]] = {
    "the birth date agrees": (',"Weber, Anna",1/11/2026,13/04/1980,,', "1", None),
    "with a year of two digits": (',"Weber, Anna",1/11/2026,13/04/80,,', "1", None),
    "another phone proves nothing": (',"Weber, Anna",1/11/2026,,0499 999 999,', "1", None),
    "a namesake who is not there": (',"Weber, Anna",1/11/2026,05/06/2012,0499 999 999,', None, "born-otherwise"),
    "namesakes by birth date": (',"Roe, Sam",1/11/2026,05/06/2012,,', "2", None),
    "namesakes by phone": (',"Roe, Sam",1/11/2026,,0412333444,', "3", None),
    "namesakes by e-mail": (',"Roe, Sam",1/11/2026,,,SAM@roe.example', "3", None),
    "the birth date before the phone": (',"Roe, Sam",1/11/2026,01/02/1975,0412 111 222,', "3", None),
    "a phone of neither": (',"Roe, Sam",1/11/2026,,0400 000 001,', None, "several-candidates"),
    "born on neither's day": (',"Roe, Sam",1/11/2026,09/09/1999,,', None, "born-otherwise"),
    "nobody knows when they were born": (',"Lind, Bo",1/11/2026,09/09/1999,,', "4", None),
}
"""A row of the book, the patient whose it is, and why it waits where it is nobody's."""


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str | None, str | None]]:
    """Patient and reason of each of `DESCRIBED`, all of one book."""
    tables = typed(tmp_path_factory.mktemp("book"), *(f"A{number},{row}" for number, (row, _, _) in enumerate(DESCRIBED.values())))
    bookings = tables["appointments"]
    patients = dict(zip(bookings["_line"], bookings["patient_id"], strict=True))
    reasons = {one.line: one.reason.code for one in tables.row_outcomes if one.table == "appointments" and one.reason}
    return {case: (patients.get(line), reasons.get(line)) for line, case in enumerate(DESCRIBED, start=2)}


@pytest.mark.parametrize("case", DESCRIBED)
def test_a_row_stands_on_who_it_describes(described: dict[str, tuple[str | None, str | None]], case: str) -> None:
    """A name alone is not taken where the birth date beside it is another's; and namesakes are told apart by what agrees."""
    assert described[case] == DESCRIBED[case][1:]


def test_an_id_counts_before_the_birth_date_and_the_difference_is_told(tmp_path: Path) -> None:
    """The id is the key: the row stands there, and the finding names it."""
    tables = typed(tmp_path, 'A1,1,"Weber, Anna",1/11/2026,05/06/2012,,', 'A2,1,"Weber, Anna",2/11/2026,13/04/1980,,')
    assert list(tables["appointments"]["patient_id"]) == ["1", "1"]
    assert [finding.keys for finding in tables.findings if finding.code == "patient-contradicted"] == [("book.csv:2",)]


@pytest.mark.parametrize(
    ("cell", "patient"),
    [
        ("1 Weber, Anna", "1"),
        ("1 - Anna Weber", "1"),
        ("Weber, Anna (1)", "1"),
        ("Weber, Anna #1", "1"),
        ("3 Roe, Sam", "3"),
        ("2 Weber, Anna", None),
        ("9 Weber, Anna", None),
    ],
)
def test_an_id_beside_its_name_is_the_id(tmp_path: Path, cell: str, patient: str | None) -> None:
    """A heading like `P001 Weber, Anna` names its patient where id and name are of one record; else the row waits."""
    tables = typed(tmp_path, f'A1,"{cell}",,1/11/2026,,,')
    assert list(tables["appointments"]["patient_id"]) == ([patient] if patient else [])


def test_an_id_and_a_name_of_two_patients_are_told(tmp_path: Path) -> None:
    """The id counts; the name of a namesake of the patient, or of nobody, is no contradiction."""
    tables = typed(
        tmp_path,
        'A1,1,"Roe, Sam",1/11/2026,,,',
        'A2,2,"Roe, Sam",1/11/2026,,,',
        'A3,1,"Weber-Lee, Anna",2/11/2026,,,',
        "A4,4,,2/11/2026,,,",
    )
    assert list(tables["appointments"]["patient_id"]) == ["1", "2", "1", "4"]
    assert [finding.keys for finding in tables.findings if finding.code == "named-as-another"] == [("book.csv:2",)]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (['A1,1,"Roe, Sam",1/11/2026,,,', 'A2,2,"Weber, Anna",1/11/2026,,,', 'A3,1,"Roe, Sam",2/11/2026,,,'], "named-as-others"),
        (['A1,1,"Roe, Sam",1/11/2026,,,', 'A2,2,"Weber, Anna",1/11/2026,,,', "A3,3,,2/11/2026,,,"], "named-as-another"),
        (['A1,1,"Roe, Sam",1/11/2026,,,', 'A2,2,"Weber, Anna",1/11/2026,,,', 'A3,1,"Weber, Anna",2/11/2026,,,'], "named-as-another"),
    ],
    ids=["all of three", "two", "two of three"],
)
def test_ids_that_every_name_contradicts_are_of_something_else(tmp_path: Path, rows: list[str], code: str) -> None:
    """One or two slips are said; where all rows of a file give another one's name, the gate closes."""
    found = [one for one in typed(tmp_path, *rows).findings if one.code.startswith("named-as-")]
    assert [(one.code, one.severity.value) for one in found] == [(code, "critical" if code == "named-as-others" else "warning")]


def test_a_heading_with_the_id_behind_the_name_names_its_patient(tmp_path: Path) -> None:
    """As a name: `Roe, Sam (3)` is the one of two namesakes with this id."""
    assert list(typed(tmp_path, 'A1,,"Roe, Sam (3)",1/11/2026,,,')["appointments"]["patient_id"]) == ["3"]
