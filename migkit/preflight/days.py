"""How many days the tokens take, and what would make it fewer: pure arithmetic."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

import pandas as pd

from migkit.model.cost import PLAN_MULTIPLIER, Cost, daily_tokens
from migkit.model.words import in_days, number_of

ROLLBACK_PROMISE_H = 48
"""Hours within which the customer was promised that a load can be undone."""

OLD_YEARS = (2, 5, 7)
"""Ages, in years before the snapshot's day, whose summary notes are priced; seven years is how long adults' records must be kept."""
DAILY_WRITES = 10_000
"""POST and PUT that a user may send in a UTC day by Pipedrive's fair-use rule: published, perhaps not enforced."""
FAIR_USE = "Where Pipedrive enforces its fair-use rule (10,000 POST and PUT a user and day), {days} days; its answers say what is left."


@dataclass(frozen=True)
class DayPlan:
    """The tokens of a load on one plan, as days."""

    subscription_plan: str
    seats: int
    reserve_pct: int
    daily_tokens: int
    """Tokens a day of the company."""
    per_day: int
    """Tokens a day for this migration, after the reserve."""
    tokens: int
    """The floor: what creating everything costs."""
    days: float
    """Days for `tokens` at `per_day`, one decimal."""
    days_without_reserve: float
    rollback_tokens: int
    rollback_days: float
    """Days for deleting everything again, with the reserve."""
    read_back_tokens: int
    by_object: pd.DataFrame
    """One row per object, as written: object, records, tokens, days."""
    alternatives: pd.DataFrame
    """One row per plan (with these seats): plan, tokens a day, days, rollback days; the present one marked."""
    top_ups: pd.DataFrame
    """One row per aim: days, extra tokens a day that have to be bought on the present plan to make it."""

    @property
    def rollback_fits(self) -> bool:
        """Whether a rollback of everything can be done within the promised 48 hours."""
        return self.rollback_tokens * 24 <= self.per_day * ROLLBACK_PROMISE_H

    @property
    def days_by_writes(self) -> int:
        """Days for creating everything where Pipedrive's fair-use rule is enforced: so many POST a user and UTC day."""
        return math.ceil(int(self.by_object["records"].sum()) / DAILY_WRITES)

    def sentence(self, *, is_estimate: bool = False) -> str:
        """Return the plan of days in words."""
        without = f" ({in_days(self.days_without_reserve)} without that)" if self.days_without_reserve != self.days else ""
        return (
            f"{'Estimate: ' if is_estimate else ''}{number_of(self.tokens, 'token')} at least: {in_days(self.days)} on "
            f"{self.subscription_plan} with {number_of(self.seats, 'seat')}, "
            f"{self.reserve_pct} % of each day left to the customer{without}. "
            f"Each time that all of it is read back (reconciliation, handover, a preview of undoing): {self.read_back_tokens:,} more. "
            f"Undoing all of it: {number_of(self.rollback_tokens, 'token')}, {in_days(self.rollback_days)}."
            + (f" {FAIR_USE.format(days=self.days_by_writes)}" if self.days_by_writes > max(1.0, self.days) else "")
        )

    def to_json(self) -> dict[str, Any]:
        """Return the figures as a plain document."""
        return {
            "plan": self.subscription_plan,
            "seats": self.seats,
            "reserve_pct": self.reserve_pct,
            "tokens_a_day": self.per_day,
            "days": self.days,
            "days_without_reserve": self.days_without_reserve,
            "rollback_days": self.rollback_days,
            "alternatives": self.alternatives.to_dict(orient="records"),
            "top_ups": self.top_ups.to_dict(orient="records"),
        }


def plan_of_days(cost: Cost, subscription_plan: str, seats: int, reserve_pct: int = 20) -> DayPlan:
    """Return how many days a load of this cost takes. `reserve_pct` of each day's tokens is left to the customer."""
    budget = daily_tokens(subscription_plan, seats)
    usable = usable_tokens(budget, reserve_pct)
    by_object = pd.DataFrame(
        [(name, count, cost.tokens[name], round(cost.tokens[name] / usable, 1)) for name, count in cost.creates.items()],
        columns=["object", "records", "tokens", "days"],
    )
    return DayPlan(
        subscription_plan=subscription_plan,
        seats=seats,
        reserve_pct=reserve_pct,
        daily_tokens=budget,
        per_day=usable,
        tokens=cost.total,
        days=round(cost.total / usable, 1),
        days_without_reserve=round(cost.total / budget, 1),
        rollback_tokens=cost.rollback_tokens,
        rollback_days=round(cost.rollback_tokens / usable, 1),
        read_back_tokens=cost.read_back_tokens,
        by_object=by_object,
        alternatives=_alternatives(cost, subscription_plan, seats, reserve_pct),
        top_ups=_top_ups(cost, usable),
    )


def policy_variants(policies: Mapping[str, Any], snapshot_day: date) -> dict[str, dict[str, Any]]:
    """Return a name in words → the choices that are other than in `policies`: what is worth pricing beside them as they stand."""
    variants = {
        "leave out cancelled and missed appointments": {"cancelled_appointments": "exclude"},
        "fold clinical notes per patient and year": {"clinical_notes": "per_patient_year"},
        "upload attachments as one ZIP per patient and year": {"attachments": "zip_per_patient_year"},
    }
    for years in OLD_YEARS:
        day = _years_before(snapshot_day, years)
        variants[f"older than {day.isoformat()} ({years} years) as one summary note per patient"] = {"older_than": day.isoformat()}
    return {name: change for name, change in variants.items() if any(policies[policy] != choice for policy, choice in change.items())}


def compare_policies(base: Cost, variants: Mapping[str, Cost], subscription_plan: str, seats: int, reserve_pct: int = 20) -> pd.DataFrame:
    """Return one row per policy: policy, records fewer, tokens, tokens saved, days, days saved; the greatest saving first.

    `variants` holds the cost of the plan built with each policy instead: counted, not guessed.
    """
    usable = usable_tokens(daily_tokens(subscription_plan, seats), reserve_pct)
    rows = [
        {
            "policy": name,
            "records fewer": sum(base.creates.values()) - sum(cost.creates.values()),
            "tokens": cost.total,
            "tokens saved": base.total - cost.total,
            "days": round(cost.total / usable, 1),
            "days saved": round((base.total - cost.total) / usable, 1),
        }
        for name, cost in variants.items()
    ]
    columns = ["policy", "records fewer", "tokens", "tokens saved", "days", "days saved"]
    return pd.DataFrame(rows, columns=columns).sort_values(["tokens saved", "policy"], ascending=[False, True], ignore_index=True)


def usable_tokens(budget: int, reserve_pct: int) -> int:
    """Return a day's tokens without the share that is left to the customer."""
    return budget - budget * reserve_pct // 100


def _alternatives(cost: Cost, subscription_plan: str, seats: int, reserve_pct: int) -> pd.DataFrame:
    rows = []
    for name in PLAN_MULTIPLIER:
        usable = usable_tokens(daily_tokens(name, seats), reserve_pct)
        rows.append((name, name == subscription_plan, usable, round(cost.total / usable, 1), round(cost.rollback_tokens / usable, 1)))
    return pd.DataFrame(rows, columns=["plan", "is the present one", "tokens a day", "days", "rollback days"])


def _top_ups(cost: Cost, usable: int) -> pd.DataFrame:
    needed = ceil(cost.total / usable) if cost.total else 0
    aims = [aim for aim in (1, 2, 5, 10) if aim < needed]
    return pd.DataFrame([(aim, ceil(cost.total / aim) - usable) for aim in aims], columns=["days", "extra tokens a day"])


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
