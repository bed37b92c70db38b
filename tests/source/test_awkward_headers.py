"""Headers that a computer takes for doubles or for data: words that differ in case, years as labels, rows of words below."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from migkit.model.tables import RawExport
from migkit.source import read_export


def read(folder: Path, body: str, name: str = "report.csv") -> RawExport:
    (folder / name).write_text(body, encoding="utf-8")
    return read_export(folder)


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("Notes,NOTES", ["Notes", "NOTES (2)"]),
        ("Phone,phone,PHONE", ["Phone", "phone (2)", "PHONE (3)"]),
        ("Note,Note (2),NOTE", ["Note", "Note (2)", "NOTE (3)"]),
        ("Straße,STRASSE", ["Straße", "STRASSE (2)"]),
        ("Prénom,Pre\u0301nom", ["Prénom", "Pre\u0301nom (2)"]),
        ("Notes,Notes ", ["Notes", "Notes (2)"]),
        ("_line,_LINE", None),
        ("_file,_snapshot", None),
    ],
)
def test_headers_that_differ_in_case_alone_are_told_apart(tmp_path: Path, header: str, named: list[str] | None) -> None:
    """No column is lost and none takes another's values; the reader's own columns do not collide with the file's."""
    count = header.count(",") + 1
    values = [f"value {number}" for number in range(count)]
    raw = read(tmp_path, f"Patient ID,{header}\n1,{','.join(values)}\n2,{','.join(values)}\n")
    ((_, table),) = raw.tables.items()
    assert table.frame[table.columns].to_numpy().tolist()[0] == ["1", *values]
    assert len({name.casefold() for name in table.columns}) == count + 1
    if named:
        assert table.columns == ["Patient ID", *named]


def test_sheets_whose_headers_have_one_word_twice_are_stacked(tmp_path: Path) -> None:
    """The same in two sheets of one workbook."""
    book = xlsxwriter.Workbook(str(tmp_path / "Patients.xlsx"))
    for month in ("Mar 2026", "Apr 2026"):
        sheet = book.add_worksheet(month)
        sheet.write_row(0, 0, ["Patient ID", "Notes", "NOTES"])
        sheet.write_row(1, 0, [1, f"{month} a", f"{month} b"])
    book.close()
    ((_, table),) = read_export(tmp_path).tables.items()
    assert table.columns == ["Patient ID", "Notes", "NOTES (2)"]
    assert table.frame[table.columns].to_numpy().tolist() == [["1", "Mar 2026 a", "Mar 2026 b"], ["1", "Apr 2026 a", "Apr 2026 b"]]


LABELS = {
    "years": ("Clinic,2025,2026\nNewtown,120,130\nGlebe,80,95\nLeichhardt,closed,closed\nRozelle,new,7\n", ["Clinic", "2025", "2026"], 4),
    "years, a row of words in between": ("Item,2024,2025\nA,1,2\nB,3,4\nnone,none,none\nC,5,6\n", ["Item", "2024", "2025"], 4),
    "days": ("Dentist,01/03/2026,02/03/2026\nLee,3,4\nKay,off,off\nFox,1,2\n", ["Dentist", "01/03/2026", "02/03/2026"], 3),
    "years below a title": (
        "Production by year,,\n,,\nClinic,2025,2026\nNewtown,120,130\nGlebe,closed,closed\nRozelle,1,2\n",
        ["Clinic", "2025", "2026"],
        3,
    ),
    "words, and a row of words": ("Patient ID,Name,Balance\n1,Ann,5\nn/a,unknown,none\n2,Bob,6\n", ["Patient ID", "Name", "Balance"], 3),
    "a period above": (
        "Printed,01/04/2026,,\nFrom,01/03/2026,To,31/03/2026\n,,,\nID,Name,Fee,Paid\n1,Ann,5,5\n",
        ["ID", "Name", "Fee", "Paid"],
        1,
    ),
    "a clinic and its number above": ("Clinic,12,,\nSite,3,,\nID,Name,Fee,Paid\n1,Ann,5,5\n2,Bob,6,6\n", ["ID", "Name", "Fee", "Paid"], 2),
}


@pytest.mark.parametrize(("body", "columns", "rows"), LABELS.values(), ids=list(LABELS))
def test_rows_with_values_are_no_titles(tmp_path: Path, body: str, columns: list[str], rows: int) -> None:
    """The header is the line above the values; whatever stands below it is a row."""
    ((_, table),) = read(tmp_path, body).tables.items()
    assert (table.columns, len(table.frame)) == (columns, rows)


@pytest.mark.parametrize(
    "body",
    [
        "1,Ann,Lee\n2,Bob,Ng\nx,unknown,unknown\n3,Cy,Oz\n",
        "10,20,30\n40,50,60\nred,green,blue\n70,80,90\n",
        "1,Ann,0412345678\n2,Bob,0412345679\n3,Cy,unknown\nn/a,none,none\n",
        "01/03/2026,Ann,5\n02/03/2026,Bob,6\nclosed,closed,closed\n04/03/2026,Cy,7\n",
        "A1,5.00,1/2/2026\nA2,6.00,1/2/2026\nvoid,void,void\n",
    ],
)
def test_a_file_without_a_header_loses_nothing_in_silence(tmp_path: Path, body: str) -> None:
    """It is refused with a finding that names it; no row of it is counted as a title."""
    (tmp_path / "products.csv").write_text("Code,Name\nA,Brush\n", encoding="utf-8")
    raw = read(tmp_path, body)
    assert list(raw.tables) == ["products"] and [finding.keys for finding in raw.findings] == [("report.csv",)]


GROUPED = {
    "groups above the header": (
        "Patient,,,Contact,,Next of kin,\nId,First,Last,Mobile,Email,Name,Phone\n1,Anna,Weber,0412345678,a@b.example,Hans Lee,0499111222\n",
        ["Patient Id", "Patient First", "Patient Last", "Contact Mobile", "Contact Email", "Next of kin Name", "Next of kin Phone"],
    ),
    "a title of two cells": (
        "Bondi Dental,,,,,,Patient List\nId,First,Last,Mobile,Email,Town,State\n1,Anna,Weber,0412345678,a@b.example,Bondi,NSW\n",
        ["Id", "First", "Last", "Mobile", "Email", "Town", "State"],
    ),
    "who printed it": (
        "Printed by:,,Admin,,Site:,,Bondi\nId,First,Last,Mobile,Email,Town,State\n1,Anna,Weber,0412345678,a@b.example,Bondi,NSW\n",
        ["Id", "First", "Last", "Mobile", "Email", "Town", "State"],
    ),
}


@pytest.mark.parametrize("case", GROUPED)
def test_a_row_that_names_groups_of_columns_is_part_of_their_names(tmp_path: Path, case: str) -> None:
    """The phone of the next of kin is not called as if it were the patient's; a title stays a title."""
    text, columns = GROUPED[case]
    ((_, table),) = read(tmp_path, text).tables.items()
    assert table.columns[: len(columns)] == columns and len(table.frame) == text.count("\n") - 2


UNITS = {
    "in brackets": "(text),(dd/mm/yyyy),(mins),($)",
    "bare": "text,dd/mm/yyyy,mins,$",
    "as a database has them": "varchar(50),date,int,decimal(10)",
    "some alone": ",dd/mm/yyyy,mins,",
}


@pytest.mark.parametrize("case", UNITS)
def test_a_row_of_units_below_the_header_is_no_record(tmp_path: Path, case: str) -> None:
    """What the columns are written in is layout; every line of the file is accounted for."""
    raw = read(tmp_path, f"Name,Date,Length,Fee\n{UNITS[case]}\nAnn,23/11/2026,30,75.00\nBo,24/11/2026,45,80.00\n")
    ((_, table),) = raw.tables.items()
    assert list(table.frame["Name"]) == ["Ann", "Bo"] and table.columns == ["Name", "Date", "Length", "Fee"]
    assert list(raw.lines["kind"]) == ["layout", "layout", "row", "row"]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Total;Invoice No;Patient ID;Invoice Date", "110.00;1;7;05/10/2026"),
        ("Total Amount,Invoice,Patient", "110.00,1,7"),
        ("Total,Discount,Net,Invoice", "110.00,10.00,100.00,1"),
        ("Totals,Patient,Day", "110.00,7,05/10/2026"),
        ("Grand Total,Receipt,Patient", "110.00,R1,7"),
    ],
)
def test_a_header_may_begin_with_the_total(tmp_path: Path, header: str, row: str) -> None:
    """A first column of totals makes no total of the header."""
    (tmp_path / "invoices.csv").write_text(f"{header}\n{row}\n{row.replace('110', '120')}\n")
    (source,) = read_export(tmp_path).tables.values()
    assert list(source.columns) == header.replace(";", ",").split(",") and len(source.frame) == 2
