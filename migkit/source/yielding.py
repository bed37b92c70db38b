"""What was carried forward and is overtaken: where a later export says otherwise in other words, its own words alone count."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from migkit.model.canonical import CanonicalTable

from .ahead import tell_ahead
from .derive import derive
from .log import Log

_MONEY = ("total", "paid", "balance", "written_off")

OVERTAKEN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "patients": {"status": ("active", "archived")},
    "appointments": {
        "status": ("cancelled", "attended", "did_not_attend"), "cancelled_at": ("cancelled",), "cancelled_reason": ("cancelled",),
    },
    "treatment_items": {"total": ("fee", "quantity", "discount"), "fee": ("total",)},
    "invoices": {
        "status": ("is_paid", *_MONEY),
        "is_paid": ("status", *_MONEY),
        "paid": ("status", "is_paid", *_MONEY),
        "balance": ("status", "is_paid", *_MONEY),
        "total": ("net", "gst"),
        "net": ("total",),
        "gst": ("total",),
    },
    "invoice_lines": {"total": ("fee", "quantity", "discount"), "fee": ("total",)},
    "recalls": {"status": ("due_date", "do_not_recall", "active"), "outcome": ("due_date",), "completed_date": ("due_date",)},
}  # fmt: skip
"""Table → field → the fields that tell something else than it once they change. A mark outranks the status beside it (`derive`): what the
status was before it is not known any more, so a status takes no mark back."""
BY_RECEIPTS = frozenset({"status", "is_paid", "paid", "balance"})
"""Fields of an invoice that a receipt changes."""
_LASTING: Mapping[str, tuple[str, ...]] = {
    "patients": ("deceased", "merged", "deleted"),
    "invoices": ("void", "credit"),
    "recalls": ("cancelled",),
}
"""Table → statuses that none of these fields takes back."""
_MAKING: Mapping[str, tuple[str, ...]] = {
    "appointments": ("cancelled", "cancelled_at", "cancelled_reason", "attended", "did_not_attend"),
    "treatment_plans": ("active", "accepted_date", "declined_date", "completed_date"),
    "treatment_items": ("completed_date", "accepted"),
    "invoices": ("is_paid",),
    "recalls": ("outcome", "completed_date", "do_not_recall", "active"),
    "tasks": ("completed_date",),
}
"""Table → marks and days that make a status where there is none (`derive`)."""


def overtaken(
    table: str, own: pd.DataFrame, earlier: pd.DataFrame, lacking: Collection[str], given: Collection[str], paid_anew: Collection[str]
) -> Iterator[tuple[str, pd.Index]]:
    """Yield field and rows of what is not to be carried forward.

    `own`: the later rows before anything is; `earlier`: what was known, in the same order; `lacking` and `given`: the fields that the later
    rows have no column for, and those that they have one for; `paid_anew`: ids of invoices that other receipts name than before.
    """
    for name, others in OVERTAKEN.get(table, {}).items():
        if name not in lacking:
            continue
        rows = own["invoice_id"].isin(paid_anew) if table == "invoices" and name in BY_RECEIPTS else pd.Series(False, own.index)
        for other in others:
            if other in given:
                rows |= _says_otherwise(own[other], earlier[other])
        if name == "status":
            rows &= ~earlier[name].isin(_LASTING.get(table, ()))
        rows &= own[name].isna()
        if rows.any():
            yield name, own.index[rows]


def outlasting(
    spec: CanonicalTable, own: pd.DataFrame, earlier: pd.DataFrame, given: Collection[str], paid_anew: Collection[str], today: date
) -> pd.Index:
    """Return the rows without a column for the status whose earlier one stays: what they have instead is made of marks and days alone, and
    these are as they were when somebody stated it. Arguments as for `overtaken`; `today` is the later export's day."""
    making = _MAKING.get(spec.name, ())
    rows = own["status"].notna() & earlier["status"].notna()
    if spec.name == "invoices":
        rows &= ~own["invoice_id"].isin(paid_anew)
    for name in {*making, *OVERTAKEN.get(spec.name, {}).get("status", ())} & set(given):
        rows &= ~_differs(own[name], earlier[name])
    if not making or not rows.any():
        return own.index[:0]
    made = derive(spec, own[rows].assign(status=pd.Series(pd.NA, own.index[rows], dtype="string")), Log())
    tell_ahead(spec.name, made, today, Log())
    return made.index[made["status"].eq(own.loc[rows, "status"]).fillna(False).astype(bool)]


def _says_otherwise(now: pd.Series, before: pd.Series) -> pd.Series:
    """Return where a value is another one than before: a mark that is not there is no, and a column that held nothing said nothing."""
    return pd.Series(False, now.index) if before.isna().all() else _differs(now, before)


def _differs(now: pd.Series, before: pd.Series) -> pd.Series:
    if now.dtype == "boolean":
        return now.fillna(False).ne(before.fillna(False)).astype(bool)
    return (now.notna() & (before.isna() | now.ne(before)).fillna(False)).astype(bool)


def paid_otherwise(frames: Mapping[str, pd.DataFrame], earlier: Mapping[str, pd.DataFrame]) -> set[str]:
    """Return the invoices whose receipts the later tables change: they bring another one, or one that says another amount or invoice.

    Where no receipts were known before, nobody knows which are new.
    """
    known = {row[0]: row[1:] for row in _receipts(earlier)}
    found = set()
    for key, *said in _receipts(frames) if known else ():
        before = known.get(key)
        if before is None or before != tuple(said):
            found |= {str(one[0]) for one in (said, before) if one}
    return found - {""}


def _receipts(frames: Mapping[str, pd.DataFrame]) -> Iterator[tuple[Any, ...]]:
    names = ["_key", "invoice_id", "amount", "kind", "status", "reversed"]
    if "payments" in frames:
        yield from frames["payments"].reindex(columns=names).astype(object).fillna("").itertuples(index=False, name=None)
