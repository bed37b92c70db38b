"""Refunds, credit notes and write-offs in files of their own: numbered for themselves, of the kind that the file is called by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from migkit.model.tables import CanonicalTables
from migkit.source import read_export, type_tables

from . import maps

PATIENTS = "Id,Last\n1,Weber\n2,Ngo\n"
RECEIPTS = "Receipt No,Date,Patient ID,Method,Amount\n1,05/10/2026,1,Cash,100.00\n2,05/10/2026,2,EFTPOS,300.00\n"
OF_RECEIPTS = {"Receipt No": "payment_id", "Date": "date", "Patient ID": "patient_id", "Method": "method", "Amount": "amount"}


def typed(folder: Path, name: str, text: str, columns: Mapping[str, str], table: str = "payments") -> CanonicalTables:
    """Two receipts, 1 and 2, and one more file that is taken for `table`."""
    for file, content in {"patients": PATIENTS, "receipts": RECEIPTS, name: text}.items():
        (folder / f"{file}.csv").write_text(content)
    mapping = maps.source_map(
        maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}),
        maps.table_map("receipts", "payments", OF_RECEIPTS),
        maps.table_map(name, table, columns),
    )
    return type_tables(read_export(folder), mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)


@pytest.mark.parametrize(
    ("name", "header", "key", "kind", "number"),
    [
        ("refunds", "Refund No", "payment:refund-1", "refund", "1"),
        ("patient refunds", "Refund Number", "payment:refund-1", "refund", "1"),
        ("refunds", "Refund No", "payment:RF1", "refund", "RF1"),
        ("credit_notes", "Credit Note No", "payment:credit-note-1", "credit", "1"),
        ("write offs", "Write Off ID", "payment:write-off-1", "credit", "1"),
    ],
)
def test_a_number_of_a_kind_is_no_receipts(tmp_path: Path, name: str, header: str, key: str, kind: str, number: str) -> None:
    """Refund 1 and receipt 1 are two things, and none is held; a number that cannot be a receipt's stays as it is."""
    text = f"{header},Date,Patient ID,Amount\n{number},12/10/2026,2,30.00\n"
    tables = typed(tmp_path, name, text, {header: "payment_id", "Date": "date", "Patient ID": "patient_id", "Amount": "amount"})
    found = tables["payments"].set_index("_key")
    assert set(found.index) == {"payment:1", "payment:2", key}
    assert (found.at[key, "kind"], found.at[key, "amount"]) == (kind, 3000)


def test_refunds_that_are_numbered_as_receipts_stay_among_them(tmp_path: Path) -> None:
    """A header that speaks of receipts, in a file of refunds: one numbering for both."""
    text = "Receipt No,Date,Patient ID,Amount\n3,12/10/2026,2,30.00\n"
    columns = {"Receipt No": "payment_id", "Date": "date", "Patient ID": "patient_id", "Amount": "amount"}
    assert set(typed(tmp_path, "refunds", text, columns)["payments"]["_key"]) == {"payment:1", "payment:2", "payment:3"}


def test_a_refund_is_of_the_patient_whose_receipt_it_names(tmp_path: Path) -> None:
    """Of receipt 2, by EFTPOS, of patient 2: the refund says neither, and is not held for it."""
    text = "ID,Payment ID,Date,Amount\n1,2,12/10/2026,30.00\n"
    columns = {"ID": "payment_id", "Payment ID": "reverses_id", "Date": "date", "Amount": "amount"}
    row = typed(tmp_path, "refunds", text, columns)["payments"].set_index("_key").loc["payment:refund-1"]
    assert (row["patient_id"], row["method"], row["reverses_id"]) == ("2", "eftpos", "2")


def test_adjustments_of_both_signs_are_of_no_known_kind(tmp_path: Path) -> None:
    """What is below nought may take off or add: nobody says which, so none counts as money or as a credit."""
    head = {"Adjustment No": "payment_id", "Patient ID": "patient_id", "Amount": "amount"}
    rows = "Adjustment No,Patient ID,Amount\n1,1,-10.00\n2,2,{}\n"
    both = typed(tmp_path, "adjustments", rows.format("5.00"), head)["payments"]
    assert both.loc[both["_key"].str.contains("adjustment"), "kind"].tolist() == ["adjustments", "adjustments"]
    below = typed(tmp_path, "adjustments", rows.format("-5.00"), head)["payments"]
    assert below.loc[below["_key"].str.contains("adjustment"), "kind"].tolist() == ["credit", "credit"]
