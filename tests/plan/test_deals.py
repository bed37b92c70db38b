"""Treatment plans, invoices and payments: what deals say, to the cent."""

from __future__ import annotations

from typing import Any

import pytest

from migkit.model.outcomes import Outcome
from migkit.plan import money_summary

from .frames import plan, tables

ANNA = {"patient_id": "12", "first_name": "Anna", "last_name": "Rossi", "status": "active"}
LEO = {"patient_id": "13", "first_name": "Leo", "last_name": "Rossi", "status": "active", "family_head_id": "12"}
PLAN = {"plan_id": "7", "patient_id": "12", "name": "Crown 26", "status": "accepted", "total": 158050, "created_date": "2025-12-01"}
ITEMS = [
    {"item_id": "1", "plan_id": "7", "visit": 2, "item_code": "615", "description": "Crown", "tooth": "26", "quantity": 1.0,
     "fee": 150050, "status": "planned", "fund_rebate": 50000, "gap": 100050},
    {"item_id": "2", "plan_id": "7", "visit": 1, "item_code": "022", "description": "Radiograph", "tooth": "26", "surfaces": "MO",
     "quantity": 2.0, "fee": 4000, "status": "completed", "completed_date": "2026-01-10"},
]  # fmt: skip


def test_a_plan_becomes_a_deal_with_its_procedures() -> None:
    """Value, currency, pipeline, stage, and the items in the order of the visits; the whole list stands in a note too."""
    made = plan({"patients": [ANNA], "treatment_plans": [PLAN], "treatment_items": ITEMS})
    record = made.records["plan:7"]
    assert record.fields == {
        "title": "Anna Rossi – Crown 26",
        "value": 1580.5,
        "currency": "AUD",
        "status": "open",
        "custom:Source_System_ID__c": "plan:7",
        "custom:Source created": "2025-12-01",
        "custom:Procedures": "022 Radiograph, tooth 26, surfaces MO, qty 2, 40.00, completed\n"
        "615 Crown, tooth 26, qty 1, 1,500.50, planned",
        "custom:Procedure count": 2,
    }
    assert record.links == {
        "person_id": "patient:12", "pipeline_id": "pipeline:Treatment plans", "stage_id": "stage:Treatment plans/Accepted",
    }  # fmt: skip
    assert made.records["note:plan:7"].fields == {
        "content": "<p>Treatment plan 7 · Crown 26 · accepted</p><p>created 01 Dec 2025</p>"
        "<p>022 Radiograph, tooth 26, surfaces MO, qty 2, 40.00, completed, visit 1, done 10 Jan 2026</p>"
        "<p>615 Crown, tooth 26, qty 1, 1,500.50, planned, visit 2, fund rebate 500.00, gap 1,000.50</p>"
        "<p>Total: 1,580.50 AUD</p><p>Source: note:plan:7</p>",
        "add_time": "2025-12-01 01:00:00",
    }
    assert [(row.key, row.outcome, row.ref) for row in made.row_outcomes] == [
        ("plan_item:1", Outcome.FOLDED_INTO, "plan:7"),
        ("plan_item:2", Outcome.FOLDED_INTO, "plan:7"),
    ]


@pytest.mark.parametrize(
    ("row", "stage", "status", "closing"),
    [
        ({"status": "proposed"}, "Proposed", "open", {}),
        ({"status": "in_progress"}, "In progress", "open", {}),
        ({"status": "completed", "completed_date": "2026-01-20"}, "Completed", "won", {"won_time": "2026-01-20T01:00:00Z"}),
        ({"status": "declined", "declined_date": "2025-07-20"}, "Proposed", "lost", {"lost_time": "2025-07-20T02:00:00Z"}),
        ({"status": "declined", "accepted_date": "2026-01-02", "declined_date": "2026-01-20"}, "Accepted", "lost",
         {"lost_time": "2026-01-20T01:00:00Z"}),
        ({"status": "completed", "accepted_date": "2026-01-02"}, "Completed", "won", {"won_time": "2026-01-10T01:00:00Z"}),
    ],
)  # fmt: skip
def test_stage_status_and_closing_time_follow_the_plan(row: dict[str, Any], stage: str, status: str, closing: dict[str, str]) -> None:
    """Closed at noon of the closing day; without one, at the latest day known, which is a finding."""
    made = plan({"patients": [ANNA], "treatment_plans": [{**PLAN, **row}], "treatment_items": ITEMS})
    record = made.records["plan:7"]
    assert record.links["stage_id"] == f"stage:Treatment plans/{stage}"
    assert record.fields["status"] == status
    assert {name: value for name, value in record.fields.items() if name.endswith("_time")} == closing
    guessed = status != "open" and not (row.get("completed_date") or row.get("declined_date"))
    assert [finding.code for finding in made.findings] == (["no-closing-date"] if guessed else [])


def test_a_total_that_the_items_do_not_sum_to_is_a_finding() -> None:
    """The plan's own total stays the deal's value; without one the items' sum is."""
    wrong = plan({"patients": [ANNA], "treatment_plans": [{**PLAN, "total": 100}], "treatment_items": ITEMS})
    assert wrong.records["plan:7"].fields["value"] == 1.0
    assert [(finding.code, finding.keys) for finding in wrong.findings] == [("plan-total-differs", ("plan:7",))]
    bare = plan({"patients": [ANNA], "treatment_plans": [{**PLAN, "total": None}], "treatment_items": ITEMS})
    assert bare.records["plan:7"].fields["value"] == 1580.5


INVOICES = [
    {"invoice_id": "77", "patient_id": "12", "plan_id": "7", "total": 8000, "gst": 0, "status": "paid", "date": "2026-01-10"},
    {"invoice_id": "78", "patient_id": "12", "plan_id": "7", "total": 10001, "balance": 4001, "status": "part_paid", "date": "2026-01-11"},
    {"invoice_id": "79", "patient_id": "12", "plan_id": "7", "total": 99999, "status": "void", "date": "2026-01-12"},
    {"invoice_id": "80", "patient_id": "13", "bill_to_id": "12", "total": 5005, "balance": 0, "status": "paid", "date": "2026-02-01"},
    {"invoice_id": "81", "patient_id": "13", "total": 30000, "balance": 30000, "date": "2026-02-02", "due_date": "2026-02-16"},
]
LINES = [
    {"line_id": "1", "invoice_id": "80", "line_no": 2, "item_code": "121", "description": "Fluoride", "quantity": 1.0, "total": 2005},
    {"line_id": "2", "invoice_id": "80", "line_no": 1, "item_code": "997", "description": "Opening balance", "total": 3000},
]
PAYMENTS = [
    {"payment_id": "R1", "patient_id": "12", "invoice_id": "77", "kind": "payment", "method": "hicaps", "amount": 8000,
     "date": "2026-01-10"},
    {"payment_id": "R2", "patient_id": "12", "invoice_id": "78", "kind": "payment", "method": "cash", "amount": 6000, "date": "2026-01-11"},
    {"payment_id": "R3", "patient_id": "12", "kind": "prepayment", "method": "other", "amount": 10000, "prepayment_number": "PP1",
     "reference": "997 deposit", "date": "2026-01-05"},
    {"payment_id": "R4", "patient_id": "12", "invoice_id": "80", "kind": "allocation", "amount": 5005, "prepayment_number": "PP1",
     "date": "2026-02-01"},
    {"payment_id": "R5", "patient_id": "13", "invoice_id": "81", "kind": "payment", "method": "direct", "amount": 30000, "reversed": True,
     "date": "2026-02-03"},
    {"payment_id": "R6", "patient_id": "13", "invoice_id": "81", "kind": "reversal", "method": "direct", "amount": -30000,
     "date": "2026-02-05"},
    {"payment_id": "R7", "patient_id": "12", "kind": "refund", "amount": 1000, "prepayment_number": "PP1", "date": "2026-02-06"},
]  # fmt: skip
BOOKS = {
    "patients": [ANNA, LEO], "treatment_plans": [PLAN], "treatment_items": ITEMS, "invoices": INVOICES, "invoice_lines": LINES,
    "payments": PAYMENTS,
}  # fmt: skip


def test_invoices_roll_up_into_the_plans_deal() -> None:
    """The total is that of the invoices that are not void, the status the worst; what was paid is net."""
    fields = plan(BOOKS).records["plan:7"].fields
    assert fields["custom:Invoice_Status__c"] == "Part paid"
    assert fields["custom:Total_Invoice__c"] == {"value": 180.01, "currency": "AUD"}
    assert fields["custom:Total_Paid__c"] == {"value": 140.0, "currency": "AUD"}


def test_invoices_without_a_plan_make_one_account_deal_per_patient() -> None:
    """The account stands under the patient treated, also where the family head pays; the pseudo-item 997 is kept and named."""
    made = plan(BOOKS)
    record = made.records["account:13"]
    assert record.fields["title"] == "Leo Rossi – Account"
    assert (record.fields["value"], record.fields["status"]) == (350.05, "open")
    assert record.fields["custom:Invoice_Status__c"] == "Overdue"
    assert record.links["stage_id"] == "stage:Accounts/Overdue"
    assert made.records["note:invoices:account:13"].fields["content"] == (
        "<p>Invoice 80 · 01 Feb 2026 · Paid · total 50.05 · billed to Anna Rossi</p>"
        "<p>– 997 Opening balance, opening balance or deposit (pseudo-item 997), 30.00</p><p>– 121 Fluoride, 20.05</p>"
        "<p>Invoice 81 · 02 Feb 2026 · Overdue · total 300.00 · balance 300.00 · due 16 Feb 2026</p>"
        "<p>Invoiced: 350.05 AUD</p><p>Source: note:invoices:account:13</p>"
    )


def test_the_payment_history_is_a_done_activity_that_sums_to_the_cent() -> None:
    """A prepayment stays with its payer, an allocation leaves it and arrives at the invoice's account, a reversal goes out."""
    made = plan(BOOKS)
    head = made.records["history:account:12"]
    assert head.fields["subject"] == "Payment history: 3 entries, 39.95 AUD"
    assert head.fields["note"] == (
        "<p>05 Jan 2026 · Prepayment · Other · receipt R3 · prepayment PP1 · 997 deposit · 100.00</p>"
        "<p>01 Feb 2026 · Allocation to an invoice · receipt R4 · invoice 80 · prepayment PP1 · -50.05</p>"
        "<p>06 Feb 2026 · Refund · receipt R7 · prepayment PP1 · -10.00</p>"
        "<p>Total: 39.95 AUD</p><p>Source: history:account:12</p>"
    )
    assert head.links == {"type": "activity_type:Payment history", "person_id": "patient:12", "deal_id": "account:12"}
    assert (head.fields["done"], head.fields["busy"], head.fields["due_date"]) == (True, False, "2026-02-06")
    child = made.records["history:account:13"].fields["note"]
    assert "<p>01 Feb 2026 · Allocation · receipt R4 · invoice 80 · prepayment PP1 · paid by Anna Rossi · 50.05</p>" in child
    assert "<p>Total: 50.05 AUD</p>" in child


@pytest.mark.parametrize("choice", ["account_deal", "deal_per_invoice", "person_note"])
def test_the_books_close_to_the_cent(choice: str) -> None:
    """Under every policy the export's sums, written out here, are the plan's: every difference is zero."""
    made = plan(BOOKS, policies={"invoices_without_plan": choice})
    summary = money_summary(tables(BOOKS), made).set_index("measure")
    assert summary["export_cents"].to_dict() == {
        "invoices, not void": 53006,
        "invoices, void": 99999,
        "money received": 8000 + 6000 + 10000 + 30000 - 30000 - 1000,
        "payments: allocation": 5005,
        "payments: payment": 44000,
        "payments: prepayment": 10000,
        "payments: refund": 1000,
        "payments: reversal": -30000,
        "treatment plans": 158050,
    }
    assert summary["difference_cents"].tolist() == [0] * 9
    if choice != "person_note":
        deals = [record.fields for record in made.records.values() if record.object == "deal"]
        fields = ("custom:Total_Invoice__c", "custom:Total_Paid__c")
        assert [round(sum(deal[name]["value"] for deal in deals if name in deal), 2) for name in fields] == [530.06, 230.0]


def test_a_deal_per_invoice_by_policy() -> None:
    """Every invoice without a plan has its own deal; payments without an invoice stay in one deal of the patient."""
    made = plan(BOOKS, policies={"invoices_without_plan": "deal_per_invoice"})
    assert {key: r.fields["value"] for key, r in made.records.items() if r.object == "deal"} == {
        "plan:7": 1580.5, "invoice:80": 50.05, "invoice:81": 300.0, "account:12": 0.0,
    }  # fmt: skip
    assert made.rows["invoices.csv:5"] == "invoice:80"


def test_a_note_on_the_person_by_policy() -> None:
    """No deal is made: invoices and payments without a plan stand on the person."""
    made = plan(BOOKS, policies={"invoices_without_plan": "person_note"})
    assert [key for key, record in made.records.items() if record.object == "deal"] == ["plan:7"]
    assert made.records["note:invoices:patient:13"].links == {"person_id": "patient:13"}
    assert made.records["history:patient:12"].links == {"type": "activity_type:Payment history", "person_id": "patient:12"}


def test_a_receipt_marked_reversed_without_a_reversal_brings_no_money() -> None:
    """It stays in the history with nothing; where a reversal answers for it, both count and cancel out."""
    rows = {"patients": [ANNA], "payments": [{**PAYMENTS[4], "patient_id": "12", "invoice_id": None}]}
    made = plan(rows)
    assert made.records["account:12"].fields["custom:Total_Paid__c"] == {"value": 0.0, "currency": "AUD"}
    assert "reversed · 0.00" in made.records["history:account:12"].fields["note"]
    assert money_summary(tables(rows), made).set_index("measure").loc["money received", "difference_cents"] == 0


def test_held_money_is_counted_apart() -> None:
    """A payment that names nobody is held, and the summary says how much."""
    rows = {"patients": [ANNA], "payments": [{"payment_id": "1", "kind": "payment", "amount": 700}]}
    made = plan(rows)
    assert [(row.key, row.outcome) for row in made.row_outcomes] == [("payment:1", Outcome.HELD)]
    received = money_summary(tables(rows), made).set_index("measure").loc["money received"]
    assert received.to_dict() == {"export_cents": 700, "plan_cents": 0, "held_cents": 700, "excluded_cents": 0, "difference_cents": 0}


def test_a_long_history_is_split_and_still_sums() -> None:
    """Over 100 KB the table goes on in further activities; only the last one carries the sum."""
    receipts = [{"payment_id": str(n), "patient_id": "12", "kind": "payment", "amount": 101, "reference": "x" * 200} for n in range(1000)]
    made = plan({"patients": [ANNA], "payments": receipts})
    parts = [record.fields["note"] for key, record in made.records.items() if key.startswith("history:account:12")]
    assert len(parts) > 1
    assert max(len(part.encode()) for part in parts) < 100_000
    assert [part.count("<p>Total: 1,010.00 AUD</p>") for part in parts] == [0] * (len(parts) - 1) + [1]
