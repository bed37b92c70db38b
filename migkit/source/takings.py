"""The same takings in two reports, of which one knows no receipt numbers: money that is shown twice counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from migkit.model.messages import Message
from migkit.model.outcomes import Outcome

from .carry import JOINED
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
    folded: list[int] = []
    into: list[int] = []
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
            folded, into = folded + list(pairs), into + list(pairs.values())
        elif len(pairs) >= _LEAST and len(pairs) * 2 >= len(some):
            log.find("takings-in-part", "payments", labels(frame.loc[list(pairs)]), "amount")
    if not folded:
        return frame
    ends = frame.loc[into]
    reasons = [Message.of(JOINED, place=f"{file}:{line}") for file, line in zip(ends["_file"], ends["_line"], strict=True)]
    log.set_outcome("payments", frame.loc[folded], Outcome.FOLDED_INTO, reasons, ends["_key"].astype(str))
    log.find("same-takings", "payments", labels(frame.loc[folded]), "amount")
    return frame.drop(index=folded)


def _whose(frame: pd.DataFrame, row: int) -> tuple[object, ...]:
    return frame.at[row, "patient_id"], frame.at[row, "date"], frame.at[row, "amount"]


def _method(frame: pd.DataFrame, row: int) -> str | None:
    method = frame.at[row, "method"]
    return None if pd.isna(method) else str(method)
