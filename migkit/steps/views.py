"""Views in 20_mapping_review: tried, kept with who and why, and shown with the rows before and after."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pandas as pd

from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.views import Preview, View, make_view, preview
from migkit.workspace import Workspace

NAMED = 5
"""Rows that the table names of each kind."""


def try_view(migration: Migration, sql: str, name: str = "view") -> tuple[Preview, pd.DataFrame]:
    """Return what a SELECT would do to the rows of the export under review, and its first rows with file and line.

    Nothing is kept. Raises DataError where it can be no view.
    """
    raw = migration.readings.raw(migration.under_review)
    table = make_view(raw, View(name, sql))
    return preview(raw, table), table.frame.head(10)


def save_view(migration: Migration, name: str, sql: str, *, by: str, why: str) -> Preview:
    """Keep a view in `decisions/views.yaml`, in place of one of the same name, and return what it does.

    It counts in a migration that is opened later. Raises DataError, and keeps nothing, where it can't be made; UsageError without name
    or reason.
    """
    if not name.strip() or not why.strip():
        raise UsageError("A view needs a name, and the reason why it is there: nothing was kept. Give both.")
    seen, _ = try_view(migration, sql, name.strip())
    workspace = Workspace.open(migration.workspace.path)
    kept = dict(workspace.read_decision("views").get("views") or {})
    kept[name.strip()] = {"sql": sql.strip(), "by": by, "at": datetime.now(UTC).isoformat(timespec="seconds"), "why": why.strip()}
    workspace.write_decision("views", {"version": 1, "views": kept})
    return seen


def drop_view(migration: Migration, name: str) -> None:
    """Take a view out of `decisions/views.yaml`. Raises UsageError where there is none of that name."""
    workspace = Workspace.open(migration.workspace.path)
    kept = dict(workspace.read_decision("views").get("views") or {})
    if name not in kept:
        raise UsageError(f"There is no view {name!r}: decisions/views.yaml has {', '.join(kept) or 'none'}. Nothing was changed.")
    workspace.write_decision("views", {"version": 1, "views": {one: spec for one, spec in kept.items() if one != name}})


def views_frame(migration: Migration) -> pd.DataFrame:
    """Return one row per view: what it means, its rows before and after, the driving rows that it multiplies or loses, who and why.

    Columns: view, means, made of, rows before, rows after, multiplied, lost, which, by, why. A view that can't be made has no rows; the
    finding `view-failed` says why.
    """
    raw = migration.readings.raw(migration.under_review)
    rows = []
    for view in migration.decisions.views:
        known = migration.source_map.tables.get(view.name)
        row: dict[str, Any] = {"view": view.name, "means": (known.table if known else None) or "–"}
        table = raw.tables.get(view.name)
        if table is not None and table.drawn is not None:
            seen = preview(raw, table)
            driving = seen.tables["driving"]
            which = [f"multiplied {one}" for one in seen.multiplied[:NAMED]] + [f"lost {one}" for one in seen.lost[:NAMED]]
            row |= {
                "made of": ", ".join(seen.tables["table"]),
                "rows before": int(seen.tables.loc[driving, "rows"].sum()),
                "rows after": seen.rows,
                "multiplied": len(seen.multiplied),
                "lost": len(seen.lost),
                "which": ", ".join(which),
            }
        rows.append(row | {"by": view.by, "why": view.why})
    columns = ["view", "means", "made of", "rows before", "rows after", "multiplied", "lost", "which", "by", "why"]
    return pd.DataFrame(rows, columns=columns)
