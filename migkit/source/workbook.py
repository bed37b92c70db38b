"""Workbooks → sheets of text cells, the row numbers Excel's own.

python-calamine reads every kind of workbook fast but drops number formats and error cells; where a workbook's styles change
what a number means (percent, leading zeros) openpyxl reads it instead.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from .encoding import Unreadable

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""First bytes of an old or an encrypted workbook."""
_ZIP = b"PK"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MEANINGFUL_FORMAT = re.compile(rb'formatCode="(?:0{2,}"|[^"]*%)')
_PERCENT_STYLES = (9, 10)
"""Built-in number formats `0%` and `0.00%` (ECMA-376, 18.8.30)."""


def read_workbook(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield (sheet name, rows of text) for every worksheet, row 1 first; cached values of formulas, "" where empty.

    Raises Unreadable for an empty, truncated, password-protected or otherwise broken workbook.
    """
    _check(path)
    if _needs_formats(path):
        yield from _with_formats(path)
        return
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet]
        for name in names:
            sheet = book.get_sheet_by_name(name)
            rows = [[cell_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            yield name, _filled_down(rows, sheet.merged_cell_ranges)
    except python_calamine.PasswordError as error:
        raise Unreadable("file-protected") from error
    except python_calamine.CalamineError as error:
        raise Unreadable("file-damaged") from error


def _filled_down(rows: list[list[str]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] | None) -> list[list[str]]:
    """Return the rows with the value of a cell that was merged over several rows in each of these; (row, column) from 0."""
    for (top, left), (bottom, _) in merged or ():
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for row in rows[top + 1 : bottom + 1] if value else ():
            row += [""] * (left + 1 - len(row))
            row[left] = row[left] or value
    return rows


def cell_text(value: Any) -> str:
    """Return a cell as text: integers without `.0`, dates and times in ISO form, booleans as TRUE and FALSE."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.removesuffix("\n")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, datetime):
        value = _to_second(value)
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes") if value.second == 0 else value.isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value)


def _to_second(value: datetime) -> datetime:
    """Round away what Excel's floating-point days leave: 14:29:59.999995 is 14:30:00."""
    return (value + timedelta(milliseconds=500)).replace(microsecond=0)


def _check(path: Path) -> None:
    """Raise Unreadable for what no reader tells apart: empty, encrypted, cut off."""
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise Unreadable("empty-file")
    if head == OLE and _ENCRYPTED in path.read_bytes():  # an encrypted .xlsx is an OLE container
        raise Unreadable("file-protected")
    if not head.startswith(_ZIP) and path.suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".ods") and head != OLE:
        raise Unreadable("file-damaged")
    if head.startswith(_ZIP) and not zipfile.is_zipfile(path):
        raise Unreadable("file-damaged")


def _needs_formats(path: Path) -> bool:
    """Tell whether a number format that changes a value's meaning is used, from the style sheet alone."""
    try:
        with zipfile.ZipFile(path) as bundle:
            styles = bundle.read("xl/styles.xml")
    except (KeyError, zipfile.BadZipFile, OSError):
        return False
    builtin = any(re.search(rb'<xf [^>]*numFmtId="%d"' % number, styles) for number in _PERCENT_STYLES)
    return builtin or bool(_MEANINGFUL_FORMAT.search(styles))


def _with_formats(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    try:
        book = openpyxl.load_workbook(path, data_only=True, read_only=True)
        merged = python_calamine.CalamineWorkbook.from_path(path)  # openpyxl does not tell of merged cells where it reads row by row
    except Exception as error:  # openpyxl raises whatever its XML and zip readers raise
        raise Unreadable("file-damaged") from error
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # many writers state a wrong one
            rows = [[_formatted(cell) for cell in row] for row in _every_row(sheet)]
            yield sheet.title, _filled_down(rows, merged.get_sheet_by_name(sheet.title).merged_cell_ranges)
    finally:
        book.close()


def _every_row(sheet: Any) -> Iterator[Any]:
    """Yield the rows of a read-only sheet, an empty one for each that the file leaves out."""
    expected = 1
    for row in sheet.iter_rows():
        number = next((cell.row for cell in row if cell.value is not None), expected)
        for _ in range(expected, number):
            yield ()
        yield row
        expected = number + 1


def _formatted(cell: Any) -> str:
    value, shown = cell.value, getattr(cell, "number_format", "General")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if "%" in shown:
            return cell_text(round(float(value) * 100, 10)) + "%"
        if re.fullmatch(r"0{2,}", shown) and float(value).is_integer():
            return f"{int(value):0{len(shown)}d}"
    return cell_text(value)
