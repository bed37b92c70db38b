"""The burst window is filled and never overstepped, whatever the network does to the moment of arrival."""

from __future__ import annotations

import asyncio
import itertools

import httpx
import pytest

from migkit.model.objects import ObjectType
from migkit.pipedrive import BURST, Pipedrive

from .acting import Counter, ok, play


async def send(client: Pipedrive, requests: int) -> Pipedrive:
    """Send this many requests as fast as the client lets them through."""
    left = iter(range(requests))

    async def work() -> None:
        for _ in left:
            await client.create(ObjectType.PERSON, {"name": "Ann Example"})

    await asyncio.gather(*(work() for _ in range(8)))
    return client


@pytest.mark.parametrize("plan", BURST)
@pytest.mark.parametrize("headers", [True, False], ids=["with headers", "without headers"])
def test_fills_the_window_without_a_429(plan: str, headers: bool) -> None:
    """Over loopback at least 97 % of the allowed requests are made and none is refused, on every plan, with headers or without."""
    target = Counter(BURST[plan], there=(0.001, 0.004), work=(0.002, 0.020), headers=headers)
    client = play(lambda c: send(c, BURST[plan] * 12), target, subscription_plan=plan, reserve_pct=0, seats=9)
    assert target.refused == client.throttled == 0
    assert target.share() >= 0.97


@pytest.mark.parametrize("seed", range(5))
def test_far_network_draws_no_429(seed: int) -> None:
    """A network with tens of milliseconds of jitter each way costs some throughput and no refusal."""
    target = Counter(20, there=(0.040, 0.120), work=(0.050, 0.200), seed=seed)
    client = play(lambda c: send(c, 400), target)
    assert client.throttled == 0
    assert target.share() > 0.85


def test_learns_a_smaller_limit() -> None:
    """A plan stated too large is corrected by the first answers' headers: after them nothing is refused."""
    target = Counter(20, there=(0.001, 0.002), work=(0.001, 0.003))
    client = play(lambda c: send(c, 300), target, subscription_plan="growth")
    assert client.burst_limit == 20
    assert target.refused <= 8  # sent before the first answer came


def test_learns_a_larger_limit() -> None:
    """A plan stated too small is corrected too."""
    target = Counter(120, there=(0.001, 0.002), work=(0.001, 0.003))
    play(lambda c: send(c, 1200), target, subscription_plan="lite")
    assert target.share() >= 0.97


def test_makes_room_for_others_on_the_same_token() -> None:
    """Where another program uses the token, its share is seen in the headers and left to it: refusals stay rare."""
    target = Counter(40, there=(0.001, 0.002), work=(0.001, 0.003))
    target.others = [moment / 10 for moment in range(300)]  # half of the window
    client = play(lambda c: send(c, 300), target, subscription_plan="growth")
    assert client.throttled <= 6


def test_a_target_without_limits_is_not_paced() -> None:
    """Who says that it limits nothing gets all requests as fast as eight connections carry them, on the smallest plan too."""
    moments: list[float] = []

    async def target(request: httpx.Request) -> httpx.Response:
        moments.append(asyncio.get_running_loop().time())
        await asyncio.sleep(0.01)
        return ok({"id": 1}, {"x-ratelimit-limit": "unlimited"})

    client = play(lambda c: send(c, 800), target, subscription_plan="lite", seats=9)
    assert client.is_unlimited
    assert client.burst_limit == 20  # what the plan gives, for whom it concerns
    assert moments[-1] < 1.1  # 800 requests of 10 ms, eight at a time; the plan's limit would make it 80 s


def test_a_429_from_who_said_unlimited_brings_the_limit_back() -> None:
    """A refusal is believed over the word before it: after the pause the plan's pace holds until the word is said again."""
    moments: list[float] = []

    async def target(request: httpx.Request) -> httpx.Response:
        moments.append(asyncio.get_running_loop().time())
        if len(moments) == 100:
            return httpx.Response(429, json={"success": False}, headers={"retry-after": "2"})
        return ok({"id": 1}, {"x-ratelimit-limit": "unlimited"} if len(moments) < 100 else None)

    client = play(lambda c: send(c, 200), target, subscription_plan="lite", seats=9)
    assert client.throttled == 1
    assert not client.is_unlimited
    assert moments[-1] - moments[99] > 8.0  # 100 requests at 20 in two seconds


def test_waits_as_long_as_a_429_asks() -> None:
    """Retry-After is honoured: the next request comes no earlier."""
    moments: list[float] = []

    async def target(request: httpx.Request) -> httpx.Response:
        moments.append(asyncio.get_running_loop().time())
        if len(moments) == 1:
            return httpx.Response(429, json={"success": False}, headers={"retry-after": "7"})
        return ok({"id": 5})

    assert play(lambda c: c.create(ObjectType.DEAL, {"title": "Plan"}), target)["id"] == 5
    assert len(moments) == 2
    assert moments[1] - moments[0] >= 7.0


def test_backs_off_further_each_time() -> None:
    """Without Retry-After the pauses double: 2, 4, 8 seconds."""
    moments: list[float] = []

    async def target(request: httpx.Request) -> httpx.Response:
        moments.append(asyncio.get_running_loop().time())
        return httpx.Response(429, json={"success": False}) if len(moments) <= 3 else ok({"id": 5})

    play(lambda c: c.create(ObjectType.DEAL, {"title": "Plan"}), target)
    pauses = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert [round(pause) for pause in pauses] == [2, 4, 8]


def test_searches_have_a_limit_of_their_own() -> None:
    """Twenty-one searches take two windows of ten besides the first, though the plan would allow them in one."""
    moments: list[float] = []

    async def target(request: httpx.Request) -> httpx.Response:
        moments.append(asyncio.get_running_loop().time())
        return ok({"items": [{"item": {"id": 3}}]})

    async def work(client: Pipedrive) -> list[object]:
        return list(await asyncio.gather(*(client.find(ObjectType.PERSON, "f" * 40, "patient:1") for _ in range(21))))

    assert play(work, target, subscription_plan="ultimate") == [[3]] * 21
    assert 4.0 <= moments[-1] < 4.5
