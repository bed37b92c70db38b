"""Reports as printers and people lay them out: pages, groups, totals in disguise, two tables in one sheet, headers of two rows."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from migkit.model.tables import RawExport
from migkit.source import read_export, type_tables, write_rejects

from . import maps


def text(folder: Path, body: str, name: str = "report.csv") -> RawExport:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(body.encode())
    return read_export(folder)


def book(folder: Path, rows: list[list[Any]], name: str = "report.xlsx") -> RawExport:
    whole = xlsxwriter.Workbook(str(folder / name))
    sheet = whole.add_worksheet("Sheet1")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    whole.close()
    return read_export(folder)


def reasons(raw: RawExport) -> dict[int, str]:
    """Line → what became of it; "" for a row."""
    return dict(zip(raw.lines["line"].tolist(), raw.lines["reason"].tolist(), strict=True))


def cells(raw: RawExport, table: str) -> list[list[str]]:
    frame = raw.tables[table].frame
    return [[str(cell) for cell in row] for row in frame[raw.tables[table].columns].fillna("").to_numpy().tolist()]


# -- pages ------------------------------------------------------------------------------------------------------------


def test_what_a_printer_repeats_on_every_page_is_no_row(tmp_path: Path) -> None:
    """Title, printing date with page number and header stand again on page 2; the numbers in them differ."""
    page = "Recall Report,,,\nPrinted 1/4/2026,,,Page {} of 12\nRecall ID,Patient,Due,Type\n"
    raw = text(tmp_path, page.format(1) + '1,"Ng, Ada",1/5/2026,6m\n' + page.format(12) + '2,"Roe, Sam",2/5/2026,6m\n2 records,,,\n')
    assert cells(raw, "Recall Report") == [["1", "Ng, Ada", "1/5/2026", "6m"], ["2", "Roe, Sam", "2/5/2026", "6m"]]
    assert [reasons(raw)[line] for line in (5, 6, 7, 9)] == ["repeated title", "repeated title", "repeated header", "footer"]


def test_remarks_below_the_table_of_a_sheet_are_no_rows(tmp_path: Path) -> None:
    """Words alone where the ids are numbers."""
    rows = [["Recall ID", "Patient", "Due", "Type"], [1, "Ng", "1/5/2026", "6m"], [], ["* overdue ones are not shown"], ["Kim, manager"]]
    assert list(reasons(book(tmp_path, rows)).values()) == ["header", "", "blank", "heading", "heading"]
    assert list(reasons(book(tmp_path, [*rows[:2], rows[4]])).values()) == ["header", "", "remark"]


def test_files_put_together_by_copying_have_marks_in_their_middle_and_at_their_end(tmp_path: Path) -> None:
    """`copy *.csv all.csv` on Windows: a byte order mark before the second header, an end mark after the last line."""
    part = '\ufeff"Code","Name","Price"\r\n"{}","Brush","4"\r\n'
    raw = text(tmp_path, part.format("A") + part.format("B") + "\x1a")
    assert cells(raw, "report") == [["A", "Brush", "4"], ["B", "Brush", "4"]]
    assert list(reasons(raw).values()) == ["header", "", "repeated header", "", "blank"]


# -- groups -----------------------------------------------------------------------------------------------------------


def test_the_heading_of_a_group_is_a_column_of_its_rows(tmp_path: Path) -> None:
    """Two levels of headings, a sub-total, and no row is made of them."""
    raw = text(
        tmp_path,
        "Date,Patient,Invoice No,Item,Fee\nPractice: Main\nDentist: Dr Lee\n1/3/2026,Ada,I1,011,5\n1/3/2026,Ada,I1,114,6\n,,,Sub Total,11\n"
        "Dentist: Dr Kay\n2/3/2026,Sam,I2,011,7\nPractice: West\n3/3/2026,Kim,I3,011,8\nGrand Total,,,,26\n",
    )
    assert raw.tables["report"].columns == ["Date", "Patient", "Invoice No", "Item", "Fee", "Practice", "Dentist"]
    assert [row[2:] for row in cells(raw, "report")] == [
        ["I1", "011", "5", "Main", "Dr Lee"],
        ["I1", "114", "6", "Main", "Dr Lee"],
        ["I2", "011", "7", "Main", "Dr Kay"],
        ["I3", "011", "8", "West", "Dr Kay"],
    ]
    assert [line for line, reason in reasons(raw).items() if reason == "group"] == [2, 3, 7, 9]
    assert raw.findings == ()


def test_a_heading_without_a_label_is_known_by_standing_where_dates_do(tmp_path: Path) -> None:
    """`Dr Lee` alone in the column of dates; its column is called Group."""
    raw = book(
        tmp_path, [["Date", "Patient", "Item", "Fee"], ["Dr Lee"], ["1/3/2026", "Ada", "011", 5], ["Dr Kay"], ["2/3/2026", "Sam", "012", 6]]
    )
    assert [[row[1], row[4]] for row in cells(raw, "report")] == [["Ada", "Dr Lee"], ["Sam", "Dr Kay"]]


def test_what_the_title_says_of_every_row_is_kept_when_files_are_stacked(tmp_path: Path) -> None:
    """One file per dentist, the dentist named above the header only; a table with a column for it needs none."""
    for who in ("Lee", "Kay"):
        text(tmp_path, f"Dentist:,Dr {who},\nRecall ID,Patient,Due\n{who},Ada,1/5/2026\n", f"recalls {who}.csv")
    text(tmp_path, "Dentist: Dr Lee,,\nProvider,Patient,Date\nLee,Ada,1/5/2026\n", "appointments.csv")
    raw = read_export(tmp_path)
    assert cells(raw, "recalls") == [["Kay", "Ada", "1/5/2026", "Dr Kay"], ["Lee", "Ada", "1/5/2026", "Dr Lee"]]
    assert raw.tables["appointments"].columns == ["Provider", "Patient", "Date"]


def test_a_line_that_a_line_break_tore_off_a_note_is_no_heading(tmp_path: Path) -> None:
    """It is rejected with its text, never a row and never layout, however often that happens."""
    raw = text(
        tmp_path, "Note ID,Patient,Date,Note\n1,Ada,1/3/2026,first\nPlan: scale\n2,Ada,1/3/2026,a\nPlan: x\nPlan: y\n3,Ada,1/3/2026,b\n"
    )
    assert list(raw.lines["kind"]) == ["layout", "row", "reject", "row", "reject", "reject", "row"]
    assert raw.lines["text"].dropna().tolist() == ["Plan: scale\n", "Plan: x\n", "Plan: y\n"]


# -- totals -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "Last Name,First Name,DOB,Mobile,Balance\nNg,Ada,1/2/1980,0412345678,5.00\nSum,Wing,1/2/1980,0412345678,5.00\nSum,Ho,,,25.00\n",
        'Patient,DOB,Mobile,Email\n"Ng, Ada",1/2/1980,,a@x.com\n"Sum, Wing",1/2/1980,0412345678,\n"Total, Jo",,,\n',
        "Name,Price\nBrush,4\nTotal Whitening Kit,99\nColgate Total,5\n",
        "Name,Price,Stock\nBrush,4,\nTotal Toothpaste,4,\nFloss,4,\n",
    ],
)
def test_people_and_products_called_total_or_sum_are_rows(tmp_path: Path, body: str) -> None:
    """Sum is a family name; what only looks like a total is one if its amounts are sums, and these are not."""
    raw = text(tmp_path, body)
    assert list(reasons(raw).values()) == ["header", *[""] * (body.count("\n") - 1)] and raw.findings == ()


TOTALS = {
    "named after the group, as Excel does": (["Lee Total,,,11", "Kay Total,,,7", "Grand Total,,,18"], [3, 5, 6]),
    "named before the group": (["Total Lee,,,$11.00", "Total Kay,,,$7.00", ",,Total:,18"], [3, 5, 6]),
    "no word at all, at the end": (["", "", ",,,18"], [6]),
    "a word in another column of a row that begins with a name": (["", "", "Practice,,Total,18"], [6]),
    "wrong sums under a group's name": (["Lee Total,,,12", "", ""], []),
    "a number without a word that is no sum": (["", "", ",,,17"], []),
}


@pytest.mark.parametrize("case", TOTALS)
def test_a_row_is_a_total_if_its_amounts_prove_it(tmp_path: Path, case: str) -> None:
    """Sums since the last total or over all rows, to the cent; positions count from 0 with the header."""
    (lee, kay, all_), expected = TOTALS[case]
    lines = ["Provider,Date,Patient,Fee", "Lee,1/3/2026,Ada,5", "Lee,1/3/2026,Sam,6", lee, "Kay,1/3/2026,Kim,7", kay, all_]
    raw = text(tmp_path, "".join(f"{line or 'Low,1/3/2026,Jo,0'}\n" for line in lines))
    assert [line - 1 for line, reason in reasons(raw).items() if reason == "total"] == expected
    assert len(raw.tables["report"].frame) == 6 - len(expected) and raw.findings == ()


BARE_TOTALS = {
    "a patient's sums, with the patient's name alone": (["I1,Lee,5,50", "I2,Lee,6,60", ",Lee,11,110", "I3,Kay,7,70", ",Kay,7,70"], [3, 5]),
    "on both sides of zero": (["I1,Lee,5,50", "I2,Lee,-6,(60)", ",Lee,-1,10 CR", "I3,Kay,7,70", ",Kay,7,70"], [3, 5]),
    "and all of them at the end": (["I1,Lee,5,50", "I2,Lee,6,60", ",Lee,11,110", "I3,Kay,7,70", ",Kay,7,70", ",,18,180"], [3, 5, 6]),
    "one amount that is no sum": (["I1,Lee,5,50", "I2,Lee,6,60", ",Lee,11,120", "I3,Kay,7,70", "I4,Kay,7,70"], []),
    "below single rows only, where it may be a further row": (["I1,Lee,5,50", ",Lee,5,50", "I3,Kay,7,70", ",Kay,7,70"], []),
    "somebody else's name": (["I1,Lee,5,50", "I2,Lee,6,60", ",Low,11,110", "I3,Kay,7,70"], []),
    "a number of its own": (["I1,Lee,5,50", "I2,Lee,6,60", "I9,Lee,11,110", "I3,Kay,7,70"], []),
}


@pytest.mark.parametrize("case", BARE_TOTALS)
def test_sums_below_a_group_without_the_word_are_totals(tmp_path: Path, case: str) -> None:
    """No number of their own, no word but the group's, and every amount the sum of its rows; positions count from 0 with the header."""
    rows, expected = BARE_TOTALS[case]
    raw = text(tmp_path, "Invoice No,Patient,GST,Total\n" + "".join(f"{row}\n" for row in rows))
    assert [line - 1 for line, reason in reasons(raw).items() if reason == "total"] == expected
    assert len(raw.tables["report"].frame) == len(rows) - len(expected)


# -- two tables -------------------------------------------------------------------------------------------------------


def test_tables_below_one_another_are_tables_of_their_own(tmp_path: Path) -> None:
    """Narrower or wider than the first, with and without a heading; each line belongs to one of them."""
    raw = text(
        tmp_path,
        "Providers\nProvider ID,Name\n7,Lee\n8,Kay\n\nAppointments\nAppt ID,Patient ID,Date,Start,Note\n"
        '1,1,1/3/2026,09:00,"two\nlines"\n2,2,1/3/2026,09:30,\n\nCode,Price\n11,55\n',
        "dump.csv",
    )
    assert {name: (table.files, cells(raw, name)) for name, table in raw.tables.items()} == {
        "dump": (("dump.csv",), [["7", "Lee"], ["8", "Kay"]]),
        "Appointments": (
            ("dump.csv#Appointments",),
            [["1", "1", "1/3/2026", "09:00", "two\nlines"], ["2", "2", "1/3/2026", "09:30", ""]],
        ),
        "dump 2": (("dump.csv#row 12",), [["11", "55"]]),
    }
    assert sorted(raw.lines["line"]) == [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13]
    assert raw.lines.loc[raw.lines["file"].eq("dump.csv#row 12"), "reason"].tolist() == ["header", ""]


def test_words_below_a_blank_row_are_no_table_without_values_in_other_columns_than_before(tmp_path: Path) -> None:
    """A list of suppliers with blank rows, and a row of words in a list with numbers, stay one table."""
    assert len(text(tmp_path / "a", "Supplier,Contact,City\nAcme,Jo,Perth\n,,\nBeta,Kim,Hobart\n").tables) == 1
    assert len(text(tmp_path / "b", "ID,Patient,Due,Type\n1,Ada,1/5/2026,6m\n\nN/A,Unknown,TBA,6m\n2,Sam,1/5/2026,6m\n").tables) == 1


# -- headers ----------------------------------------------------------------------------------------------------------


def test_a_header_of_two_rows_names_its_columns_by_both(tmp_path: Path) -> None:
    """Merged cells: `Name` over First and Last, `Patient ID` over two rows; both rows are layout, also on the next page."""
    header = [["Patient ID", "Name", "", "Balance", ""], ["", "First", "Last", "Current", "Overdue"]]
    raw = book(tmp_path, [*header, [1, "Ada", "Ng", 10.5, 0], *header, [2, "Sam", "Roe", 0, 3]])
    assert raw.tables["report"].columns == ["Patient ID", "Name First", "Name Last", "Balance Current", "Balance Overdue"]
    assert cells(raw, "report") == [["1", "Ada", "Ng", "10.5", "0"], ["2", "Sam", "Roe", "0", "3"]]
    assert list(reasons(raw).values()) == ["header", "header", "", "repeated header", "repeated header", ""]


def test_a_title_row_as_wide_as_the_table_is_not_its_header(tmp_path: Path) -> None:
    """It holds a date, and below it stands a row of nothing but labels."""
    raw = text(tmp_path, "Report,Appointment List,Run,1/4/2026\n\nAppt ID,Patient ID,Date,Provider\n1,1,1/3/2026,Lee\n")
    (table,) = raw.tables.values()
    assert table.columns == ["Appt ID", "Patient ID", "Date", "Provider"] and len(table.frame) == 1


def test_a_file_without_a_header_is_refused_and_no_patient_taken_for_one(tmp_path: Path) -> None:
    """Most cells of the first line read like labels, but NSW stands below itself."""
    raw_rows = "P001,Ada,Ng,F,NSW,0412345678\nP002,Sam,Roe,M,NSW,0412345679\nP003,Kim,Low,F,VIC,0412345670\n"
    text(tmp_path, "Code,Name\nA,Brush\n", "products.csv")
    raw = text(tmp_path, raw_rows, "patients.csv")
    assert list(raw.tables) == ["products"] and [finding.code for finding in raw.findings] == ["file-without-table"]


def test_headers_may_repeat(tmp_path: Path) -> None:
    """Three columns called Phone."""
    raw = text(tmp_path, "ID,Name,Phone,Phone,,Phone\n1,Ada,0412345678,0298765432,x,0411111111\n")
    assert raw.tables["report"].columns == ["ID", "Name", "Phone", "Phone (2)", "column 5", "Phone (3)"]


# -- rejects of stacked files -----------------------------------------------------------------------------------------


def test_a_rejected_line_stands_in_its_own_file_s_columns(tmp_path: Path) -> None:
    """February has the columns in another order and one more, and an empty first one; no value moves to another column."""
    text(tmp_path, "Invoice No,Patient ID,Date,Total\nI1,1,5/1/2026,10\nI9,1,5/1/2026,10,extra\n", "Invoices Jan 2026.csv")
    raw = text(tmp_path, ",Date,Invoice No,Total,Patient ID,Location\n,5/2/2026,I2,20,2,Main\n,6/2/2026,I3,30,2\n", "Invoices Feb 2026.csv")
    mapping = maps.source_map(maps.table_map("Invoices", "invoices", {"Invoice No": "invoice_id", "Patient ID": "patient_id"}))
    settled = type_tables(raw, mapping, maps.schema(), country=maps.AU, today=date(2026, 11, 1)).row_outcomes
    (path,) = write_rejects(raw, settled, tmp_path / "rejects")
    ragged = "The line has more or fewer cells than its header."
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            [
                "Invoice No",
                "Patient ID",
                "Date",
                "Total",
                "Location",
                "reject_reason",
                "reject_code",
                "reject_file",
                "reject_line",
                "reject_extra",
            ],
            ["I3", "2", "6/2/2026", "30", "", ragged, "ragged-row", "Invoices Feb 2026.csv", "3", ""],
            ["I9", "1", "5/1/2026", "10", "", ragged, "ragged-row", "Invoices Jan 2026.csv", "3", "extra"],
        ]


@pytest.mark.parametrize(
    ("period", "columns"),
    [
        ("Period: 01/06/2026 to 28/11/2026", ["Item Code", "Description", "Fee"]),
        ("Period: 01/06/2026 - 28/11/2026", ["Item Code", "Description", "Fee"]),
        ("Period: 1 June 2026 to 28 November 2026", ["Item Code", "Description", "Fee"]),
        ("Date range: 01/06/2026-28/11/2026", ["Item Code", "Description", "Fee"]),
        ("Period: All", ["Item Code", "Description", "Fee"]),
        ("Period: October 2026", ["Item Code", "Description", "Fee", "Period"]),
        ("Month: 10/2026", ["Item Code", "Description", "Fee", "Month"]),
    ],
)
def test_from_one_day_to_another_is_no_column(tmp_path: Path, period: str, columns: list[str]) -> None:
    """What a report covers says of no row when it was; a month of which all rows are does."""
    lines = ["Item List", period, "", "Item Code,Description,Fee", "011,Examination,72.50", "114,Scale,128.75", "521,Filling,210.00"]
    (tmp_path / "items.csv").write_text("\n".join(lines) + "\n")
    (table,) = read_export(tmp_path).tables.values()
    assert list(table.columns) == columns
