"""Two tables side by side in one sheet are two tables; a sheet with spacers is one; where nothing tells, somebody is asked."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from migkit.model.tables import RawExport
from migkit.source import parse_files, read_export

from .books import WRITERS
from .shown import BESIDE

FURTHER: dict[str, tuple[list[list[object]], dict[str, int] | None]] = {
    "fees beside a longer list, totals below both": (
        [
            ["Price list and providers"],
            [],
            ["Provider ID", "Provider", None, None, "Item No", "Description", "Fee"],
            [1, "Lee", None, None, "011", "Exam", 80],
            [2, "Kay", None, None, "022", "X-ray", 50],
            [None, None, None, None, "114", "Scale", 95],
            [None, None, None, None, "531", "Filling", 240],
            [None, None, None, None, "Total", None, 465],
        ],
        {"Provider ID": 2, "Item No": 4},
    ),
    "the right one alone has a total": (
        [
            ["Patient", "Phone", None, "Item", "Fee"],
            ["Ann", "0412", None, "Exam", 80],
            ["Bob", "0413", None, "X-ray", 50],
            ["Cy", "0414", None, "Scale", 95],
            [None, None, None, "Total", 225],
        ],
        None,
    ),
    "one record's right half is empty": (
        [
            ["Patient", "Date", None, "Item", "Fee"],
            *[[f"P{n}", f"{n}/3/2026", None, *(["Exam", 80 + n] if n != 4 else [])] for n in range(1, 9)],
        ],
        {"Patient": 8},
    ),
    "the patient is told again": (
        [
            ["Patient ID", "Name", None, "Patient ID", "Balance"],
            [1, "Ann", None, 1, 5],
            [2, "Bob", None, 2, 6],
        ],
        {"Patient ID": 2},
    ),
    "a page's number in the corner": (
        [
            ["Recall list", None, None, None, "Page 1"],
            ["Patient ID", "Name", "Due", None, None],
            [1, "Ann", "1/3/2026", None, None],
            [2, "Bob", "2/3/2026", None, None],
        ],
        {"Patient ID": 2},
    ),
    "leads beside patients, both with gaps in their cells": (
        [
            ["Patient ID", "Name", "Mobile", None, "Lead No", "Name", "Phone"],
            [1, "Ann", None, None, "L1", "Di", "0491"],
            [2, "Bob", "0413", None, "L2", "Ed", None],
            [3, "Cy", None, None, None, None, None],
            [4, "Flo", "0414", None, None, None, None],
        ],
        {"Patient ID": 4, "Lead No": 2},
    ),
}
EVERY = BESIDE | FURTHER


def found(raw: RawExport) -> dict[str, int]:
    """First column → rows; a blank more for a header that stands there already."""
    sizes: dict[str, int] = {}
    for table in raw.tables.values():
        name = table.columns[0]
        sizes[f"{name} " if name in sizes else name] = len(table.frame)
    return sizes


def expect(raw: RawExport, right: dict[str, int] | None) -> None:
    told = [finding.code for finding in raw.findings]
    assert ("may-be-two-tables" in told) == (right is None)
    if right is not None:
        assert found(raw) == right
    else:
        assert len(raw.tables) == 1


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("name", EVERY)
def test_tables_beside_each_other(name: str, kind: str, tmp_path: Path) -> None:
    """Rows of each table by its first header, as written down before the reader existed."""
    rows, right = EVERY[name]
    WRITERS[kind](tmp_path / f"list.{kind}", rows)
    expect(read_export(tmp_path), right)


@pytest.mark.parametrize("name", EVERY)
def test_tables_beside_each_other_in_a_text_file(name: str, tmp_path: Path) -> None:
    """The same workbook, saved as CSV: the empty column stands between two commas."""
    rows, right = EVERY[name]
    width = max(map(len, rows))
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["" if cell is None else cell for cell in row] + [""] * (width - len(row)) for row in rows])
    expect(read_export(tmp_path), right)


def case(tmp_path: Path, rows: list[list[Any]]) -> Path:
    WRITERS["xlsx"](tmp_path / "Patient list.xlsx", rows)
    return tmp_path


def test_every_cell_stands_in_its_table(tmp_path: Path) -> None:
    """Values, lines and names of two tables of one sheet; each line of each table is accounted for."""
    raw = read_export(case(tmp_path, BESIDE["patients and invoices"][0]))
    patients, invoices = raw.tables.values()
    assert patients.frame[["Patient ID", "First Name", "Last Name"]].to_numpy().tolist() == [
        ["1", "Ann", "Lee"],
        ["2", "Bob", "Ng"],
        ["3", "Cy", "Oz"],
    ]
    assert invoices.frame[["Invoice No", "Patient ID", "Total", "_line"]].to_numpy().tolist() == [
        ["I1", "1", "50", 2],
        ["I2", "2", "60", 3],
        ["I3", "1", "70", 4],
        ["I4", "3", "80", 5],
        ["I5", "3", "90", 6],
    ]
    assert invoices.files == ("Patient list.xlsx#Sheet1/column E",)
    assert raw.lines.groupby("file")["line"].agg(list).tolist() == [[1, 2, 3, 4, 5, 6]] * 2


def test_a_title_above_a_table_names_it(tmp_path: Path) -> None:
    """`Fees` above the second one."""
    raw = read_export(case(tmp_path, BESIDE["a title above each"][0]))
    assert [table.files for table in raw.tables.values()] == [("Patient list.xlsx#Sheet1",), ("Patient list.xlsx#Sheet1/Fees",)]


def test_a_comment_stays_with_its_table(tmp_path: Path) -> None:
    """Columns of the second table are counted from the sheet's first one."""
    book = openpyxl.Workbook()
    for row in BESIDE["patients and invoices"][0]:
        book.active.append(row)
    book.active["G2"].comment = Comment("paid in cash", "Kim")
    book.save(tmp_path / "a.xlsx")
    patients, invoices = read_export(tmp_path).tables.values()
    assert patients.columns == ["Patient ID", "First Name", "Last Name"]
    assert invoices.frame["Total (comment)"].fillna("").tolist() == ["paid in cash", "", "", "", ""]


@pytest.mark.parametrize(("said", "right"), [("apart", {"Patient ID": 2, "Code": 2}), ("together", {"Patient ID": 2})])
def test_somebody_says_which_it_is(said: str, right: dict[str, int], tmp_path: Path) -> None:
    """Then nobody is asked any more."""
    declared = parse_files({"files": [{"file": "Patient list.xlsx", "beside": said}]})
    raw = read_export(case(tmp_path, BESIDE["as long as each other"][0]), declarations=declared)
    assert found(raw) == right and not raw.findings
