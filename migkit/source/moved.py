"""Bookings without a number that a later export has at another time: their key is made of it, so that one is gone and one new."""

from __future__ import annotations

from datetime import date

import pandas as pd

from .snapshots import Merged

TABLE = "appointments"
_THE_SAME = ("patient_id", "type", "practitioner_id", "practitioner_name", "duration")
"""What a booking keeps that is moved, as far as a table has it."""
COLUMNS = ("key", "becomes", "patient_id", "type", "was", "is_now")


def moved_bookings(merged: Merged, today: date) -> pd.DataFrame:
    """Return one row per booking that was probably moved, with `COLUMNS`: the gone one's key, the new one's, and their local times.

    Both are to come, neither has a number, and they agree in patient, kind, practitioner and length; where a patient has as many gone as
    new ones of a kind, the earliest is the earliest. Probable, not certain: a patient who cancelled may have booked again.
    """
    frame = merged.tables.frames.get(TABLE)
    if frame is None or frame.empty or not {"start_at", "patient_id"} <= {*frame.columns}:
        return pd.DataFrame(columns=list(COLUMNS))
    classes = merged.classes[merged.classes["table"].eq(TABLE)].set_index("key")["class"]
    known = frame["_key"].map(classes)
    to_come = frame["start_at"].ge(pd.Timestamp(today)) & frame["_key"].str.contains(":~", regex=False) & frame["patient_id"].notna()
    same = [name for name in _THE_SAME if name in frame.columns]
    parts = []
    for kind in ("gone", "new"):
        part = frame.loc[to_come & known.eq(kind), ["_key", "start_at", *same]].sort_values("start_at")
        alike = part.groupby(same, dropna=False)
        parts.append(part.assign(number=alike.cumcount(), of=alike["_key"].transform("size")))
    both = parts[0].merge(parts[1], on=[*same, "number", "of"], suffixes=("", "_now"))
    both = both.rename(columns={"_key": "key", "_key_now": "becomes", "start_at": "was", "start_at_now": "is_now"})
    return both.reindex(columns=list(COLUMNS)).sort_values("key", ignore_index=True)
