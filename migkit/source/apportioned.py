"""Payments whose cell names several invoices: `501 ($80.00); 502 ($40.00)` is one receipt over two of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from .cells.money import parse_money
from .family_invoices import BETWEEN
from .log import Log, labels

_LONGEST = 500
"""Characters beyond which a cell is no list of invoices."""
_BETWEEN = re.compile(r"\s*(?:[;&+/\n]|,(?!\d{3}\b)|\band\b)\s*", re.IGNORECASE)
_EVERYWHERE = re.compile(r"\s*(?:[;&+/,\n]|\band\b)\s*", re.IGNORECASE)
_AMOUNT = re.compile(r"[-:=(\[\s]*(?P<amount>\$?-?[\d,]{1,12}\.\d\d)[)\]\s]*")
_CALLED = re.compile(r"(?:inv(?:oice)?s?\b\.?\s*)?(?:no\b\.?\s*)?#?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One invoice of several, with the cents that are said to be for it."""

    invoice: str
    cents: int | None = None


def apportion(frame: pd.DataFrame, invoices: pd.DataFrame | None, lines: pd.DataFrame | None, log: Log) -> pd.DataFrame:
    """Return the payments with one row for each invoice that a row pays, where that is certain to the cent.

    The amounts stand in the cell, or the invoices' totals add up to the payment. The first part keeps the row; the others are rows that no
    line of the export is (`_synthetic`). Where it is not certain the reference is emptied: the receipt
    settles what its payer owes, and the cell is kept in `reference`.
    """
    if invoices is None or frame.empty:
        return frame
    stated = invoices.set_index(invoices["invoice_id"].astype("string"))["total"]
    if lines is not None and len(lines):
        stated = stated.fillna(stated.index.to_series().map(lines.groupby("invoice_id")["total"].sum(min_count=1)))
    totals = {str(number): int(cents) if pd.notna(cents) else None for number, cents in stated.items()}
    written = frame.loc[frame["invoice_id"].notna() & ~frame["invoice_id"].isin(totals.keys()), "invoice_id"]
    found = {row: parts for row, text in written.items() if (parts := read_parts(str(text), totals.keys()) or _of_family(text, totals))}
    for row in [row for row, parts in found.items() if f"{written[row]}{BETWEEN}" in parts[0].invoice]:
        own = f"{written[row]}{BETWEEN}{frame.at[row, 'patient_id']}"
        if own in totals and totals[own] == frame.at[row, "amount"]:
            found[row] = [Part(own)]
    further, certain, open_ = [], [], []
    frame = frame.copy()
    for row, parts in found.items():
        shares = _shares(parts, frame.at[row, "amount"], totals)
        if not shares:
            open_.append(row)
            continue
        certain.append(row)
        for number, (part, cents) in enumerate(zip(parts, shares, strict=True), start=1):
            if number == 1:
                frame.loc[row, ["invoice_id", "amount"]] = [part.invoice, cents]
            else:
                further.append(frame.loc[row].to_dict() | {"invoice_id": part.invoice, "amount": cents})
    log.repair("payments", "invoice_id", certain, "several-invoices", written[certain], frame.loc[certain, "invoice_id"])
    log.find("several-invoices-unclear", "payments", labels(frame, open_), "invoice_id")
    frame.loc[open_, "reference"] = frame.loc[open_, "reference"].fillna(written[open_])
    frame.loc[open_, "invoice_id"] = pd.NA
    if not further:
        return frame
    start = int(frame.index.max()) + 1
    made = pd.DataFrame(further, index=range(start, start + len(further)), columns=frame.columns).astype(frame.dtypes)
    return pd.concat([frame, made.assign(_synthetic=pd.array([True] * len(made), dtype="boolean"))])


def read_parts(text: str, ids: Collection[str]) -> list[Part]:
    """Return the invoices that a cell names beside others or with an amount; [] where a word of it is no invoice's number."""
    if len(text) > _LONGEST:
        return []
    for between in (_BETWEEN, _EVERYWHERE):
        parts = [_part(piece, ids) for piece in between.split(text) if piece.strip()]
        known = [part for part in parts if part is not None]
        if known and len(known) == len(parts) and len({part.invoice for part in known}) == len(known):
            return known
    return []


def _of_family(number: str, ids: Collection[str]) -> list[Part]:
    """Return the parts of a family's invoice of this number, one a patient."""
    return [Part(one) for one in ids if one.startswith(f"{number}{BETWEEN}")]


def _part(piece: str, ids: Collection[str]) -> Part | None:
    called = _CALLED.match(piece)
    bare = piece[called.end() if called else 0 :].strip()
    if bare in ids:
        return Part(bare)
    number = re.split(r"[\s(\[:=]", bare, maxsplit=1)[0]
    said = _AMOUNT.fullmatch(bare[len(number) :])
    return Part(number, parse_money(said["amount"])[0]) if said and number in ids else None


def _shares(parts: Sequence[Part], amount: int | None, totals: Mapping[str, int | None]) -> list[int]:
    """Return the cents for each part, [] where they are not certain."""
    if amount is None or pd.isna(amount):
        return []
    stated = [part.cents for part in parts]
    if None not in stated:
        return [int(cents) for cents in stated if cents is not None] if sum(c or 0 for c in stated) == amount else []
    owed = [cents for part in parts if (cents := totals[part.invoice]) is not None]
    if len(parts) == 1:
        return [int(amount)]
    if any(cents is not None for cents in stated) or len(owed) < len(parts):
        return []
    return owed if sum(owed) == amount else []
