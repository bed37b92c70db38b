"""What a cell is beyond its value: number formats, errors, formulas without results, comments, links, what is hidden."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.comments import Comment

from migkit.foreign.formats import shown
from migkit.foreign.text import cell_text
from migkit.foreign.workbook import read_workbook
from migkit.model.outcomes import Severity
from migkit.model.tables import RawExport
from migkit.source import read_export

from .books import WRITERS, Error, write_ods
from .shown import OPEN, SHOWN


def cells(raw: RawExport) -> list[list[str]]:
    ((_, table),) = raw.tables.items()
    return [table.columns, *table.frame[table.columns].fillna("").to_numpy().tolist()]


def told(raw: RawExport) -> list[tuple[str, str, int]]:
    return [(finding.code, finding.severity.value, finding.count) for finding in raw.findings]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb"])
def test_a_number_format_that_says_more_than_the_number_is_kept(tmp_path: Path, kind: str) -> None:
    """Every kind of workbook alike; what each cell is was written down as a person reads it from the screen."""
    path = tmp_path / f"a.{kind}"
    WRITERS[kind](path, [[(value, number_format)] for value, number_format, _ in SHOWN])
    (sheet,) = read_workbook(path)
    wrong = {
        (value, number_format): (row[0], right)
        for row, (value, number_format, right) in zip(sheet.rows, SHOWN, strict=True)
        if row[0] != right
    }
    assert not wrong


def test_a_format_that_adds_nothing_leaves_the_number(tmp_path: Path) -> None:
    """General, grouping, colours, decimals, dates."""
    for number_format in ("General", "#,##0.00", "[Red]0", "dd/mm/yyyy", "0.00E+00", "@", "", '"', "[", "\\"):
        assert shown(12.0, number_format) is None
    assert cell_text(12.0) == "12"


def test_a_cell_of_an_open_document_is_read_as_it_is_meant(tmp_path: Path) -> None:
    """Currency and percent are told by the cell, noughts and words by what it shows."""
    WRITERS["ods"](tmp_path / "a.ods", [[cell] for cell, _ in OPEN])
    (sheet,) = read_workbook(tmp_path / "a.ods")
    assert [row[0] for row in sheet.rows] == [right for _, right in OPEN]


ERRORS = [
    ["Patient ID", "First Name", "Last Name", "Mobile", "Balance"],
    [12, "Ann", "Lee", "0412345678", 10],
    [13, "Bob", Error("#REF!"), Error("#N/A"), Error("#DIV/0!")],
    [Error("#REF!"), "Cy", "Oz", None, 5],
]


@pytest.mark.parametrize("kind", WRITERS)
def test_cells_that_show_errors_are_a_finding(tmp_path: Path, kind: str) -> None:
    """Something was there and is not known: sheet, columns and number, in every kind of workbook; the cells are empty."""
    WRITERS[kind](tmp_path / f"Patients.{kind}", ERRORS)
    raw = read_export(tmp_path)
    assert cells(raw)[2:] == [["13", "Bob", "", "", ""], ["", "Cy", "Oz", "", "5"]]
    assert told(raw) == [("error-cells", "warning", 4)]
    message = str(raw.findings[0].message)
    assert message.startswith(f"Patients.{kind}#Sheet1: 4 cells of ")
    assert all(f"{name} (1)" in message for name in ("Patient ID", "Last Name", "Mobile", "Balance"))


@pytest.mark.parametrize("kind", WRITERS)
def test_a_column_of_nothing_but_errors_is_critical(tmp_path: Path, kind: str) -> None:
    """Every balance is #N/A: the practice must export again."""
    WRITERS[kind](tmp_path / f"Patients.{kind}", [["Patient ID", "Name", "Balance"], *[[n, "Ann", Error("#N/A")] for n in range(1, 6)]])
    assert told(read_export(tmp_path)) == [("error-cells", "critical", 5)]


@pytest.mark.parametrize(
    ("column", "found"),
    [
        (["#REF!", "5", "6"], [("error-cells", "warning", 1)]),
        (["#N/A", "#DIV/0!", "#VALUE!"], [("error-cells", "critical", 3)]),
        (["#NAME?", "#NUM!", "7"], [("error-cells", "warning", 2)]),
        (["########", "5", "6"], [("error-cells", "warning", 1)]),
        (["#12 High St", "see #N/A", "#"], []),
    ],
)
def test_errors_that_were_written_out_as_text_are_told_too(tmp_path: Path, column: list[str], found: list[Any]) -> None:
    """A workbook saved as CSV with its errors, or with a column that was too narrow."""
    lines = [f"{number},Ann,{cell}" for number, cell in enumerate(column, start=1)]
    (tmp_path / "patients.csv").write_text("\n".join(["Patient ID,Name,Balance", *lines]), encoding="utf-8")
    assert told(read_export(tmp_path)) == found


def _formulas(path: Path, names: list[str], balances: list[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Patient ID", "First Name", "Balance"])
    for number, (name, balance) in enumerate(zip(names, balances, strict=True), start=12):
        sheet.append([number, name, balance])
    book.save(path)


@pytest.mark.parametrize(
    ("names", "balances", "found"),
    [
        (['=UPPER("a")', '=UPPER("b")'], ["=10*2", "=10*2"], [("formulas-without-results", "critical", 4)]),
        (["Ann", "Bob"], ["=10*2", "=10*2"], [("formulas-without-results", "critical", 2)]),
        (["Ann", '=UPPER("b")'], ["10", "20"], [("formulas-without-results", "warning", 1)]),
        (["Ann", "Bob"], ["10", "20"], []),
    ],
)
def test_formulas_whose_results_the_file_lacks_are_a_finding(
    tmp_path: Path, names: list[str], balances: list[str], found: list[Any]
) -> None:
    """openpyxl writes them so; a whole column of them is critical."""
    _formulas(tmp_path / "Patients.xlsx", names, balances)
    assert told(read_export(tmp_path)) == found


@pytest.mark.parametrize(
    ("result", "found"),
    [(None, [("formulas-without-results", "critical", 2)]), (20, []), ("x", [])],
)
def test_a_nought_that_waits_to_be_calculated_is_no_result(tmp_path: Path, result: Any, found: list[Any]) -> None:
    """XlsxWriter stores 0 for every formula and asks Excel to calculate at opening."""
    book = xlsxwriter.Workbook(str(tmp_path / "Patients.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Patient ID", "Name", "Balance"])
    for row in (1, 2):
        sheet.write_row(row, 0, [row, "Ann"])
        sheet.write_formula(row, 2, "=10*2", None, *([] if result is None else [result]))
    book.close()
    assert told(read_export(tmp_path)) == found


def test_a_formula_that_came_to_an_empty_text_has_a_result(tmp_path: Path) -> None:
    """Excel stores `=IF(A1="","",A1)` as a text of no characters."""
    _formulas(tmp_path / "whole.xlsx", ["Ann", "Bob"], ["=10*2", "5"])
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(tmp_path / "Patients.xlsx", "w") as bundle:
        for name in whole.namelist():
            bundle.writestr(name, whole.read(name).replace(b'<c r="C2"><f>', b'<c r="C2" t="str"><f>'))
    (tmp_path / "whole.xlsx").unlink()
    raw = read_export(tmp_path)
    assert cells(raw)[1:] == [["12", "Ann", ""], ["13", "Bob", "5"]] and not raw.findings


def test_a_formula_of_an_open_document_without_a_result_is_a_finding(tmp_path: Path) -> None:
    """As programs write it that do not calculate."""
    WRITERS["ods"](tmp_path / "Patients.ods", [["Patient ID", "Name", "Balance"], [1, "Ann", 'table:formula="of:=10*2">'], [2, "Bob", 5]])
    assert told(read_export(tmp_path)) == [("formulas-without-results", "warning", 1)]


def test_comments_and_links_become_columns(tmp_path: Path) -> None:
    """A remark on a cell and the file that a cell leads to are data; a link that its text says already is not, nor is a header's remark."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Patient ID", "Name", "Scan", "Email"])
    sheet.append([1, "Ann", "X-ray", "ann@b.com"])
    sheet.append([2, "Bob", None, "bob@b.com"])
    sheet["B1"].comment = Comment("as on the card", "Kim")
    sheet["B2"].comment = Comment("do not call", "Kim")
    sheet["C2"].hyperlink = "file:///X:/scans/1.png"
    sheet["D2"].hyperlink = "mailto:ann@b.com"
    book.save(tmp_path / "Patients.xlsx")
    raw = read_export(tmp_path)
    assert cells(raw) == [
        ["Patient ID", "Name", "Scan", "Email", "Name (comment)", "Scan (link)"],
        ["1", "Ann", "X-ray", "ann@b.com", "do not call", "file:///X:/scans/1.png"],
        ["2", "Bob", "", "bob@b.com", "", ""],
    ]
    assert not raw.findings


def test_comments_and_links_of_an_open_document_become_columns(tmp_path: Path) -> None:
    """The same by another program."""
    noted = 'office:value-type="string"><office:annotation><text:p>do not call</text:p></office:annotation><text:p>Ann</text:p>'
    linked = 'office:value-type="string"><text:p><text:a xlink:href="../scans/1.png">X-ray</text:a></text:p>'
    WRITERS["ods"](tmp_path / "Patients.ods", [["Patient ID", "Name", "Scan"], [1, noted, linked], [2, "Bob", None]])
    assert cells(read_export(tmp_path))[:2] == [
        ["Patient ID", "Name", "Scan", "Name (comment)", "Scan (link)"],
        ["1", "Ann", "X-ray", "do not call", "../scans/1.png"],
    ]


def test_hidden_rows_columns_and_sheets_are_read_and_told(tmp_path: Path) -> None:
    """A filter hides rows from whoever exports: they are there, and the practice is asked."""
    book = xlsxwriter.Workbook(str(tmp_path / "Patients.xlsx"))
    for name in ("Patients", "Providers"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, [f"{name[:-1]} ID", "Name", "Code"])
        for row in range(1, 5):
            sheet.write_row(row, 0, [row, "Ann", "x"])
    book.worksheets()[0].set_row(2, None, None, {"hidden": True})
    book.worksheets()[0].set_row(3, None, None, {"hidden": True})
    book.worksheets()[0].set_column(2, 2, None, None, {"hidden": True})
    book.worksheets()[1].hide()
    book.close()
    raw = read_export(tmp_path)
    assert [len(table.frame) for table in raw.tables.values()] == [4, 4]
    assert sorted(told(raw)) == [("hidden-columns", "info", 1), ("hidden-rows", "warning", 2), ("hidden-sheet", "warning", 4)]


def test_hidden_rows_of_an_old_workbook_are_told(tmp_path: Path) -> None:
    """Excel 97."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Patients")
    for row, line in enumerate([["Patient ID", "Name"], [1, "Ann"], [2, "Bob"]]):
        for column, cell in enumerate(line):
            sheet.write(row, column, cell)
    sheet.row(2).hidden = True
    book.save(str(tmp_path / "Patients.xls"))
    assert told(read_export(tmp_path)) == [("hidden-rows", "warning", 1)]


def test_filtered_rows_of_an_open_document_are_told(tmp_path: Path) -> None:
    """LibreOffice writes what a filter hides."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row{}>" + cell + cell + "</table:table-row>"
    rows = row.format("", "Patient ID", "Name") + row.format("", "A1", "Ann") + row.format(' table:visibility="filter"', "A2", "Bob")
    write_ods(tmp_path / "Patients.ods", f'<table:table table:name="Patients">{rows}</table:table>')
    assert told(read_export(tmp_path)) == [("hidden-rows", "warning", 1)]


def test_cells_without_references_are_found_by_counting(tmp_path: Path) -> None:
    """Some writers leave out where a cell stands; its error is told of the right column."""
    path = tmp_path / "Patients.xlsx"
    WRITERS["xlsx"](tmp_path / "whole.xlsx", ERRORS)
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(path, "w") as bundle:
        for name in whole.namelist():
            body = whole.read(name)
            if name.endswith("sheet1.xml"):
                for column in "ABCDE":
                    for row in range(1, 5):
                        body = body.replace(f' r="{column}{row}"'.encode(), b"")
            bundle.writestr(name, body)
    (tmp_path / "whole.xlsx").unlink()
    (finding,) = read_export(tmp_path).findings
    assert finding.severity is Severity.WARNING and "Mobile (1)" in str(finding.message) and finding.count == 4
