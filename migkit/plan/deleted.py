"""What somebody deleted in Pipedrive and somebody else agreed to: such a record is no longer wanted, nor is what would newly hang on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from migkit.model.canonical import CanonicalSchema
from migkit.model.messages import Message
from migkit.model.objects import OWNING_LINKS
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.model.records import DesiredRecord, Plan

_CARRIED = frozenset({Outcome.FOLDED_INTO, Outcome.MERGED_INTO})


def leave_deleted(plan: Plan, decided: Mapping[str, Message], schema: CanonicalSchema, existing: Collection[str] | None = None) -> Plan:
    """Return the plan without the records in `decided` (key → why), nor those that belong to one and are not in `existing`. Pure.

    `existing` holds the keys of what stands in Pipedrive; None counts everything as standing there. What stands stays planned, without
    its link to what is deleted. Every row that went into a record left out is excluded, and says why.
    """
    if not decided:
        return plan
    left = dict(decided)
    records: dict[str, DesiredRecord] = {}
    for key, record in plan.records.items():  # parents first
        planned = record.links
        links = {name: target for name, target in planned.items() if target not in left}
        stands = existing is None or key in existing
        owner = next((planned[name] for name in OWNING_LINKS if name in planned and name not in links), None)
        if key not in left and owner is not None and not stands and not ("person_id" in links or "lead_id" in links):
            left[key] = Message.of("parent-deleted", key=owner)
        if key not in left:
            records[key] = record if links == planned else record.changed(links=links)
    table = {spec.prefix: name for name, spec in schema.tables.items()}
    rows = {place: key for place, key in plan.rows.items() if key not in left}
    row_outcomes = [
        replace(row, outcome=Outcome.EXCLUDED, reason=left[row.ref]) if row.outcome in _CARRIED and row.ref in left else row
        for row in plan.row_outcomes
    ]
    for place, key in plan.rows.items():
        if key in left:
            file, _, line = place.rpartition(":")
            row = next(iter(plan.records[key].sources), key)
            row_outcomes.append(RowOutcome(file, int(line), table.get(row.partition(":")[0], ""), row, Outcome.EXCLUDED, left[key]))
    return replace(plan, records=records, rows=rows, row_outcomes=tuple(row_outcomes), deleted=left)
