"""A header that a file repeats with its columns in another order: the rows below it are read by it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from migkit.source import read_export, type_tables

from . import maps

HEAD = ["Invoice", "Patient", "Date", "Total", "Paid"]
COLUMNS = {"Invoice": "invoice_id", "Patient": "patient_id", "Date": "date", "Total": "total", "Paid": "paid"}
FIRST = ["1", "1", "01/03/2026", "100.00", "20.00"]


@pytest.mark.parametrize("between", [[], [["Page 1 of 2"]], [[""]]], ids=["nothing", "a page line", "a blank line"])
@pytest.mark.parametrize(
    ("head", "second"),
    [
        (["Invoice", "Patient", "Date", "Paid", "Total"], ["2", "1", "03/03/2026", "60.00", "300.00"]),
        (["Date", "Invoice", "Patient", "Paid", "Total"], ["03/03/2026", "2", "1", "60.00", "300.00"]),
        (["Invoice", "Date", "Patient", "Paid", "Total"], ["2", "03/03/2026", "1", "60.00", "300.00"]),
    ],
    ids=["two exchanged", "another first", "three exchanged"],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_are_read_by_the_header_above_them(
    tmp_path: Path, kind: str, head: list[str], second: list[str], between: list[list[str]]
) -> None:
    """The second invoice is of 300.00, of which 60.00 are paid, and no line is a row that is none."""
    (tmp_path / "patients.csv").write_text("Id,Last\n1,Ng\n")
    rows = [HEAD, FIRST, *between, head, second]
    if kind == "csv":
        (tmp_path / "invoices.csv").write_text("".join(",".join(row) + "\n" for row in rows))
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append([cell or None for cell in row])
        book.save(tmp_path / "invoices.xlsx")
    raw = read_export(tmp_path)
    people = maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"})
    tables = [maps.table_map(name, "invoices", COLUMNS) for name in raw.tables if name != "patients"]
    typed = type_tables(raw, maps.source_map(people, *tables), maps.schema(), today=date(2026, 4, 1), country=maps.AU)

    found = typed["invoices"].set_index("invoice_id")
    assert found[["total", "paid"]].to_dict("index") == {"1": {"total": 10000, "paid": 2000}, "2": {"total": 30000, "paid": 6000}}
    assert not typed.row_outcomes
