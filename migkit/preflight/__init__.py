"""Would this plan fit this account, and how many days would it take? Reads only."""

from __future__ import annotations

from collections.abc import Collection

from migkit.model.account import AccountSchema
from migkit.model.records import Plan
from migkit.pipedrive import Pipedrive, read_account
from migkit.plan import count_tokens
from migkit.workspace import Settings

from .checks import run_checks
from .days import DayPlan, compare_policies, plan_of_days, policy_variants
from .existing import Existing, read_existing
from .probe import ProbeAnswer, probe_plan, read_probe_answers
from .result import Preflight
from .routes import compare_routes
from .scope import Grade, ScopeFacts, scope_card, scope_frame
from .space import DEAL_CAP, FIELD_CAP
from .subject import Check, Subject


async def check(
    client: Pipedrive,
    plan: Plan,
    settings: Settings,
    *,
    account: AccountSchema | None = None,
    estimate: bool = False,
    route: str = "api",
    people_decided: bool = False,
    adopted: Collection[str] = (),
) -> Preflight:
    """Return what the target account says to this plan. Sends no write. `estimate` marks figures of an unconfirmed map; `route` (api,
    hybrid, files) is how it is to be loaded; `people_decided`: whether somebody approved who is the same person;
    `adopted`: keys of people who are in the account already, as somebody confirmed.

    Raises RemoteError where the account cannot be read: a bad token, an unreachable target, a target that is not Pipedrive.
    """
    account = account or await read_account(client)
    existing = await read_existing(client, account)
    cost = count_tokens(plan)
    days = plan_of_days(cost, settings.subscription_plan, settings.seats, settings.reserve_pct)
    subject = Subject(
        plan=plan,
        account=account,
        existing=existing,
        cost=cost,
        days=days,
        burst_limit=client.burst_limit,
        daily_limit=client.budget.limit,
        route=route,
        people_decided=people_decided,
        adopted=frozenset(adopted),
    )
    return Preflight(run_checks(subject), account, cost, days, estimate)


__all__ = [
    "DEAL_CAP",
    "FIELD_CAP",
    "Check",
    "DayPlan",
    "Existing",
    "Grade",
    "Preflight",
    "ProbeAnswer",
    "ScopeFacts",
    "check",
    "compare_policies",
    "compare_routes",
    "plan_of_days",
    "policy_variants",
    "probe_plan",
    "read_existing",
    "read_probe_answers",
    "scope_card",
    "scope_frame",
]
