"""The ways of loading a plan, side by side: tokens, days, hands-on minutes, what each gives up. Pure arithmetic on counted records."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from migkit.import_files import Route, RouteCost
from migkit.model.cost import daily_tokens
from migkit.model.words import number_of

from .days import usable_tokens

KEEPS = {
    Route.API: "everything that the plan promises",
    Route.FILES: "every record, field, owner and link",
    Route.HYBRID: "everything that the plan promises",
}


def compare_routes(costs: Iterable[RouteCost], subscription_plan: str, seats: int, reserve_pct: int = 20) -> pd.DataFrame:
    """Return one row per route: its tokens, days (one decimal), records by each way, files, rounds, minutes, what it keeps and gives up."""
    usable = usable_tokens(daily_tokens(subscription_plan, seats), reserve_pct)
    rows = [
        {
            "route": cost.route.value,
            "tokens": cost.tokens,
            "days": round(cost.tokens / usable, 1),
            "by the API": cost.by_api,
            "by files": cost.by_file,
            "files": cost.files,
            "rounds": cost.rounds,
            "hands-on minutes": cost.minutes,
            "keeps": KEEPS[cost.route],
            "gives up": _given_up(cost),
        }
        for cost in costs
    ]
    return pd.DataFrame(rows)


def _given_up(cost: RouteCost) -> str:
    words = {"add_time": "original time", "owner_id": "author", "form": "bold and lists"}
    named = (entry.rpartition(" ") for entry in cost.given_up)
    counted = zip(named, cost.given_up.values(), strict=True)
    return ", ".join(f"{words.get(name, name)} of {number_of(count, object)}" for (object, _, name), count in counted)
