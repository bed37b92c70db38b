"""Deals with their invoices, payments and procedures, as the truth says they must stand: every cent in one account."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from .target import CONTRACT, SOURCE, Record
from .truth import Row, Truth, day, money

WORST = ("overdue", "part_paid", "open", "paid", "void")
SHOWN = {"overdue": "Overdue", "part_paid": "Part paid", "open": "Open", "paid": "Paid", "void": "Void"}


@dataclass
class Account:
    """What belongs to a plan, or to no plan of a person."""

    person: str
    invoices: list[Row] = field(default_factory=list)
    payments: list[tuple[str, str, int]] = field(default_factory=list)
    """(day, receipt, cents)."""

    @property
    def invoiced(self) -> int:
        return sum(row["total"] for row in self.invoices if row["status"] != "void")

    @property
    def paid(self) -> int:
        return sum(cents for _, _, cents in self.payments)

    @property
    def worst(self) -> str | None:
        return next((status for status in WORST if any(row["status"] == status for row in self.invoices)), None)

    @property
    def days(self) -> list[str]:
        return sorted([row["date"] for row in self.invoices] + [on for on, _, _ in self.payments])


def accounts(truth: Truth) -> dict[str, Account]:
    """Deal key → account. An allocation takes a prepayment out of the payer's account and puts it to the invoice."""
    found: dict[str, Account] = {}
    of_invoice: dict[str, str] = {}

    def loose(patient: str) -> str:
        person = truth.person_of[patient]
        key = f"account:{person.partition(':')[2]}"
        found.setdefault(key, Account(person))
        return key

    for plan in truth.rows("treatment_plans"):
        found[f"plan:{plan['plan_id']}"] = Account(truth.person_of[plan["patient_id"]])
    for invoice in truth.rows("invoices"):
        key = f"plan:{invoice['plan_id']}" if invoice["plan_id"] else loose(invoice["patient_id"])
        found[key].invoices.append(invoice)
        of_invoice[invoice["invoice_id"]] = key
    holder = {row["prepayment_number"]: row["patient_id"] for row in truth.rows("payments") if row["kind"] == "prepayment"}
    for payment in truth.rows("payments"):
        key = of_invoice[payment["invoice_id"]] if payment["invoice_id"] else loose(payment["patient_id"])
        entry = (payment["date"], payment["payment_id"], payment["amount"])
        found[key].payments.append(entry)
        if payment["kind"] == "allocation":
            found[loose(holder[payment["prepayment_number"]])].payments.append((*entry[:2], -payment["amount"]))
    return found


def deals(truth: Truth, persons: dict[str, Record]) -> dict[str, Record]:
    """Deal key → Deal."""
    items: dict[str, list[Row]] = defaultdict(list)
    for item in truth.rows("treatment_items"):
        items[item["plan_id"]].append(item)
    found = {}
    for key, account in accounts(truth).items():
        person = persons[account.person]
        plan = truth.tables["treatment_plans"].get(key.removeprefix("plan:"))
        record = _plan(truth, plan, items[plan["plan_id"]], person) if plan else _account(truth, account, person)
        record |= {
            "person": account.person,
            "org": person.get("org"),
            "currency": truth.currency,
            SOURCE: key,
            "Invoice_Status__c": SHOWN[account.worst] if account.worst else None,
            "Total_Invoice__c": (truth.currency, account.invoiced) if account.invoices else None,
            "Total_Paid__c": (truth.currency, account.paid) if account.payments else None,
        }
        found[key] = {name: value for name, value in record.items() if value is not None}
    return found


def _plan(truth: Truth, plan: Row, items: list[Row], person: Record) -> Record:
    stand = CONTRACT["plan_status"][plan["status"]]
    stage = "Accepted" if plan["status"] == "declined" and plan["accepted_date"] else stand["stage"]
    closed = plan["completed_date" if stand["status"] == "won" else "declined_date"]
    closing = {f"{stand['status']}_time": truth.noon(closed)} if stand["status"] != "open" else {}
    return {
        "title": f"{person['name']} – {plan['name']}",
        "value": plan["total"],
        "pipeline": "Treatment plans",
        "stage": stage,
        "status": stand["status"],
        "owner": truth.user(plan["practitioner_id"], person["owner"]),
        "Source created": plan["created_date"],
        "Procedures": sorted(procedure(item) for item in items) or None,
        "Procedure count": len(items) or None,
        **closing,
    }


def procedure(item: Row) -> str:
    """Code, description, tooth, surfaces, quantity, fee, status."""
    parts = [f"{item['item_code']} {item['description']}"]
    parts += [f"{name} {item[column]}" for name, column in (("tooth", "tooth"), ("surfaces", "surfaces")) if item[column]]
    return ", ".join([*parts, f"qty {item['quantity']}", money(item["fee"]), item["status"]])


def _account(truth: Truth, account: Account, person: Record) -> Record:
    stand = CONTRACT["account_status"][account.worst or ("open" if account.paid else "paid")]
    closing = {f"{stand['status']}_time": truth.noon(account.days[-1])} if stand["status"] != "open" else {}
    return {
        "title": f"{person['name']} – Account",
        "value": account.invoiced,
        "pipeline": "Accounts",
        "stage": stand["stage"],
        "status": stand["status"],
        "lost_reason": "All invoices are void" if stand["status"] == "lost" else None,
        "owner": person["owner"],
        "Source created": account.days[0],
        **closing,
    }


def as_found(record: Record) -> Record:
    """A deal as read, its procedures as sorted lines."""
    shaped = {name: value for name, value in record.items() if value is not None}
    if "Procedures" in shaped:
        shaped["Procedures"] = sorted(shaped["Procedures"].split("\n"))
    return shaped


def histories(truth: Truth, persons: dict[str, Record]) -> dict[str, Record]:
    """Activity key → payment history: its entries and their sum."""
    found = {}
    known = deals(truth, persons)
    for key, account in accounts(truth).items():
        if account.payments:
            found[f"history:{key}"] = {
                "entries": Counter((day(on), receipt, money(cents)) for on, receipt, cents in account.payments),
                "total": f"{money(account.paid)} {truth.currency}",
                "type": CONTRACT["activity_types"]["payments"]["name"],
                "done": True,
                "busy": False,
                "due_date": max(on for on, _, _ in account.payments),
                "person": account.person,
                "deal": key,
                "owner": known[key]["owner"],
            }
    return found


_ENTRY = re.compile(r"^(\d\d \w{3} \d{4}) · .*\breceipt (\S+).* · (-?[\d,]+\.\d\d)$")


def history_as_found(record: Record) -> Record:
    """A payment history as read, its lines taken apart."""
    *entries, total = record["lines"]
    parts = [match.groups() for line in entries if (match := _ENTRY.match(line))]
    assert len(parts) == len(entries), f"{record['id']}: a line of a payment history is none: {entries}"
    names = ("type", "done", "busy", "due_date", "due_time", "duration", "location", "person", "deal", "owner")
    shaped: dict[str, Any] = {name: record[name] for name in names if record[name] is not None}
    return shaped | {"entries": Counter(parts), "total": total.removeprefix("Total: ")}
