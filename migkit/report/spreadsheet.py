"""The one place where tables for people become files: CSV and workbooks in which no cell is ever run as a formula."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from migkit.workspace import tables

MOST_ROWS = 1_000_000
"""Rows of one sheet; what is more goes on in the next."""
MOST_LINKS = 60_000
"""Links of one sheet: Excel takes no more than 65,530, the rest stand as text."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: a note above, then the table with its header, filtered and frozen."""

    name: str
    frame: pd.DataFrame
    note: str = ""
    widths: Mapping[str, int] = field(default_factory=dict)
    """Column → width in characters; 14 where absent."""
    links: Sequence[str] = ()
    """Columns that hold addresses, shown as `Open`."""
    dated: Sequence[str] = ()
    """Columns that hold days or moments, written as such; in all others they are text."""


def csv_text(frame: pd.DataFrame) -> str:
    """Return a frame as CSV (UTF-8 with a mark that Excel understands); texts that a spreadsheet would run are neutralised."""
    return "\ufeff" + tables.csv_text(frame, "\r\n")


def workbook(target: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook; every text is a text, whatever it begins with. Same sheets, same bytes."""
    import xlsxwriter  # costs 0.2 s

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
    with xlsxwriter.Workbook(str(target), options) as book:
        book.set_properties({"created": _EPOCH, "title": target.stem})
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#F4F7F8", "bottom": 1, "text_wrap": True, "valign": "top"}),
            "note": book.add_format({"font_color": "#55646C"}),
            "link": book.get_default_url_format(),
            "text": book.add_format({"valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        for sheet in sheets:
            for number, start in enumerate(range(0, max(len(sheet.frame), 1), MOST_ROWS), start=1):
                name = sheet.name if number == 1 else f"{sheet.name} {number}"
                _fill(book.add_worksheet(name[:31]), sheet, sheet.frame.iloc[start : start + MOST_ROWS], styles)


_EPOCH = pd.Timestamp("2000-01-01").to_pydatetime()


def _fill(page: Any, sheet: Sheet, frame: pd.DataFrame, styles: Mapping[str, Any]) -> None:
    first = 2 if sheet.note else 0
    for place, name in enumerate(frame.columns):
        page.set_column(place, place, sheet.widths.get(str(name), 14))
    if sheet.note:
        page.write_string(0, 0, sheet.note, styles["note"])
    page.freeze_panes(first + 1, 0)
    for place, name in enumerate(frame.columns):
        page.write_string(first, place, str(name), styles["head"])
    if len(frame):
        page.autofilter(first, 0, first + len(frame), len(frame.columns) - 1)
    dated = {place for place, name in enumerate(frame.columns) if name in sheet.dated}
    linked = {place for place, name in enumerate(frame.columns) if name in sheet.links}
    links = 0
    for line, row in enumerate(frame.itertuples(index=False, name=None), start=first + 1):
        for place, value in enumerate(row):
            if place in linked and value and links < MOST_LINKS:
                page.write_url(line, place, str(value), styles["link"], "Open")
                links += 1
            elif place in dated and isinstance(value, date):
                page.write_datetime(line, place, value, styles["moment" if isinstance(value, datetime) else "day"])
            else:
                _write(page, line, place, value)


def _write(page: Any, line: int, place: int, value: Any) -> None:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        page.write_number(line, place, value)
    else:
        page.write_string(line, place, str(value))
