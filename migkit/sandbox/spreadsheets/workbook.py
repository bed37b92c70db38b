"""The uploaded file and the skip file: workbooks, read and written with openpyxl, and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any
from zipfile import BadZipFile

from migkit.model.imports import on_first_use

with on_first_use("openpyxl"):  # half of what starting a sandbox takes, and few are sent a workbook
    import openpyxl

MOST_ROWS = 50_000
MOST_BYTES = 50_000_000
REASON = "Skip reason"

Table = tuple[list[str], list[list[Any]]]


def read_table(name: str, content: bytes) -> Table:
    """Return header and rows of an uploaded file. Raises ValueError with what the page says of one that is not taken."""
    if len(content) > MOST_BYTES:
        raise ValueError("The file is larger than 50 MB.")
    if name.lower().endswith(".csv"):
        rows: list[list[Any]] = [list(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig", "replace")))]
    else:
        rows = _workbook_rows(content)
    rows = [row for row in rows if any(cell not in (None, "") for cell in row)]
    if len(rows) < 2:
        raise ValueError("The file holds no rows under its header.")
    if len(rows) - 1 > MOST_ROWS:
        raise ValueError("The file has more than 50,000 rows.")
    header = [str(cell or "").strip() for cell in rows[0]]
    return header, [[*row, *[None] * (len(header) - len(row))][: len(header)] for row in rows[1:]]


def _workbook_rows(content: bytes) -> list[list[Any]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        if len(book.sheetnames) != 1:
            raise ValueError("The file must have one tab only.")
        rows = []
        for row in book.worksheets[0].iter_rows():
            if any(cell.data_type == "f" for cell in row):
                raise ValueError("The file holds formulas: remove them first.")
            rows.append([cell.value for cell in row])
        return rows
    except (KeyError, OSError, BadZipFile) as error:
        raise ValueError("The file is no workbook.") from error


def skip_file(header: Sequence[str], skipped: Sequence[tuple[Sequence[Any], str]]) -> bytes:
    """Return the skip file: the rows as they came, and why."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Skipped")
    for row in ([REASON, *header], *([reason, *row] for row, reason in skipped)):
        page.append([_as_text(page, value) if isinstance(value, str) else value for value in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _as_text(page: Any, value: str) -> Any:
    cell = openpyxl.cell.WriteOnlyCell(page, value)
    cell.data_type = "s"  # also where it begins with =
    return cell
