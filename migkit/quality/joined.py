"""Columns that a check across tables needs, joined on before validation: Great Expectations looks at one table at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd


def joined_frames(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the typed frames with the sums of their children beside them.

    `treatment_plans._items_total` and `invoices._lines_total`: Int64 cents, NA where none says an amount.
    """
    joined = dict(frames)
    if "treatment_plans" in frames and "treatment_items" in frames:
        plans, items = frames["treatment_plans"], frames["treatment_items"]
        items = items[(items["status"] != "cancelled").fillna(True) & ~_is_deleted(items)]
        joined["treatment_plans"] = plans.assign(_items_total=_as_stated(plans["total"], _sums(plans["plan_id"], items, "plan_id")))
    if "invoices" in frames and "invoice_lines" in frames:
        invoices, lines = frames["invoices"], frames["invoice_lines"]
        sums = _sums(invoices["invoice_id"], lines[~_is_deleted(lines)], "invoice_id")
        joined["invoices"] = invoices.assign(_lines_total=_as_stated(invoices["total"], sums))
    return joined


def _is_deleted(rows: pd.DataFrame) -> pd.Series:
    return rows["deleted"].eq(True).fillna(False)


def _sums(parents: pd.Series, rows: pd.DataFrame, key: str) -> list[pd.Series]:
    """Return what the rows of each parent may come to: their totals, else their fees less the discounts that they state; fees as the price
    of one or of all of it, without or with the GST beside them, and the fees before the discounts."""
    fee, quantity = rows["fee"].astype("Float64"), rows["quantity"].fillna(1)
    discount, gst = rows["discount"].abs().fillna(0), rows["gst"].fillna(0)
    stated = [rows["total"].astype("Float64").fillna(price - discount) for price in (fee * quantity, fee)]
    ways = [*stated, *(amounts + gst for amounts in stated), fee * quantity]
    return [parents.map(amounts.groupby(rows[key]).sum(min_count=1).round().astype("Int64")).astype("Int64") for amounts in ways]


def _as_stated(total: pd.Series, sums: Sequence[pd.Series]) -> pd.Series:
    """Return the sum that is the total where one is, else the first."""
    found = sums[0]
    for other in sums[1:]:
        found = found.mask(other.eq(total).fillna(False), other)
    return found
