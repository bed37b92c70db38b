"""How many days a fleet takes with the API's limits, and what bounds it: pure arithmetic, day by day.

A practice is written by one worker at a time, at the pace of its account's burst limit, until its day's tokens (or its user's daily
writes) are spent; then the worker is free, and the practice comes after those that wait already. Nobody's decisions are waited for: this is
the floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

import pandas as pd

from migkit.model.cost import Cost, daily_tokens
from migkit.pipedrive.budget import DAY
from migkit.pipedrive.scheduler import BURST, WINDOW
from migkit.preflight.days import usable_tokens


class Bound(StrEnum):
    """What more of would make it fewer days."""

    ACCOUNTS = "tokens of each account"
    WORKERS = "workers"


@dataclass(frozen=True)
class Work:
    """What is to be done for one practice."""

    calls: int
    """Requests that create a record each."""
    calls_a_day: int
    """So many of them its account pays for, or its user may send, in a day; at least 1."""
    seconds_a_call: float
    setup_s: float = 0.0
    """Seconds of a worker before the first request: reading, planning."""

    @property
    def days(self) -> int:
        """Days that its account needs, whatever the workers."""
        return ceil(self.calls / self.calls_a_day)

    @property
    def seconds(self) -> float:
        """Seconds of one worker for all of it."""
        return self.setup_s + self.calls * self.seconds_a_call


def work_of(
    cost: Cost, subscription_plan: str, seats: int = 1, reserve_pct: int = 20, *, daily_writes: int | None = None, setup_s: float = 0.0
) -> Work:
    """Return the work of creating what a cost is for. `daily_writes`: what one user may send in a day where that rule is enforced."""
    calls = sum(cost.creates.values())
    paid = usable_tokens(daily_tokens(subscription_plan, seats), reserve_pct) * calls // max(cost.total, 1)
    allowed = paid if daily_writes is None else min(paid, daily_writes)
    return Work(calls, max(1, allowed), WINDOW / BURST[subscription_plan], setup_s)


@dataclass(frozen=True)
class Simulated:
    """The course of a fleet."""

    days: int
    bound: Bound
    by_day: pd.DataFrame
    """One row per day: day (from 1), practices at work, practices done at its end, calls, worker hours."""

    @property
    def busy_pct(self) -> float:
        """Share of the workers' time that was used over all days, percent, one decimal."""
        return round(float(100 * self.by_day["worker hours"].sum() / self.by_day["hours there were"].sum()), 1)


def simulate(practices: Sequence[Work], workers: int) -> Simulated:
    """Return how these practices are worked on, who waited longest first; what a day was too short for is gone on with the next day."""
    setup = [work.setup_s for work in practices]
    left = [work.calls for work in practices]
    rows: list[tuple[int, int, int, int, float, float]] = []
    short, order = False, list(range(len(practices)))
    while order := [number for number in order if left[number] or setup[number]]:
        seconds, at_work, sent = workers * DAY, 0, 0
        first, last = list[int](), list[int]()
        for number in order:
            work = practices[number]
            own = min(seconds, DAY)  # one worker at a time
            preparing = min(own, setup[number])
            wanted = min(left[number], work.calls_a_day)
            calls = min(wanted, int((own - preparing) / work.seconds_a_call + 1e-9)) if preparing == setup[number] else 0
            is_cut = calls < wanted
            short |= is_cut and seconds < DAY
            (first if is_cut else last).append(number)
            setup[number] -= preparing
            left[number] -= calls
            seconds -= preparing + calls * work.seconds_a_call
            at_work += bool(preparing or calls)
            sent += calls
        order = first + last
        hours = workers * DAY / 3600
        finished = sum(not calls and not rest for calls, rest in zip(left, setup, strict=True))
        rows.append((len(rows) + 1, at_work, finished, sent, round(hours - seconds / 3600, 2), hours))
    columns = ["day", "practices at work", "practices done", "calls", "worker hours", "hours there were"]
    alone = max((work.days for work in practices), default=0)
    return Simulated(len(rows), Bound.WORKERS if short and len(rows) > alone else Bound.ACCOUNTS, pd.DataFrame(rows, columns=columns))
