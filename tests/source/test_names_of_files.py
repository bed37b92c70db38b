"""A day or a dentist that stands in the name of a file or sheet alone belongs to its rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from migkit.model.tables import CanonicalTables
from migkit.source import read_export, type_tables

from . import maps

PEOPLE = "Id,Last\n1,Weber\n2,Ngo\n"
COLUMNS = {
    "payments": {"Patient ID": "patient_id", "Method": "method", "Amount": "amount"},
    "appointments": {"Patient ID": "patient_id", "Start": "start_at", "Duration": "duration"},
}


def typed(folder: Path, table: str) -> CanonicalTables:
    """The export of a folder, every table but that of patients taken for `table`."""
    raw = read_export(folder)
    others = [maps.table_map(name, table, COLUMNS[table]) for name in raw.tables if name != "patients"]
    mapping = maps.source_map(maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}), *others)
    return type_tables(raw, mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)


@pytest.mark.parametrize(
    ("names", "days"),
    [
        (("takings 2026-11-16", "takings 2026-11-17"), ["2026-11-16", "2026-11-17"]),
        (("takings 16-11-2026", "takings 17-11-2026"), ["2026-11-16", "2026-11-17"]),
        (("takings 16 Nov 2026", "takings 17 Nov 2026"), ["2026-11-16", "2026-11-17"]),
        (("takings_20261116", "takings_20261117"), ["2026-11-16", "2026-11-17"]),
        (("takings 2026-11-16",), [None]),
        (("takings 2026-10", "takings 2026-11"), None),
        (("takings 2026-11-16", "takings other"), None),
    ],
)
def test_a_file_a_day_gives_its_rows_the_day(tmp_path: Path, names: tuple[str, ...], days: list[str | None] | None) -> None:
    """The same 50.00 on two days is 100.00; one file alone, a month, or a file without a day gives none."""
    (tmp_path / "patients.csv").write_text(PEOPLE)
    for name in names:
        (tmp_path / f"{name}.csv").write_text("Patient ID,Method,Amount\n1,EFTPOS,50.00\n")
    frame = typed(tmp_path, "payments")["payments"].sort_values("_file")
    found = [None if value != value else f"{value:%Y-%m-%d}" for value in frame["date"]]
    assert found == days if days is not None else set(found) == {None}
    if days and days[0]:
        assert frame["amount"].tolist() == [5000, 5000]


def test_a_sheet_a_day_gives_its_rows_the_day(tmp_path: Path) -> None:
    """A workbook with a sheet for each day, both with the same receipt: two receipts of two days."""
    (tmp_path / "patients.csv").write_text(PEOPLE)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for day in ("16-11-2026", "17-11-2026"):
        sheet = book.create_sheet(day)
        sheet.append(["Patient ID", "Method", "Amount"])
        sheet.append(["1", "EFTPOS", 50])
    book.save(tmp_path / "takings.xlsx")
    frame = typed(tmp_path, "payments")["payments"].sort_values("_file")
    assert [f"{value:%Y-%m-%d}" for value in frame["date"]] == ["2026-11-16", "2026-11-17"]


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        (("Dr Lee", "Dr Ahmed"), ["Dr Ahmed", "Dr Lee"]),
        (("Appointments Dr Jo Park", "Book Dr. Lee"), ["Dr Jo Park", "Dr. Lee"]),
        (("Surgery 1", "Surgery 2"), [None, None]),
        (("Drummoyne", "Drafts"), [None, None]),
    ],
)
def test_a_sheet_a_dentist_gives_its_rows_the_dentist(tmp_path: Path, sheets: tuple[str, str], expected: list[str | None]) -> None:
    """Only a title before a name makes a dentist of the name of a sheet."""
    (tmp_path / "patients.csv").write_text(PEOPLE)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, name in enumerate(sheets, start=1):
        sheet = book.create_sheet(name)
        sheet.append(["Patient ID", "Start", "Duration"])
        sheet.append([str(number), f"0{number}/11/2026 09:00", "30"])
    book.save(tmp_path / "book.xlsx")
    tables = typed(tmp_path, "appointments")
    frame = tables["appointments"].sort_values("_file")
    assert list(frame["practitioner_name"].astype(object).where(frame["practitioner_name"].notna(), None)) == expected
    said = {one.field for one in tables.findings if one.code == "said-by-name"}
    assert ("practitioner_name" in said) == (expected[0] is not None)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Appointments Surgery 1", "Appointments Surgery 2"), ["Surgery 1", "Surgery 2"]),
        (("book_chair_1", "book_chair_2"), ["chair 1", "chair 2"]),
        (("Room A diary", "Room B diary"), ["Room A", "Room B"]),
        (("Diary Op 3", "Diary Op 4"), ["Op 3", "Op 4"]),
        (("day surgery 12-11-2026", "day surgery 13-11-2026"), [None, None]),
        (("Surgery 12 Nov", "Surgery 13 Nov"), [None, None]),
        (("surgery list", "more surgery"), [None, None]),
    ],
)
def test_a_file_a_chair_gives_its_rows_the_chair(tmp_path: Path, names: tuple[str, str], expected: list[str | None]) -> None:
    """The chair that only the name of a file says stands in its rows; the day of a surgery list is no chair."""
    (tmp_path / "patients.csv").write_text(PEOPLE)
    for number, name in enumerate(names, start=1):
        (tmp_path / f"{name}.csv").write_text(f"Patient ID,Start,Duration\n{number},0{number}/11/2026 09:00,30\n")
    frame = typed(tmp_path, "appointments")["appointments"].sort_values("_file")
    assert list(frame["chair"].astype(object).where(frame["chair"].notna(), None)) == expected


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("part paid invoices", "part_paid"),
        ("paid invoices", "paid"),
        ("partly paid invoices", None),
        ("invoices", None),
        ("void invoices", "void"),
    ],
)
def test_the_whole_name_of_a_file_counts(tmp_path: Path, name: str, status: str | None) -> None:
    """A table is called `paid invoices` where its file is `part paid invoices`: what the file says counts."""
    (tmp_path / "patients.csv").write_text(PEOPLE)
    (tmp_path / f"{name}.csv").write_text("Invoice No,Patient ID,Total\n11,1,100.00\n12,2,50.00\n")
    raw = read_export(tmp_path)
    columns = {"Invoice No": "invoice_id", "Patient ID": "patient_id", "Total": "total"}
    others = [maps.table_map(one, "invoices", columns) for one in raw.tables if one != "patients"]
    mapping = maps.source_map(maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}), *others)
    frame = type_tables(raw, mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)["invoices"]
    assert set(frame["status"].astype(object).where(frame["status"].notna(), None)) == {status}


@pytest.mark.parametrize(
    ("whole", "expected", "is_held"),
    [
        ("A1,1,01/11/2026 09:00,30\nA2,2,02/11/2026 09:00,30\n", ["Dr Li", "Dr Shah"], False),
        ("A1,1,01/11/2026 09:00,30\n", ["Dr Li", "Dr Shah"], False),
        ("A1,1,01/11/2026 09:00,45\nA2,2,02/11/2026 09:00,30\n", ["Dr Shah"], True),
    ],
    ids=["the same bookings", "one of them", "another length"],
)
def test_a_dentist_of_a_file_s_name_is_no_difference(tmp_path: Path, whole: str, expected: list[str], is_held: bool) -> None:
    """A file a dentist beside one of all bookings: each booking once, with its dentist; one that differs otherwise is asked about."""
    (tmp_path / "patients.csv").write_text(PEOPLE)
    head = "No,Patient ID,Start,Duration\n"
    (tmp_path / "Appts Dr Li.csv").write_text(f"{head}A1,1,01/11/2026 09:00,30\n")
    (tmp_path / "Appts Dr Shah.csv").write_text(f"{head}A2,2,02/11/2026 09:00,30\n")
    (tmp_path / "Appts all.csv").write_text(head + whole)
    raw = read_export(tmp_path)
    columns = {"No": "appointment_id", **COLUMNS["appointments"]}
    others = [maps.table_map(name, "appointments", columns) for name in raw.tables if name != "patients"]
    mapping = maps.source_map(maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}), *others)
    tables = type_tables(raw, mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    assert sorted(tables["appointments"]["practitioner_name"]) == expected
    assert any(one.outcome.value == "held" for one in tables.row_outcomes) == is_held
