"""Receipts in one table and how they were parted among invoices in another: the money is counted once, by its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from migkit.model.messages import Message

from .folded import fold_rows
from .keys import OWN
from .log import Log, labels

_ITS_OWN = ("payment_id", "amount")
"""What a part does not take from its receipt."""
_SAYS_ITSELF = ("patient_id", "patient_name", "date")
"""What a payment of its own says, and a mere part of one does not."""


@dataclass
class Allocated:
    """What became of receipts that another table parts among invoices."""

    folded: dict[int, int] = field(default_factory=dict)
    """Receipt → the first of its parts, which say all of it."""
    held: dict[int, Message] = field(default_factory=dict)
    """Receipts and parts that do not go together."""

    def settle(self, frame: pd.DataFrame, log: Log) -> pd.DataFrame:
        """Return the frame, with its keys, without the receipts that their parts carry; these end there."""
        there = {row: end for row, end in self.folded.items() if row in frame.index and end in frame.index}
        return fold_rows("payments", frame, there, log)


def part_receipts(frame: pd.DataFrame, homes: Mapping[str, str], log: Log) -> tuple[pd.DataFrame, Allocated]:
    """Return the typed payments, before keys, with the parts of receipts completed from them, and what becomes of the receipts.

    Parts are rows of another source table (`homes`: file → source table) that name a receipt by its own number, or by their reference:
    each names an invoice and the receipt none, or there are several. What those for invoices leave of a receipt stays the receipt's; others
    that do not come to it, and more than it, are held with it.
    """
    found = Allocated()
    plain = frame[(frame["kind"].isna() | frame["kind"].eq("payment")) & (frame["amount"] > 0).fillna(False)]
    source = plain["_file"].astype(str).map(lambda file: homes.get(file, ""))
    if source.nunique() < 2:
        return frame, found
    frame = frame.copy()
    for receipts, rows in _pairs(plain, source):
        if _are_parts(rows, receipts.iloc[0]):
            _part(frame, receipts, rows, found, log)
    log.find("parts-differ", "payments", labels(frame, list(found.held)), "amount")
    return frame, found


def _pairs(plain: pd.DataFrame, source: pd.Series) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield each receipt (its row, or the same row in overlapping files) with the rows of other tables that may be its parts."""
    numbered = plain[plain["payment_id"].notna()]
    for _, rows in numbered[numbered["payment_id"].duplicated(keep=False)].groupby("payment_id", sort=False):
        tables = source[rows.index]
        for table in tables.unique() if tables.nunique() > 1 else ():
            own, others = rows[tables.eq(table)], rows[tables.ne(table)]
            used = own["invoice_id"].isna().all() and others["invoice_id"].notna().all()
            if own["amount"].nunique() == 1 and (used or len(others) > 1):
                yield own, others
                break
    free = numbered[numbered["invoice_id"].isna()]
    named = plain[
        plain["invoice_id"].notna() & plain["reference"].isin(set(free["payment_id"])) & ~plain["payment_id"].isin(set(free["payment_id"]))
    ]
    for one, rows in named.groupby("reference", sort=False):
        own = free[free["payment_id"].eq(one)]
        rows = rows[~source[rows.index].isin(set(source[own.index]))]
        if own["amount"].nunique() == 1 and not rows.empty:
            yield own, rows


def _are_parts(rows: pd.DataFrame, receipt: pd.Series) -> bool:
    """Return whether rows say of no payer and no day what the receipt does not say too."""
    return all(
        rows[name].isna().all() or (pd.notna(receipt[name]) and rows[name].dropna().eq(receipt[name]).all()) for name in _SAYS_ITSELF
    )


def _part(frame: pd.DataFrame, receipts: pd.DataFrame, rows: pd.DataFrame, found: Allocated, log: Log) -> None:
    cents, receipt = int(receipts["amount"].iloc[0]), receipts.iloc[0]
    once = rows if rows["_file"].nunique() == 1 else rows.drop_duplicates(["invoice_id", "amount"])  # overlapping exports
    left = cents - int(once["amount"].sum())
    if left < 0 or (left and rows["invoice_id"].isna().any()):
        found.held |= dict.fromkeys([*receipts.index, *rows.index], Message.of("parts-differ"))
        return
    for name in (name for name in frame.columns if name not in (*OWN, *_ITS_OWN)):
        if pd.notna(receipt[name]):
            frame.loc[rows.index, name] = frame.loc[rows.index, name].fillna(receipt[name])
    if not left:
        found.folded |= dict.fromkeys(receipts.index, int(rows.index[0]))
        return
    same = rows.index[rows["payment_id"].eq(receipt["payment_id"]).fillna(False)]  # else its remainder and they would be one
    frame.loc[same, "payment_id"] = rows.loc[same, "payment_id"] + "/" + rows.loc[same, "invoice_id"]
    frame.loc[receipts.index, "amount"] = left
    log.repair("payments", "amount", receipts.index, "part-allocated", receipts["amount"].astype("string"), [str(left)] * len(receipts))
