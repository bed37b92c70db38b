"""What the practice system itself says of its rows: deleted, pending, of a status that nobody explained."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from migkit.model.people import Household
from migkit.plan import money_summary

from .frames import people, plan, tables

TODAY = date(2026, 11, 1)
ANN = {"patient_id": "1", "first_name": "Ann", "last_name": "Ng"}
INVOICE = {"invoice_id": "I1", "patient_id": "1", "date": "2026-09-01", "total": 6000}
RECEIPT = {"payment_id": "R1", "patient_id": "1", "invoice_id": "I1", "date": "2026-09-02", "amount": 6000}
PLAN = {"plan_id": "7", "patient_id": "1", "name": "Crown", "status": "accepted", "created_date": "2026-09-01"}
ITEM = {"item_id": "8", "plan_id": "7", "description": "Crown", "fee": 1000}
ROWS: dict[str, tuple[dict[str, Any], str]] = {
    "appointments": ({"appointment_id": "2", "patient_id": "1", "start_at": "2026-12-01 09:00", "status": "booked"}, "appointment:2"),
    "clinical_notes": ({"note_id": "3", "patient_id": "1", "at": "2026-09-01 09:00", "content": "wrong patient"}, "note:3"),
    "recalls": ({"recall_id": "4", "patient_id": "1", "due_date": "2026-12-01"}, "recall:4"),
    "communications": ({"communication_id": "5", "patient_id": "1", "at": "2026-09-01 09:00", "subject": "Hello"}, "communication:5"),
    "leads": ({"lead_id": "6", "full_name": "Kim Roe", "created_at": "2026-09-01 09:00"}, "lead:6"),
}


@pytest.mark.parametrize("table", ROWS)
def test_a_row_that_is_marked_deleted_is_left_out_and_named(table: str) -> None:
    """No record says anything of it, and its outcome says why; without the mark it is there."""
    row, key = ROWS[table]
    there, gone = (plan({"patients": [ANN], table: [{**row, "deleted": mark}]}, today=TODAY) for mark in (None, True))
    assert any(key in record.sources for record in there.records.values())
    assert not any(key in record.sources for record in gone.records.values())
    (outcome,) = [one for one in gone.row_outcomes if one.key == key]
    assert (outcome.outcome.value, outcome.reason and outcome.reason.code) == ("excluded", "marked-deleted")
    assert [finding.keys for finding in gone.findings if finding.code == "marked-deleted"] == [(key,)]


def test_what_hangs_on_a_deleted_invoice_stays_out_with_it_and_the_money_proof_says_so() -> None:
    """Sixty invoiced in all, of which nothing is planned; its line is excluded like it, and every difference is nought."""
    line = {"line_id": "L1", "invoice_id": "I1", "description": "Crown", "total": 6000}
    rows = {"patients": [ANN], "invoices": [{**INVOICE, "deleted": True}], "invoice_lines": [line]}
    made = plan(rows, today=TODAY)
    assert {one.key: one.outcome.value for one in made.row_outcomes if one.table in ("invoices", "invoice_lines")} == {
        "invoice:I1": "excluded",
        "invoice_line:L1": "excluded",
    }
    proof = money_summary(tables(rows), made).set_index("measure")
    assert list(proof.loc["invoices, not void"]) == [6000, 0, 0, 6000, 0] and not proof["difference_cents"].any()


def test_a_deleted_item_is_no_part_of_its_plan_s_price() -> None:
    """Two items of 10.00, one of them deleted: the deal is worth 10.00."""
    made = plan(
        {"patients": [ANN], "treatment_plans": [PLAN], "treatment_items": [ITEM, {**ITEM, "item_id": "9", "deleted": True}]}, today=TODAY
    )
    assert made.records["plan:7"].fields["value"] == 10.0


def test_a_plan_of_an_unknown_status_waits_with_its_items() -> None:
    """Nobody said where its deal stands: it is held with the reason, and nothing else of the export is stopped."""
    made = plan({"patients": [ANN], "treatment_plans": [{**PLAN, "status": "Consented"}], "treatment_items": [ITEM]}, today=TODAY)
    held = {one.key: one.reason.code for one in made.row_outcomes if one.outcome.value == "held" and one.reason}
    assert held == {"plan:7": "unknown-plan-status", "plan_item:8": "parent-held"}
    assert "patient:1" in made.records and "plan:7" not in made.records


def test_a_recall_of_an_unknown_status_stays_open() -> None:
    """`Snoozed` closes no recall of the future."""
    made = plan({"patients": [ANN], "recalls": [{**ROWS["recalls"][0], "status": "Snoozed"}]}, today=TODAY)
    assert made.records["recall:4"].fields["done"] is False


@pytest.mark.parametrize(
    ("invoice", "receipt", "told"),
    [
        ({"paid": 5000}, {}, True),
        ({"paid": 6000}, {}, False),
        ({"balance": 6000}, {}, True),
        ({"balance": 0}, {}, False),
        ({"balance": 0}, {"kind": "credit"}, False),
        ({"paid": 0, "balance": 0}, {"kind": "credit"}, False),
        ({}, {}, False),
    ],
)
def test_an_invoice_and_its_receipts_that_disagree_are_named(invoice: dict[str, Any], receipt: dict[str, Any], told: bool) -> None:
    """What an invoice of 60.00 states as paid or owed is held against the receipt of 60.00 that names it; a credit is no money."""
    made = plan({"patients": [ANN], "invoices": [{**INVOICE, **invoice}], "payments": [{**RECEIPT, **receipt}]}, today=TODAY)
    assert [finding.keys for finding in made.findings if finding.code == "paid-contradicted"] == ([("invoice:I1",)] if told else [])


LEO = {"patient_id": "2", "first_name": "Leo", "last_name": "Ng"}
HOME = Household("household:1", "household", "Ng", ("patient:1", "patient:2"), "patient:1")


@pytest.mark.parametrize(
    ("invoice", "receipts", "told"),
    [
        pytest.param({"paid": 30000}, [RECEIPT], True, id="paid, no receipt"),
        pytest.param({"balance": 0}, [RECEIPT], True, id="nothing owed, no receipt"),
        pytest.param({"paid": 12000, "balance": 18000}, [RECEIPT], True, id="paid in part"),
        pytest.param({"paid": 0, "balance": 30000}, [RECEIPT], False, id="nothing paid"),
        pytest.param({"paid": 30000, "status": "void"}, [RECEIPT], False, id="void"),
        pytest.param({"balance": 0, "written_off": 30000}, [RECEIPT], False, id="written off"),
        pytest.param({"paid": 30000, "date": "2025-01-05"}, [RECEIPT], False, id="before the first receipt"),
        pytest.param({"paid": 30000}, [{**RECEIPT, "invoice_id": None}], False, id="receipts name no invoice"),
        pytest.param(
            {"paid": 30000}, [RECEIPT, {**RECEIPT, "payment_id": "R2", "patient_id": "2", "invoice_id": None}], False, id="on account"
        ),
        pytest.param({"paid": 30000}, [RECEIPT, {**RECEIPT, "payment_id": "R2", "invoice_id": None}], False, id="his mother on account"),
        pytest.param({"paid": 30000}, [], False, id="no receipts in the export"),
    ],
)
def test_an_invoice_that_says_paid_and_has_no_receipt_is_named(invoice: dict[str, Any], receipts: list[dict[str, Any]], told: bool) -> None:
    """300.00 of Leo's, beside an invoice of his mother's that its receipt pays: named where a receipt should be there, and only there."""
    own = {"invoice_id": "I2", "patient_id": "2", "date": "2026-09-03", "total": 30000, **invoice}
    made = plan({"patients": [ANN, LEO], "invoices": [INVOICE, own], "payments": receipts}, who=people(households=[HOME]), today=TODAY)
    assert [finding.keys for finding in made.findings if finding.code == "paid-contradicted"] == ([("invoice:I2",)] if told else [])


def test_a_payment_without_a_day_counts_and_is_named() -> None:
    """It is money that came in, of which nobody knows when."""
    made = plan({"patients": [ANN], "invoices": [INVOICE], "payments": [{**RECEIPT, "date": None}]}, today=TODAY)
    assert made.records["account:1"].fields["custom:Total_Paid__c"]["value"] == 60.0
    assert [finding.keys for finding in made.findings if finding.code == "payment-without-date"] == [("payment:R1",)]


@pytest.mark.parametrize(
    ("status", "balance", "told"),
    [("paid", 1000, True), ("open", 0, True), ("paid", 0, False), ("open", 1000, False), ("void", 1000, False)],
)
def test_a_status_and_a_balance_that_disagree_are_named(status: str, balance: int, told: bool) -> None:
    """Paid and something owed, or open and nothing owed: the status counts, and the finding names the invoice."""
    made = plan({"patients": [ANN], "invoices": [{**INVOICE, "status": status, "balance": balance}]}, today=TODAY)
    assert [finding.keys for finding in made.findings if finding.code == "status-contradicted"] == ([("invoice:I1",)] if told else [])


def test_an_invoice_of_an_unknown_kind_waits() -> None:
    """`Statement` may ask for money or give it back: nothing is added up."""
    made = plan({"patients": [ANN], "invoices": [{**INVOICE, "kind": "Statement"}]}, today=TODAY)
    assert {one.key: one.reason.code for one in made.row_outcomes if one.outcome.value == "held" and one.reason} == {
        "invoice:I1": "unknown-invoice-kind"
    }


def test_the_receipt_of_a_deleted_invoice_is_money_all_the_same() -> None:
    """Sixty came in: they stand in the payer's account, without an invoice."""
    made = plan({"patients": [ANN], "invoices": [{**INVOICE, "deleted": True}], "payments": [RECEIPT]}, today=TODAY)
    assert made.records["account:1"].fields["custom:Total_Paid__c"]["value"] == 60.0
    assert [one.outcome.value for one in made.row_outcomes if one.key == "payment:R1"] == ["folded-into"]


@pytest.mark.parametrize(("paid", "balance", "told"), [(2000, 4000, False), (2000, 1000, True), (None, 1000, False), (6000, 0, False)])
def test_a_total_a_sum_paid_and_a_balance_that_do_not_go_together_are_named(paid: int | None, balance: int, told: bool) -> None:
    """Sixty less twenty is forty: another balance says that a column means something else."""
    made = plan({"patients": [ANN], "invoices": [{**INVOICE, "paid": paid, "balance": balance}]}, today=TODAY)
    assert [finding.keys for finding in made.findings if finding.code == "sums-contradicted"] == ([("invoice:I1",)] if told else [])
