"""A receipt whose parts another table names, a part that went back, a sum that holds more: money is counted once, and as what it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from migkit.model.tables import CanonicalTables
from migkit.source import read_export, type_tables

from . import maps

RECEIPTS = {"Receipt": "payment_id", "Date": "date", "Patient": "patient_id", "Amount": "amount"}
USED = {"Receipt": "payment_id", "Invoice": "invoice_id", "Used": "amount"}
INVOICES = "Invoice,Patient,Total\n1,7,100.00\n2,8,300.00\n4,7,80.00\n"


def typed(folder: Path, columns: dict[str, dict[str, str]], **files: str) -> CanonicalTables:
    """Read files of payments beside two patients and three invoices."""
    (folder / "patients.csv").write_text("Id,Last\n7,Ng\n8,Weber\n")
    (folder / "invoices.csv").write_text(INVOICES)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
        maps.table_map("invoices", "invoices", {"Invoice": "invoice_id", "Patient": "patient_id", "Total": "total"}),
        *(maps.table_map(name, "payments", columns[name]) for name in files),
    )
    return type_tables(read_export(folder), mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)


def money(tables: CanonicalTables) -> list[tuple[Any, ...]]:
    """(patient, invoice, cents, day) of each payment, in order."""
    frame = tables["payments"].sort_values(["patient_id", "invoice_id", "amount"], na_position="last")
    days = frame["date"].dt.strftime("%d/%m").astype(object).where(frame["date"].notna(), None)
    invoices = frame["invoice_id"].astype(object).where(frame["invoice_id"].notna(), None)
    return list(zip(frame["patient_id"], invoices, frame["amount"], days, strict=True))


def outcomes(tables: CanonicalTables, outcome: str) -> list[str]:
    return sorted(f"{row.file}:{row.line}" for row in tables.row_outcomes if row.outcome.value == outcome)


def test_the_parts_of_a_receipt_in_another_table_are_the_receipt(tmp_path: Path) -> None:
    """180.00 over two invoices and 300.00 for one: 480.00 came in, on the receipts' days; each row has its outcome."""
    tables = typed(
        tmp_path,
        {"receipts": RECEIPTS, "used": USED},
        receipts="Receipt,Date,Patient,Amount\nR1,05/10/2026,7,180.00\nR2,06/10/2026,7,300.00\n",
        used="Receipt,Invoice,Used\nR1,1,100.00\nR1,4,80.00\nR2,2,300.00\n",
    )
    assert money(tables) == [("7", "1", 10000, "05/10"), ("7", "2", 30000, "06/10"), ("7", "4", 8000, "05/10")]
    assert outcomes(tables, "folded-into") == ["receipts.csv:2", "receipts.csv:3"]


def test_what_the_parts_leave_of_a_receipt_stays_on_account(tmp_path: Path) -> None:
    """Of 250.00 a hundred was used for an invoice: 150.00 is left, 250.00 came in."""
    tables = typed(
        tmp_path,
        {"receipts": RECEIPTS, "used": USED},
        receipts="Receipt,Date,Patient,Amount\nR1,05/10/2026,7,250.00\n",
        used="Receipt,Invoice,Used\nR1,1,100.00\n",
    )
    assert money(tables) == [("7", "1", 10000, "05/10"), ("7", None, 15000, "05/10")]


def test_parts_may_have_numbers_of_their_own(tmp_path: Path) -> None:
    """An allocation that names its receipt as its reference is a part of it as well."""
    columns = {"Allocation": "payment_id", "Receipt": "reference", "Invoice": "invoice_id", "Used": "amount"}
    tables = typed(
        tmp_path,
        {"receipts": RECEIPTS, "used": columns},
        receipts="Receipt,Date,Patient,Amount\nR1,05/10/2026,7,180.00\n",
        used="Allocation,Receipt,Invoice,Used\nA1,R1,1,100.00\nA2,R1,4,80.00\n",
    )
    assert money(tables) == [("7", "1", 10000, "05/10"), ("7", "4", 8000, "05/10")]


def test_more_used_of_a_receipt_than_it_is_waits(tmp_path: Path) -> None:
    """Nobody knows which table is wrong: all three rows are held, and it is critical."""
    tables = typed(
        tmp_path,
        {"receipts": RECEIPTS, "used": USED},
        receipts="Receipt,Date,Patient,Amount\nR1,05/10/2026,7,150.00\n",
        used="Receipt,Invoice,Used\nR1,1,100.00\nR1,4,80.00\n",
    )
    assert money(tables) == [] and len(outcomes(tables, "held")) == 3
    assert [(one.severity.value, one.count) for one in tables.findings if one.code == "parts-differ"] == [("critical", 3)]


def test_equal_numbers_of_two_payers_are_no_parts(tmp_path: Path) -> None:
    """A payment that says its own payer and day is one of its own, whatever its number."""
    tables = typed(
        tmp_path,
        {"receipts": RECEIPTS, "terminal": {**USED, "Patient": "patient_id", "Date": "date"}},
        receipts="Receipt,Date,Patient,Amount\nR1,05/10/2026,7,180.00\n",
        terminal="Receipt,Date,Patient,Invoice,Used\nR1,09/10/2026,8,2,180.00\n",
    )
    assert {one.code for one in tables.findings} >= {"id-used-twice"} and money(tables) == []


@pytest.mark.parametrize(
    ("rows", "expected", "told"),
    [
        (["1,100.00,30.00,Paid"], [(7000, None)], True),
        (["1,100.00,0.00,Paid", "2,80.00,,Paid"], [(8000, None), (10000, None)], False),
        (["1,100.00,100.00,Refunded"], [(10000, True)], False),
        (["1,100.00,-30.00,Refunded"], [(7000, None)], True),
        (["1,100.00,30.00,Paid", "2,-30.00,,Paid"], [(-3000, None), (10000, None)], False),
    ],
    ids=["a part", "nothing", "all of it", "a part, whatever the status says", "the refund has a row of its own"],
)
def test_what_a_receipt_s_own_row_says_went_back_did_not_stay(
    tmp_path: Path, rows: list[str], expected: list[tuple[int, bool | None]], told: bool
) -> None:
    """(cents, reversed): a part is taken off and said, all of it is a reversal, and nothing is taken off twice."""
    columns = {"Id": "payment_id", "Patient": "patient_id", "Amount": "amount", "Amount Refunded": "refunded", "Status": "status"}
    lines = [f"{number},7,{cells}" for number, cells in (row.split(",", 1) for row in rows)]
    text = "\n".join(["Id,Patient,Amount,Amount Refunded,Status", *lines, ""])
    tables = typed(tmp_path, {"charges": columns}, charges=text)
    frame = tables["payments"].sort_values("amount")
    back = frame["reversed"].astype(object).where(frame["reversed"].notna(), None)
    assert list(zip(frame["amount"], back, strict=True)) == expected
    assert ("part-refunded" in {one.code for one in tables.findings}) == told


@pytest.mark.parametrize(
    ("header", "rows", "told"),
    [
        (
            "Purchase,Cash Out,Total",
            ["100.00,50.00,150.00", "80.00,20.00,100.00", "60.00,0.00,60.00"],
            "Purchase, Cash Out add up to Total; Total was read",
        ),
        ("Gross,Fee,Total", ["100.00,2.00,98.00", "80.00,1.60,78.40"], "Fee, Total add up to Gross; Total was read"),
        ("Purchase,Cash Out,Total", ["100.00,50.00,150.00", "80.00,0.00,80.00"], ""),
        ("Purchase,Cash Out,Total", ["100.00,50.00,150.00", "80.00,20.00,110.00"], ""),
        ("Purchase,Desk,Total", ["100.00,A,150.00", "80.00,B,100.00"], ""),
    ],
    ids=["cash taken out", "the bank's fee", "one row is chance", "not in all rows", "no amounts"],
)
def test_an_amount_that_is_the_sum_of_two_other_columns_is_told(tmp_path: Path, header: str, rows: list[str], told: str) -> None:
    """What was paid may be one of the columns without a home: the analyst is told which of them add up."""
    lines = [f"7,{row}" for row in rows]
    tables = typed(
        tmp_path, {"terminal": {"Patient": "patient_id", "Total": "amount"}}, terminal="\n".join([f"Patient,{header}", *lines, ""])
    )
    found = [str(one.message) for one in tables.findings if one.code == "amount-of-parts"]
    assert [told in text for text in found] == ([True] if told else [])
