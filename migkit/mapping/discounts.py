"""Invoices with what they came to before a discount and after it: the sums of their rows say which is the total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from .evidence import Evidence
from .gathered import with_choice
from .proposals import ColumnProposal

_OFF = "discount"
_CENT = 0.005


def after_discount(evidence: Evidence, source: str, columns: Mapping[str, ColumnProposal]) -> dict[str, ColumnProposal]:
    """Return the columns of invoices, the net as the total where it is the gross less a discount in all rows, and there is any.

    The gross then has no home: nobody owes it.
    """
    chosen = {one.choice: name for name, one in columns.items() if one.choice}
    gross, net = chosen.get("total"), chosen.get("net")
    off = [name for name, one in columns.items() if one.choice is None and _OFF in evidence.matcher.lexicon.ideas(name)]
    if gross is None or net is None or len(off) != 1:
        return dict(columns)
    frame = evidence.export.raw.tables[source].frame
    before, less, after = (_amounts(frame[name]) for name in (gross, off[0], net))
    if before.isna().any() or after.isna().any() or not less.any() or (before - less.fillna(0).abs() - after).abs().gt(_CENT).any():
        return dict(columns)
    billed = with_choice(columns[net], "total", f"it is {gross} less {off[0]} in every row: what is billed")
    return {**columns, net: billed, gross: replace(columns[gross], choice=None)}


def _amounts(texts: pd.Series) -> pd.Series:
    return pd.to_numeric(texts.str.replace(r"[^\d.-]", "", regex=True), errors="coerce")
