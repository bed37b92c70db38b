"""Groups of columns beside each other, with amounts in them, are rows; what belongs to the whole row counts once."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.source import read_export

from .test_what_rows_say import plain, typed


@pytest.mark.parametrize(
    ("header", "row", "columns", "rows"),
    [
        (
            "No,Total,Invoice 1,Amount 1,Invoice 2,Amount 2",
            "R1,180.00,1,100.00,4,80.00",
            ["No", "Sum of Amount (Total)", "Invoice", "Amount"],
            [("R1", "180.00", "1", "100.00"), ("R1", None, "4", "80.00")],
        ),
        (
            "No,Item1,Fee1,Item2,Fee2,Item3,Fee3",
            "7,011,60.00,114,40.00,,",
            ["No", "Item", "Fee"],
            [("7", "011", "60.00"), ("7", "114", "40.00")],
        ),
        (
            "No,Method,Amount,Method 2,Amount 2",
            "R1,Visa,50.00,Cash,30.00",
            ["No", "Method", "Amount"],
            [("R1", "Visa", "50.00"), ("R1", "Cash", "30.00")],
        ),
        (
            "No,GST,Item_1,Price_1,Item_2,Price_2",
            "7,9.00,Crown,90.00,Scale,9.00",
            ["No", "GST", "Item", "Price"],
            [("7", "9.00", "Crown", "90.00"), ("7", None, "Scale", "9.00")],
        ),
        (
            "No,Amount,Invoice 1,Amount 1,Invoice 2,Amount 2",
            "R1,70.00,1,50.00,2,20.00",
            ["No", "Sum of Amount (Amount)", "Invoice", "Amount (each)"],
            [("R1", "70.00", "1", "50.00"), ("R1", None, "2", "20.00")],
        ),
    ],
    ids=["invoices of a receipt", "items of an invoice", "ways of paying, the first unnumbered", "tax of the whole", "a total of the name"],
)
def test_each_group_is_a_row(tmp_path: Path, header: str, row: str, columns: list[str], rows: list[tuple[str | None, ...]]) -> None:
    """The first is the physical row, the others stand for none; the columns are told."""
    (tmp_path / "list.csv").write_text(f"{header}\n{row}\n")
    raw = read_export(tmp_path)
    table = raw.tables["list"]
    assert table.columns == columns
    frame = table.frame[columns].astype(object).where(table.frame[columns].notna(), None)
    assert list(frame.itertuples(index=False, name=None)) == rows
    assert list(table.frame["_synthetic"]) == [False, True]
    assert list(raw.shapes["what"]) == ["columns-repeat"]


@pytest.mark.parametrize(
    "header",
    [
        "No,Phone 1,Type 1,Phone 2,Type 2",
        "No,Address 1,Address 2,Fee,Total",
        "No,Fee 1,Fee 2,Fee 3,Item",
        "No,Invoice 1,Amount 1,Invoice 3,Amount 3",
        "No,Invoice 1,Amount 1,Invoice 2,Paid 2",
    ],
)
def test_what_does_not_repeat_stays_one_row(tmp_path: Path, header: str) -> None:
    """Phones, lines of an address, levels of a price, and groups that are not alike are columns as they stand."""
    (tmp_path / "list.csv").write_text(f"{header}\n1,20.00,30.00,40.00,50.00\n")
    assert read_export(tmp_path).tables["list"].columns == header.split(",")


def test_a_receipt_over_two_invoices_counts_once(tmp_path: Path) -> None:
    """180.00 came in, 100.00 for the first and 80.00 for the other; each line of the file is one outcome."""
    text = "No,Patient,Total,Invoice 1,Amount 1,Invoice 2,Amount 2\nR1,7,180.00,1,100.00,4,80.00\nR2,8,300.00,2,300.00,,\n"
    columns = {"No": "payment_id", "Patient": "patient_id", "Invoice": "invoice_id", "Amount": "amount"}
    bills = "No,Patient,Total\n1,7,100\n2,8,300\n4,7,80\n"
    tables = typed(
        tmp_path,
        {
            "bills": ("invoices", {"No": "invoice_id", "Patient": "patient_id", "Total": "total"}, bills),
            "receipts": ("payments", columns, text),
        },
    )
    assert sorted(plain(tables, "payments", "invoice_id", "amount")) == [("1", 10000), ("2", 30000), ("4", 8000)]
    assert tables["payments"]["payment_id"].nunique() == 3
