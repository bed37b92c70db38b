"""The whole clean practice, table after table, and the sums that everything must agree with."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from .diary import add_appointments, add_communications, add_recalls
from .money import RECEIVED, add_accounts
from .papers import add_attachments
from .patients import add_patients
from .practice import AS_OF, Practice, Record, total
from .staff import add_leads, add_practitioners, add_products, add_reports, add_workflows
from .treatment import add_notes, add_plans


def build(patients: int, seed: int) -> Practice:
    """Return the practice as it is on the day of the first export."""
    practice = Practice(AS_OF)
    add_practitioners(practice, patients)
    add_patients(practice, patients, seed)
    add_products(practice, seed)
    add_appointments(practice, seed)
    add_plans(practice, seed)
    add_accounts(practice, seed)
    add_notes(practice, seed)
    add_attachments(practice, seed)
    add_leads(practice, seed)
    add_communications(practice, seed)
    add_recalls(practice, seed)
    add_workflows(practice)
    add_reports(practice)
    return practice


def sums(practice: Practice) -> dict[str, Any]:
    """Return control figures in cents: invoiced, received and allocated, also by month, and each report's numbers."""
    received = [p for p in practice["payments"] if p["kind"] in RECEIVED]
    return {
        "plans": total(practice["treatment_plans"], "total"),
        "invoiced": total(practice["invoices"], "total"),
        "received": total(received, "amount"),
        "allocated": total((p for p in practice["payments"] if p["kind"] == "allocation"), "amount"),
        "invoiced_by_month": _by_month(practice["invoices"], "total"),
        "received_by_month": _by_month(received, "amount"),
        "reports": {report["report_id"]: report_numbers(practice, report) for report in practice["reports"]},
    }


def _by_month(records: list[Record], money: str) -> dict[str, int]:
    months: dict[str, int] = defaultdict(int)
    for record in records:
        months[record["date"][:7]] += record[money]
    return dict(sorted(months.items()))


DATES = {"invoices": "date", "appointments": "date", "recalls": "due_date", "treatment_plans": "created_date", "patients": "created_at"}
"""The field by which a report's period is meant."""


def report_numbers(practice: Practice, report: Record) -> dict[str, Any]:
    """Return {total, groups} that a source report must show: cents for sums, a number of rows for counts."""
    _, _, what = report["measure"].partition(" of ")
    table, _, money = what.partition(".")
    first, last = ("-".join(reversed(day.split("/"))) for day in report["period"].split(" to "))
    groups: dict[str, int] = defaultdict(int)
    for record in practice[table]:
        day = record[DATES[table]][:10]
        if first <= day <= last and _kept(record, report["filter"]):
            groups[_group(record, day, report["grouping"])] += record[money] if money else 1
    return {"total": sum(groups.values()), "groups": dict(sorted(groups.items()))}


def _kept(record: Record, rule: str | None) -> bool:
    if not rule:
        return True
    name, _, value = rule.partition(" is ")
    return record[name] != value[4:] if value.startswith("not ") else record[name] == value


def _group(record: Record, day: str, grouping: str) -> str:
    if grouping == "month":
        return day[:7]
    return str(record["practitioner_name" if grouping == "practitioner" else grouping])
