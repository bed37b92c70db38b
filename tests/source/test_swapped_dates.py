"""Dates of a workbook that a spreadsheet of another country read wrong: day and month are put right where the column proves it."""

from __future__ import annotations

import pandas as pd
import pytest

from migkit.source.columns import type_files
from migkit.source.swapped import swapped_dates

from . import maps

INVOICE_DATE = maps.schema()["invoices"].fields["date"]


@pytest.mark.parametrize(
    ("file", "cells", "swapped"),
    [
        ("a.xlsx", ["2026-05-10", "2026-08-10", "13/10/2026", "25/10/2026"], [True, True, False, False]),
        ("a.xls#Sheet1", ["2026-01-12", "2026-04-12", "2026-02-11 00:00:00", "25/11/2026"], [True, True, True, False]),
        ("a.xlsb", ["2026-01-12", "25/11/2026", "26/11/2026", "27/11/2026", "28/11/2026"], [True, False, False, False, False]),
        ("a.csv", ["2026-05-10", "2026-08-10", "13/10/2026", "25/10/2026"], [False] * 4),
        ("a.xlsx", ["2026-05-10", "2026-08-13", "13/10/2026", "25/10/2026"], [False] * 4),
        ("a.xlsx", ["2026-05-10", "2026-08-10", "03/10/2026", "25/10/2026"], [False] * 4),
        ("a.xlsx", ["2026-05-10", "2026-08-10", "2026-02-11", "2026-01-12"], [False] * 4),
        ("a.xlsx", ["2026-05-10", "25/10/2026"], [False] * 2),
        ("a.xlsx", ["2026-05-10", "2026-08-10", "soon", "25/10/2026"], [False] * 4),
    ],
    ids=[
        "days up to 12",
        "with clocks",
        "one of five",
        "a text file",
        "a real 13th",
        "a text of the 3rd",
        "no texts",
        "too few",
        "other texts",
    ],
)
def test_days_up_to_twelve_are_swapped_where_later_days_stayed_texts(file: str, cells: list[str], swapped: list[bool]) -> None:
    text = pd.Series(cells, dtype="string")
    assert list(swapped_dates(text, pd.Series([file] * len(cells), dtype="string"))) == swapped


def test_swapped_dates_are_put_right_and_said() -> None:
    """The 5th and the 8th of October were written as the 10th of May and of August."""
    text = pd.Series(["2026-05-10", "13/10/2026", "2026-08-10", "25/10/2026"], dtype="string")
    typed = type_files(text, pd.Series(["a.xlsx"] * 4, dtype="string"), INVOICE_DATE)
    assert [day.strftime("%d/%m") for day in typed.values] == ["05/10", "13/10", "08/10", "25/10"]
    assert list(typed.problems["position"][typed.problems["code"].eq("dates-swapped")]) == [0, 2]
    assert list(typed.repairs.loc[typed.repairs["rule"].eq("date-swapped"), "before"]) == ["2026-05-10", "2026-08-10"]
