"""What became of every physical row of every file, and the proof that it adds up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

import pandas as pd

from migkit.load import EntryState, EntrySummary, Ledger, Operation, Origin, WriteState, find_aliases
from migkit.model.canonical import CanonicalSchema
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.model.records import Plan

COLUMNS = ["file", "line", "table", "key", "outcome", "reason", "ref"]
LAYOUT = "layout"
UNACCOUNTED = "unaccounted"
"""A line that neither plan nor ledger knows: there must be none."""

_CARRIED = frozenset({Outcome.FOLDED_INTO, Outcome.MERGED_INTO})


def row_outcomes(plan: Plan, ledger: Ledger, lines: pd.DataFrame, schema: CanonicalSchema, run: str | None = None) -> pd.DataFrame:
    """Return one row per data line: file, line, table, key, outcome, reason (a `Message`, None where there is none), ref.

    `lines` is `RawExport.lines`. A row's outcome is that of its table's primary record. Over the whole migration (`run`
    None) a record that stands in Pipedrive is created or matched, whatever was changed in it later; for one run it is
    created, updated or matched where that run did so, else unchanged. A row that is carried inside a record which does not
    stand there (yet) shares that record's outcome instead of being called folded or merged.
    """
    outcomes = _RowOutcomes(plan, ledger, run, chain(plan.records, plan.rows.values()))
    decided = {(row.file, row.line): row for row in plan.row_outcomes}
    table_of = {table.prefix: table.name for table in schema.tables.values()}
    rows = []
    for file, line, kind, why in zip(lines["file"], lines["line"], lines["kind"], lines["reason"], strict=True):
        if kind == LAYOUT:
            continue
        known = decided.get((file, line))
        if known is not None:
            outcome, reason = outcomes.of_row(known)
            rows.append((file, line, known.table, known.key, outcome, reason, known.ref))
            continue
        key = plan.rows.get(f"{file}:{line}")
        if key is not None:
            outcome, reason = outcomes.of_record(key)
            row_key = plan.records[key].sources[0] if key in plan.records and plan.records[key].sources else key
            rows.append((file, line, table_of.get(row_key.partition(":")[0], ""), row_key, outcome, reason, key if key != row_key else ""))
        elif kind == "reject":
            rows.append((file, line, "", "", Outcome.REJECTED.value, None if pd.isna(why) or not why else Message.of(str(why)), ""))
        else:
            rows.append((file, line, "", "", UNACCOUNTED, Message.of("unaccounted"), ""))
    return pd.DataFrame(rows, columns=COLUMNS)


def outcome_table(rows: pd.DataFrame, lines: pd.DataFrame, by: str = "file") -> pd.DataFrame:
    """Return the proof: one row per file (or `by="table"`) and a last one `all`, a column per outcome, layout, lines, `adds_up`.

    By file, `adds_up` says that outcomes plus layout make the number of physical lines, and that no row is unaccounted for.
    By table layout lines belong to no table, so `lines` counts data rows.
    """
    counted = rows.groupby([by, "outcome"], dropna=False).size().unstack(fill_value=0)
    order = [outcome.value for outcome in Outcome if outcome.value in counted.columns]
    counted = counted[[*order, *(name for name in counted.columns if name not in order)]].astype("int64")
    if by == "file":
        counted = counted.reindex(sorted(set(lines["file"])), fill_value=0)
        counted[LAYOUT] = lines[lines["kind"] == LAYOUT].groupby("file").size().reindex(counted.index, fill_value=0)
        counted["lines"] = lines.groupby("file").size().reindex(counted.index, fill_value=0)
    else:
        counted["lines"] = counted.sum(axis=1)
    counted.loc["all"] = counted.sum()
    accounted = counted.drop(columns=["lines", UNACCOUNTED], errors="ignore").sum(axis=1)
    counted["adds_up"] = accounted == counted["lines"]
    return counted.rename_axis(by).rename_axis(None, axis=1).reset_index()


def row_outcome_of(key: str, plan: Plan, ledger: Ledger) -> tuple[str, Message | None, str]:
    """Return (outcome, reason, ref) of one row or record over the whole migration."""
    row = next((row for row in plan.row_outcomes if row.key == key), None)
    outcomes = _RowOutcomes(plan, ledger, None, [key if row is None else row.ref])
    if row is not None:
        return (*outcomes.of_row(row), row.ref)
    return (*outcomes.of_record(key), "")


_NOT_LOADED = Message.of("not-loaded")
_PENDING = {
    EntryState.UNDONE: Message.of("rolled-back"),
    EntryState.DELETED: Message.of("was-deleted"),
    EntryState.PENDING: Message.of("write-cut-short"),
}
"""Why a record does not stand in Pipedrive, by what the ledger knows of it."""

DELTA = "delta"
"""The step that writes what a later export changed."""


class _RowOutcomes:
    """What became of records, looked up once."""

    def __init__(self, plan: Plan, ledger: Ledger, run: str | None, keys: Iterable[str]) -> None:
        """`keys`: the records that are asked about, in the plan's keys."""
        self._plan = plan
        self._aliases: Mapping[str, str] = find_aliases(plan, ledger)
        self._summaries = ledger.summaries(self._aliases.get(key, key) for key in keys)
        self._holds = ledger.holds()
        self._run = run
        runs = [run] if run else sorted(ledger.runs_of(DELTA))
        done = [write for one in runs for write in ledger.writes(one) if write.state in (WriteState.SUCCEEDED, WriteState.RESOLVED)]
        self._updated = {write.key for write in done if write.operation is Operation.UPDATE}

    def of_record(self, key: str) -> tuple[str, Message | None]:
        """Return (outcome, reason) of a planned record."""
        loaded = self._aliases.get(key, key)
        found = self._summaries.get(loaded)
        if found is not None and found.is_live:
            return self._of_live(loaded, found), None
        if loaded in self._holds:
            return Outcome.HELD.value, self._holds[loaded]
        if found is not None and found.state is EntryState.FAILED and found.error:
            return Outcome.FAILED.value, found.error
        return Outcome.PENDING.value, _PENDING.get(found.state, _NOT_LOADED) if found else _NOT_LOADED

    def _of_live(self, key: str, found: EntrySummary) -> str:
        if self._run is None and key in self._updated and found.origin is Origin.CREATED:
            return Outcome.UPDATED.value
        if self._run is None or found.run == self._run:
            return (Outcome.CREATED if found.origin is Origin.CREATED else Outcome.MATCHED).value
        return (Outcome.UPDATED if key in self._updated else Outcome.UNCHANGED).value

    def of_row(self, row: RowOutcome) -> tuple[str, Message | None]:
        """Return (outcome, reason) of a row that was decided before a record was planned."""
        if row.outcome in _CARRIED and row.ref in self._plan.records:
            outcome, reason = self.of_record(row.ref)
            if outcome == Outcome.PENDING:
                return outcome, reason
            if outcome in (Outcome.HELD, Outcome.FAILED) and reason is not None:
                return outcome, Message.of("carrier-waits", key=row.ref, why=reason)
        return row.outcome.value, row.reason
