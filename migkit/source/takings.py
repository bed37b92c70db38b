"""The same takings, or bookings, in two reports of which one knows no numbers: what is shown twice counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from .folded import fold_rows
from .log import Log, labels

_LEAST = 2
"""Rows of a report that must be those of another before it is no chance."""


def fold_same_takings(frame: pd.DataFrame, homes: Mapping[str, str], log: Log) -> pd.DataFrame:
    """Return the payments, with their keys and patients, without rows of a table that has no numbers where each of them is the row of
    another table that has: of one patient, day, sum and method. They end there.

    Where some are and others are not, all stay and it is critical. `homes`: file → source table.
    """
    source = frame["_file"].astype(str).map(lambda file: homes.get(file, file))
    numbered = ~frame["payment_id"].astype("string").str.startswith("~").fillna(True)
    known = frame["patient_id"].notna() & frame["date"].notna() & (frame["amount"] > 0).fillna(False)
    rows = frame[~numbered & known]
    if rows.empty or not (numbered & known).any():
        return frame
    folded: dict[int, int] = {}
    for table, some in rows.groupby(source[rows.index], sort=False):
        others: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for row in frame.index[numbered & known & source.ne(table)]:
            others[_whose(frame, row)].append(row)
        pairs = {}
        for row in some.index:
            same = others[_whose(frame, row)]
            found = next((one for one in same if _method(frame, row) in (None, _method(frame, one)) or _method(frame, one) is None), None)
            if found is not None:
                same.remove(found)
                pairs[row] = found
        whole = len(pairs) == int((~numbered & source.eq(table)).sum())
        if len(pairs) >= _LEAST and whole:
            folded |= pairs
        elif len(pairs) >= _LEAST and len(pairs) * 2 >= len(some):
            log.find("takings-in-part", "payments", labels(frame.loc[list(pairs)]), "amount")
    log.find("same-takings", "payments", labels(frame.loc[list(folded)]), "amount")
    return fold_rows("payments", frame, folded, log)


def fold_same_bookings(frame: pd.DataFrame, homes: Mapping[str, str], log: Log) -> pd.DataFrame:
    """Return the appointments, with their keys and patients, without rows that have no number and are, by patient and start, a booking with
    a number of another table: a list of reminders shows the book again. They end there."""
    source = frame["_file"].astype(str).map(lambda file: homes.get(file, file))
    numbered = ~frame["appointment_id"].astype("string").str.startswith("~").fillna(True)
    known = frame["patient_id"].notna() & frame["start_at"].notna()
    booked = {(frame.at[row, "patient_id"], frame.at[row, "start_at"]): row for row in frame.index[numbered & known][::-1]}
    pairs = {row: booked.get((frame.at[row, "patient_id"], frame.at[row, "start_at"])) for row in frame.index[~numbered & known]}
    return fold_rows("appointments", frame, {row: one for row, one in pairs.items() if one is not None and source[one] != source[row]}, log)


def _whose(frame: pd.DataFrame, row: int) -> tuple[object, ...]:
    return frame.at[row, "patient_id"], frame.at[row, "date"], frame.at[row, "amount"]


def _method(frame: pd.DataFrame, row: int) -> str | None:
    method = frame.at[row, "method"]
    return None if pd.isna(method) else str(method)


SHOWN_TWICE = {"payments": fold_same_takings, "appointments": fold_same_bookings}
"""Canonical table → what folds its rows that another report shows with their numbers."""
