"""The measures that dental reports show, each with the Insights report that shows it in Pipedrive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from .billing import signed, status_of
from .rows import Row


@dataclass(frozen=True)
class Measure:
    """One measure that a dental report may show, and how Pipedrive Insights shows it."""

    pattern: str
    table: str
    dated_by: str
    insights: str
    """The Insights report to build."""
    fields: tuple[str, ...]
    """Fields that it stands on."""
    unit: str
    value: Callable[[Row, date], float | None]
    """What a row adds; None: the row does not count."""


def _count(test: Callable[[Row, date], bool]) -> Callable[[Row, date], float | None]:
    return lambda row, today: 1 if test(row, today) else None


def _is_open(row: Row, today: date) -> bool:
    return status_of(row, today) in ("overdue", "part_paid", "open")


def _owing(row: Row, today: date) -> float | None:
    if not _is_open(row, today):
        return None
    balance = row.get("balance")
    return float(balance if balance is not None else (row.get("total") or 0) - (row.get("paid") or 0))


_APPOINTMENT = ("Activity type", "Due date", "Done", "Owner")
_PLAN = ("Pipeline = Treatment plans", "Status", "Won time", "Value", "Owner")
_INVOICE = ("Total_Invoice__c", "Invoice_Status__c", "Pipeline")

MEASURES: Sequence[Measure] = (
    Measure(
        r"no.?show|did not attend|dna|fta|failed to attend",
        "appointments",
        "start_at",
        "Activity performance, type = Appointment – did not attend",
        _APPOINTMENT,
        "appointments",
        _count(lambda row, _: row.get("status") == "did_not_attend"),
    ),
    Measure(
        r"cancel",
        "appointments",
        "start_at",
        "Activity performance, type = Appointment – cancelled",
        _APPOINTMENT,
        "appointments",
        _count(lambda row, _: row.get("status") == "cancelled"),
    ),
    Measure(
        r"appointment|booking|visits?\b|chair",
        "appointments",
        "start_at",
        "Activity performance, types are the appointment types",
        _APPOINTMENT,
        "appointments",
        _count(lambda row, _: True),
    ),
    Measure(
        r"new patients?|registration",
        "patients",
        "created_at",
        "Contact report on Person, by Person created",
        ("Person created", "Patient status", "Owner"),
        "persons",
        _count(lambda row, _: row.get("status") not in ("merged", "deleted")),
    ),
    Measure(
        r"active patients?|patient (count|list|base)",
        "patients",
        "",
        "Contact report on Person, Patient status is Active",
        ("Patient status",),
        "persons",
        _count(lambda row, _: (row.get("status") or "active") == "active" and not row.get("archived")),
    ),
    Measure(
        r"recall",
        "recalls",
        "due_date",
        "Activity performance, type is Recall, done is false",
        ("Activity type", "Due date", "Done"),
        "recalls",
        _count(lambda row, _: row.get("status") in (None, "due", "sent")),
    ),
    Measure(
        r"outstanding|debtor|overdue|receivable|aged|owing",
        "invoices",
        "",
        "Deal performance, Invoice_Status__c is Overdue, Part paid or Open",
        _INVOICE,
        "money",
        _owing,
    ),
    Measure(
        r"payment|collection|receipt|received|takings|banking",
        "payments",
        "date",
        "Deal performance, sum of Total_Paid__c",
        ("Total_Paid__c", "Payment history activities"),
        "money",
        lambda row, _: None if row.get("kind") == "allocation" else float(signed(row)),
    ),
    Measure(
        r"accept|conversion|case",
        "treatment_plans",
        "created_date",
        "Deal conversion in Treatment plans",
        _PLAN,
        "plans",
        _count(lambda row, _: row.get("status") in ("accepted", "in_progress", "completed")),
    ),
    Measure(
        r"treatment plan|quote|estimate|plan value|pipeline",
        "treatment_plans",
        "created_date",
        "Deal performance in Treatment plans, sum of value",
        _PLAN,
        "money",
        lambda row, _: float(row["total"]) if row.get("total") is not None else None,
    ),
    Measure(
        r"invoice|production|revenue|billing|fees|turnover|income",
        "invoices",
        "date",
        "Deal performance, sum of Total_Invoice__c",
        _INVOICE,
        "money",
        lambda row, today: None if status_of(row, today) == "void" else float(row.get("total") or 0),
    ),
    Measure(
        r"lead|enquir|prospect|source|referral",
        "leads",
        "created_at",
        "Lead performance, by Lead source",
        ("Lead source", "Lead label", "Source created"),
        "leads",
        _count(lambda row, _: True),
    ),
    Measure(
        r"stock|inventory|product|consumable",
        "products",
        "",
        "Product list (Insights has no report on stock)",
        ("Stock", "Supplier"),
        "products",
        _count(lambda row, _: True),
    ),
)
"""Measures in the order in which they are tried; the first whose words fit is taken."""
