"""Dates that are written as digits alone: read where the whole column shows in which order, and never as a spreadsheet's days."""

from __future__ import annotations

import pandas as pd
import pytest

from migkit.source.columns import Reading, type_files

from . import maps

BORN = maps.schema()["patients"].fields["birth_date"]


def read(cells: list[str], files: list[str] | None = None) -> tuple[list[str], list[str], list[str]]:
    """Return the days (ISO, "" for none), the rules and the problems of a column of birth dates."""
    text = pd.Series(cells, dtype="string")
    typed = type_files(text, pd.Series(files or ["a.csv"] * len(cells), dtype="string"), BORN, Reading(country=maps.AU))
    days = ["" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in typed.values]
    return days, sorted(typed.repairs["rule"]), sorted(typed.problems["code"])


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["030755", "121280", "010203", "250399"], ["1955-07-03", "1980-12-12", "2003-02-01", "1999-03-25"]),
        (["30755", "121280", "10203", "250399"], ["1955-07-03", "1980-12-12", "2003-02-01", "1999-03-25"]),
        (["032555", "122580", "010203", "113099"], ["1955-03-25", "1980-12-25", "2003-01-02", "1999-11-30"]),
        (["550731", "801225", "030228"], ["1955-07-31", "1980-12-25", "2003-02-28"]),
        (["03071955", "12121980", "3071955"], ["1955-07-03", "1980-12-12", "1955-07-03"]),
        (["19550703", "19801212"], ["1955-07-03", "1980-12-12"]),
        (["030755", "", "12/12/1980", "000000"], ["1955-07-03", "", "1980-12-12", ""]),
    ],
    ids=["day first", "a nought lost", "month first", "year first", "eight digits", "year first, eight", "beside others"],
)
def test_a_column_of_digits_is_read_in_the_one_order_that_fits_all(cells: list[str], days: list[str]) -> None:
    """Day first where a 25 stands first, month first where it stands second, year first where days would be above 31."""
    found, rules, _ = read(cells)
    assert found == days
    assert rules.count("date-compact") == sum(cell.isdecimal() and cell.strip("0") != "" for cell in cells)


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["030405", "040506"], ["", ""]),
        (["030755", "991399"], ["", ""]),
        (["30755", "10203"], ["1984-03-14", "1927-12-07"]),
        (["44927", "45000"], ["2023-01-01", "2023-03-15"]),
    ],
    ids=["both orders fit", "no order fits", "days of a spreadsheet", "such of today"],
)
def test_digits_that_several_orders_or_none_fit_stay_unread(cells: list[str], days: list[str]) -> None:
    """No serial begins with a nought, and five digits alone are a serial (30755 is 14 March 1984)."""
    found, _, problems = read(cells)
    assert found == days
    assert problems == ["unreadable-date"] * days.count("")


def test_each_file_is_read_by_itself() -> None:
    """A file of serials beside one of digits keeps its serials."""
    assert read(["030755", "250399", "44927"], ["a.csv", "a.csv", "b.csv"])[0] == ["1955-07-03", "1999-03-25", "2023-01-01"]
