"""The measures that dental reports show, each with the Insights report that shows it in Pipedrive.

A measure is written as `sum of invoices.total` or `count of appointments`, or in words (`Aged debtors`), which are looked
up in `WORDS`. A filter is `status is not void`, several joined by `and`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .rows import Row
from .settlement import signed, status_of

Value = Callable[[Row, date], float | None]
"""What a row adds on the day of the export; None: the row does not count."""


@dataclass(frozen=True)
class Insight:
    """How Pipedrive Insights shows what stands in one canonical table."""

    report: str
    fields: tuple[str, ...]
    dated_by: str
    """The canonical field by which a period is meant, "" where the report is about the present."""
    counts: str
    """What is counted."""


@dataclass(frozen=True)
class Measure:
    """What a source report shows: a number over the rows of one table."""

    table: str
    insight: Insight
    is_money: bool
    value: Value


_ACTIVITY = ("Activity type", "Due date", "Done", "Owner")

INSIGHTS: Mapping[str, Insight] = {
    "appointments": Insight("Activity performance over the appointment types", _ACTIVITY, "start_at", "appointments"),
    "recalls": Insight("Activity performance, type is Recall", _ACTIVITY, "due_date", "recalls"),
    "communications": Insight("Activity performance over Call, Email, SMS, Letter", _ACTIVITY, "at", "communications"),
    "patients": Insight("Contact report on Person", ("Person created", "Patient status", "Owner"), "created_at", "persons"),
    "treatment_plans": Insight("Deal performance in Treatment plans", ("Stage", "Status", "Value", "Owner"), "created_date", "plans"),
    "invoices": Insight("Deal performance, sum of Total_Invoice__c", ("Total_Invoice__c", "Invoice_Status__c"), "date", "invoices"),
    "payments": Insight("Deal performance, sum of Total_Paid__c", ("Total_Paid__c", "Payment history"), "date", "payments"),
    "leads": Insight("Lead performance by Lead source", ("Lead source", "Lead label", "Source created"), "created_at", "leads"),
    "products": Insight("The product list (Insights reports no stock)", ("Stock", "Supplier"), "", "products"),
}
"""Canonical table → how Insights shows it."""

MONEY = {"total", "net", "gst", "paid", "balance", "amount", "fee", "discount", "value", "unit_price", "cost_price", "fund_rebate", "gap"}
"""Canonical fields in cents."""


def _count(test: Callable[[Row], bool] = lambda _: True) -> Value:
    return lambda row, _: 1 if test(row) else None


def _owing(row: Row, today: date) -> float | None:
    if status_of(row, today) not in ("overdue", "part_paid", "open"):
        return None
    balance = row.get("balance") if row.get("balance") is not None or row.get("total") is None else row["total"] - (row.get("paid") or 0)
    return None if balance is None else float(balance)


def _invoiced(row: Row, today: date) -> float | None:
    return None if status_of(row, today) == "void" or row.get("total") is None else float(row["total"])


def _received(row: Row, _: date) -> float | None:
    return None if row.get("kind") == "allocation" else float(signed(row))


def _status(*wanted: str | None) -> Callable[[Row], bool]:
    return lambda row: row.get("status") in wanted


def _is_active(row: Row) -> bool:
    return row.get("status") in (None, "active") and not row.get("archived")


WORDS: Sequence[tuple[str, str, bool, Value]] = (
    (r"no.?show|did not attend|\bdna\b|\bfta\b|failed to attend", "appointments", False, _count(_status("did_not_attend"))),
    (r"cancel", "appointments", False, _count(_status("cancelled"))),
    (r"appointment|booking|visits?\b|chair", "appointments", False, _count()),
    (r"new patient|registration", "patients", False, _count(lambda row: row.get("status") not in ("merged", "deleted"))),
    (r"patients?\b", "patients", False, _count(_is_active)),
    (r"recall", "recalls", False, _count(_status(None, "due", "sent"))),
    (r"outstanding|debt|overdue|receivable|aged|owing", "invoices", True, _owing),
    (r"payment|collection|receipt|received|takings|banking", "payments", True, _received),
    (r"accept|conversion", "treatment_plans", False, _count(_status("accepted", "in_progress", "completed"))),
    (r"treatment plan|quote|estimate|pipeline", "treatment_plans", True, lambda row, _: float(row.get("total") or 0)),
    (r"invoice|production|revenue|billing|fees|turnover|income", "invoices", True, _invoiced),
    (r"lead|enquir|prospect|referral", "leads", False, _count()),
    (r"stock|inventory|product|consumable", "products", False, _count()),
)
"""(words, table, money or a number of rows, value) in the order in which they are tried."""


def measure_of(text: str | None) -> Measure | None:
    """Return the measure that a text means, None where it means none that is known."""
    words = (text or "").strip().lower()
    if found := re.fullmatch(r"(sum|count)\s+of\s+(\w+)(?:\.(\w+))?", words):
        kind, table, name = found.groups()
        if table not in INSIGHTS or (kind == "sum" and not name):
            return None
        value: Value = _sum(name) if kind == "sum" else _count()
        return Measure(table, INSIGHTS[table], kind == "sum" and name in MONEY, value)
    spelled = words.replace("_", " ")
    for pattern, table, is_money, value in WORDS if spelled else ():
        if re.search(pattern, spelled):
            return Measure(table, INSIGHTS[table], is_money, value)
    return None


def filter_of(text: str | None, columns: Sequence[str]) -> Callable[[Row], bool] | None:
    """Return the test that a filter means, None where it is none or is not understood."""
    tests: list[tuple[str, bool, str]] = []
    for part in re.split(r"\s+and\s+", (text or "").strip()):
        found = re.fullmatch(r"(\w+)\s+(?:is|=)\s+(not\s+)?(.+)", part)
        if not found or found[1] not in columns:
            return None
        tests.append((found[1], found[2] is None, found[3].strip("'\"")))
    return lambda row: all((str(row.get(name)) == value) is wanted for name, wanted, value in tests)


def _sum(name: str) -> Value:
    return lambda row, _: float(row[name]) if row.get(name) is not None else None
