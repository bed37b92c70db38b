"""The skip file of a run: the original rows whose records were refused or wait, with reason and what to do; it loads again as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from migkit.load import ApplyResult, Change, EntryState, Ledger
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.model.tables import RawExport
from migkit.source import write_rejects
from migkit.workspace import write_csv


def failed_only(todo: Sequence[Change], ledger: Ledger) -> list[Change]:
    """Return the changes whose record was refused by an earlier run or waits since."""
    failed = set(ledger.entries(state=EntryState.FAILED)) | ledger.holds().keys()
    return [change for change in todo if change.key in failed]


def write_skipped(applied: ApplyResult, todo: Sequence[Change], rows: Mapping[str, str], raw: RawExport, folder: Path) -> list[Path]:
    """Write what a run left: `skipped.csv` (key, code, reason, what to do) and, per source table, its rows as they came.

    `rows`: `file:line` → planned key. Put into an export folder, a table's file is read as rows of that table. Nothing is written
    where nothing was left. Return the paths.
    """
    reasons = {failure.key: failure.reason for failure in applied.failures} | dict(applied.held)
    if not reasons:
        return []
    listed = [(key, why.code, str(why), why.action) for key, why in reasons.items()]
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(pd.DataFrame(listed, columns=["key", "code", "reason", "to_do"]), folder / "skipped.csv")
    planned = {change.key: change.planned_key or change.key for change in todo}
    outcomes = skipped_rows({planned.get(key, key): why for key, why in reasons.items()}, rows)
    unread = replace(raw, lines=raw.lines.iloc[:0])  # what could not be read at all was never near a load
    return [folder / "skipped.csv", *write_rejects(unread, outcomes, folder)]


def skipped_rows(reasons: Mapping[str, Message], rows: Mapping[str, str]) -> list[RowOutcome]:
    """Return one outcome a row whose record is in `reasons`."""
    found = []
    for place, key in rows.items():
        if key in reasons:
            file, _, line = place.rpartition(":")
            found.append(RowOutcome(file, int(line), key.partition(":")[0], key, Outcome.REJECTED, reasons[key]))
    return found
