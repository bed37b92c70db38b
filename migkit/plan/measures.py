"""The measures that dental reports show, each with the Insights report that shows it in Pipedrive.

A measure is written as `sum of invoices.total` or `count of appointments`, or in words (`Aged debtors`), which are looked
up in `WORDS`. A filter is `status is not void`, several joined by `and`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from migkit.model.objects import ObjectType

from .insights import CREATED, Query
from .rows import Row
from .settlement import CREDIT, signed, status_of

Value = Callable[[Row, date], float | None]
"""What a row adds on the day of the export; None: the row does not count."""


@dataclass(frozen=True)
class Measure:
    """What a source report shows, a number over the rows of one table, and how Pipedrive Insights shows it."""

    table: str
    counts: str
    """What is counted."""
    dated_by: str
    """The canonical field by which a period is meant, "" where the report is about the present."""
    is_money: bool
    value: Value
    query: Query | None
    """The report of Insights; None where no field there holds the number."""
    why: str = ""
    """Why Insights can't show the very number."""


_DEALS = Query(ObjectType.DEAL, "Deals: performance", dated_by="Source created")
_PLANS = replace(_DEALS, filters=(("Pipeline", ("Treatment plans",)),))
_ACTIVITIES = Query(ObjectType.ACTIVITY, "Activities: performance", dated_by="Due date")
_PERSONS = Query(ObjectType.PERSON, "Contacts: people", dated_by=CREATED)
_INVOICES = replace(_DEALS, measure="Total_Invoice__c")
_BY_DEAL = "Pipedrive sums by deal: all invoices of a treatment plan, or of a patient's account, count on the day in Source created."
_PAID_BY_DEAL = "Pipedrive sums by deal: all that was paid for it counts on the day in Source created."
_WHOLE = "No field holds what is still owed: the whole invoices of deals of which something is owed are summed, paid parts included."
_OWING = (("Invoice_Status__c", ("Overdue", "Part paid", "Open")),)
_ACCEPTED = (*_PLANS.filters, ("Stage", ("Accepted", "In progress", "Completed")), ("Status", ("open", "won")))

TABLES: Mapping[str, tuple[str, str, Query | None]] = {
    "appointments": ("appointments", "start_at", _ACTIVITIES),
    "recalls": ("recalls", "due_date", _ACTIVITIES),
    "communications": ("communications", "at", _ACTIVITIES),
    "patients": ("persons", "created_at", _PERSONS),
    "treatment_plans": ("plans", "created_date", _PLANS),
    "invoices": ("invoices", "date", None),
    "payments": ("payments", "date", None),
    "leads": ("leads", "created_at", Query(ObjectType.LEAD, "Leads: performance", dated_by="Source created")),
    "products": ("products", "", None),
}
"""Canonical table → what its rows are called, the field by which a period is meant, and the report that counts its records."""

SUMS: Mapping[str, tuple[Query, str]] = {
    "invoices.total": (_INVOICES, _BY_DEAL),
    "invoices.balance": (replace(_INVOICES, filters=_OWING), _WHOLE),
    "payments.amount": (replace(_DEALS, measure="Total_Paid__c"), _PAID_BY_DEAL),
    "treatment_plans.total": (replace(_PLANS, measure="Value"), ""),
}
"""Canonical field → the report that sums it, and why its sum may be another."""

MONEY = {"total", "net", "gst", "paid", "balance", "amount", "fee", "discount", "value", "unit_price", "cost_price", "fund_rebate", "gap"}
"""Canonical fields in cents."""


def _count(test: Callable[[Row], bool] = lambda _: True) -> Value:
    return lambda row, _: 1 if test(row) else None


def _owed(row: Row, today: date) -> float | None:
    if status_of(row, today) not in ("overdue", "part_paid", "open"):
        return None
    balance = row.get("balance") if row.get("balance") is not None or row.get("total") is None else row["total"] - (row.get("paid") or 0)
    return None if balance is None else float(balance)


def _invoiced(row: Row, today: date) -> float | None:
    return None if status_of(row, today) == "void" or row.get("total") is None else float(row["total"])


def _received(row: Row, _: date) -> float | None:
    return None if row.get("kind") in ("allocation", CREDIT) else float(signed(row))


def _status(*wanted: str | None) -> Callable[[Row], bool]:
    return lambda row: row.get("status") in wanted


def _is_active(row: Row) -> bool:
    return row.get("status") in (None, "active") and not row.get("archived")


_NOT_MERGED = replace(_PERSONS, filters=(("Patient status", ("Active", "Inactive", "Archived", "Deceased")),))
_ACTIVE = replace(_PERSONS, filters=(("Patient status", ("Active",)),))
_DUE = replace(_ACTIVITIES, filters=(("Done", ("No",)),))

WORDS: Sequence[tuple[str, str, bool, Value, Query | None, str]] = (
    (r"no.?show|did not attend|\bdna\b|\bfta\b|failed to attend", "appointments", False, _count(_status("did_not_attend")),
     _ACTIVITIES, ""),
    (r"cancel", "appointments", False, _count(_status("cancelled")), _ACTIVITIES, ""),
    (r"appointment|booking|visits?\b|chair", "appointments", False, _count(), _ACTIVITIES, ""),
    (r"new patient|registration", "patients", False, _count(lambda row: row.get("status") not in ("merged", "deleted")), _NOT_MERGED, ""),
    (r"patients?\b", "patients", False, _count(_is_active), _ACTIVE, ""),
    (r"recall", "recalls", False, _count(_status(None, "due", "sent")), _DUE, ""),
    (r"outstanding|debt|overdue|receivable|aged|owing", "invoices", True, _owed, replace(_INVOICES, filters=_OWING), _WHOLE),
    (r"payment|collection|receipt|received|takings|banking", "payments", True, _received, *SUMS["payments.amount"]),
    (r"accept|conversion", "treatment_plans", False, _count(_status("accepted", "in_progress", "completed")),
     replace(_PLANS, filters=_ACCEPTED), ""),
    (r"treatment plan|quote|estimate|pipeline", "treatment_plans", True, lambda row, _: float(row.get("total") or 0),
     *SUMS["treatment_plans.total"]),
    (r"invoice|production|revenue|billing|fees|turnover|income", "invoices", True, _invoiced, *SUMS["invoices.total"]),
    (r"lead|enquir|prospect|referral", "leads", False, _count(), TABLES["leads"][2], ""),
    (r"stock|inventory|product|consumable", "products", False, _count(), None, "Insights reports no products: their list shows stock."),
)  # fmt: skip
"""(words, table, money or a number of rows, value, report, why it shows another number) in the order in which they are tried."""

_NO_FIELD = "No field of Pipedrive holds this number."


def measure_of(text: str | None) -> Measure | None:
    """Return the measure that a text means, None where it means none that is known."""
    words = (text or "").strip().lower()
    if found := re.fullmatch(r"(sum|count)\s+of\s+(\w+)(?:\.(\w+))?", words):
        kind, table, name = found.groups()
        if table not in TABLES or (kind == "sum" and not name):
            return None
        counts, dated_by, query = TABLES[table]
        if kind == "count":
            return Measure(table, counts, dated_by, False, _count(), query, "" if query else _NO_FIELD)
        query, why = SUMS.get(f"{table}.{name}", (None, _NO_FIELD))
        return Measure(table, counts, dated_by, name in MONEY, _sum(name), query, why)
    spelled = words.replace("_", " ")
    for pattern, table, is_money, value, query, why in WORDS if spelled else ():
        if re.search(pattern, spelled):
            return Measure(table, *TABLES[table][:2], is_money, value, query, why)
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
