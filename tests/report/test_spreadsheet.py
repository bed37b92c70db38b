"""Tables for people as files: whatever a patient's text begins with, no spreadsheet runs it; and it can be read back as it was."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from migkit.model.formulas import as_written, neutral
from migkit.report import Sheet, csv_text, workbook

RUN = ["=1+1", "=cmd|'/c calc'!A1", "+SUM(A1)", "-2+3*cmd|' /C'!A0", "@SUM(1)", "\t=1", "\r=1", "'=1"]
PLAIN = ["+61 2 9999 0000", "-12.50", "(02) 9999", "O'Brien", "'s-Gravenhage", "", "12 = 12", "Ng"]


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    """Formulas as they are known from attacks by CSV, behind a tab too; read back, the text is as it was."""
    assert neutral(text) == "'" + text
    assert as_written("'" + text) == text


@pytest.mark.parametrize("text", PLAIN)
def test_phones_amounts_and_names_stay_as_they_are(text: str) -> None:
    """What harms nobody is not touched, in either direction."""
    assert neutral(text) == text == as_written(text)


@given(st.text(alphabet="'=+-@\t1a ", max_size=8))
def test_every_text_comes_back(text: str) -> None:
    """Neutral and back is the same text, and what is handed over never begins as a formula with letters does."""
    handed = str(neutral(text))
    assert as_written(handed) == text
    assert handed[:1] not in ("=", "@", "\t")


def test_a_csv_of_the_pack_is_safe_and_opens_in_excel() -> None:
    """A mark at the beginning, so that Excel reads it as UTF-8; texts neutral, headers too; numbers and blanks as they are."""
    frame = pd.DataFrame({"=who": ["=1+1", None, "Đức"], "cents": [-5, 7, 0], "rate": [0.5, float("nan"), 1.0]})
    text = csv_text(frame)
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) == [
        ["'=who", "cents", "rate"], ["'=1+1", "-5", "0.5"], ["", "7", ""], ["Đức", "0", "1.0"],
    ]  # fmt: skip


def test_a_workbook_holds_texts_numbers_and_links_but_no_formula(tmp_path: Path) -> None:
    """Read back by another library: a text that begins with = is a text; a link opens a page; long lists go on in a second sheet."""
    frame = pd.DataFrame({"What": ["=1+1", "plain"], "How many": [3, None], "Open": ["https://acme.pipedrive.com/person/7", ""]})
    workbook(tmp_path / "a.xlsx", [Sheet("Rows", frame, "A note.", {"What": 30}, ["Open"]), Sheet("None", frame.iloc[:0])])
    book = load_workbook(tmp_path / "a.xlsx")
    rows = book["Rows"]
    assert [rows.cell(3, column).value for column in (1, 2, 3)] == ["What", "How many", "Open"]
    assert (rows["A4"].value, rows["A4"].data_type, rows["B4"].value, rows["B5"].value) == ("=1+1", "s", 3, None)
    assert (rows["C4"].hyperlink.target, rows["C4"].value) == ("https://acme.pipedrive.com/person/7", "Open")
    assert book.sheetnames == ["Rows", "None"]


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    """A workbook carries no time of its making: its hash says whether its content changed."""
    frame = pd.DataFrame({"a": [1]})
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        workbook(tmp_path / name / "x.xlsx", [Sheet("s", frame)])
    assert (tmp_path / "a" / "x.xlsx").read_bytes() == (tmp_path / "b" / "x.xlsx").read_bytes()
