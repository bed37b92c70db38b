"""Workbooks: text without damage, Excel's own row numbers, titles and totals told apart, broken files refused by name."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from migkit.foreign.sheet import Refused
from migkit.foreign.text import cell_text
from migkit.foreign.workbook import read_workbook
from migkit.model.errors import DataError
from migkit.source.export import read_export


def save(path: Path, sheets: dict[str, list[list[Any]]], formats: dict[tuple[int, int], str] | None = None) -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    styles = {shown: book.add_format({"num_format": shown}) for shown in (formats or {}).values()}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                shown = (formats or {}).get((r, c))
                if value is not None:
                    sheet.write(r, c, value, *([styles[shown]] if shown else []))
    book.close()
    return path


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("x", "x"),
        (11.0, "11"),
        (2951647801.0, "2951647801"),
        (412000201.0, "412000201"),
        (0.1, "0.1"),
        (-150.5, "-150.5"),
        (1e15, "1000000000000000"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2026, 3, 5), "2026-03-05"),
        (datetime(2026, 3, 5), "2026-03-05"),
        (datetime(2026, 3, 5, 14, 30), "2026-03-05 14:30:00"),
        (datetime(2026, 3, 5, 14, 29, 59, 999_995), "2026-03-05 14:30:00"),
        (time(9, 5), "09:05"),
        (time(9, 5, 7), "09:05:07"),
    ],
)
def test_a_cell_becomes_text_without_damage(value: object, text: str) -> None:
    """Integers have no `.0`, dates and times are in ISO form."""
    assert cell_text(value) == text


def test_rows_keep_excel_s_numbers_and_titles_totals_and_blanks_are_layout(tmp_path: Path) -> None:
    """A merged title, a blank row, a header that does not begin in column A, a total, a footer, a second sheet without a table."""
    path = tmp_path / "Recall Report March 2026.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    sheet.merge_range("B2:E2", "Recall Report")
    sheet.write_row("B4", ["Recall ID", "Patient", "Due", "Fee"])
    sheet.write_row("B5", [1, "Ng, Ada", "01/03/2026", 10.5])
    sheet.write_row("B7", [2, "Roe, Sam", "02/03/2026", 20])
    sheet.write_row("B8", ["Total", None, None, 30.5])
    sheet.write("B9", "Printed 01/04/2026 by Kim")
    book.add_worksheet("Notes").write("A1", "made by hand")
    book.close()
    raw = read_export(tmp_path)
    table = raw.tables["Recall Report"]
    assert table.files == ("Recall Report March 2026.xlsx#Sheet1",) and table.title == "Recall Report"
    assert table.columns == ["Recall ID", "Patient", "Due", "Fee"]
    assert table.frame["_line"].tolist() == [5, 7]
    assert table.frame[["Recall ID", "Fee"]].to_numpy().tolist() == [["1", "10.5"], ["2", "20"]]
    reasons = raw.lines.set_index("line")["reason"].to_dict()
    assert {line: reasons[line] for line in (1, 2, 4, 6, 8, 9)} == {
        1: "blank", 2: "title", 4: "header", 6: "blank", 8: "total", 9: "footer",
    }  # fmt: skip
    assert not raw.findings


def test_several_sheets_with_headers_are_several_tables(tmp_path: Path) -> None:
    """Sheets named after months are stacked, a sheet of another shape is a table of its own."""
    header = ["Invoice No", "Date", "Total"]
    save(
        tmp_path / "Invoices.xlsx",
        {
            "Mar 2026": [header, ["A1", "01/03/2026", 1]],
            "Apr 2026": [header, ["A2", "01/04/2026", 2], ["A3", "02/04/2026", 3]],
            "Providers": [["Code", "Name"], ["TM", "Nguyen, Mai"]],
        },
    )
    tables = read_export(tmp_path).tables
    assert {name: (len(table.frame), table.files) for name, table in tables.items()} == {
        "Invoices": (3, ("Invoices.xlsx#Mar 2026", "Invoices.xlsx#Apr 2026")),
        "Providers": (1, ("Invoices.xlsx#Providers",)),
    }


def test_number_formats_that_change_the_meaning_are_kept(tmp_path: Path) -> None:
    """A percent format and a format of noughts are part of the value, a money format is not."""
    rows = [["Code", "Cover", "Fee", "Day"], [11, 0.8, 12.5, 46267]]
    path = save(tmp_path / "a.xlsx", {"S": rows}, {(1, 0): "000", (1, 1): "0%", (1, 2): "$#,##0.00", (1, 3): "dd/mm/yyyy"})
    ((read),) = [one.rows for one in read_workbook(path)]
    assert read[1] == ["011", "80%", "12.5", "2026-09-02"]


def test_cached_values_of_formulas_are_read_and_error_cells_are_shown(tmp_path: Path) -> None:
    """What Excel last computed counts."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["A", "B"])
    sheet.write_formula(1, 0, "=1+1", None, 2)
    sheet.write(1, 1, "x")
    book.close()
    ((read),) = [one.rows for one in read_workbook(path)]
    assert read[1] == ["2", "x"]


def test_blank_rows_that_a_workbook_leaves_out_still_count(tmp_path: Path) -> None:
    """Row numbers are Excel's also when openpyxl has to read the sheet and rows are missing from the file."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"] = "Code", "Share"
    sheet["A4"], sheet["B4"] = "x", 0.5
    sheet["B4"].number_format = "0%"
    book.save(path)
    raw = read_export(tmp_path)
    assert raw.tables["a"].frame[["Code", "Share", "_line"]].to_numpy().tolist() == [["x", "50%", 4]]


def _truncated(path: Path) -> None:
    whole = save(path.with_name("whole.bin"), {"S": [["A", "B"], [1, 2]]})
    path.write_bytes(whole.read_bytes()[:2000])
    whole.unlink()


def _encrypted(path: Path) -> None:
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _not_a_workbook(path: Path) -> None:
    path.write_bytes(b"just words" * 50)


def _zip_of_something_else(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("hello.txt", "hello")


def _no_header(path: Path) -> None:
    save(path, {"S": [["only a title"]]})


@pytest.mark.parametrize(
    ("make", "code", "words"),
    [
        (_truncated, "file-damaged", "truncated"),
        (_encrypted, "file-protected", "password"),
        (_empty, "empty-file", "is empty"),
        (_not_a_workbook, "file-without-table", "no row in it reads like a header"),
        (_zip_of_something_else, "file-damaged", "damaged"),
        (_no_header, "sheet-without-table", "no sheet with a header"),
    ],
)
def test_a_broken_workbook_is_refused_by_name_and_the_others_are_read(tmp_path: Path, make: Any, code: str, words: str) -> None:
    """One finding, one reject line, and the table beside it is there; alone it is an error of one sentence."""
    make(tmp_path / "broken.xlsx")
    with pytest.raises(DataError, match=r"broken\.xlsx"):
        read_export(tmp_path)
    (tmp_path / "patients.csv").write_text("Patient ID,Last Name\n1,Ng\n", encoding="utf-8")
    raw = read_export(tmp_path)
    assert list(raw.tables) == ["patients"]
    ((finding),) = raw.findings
    assert finding.code == code and str(finding).startswith("broken.xlsx ") and words in str(finding)
    bad = raw.lines[raw.lines["kind"].eq("reject")]
    assert bad[["file", "line", "reason"]].to_numpy().tolist() == [["broken.xlsx", 1, code]]


def test_unreadable_is_raised_before_any_row_is_given_out(tmp_path: Path) -> None:
    """A truncated workbook yields nothing."""
    _truncated(tmp_path / "a.xlsx")
    with pytest.raises(Refused):
        next(read_workbook(tmp_path / "a.xlsx"))


@pytest.mark.parametrize("shown", ["General", "0%"])
def test_a_cell_merged_over_several_rows_is_each_row_s_own(tmp_path: Path, shown: str) -> None:
    """An invoice with three lines, its number written once; what is merely left empty stays empty. Also where formats count."""
    book = xlsxwriter.Workbook(str(tmp_path / "lines.xlsx"))
    sheet, style = book.add_worksheet("Lines"), book.add_format({"num_format": shown})
    sheet.write_row(0, 0, ["Invoice No", "Patient ID", "Item", "Share"])
    sheet.merge_range("A2:A4", "I1")
    sheet.merge_range("B2:B3", 7)
    for row, item in enumerate(["011", "114", "121", "022"], start=1):
        sheet.write(row, 2, item)
        sheet.write(row, 3, 1, style)
    sheet.write(4, 0, "I2")
    book.close()
    frame = read_export(tmp_path).tables["Lines"].frame.fillna("")
    assert frame[["Invoice No", "Patient ID", "Item"]].to_numpy().tolist() == [
        ["I1", "7", "011"], ["I1", "7", "114"], ["I1", "", "121"], ["I2", "", "022"],
    ]  # fmt: skip
