"""Practice-local wall-clock times → UTC, honest about the hours that occur twice or never."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Problem = Literal["", "ambiguous-hour", "nonexistent-hour"]

NOON = 12
"""A bare date is written as noon: it stays the same day for every user within eleven hours of the practice."""


def to_utc(local: datetime, zone: ZoneInfo, *, ambiguous: str = "hold", nonexistent: str = "hold") -> tuple[datetime | None, Problem]:
    """Return the instant of a naive wall-clock time in `zone`, and what was ambiguous about it.

    `ambiguous` (the hour occurs twice) is hold | earlier | later; `nonexistent` (the hour is skipped) is hold | shift,
    which moves the clock on by the length of the gap. Held times come back as None.
    """
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC), ""
    # Before a gap fold=0 has the smaller offset, before an overlap the larger one (PEP 495).
    if (first.utcoffset() or timedelta()) < (second.utcoffset() or timedelta()):
        return (first.astimezone(UTC) if nonexistent == "shift" else None), "nonexistent-hour"
    if ambiguous == "hold":
        return None, "ambiguous-hour"
    return (first if ambiguous == "earlier" else second).astimezone(UTC), "ambiguous-hour"


def nearest_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall-clock time that only dates a record (creation, note): ambiguous hours take the earlier reading."""
    return local.replace(tzinfo=zone).astimezone(UTC)


def noon(day: date, zone: ZoneInfo) -> datetime:
    """Return noon of a bare date in `zone`, in UTC."""
    return nearest_utc(datetime(day.year, day.month, day.day, NOON), zone)


def rfc3339(moment: datetime) -> str:
    """Return `2026-03-01T09:00:00Z`, as v2 writes times."""
    return f"{moment.isoformat()[:19]}Z"


def spaced(moment: datetime) -> str:
    """Return `2026-03-01 09:00:00`, as v1 writes times (notes)."""
    return moment.isoformat(" ")[:19]


def clock(minutes: int) -> str:
    """Return a duration in minutes as `HH:MM:SS`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}:00"
