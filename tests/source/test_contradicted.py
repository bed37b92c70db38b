"""A column of numbers that are no invoices' pays nobody's invoice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.source import read_export, type_tables

from . import maps


def links(folder: Path, payments: list[str], invoices: list[str], header: str = "Invoice") -> tuple[list[str | None], list[str]]:
    """The invoice of each payment (of patients 1, 2, 3, and 4 whose family's head is 3), and the findings about it."""
    (folder / "patients.csv").write_text("Id,Last,Head\n1,Weber,\n2,Ngo,\n3,Patel,\n4,Shah,3\n")
    (folder / "invoices.csv").write_text("Invoice,Pt,Bill To,Total\n" + "\n".join(invoices) + "\n")
    (folder / "payments.csv").write_text(f"{header},Pt,Amount\n" + "\n".join(payments) + "\n")
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name", "Head": "family_head_id"}),
        maps.table_map("invoices", "invoices", {"Invoice": "invoice_id", "Pt": "patient_id", "Bill To": "bill_to_id", "Total": "total"}),
        maps.table_map("payments", "payments", {header: "invoice_id", "Pt": "patient_id", "Amount": "amount"}),
    )
    typed = type_tables(read_export(folder), mapping, maps.schema(), today=date(2026, 11, 1), country=maps.AU)
    frame = typed["payments"].sort_values(["patient_id", "amount"])
    found = frame["invoice_id"].astype(object).where(frame["invoice_id"].notna(), None)
    return list(found), [one.code for one in typed.findings if one.code == "links-of-others"]


PLAIN = ["1,3,,80.00", "2,1,,100.00", "3,2,,300.00"]


@pytest.mark.parametrize(
    ("payments", "invoices", "expected", "is_told"),
    [
        (["1,1,100.00", "2,2,300.00", "3,3,80.00"], PLAIN, [None, None, None], True),
        (["1,1,100.00", "2,2,300.00", "9,3,80.00"], PLAIN, [None, None, None], True),
        (["2,1,100.00", "3,2,300.00", "1,3,80.00"], PLAIN, ["2", "3", "1"], False),
        (["2,1,100.00", "2,2,300.00", "1,3,80.00"], PLAIN, ["2", "2", "1"], False),
        (["1,1,80.00"], PLAIN, ["1"], False),
        (["1,4,80.00", "3,4,90.00"], ["1,3,,80.00", "3,3,,90.00"], ["1", "3"], False),
        (["1,1,80.00", "2,1,100.00"], ["1,3,1,80.00", "2,2,1,100.00"], ["1", "2"], False),
        (["1,1,80.00", "3,1,300.00"], PLAIN, ["1", "3"], False),
        (["1,1,80.00", "3,1,290.00"], PLAIN, [None, None], True),
        (["1,1,80.00", "3,2,80.00"], ["1,3,,80.00", "2,1,,80.00", "3,1,,80.00"], [None, None], True),
    ],
    ids=[
        "running number",
        "one unknown",
        "right",
        "one pays for another",
        "a single row",
        "the family's head",
        "billed to",
        "paid in full by a friend",
        "in part",
        "all of one price",
    ],
)
def test_a_link_that_every_row_contradicts_is_none(
    tmp_path: Path, payments: list[str], invoices: list[str], expected: list[str | None], is_told: bool
) -> None:
    """Whoever numbers receipts 1, 2, 3 does not pay invoices 1, 2, 3 of others; who pays for somebody is one of several, or a relative."""
    assert links(tmp_path, payments, invoices) == (expected, ["links-of-others"] if is_told else [])


@pytest.mark.parametrize(
    ("header", "payments", "expected"),
    [
        ("No", ["2,2,50.00"], [None]),
        ("#", ["1,3,80.00", "2,2,300.00", "3,1,100.00"], [None, None, None]),
        ("Number", ["2,1,100.00", "1,2,300.00", "3,3,80.00"], [None, None, None]),
        ("ID", ["1,1,100.00", "9,2,300.00"], [None, None]),
        ("No.", ["2,1,100.00", "3,2,300.00", "1,2,80.00"], ["2", "1", "3"]),
        ("No", ["2,1,100.00"], ["2"]),
        ("Invoice No", ["2,2,50.00"], ["2"]),
    ],
    ids=["one refund", "one by chance", "one by chance first", "one unknown", "one pays for another", "right", "says invoice"],
)
def test_a_bare_number_refers_to_what_most_rows_agree_with(
    tmp_path: Path, header: str, payments: list[str], expected: list[str | None]
) -> None:
    """A column that is called by nothing but a word for a number is the row's own where more of its rows contradict it than agree."""
    assert links(tmp_path, payments, PLAIN, header)[0] == expected
