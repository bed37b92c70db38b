"""What Excel and people do to cells and rows, at a known rate, and what reading can make of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from .sheets import Row, Sheet
from .words import draw

EXCEL_EPOCH = date(1899, 12, 30)

EFFECTS = ("repaired", "lost", "held", "rejected", "repeated", "absent", "layout", "either", "found", "read")
"""What must become of a flaw: repaired to the truth; lost (the value is gone, read as empty); the row held; rejected; a repetition;
a record that no file holds; a layout line; either read right or rejected; a finding only; nothing but to be read right."""


@dataclass(frozen=True)
class CellFlaw:
    """One way to spoil a cell. `change` gets the cell as rendered and says what it becomes, None where this cell cannot show it."""

    kind: str
    rate: float
    where: tuple[tuple[str, str], ...]
    """(canonical table, canonical field) pairs."""
    change: Callable[[Any, bool], Any]
    """(cell, whether the file is a workbook) → spoiled cell."""
    effect: str = "repaired"


def _number(text: str, native: bool) -> Any:
    return int(text) if native else text


def _without_leading_zero(value: Any, native: bool) -> Any:
    found = re.fullmatch(r"0+(\d+)", str(value))
    return _number(found[1], native) if found else None


def _mobile_as_number(value: Any, native: bool) -> Any:
    digits = str(value).replace(" ", "")
    return _number(digits[1:], native) if digits.startswith("04") else None


def _scientific(value: Any, _: bool) -> Any:
    return f"{float(value):.2E}" if str(value).isdecimal() else None


def _serial(value: Any, native: bool) -> Any:
    day = value if isinstance(value, date) else date.fromisoformat("-".join(reversed(value.split("/"))))
    serial = (day - EXCEL_EPOCH).days
    return serial if native else str(serial)


def _dollars(value: Any, _: bool) -> Any:
    return f"${float(value):,.2f}" if float(value) >= 0 else None


def _brackets(value: Any, _: bool) -> Any:
    return f"(${-float(value):,.2f})" if float(value) < 0 else None


def _upper(value: Any, _: bool) -> Any:
    return value.upper() if re.fullmatch(r"[A-Z][a-z]{3,}", value) else None


def _padded(value: Any, _: bool) -> Any:
    return f"  {value} "


def _no_at(value: Any, _: bool) -> Any:
    return value.replace("@", ".")


def _short_phone(_: Any, __: bool) -> Any:
    return "12345"


def _impossible_day(value: Any, _: bool) -> Any:
    year = value.year if isinstance(value, date) else value[-4:]
    return f"31/02/{year}"


CELL_FLAWS = (
    CellFlaw("excel-item-code", 0.10, (("treatment_items", "item_code"), ("invoice_lines", "item_code")), _without_leading_zero),
    CellFlaw("excel-postcode", 0.50, (("patients", "postcode"), ("families", "postcode")), _without_leading_zero),
    CellFlaw("excel-mobile", 0.06, (("patients", "mobile"), ("leads", "phone")), _mobile_as_number),
    CellFlaw("scientific-notation", 0.02, (("patients", "medicare_number"),), _scientific, "lost"),
    CellFlaw("date-serial", 0.02, (("patients", "birth_date"), ("invoices", "date"), ("recalls", "due_date")), _serial),
    CellFlaw("money-brackets", 0.50, (("payments", "amount"), ("patients", "balance")), _brackets),
    CellFlaw("money-symbols", 0.15, (("invoices", "total"), ("treatment_items", "fee"), ("payments", "amount")), _dollars),
    CellFlaw("upper-case-name", 0.03, (("patients", "last_name"),), _upper),
    CellFlaw("padded-cell", 0.02, (("patients", "first_name"), ("patients", "suburb")), _padded),
    CellFlaw("bad-email", 0.01, (("patients", "email"),), _no_at, "lost"),
    CellFlaw("bad-phone", 0.01, (("patients", "home_phone"),), _short_phone, "lost"),
    CellFlaw("impossible-date", 0.005, (("patients", "birth_date"),), _impossible_day, "lost"),
)
"""In the order in which they are put; a cell is spoiled once at most."""

ROW_RATES = {
    "ragged-row": 0.01,
    "unclosed-quote": 0.004,
    "stray-quote": 0.30,
    "bare-quote": 0.50,
    "repeated-row": 0.01,
    "blank-row": 0.01,
    "name-for-id": 0.04,
    "ambiguous-name": 0.50,
    "changed-amount": 0.20,
    "file-without-entry": 0.03,
    "entry-without-file": 0.03,
    "missing-patient": 0.02,
}
"""Flaws of whole rows and files: share of the rows that can show them (of names that two patients share, of rows with a quote, …)."""


# -- rows as broken text ----------------------------------------------------------------------------------------------


def _line(sheet: Sheet, cells: list[Any]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=sheet.separator, lineterminator="").writerow(["" if value is None else value for value in cells])
    return buffer.getvalue()


def ragged(sheet: Sheet, row: Row) -> str | None:
    """Return the row with its last cells missing, or with two more than there are headers."""
    if any(isinstance(value, str) and "\n" in value for value in row.cells):
        return None
    return _line(sheet, row.cells[:-3] if draw(0, "ragged", row.key) < 0.5 else [*row.cells, "surplus", "cells"])


def unclosed(sheet: Sheet, row: Row) -> str | None:
    """Return the row with a quote opened in its last cell and never closed."""
    last = row.cells[-1]
    if not last or any(isinstance(value, str) and ("\n" in value or '"' in value) for value in row.cells):
        return None
    return _line(sheet, row.cells[:-1]) + f'{sheet.separator}"{last}'


def stray(sheet: Sheet, row: Row) -> str | None:
    """Return the row with the quotes inside its quoted last cell not doubled."""
    last = row.cells[-1]
    if not last or '"' not in last or sheet.separator in last:
        return None
    return _line(sheet, row.cells[:-1]) + f'{sheet.separator}"{last}"'


def bare(sheet: Sheet, row: Row) -> str | None:
    """Return the row with a quote inside an unquoted cell."""
    texts = ["" if value is None else str(value) for value in row.cells]
    marked = [value for value in texts if '"' in value]
    if not marked or any(value.startswith('"') for value in marked) or any(c in value for value in texts for c in (sheet.separator, "\n")):
        return None
    return sheet.separator.join(texts)
