"""What a later export changes, field by field, as a file that is there before anything is written; and which past months it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from migkit.load import Change, Entry, Op
from migkit.model.records import CUSTOM
from migkit.report import mask
from migkit.source import Merged
from migkit.steps.side_by_side import readable

COLUMNS = ["key", "object", "operation", "field", "before", "after"]
DAY_OF = {"appointments": "date", "invoices": "date", "payments": "date", "clinical_notes": "at", "communications": "at"}
"""Canonical table → the field that says in which month a row counts."""
MONTHS = ["table", "month", "class", "rows"]


def field_changes(todo: Iterable[Change], entries: Mapping[str, Entry], *, show_values: bool = False) -> pd.DataFrame:
    """Return one row per field that would change: key, object, operation, field, before (as we loaded it), after.

    A record that is made, adopted or deleted has one row for each field that it gets or loses. Values are masked unless `show_values`.
    Pure.
    """
    rows = []
    for change in todo:
        if change.op not in (Op.CREATE, Op.UPDATE, Op.ADOPT, Op.DELETE):
            continue
        entry = entries.get(change.key)
        before: Mapping[str, Any] = entry.desired if entry is not None and change.op in (Op.UPDATE, Op.DELETE) else {}
        after = change.record.unbound() if change.record is not None and change.op is not Op.DELETE else {}
        for name in change.fields if change.op is Op.UPDATE else sorted(before.keys() | after.keys()):
            shown = [_shown(image.get(name), show_values) for image in (before, after)]
            rows.append((change.key, str(change.object), str(change.op), name.removeprefix(CUSTOM), *shown))
    return pd.DataFrame(rows, columns=COLUMNS)


def past_months(merged: Merged, earlier: date) -> pd.DataFrame:
    """Return table, month, class, rows: what a later export says anew of months that were over when the earlier one was taken. Pure.

    A practice's figures of such a month were looked at once; they are different now.
    """
    found = merged.classes[merged.classes["class"].isin(("new", "changed", "gone"))]
    rows = []
    for table, field in DAY_OF.items():
        frame = merged.tables.frames.get(table)
        touched = found[found["table"] == table].set_index("key")["class"]
        if frame is None or touched.empty or field not in frame:
            continue
        days = pd.to_datetime(frame.set_index("_key")[field], errors="coerce")
        months = days[~days.index.duplicated()].reindex(touched.index).dropna().dt.strftime("%Y-%m")
        over = months[months < f"{earlier:%Y-%m}"]
        rows += [(table, month, touched[key]) for key, month in over.items()]
    frame = pd.DataFrame(rows, columns=MONTHS[:3])
    return frame.value_counts().rename("rows").reset_index().sort_values(MONTHS[:3], ignore_index=True)


def _shown(value: Any, show_values: bool) -> str:
    if value in (None, "", [], ()):
        return ""
    return readable(value) if show_values else mask(readable(value))
