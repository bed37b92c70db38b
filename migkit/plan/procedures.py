"""A treatment plan in words and figures: its procedures line by line, its total, its dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migkit.model.objects import ObjectType

from .context import Context
from .rows import Row
from .text import cut_lines


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


def procedures(context: Context, items: Sequence[Row]) -> dict[str, Any]:
    """Return the values `procedures` (a line per item, in the order of the visits) and `procedure_count`; None where there are no items."""
    lines = [line for item in items if (line := _procedure(context, item))]
    return {"procedures": cut_lines(lines) or None, "procedure_count": len(items) or None}


def _procedure(context: Context, item: Row) -> str:
    return context.write.line(
        "procedure",
        item,
        procedure=" ".join(str(part) for part in (item.get("item_code"), item.get("description")) if part),
        quantity=item["quantity"] if item.get("quantity") is not None else 1,
        fee=int(item.get("fee") or 0),
    )


def plan_lines(context: Context, row: Row, items: Sequence[Row], total: int) -> list[str]:
    """Return the whole plan as lines of a note: head, dates, remarks, items, total."""
    write = context.write
    text = [write.line("plan_head", row, provider=context.provider(row)), write.line("plan_dates", row), write.line("plan_notes", row)]
    for item in items:
        more = write.line("procedure_more", item, provider=context.provider(item))
        text.append(", ".join(part for part in (_procedure(context, item), more) if part))
    return [*text, *write.parts("plan_total", row, total=total)]


def plan_name(context: Context, row: Row) -> str:
    """Return what a plan is called, its number where it has no name or the name stays behind."""
    return context.write.visible(ObjectType.DEAL, "title", row).get("name") or f"Treatment plan {row['plan_id']}"
