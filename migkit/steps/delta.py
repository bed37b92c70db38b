"""60_delta: what a later export changes; shown first, then written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from migkit.load import ApplyResult, Change
from migkit.migration import Migration
from migkit.migration.gates import BEFORE_LOAD, require
from migkit.model.messages.mapping import QUESTIONS
from migkit.steps.audit import findings_frame
from migkit.steps.load import carry_out, changes


@dataclass(frozen=True)
class DeltaView:
    """What the later export changes."""

    snapshot: str
    classes: pd.DataFrame
    """One row per table: new, changed, gone, unchanged."""
    rows: pd.DataFrame
    """One row per new, changed or gone row: table, key, class, changed fields. No values."""
    questions: pd.DataFrame
    """Findings, one per table, column or code of this export that nobody decided on: it holds only itself."""
    file: Path
    """The same rows as a file."""


def look_at_delta(migration: Migration, run_id: str) -> DeltaView | None:
    """Write the delta file into the run's folder and return what is in it; None while there is only one export."""
    if migration.delta is None:
        return None
    found = migration.delta.merged.classes
    rows = found[found["class"] != "unchanged"].reset_index(drop=True)
    path = migration.workspace.run_folder(run_id) / "delta.csv"
    rows.to_csv(path, index=False)
    counts = found.groupby(["table", "class"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["new", "changed", "gone", "unchanged"], fill_value=0).reset_index()
    asked = tuple(f for f in migration.delta.merged.tables.findings if f.code in QUESTIONS)
    return DeltaView(migration.delta.snapshot.name, counts, rows, findings_frame(asked), path)


def merge_delta(migration: Migration, *, run_id: str, wait: bool = False) -> ApplyResult:
    """Write what the approved delta changes. Raises GateClosed before the first write where a decision is missing."""
    require(migration, *BEFORE_LOAD, "delta")
    document = migration.workspace.read_decision("delta")
    names = [snapshot.name for snapshot in migration.snapshots[1:]]
    migration.workspace.write_decision("delta", {"version": 1, **document, "merged": names})
    return carry_out(migration, changes(migration), step="delta", run_id=run_id, wait=wait)


def change_set(todo: list[Change]) -> pd.DataFrame:
    """Return one row per object and operation: how many records."""
    frame = pd.DataFrame([(str(change.object), str(change.op)) for change in todo], columns=["object", "operation"])
    return frame.value_counts().rename("records").reset_index().sort_values(["object", "operation"], ignore_index=True)
