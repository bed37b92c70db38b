"""A treatment plan in words and figures: its procedures line by line, its total, its dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .context import Context
from .policies import is_sent
from .rows import Row
from .text import cut_lines, money


def plan_total(context: Context, row: Row, items: Sequence[Row]) -> int:
    """Return the plan's total in cents: as exported, else the sum of its items; a difference is a finding.

    A fee is read as the price of one where that fits the total, as the price of the line where that does.
    """
    lines = sum(int(item.get("fee") or 0) for item in items if item.get("status") != "cancelled")
    units = sum(round((item.get("fee") or 0) * (item.get("quantity") or 1)) for item in items if item.get("status") != "cancelled")
    everything = sum(round((item.get("fee") or 0) * (item.get("quantity") or 1)) for item in items)
    if row.get("total") is None:
        return units
    total = int(row["total"])
    if items and total not in (lines, units, everything):
        context.note_problem("plan-total-differs", "treatment_plans", row["_key"])
    return total


def procedures(items: Sequence[Row]) -> dict[str, Any]:
    """Return the values `procedures` (a line per item, in the order of the visits) and `procedure_count`; None where there are no items."""
    return {"procedures": cut_lines([_procedure(item) for item in items]) or None, "procedure_count": len(items) or None}


def _procedure(item: Row) -> str:
    quantity = item.get("quantity") if item.get("quantity") is not None else 1
    facts = [
        " ".join(str(part) for part in (item.get("item_code"), item.get("description")) if part),
        f"tooth {item['tooth']}" if item.get("tooth") else "",
        f"surfaces {item['surfaces']}" if item.get("surfaces") else "",
        f"qty {quantity:g}",
        money(int(item.get("fee") or 0)),
        item.get("status") or "",
    ]
    return ", ".join(fact for fact in facts if fact)


def plan_lines(context: Context, row: Row, items: Sequence[Row], total: int) -> list[str]:
    """Return the whole plan as lines of a note: head, dates, remarks, items, total. Without the items where health data stays behind."""
    dates = [(label, row.get(f"{name}_date")) for name, label in _DATES.items()]
    spans = [f"{label} {moment.strftime('%d %b %Y')}" for label, moment in dates if moment]
    shown = is_sent(context.map, "Procedures", "health")
    title, status = row.get("name") if shown else "", (row.get("status") or "").replace("_", " ")
    head = [f"Treatment plan {row['plan_id']}", title, status, context.provider(row)]
    text = [" · ".join(part for part in head if part), " · ".join(spans), (row.get("notes") if shown else "") or ""]
    for item in items if shown else ():
        extras = [
            f"visit {item['visit']}" if item.get("visit") is not None else "",
            f"GST {money(item['gst'])}" if item.get("gst") else "",
            f"fund rebate {money(item['fund_rebate'])}" if item.get("fund_rebate") else "",
            f"gap {money(item['gap'])}" if item.get("gap") else "",
            f"done {item['completed_date'].strftime('%d %b %Y')}" if item.get("completed_date") else "",
            context.provider(item),
        ]
        text.append(", ".join([_procedure(item), *(extra for extra in extras if extra)]))
    return [*text, f"Total: {money(total)} {context.currency}"]


def plan_name(context: Context, row: Row) -> str:
    """Return what a plan is called, its number where it has no name or health data stays behind."""
    shown = row.get("name") if is_sent(context.map, "Procedures", "health") else None
    return shown or f"Treatment plan {row['plan_id']}"


_DATES = {"created": "created", "presented": "presented", "accepted": "accepted", "completed": "completed", "declined": "declined"}
