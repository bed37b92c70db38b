"""A treatment plan in words and figures: its procedures line by line, its total, its dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migkit.model.objects import ObjectType

from .context import Context
from .rows import Row
from .text import cut_lines


def treatment_plan_total(context: Context, row: Row, items: Sequence[Row]) -> int | None:
    """Return the plan's total in cents: as exported, else the sum of its items, None where none of them has an amount; a difference is a
    finding.

    An item is its line total where it has one, else its fee less the discount; a fee is read as the price of one where that fits the
    plan's total, as the price of the line where that does, and with or without GST.
    """
    if row.get("total") is None:
        return sum_of_items(items)
    planned = _planned(items)
    total = int(row["total"])
    fits = any(
        total == sum(_amount(item, per_line=per_line, discounted=discounted, gst=gst) for item in some)
        for some in (planned, items)
        for per_line in (False, True)
        for discounted in (True, False)
        for gst in (False, True)
    )
    if items and not fits:
        context.note_problem("plan-total-differs", "treatment_plans", row["_key"])
    return total


def sum_of_items(items: Sequence[Row]) -> int | None:
    """Return what the items of a plan come to that are not cancelled, in cents; None where none of them has an amount."""
    planned = _planned(items)
    priced = any(item.get(name) is not None for item in planned for name in ("total", "fee"))
    return sum(_amount(item) for item in planned) if priced else None


def _planned(items: Sequence[Row]) -> list[Row]:
    return [item for item in items if item.get("status") != "cancelled"]


def _amount(item: Row, *, per_line: bool = False, discounted: bool = True, gst: bool = False) -> int:
    """Return what an item comes to, in cents."""
    added = int(item.get("gst") or 0) if gst else 0
    if item.get("total") is not None and discounted:
        return int(item["total"]) + added
    quantity = 1 if per_line or item.get("quantity") is None else item["quantity"]
    return round((item.get("fee") or 0) * quantity) - (abs(int(item.get("discount") or 0)) if discounted else 0) + added


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
        fee=item["fee"] if item.get("fee") is not None else item.get("total"),
    )


def treatment_plan_lines(context: Context, row: Row, items: Sequence[Row], total: int | None) -> list[str]:
    """Return the whole plan as lines of a note: head, dates, remarks, items, total."""
    write = context.write
    text = [write.line("plan_head", row, provider=context.provider(row)), write.line("plan_dates", row), write.line("plan_notes", row)]
    for item in items:
        more = write.line("procedure_more", item, provider=context.provider(item))
        text.append(", ".join(part for part in (_procedure(context, item), more) if part))
    return [*text, *write.parts("treatment_plan_total", row, total=total)]


def treatment_plan_name(context: Context, row: Row) -> str:
    """Return what a plan is called, its number where it has no name or the name stays behind."""
    return context.write.visible(ObjectType.DEAL, "title", row).get("name") or f"Treatment plan {row['plan_id']}"
