"""`migkit plan`, `status` and `explain`: look, never write."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from migkit.import_files import not_arrived
from migkit.load import Change, EntryState, Op, to_write
from migkit.migration import Migration, import_rounds, states
from migkit.migration.target import spent, with_target
from migkit.model.account import AccountSchema
from migkit.model.cost import daily_tokens
from migkit.model.messages import Message
from migkit.model.words import number_of
from migkit.pipedrive import Pipedrive
from migkit.plan import count_tokens
from migkit.preflight import plan_of_days
from migkit.reconcile import Explanation, explain, read_records
from migkit.steps.routes import routes_frame
from migkit.workspace import csv_text, write_atomically


@dataclass(frozen=True)
class Shown:
    """An answer for people and for machines."""

    document: Mapping[str, Any]
    text: str

    def to_json(self) -> Mapping[str, Any]:
        """Return the document."""
        return self.document

    def to_text(self) -> str:
        """Return the same for people."""
        return self.text


def show_plan(workspace: str | os.PathLike[str]) -> Shown:
    """Return what would be written now: records by object and operation, tokens, days; and write the list to `work/plan.csv`."""
    migration = Migration.open(workspace)
    todo = migration.changes()
    settings = migration.workspace.settings
    tokens = sum(change.tokens for change in todo)
    days = plan_of_days(count_tokens(migration.plan), settings.subscription_plan, settings.seats, settings.reserve_pct)
    counts: dict[str, dict[str, int]] = {}
    for change in todo:
        per = counts.setdefault(str(change.object), {})
        per[str(change.op)] = per.get(str(change.op), 0) + 1
    listed = pd.DataFrame(
        [(c.key, str(c.object), str(c.op), ", ".join(c.fields), why) for c, why in zip(todo, reasons_of(migration, todo), strict=True)],
        columns=["key", "object", "operation", "fields", "why"],
    )
    routes = routes_frame(migration)
    path = migration.workspace.work / "plan.csv"
    write_atomically(path, csv_text(listed))
    document = {
        "plan": migration.plan.digest(),
        "records": counts,
        "tokens": tokens,
        "tokens_of_the_whole_plan": count_tokens(migration.plan).total,
        "days_of_the_whole_plan": days.days,
        "routes": routes.to_dict(orient="records"),
        "list": str(path),
    }
    table = pd.DataFrame(counts).T.fillna(0).astype(int).to_string() if counts else "nothing"
    text = (
        f"To do:\n{table}\n\n{tokens:,} tokens now; the whole plan takes {days.days} days on {settings.subscription_plan}. "
        f"The list: {path}\n\n"
        f"The ways to load the whole plan:\n{routes.drop(columns=['keeps']).to_string(index=False)}"
    )
    return Shown(document, text)


def reasons_of(migration: Migration, todo: Sequence[Change]) -> Iterator[str]:
    """Yield why each change is made or waits, or goes by the API though its file was imported; "" where that needs no word."""
    tried = import_rounds.tried(import_rounds.rounds(migration.workspace))
    for change in todo:
        sent = not_arrived(tried[change.key]) if change.op is Op.CREATE and change.key in tried else ""
        yield str(change.reason or sent)


def show_status(workspace: str | os.PathLike[str]) -> Shown:
    """Return where the migration stands: gates, snapshots, records by state, what is held, tokens and days left."""
    migration = Migration.open(workspace)
    settings = migration.workspace.settings
    records = {str(state): number for state in EntryState if (number := len(migration.ledger.entries(state=state)))}
    todo, reasons = migration.changes(), migration.ledger.holds()
    to_do = to_write(todo, reasons)
    left = sum(change.tokens for change in to_do)
    waits = {change.key for change in todo if change.op is not Op.SKIP} - {change.key for change in to_do}
    held = [_held(change.key, change.reason or reasons.get(change.key)) for change in todo if change.key in waits]
    held += [_held(row.key, row.reason) for row in migration.plan.row_outcomes if row.outcome == "held"]
    a_day = int(daily_tokens(settings.subscription_plan, settings.seats) * (100 - settings.reserve_pct) / 100)
    snapshots = [snapshot.name for snapshot in migration.workspace.snapshots()]
    gates = states(migration)
    document = {
        "practice": settings.practice,
        "snapshots": snapshots,
        "gates": gates,
        "ledger": dict(records),
        "held": held,
        "tokens_spent": spent(migration.workspace),
        "tokens_left_to_spend": left,
        "days_left": round(left / a_day, 2),
    }
    following = _waiting(migration) or _next(gates, len(to_do))
    lines = [f"{settings.practice}: {len(snapshots)} export{'' if len(snapshots) == 1 else 's'}; next: {following}"]
    lines += [f"  gate {gate:10} {state}" for gate, state in gates.items()]
    lines += [f"  in the ledger: {', '.join(f'{number:,} {state}' for state, number in records.items()) or 'nothing yet'}"]
    lines += [f"  held: {len(held):,}", f"  left to spend: {left:,} tokens, {document['days_left']} days"]
    return Shown(document, "\n".join(lines))


def _held(key: str, reason: Message | None) -> dict[str, str]:
    return {"key": key, **(reason.to_json() if reason else {})}


def explain_key(workspace: str | os.PathLike[str], key: str) -> Explanation:
    """Return one row's life. Asks the target for the records that were made of it; raises UsageError for a key that nothing knows."""
    migration = Migration.open(workspace)
    told = explain(key, migration.plan, migration.tables, migration.schema, migration.ledger)  # a key that nothing knows costs no token

    async def look(client: Pipedrive, account: AccountSchema) -> Explanation:
        return told.beside(await read_records(client, account, told.ids))

    return with_target(migration.workspace, look, step="explain") if told.ids else told


def _waiting(migration: Migration) -> str:
    one = import_rounds.waiting(migration.workspace)
    return f"import {number_of(len(one.files), 'file')} into Pipedrive (round {one.number}), then run migkit adopt" if one else ""


def _next(states: Mapping[str, str], left: int) -> str:
    closed = next((gate for gate, state in states.items() if state.startswith("open")), None)
    if closed:
        return f"the gate {closed}"
    return "run load" if left else "nothing, everything is loaded"
