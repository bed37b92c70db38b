"""Rows that another row of the same table says whole: they end there, and count once."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from migkit.model.messages import Message
from migkit.model.outcomes import Outcome

from .carry import JOINED
from .log import Log


def fold_rows(table: str, frame: pd.DataFrame, pairs: Mapping[int, int], log: Log) -> pd.DataFrame:
    """Return the frame, with its keys, without the rows that others stand for (row → the other), which end there."""
    if not pairs:
        return frame
    rows, ends = frame.loc[list(pairs)], frame.loc[list(pairs.values())]
    reasons = [Message.of(JOINED, place=f"{file}:{line}") for file, line in zip(ends["_file"], ends["_line"], strict=True)]
    log.set_outcome(table, rows, Outcome.FOLDED_INTO, reasons, ends["_key"].astype(str))
    return frame.drop(index=rows.index)
