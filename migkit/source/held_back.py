"""Rows of a later export of which nobody said yet what they mean: the record stays as an earlier export told it until that is decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from migkit.model.canonical import CanonicalSchema
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome
from migkit.model.tables import CanonicalTables

from .log import Log, labels

WAITING = (
    ("invoices", "status", "unknown-invoice-status"),
    ("invoices", "kind", "unknown-invoice-kind"),
    ("payments", "status", "unknown-payment-status"),
    ("payments", "kind", "unknown-payment-kind"),
    ("payments", "amount", "no-amount"),
    ("treatment_plans", "status", "unknown-plan-status"),
    ("treatment_items", "status", "unknown-item-status"),
)
"""Table, field, and why a row waits of which that field cannot be read. The plan holds it for the same reasons; what was made of it before
would be taken out of its deal, or the deal be taken away."""


def hold_back(new: CanonicalTables, previous: CanonicalTables, schema: CanonicalSchema) -> CanonicalTables:
    """Return the later tables without the rows that wait where an earlier export said what they mean; they are held, with the reason.

    So `merge_snapshots` keeps the earlier rows. A row that is new, or that waited before, goes on to the plan, which holds it.
    """
    frames, log = dict(new.frames), Log()
    for table, name, code in WAITING:
        now, before = frames.get(table), previous.frames.get(table)
        if now is None or before is None or now.empty or before.empty:
            continue
        values = schema[table].fields[name].values
        known = before.loc[_is_known(before[name], values), "_key"]
        waits = ~_is_known(now[name], values) & now["_key"].isin(known)
        if not waits.any():
            continue
        rows = now[waits]
        log.set_outcome(table, rows, Outcome.HELD, [Message.of(code)] * len(rows), [""] * len(rows))
        log.find(code, table, labels(rows))
        frames[table] = now[~waits].reset_index(drop=True)
    if not log.findings:
        return new
    row_outcomes, findings = (*new.row_outcomes, *log.row_outcomes), (*new.findings, *log.findings)
    return replace(new, frames=frames, row_outcomes=row_outcomes, findings=findings)


def _is_known(column: pd.Series, values: Iterable[str]) -> pd.Series:
    """Return where a value can be read: of a code one that has a meaning, or none at all; of an amount one that is there."""
    known = [*values]
    return column.isna() | column.isin(known) if known else column.notna()
