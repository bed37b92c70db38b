"""How a sensitive value is shown where it need not be read: its shape, not its content."""

from __future__ import annotations

import re
from datetime import datetime

import pandas as pd

from migkit.model.canonical import CanonicalSchema


def mask(value: object) -> str:
    """Return the shape of a value: letters as x, digits as 9, the first character kept when there are more than three."""
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    text = f"{value:%Y-%m-%d}" if isinstance(value, datetime) else str(value)
    shape = re.sub(r"\d", "9", re.sub(r"[^\W\d_]", "x", text))
    return text[0] + shape[1:] if len(text) > 3 and text[0].isalpha() else shape


def mask_frame(frame: pd.DataFrame, schema: CanonicalSchema, table: str) -> pd.DataFrame:
    """Return a copy of a typed table in which every field that is not plain (`sensitivity: none`) is masked."""
    fields = schema[table].fields
    masked = frame.copy()
    for column in frame.columns:
        spec = fields.get(str(column))
        if str(column).startswith("custom:") or (spec and spec.sensitivity != "none"):
            masked[column] = frame[column].map(mask).astype("string")
    return masked
