"""One receipt over several invoices: parted among them where that is certain to the cent, else left open and said."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from migkit.source import read_export, type_tables

from . import maps

HEADER = "Receipt No,Patient ID,Date,Amount,Applied To"
INVOICES = "Invoice No,Patient ID,Date,Total\n501,1,1/3/2026,80\n502,2,1/3/2026,40\n503,1,2/3/2026,1200\n504,1,3/3/2026,\n"
PAID = {"Receipt No": "payment_id", "Patient ID": "patient_id", "Date": "date", "Amount": "amount", "Applied To": "invoice_id"}
MAP = maps.source_map(
    maps.table_map("patients", "patients", {"Patient ID": "patient_id", "Last Name": "last_name", "First Name": "first_name"}),
    maps.table_map("invoices", "invoices", {"Invoice No": "invoice_id", "Patient ID": "patient_id", "Date": "date", "Total": "total"}),
    maps.table_map("receipts", "payments", PAID),
)


def payments(folder: Path, amount: str, cell: str) -> tuple[list[tuple[Any, ...]], Any]:
    """(receipt, invoice, cents) of every row that one receipt becomes, and the typed tables."""
    (folder / "patients.csv").write_text("Patient ID,Last Name,First Name\n1,Ng,Ada\n2,Roe,Sam\n")
    (folder / "invoices.csv").write_text(INVOICES)
    (folder / "receipts.csv").write_text(f'{HEADER}\nR1,1,4/3/2026,{amount},"{cell}"\n')
    typed = type_tables(read_export(folder), MAP, maps.schema(), today=date(2026, 3, 15), country=maps.AU)
    frame = typed["payments"].fillna({"invoice_id": ""})
    return list(frame[["payment_id", "invoice_id", "amount"]].itertuples(index=False, name=None)), typed


CERTAIN = {
    "with amounts in brackets": ("120", "501 ($80.00); 502 ($40.00)", [("R1/501", "501", 8000), ("R1/502", "502", 4000)]),
    "with amounts and commas": ("1280", "503: 1,200.00, 501: 80.00", [("R1/503", "503", 120000), ("R1/501", "501", 8000)]),
    "in other shares than the totals": ("100", "501 (70.00) & 502 (30.00)", [("R1/501", "501", 7000), ("R1/502", "502", 3000)]),
    "whose totals add up": ("120", "501, 502", [("R1/501", "501", 8000), ("R1/502", "502", 4000)]),
    "whose totals add up, without blanks": ("120", "501,502", [("R1/501", "501", 8000), ("R1/502", "502", 4000)]),
    "called invoices": ("120", "Inv #501 / Inv #502", [("R1/501", "501", 8000), ("R1/502", "502", 4000)]),
    "one with its amount": ("80", "501 ($80.00)", [("R1", "501", 8000)]),
    "one by its number": ("80", "501", [("R1", "501", 8000)]),
}
OPEN = {
    "amounts that do not add up": ("130", "501 ($80.00); 502 ($40.00)"),
    "totals that do not add up": ("100", "501, 502"),
    "a total that nobody knows": ("120", "501, 504"),
    "an amount for one of them only": ("120", "501 ($80.00); 502"),
}
UNKNOWN = {
    "not there": "999",
    "one of two is not there": "501, 999",
    "words": "see invoice 501 and the letter",
    "the same twice": "501, 501",
}


@pytest.mark.parametrize("case", CERTAIN)
def test_a_receipt_is_parted_among_the_invoices_that_it_names(tmp_path: Path, case: str) -> None:
    """To the cent; the parts add up to the receipt, and the line of the file has one outcome."""
    amount, cell, expected = CERTAIN[case]
    found, typed = payments(tmp_path, amount, cell)
    assert found == expected and sum(cents for *_, cents in found) == 100 * int(amount)
    assert not [finding for finding in typed.findings if finding.table == "payments"]
    assert typed["payments"]["_synthetic"].tolist() == [False, *[True] * (len(expected) - 1)]


@pytest.mark.parametrize("case", OPEN)
def test_what_is_not_certain_stays_one_receipt_on_account(tmp_path: Path, case: str) -> None:
    """The cell stands in the reference, and the finding says that several are named, not that they are missing."""
    amount, cell = OPEN[case]
    found, typed = payments(tmp_path, amount, cell)
    assert found == [("R1", "", 100 * int(amount))] and typed["payments"]["reference"].tolist() == [cell]
    assert [finding.code for finding in typed.findings if finding.table == "payments"] == ["several-invoices-unclear"]


@pytest.mark.parametrize("case", UNKNOWN)
def test_a_number_that_is_no_invoice_s_is_not_guessed(tmp_path: Path, case: str) -> None:
    """As before: the reference is empty and said to be unknown."""
    found, typed = payments(tmp_path, "80", UNKNOWN[case])
    assert found == [("R1", "", 8000)]
    assert [finding.code for finding in typed.findings if finding.table == "payments"] == ["unknown-reference"]


PARTS = {
    "cash and the fund": (["R1,1,4/3/2026,20,cash,501", "R1,1,4/3/2026,60,hicaps,501"], [("R1/cash", 2000), ("R1/hicaps", 6000)]),
    "two invoices": (["R1,1,4/3/2026,80,cash,501", "R1,1,4/3/2026,40,cash,502"], [("R1/501", 8000), ("R1/502", 4000)]),
    "three ways": (
        ["R1,1,4/3/2026,20,cash,501", "R1,1,4/3/2026,30,eftpos,501", "R1,1,4/3/2026,30,hicaps,501"],
        [("R1/cash", 2000), ("R1/eftpos", 3000), ("R1/hicaps", 3000)],
    ),
    "another receipt beside it": (
        ["R1,1,4/3/2026,20,cash,501", "R1,1,4/3/2026,60,hicaps,501", "R2,2,4/3/2026,40,cash,502"],
        [("R1/cash", 2000), ("R1/hicaps", 6000), ("R2", 4000)],
    ),
    "two invoices, one of them in two ways": (
        ["R1,1,4/3/2026,20,cash,501", "R1,1,4/3/2026,60,hicaps,501", "R1,1,4/3/2026,40,cash,502"],
        [("R1/501/cash", 2000), ("R1/501/hicaps", 6000), ("R1/502", 4000)],
    ),
    "equal rows are one": (["R1,1,4/3/2026,80,cash,501", "R1,1,4/3/2026,80,cash,501"], [("R1", 8000)]),
    "versions": (["R1,1,4/3/2026,20,cash,501", "R1,1,4/3/2026,80,cash,501"], None),
}


@pytest.mark.parametrize("case", PARTS)
def test_rows_of_one_receipt_in_one_file_are_its_parts(tmp_path: Path, case: str) -> None:
    """Of one day and patient, paid in several ways or for several invoices: all of them count. None: as before, asked or held."""
    lines, expected = PARTS[case]
    (tmp_path / "patients.csv").write_text("Patient ID,Last Name,First Name\n1,Ng,Ada\n2,Roe,Sam\n")
    (tmp_path / "invoices.csv").write_text(INVOICES)
    (tmp_path / "receipts.csv").write_text("Receipt No,Patient ID,Date,Amount,Method,Applied To\n" + "".join(f"{line}\n" for line in lines))
    mapped = maps.source_map(
        *(MAP.tables[name] for name in ("patients", "invoices")), maps.table_map("receipts", "payments", PAID | {"Method": "method"})
    )
    typed = type_tables(read_export(tmp_path), mapped, maps.schema(), today=date(2026, 3, 15), country=maps.AU)
    found = list(typed["payments"][["payment_id", "amount"]].itertuples(index=False, name=None))
    assert found == expected if expected else {one for one, _ in found} <= {"R1"}
