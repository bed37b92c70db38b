"""Invoices and receipts that name a family's account, whose numbers are also ids of patients who have nothing to do with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.model.tables import CanonicalTables
from migkit.source import read_export, type_tables

from . import maps

PATIENTS = "Patient ID,{account},First,Last\n1,2,Ann,Baker\n2,2,Ben,Baker\n3,1,Cal,Dixon\n"
"""Account 1 is Cal's alone, account 2 that of both Bakers; nobody has account 3, and a patient 3 there is."""


def typed(folder: Path, patients: str, invoices: str, account: str) -> CanonicalTables:
    """Invoices whose one column of numbers is taken for the patient's id."""
    (folder / "patients.csv").write_text(patients.format(account=account))
    (folder / "invoices.csv").write_text(invoices.format(account=account))
    head = invoices.partition("\n")[0].format(account=account).split(",")
    columns = {"Invoice": "invoice_id", account: "patient_id", "Total": "total", "Name": "patient_name"}
    people = {"Patient ID": "patient_id", account: "family_id", "First": "first_name", "Last": "last_name"}
    mapping = maps.source_map(
        maps.table_map("patients", "patients", people),
        maps.table_map("invoices", "invoices", {name: columns[name] for name in head}),
    )
    return type_tables(read_export(folder), mapping, maps.schema(), today=date(2026, 3, 15), country=maps.AU)


@pytest.mark.parametrize("account", ["Account ID", "Account No", "Family ID", "Acct"])
def test_an_account_of_one_is_that_one_and_of_several_is_held(tmp_path: Path, account: str) -> None:
    """Invoice I1, of account 1, is Cal's, not Ann's; I2 waits with both Bakers; I3 waits, whoever has the id 3."""
    tables = typed(tmp_path, PATIENTS, "Invoice,{account},Total\nI1,1,200.00\nI2,2,150.00\nI3,3,90.00\n", account)
    assert dict(zip(tables["invoices"]["invoice_id"], tables["invoices"]["patient_id"], strict=True)) == {"I1": "3"}
    held = {one.key: one.reason for one in tables.row_outcomes}
    assert (held["invoice:I2"].code, held["invoice:I3"].code) == ("several-candidates", "missing-parent")
    assert [one.count for one in tables.findings if one.code == "number-of-several"] == [1]


def test_the_name_beside_an_account_says_who_of_the_family_is_meant(tmp_path: Path) -> None:
    """Account 2 and Ben's name: his; the name of somebody who is not of the family leaves it open."""
    rows = "Invoice,{account},Total,Name\nI1,2,200.00,Ben Baker\nI2,2,150.00,Cal Dixon\n"
    tables = typed(tmp_path, PATIENTS, rows, "Account ID")
    assert dict(zip(tables["invoices"]["invoice_id"], tables["invoices"]["patient_id"], strict=True)) == {"I1": "2"}


def test_the_id_of_an_account_holder_is_an_id(tmp_path: Path) -> None:
    """Where each number is the id of a patient who has it, too, the invoice is that patient's."""
    holders = "Patient ID,{account},First,Last\n1,1,Ann,Baker\n2,1,Ben,Baker\n3,3,Cal,Dixon\n"
    tables = typed(tmp_path, holders, "Invoice,{account},Total\nI1,1,200.00\nI2,3,150.00\n", "Account Holder ID")
    assert dict(zip(tables["invoices"]["invoice_id"], tables["invoices"]["patient_id"], strict=True)) == {"I1": "1", "I2": "3"}
