"""What a payment is, in exports that say its kind, its method and its sign in ways of their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from migkit.source import read_export, type_tables

from . import maps


def payments(folder: Path, field: str, rows: list[tuple[str, str]]) -> tuple[list[tuple[Any, ...]], list[str]]:
    """(kind, method, cents) of receipts whose one column of words (mapped to `field`) and amount are given, and the findings' codes."""
    columns = {"Receipt": "payment_id", "Patient": "patient_id", "Type": field, "Amount": "amount"}
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}), maps.table_map("receipts", "payments", columns)
    )
    (folder / "patients.csv").write_text("Id,Last\n1,Ng\n")
    lines = [f"R{number},1,{word},{amount}" for number, (word, amount) in enumerate(rows, start=1)]
    (folder / "receipts.csv").write_text("\n".join(["Receipt,Patient,Type,Amount", *lines]) + "\n")
    typed = type_tables(read_export(folder), mapping, maps.schema(), today=date(2026, 3, 15), country=maps.AU)
    frame = typed["payments"].sort_values("payment_id")[["kind", "method", "amount"]].astype(object)
    return list(frame.where(frame.notna(), None).itertuples(index=False, name=None)), [one.code for one in typed.findings]


@pytest.mark.parametrize(
    ("field", "rows", "methods"),
    [
        ("kind", [("Credit", "100.00"), ("Debit", "20.00"), ("Cash", "5.00")], [("payment", "eftpos")] * 2 + [("payment", "cash")]),
        ("method", [("Credit", "100.00"), ("Debit", "20.00"), ("Cash", "5.00")], [(None, "eftpos")] * 2 + [(None, "cash")]),
        ("method", [("Credit", "100.00"), ("Cheque", "20.00")], [(None, "eftpos"), (None, "cheque")]),
        ("kind", [("credit", "100.00"), ("HICAPS", "20.00")], [("payment", "eftpos"), ("payment", "hicaps")]),
        ("kind", [("Credit", "100.00"), ("Payment", "20.00")], [("credit", None), ("payment", None)]),
        ("kind", [("Credit", "-100.00"), ("Cash", "20.00")], [("credit", None), ("payment", "cash")]),
        ("kind", [("Credit", "100.00")], [("credit", None)]),
    ],
)
def test_credit_among_ways_of_paying_is_a_card(
    tmp_path: Path, field: str, rows: list[tuple[str, str]], methods: list[tuple[str | None, str | None]]
) -> None:
    """Beside Cash and Debit it is money that came in; beside Payment, negative or alone it is a credit to the account."""
    assert [(kind, method) for kind, method, _ in payments(tmp_path, field, rows)[0]] == methods


@pytest.mark.parametrize(
    ("word", "kind", "method"),
    [
        ("EFTPOS", "payment", "eftpos"),
        ("Visa", "payment", "eftpos"),
        ("HICAPS payment", "payment", "hicaps"),
        ("Paid by Cash", "payment", "cash"),
        ("Bank Transfer", "payment", "direct"),
        ("Refund", "refund", None),
        ("Deposit used", "allocation", None),
        ("Write-off", "credit", None),
        ("Interest", "Interest", None),
    ],
)
def test_a_way_of_paying_among_the_kinds_is_a_payment_by_it(tmp_path: Path, word: str, kind: str, method: str | None) -> None:
    """A column of kinds that also names methods gives both; a word that is neither stays, and its payment is held when it is planned."""
    assert payments(tmp_path, "kind", [(word, "10.00")])[0] == [(kind, method, 1000)]


@pytest.mark.parametrize(
    ("word", "kind", "method"),
    [
        ("Refund", "refund", None),
        ("Reversal", "reversal", None),
        ("Write off", "credit", None),
        ("Prepayment used", "allocation", None),
        ("Cheque", None, "cheque"),
        ("Deposit", None, "direct"),
        ("Payment", None, "Payment"),
        ("Loyalty card", None, "Loyalty card"),
    ],
)
def test_a_refund_among_the_methods_is_a_refund(tmp_path: Path, word: str, kind: str | None, method: str | None) -> None:
    """Money that went out is not counted as money that came in because the column is called after methods."""
    assert payments(tmp_path, "method", [(word, "10.00")])[0] == [(kind, method, 1000)]


@pytest.mark.parametrize(
    ("amounts", "cents", "told"),
    [
        (["12.00 CR", "8.50 Cr", "100.00CR"], [1200, 850, 10000], True),
        (["-12.00", "-8.50", "(100.00)", "-1.00", "-1.00", "-1.00", "-1.00", "-1.00", "-1.00", "5.00"], None, True),
        (["12.00", "8.50", "-100.00"], [1200, 850, -10000], False),
        (["-12.00", "-8.50", "5.00"], [1200, 850, -500], True),
        (["-12.00"], [-1200], False),
        (["-12.00", "8.50"], [-1200, 850], False),
        (["-12.00", "0.00", "-8.50", "-3.00"], [1200, 0, 850, 300], True),
    ],
    ids=[
        "all CR",
        "nearly all minus: the other is a refund",
        "one minus is one that went out",
        "most of them",
        "one proves nothing",
        "half proves nothing",
        "nought is neither",
    ],
)
def test_a_file_that_writes_receipts_as_credits_is_read_so(tmp_path: Path, amounts: list[str], cents: list[int] | None, told: bool) -> None:
    """Two receipts or more, and most of the file, with a minus or CR are how the file writes money that came in; and it is said."""
    found, codes = payments(tmp_path, "reference", [("x", amount) for amount in amounts])
    expected = cents or [-500, 850, 1200, 10000, *[100] * 6]
    assert sorted(row[2] for row in found) == sorted(expected)
    assert bool({"receipts-as-credits", "receipts-by-side"} & {*codes}) == told


def test_a_refund_s_sign_says_nothing_of_the_receipts(tmp_path: Path) -> None:
    """Refunds are written with a minus everywhere: they do not turn the receipts round."""
    found, codes = payments(tmp_path, "kind", [("Payment", "20.00"), ("Refund", "-5.00"), ("Refund", "-6.00"), ("Refund", "-7.00")])
    assert [row[2] for row in found] == [2000, -500, -600, -700] and "receipts-as-credits" not in codes


INSTALMENTS = """Agreement,Patient,Instalment,Due,Amount
A1,1,1/4,01/10/2026,300.00
A1,1,2/4,01/10/2026,300.00
A1,1,3/4,01/10/2026,300.00
A1,1,3/4,01/10/2026,300.00
"""


def test_payments_that_differ_in_a_column_without_a_home_are_different_payments(tmp_path: Path) -> None:
    """Of four lines the last repeats the third; a later export that has them all again, in another order, gives the same ids."""
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
        maps.table_map("instalments", "payments", {"Patient": "patient_id", "Due": "date", "Amount": "amount"}),
    )
    ids = []
    for number, text in enumerate((INSTALMENTS, "\n".join([INSTALMENTS.split("\n")[0], *sorted(INSTALMENTS.split("\n")[1:-1])[::-1], ""]))):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "patients.csv").write_text("Id,Last\n1,Ng\n")
        (folder / "instalments.csv").write_text(text)
        typed = type_tables(read_export(folder), mapping, maps.schema(), today=date(2026, 11, 1), country=maps.AU)
        ids.append(sorted(typed["payments"]["payment_id"]))
        assert list(typed["payments"]["amount"]) == [30000] * 3 and "_cells" not in typed["payments"]
        assert [row.outcome.value for row in typed.row_outcomes if row.table == "payments"] == ["repeated"]
    assert ids[0] == ids[1] and len(set(ids[0])) == 3


@pytest.mark.parametrize(
    ("amounts", "found"),
    [(("60.00", "40.00"), [4000, 6000]), (("100.00", "100.00"), [])],
    ids=["parts", "the receipt's total beside each"],
)
def test_a_receipt_parted_among_dentists_is_parted_where_the_amounts_differ(
    tmp_path: Path, amounts: tuple[str, str], found: list[int]
) -> None:
    """Sixty and forty are one receipt of a hundred; a hundred beside each dentist may be the whole, and waits for an answer."""
    columns = {"Receipt": "payment_id", "Patient": "patient_id", "Dentist": "practitioner_name", "Amount": "amount"}
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}), maps.table_map("receipts", "payments", columns)
    )
    (tmp_path / "patients.csv").write_text("Id,Last\n1,Ng\n")
    (tmp_path / "receipts.csv").write_text(f"Receipt,Patient,Dentist,Amount\nR1,1,Dr Lee,{amounts[0]}\nR1,1,Dr Ahmed,{amounts[1]}\n")
    typed = type_tables(read_export(tmp_path), mapping, maps.schema(), today=date(2026, 11, 1), country=maps.AU)
    assert sorted(typed["payments"]["amount"]) == found


def test_a_cancelled_receipt_is_a_reversed_one_and_equal_ones_are_named(tmp_path: Path) -> None:
    """It keeps its row, so that its other side finds it; of two payments that are equal in every cell one counts, and a finding says so."""
    columns = {"Patient": "patient_id", "Amount": "amount", "Off": "deleted"}
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}), maps.table_map("receipts", "payments", columns)
    )
    (tmp_path / "patients.csv").write_text("Id,Last\n1,Ng\n")
    (tmp_path / "receipts.csv").write_text("Patient,Amount,Off\n1,100.00,Yes\n1,50.00,\n1,50.00,\n")
    typed = type_tables(read_export(tmp_path), mapping, maps.schema(), today=date(2026, 11, 1), country=maps.AU)
    frame = typed["payments"].sort_values("amount")
    assert list(frame["amount"]) == [5000, 10000] and list(frame["reversed"].fillna(False)) == [False, True]
    assert not frame["deleted"].fillna(False).any()
    assert [one.count for one in typed.findings if one.code == "equal-payments"] == [1]
