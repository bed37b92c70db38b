"""A cell's value as text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any


def cell_text(value: Any) -> str:
    """Return a cell as text: integers without `.0`, dates and times in ISO form, booleans as TRUE and FALSE."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.removesuffix("\n")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, datetime):
        value = _to_second(value)
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes") if value.second == 0 else value.isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value)


def _to_second(value: datetime) -> datetime:
    """Round away what Excel's floating-point days leave: 14:29:59.999995 is 14:30:00."""
    return (value + timedelta(milliseconds=500)).replace(microsecond=0)
