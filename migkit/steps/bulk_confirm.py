"""`migkit confirm`: confirm proposals in bulk, as an act of its own that says what it confirmed and what it left."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd

from migkit.mapping import confirm, extend, replay, unconfirmed
from migkit.migration import Migration, critical_conflicts
from migkit.model.errors import UsageError
from migkit.model.mapping import ColumnMap, SourceMap, dump_mapping
from migkit.model.words import number_of


@dataclass(frozen=True)
class BulkConfirmation:
    """What was confirmed, and what waits for somebody to look."""

    confirmed: pd.DataFrame
    """One row per column: table, column, means, confidence."""
    left: pd.DataFrame
    """The same, and why it was left."""

    def to_text(self) -> str:
        """Return both lists for people."""
        said = f"{number_of(len(self.confirmed), 'column was', 'columns were')} confirmed, {len(self.left):,} left."
        lists = [("Confirmed", self.confirmed), ("Left: decide these in 20_mapping_review", self.left)]
        return "\n\n".join([*(f"{title}:\n{frame.to_string(index=False)}" for title, frame in lists if len(frame)), said])


def confirm_proposals(workspace: str | os.PathLike[str], *, at_least: float, by: str, table: str | None = None) -> BulkConfirmation:
    """Confirm what is proposed with a confidence of at least `at_least` (0-1), in the whole map or in one source table, and save it.

    A column that has values is never left out in bulk, and nothing that a critical conflict is about is confirmed. Raises UsageError
    for a name, a share or a table that cannot be.
    """
    if not by.strip() or not 0 <= at_least <= 1:
        raise UsageError("Confirming in bulk needs a name (--by) and a confidence between 0 and 1 (--at-least). Nothing was confirmed.")
    migration = Migration.open(workspace)
    whole, shown = migration.source_map, _shown(migration)
    if table is not None and table not in shown.tables:
        raise UsageError(f"There is no source table {table!r}: choose one of {', '.join(shown.tables)}. Nothing was confirmed.")
    when = datetime.now(UTC).isoformat(timespec="seconds")
    reasons, changed = _reasons_to_leave(migration, shown, at_least), shown
    rows: list[tuple[tuple[str, ...], str]] = []
    for source, name in unconfirmed(shown):
        if table in (None, source):
            column, why = shown.tables[source].columns[name], reasons.get((source, name), "")
            rows.append(((source, name, _means(column), f"{column.confidence or 0:.2f}"), why))
            changed = changed if why else confirm(changed, table=source, column=name, by=by, at=when)
    migration.workspace.write_decision("mapping", dump_mapping(extend(whole, changed)))
    names = ["table", "column", "means", "confidence"]
    confirmed = pd.DataFrame([row for row, why in rows if not why], columns=names)
    return BulkConfirmation(confirmed, pd.DataFrame([(*row, why) for row, why in rows if why], columns=[*names, "why it was left"]))


def _shown(migration: Migration) -> SourceMap:
    """Return the map as the review shows it: of the first export, or replayed for the later one."""
    snapshot, decided = migration.under_review, migration.source_map
    if migration.decisions.source_map is None:
        return decided
    raw, proposals = migration.readings.raw(snapshot), migration.proposals_of(snapshot)
    return replay(decided, raw, proposals, migration.decisions.policies["incremental_columns"])[0]


def _reasons_to_leave(migration: Migration, shown: SourceMap, at_least: float) -> dict[tuple[str, str], str]:
    proposals = migration.proposals_of(migration.under_review)
    found: dict[tuple[str, str], str] = {}
    for source, table in shown.tables.items():
        for name, column in table.columns.items():
            profile = proposals.tables[source].columns[name].profile if source in proposals.tables else None
            is_empty = profile is not None and not profile.filled
            if not column.to and not column.new_field:
                if not is_empty:
                    found[source, name] = "it has values and no home"
            elif (column.confidence or 0) < at_least:
                found[source, name] = f"less sure than {at_least:g}"
    for finding in critical_conflicts(migration):
        for source, table in shown.tables.items():
            for name in table.columns:
                if source in finding.keys or f"{source}.{name}" in finding.keys:
                    found[source, name] = str(finding)
    return found


def _means(column: ColumnMap) -> str:
    return column.to or (f"new field {column.new_field.label}" if column.new_field else "left out")
