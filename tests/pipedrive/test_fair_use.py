"""The fair-use rule, 10,000 POST and PUT a user and UTC day: obeyed where answers tell it, outlasted or said in a sentence."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from migkit.model.errors import BudgetExhausted
from migkit.model.objects import ObjectType
from migkit.pipedrive import Pipedrive

from .acting import play

DAY = 86_400.0


class Counting:
    """A target that takes five POST and PUT a day, and says so or not."""

    def __init__(self, *, told: bool = True, used: int = 0) -> None:
        self.told, self.used, self.midnight = told, used, DAY
        self.seen: list[tuple[str, int]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if asyncio.get_running_loop().time() >= self.midnight:
            self.midnight, self.used = self.midnight + DAY, 0
        counted = request.method in ("POST", "PUT")
        status = 429 if counted and self.used >= 5 and self.told else 200
        self.used += counted and status == 200
        self.seen.append((request.method, status))
        headers = {"x-daily-requests-left": str(5 - self.used)} if self.told and counted else {}
        return httpx.Response(status, json={"success": status == 200, "data": {"id": 1}}, headers=headers)


def create(count: int) -> Any:
    async def work(client: Pipedrive) -> None:
        for _ in range(count):
            await client.create(ObjectType.PERSON, {"name": "Ann"})

    return work


def test_none_is_sent_beyond_what_is_left() -> None:
    """Five are made; the sixth is not tried, and a sentence says when to go on. Reading, PATCH and DELETE are not counted."""
    target = Counting()

    async def work(client: Pipedrive) -> None:
        with pytest.raises(BudgetExhausted, match=r"fair-use rule.*after midnight UTC"):
            await create(9)(client)
        await client.update(ObjectType.PERSON, 1, {"name": "Bo"})
        await client.delete(ObjectType.PERSON, 1)

    play(work, target)
    assert target.seen == [("POST", 200)] * 5 + [("PATCH", 200), ("DELETE", 200)]


def test_a_day_that_others_used_up_is_told_by_the_first_answer() -> None:
    """Refused at once: nothing is tried again and again, and it is not taken for the burst limit."""
    target = Counting(used=5)
    with pytest.raises(BudgetExhausted, match="fair-use"):
        play(create(1), target)
    assert target.seen == [("POST", 429)]


def test_the_next_day_is_waited_for() -> None:
    """With `wait`, all twelve are made on three days, and each day's end costs one try every quarter of an hour at most."""
    target = Counting()
    play(create(12), target, wait=True)
    assert target.seen.count(("POST", 200)) == 12
    assert target.seen.count(("POST", 429)) <= 2 * 96


def test_a_target_that_tells_no_number_has_no_rule() -> None:
    """As long as no answer carries the header."""
    target = Counting(told=False)
    play(create(12), target)
    assert target.seen == [("POST", 200)] * 12
