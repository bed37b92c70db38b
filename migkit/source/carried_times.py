"""Bookings of which a later export has not all columns of time: what it has none for goes with what it says, and the length is kept."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from .derive import at_clock

TIMES = ("date", "start_time", "start_at", "end_time", "end_at", "duration")


def times_of_moved(own: pd.DataFrame, earlier: pd.DataFrame, lacking: Collection[str]) -> pd.DataFrame:
    """Return the `lacking` fields of time of those bookings of which the later rows say otherwise than the earlier ones.

    `own`: the later rows with what follows from their own columns, before anything is carried forward; `earlier`: what was known, in the
    same order. A booking that begins at another time is as long as it was, unless its length is said anew; one of which the end alone is
    said begins as long before it. What cannot be told is left empty.
    """
    said = [own[name].notna() & earlier[name].notna() & own[name].ne(earlier[name]) for name in TIMES]
    moved = pd.concat(said, axis=1).any(axis=1)
    own, earlier = own[moved], earlier[moved]
    length = pd.to_timedelta(own["duration"].fillna(earlier["duration"]).astype("Float64").astype("float64"), unit="m")
    day = own["date"].fillna(earlier["date"])
    end = own["end_at"].fillna(at_clock(day, own["end_time"]))
    before_end = (end - length).where(own["start_time"].isna())
    start = own["start_at"].fillna(before_end).fillna(at_clock(day, own["start_time"].fillna(earlier["start_time"])))
    end = end.fillna(start + length)
    minutes = ((end - start).dt.total_seconds() / 60).round().astype("Int64")
    found = {
        "date": start.dt.normalize().fillna(day),
        "start_time": start.dt.strftime("%H:%M").astype("string"),
        "start_at": start.astype("datetime64[us]"),
        "end_time": end.dt.strftime("%H:%M").astype("string"),
        "end_at": end.astype("datetime64[us]"),
        "duration": minutes.mask((minutes < 0).fillna(False)),
    }
    return pd.DataFrame({name: found[name] for name in TIMES if name in lacking}, index=own.index)
