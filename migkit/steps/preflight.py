"""Would this plan fit this account? Read-only; part of the audit, and again with the approved plan before the sample."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pandas as pd

from migkit.load import apply, diff, rollback
from migkit.mapping import CERTAIN, unconfirmed
from migkit.migration import Migration, state, with_target
from migkit.model.account import AccountSchema
from migkit.model.outcomes import Outcome
from migkit.pipedrive import Pipedrive
from migkit.plan import count_tokens
from migkit.preflight import (
    Preflight,
    ProbeAnswer,
    ScopeFacts,
    check,
    compare_policies,
    probe_plan,
    read_probe_answers,
    scope_card,
    scope_frame,
)


def run_preflight(workspace: str | os.PathLike[str]) -> Preflight:
    """Return the pre-flight of a workspace's plan as it stands."""
    return preflight_of(Migration.open(workspace))


def preflight_of(migration: Migration) -> Preflight:
    """Return the pre-flight of the plan; its figures are estimates while a column of the map is unconfirmed."""
    plan, estimate, route = migration.plan, bool(unconfirmed(migration.source_map)), migration.decisions.policies["route"]
    decided = state(migration, "identity").approved

    async def ask(client: Pipedrive, account: AccountSchema) -> Preflight:
        return await check(
            client,
            plan,
            migration.workspace.settings,
            account=account,
            estimate=estimate,
            route=route,
            people_decided=decided,
            adopted=migration.adopted,
        )

    return with_target(migration.workspace, ask, step="preflight")


def probe(workspace: str | os.PathLike[str]) -> tuple[ProbeAnswer, ...]:
    """Ask the account what no document answers: a few records in a run of their own, read back and rolled back.

    The answers are kept in `decisions/probe.yaml`, since they hold for this account.
    """
    migration = Migration.open(workspace)
    plan, ledger = probe_plan(), migration.ledger
    run_id = f"probe-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"

    async def ask(client: Pipedrive, account: AccountSchema) -> tuple[ProbeAnswer, ...]:
        todo = diff(plan, ledger, keys=plan.records)
        result = await apply(todo, plan, ledger, client, account, run_id=run_id, step="probe", find_file=lambda _: None)
        created = {key: (e.object, e.target_id) for key in plan.records if (e := ledger.entry(key)) and e.target_id is not None}
        answers = await read_probe_answers(client, created, {failure.key: str(failure.reason) for failure in result.failures})
        await rollback(ledger, client, run=run_id, run_id=f"{run_id}-undone")
        return answers

    answers = with_target(migration.workspace, ask, step="probe")
    found = {a.code: {"question": a.question, "answer": a.answer, "detail": a.detail} for a in answers}
    migration.workspace.write_decision("probe", {"version": 1, "run": run_id, "answers": found})
    return answers


def policy_savings(migration: Migration) -> pd.DataFrame:
    """Return what each policy would save, counted record by record: policy, records fewer, tokens, days. What saves nothing is left out."""
    settings, costs = migration.workspace.settings, migration.policy_costs
    found = compare_policies(count_tokens(migration.desired), costs, settings.subscription_plan, settings.seats, settings.reserve_pct)
    return found[found["records fewer"].gt(0) | found["tokens saved"].gt(0)].reset_index(drop=True)


def data_rows(migration: Migration) -> int:
    """Return how many rows of data the export has: every line of its files but titles, blank lines and totals."""
    return int((migration.raw.lines["kind"] != "layout").sum())


def scope_of(migration: Migration, checked: Preflight) -> pd.DataFrame:
    """Return the scope card: compatibility, mapping clarity, API constraints, data volume, timeline; each grade with its rule."""
    columns = [column for table in migration.source_map.tables.values() for column in table.columns.values()]
    unreadable = [row for row in migration.tables.row_outcomes if row.outcome in (Outcome.REJECTED, Outcome.HELD)]
    facts = ScopeFacts(
        columns=len(columns),
        with_home=sum(1 for column in columns if column.to or column.new_field),
        clear=sum(1 for column in columns if column.state == "confirmed" or (column.confidence or 0) >= CERTAIN),
        rows=data_rows(migration),
        unreadable_rows=len(unreadable),
    )
    return scope_frame(scope_card(checked, facts))
