"""Physical tables: rows of cells with the layout around them, written as CSV or XLSX, every row knowing its line afterwards."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

CREATED = datetime(2026, 10, 31, 12)


@dataclass(eq=False, slots=True)
class Row:
    """One physical record. `cells` are text for CSV; text, int, float, bool, date or datetime for XLSX; None is an empty cell."""

    cells: list[Any]
    key: str = ""
    """Record key, `patient:12`; "" for a layout row."""
    layout: str = ""
    """title | blank | header | total | note; "" for data."""
    text: str | None = None
    """CSV only: written as it stands instead of the cells, without the line end."""
    merged: bool = False
    """XLSX only: the first cell is merged over the whole width."""
    line: int = 0
    """1-based line where the row starts, known once written."""


@dataclass(eq=False)
class Sheet:
    """One file's table. A path ending in .xlsx is a workbook of one sheet, anything else is delimited text."""

    path: str
    table: str
    headers: list[str]
    fields: list[str]
    """Canonical field per column."""
    rows: list[Row]
    """Data rows, and layout rows between them."""
    above: list[Row] = field(default_factory=list)
    below: list[Row] = field(default_factory=list)
    encoding: str = "utf-8"
    separator: str = ","
    newline: str = "\n"

    @property
    def is_workbook(self) -> bool:
        """Whether the file is a workbook."""
        return self.path.endswith(".xlsx")

    @property
    def name(self) -> str:
        """The file as reading names it: `a.csv`, `a.xlsx#Sheet1`."""
        return f"{self.path}#Sheet1" if self.is_workbook else self.path

    def data(self) -> Iterator[Row]:
        """Yield the data rows."""
        return (row for row in self.rows if not row.layout)

    def physical(self) -> list[Row]:
        """Return every row in the order in which it is written."""
        return [*self.above, Row(list(self.headers), layout="header"), *self.rows, *self.below]

    def write(self, folder: Path) -> list[Row]:
        """Write the file and return its rows, lines set."""
        target = folder / self.path
        target.parent.mkdir(parents=True, exist_ok=True)
        rows = self.physical()
        target.write_bytes(_workbook(rows, len(self.headers)) if self.is_workbook else self._text(rows))
        return rows

    def _text(self, rows: list[Row]) -> bytes:
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=self.separator, lineterminator=self.newline)
        line = 1
        for row in rows:
            row.line, before = line, buffer.tell()
            if row.text is not None:
                buffer.write(row.text + self.newline)
            elif not row.cells:
                buffer.write(self.newline)
            else:
                writer.writerow(["" if cell is None else cell for cell in row.cells])
            buffer.seek(before)
            line += buffer.read().count("\n")
        return buffer.getvalue().encode(self.encoding)


def _workbook(rows: list[Row], width: int) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": CREATED})
    page = book.add_worksheet("Sheet1")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    minute = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    bold = book.add_format({"bold": True})
    for number, row in enumerate(rows):
        row.line = number + 1
        if row.merged:
            page.merge_range(number, 0, number, width - 1, row.cells[0], bold)
            continue
        for column, cell in enumerate(row.cells):
            if cell is None:
                continue
            if isinstance(cell, str):
                page.write_string(number, column, cell)
            elif isinstance(cell, bool):
                page.write_boolean(number, column, cell)
            elif isinstance(cell, int | float):
                page.write_number(number, column, cell)
            else:
                page.write_datetime(number, column, cell, minute if isinstance(cell, datetime) else day)
    book.close()
    return buffer.getvalue()
