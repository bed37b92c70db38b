"""The day's tokens: a share stays for the customer, and an exhausted day is outlasted or said."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from migkit.model.errors import BudgetExhausted, TransientError
from migkit.model.objects import ObjectType
from migkit.pipedrive import Budget, Pipedrive

from .acting import ok, play

DAY = 86_400.0


class Day:
    """A target with a daily budget that is renewed at a midnight which nobody is told."""

    def __init__(self, tokens: int, *, headers: bool, used: int = 0, midnight: float = DAY) -> None:
        self.tokens, self.headers, self.used, self.midnight = tokens, headers, used, midnight
        self.requests: list[tuple[float, str, int]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        now = asyncio.get_running_loop().time()
        while now >= self.midnight:
            self.midnight, self.used = self.midnight + DAY, 0
        cost = 2 if request.url.path.endswith("/users/me") else 5
        status = 429 if self.used + cost > self.tokens else 200
        self.used += cost if status == 200 else 0
        self.requests.append((now, request.method, status))
        left = self.tokens - self.used if status == 200 else 0
        said = {"x-daily-ratelimit-token-limit": str(self.tokens), "x-daily-ratelimit-token-remaining": str(left)}
        return httpx.Response(status, json={"success": status == 200, "data": {"id": 1}}, headers=said if self.headers else None)

    @property
    def writes(self) -> list[float]:
        return [moment for moment, verb, status in self.requests if verb == "POST" and status == 200]


def write(count: int) -> Any:
    async def work(client: Pipedrive) -> Pipedrive:
        for _ in range(count):
            await client.create(ObjectType.PERSON, {"name": "Ann"})
        return client

    return work


@pytest.mark.parametrize("headers", [True, False], ids=["with headers", "without"])
def test_the_reserve_is_left(headers: bool) -> None:
    """With 98 % of 30,000 reserved 120 writes at 5 tokens are made, then one sentence says when to go on."""
    day = Day(30_000, headers=headers)
    with pytest.raises(BudgetExhausted, match=r"29,400 stay for the customer.*after midnight") as caught:
        play(write(200), day, reserve_pct=98)
    assert len(day.writes) == 120
    assert day.used == 600
    assert caught.value.retry_at


def test_what_earlier_runs_spent_counts_where_nothing_is_told() -> None:
    """500 tokens spent this morning leave 100 of 600."""
    day = Day(30_000, headers=False)
    with pytest.raises(BudgetExhausted):
        play(write(200), day, reserve_pct=98, spent_today=500)
    assert len(day.writes) == 20


def test_what_others_used_counts_where_it_is_told() -> None:
    """The customer's own 23,000 tokens of the day leave 1,000 above the default reserve of 6,000."""
    day = Day(30_000, headers=True, used=23_000)
    with pytest.raises(BudgetExhausted):
        play(write(300), day)
    assert len(day.writes) == 200


def test_a_smaller_plan_than_stated_is_learnt() -> None:
    """The headers' limit replaces plan and seats."""
    day = Day(30_000, headers=True)
    with pytest.raises(BudgetExhausted):
        play(write(200), day, seats=4, reserve_pct=98)
    assert len(day.writes) == 120


@pytest.mark.parametrize("headers", [True, False], ids=["with headers", "without"])
def test_waiting_goes_on_after_the_reset(headers: bool) -> None:
    """With `wait` all is written, over two days, found by few cheap probes, with one sentence told."""
    told: list[str] = []
    day = Day(30_000, headers=headers, midnight=40_000.0)
    client = play(write(200), day, reserve_pct=98, wait=True, on_progress=told.append)
    assert len(day.writes) == 200
    assert len(told) == 1
    assert "Waiting for the next day" in told[0]
    assert client.usage.tokens("probe") <= 200
    if headers:
        assert 40_000 <= day.writes[120] < 42_000  # within a probe's distance of the reset
    else:
        assert day.writes[120] >= DAY  # nothing tells of the reset: a whole day after the first write


@pytest.mark.parametrize("headers", [True, False], ids=["with headers", "without"])
def test_a_day_emptied_by_others_is_noticed(headers: bool) -> None:
    """429 that do not stop are an exhausted day, also where no header says so; waiting finds the reset by probing."""
    day = Day(30_000, headers=headers, used=29_998, midnight=40_000.0)
    with pytest.raises(BudgetExhausted):
        play(write(1), day)
    day = Day(30_000, headers=headers, used=29_998, midnight=40_000.0)
    client = play(write(10), day, wait=True)
    assert len(day.writes) == 10
    assert 40_000 <= day.writes[0] < 42_000
    assert client.usage.tokens("probe") <= 200


def test_a_day_smaller_than_stated_is_found_by_a_few_refusals() -> None:
    """Eight writers at once, no header, 600 tokens where the plan says 30,000: all 120 writes are made, about a dozen 429 are drawn."""
    day = Day(600, headers=False)

    async def work(client: Pipedrive) -> None:
        await asyncio.gather(*(client.create(ObjectType.PERSON, {}) for _ in range(8)))
        await asyncio.gather(*(write(100)(client) for _ in range(8)))

    with pytest.raises(BudgetExhausted):
        play(work, day)
    assert len(day.writes) == 120
    assert 1 <= sum(status == 429 for _, _, status in day.requests) <= 12


def test_concurrent_writers_share_one_wait() -> None:
    """However many wait, one of them probes."""
    day = Day(30_000, headers=True, used=29_000, midnight=10_000.0)

    async def work(client: Pipedrive) -> int:
        await asyncio.gather(*(client.create(ObjectType.PERSON, {}) for _ in range(20)))
        return client.usage.calls("probe")

    assert play(work, day, wait=True) <= 12


def test_the_budget_knows_plans_and_seats() -> None:
    """30,000 x multiplier x seats."""
    assert [Budget(plan, 2, 20).limit for plan in ("lite", "growth", "premium", "ultimate")] == [60_000, 120_000, 300_000, 420_000]
    assert Budget("lite", 1, 20).left == 24_000


def test_overtaking_answers_are_no_new_day() -> None:
    """An answer that tells of more tokens than a later one does not raise what is left; a real reset does."""
    budget = Budget("lite", 1, 0)
    for left, expected in ((20_000, 20_000), (20_010, 20_000), (19_990, 19_990), (29_995, 29_995)):
        assert budget.admit(5, 0.0)
        budget.charge(5, charged=True, headers={"x-daily-ratelimit-token-remaining": str(left)})
        assert budget.reported == expected


def test_nothing_is_lost_of_the_budget_by_failures() -> None:
    """Tokens set aside for a call that was never sent are free again."""

    async def work(client: Pipedrive) -> int:
        with pytest.raises(Exception, match="could not be sent"):
            await client.create(ObjectType.PERSON, {})
        return client.budget.left

    def unreachable(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    assert play(work, unreachable) == 24_000
    assert play(write(1), lambda request: ok({"id": 1})).budget.left == 24_000 - 5


def test_a_token_that_others_keep_busy_is_told_apart() -> None:
    """429 without end while tokens are left is no exhausted day."""
    busy = httpx.Response(429, json={"success": False}, headers={"x-daily-ratelimit-token-remaining": "20000"})
    with pytest.raises(TransientError, match="something else uses this token"):
        play(write(1), lambda request: httpx.Response(429, headers=busy.headers, content=busy.content))


def test_a_reset_in_an_unknown_unit_is_not_slept_through() -> None:
    """A moment instead of seconds is no pause of fifty years."""
    moments: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        moments.append(asyncio.get_running_loop().time())
        return ok({"id": 1}) if len(moments) > 1 else httpx.Response(429, json={}, headers={"x-ratelimit-reset": "1790000000"})

    play(write(1), answer)
    assert 2.0 <= moments[1] < 3.0
