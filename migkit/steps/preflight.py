"""Would this plan fit this account? Read-only; part of the audit, and again with the approved plan before the sample."""

from __future__ import annotations

import os

import pandas as pd

from migkit.model.account import AccountSchema
from migkit.pipedrive import Pipedrive
from migkit.plan import count_tokens
from migkit.preflight import Preflight, check, compare_policies, policy_variants
from migkit.steps.migration import Migration
from migkit.steps.target import with_target


def run_preflight(workspace: str | os.PathLike[str], *, probe: bool = False) -> Preflight:
    """Return the pre-flight of a workspace's plan as it stands."""
    migration = Migration.open(workspace)
    return preflight_of(migration, estimate=not migration.workspace.read_decision("mapping"))


def policy_savings(migration: Migration) -> pd.DataFrame:
    """Return what each policy would save, counted on a plan built with it: policy, records fewer, tokens, days."""
    settings = migration.workspace.settings
    variants = policy_variants(migration.policies, migration.today)
    costs = {name: count_tokens(migration.plan_with(policies)) for name, policies in variants.items()}
    return compare_policies(count_tokens(migration.plan), costs, settings.plan, settings.seats, settings.reserve_pct)


def preflight_of(migration: Migration, *, estimate: bool) -> Preflight:
    """Return the pre-flight of the plan; `estimate` marks figures that rest on an unconfirmed map."""
    plan = migration.plan

    async def ask(client: Pipedrive, account: AccountSchema) -> Preflight:
        return await check(client, plan, migration.workspace.settings, account=account, estimate=estimate)

    return with_target(migration.workspace, ask, step="preflight")
