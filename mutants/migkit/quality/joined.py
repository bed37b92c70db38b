"""Columns that a check across tables needs, joined on before validation: Great Expectations looks at one table at a time."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def joined_frames(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the typed frames with the sums of their children beside them.

    `treatment_plans._items_total` and `invoices._lines_total`: Int64 cents, NA where there are no children.
    """
    joined = dict(frames)
    if "treatment_plans" in frames and "treatment_items" in frames:
        items = frames["treatment_items"]
        items = items[(items["status"] != "cancelled").fillna(True)]
        amounts = items["fee"].astype("Float64") * items["quantity"].fillna(1)
        joined["treatment_plans"] = _with_sum(frames["treatment_plans"], "plan_id", items["plan_id"], amounts, "_items_total")
    if "invoices" in frames and "invoice_lines" in frames:
        lines = frames["invoice_lines"]
        joined["invoices"] = _with_sum(frames["invoices"], "invoice_id", lines["invoice_id"], lines["total"], "_lines_total")
    return joined


def _with_sum(frame: pd.DataFrame, key: str, child_key: pd.Series, amounts: pd.Series, name: str) -> pd.DataFrame:
    sums = amounts.groupby(child_key).sum(min_count=1).round().astype("Int64")
    return frame.assign(**{name: frame[key].map(sums).astype("Int64")})
