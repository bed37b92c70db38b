"""A booking that stands in several rows of one file, a row a service or a row a slot: one booking, with all its services, as long as all of
its slots."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from migkit.model.messages import Message
from migkit.model.outcomes import Outcome

from .keys import joined_text
from .log import Log, labels

_SERVICE = ("type", "notes")
"""What may differ from service to service."""
_TIMES = ("start_at", "start_time", "end_at", "end_time", "duration")
_LONGEST_SLOT = 30
"""Minutes of a slot: rows that lie further apart are bookings of their own, or versions of one."""
_SURE = 3
"""Slots of unknown length that one number must have before they are no versions of one booking: with two, it may have been moved."""


def join_bookings(frame: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Return the typed bookings, with their keys, in which the rows of one file that are services or slots of one booking are one row.

    The first row keeps the booking; the others end as folded into it. Rows of one number that differ in anything else stay as they are:
    they may be versions. Rows without numbers are slots where no row of their file says how long it lasts, and they are alike in all but
    the time.
    """
    found = [*_numbered(frame), *_slots(frame)]
    if not found:
        return frame
    frame = frame.copy()
    for rows in found:
        first, *others = rows
        _join(frame, rows)
        reason = Message.of("row-of-booking", place=f"{frame.at[first, '_file']}:{frame.at[first, '_line']}")
        gone = frame.loc[others]
        log.set_outcome("appointments", gone, Outcome.FOLDED_INTO, [reason] * len(gone), [frame.at[first, "_key"]] * len(gone))
    log.find("rows-of-booking", "appointments", labels(frame, [rows[0] for rows in found]))
    return frame.drop(index=[row for rows in found for row in rows[1:]])


def _numbered(frame: pd.DataFrame) -> list[list[int]]:
    """Return the rows of each number that are services or slots of one booking."""
    again = frame.duplicated(["_file", "_key"], keep=False) & ~_made(frame)
    if not again.any():
        return []
    given = frame[again]
    return [list(map(int, rows.index)) for _, rows in given.groupby(["_file", "_key"], sort=False) if _is_one(rows)]


def _is_one(rows: pd.DataFrame) -> bool:
    if any(rows[name].nunique(dropna=False) > 1 for name in _said(rows) if name not in _SERVICE):
        return False
    if all(rows[name].nunique(dropna=False) == 1 for name in _TIMES):
        return any(rows[name].nunique() > 1 for name in _SERVICE)
    return _touch(rows, _SURE) and rows["start_at"].is_monotonic_increasing


def _slots(frame: pd.DataFrame) -> list[list[int]]:
    """Return the rows without numbers that are slots of one booking, one after the other."""
    named = frame["patient_id"].notna() | frame["patient_name"].notna()
    is_loose = _made(frame) & frame["start_at"].notna() & named
    if not is_loose.any():
        return []
    loose = frame[is_loose]
    silent = loose["duration"].isna().groupby(loose["_file"]).transform("all")
    loose = loose[silent.astype(bool)]
    alike, found = _said(loose), list[list[int]]()
    for _, rows in loose.groupby("_file"):
        starts = rows["start_at"].drop_duplicates().sort_values()
        step = starts.diff()[starts.diff() > pd.Timedelta(0)].min()
        if pd.isna(step) or step > pd.Timedelta(minutes=_LONGEST_SLOT):
            continue
        for _, same in rows.groupby(joined_text(rows, alike), sort=False):
            ordered = same.sort_values("start_at", kind="stable")
            runs = ordered["start_at"].diff().ne(step).cumsum()
            found += [[int(row) for row in run.index] for _, run in ordered.groupby(runs) if len(run) > 1]
    return found


def _made(frame: pd.DataFrame) -> pd.Series:
    """Return which rows have no number of their own, but one made of what they say."""
    return frame["appointment_id"].str.startswith("~").fillna(True).astype(bool)


def _said(rows: pd.DataFrame) -> list[str]:
    """Return the fields that say something of a booking beside its number and its time."""
    return [name for name in rows if not name.startswith("_") and name not in (*_TIMES, "appointment_id")]


def _touch(rows: pd.DataFrame, least: int) -> bool:
    """Return whether each row begins where the one before ends; where no row says when it ends, whether at `least` so many are all equally
    far apart."""
    gaps = rows["start_at"].diff().iloc[1:]
    if rows["end_at"].notna().all():
        return bool(rows["start_at"].iloc[1:].to_numpy().tolist() == rows["end_at"].iloc[:-1].to_numpy().tolist())
    is_even = gaps.nunique() == 1 and pd.Timedelta(0) < gaps.iloc[0] <= pd.Timedelta(minutes=_LONGEST_SLOT)
    return bool(rows["end_at"].isna().all() and len(rows) >= least and is_even)


def _join(frame: pd.DataFrame, rows: Sequence[int]) -> None:
    """Put in the first row (in place) all services of a booking, and when its last slot ends."""
    first, whole = rows[0], frame.loc[list(rows)]
    services = list(dict.fromkeys(whole["type"].dropna()))
    notes = list(dict.fromkeys(whole["notes"].dropna()))
    said = [f"Services: {'; '.join(services)}"] if len(services) > 1 else []
    frame.at[first, "notes"] = "\n".join([*said, *notes]) or pd.NA
    if whole["start_at"].nunique() > 1:
        step = whole["start_at"].diff().iloc[-1]
        end = whole["end_at"].iloc[-1] if pd.notna(whole["end_at"].iloc[-1]) else whole["start_at"].iloc[-1] + step
        frame.at[first, "end_at"], frame.at[first, "end_time"] = end, f"{end:%H:%M}"
        frame.at[first, "duration"] = round((end - whole["start_at"].iloc[0]).total_seconds() / 60)
