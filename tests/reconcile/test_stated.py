"""What files state about each other, read off them as they are: lists of debtors, dashboards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.reconcile import count_files, stated_debtors, stated_figures, stated_totals, witness
from migkit.source import read_export, type_tables
from tests.plan.frames import tables
from tests.source import maps

from .test_witnesses import ROWS, SAME

ANN, BO = "patient:1", "patient:2"


@pytest.mark.parametrize(
    ("name", "text", "parts"),
    [
        ("Aged Debtors", "Patient,Current,30 days,60 days,90+ days,Total\nAnn Lee,11.00,0.00,50.00,0.00,61.00\n", {ANN: 6100}),
        ("debtors", "Patient ID,Balance\n1,50.00\n3,11.00\n2,(25.00)\n", {ANN: 6100}),
        ("Accounts receivable", 'Name,Amount Due\n"Ray, Bo","$1,035.50"\n"Lee, Ann",61\n', {BO: 103550, ANN: 6100}),
        ("outstanding", "Client,0-30,31-60,61-90,Over 90\nBo Ray,10.00,5.00,,0.05\nAnn Lee,,,1.00,\n", {BO: 1505, ANN: 100}),
        ("who is owing", "Patient No,Owing\n1,20.00 DR\n2,25.00 CR\n", {ANN: 2000}),
        ("Debtors", "Patient,Balance\nAnn Lee,61.00\nBo Ray,5.00\nCy Poe,7.00\n", {ANN: 6100, BO: 500, "Debtors.csv:4": 700}),
        ("Aged Debtors", "Fund,Total\nMedibank,100.00\nBupa,50.00\n", None),
        ("patients by age", "Patient,Balance\nAnn Lee,61.00\n", None),
        ("debtors", "Patient,Remark\nAnn Lee,asked twice\n", None),
    ],
    ids=["aged", "credits are none", "by name", "without a total", "sides", "one unknown", "funds", "no debtors", "no sums"],
)
def test_a_list_of_debtors_states_the_receivables_patient_by_patient(
    tmp_path: Path, name: str, text: str, parts: dict[str, int] | None
) -> None:
    """What each owes, as the list says, under the person that somebody decided them to be; who is in credit owes nothing."""
    (tmp_path / f"{name}.csv").write_text(text)
    found = list(stated_debtors(read_export(tmp_path), tables(ROWS), SAME))
    assert [(one.measure, one.value, dict(one.parts or {})) for one in found] == (
        [("receivables", sum(parts.values()), parts)] if parts else []
    )


def test_the_patients_own_balances_are_no_second_witness(tmp_path: Path) -> None:
    """A list that the map reads as the balances of patients states these already."""
    (tmp_path / "debtors.csv").write_text("Patient ID,Balance\n1,50.00\n2,3.00\n")
    raw = read_export(tmp_path)
    assert not list(stated_debtors(raw, tables(ROWS), SAME, read=list(raw.tables)))


def test_a_debtor_who_is_not_one_is_named(tmp_path: Path) -> None:
    """The list has Bo owing 25.00, the invoices and payments have him 25.00 in credit: the difference is his."""
    (tmp_path / "debtors.csv").write_text("Patient ID,Balance\n1,61.00\n2,25.00\n")
    (stated,) = stated_debtors(read_export(tmp_path), tables(ROWS), SAME)
    seen = witness(stated, count_files(tables(ROWS), "receivables", SAME), None, None)
    assert (stated.value, seen.files, seen.difference, seen.rows) == (8600, 6100, -2500, (BO,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Figure,Value\nActive patients,1\nAll patients,2\n", [("active_patients", 1), ("patients", 2)]),
        ('Measure,Amount\nAccounts receivable,"$10,218.62"\nPayments received,100.00\n', [("receivables", 1021862), ("received", 10000)]),
        (
            "Active Patients,Total Outstanding,Appointments\n1,61.00,4\n",
            [("active_patients", 1), ("receivables", 6100), ("appointments", 4)],
        ),
        ("KPI,Now\nTotal invoiced,136.00\nRevenue this month,99.00\n", [("invoiced", 13600)]),
        ("Name,Value\nTreatment plans value,225.00\nNumber of appointments,4\n", [("plans", 22500), ("appointments", 4)]),
        ("Name,Value\nAppointments this week,4\nAverage fee,80.00\nActive patients,many\n", []),
        ("Patient,Amount,Day\nActive patients,1,2\nTotal patients,2,3\n", []),
    ],
)
def test_the_figures_of_a_dashboard_are_witnesses(tmp_path: Path, text: str, expected: list[tuple[str, int]]) -> None:
    """A name and a figure in each row, or one row of figures; figures of a period that the dashboard does not give are none."""
    (tmp_path / "dashboard.csv").write_text(text)
    assert [(one.measure, one.value) for one in stated_figures(read_export(tmp_path))] == expected


_BILLED = {"Invoice No": "invoice_id", "Patient ID": "patient_id", "Total": "total", "Status": "status"}
_PAID = {"Receipt No": "payment_id", "Patient ID": "patient_id", "Amount": "amount", "Kind": "kind"}
_HEAD = "Invoice No,Patient ID,Total,Status\n"
_RECEIPTS = "Receipt No,Patient ID,Amount,Kind\n"


@pytest.mark.parametrize(
    ("files", "stated", "counted"),
    [
        ({"invoices": f"{_HEAD}1,1,120.00,Paid\n2,2,80.50,Unpaid\nTotal,,200.50,\n"}, {"invoiced": 20050}, 20050),
        ({"invoices": f"{_HEAD}1,1,120.00,Paid\n2,2,80.50,Void\nTotal,,200.50,\n"}, {"invoiced": 12000}, 12000),
        ({"invoices": f"{_HEAD}1,1,120.00,Paid\n,2,80.50,Unpaid\nTotal,,200.50,\n"}, {"invoiced": 20050}, 12000),
        ({"invoices": f"{_HEAD}1,1,120.00,Paid\n2,2,80.50,Unpaid\n"}, {}, 20050),
        ({"invoices": f"{_HEAD}1,1,120.00,Paid\n2,2,80.50,Unpaid\nTotal,,300.00,\n"}, {}, 20050),
        ({"invoices": f"{_HEAD}1,1,120.00,Paid\nSubtotal,,120.00,\n2,2,80.50,Unpaid\nSubtotal,,80.50,\n"}, {"invoiced": 20050}, 20050),
        ({"invoices": f"{_HEAD}1,1,120.00,Paid\nSubtotal,,120.00,\n2,2,80.50,Unpaid\n"}, {}, 20050),
        (
            {
                "invoices 2026-09": f"{_HEAD}1,1,120.00,Paid\nTotal,,120.00,\n",
                "invoices 2026-10": f"{_HEAD}2,2,80.50,Unpaid\nTotal,,80.50,\n",
            },
            {"invoiced": 20050},
            20050,
        ),
        (
            {"invoices 2026-09": f"{_HEAD}1,1,120.00,Paid\nTotal,,120.00,\n", "invoices 2026-10": f"{_HEAD}2,2,80.50,Unpaid\n"},
            {},
            20050,
        ),
        ({"receipts": f"{_RECEIPTS}1,1,100.00,\n2,2,40.00,Payment\nTotal,,140.00,\n"}, {"received": 14000}, 14000),
        ({"receipts": f"{_RECEIPTS}1,1,100.00,\n2,2,40.00,Refund\nTotal,,140.00,\n"}, {}, 6000),
    ],
    ids=[
        "the whole", "less what is void", "a row was rejected", "no total", "a wrong total", "blocks", "one block of two", "two files",
        "one file of two", "receipts", "refunds",
    ],
)  # fmt: skip
def test_total_rows_state_what_was_invoiced_or_received(
    tmp_path: Path, files: dict[str, str], stated: dict[str, int], counted: int
) -> None:
    """The report's own total beside what is counted of its rows: 80.50 of a row without a number stands in the difference."""
    (tmp_path / "patients.csv").write_text("Id,Last\n1,Weber\n2,Ngo\n")
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text)
    raw = read_export(tmp_path)
    money = [
        maps.table_map(name, *(("payments", _PAID) if "Amount" in source.columns else ("invoices", _BILLED)))
        for name, source in raw.tables.items()
        if name != "patients"
    ]
    mapping = maps.source_map(maps.table_map("patients", "patients", {"Id": "patient_id", "Last": "last_name"}), *money)
    typed = type_tables(raw, mapping, maps.schema(), today=date(2026, 11, 20), country=maps.AU)
    found = list(stated_totals(raw, mapping, typed, typed))
    assert {one.measure: one.value for one in found} == stated
    measure = "received" if "receipts" in files else "invoiced"
    assert sum(count_files(typed, measure, {}).values()) == counted
