"""Money in another currency, by a column beside it, is no money of the practice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.source import read_export, type_tables

from . import maps


@pytest.mark.parametrize(
    ("header", "currency", "cents"),
    [
        ("Currency", "NZD", None),
        ("Currency Code", "usd", None),
        ("CCY", "GBP", None),
        ("Currency", "AUD", 30000),
        ("Currency", "", 30000),
        ("Currency", "XXL", 30000),
        ("Remarks", "NZD", 30000),
    ],
)
def test_a_receipt_in_another_currency_is_no_amount(tmp_path: Path, header: str, currency: str, cents: int | None) -> None:
    """300.00 NZD are not 300.00 AUD: the amount is left empty and told; a word that is no currency, or another column, says nothing."""
    (tmp_path / "patients.csv").write_text("Id,Last\n1,Ng\n")
    (tmp_path / "receipts.csv").write_text(f"Receipt,Patient,Amount,{header}\nR1,1,300.00,{currency}\nR2,1,20.00,AUD\n")
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
        maps.table_map("receipts", "payments", {"Receipt": "payment_id", "Patient": "patient_id", "Amount": "amount"}),
    )
    typed = type_tables(read_export(tmp_path), mapping, maps.schema(), today=date(2026, 11, 1), country=maps.AU)
    amounts = typed["payments"].set_index("payment_id")["amount"]
    assert list(amounts.astype(object).where(amounts.notna(), None)) == [cents, 2000]
    assert ("foreign-currency" in [one.code for one in typed.findings]) == (cents is None)
