"""Money to the cent where no column says what is owed: what pays what, what is left over, what a reversal takes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from migkit.model.people import Household
from migkit.plan import money_summary
from migkit.plan.billing import method_in_words

from .frames import people, plan, tables

HEAD = {"patient_id": "10", "first_name": "Hanna", "last_name": "Li"}
GUNTHER = {"patient_id": "1620", "first_name": "Gunther", "last_name": "Li"}
ANN = {"patient_id": "1621", "first_name": "Ann", "last_name": "Lee"}
FAMILY = Household("household:10", "household", "Li", ("patient:10", "patient:1620"), "patient:10")
TODAY = date(2026, 11, 1)
INVOICE = {"invoice_id": "1", "patient_id": "1620", "total": 6000, "date": "2026-09-26"}


def receipt(number: str, cents: int, invoice: str | None = "1", patient: str | None = "1620", **more: Any) -> dict[str, Any]:
    day = f"2026-09-{26 + int(number[1:]) % 4}"
    return {"payment_id": number, "patient_id": patient, "invoice_id": invoice, "amount": cents, "date": day, "kind": "payment"} | more


def result(invoices: list[dict[str, Any]], payments: list[dict[str, Any]], **more: Any) -> dict[str, tuple[Any, Any, Any]]:
    """Account or plan key → invoice status, invoiced, paid; every difference of the money proof is zero."""
    rows = {"patients": [HEAD, GUNTHER, ANN], "invoices": invoices, "payments": payments, **more}
    made = plan(rows, who=people(households=[FAMILY]), today=TODAY)
    assert set(money_summary(tables(rows), made)["difference_cents"]) == {0}
    found = {}
    for key, record in made.records.items():
        if record.object == "deal":
            money = [record.fields.get(f"custom:{name}", {}).get("value") for name in ("Total_Invoice__c", "Total_Paid__c")]
            found[key] = (record.fields.get("custom:Invoice_Status__c"), *money)
    return found


LATE = {**INVOICE, "due_date": "2026-10-10"}
SOON = {**INVOICE, "due_date": "2026-11-10"}
REVERSAL = receipt("R2", -6000, kind="reversal", reverses_id="R1")


@pytest.mark.parametrize(
    ("invoices", "payments", "expected"),
    [
        pytest.param([INVOICE], [receipt("R1", 6000)], {"account:1620": ("Paid", 60.0, 60.0)}, id="paid"),
        pytest.param([INVOICE], [receipt("R1", 5999)], {"account:1620": ("Part paid", 60.0, 59.99)}, id="a cent short"),
        pytest.param([INVOICE], [], {"account:1620": ("Open", 60.0, None)}, id="nothing paid"),
        pytest.param([{**INVOICE, "paid": 2000}], [], {"account:1620": ("Part paid", 60.0, 20.0)}, id="paid as the invoice says"),
        pytest.param(
            [{**INVOICE, "paid": 2000}, {**INVOICE, "invoice_id": "2", "total": 5000, "date": "2026-08-01"}],
            [],
            {"account:1620": ("Part paid", 110.0, None)},
            id="one invoice does not say what was paid",
        ),
        pytest.param(
            [{**INVOICE, "paid": 2000}], [receipt("R1", 1000)], {"account:1620": ("Part paid", 60.0, 10.0)}, id="receipts count first"
        ),
        pytest.param([SOON], [], {"account:1620": ("Open", 60.0, None)}, id="not due yet"),
        pytest.param([LATE], [], {"account:1620": ("Overdue", 60.0, None)}, id="due before the export"),
        pytest.param([LATE], [receipt("R1", 5999)], {"account:1620": ("Overdue", 60.0, 59.99)}, id="a cent overdue"),
        pytest.param([LATE], [receipt("R1", 6000)], {"account:1620": ("Paid", 60.0, 60.0)}, id="paid though late"),
        pytest.param([INVOICE], [receipt("R1", 2000), receipt("R2", 4000)], {"account:1620": ("Paid", 60.0, 60.0)}, id="in two parts"),
        pytest.param([INVOICE], [receipt("R1", 7000)], {"account:1620": ("Paid", 60.0, 70.0)}, id="ten too much"),
        pytest.param([INVOICE], [receipt("R1", 6000), REVERSAL], {"account:1620": ("Open", 60.0, 0.0)}, id="reversed"),
        pytest.param(
            [INVOICE],
            [receipt("R1", 6000), {"payment_id": "R2", "kind": "reversal", "reverses_id": "R1"}],
            {"account:1620": ("Open", 60.0, 0.0)},
            id="a reversal that says nothing but what it reverses",
        ),
        pytest.param(
            [INVOICE],
            [receipt("R1", 6000), {"payment_id": "R2", "kind": "reversal", "reference": "R1", "amount": -6000}],
            {"account:1620": ("Open", 60.0, 0.0)},
            id="named in its reference",
        ),
        pytest.param(
            [INVOICE],
            [receipt("R1", 6000, reversed=True), receipt("R2", -6000, None, "1621", kind="reversal")],
            {"account:1620": ("Open", 60.0, 0.0), "account:1621": (None, None, -60.0)},
            id="another patient's reversal answers for no receipt",
        ),
        pytest.param(
            [INVOICE],
            [receipt("R1", 6000), receipt("R2", -6000, None, "1621", kind="reversal")],
            {"account:1620": ("Paid", 60.0, 60.0), "account:1621": (None, None, -60.0)},
            id="another patient's reversal annuls no receipt",
        ),
        pytest.param(
            [INVOICE],
            [receipt("R1", 6000, reversed=True), receipt("R2", -6000), receipt("R3", 6000)],
            {"account:1620": ("Paid", 60.0, 60.0)},
            id="a counter-row that nobody calls a reversal",
        ),
        pytest.param([INVOICE], [receipt("R1", 6000, "1", "10")], {"account:1620": ("Paid", 60.0, 60.0)}, id="named by the head's receipt"),
        pytest.param(
            [INVOICE],
            [receipt("R1", 7000, "1", "10")],
            {"account:1620": ("Paid", 60.0, 60.0), "account:10": (None, None, 10.0)},
            id="what the head's receipt leaves over is the head's",
        ),
        pytest.param(
            [INVOICE],
            [receipt("R1", 7000, None, "10")],
            {"account:1620": ("Paid", 60.0, 60.0), "account:10": (None, None, 10.0)},
            id="the head's receipt that names nothing",
        ),
        pytest.param(
            [INVOICE, {**INVOICE, "invoice_id": "2", "patient_id": "10"}],
            [receipt("R1", 7000, None, "10")],
            {"account:10": ("Paid", 60.0, 60.0), "account:1620": ("Part paid", 60.0, 10.0)},
            id="the head's own invoices first",
        ),
        pytest.param(
            [INVOICE],
            [receipt("R1", 6000, None, "1621")],
            {"account:1620": ("Open", 60.0, None), "account:1621": (None, None, 60.0)},
            id="a stranger's receipt pays nobody else",
        ),
        pytest.param(
            [INVOICE, {**INVOICE, "invoice_id": "2", "total": 5000, "date": "2026-08-01"}],
            [receipt("R1", 5000, None)],
            {"account:1620": ("Open", 110.0, 50.0)},
            id="on account the oldest is settled first",
        ),
        pytest.param(
            [INVOICE, {**INVOICE, "invoice_id": "2", "total": -6000}], [], {"account:1620": ("Paid", 0.0, None)}, id="a credit note"
        ),
        pytest.param([{**INVOICE, "total": -6000}], [], {"account:1620": ("Credit", -60.0, None)}, id="nothing but a credit"),
        pytest.param(
            [INVOICE],
            [receipt("R1", 4000), receipt("C1", 2000, kind="credit")],
            {"account:1620": ("Paid", 60.0, 40.0)},
            id="the rest credited",
        ),
        pytest.param([INVOICE], [receipt("C1", -2000, kind="credit")], {"account:1620": ("Part paid", 60.0, None)}, id="credited in part"),
        pytest.param([INVOICE], [receipt("C1", 6000, None, kind="credit")], {"account:1620": ("Paid", 60.0, 0.0)}, id="on account"),
        pytest.param([INVOICE], [receipt("R1", 6000, "99")], {"account:1620": ("Open", 60.0, 60.0)}, id="an invoice that is not there"),
        pytest.param([{**INVOICE, "balance": 0}], [], {"account:1620": ("Paid", 60.0, None)}, id="a balance column counts first"),
        pytest.param(
            [{**INVOICE, "status": "open"}], [receipt("R1", 2000)], {"account:1620": ("Part paid", 60.0, 20.0)}, id="open, and paid in part"
        ),
        pytest.param([{**INVOICE, "status": "open"}], [receipt("R1", 6000)], {"account:1620": ("Open", 60.0, 60.0)}, id="a status counts"),
        pytest.param(
            [{**INVOICE, "status": "overdue"}], [receipt("R1", 6000)], {"account:1620": ("Overdue", 60.0, 60.0)}, id="and a status"
        ),
        pytest.param(
            [INVOICE],
            [receipt("R1", 6000, None, "10", kind="prepayment", prepayment_number="P1"),
             receipt("R2", 6000, "1", "1621", kind="allocation", prepayment_number="P1")],
            {"account:1620": ("Paid", 60.0, 60.0), "account:10": (None, None, 0.0)},
            id="an allocation leaves the account of who paid in, whoever it names",
        ),
        pytest.param(
            [INVOICE], [receipt("R1", 6000, None), receipt("R2", -1000, None)],
            {"account:1620": ("Part paid", 60.0, 50.0)}, id="money back that names nothing, after money that names nothing",
        ),
        pytest.param(
            [INVOICE], [receipt("R1", 6000), receipt("R2", 1000, None, kind="refund")],
            {"account:1620": ("Part paid", 60.0, 50.0)}, id="a refund that names nothing, of an invoice that was paid",
        ),
        pytest.param(
            [INVOICE], [receipt("R1", 7000), receipt("R2", 1000, None, kind="refund")],
            {"account:1620": ("Paid", 60.0, 60.0)}, id="what was too much goes back first",
        ),
        pytest.param(
            [INVOICE], [receipt("R1", 6000), receipt("R2", 1000, None, kind="prepayment"), receipt("R3", 1000, None, kind="refund")],
            {"account:1620": ("Paid", 60.0, 60.0)}, id="a deposit goes back first",
        ),
        pytest.param(
            [{**INVOICE, "status": "void"}, {**INVOICE, "invoice_id": "2"}],
            [receipt("R1", 6000), receipt("R2", 6000, "2"), receipt("R3", 6000, None, kind="refund")],
            {"account:1620": ("Paid", 60.0, 60.0)}, id="what was paid for a void invoice goes back first",
        ),
        pytest.param(
            [INVOICE, {**INVOICE, "invoice_id": "2", "total": 5000, "date": "2026-09-28"}],
            [receipt("R1", 6000), receipt("R2", 5000, "2"), receipt("R3", 7000, None, kind="refund")],
            {"account:1620": ("Part paid", 110.0, 40.0)}, id="the latest invoice is owed again first",
        ),
        pytest.param(
            [INVOICE], [receipt("R1", 6000), receipt("R2", 1000, None, "1621", kind="refund")],
            {"account:1620": ("Paid", 60.0, 60.0), "account:1621": (None, None, -10.0)}, id="another one's refund",
        ),
        pytest.param(
            [{**INVOICE, "written_off": 6000}], [], {"account:1620": ("Paid", 60.0, None)}, id="written off by a column of its own"
        ),
        pytest.param(
            [{**INVOICE, "written_off": -2000}], [receipt("R1", 4000)], {"account:1620": ("Paid", 60.0, 40.0)}, id="the rest written off"
        ),
        pytest.param(
            [{**INVOICE, "written_off": 2000, "paid": 1000}], [], {"account:1620": ("Part paid", 60.0, 10.0)}, id="paid and written off"
        ),
        pytest.param(
            [{**INVOICE, "written_off": 2000}], [receipt("R1", 3000), receipt("C1", 2000, kind="credit")],
            {"account:1620": ("Part paid", 60.0, 30.0)}, id="a row of its own for what was written off counts once",
        ),
    ],
)  # fmt: skip
def test_a_status_that_no_column_says_follows_from_the_payments(
    invoices: list[dict[str, Any]], payments: list[dict[str, Any]], expected: dict[str, tuple[Any, Any, Any]]
) -> None:
    """Gunther's invoice over 60.00 of September, seen on 1 November; Hanna is the head of his family, Ann a stranger."""
    assert result(invoices, payments) == expected


PLAN = {"plan_id": "7", "patient_id": "1620", "name": "Crown", "status": "accepted", "created_date": "2026-09-01", "total": 6000}
ITEM = {"item_id": "70", "plan_id": "7", "item_code": "613", "fee": 6000}


@pytest.mark.parametrize(
    ("item", "line", "invoice"),
    [
        pytest.param({}, {}, {"plan_id": "7"}, id="directly"),
        pytest.param({"invoice_id": "1"}, None, {}, id="through the item that was billed"),
        pytest.param({}, {"item_id": "70"}, {}, id="through a line's item"),
        pytest.param({}, {"plan_id": "7"}, {}, id="through a line's plan"),
        pytest.param({"invoice_id": "99"}, {"plan_id": "7"}, {}, id="whatever else is billed elsewhere"),
    ],
)
def test_an_invoice_reaches_its_plan(item: dict[str, Any], line: dict[str, Any] | None, invoice: dict[str, Any]) -> None:
    """By its own reference, or by what its lines or the plan's items say; the plan's deal has its totals and no account is made."""
    lines = [] if line is None else [{"line_id": "1", "invoice_id": "1", "item_code": "613", "total": 6000, **line}]
    books = {"treatment_plans": [PLAN], "treatment_items": [{**ITEM, **item}], "invoice_lines": lines}
    assert result([{**INVOICE, **invoice}], [receipt("R1", 6000)], **books) == {"plan:7": ("Paid", 60.0, 60.0)}


def test_a_payment_on_account_reaches_the_plan_that_it_settles() -> None:
    """The money leaves the patient's account for the plan's; what is left over stays."""
    books = {"treatment_plans": [PLAN], "treatment_items": [ITEM]}
    assert result([{**INVOICE, "plan_id": "7"}], [receipt("R1", 6500, None)], **books) == {
        "plan:7": ("Paid", 60.0, 60.0),
        "account:1620": (None, None, 5.0),
    }


@pytest.mark.parametrize(
    ("items", "total", "differs"),
    [
        pytest.param([{"fee": 10000, "discount": 1000}], 9000, False, id="less the discount"),
        pytest.param([{"fee": 10000, "discount": -1000}], 9000, False, id="a discount written as negative"),
        pytest.param([{"fee": 10000, "quantity": 2.0, "discount": 1000, "total": 19000}], 19000, False, id="the line total"),
        pytest.param([{"fee": 10000, "gst": 1000}], 11000, False, id="with GST"),
        pytest.param([{"fee": 5000, "quantity": 2.0, "discount": 500}], 9500, False, id="twice the fee less the discount"),
        pytest.param([{"fee": 10000, "discount": 1000}], 9001, True, id="a cent off"),
        pytest.param([{"fee": 10000}, {"fee": 1, "status": "cancelled"}], 10000, False, id="without the cancelled"),
    ],
)
def test_a_plans_total_is_understood(items: list[dict[str, Any]], total: int, differs: bool) -> None:
    """Items with discounts and line totals make the plan's total, which is the deal's value either way."""
    rows = {
        "patients": [GUNTHER],
        "treatment_plans": [{**PLAN, "total": total}],
        "treatment_items": [{"item_id": str(n), "plan_id": "7", "item_code": "613", **item} for n, item in enumerate(items)],
    }
    made = plan(rows, today=TODAY)
    assert made.records["plan:7"].fields["value"] == total / 100
    assert ("plan-total-differs" in {finding.code for finding in made.findings}) == differs


BARE = {"invoice_id": "1", "patient_id": "1620", "date": "2026-09-26"}
LINE = {"line_id": "1", "invoice_id": "1", "item_code": "613"}
LINES = [{**LINE, "total": 4500}, {**LINE, "line_id": "2", "fee": 500, "quantity": 3.0, "discount": 100}]


@pytest.mark.parametrize(
    ("invoice", "lines", "payments", "expected", "said"),
    [
        pytest.param({}, LINES, [], ("Open", 59.0, None), "total 59.00", id="the sum of its lines"),
        pytest.param({}, LINES, [receipt("R1", 5900)], ("Paid", 59.0, 59.0), "total 59.00", id="lines, paid"),
        pytest.param({}, [], [], (None, None, None), "total not known", id="nothing says"),
        pytest.param({}, [], [receipt("R1", 5900)], (None, None, 59.0), "total not known", id="a receipt may be a part"),
        pytest.param({"status": "paid"}, [], [receipt("R1", 5900)], ("Paid", 59.0, 59.0), "total 59.00", id="paid by what names it"),
        pytest.param({"status": "paid"}, [], [receipt("R1", 5900, None)], ("Paid", None, 59.0), "total not known", id="by who knows what"),
        pytest.param({"balance": 0}, [], [receipt("R1", 5900)], ("Paid", 59.0, 59.0), "total 59.00", id="nothing owing any more"),
        pytest.param({"balance": 900}, [], [receipt("R1", 5000)], ("Open", None, 50.0), "total not known", id="owing, of who knows what"),
        pytest.param({"paid": 5000, "balance": 900}, [], [], ("Part paid", 59.0, 50.0), "total 59.00", id="paid and owing"),
        pytest.param({"net": 5000, "gst": 500}, LINES, [], ("Open", 55.0, None), "total 55.00", id="net and GST before the lines"),
        pytest.param({"gst": 500}, [], [], (None, None, None), "total not known", id="GST alone"),
        pytest.param({}, [*LINES, {**LINE, "line_id": "3"}], [], (None, None, None), "total not known", id="a line without an amount"),
        pytest.param({}, [{**LINE, "fee": 5000, "gst": 500}], [], (None, None, None), "total not known", id="a fee with or without GST"),
        pytest.param({"status": "open"}, [], [], ("Open", None, None), "total not known", id="open, for whatever it is"),
        pytest.param({"status": "void"}, [], [], ("Void", 0.0, None), "total not known", id="void"),
        pytest.param({"total": 0}, [], [], ("Paid", 0.0, None), "total 0.00", id="nought where it is given"),
    ],
)  # fmt: skip
def test_a_total_that_nobody_gave_is_not_nought(
    invoice: dict[str, Any], lines: list[dict[str, Any]], payments: list[dict[str, Any]], expected: tuple[Any, ...], said: str
) -> None:
    """It is what lines or receipts prove, else not known: no amount, no status and no sum are made up, and a finding names it."""
    rows = {"patients": [GUNTHER], "invoices": [{**BARE, **invoice}], "invoice_lines": lines, "payments": payments}
    assert result(rows["invoices"], payments, invoice_lines=lines) == {"account:1620": expected}
    made = plan(rows, today=TODAY)
    assert f" · {said}" in made.records["note:invoices:account:1620"].fields["content"]
    is_found = "invoice-total-unknown" in {finding.code for finding in made.findings}
    assert is_found == (said == "total not known" and invoice.get("status") != "void")


def test_a_credit_stands_beside_its_invoice_and_is_no_money() -> None:
    """Of 60.00 the practice writes 20.00 off: the note says so, 40.00 are owed, nothing was received, and the row is accounted for."""
    rows = {"patients": [GUNTHER], "invoices": [INVOICE], "payments": [receipt("C1", 2000, kind="credit")]}
    made = plan(rows, today=TODAY)
    assert "total 60.00 · credited 20.00 · balance 40.00" in made.records["note:invoices:account:1620"].fields["content"]
    assert not [key for key in made.records if key.startswith("history:")]
    (row,) = (row for row in made.row_outcomes if row.key == "payment:C1")
    assert (row.outcome.value, row.ref) == ("folded-into", "note:invoices:account:1620")


def test_an_account_with_an_unknown_total_has_no_sum() -> None:
    """One invoice of 60.00 is paid, the other's total is not known: no sum, no value, and no status but the note says both."""
    rows = {"patients": [GUNTHER], "invoices": [INVOICE, {**BARE, "invoice_id": "2"}], "payments": [receipt("R1", 6000)]}
    assert result(rows["invoices"], rows["payments"]) == {"account:1620": (None, None, 60.0)}
    made = plan(rows, today=TODAY)
    deal, note = made.records["account:1620"], made.records["note:invoices:account:1620"].fields["content"]
    assert "value" not in deal.fields
    assert deal.fields["status"] == "open"
    assert "Invoiced in all: not known; 1 invoice has no total, the others come to 60.00" in note
    assert list(money_summary(tables(rows), made).set_index("measure").loc["invoices, not void"]) == [6000, 6000, 0, 0, 0]


def test_a_treatment_plan_without_amounts_has_no_value() -> None:
    """Neither the plan nor its items say what it costs."""
    rows = {"patients": [GUNTHER], "treatment_plans": [{**PLAN, "total": None}], "treatment_items": [{**ITEM, "fee": None}]}
    made = plan(rows, today=TODAY)
    assert "value" not in made.records["plan:7"].fields
    assert "0.00" not in made.records["note:plan:7"].fields["content"] + made.records["plan:7"].fields["custom:Procedures"]


UNDECIDED = {
    "deposit applied": ("Deposit Applied", 9000, "unknown-payment-kind"),
    "interest": ("Interest charged", -300, "unknown-payment-kind"),
    "rounding": ("Rounding", 2, "unknown-payment-kind"),
    "a transfer": ("Transfer out", -5000, "unknown-payment-kind"),
    "a journal": ("Journal", 5000, "unknown-payment-kind"),
    "no amount": ("payment", None, "no-amount"),
    "no amount and no kind": (None, None, "no-amount"),
    "an instalment to come": ("payment", 5000, "payment-pending", "pending"),
    "declined by the terminal": (None, 5000, "payment-failed", "failed"),
    "of a status that nobody explained": ("payment", 5000, "unknown-payment-status", "Batch 7"),
}


@pytest.mark.parametrize("case", UNDECIDED)
def test_what_nobody_knows_to_be_money_counts_for_nothing_and_waits(case: str) -> None:
    """Sixty received stay sixty; the other row is held with the reason, and it is no line of the payment history."""
    kind, cents, code, *status = UNDECIDED[case]
    other = receipt("R2", 0, None) | {"kind": kind, "amount": cents, "status": status[0] if status else "received"}
    rows = {"patients": [GUNTHER], "invoices": [INVOICE], "payments": [receipt("R1", 6000), other]}
    assert result([INVOICE], rows["payments"]) == {"account:1620": ("Paid", 60.0, 60.0)}
    made = plan(rows, today=TODAY)
    held = {outcome.key: outcome.reason.code for outcome in made.row_outcomes if outcome.outcome == "held" and outcome.reason}
    assert held == {"payment:R2": code}
    assert "R2" not in made.records["history:account:1620"].fields["note"]
    assert (code, ("payment:R2",)) in [(finding.code, finding.keys) for finding in made.findings]


@pytest.mark.parametrize("known", ["payment", "prepayment", None])
def test_kinds_that_bring_money_count(known: str | None) -> None:
    """A payment without a kind is one."""
    assert result([INVOICE], [receipt("R1", 6000, kind=known)]) == {"account:1620": ("Paid", 60.0, 60.0)}


def test_the_money_proof_in_full() -> None:
    """Every measure with its cents by hand: what stands in the plan, what waits, what is left out; the difference is nothing."""
    rows: dict[str, list[dict[str, Any]]] = {
        "patients": [GUNTHER],
        "invoices": [
            INVOICE,
            {**INVOICE, "invoice_id": "2", "total": 1000, "status": "void"},
            {**INVOICE, "invoice_id": "3", "total": 2500, "patient_id": "9999"},
            {**INVOICE, "invoice_id": "4", "total": None},
        ],
        "payments": [
            receipt("R1", 6000),
            receipt("R2", 500, None, kind="prepayment", prepayment_number="PP1"),
            receipt("R3", 500, kind="allocation", prepayment_number="PP1"),
            receipt("R4", 200, None, kind="refund"),
            receipt("R5", 300, None, kind="credit"),
            receipt("R6", 7, None, kind="Rounding"),
            receipt("R7", 50, None, "9999"),
            receipt("R8", 80, None, kind=None),
        ],
        "treatment_plans": [{"plan_id": "1", "patient_id": "1620", "name": "Crown", "status": "accepted", "total": 9000}],
    }
    proof = money_summary(tables(rows), plan(rows, who=people(), today=TODAY))
    assert list(proof.columns) == ["measure", "export_cents", "plan_cents", "held_cents", "excluded_cents", "difference_cents"]
    assert [tuple(row) for row in proof.itertuples(index=False)] == [
        ("invoices, not void", 8500, 6000, 2500, 0, 0),
        ("invoices, void", 1000, 1000, 0, 0, 0),
        ("money received", 6437, 6380, 57, 0, 0),
        ("payments: Rounding", 7, 0, 7, 0, 0),
        ("payments: allocation", 500, 500, 0, 0, 0),
        ("payments: credit", 300, 300, 0, 0, 0),
        ("payments: payment", 6130, 6080, 50, 0, 0),
        ("payments: prepayment", 500, 500, 0, 0, 0),
        ("payments: refund", 200, 200, 0, 0, 0),
        ("treatment plans", 9000, 9000, 0, 0, 0),
    ]


def test_the_money_proof_sees_a_plan_that_says_something_else() -> None:
    """A record whose amounts are gone is a difference, and a deal of another value too: the plan's side is read from its records."""
    rows: dict[str, list[dict[str, Any]]] = {
        "patients": [GUNTHER],
        "invoices": [INVOICE],
        "payments": [receipt("R1", 6000)],
        "treatment_plans": [{"plan_id": "1", "patient_id": "1620", "name": "Crown", "status": "accepted", "total": 9000}],
    }
    made = plan(rows, who=people(), today=TODAY)
    records = {key: record.changed(amounts={}) for key, record in made.records.items()}
    records["plan:1"] = records["plan:1"].changed(fields={**records["plan:1"].fields, "value": 80.0})
    proof = money_summary(tables(rows), replace(made, records=records)).set_index("measure")["difference_cents"]
    assert proof.loc[["invoices, not void", "money received", "treatment plans"]].tolist() == [6000, 6000, 1000]


@pytest.mark.parametrize(
    ("more", "payments", "expected"),
    [
        ({"bill_to_name": "Medibank Private"}, [], {"account:1620:medibank-private": ("Open", 60.0, None)}),
        (
            {"bill_to_name": "DVA"},
            [receipt("R1", 6000, invoice=None)],
            {"account:1620:dva": ("Open", 60.0, None), "account:1620": (None, None, 60.0)},
        ),
        ({"bill_to_name": "DVA"}, [receipt("R1", 6000)], {"account:1620:dva": ("Paid", 60.0, 60.0)}),
        ({"bill_to_name": "Lee, Ann", "bill_to_id": "1621"}, [], {"account:1620": ("Open", 60.0, None)}),
        ({"bill_to_name": None}, [], {"account:1620": ("Open", 60.0, None)}),
    ],
    ids=["an insurer", "the patient's own money is not the insurer's", "paid by name", "another patient", "nobody said"],
)
def test_what_an_insurer_owes_is_no_debt_of_the_patient(
    more: dict[str, Any], payments: list[dict[str, Any]], expected: dict[str, tuple[Any, Any, Any]]
) -> None:
    """An invoice that is billed to somebody who is no patient stands in an account of its own."""
    assert result([{**INVOICE, **more}], payments) == expected


@pytest.mark.parametrize(
    ("method", "country", "words"),
    [
        ("eftpos", "AU", "EFTPOS"),
        ("eftpos", "", "EFTPOS"),
        ("eftpos", "US", "Card"),
        ("eftpos", "GB", "Card"),
        ("cheque", "US", "Check"),
        ("cheque", "NZ", "Cheque"),
        ("hicaps", "AU", "HICAPS"),
        ("cash", "US", "Cash"),
    ],
)
def test_a_way_of_paying_is_called_as_the_country_calls_it(method: str, country: str, words: str) -> None:
    """A card that was swiped in Oregon is no EFTPOS."""
    assert method_in_words(method, country) == words


def test_plans_without_a_total_of_their_own_count_as_their_items() -> None:
    """Two plans whose report has fees alone: 46.00 and 231.50 of one, of which a cancelled 99.00 is no part; 80.00 of the other, whose
    second item waits, being of a status that nobody knows."""
    rows: dict[str, list[dict[str, Any]]] = {
        "patients": [GUNTHER],
        "treatment_plans": [{"plan_id": one, "patient_id": "1620", "name": "Restorative", "status": "accepted"} for one in ("1", "2")],
        "treatment_items": [
            {"item_id": str(number), "plan_id": plan_id, "fee": fee, "status": status}
            for number, (plan_id, fee, status) in enumerate(
                [("1", 4600, "planned"), ("1", 23150, "completed"), ("1", 9900, "cancelled"), ("2", 8000, "planned"), ("2", 500, "Maybe")]
            )
        ],
    }
    proof = money_summary(tables(rows), plan(rows, who=people(), today=TODAY)).set_index("measure")
    assert proof.loc["treatment plans"].tolist() == [36250, 35750, 500, 0, 0]
