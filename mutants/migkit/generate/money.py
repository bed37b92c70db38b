"""Invoices, their lines, and what was paid.

Sums that hold to the cent: a line's total = quantity × fee − discount + GST; an invoice's net, GST and total = the sums over its lines;
its paid = the sum of its payments, allocations and reversals; its balance = total − paid (void: 0). Money received = the sum of
payments, prepayments, reversals and refunds; an allocation moves a prepayment to an invoice and is not received twice.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta

from .practice import SINCE, Practice, Record, day_of, iso, total
from .treatment import tooth_of
from .words import stream, words

TERMS = timedelta(days=14)
PATIENCE = timedelta(days=120)
"""How long a part-paid invoice stays "part paid" after it was due."""
PER_PATIENT = 1.25
RECEIVED = ("payment", "prepayment", "reversal", "refund")
SETTLES = ("payment", "allocation", "reversal")
"""Kinds of payment that count towards an invoice."""
PSEUDO_ITEM = "997"
STATUSES = {"paid": 70, "part_paid": 9, "unpaid": 17, "void": 4}


class Ledger:
    """The practice's accounts while they are being filled."""

    def __init__(self, practice: Practice, dice: random.Random) -> None:
        self.practice, self.dice = practice, dice
        self.patients = practice.index("patients")
        self.prepayments = 0

    def invoice(self, day: date, patient: Record, who: Record, plan_id: str | None, lines: Iterable[Record], status: str) -> Record:
        """Add an invoice with its lines; nothing is paid yet."""
        number = f"INV-{10001 + len(self.practice['invoices'])}"
        head = self.patients.get(patient["family_head_id"] or "")
        child = patient["relationship"] == "Child" and head is not None
        record: Record = {
            "invoice_id": number, "date": iso(day), "due_date": iso(day + TERMS), "patient_id": patient["patient_id"],
            "bill_to_id": head["patient_id"] if child and head else None, "practitioner_id": who["practitioner_id"],
            "practitioner_name": who["full_name"], "plan_id": plan_id, "net": 0, "gst": 0, "total": 0, "paid": 0, "balance": 0,
            "status": status, "notes": None,
        }  # fmt: skip
        for place, line in enumerate(lines):
            net = line["quantity"] * line["fee"] - line["discount"]
            self.practice["invoice_lines"].append({
                "line_id": str(120001 + len(self.practice["invoice_lines"])), "line_no": place + 1, "invoice_id": number, **line,
                "total": net + line["gst"], "practitioner_name": who["full_name"],
            })  # fmt: skip
            record["net"] += net
            record["gst"] += line["gst"]
            record["total"] += net + line["gst"]
        self.practice["invoices"].append(record)
        return record

    def payment(self, day: date, patient_id: str, who: str, kind: str, method: str, amount: int, **rest: str | bool | None) -> Record:
        """Add a payment of any kind."""
        record = {
            "payment_id": f"R-{100001 + len(self.practice['payments'])}", "date": iso(day), "patient_id": patient_id, "invoice_id": None,
            "kind": kind, "method": method, "amount": amount, "reference": None, "reversed": False, "prepayment_number": None,
            "allocated_date": None, "practitioner_name": who,
        } | rest  # fmt: skip
        self.practice["payments"].append(record)
        return record


def add_accounts(practice: Practice, seed: int) -> None:
    """Fill invoices, invoice_lines and payments, then the patients' balances."""
    dice = stream(seed, "money")
    ledger = Ledger(practice, dice)
    for day, patient, who, plan_id, lines in sorted(_services(practice, dice), key=lambda service: service[0]):
        status = dice.choices(list(STATUSES), list(STATUSES.values()))[0]
        invoice = ledger.invoice(day, patient, who, plan_id, lines, status)
        _settle(ledger, invoice)
    settle_invoices(practice)
    set_balances(practice)


Service = tuple[date, Record, Record, str | None, list[Record]]


def _services(practice: Practice, dice: random.Random) -> list[Service]:
    """Return what is invoiced: done plan items, visits, sales of products, opening balances."""
    staff = practice.index("practitioners")
    patients = practice.index("patients")
    items = practice.grouped("treatment_items", "plan_id")
    found: list[Service] = []
    for plan in practice["treatment_plans"]:
        done = [item for item in items[plan["plan_id"]] if item["status"] == "completed"]
        if done:
            day = max(day_of(item["completed_date"]) for item in done)
            lines = [_item_line(item) for item in done]
            found.append((day, patients[plan["patient_id"]], staff[plan["practitioner_id"]], plan["plan_id"], lines))
    wanted = round(PER_PATIENT * len(practice["patients"])) - len(found)
    visits = [a for a in practice["appointments"] if a["status"] == "completed" and a["patient_id"] and not a["plan_id"]]
    for number, visit in enumerate(dice.sample(visits, min(len(visits), max(0, wanted)))):
        patient, who = patients[visit["patient_id"]], staff[visit["practitioner_id"]]
        if number % 40 == 0:
            day, lines = SINCE, [_line(PSEUDO_ITEM, "Opening balance", None, 1, dice.randrange(2000, 90000, 5), 0)]
        else:
            day, lines = day_of(visit["date"]), _visit_lines(practice, patient, sells=number % 15 == 1, dice=dice)
        found.append((day, patient, who, None, lines))
    return found


def _item_line(item: Record) -> Record:
    """Return a plan item as an invoice line: the GST inside the quoted fee stands in a column of its own here."""
    fee, gst = item["fee"] - item["gst"], item["gst"] * item["quantity"]
    return _line(item["item_code"], item["description"], item["tooth"], item["quantity"], fee, gst)


def _line(code: str, description: str, tooth: str | None, quantity: int, fee: int, gst: int, discount: int = 0) -> Record:
    return {
        "item_code": code,
        "description": description,
        "tooth": tooth,
        "quantity": quantity,
        "fee": fee,
        "discount": discount,
        "gst": gst,
    }


def _visit_lines(practice: Practice, patient: Record, *, sells: bool, dice: random.Random) -> list[Record]:
    lines = []
    for code in dice.choice(words("dental")["visits"]):
        description, fee, site = words("dental")["items"][code]
        discount = fee // 10 if dice.random() < 0.05 else 0
        lines.append(_line(code, description, tooth_of(patient, code, dice) if site else None, 1, fee, 0, discount))
    if sells:
        product = dice.choice([p for p in practice["products"] if p["gst"]])
        lines.append(_line(product["code"], product["name"], None, 1, product["unit_price"], product["unit_price"] // 10))
    return lines


def _settle(ledger: Ledger, invoice: Record) -> None:
    """Pay an invoice in one of the ways that practices see."""
    dice, day, today = ledger.dice, day_of(invoice["date"]), ledger.practice.as_of
    payer = invoice["bill_to_id"] or invoice["patient_id"]
    who, number, amount = invoice["practitioner_name"], invoice["invoice_id"], invoice["total"]

    def pay(part: int, method: str, after: int = 0, **rest: str | bool | None) -> Record:
        when = min(day + timedelta(days=after), today)
        return ledger.payment(when, payer, who, "payment", method, part, invoice_id=number, **rest)

    method = dice.choices(["eftpos", "cash", "direct", "medicare"], [60, 15, 15, 10])[0]
    chance = dice.random()
    if invoice["status"] == "paid" and (chance < 0.06 or not ledger.prepayments):
        _prepay(ledger, payer, invoice, method)
    elif invoice["status"] == "paid" and chance < 0.40 and ledger.patients[invoice["patient_id"]]["health_fund"]:
        rebate = amount * 55 // 100
        pay(rebate, "hicaps", reference=ledger.patients[invoice["patient_id"]]["health_fund"])
        pay(amount - rebate, method)
    elif invoice["status"] == "paid":
        pay(amount, method, after=dice.choice([0, 0, 0, 7, 20]))
    elif invoice["status"] == "part_paid":
        pay(amount * dice.randint(20, 70) // 100, method, after=dice.choice([0, 5]))
    elif invoice["status"] == "unpaid" and chance < 0.15:
        bounced = pay(amount, "direct", after=1, reversed=True)
        ledger.payment(
            min(day + timedelta(days=4), today), payer, who, "reversal", "direct", -amount,
            invoice_id=number, reference=f"Reversal of {bounced['payment_id']}",
        )  # fmt: skip


def _prepay(ledger: Ledger, payer: str, invoice: Record, method: str) -> None:
    """Pay by a deposit taken earlier, allocated in one or two parts; what is left over stays or goes back."""
    day, today, amount, who = day_of(invoice["date"]), ledger.practice.as_of, invoice["total"], invoice["practitioner_name"]
    dice = ledger.dice
    place = ledger.prepayments
    ledger.prepayments += 1
    left = (5000, 5000, 0, 0, 0)[place % 5]
    number = f"PP-{501 + place}"
    taken = max(SINCE, day - timedelta(days=dice.randint(0, 30)))
    deposit = dice.random() < 0.4
    ledger.payment(
        taken, payer, who, "prepayment", "other" if deposit else method, amount + left,
        prepayment_number=number, reference=f"{PSEUDO_ITEM} deposit" if deposit else None,
    )  # fmt: skip
    first = amount // 2 if dice.random() < 0.3 else amount
    for part, after in ((first, 0), (amount - first, 3)):
        if part:
            when = min(day + timedelta(days=after), today)
            ledger.payment(
                when, payer, who, "allocation", "other", part,
                invoice_id=invoice["invoice_id"], prepayment_number=number, allocated_date=iso(when),
            )  # fmt: skip
    if left and place % 5 == 0:
        ledger.payment(min(day + timedelta(days=9), today), payer, who, "refund", "direct", -left, prepayment_number=number)


def settle_invoices(practice: Practice) -> None:
    """Derive every invoice's paid, balance and status from its payments and the day."""
    by_invoice = practice.grouped("payments", "invoice_id")
    paid = {number: total((p for p in payments if p["kind"] in SETTLES), "amount") for number, payments in by_invoice.items()}
    for invoice in practice["invoices"]:
        invoice["paid"] = paid.get(invoice["invoice_id"], 0)
        if invoice["status"] == "void":
            invoice["balance"] = 0
            continue
        invoice["balance"] = invoice["total"] - invoice["paid"]
        late = practice.as_of - day_of(invoice["due_date"])
        if invoice["balance"] == 0:
            invoice["status"] = "paid"
        elif invoice["paid"]:
            invoice["status"] = "overdue" if late > PATIENCE else "part_paid"
        else:
            invoice["status"] = "overdue" if late > timedelta(0) else "open"


def set_balances(practice: Practice) -> None:
    """Write into every patient what their invoices still ask for, less what they have in unallocated prepayments."""
    owed = {patient: total(invoices, "balance") for patient, invoices in practice.grouped("invoices", "patient_id").items()}
    held = {
        patient: sum(p["amount"] * {"prepayment": 1, "refund": 1, "allocation": -1}.get(p["kind"], 0) for p in payments)
        for patient, payments in practice.grouped("payments", "patient_id").items()
    }
    for patient in practice["patients"]:
        patient["balance"] = owed.get(patient["patient_id"], 0) - held.get(patient["patient_id"], 0)
