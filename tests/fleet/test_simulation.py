"""The days that a fleet takes, against days counted by hand."""

from __future__ import annotations

import pytest

from migkit.fleet.simulation import Bound, Work, simulate, work_of
from migkit.model.cost import cost_of
from migkit.model.objects import ObjectType


def test_one_practice_takes_as_long_as_its_tokens() -> None:
    """100 calls, 30 a day: 30, 30, 30, 10. One worker is there for all of it: 100 calls of 36 s are one hour."""
    found = simulate([Work(100, 30, 36.0)], workers=1)
    assert (found.days, found.bound) == (4, Bound.ACCOUNTS)
    assert found.by_day["calls"].tolist() == [30, 30, 30, 10]
    assert found.by_day["worker hours"].tolist() == [0.3, 0.3, 0.3, 0.1] and found.busy_pct == 1.0


def test_practices_share_workers_within_a_day() -> None:
    """Each needs 8 hours a day for two days, and one worker serves three a day: of four the last one waits for a day, comes first on the
    second, and one of the others waits then. More workers: two days for all."""
    eight_hours = Work(1600, 800, 36.0)
    found = simulate([eight_hours] * 3, workers=1)
    assert (found.days, found.bound, found.busy_pct) == (2, Bound.ACCOUNTS, 100.0)
    found = simulate([eight_hours] * 4, workers=1)
    assert found.by_day["calls"].tolist() == [2400, 2400, 1600]
    assert found.by_day["practices done"].tolist() == [0, 2, 4]
    assert (found.days, found.bound) == (3, Bound.WORKERS)
    assert simulate([eight_hours] * 4, workers=2).days == 2


def test_a_worker_does_one_practice_at_a_time_and_a_practice_has_one_worker() -> None:
    """Where a day's calls take longer than a day, more workers do not help: 30 hours of calls are two days."""
    slow = Work(3000, 3000, 36.0)
    found = simulate([slow], workers=5)
    assert found.by_day["calls"].tolist() == [2400, 600]


def test_setting_up_takes_a_workers_time_once() -> None:
    """Half a day of planning, then 36 s a call: 1200 calls fit into the rest of the first day."""
    found = simulate([Work(1300, 1300, 36.0, setup_s=43_200)], workers=1)
    assert found.by_day["calls"].tolist() == [1200, 100]


def test_the_work_of_a_practice_follows_from_its_cost() -> None:
    """10,000 persons, 40,000 activities, 10,000 notes, 5,000 deals cost 375,000 tokens by the price list, 5, 5, 10 and 5 each. Of 30,000 a
    day on the smallest plan 24,000 are usable: 16 days; Pipedrive lets 20 requests pass in two seconds there."""
    counts = {ObjectType.PERSON: 10_000, ObjectType.ACTIVITY: 40_000, ObjectType.NOTE: 10_000, ObjectType.DEAL: 5_000}
    cost = cost_of(counts)
    assert cost.total == 375_000
    work = work_of(cost, "lite")
    assert (work.calls, work.calls_a_day, work.seconds_a_call, work.days) == (65_000, 4_160, 0.1, 16)
    assert work_of(cost, "ultimate", daily_writes=10_000).days == 7, "65,000 writes at 10,000 a day; 2.3 days by its tokens"


def test_nothing_to_do_takes_no_days() -> None:
    assert simulate([], workers=3).days == 0


@pytest.mark.parametrize("workers", [1, 7, 20])
def test_nothing_is_lost_between_days(workers: int) -> None:
    """Whatever the workers, all calls are sent once."""
    practices = [Work(977 * number, 311, 21.0, 900.0) for number in range(1, 9)]
    assert simulate(practices, workers).by_day["calls"].sum() == sum(work.calls for work in practices)
