"""A printed report saved as a sheet: a title block, heads again on every page, a line above each block."""

from __future__ import annotations

from datetime import date
from typing import Any

import xlsxwriter

ROWS_A_PAGE = 40


class Paper:
    """One sheet, written from the top; columns are those of `head`."""

    def __init__(
        self, book: xlsxwriter.Workbook, name: str, practice: str, title: str, facts: list[str], head: list[str], widths: list[int]
    ) -> None:
        self.sheet = book.add_worksheet(name)
        self.bold = book.add_format({"bold": True})
        self.big = book.add_format({"bold": True, "font_size": 14})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.amount = book.add_format({"num_format": "#,##0.00"})
        self.bold_amount = book.add_format({"num_format": "#,##0.00", "bold": True, "top": 1})
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})
        self.indent = book.add_format({"indent": 2})
        self.practice, self.title, self.head = practice, title, head
        self.row, self.page, self.used, self.block = 0, 1, 0, ""
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)
        self.sheet.merge_range(0, 0, 0, max(len(head) - 1, 1), practice, self.big)
        self.sheet.write(1, 0, title, self.bold)
        for place, fact in enumerate(facts):
            self.sheet.write(2 + place, 0, fact)
        self.row = 3 + len(facts)
        self.header()

    def header(self) -> None:
        """The column heads."""
        for place, text in enumerate(self.head):
            self.sheet.write(self.row, place, text, self.bold)
        self.row += 1

    def turn(self) -> None:
        """Begin a page where the last one is full."""
        if self.used < ROWS_A_PAGE:
            return
        self.page += 1
        self.row += 1
        self.sheet.write(self.row, 0, f"{self.practice} - {self.title}")
        self.sheet.write(self.row, len(self.head) - 1, f"Page {self.page}")
        self.row += 1
        self.header()
        self.used = 0
        if self.block:
            self.sheet.write(self.row, 0, f"{self.block} (continued)", self.bold)
            self.row += 1

    def above(self, text: str) -> None:
        """The line above a block; blank ends the block."""
        self.block = ""
        if self.used >= ROWS_A_PAGE - 2:
            self.used = ROWS_A_PAGE
        self.turn()
        self.block = text
        if text:
            self.row += self.used > 0
            self.sheet.write(self.row, 0, text, self.bold)
            self.row += 1
            self.used += 1

    def line(self, cells: list[Any], *, strong: bool = False, indented: int = -1) -> None:
        """One row: None stays empty, int is cents, a date is a date cell, ("n", x) a plain number."""
        self.turn()
        for place, value in enumerate(cells):
            if value is None or value == "":
                continue
            if isinstance(value, tuple):
                self.sheet.write_number(self.row, place, value[1])
            elif isinstance(value, int):
                self.sheet.write_number(self.row, place, value / 100, self.bold_amount if strong else self.amount)
            elif isinstance(value, date):
                self.sheet.write_datetime(self.row, place, value, self.day)
            else:
                shape = self.bold if strong else self.indent if place == indented else self.wrap if "\n" in value else None
                self.sheet.write_string(self.row, place, value, shape)
        self.row += 1
        self.used += 1


def dmy(value: date | None) -> str:
    """30/10/2026, blank for none."""
    return f"{value:%d/%m/%Y}" if value else ""


def side(cents: int) -> str:
    """A balance with its side: 1,250.00 DR, 50.00 CR, 0.00."""
    return f"{abs(cents) / 100:,.2f}" + (" DR" if cents > 0 else " CR" if cents < 0 else "")
