"""60_delta: rows that a later export lacks: which, what became of them, and a person's word on their records."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.model.words import number_of
from migkit.report import IN_REPORT
from migkit.source import Merged
from migkit.steps.live import Live, newest, renew

UNDECIDED = "undecided"
ALL, MOVED = "all that are undecided", "the bookings that seem moved"
CHOICES = {"their records shall go too": "delete", "they stay in Pipedrive": "keep", "that is taken back: undecided": UNDECIDED}
"""What a person may say of rows that are gone → what becomes of their records."""
_DAYS = ("start_at", "date", "due_date", "at", "created_date", "created_at")
"""Fields that say when something was, the first that a table has."""
COLUMNS = ["table", "key", "patient", "when", "decided"]
MOST = 200
"""Rows that the form offers one by one."""


def gone_frame(merged: Merged, decided: Mapping[str, str]) -> pd.DataFrame:
    """Return one row per row that the newest export lacks: table, key, patient (key), when, decided (undecided | delete | keep)."""
    classes = merged.classes[merged.classes["class"].eq("gone")]
    rows = []
    for table, keys in classes.groupby("table")["key"]:
        frame = merged.tables.frames.get(str(table), pd.DataFrame(columns=["_key"])).drop_duplicates("_key").set_index("_key")
        day = next((name for name in _DAYS if name in frame.columns), None)
        for key in keys:
            row = frame.loc[key] if key in frame.index else pd.Series(dtype=object)
            patient = row.get("patient_id")
            when = row.get(day) if day else None
            told = f"patient:{patient}" if pd.notna(patient) and table != "patients" else ""
            rows.append((str(table), str(key), told, str(when) if pd.notna(when) else "", decided.get(str(key), UNDECIDED)))
    return pd.DataFrame(rows, columns=COLUMNS)


def undecided_rows(migration: Migration) -> pd.DataFrame:
    """Return the rows that are gone and of which nobody decided, as `gone_frame` gives them; none while there is only one export."""
    if migration.delta is None:
        return pd.DataFrame(columns=COLUMNS)
    found = gone_frame(migration.delta.merged, migration.decisions.gone)
    return found[found["decided"].eq(UNDECIDED)]


def gone_widget(migration: Migration, delta: Live[Any], *, by: str) -> Any:
    """Return the form in which rows that are gone are decided on, or None in a report; nothing where none is gone."""
    if os.environ.get(IN_REPORT):
        return None
    return delta.widget(lambda found: None if found is None or found.gone.empty else _form(migration, found.gone, found.moved, by))


def _form(migration: Migration, gone: pd.DataFrame, moved: pd.DataFrame, by: str) -> Any:
    from migkit.widgets import Asked, Done, FormBox

    groups = {ALL: list(gone.loc[gone["decided"].eq(UNDECIDED), "key"])} | ({MOVED: list(moved["key"])} if len(moved) else {})

    def act(answers: Mapping[str, str]) -> Done:
        keys = groups.get(answers["which"], [answers["which"]])
        if not keys:
            raise UsageError("Nothing is undecided: choose a row by its key. Nothing was changed.")
        decide_gone(newest(migration), keys, CHOICES[answers["what"]], by)
        renew()
        return Done(f"Decided for {number_of(len(keys), 'row')}, as stands above. Nothing is written before the delta is approved.")

    which = Asked("which", "Rows", choices=(*groups, *gone["key"].head(MOST)))
    return FormBox([which, Asked("what", "What is true", choices=tuple(CHOICES))], button="Decide", act=act)


def decide_gone(migration: Migration, keys: Sequence[str], choice: str, by: str) -> None:
    """Write to `decisions/delta.yaml` that records which are gone from a later export are kept, or deleted; `undecided` takes that back."""
    document = migration.workspace.read_decision("delta")
    others = {key: was for key, was in (document.get("gone") or {}).items() if key not in set(keys)}
    gone = others if choice == UNDECIDED else {**others, **dict.fromkeys(keys, choice)}
    migration.workspace.write_decision("delta", {"version": 1, **document, "gone": gone, "by": by})
