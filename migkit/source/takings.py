"""The same takings, or bookings, in two reports of which one knows no numbers, or neither does: what is shown twice counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

import pandas as pd

from .folded import fold_rows
from .log import Log, labels

_LEAST = 2
"""Rows of a report that must be those of another before it is no chance."""
_SEVERAL = 2
"""Tables that must have rows before those of one can be those of another."""
_CAME_IN = ("payment", "prepayment")
"""Kinds that a report without kinds shows: of money that went out, or of none (a credit note), it would say so."""
_BY_A_FUND = "hicaps"
"""The method of what a health fund paid."""
_OF_A_VISIT = ("type", "duration", "practitioner_id", "practitioner_name")
"""What two bookings of one patient and minute may differ in."""


def fold_same_takings(frame: pd.DataFrame, homes: Mapping[str, str], naming_a_fund: Collection[int], log: Log) -> pd.DataFrame:
    """Return the payments, with their keys and patients, without rows of a table that has no numbers where each of them is the row of
    another table, of one patient, day and sum, and alike in kind, method and invoice. They end there; of two tables without numbers the
    fuller one stays.

    Where some are and others are not, all stay and it is critical. `homes`: file → source table; `naming_a_fund`: rows with a health fund.
    """
    source = _sources(frame, homes)
    if source.nunique() < _SEVERAL:
        return frame
    numbered = _numbered(frame, "payment_id")
    known = frame["patient_id"].notna() & frame["date"].notna() & (frame["amount"] > 0).fillna(False)
    rows = frame[~numbered & known]
    if rows.empty or source[known].nunique() < _SEVERAL:
        return frame
    methods = _methods(frame, source, naming_a_fund)
    folded: dict[int, int] = {}
    gone: set[str] = set()
    for table in reversed(_fullest_first(rows, source)):
        some = rows[source[rows.index].eq(table)]
        others: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for row in frame.index[known & source.ne(table) & ~source.isin(gone)]:
            others[_whose(frame, row)].append(row)
        pairs = {}
        for row in some.index:
            same = others[_whose(frame, row)]
            found = next((one for one in same if _agree(methods[row], methods[one]) and _same_purpose(frame, row, one)), None)
            if found is not None:
                same.remove(found)
                pairs[row] = found
        whole = len(pairs) == int((~numbered & source.eq(table)).sum())
        if len(pairs) >= _LEAST and whole:
            folded |= pairs
            gone.add(table)
        elif len(pairs) >= _LEAST and len(pairs) * 2 >= len(some):
            log.find("takings-in-part", "payments", labels(frame, list(pairs)), "amount")
    log.find("same-takings", "payments", labels(frame, list(folded)), "amount")
    return fold_rows("payments", frame, folded, log)


def fold_same_bookings(frame: pd.DataFrame, homes: Mapping[str, str], log: Log) -> pd.DataFrame:
    """Return the appointments, with their keys and patients, without rows that have no number and are, by patient and start, a booking of
    another table: with its number, a list of reminders shows the book again; without, two reports show it, and the fuller one's stays.
    They end there. A clean with the hygienist and an exam with the dentist at one time are not one."""
    source = _sources(frame, homes)
    if source.nunique() < _SEVERAL:
        return frame
    numbered = _numbered(frame, "appointment_id")
    known = frame["patient_id"].notna() & frame["start_at"].notna()
    order = {table: place for place, table in enumerate(_fullest_first(frame, source))}
    without = source[~numbered & known].map(order).sort_values(kind="stable").index
    booked: dict[tuple[object, object], int] = {}
    pairs = {}
    rows = frame.loc[[*frame.index[numbered & known], *without]]
    for row, patient, start in zip(rows.index, rows["patient_id"], rows["start_at"], strict=True):
        first = booked.setdefault((patient, start), row)
        if first != row and not numbered[row] and source[first] != source[row] and not _two_visits(frame, row, first):
            pairs[row] = first
    log.find("same-bookings", "appointments", labels(frame, [row for row, one in pairs.items() if not numbered[one]]), "start_at")
    return fold_rows("appointments", frame, pairs, log)


def _two_visits(frame: pd.DataFrame, row: int, other: int) -> bool:
    """Return whether two bookings of one patient and minute differ in all that both say of type, length and practitioner, twice or more."""
    both = [(frame.at[row, name], frame.at[other, name]) for name in _OF_A_VISIT if name in frame]
    said = [one == another for one, another in both if pd.notna(one) and pd.notna(another)]
    return len(said) >= _LEAST and not any(said)


def _sources(frame: pd.DataFrame, homes: Mapping[str, str]) -> pd.Series:
    return frame["_file"].astype(str).map(lambda file: homes.get(file, file))


def _numbered(frame: pd.DataFrame, name: str) -> pd.Series:
    return ~frame[name].astype("string").str.startswith("~").fillna(True)


def _fullest_first(frame: pd.DataFrame, source: pd.Series) -> list[str]:
    """Return the source tables of a frame, those whose rows say most first."""
    filled = frame.notna().sum(axis=1).groupby(source[frame.index]).mean()
    return [str(table) for table in filled.sort_values(ascending=False, kind="stable").index]


def _whose(frame: pd.DataFrame, row: int) -> tuple[object, ...]:
    return frame.at[row, "patient_id"], frame.at[row, "date"], frame.at[row, "amount"]


def _methods(frame: pd.DataFrame, source: pd.Series, naming_a_fund: Collection[int]) -> pd.Series:
    """Return how each row was paid as far as its report says it: one without methods whose rows all name a health fund shows what these
    paid, and no card did."""
    named = pd.Series(frame.index.isin(list(naming_a_fund)), index=frame.index) & frame["method"].isna()
    return frame["method"].mask(named.groupby(source).transform("all"), _BY_A_FUND)


def _same_purpose(frame: pd.DataFrame, row: int, other: int) -> bool:
    """Return whether two rows may be one payment by their kinds and invoices: a refund is no credit note, and what one report alone calls
    so is no plain payment of the other."""
    one, another = frame.at[row, "kind"], frame.at[other, "kind"]
    alike = one == another if pd.notna(one) and pd.notna(another) else {one, another} - {pd.NA} <= {*_CAME_IN}
    return alike and _agree(frame.at[row, "invoice_id"], frame.at[other, "invoice_id"])


def _agree(one: object, other: object) -> bool:
    """Return whether two reports do not contradict each other in what a payment is."""
    return bool(pd.isna(one) or pd.isna(other) or one == other)
