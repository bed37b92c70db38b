"""One call with everything that can come between: the day's budget, the burst window, retries, and answers that are none."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from migkit.model.errors import BudgetExhausted, RemoteError, TransientError

from .budget import Budget, Usage, tokens_reported
from .calls import NOT_SENT, Call, no_answer, read_answer, refused_download
from .clock import Clock
from .endpoints import SEARCHES
from .fair_use import COUNTED, FairUse
from .scheduler import WINDOW, Place, Window
from .wire import Wire

RETRIES = 5  # further attempts after a transient failure
BACKOFF = 0.5  # seconds before the first of them at most; doubled each time, jittered over the whole span
LONGEST_BACKOFF = 30.0
CLOSED_IN_A_ROW = 4  # times that a window closes in a row after which, where no header says so, the day's budget is used up
LONGEST_PAUSE = 60.0  # seconds; whoever asks for more means the day
PROBES_A_DAY = 96  # every quarter of an hour: 192 tokens a day at most


class Session:
    """Sends calls over the wire, as fast as the limits allow and no faster."""

    def __init__(
        self, wire: Wire, budget: Budget, burst: Window, searches: Window, clock: Clock, rng: random.Random, *, wait: bool,
        tell: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._wire, self._budget, self._burst, self._searches = wire, budget, burst, searches
        self._clock, self._rng, self._wait, self._tell = clock, rng, wait, tell
        self.usage = Usage()
        self._is_known = False
        self._waiting = asyncio.Lock()
        self._fair_use = FairUse()

    async def call(self, call: Call) -> dict[str, Any]:
        """Return the envelope of a call's answer. Raises RemoteError."""
        envelope = await self._repeat(call, lambda response: read_answer(call, response, is_known=self._is_known))
        self._is_known = True
        return envelope

    async def download(self, call: Call) -> bytes:
        """Return the bytes that a call answers. Where it points to a storage elsewhere, that is asked without the token."""
        response = await self._repeat(call, lambda response: response if response.is_success else self._elsewhere(call, response))
        if response.is_redirect:
            client = await self._wire.borrow()
            try:
                response = await self._wire.fetch_elsewhere(client, response.headers["location"])
            except httpx.RequestError as error:
                raise no_answer(call, error) from None
            finally:
                self._wire.bring_back(client)
            if not response.is_success:
                raise refused_download(call, response)
        return response.content

    def _elsewhere(self, call: Call, response: httpx.Response) -> httpx.Response:
        """Return an answer that points to a storage. Raises RemoteError for any other."""
        if response.is_redirect and response.headers["location"].startswith("https://"):
            return response
        read_answer(call, response, is_known=self._is_known)
        raise refused_download(call, response)

    async def _repeat(self, call: Call, read: Callable[[httpx.Response], Any]) -> Any:
        """Return what `read` makes of the answer, sending again where that cannot write twice."""
        window, failures = self._windows(call)[0], 0
        while True:
            await self._admit_write(call)
            await self._admit(call.cost)
            try:
                response = await self._send(call)
                self._fair_use.learn(call.verb, response.headers)
                if response.status_code != 429:
                    return read(response)
            except TransientError as error:
                failures += 1
                if failures > RETRIES or error.code == "blocked":
                    raise
                await self._clock.sleep(self._rng.uniform(0, min(LONGEST_BACKOFF, BACKOFF * 2**failures)))
                continue
            if self._fair_use.left == 0 and call.verb in COUNTED:
                continue  # not the burst's doing, and not the tokens'
            left = tokens_reported(response.headers)[1]
            is_empty = left is not None and left < call.cost
            is_endless = window.closings > CLOSED_IN_A_ROW
            if left is not None and not is_empty and is_endless:
                raise TransientError(
                    f"{call} was refused {window.closings} times running with 429 while tokens are left: something else uses this token "
                    "all the time. Nothing was written; stop it, then run the same again.",
                    status=429,
                )
            if is_empty or is_endless or (_seconds(response.headers, "retry-after") or 0) > LONGEST_PAUSE:
                self._budget.exhaust()
            else:
                window.pause(self._pause(response.headers, window.closings))

    async def _send(self, call: Call) -> httpx.Response:
        """Return the answer to one attempt, whose tokens are reserved already."""
        response: httpx.Response | None = None
        was_sent = charged = False
        places: dict[Window, Place] = {}
        client = await self._wire.borrow()
        try:
            for window in self._windows(call):
                places[window] = await window.take(call.endpoint)
            was_sent = charged = True
            response = await self._wire.send(client, call)
            charged = response.status_code != 429
            return response
        except httpx.RequestError as error:
            was_sent = charged = not isinstance(error, NOT_SENT)
            raise no_answer(call, error) from None  # the broken request's own frames hold the token
        finally:
            self._wire.bring_back(client)
            headers = None if response is None else response.headers
            for window, place in places.items():
                window.give_back(place, headers if window is self._windows(call)[0] else None)
            if response is not None:
                window = self._windows(call)[0]
                if charged:
                    window.reopen()
                else:
                    window.close(places[window])
            self._budget.charge(call.cost, charged=charged, headers=headers)
            if was_sent:
                self.usage.add(call.purpose, call.endpoint, call.cost if charged else 0)

    def _windows(self, call: Call) -> tuple[Window, ...]:
        """Return the limits that a call counts against, first the one that its answer's headers are about."""
        return (self._searches, self._burst) if call.template in SEARCHES else (self._burst,)

    def _pause(self, headers: Mapping[str, str], closings: int) -> float:
        """Return how long to stop after a 429: what the answer asks for, else doubling; and some jitter."""
        asked = _seconds(headers, "retry-after") or _seconds(headers, "x-ratelimit-reset")
        known = asked is not None and asked <= LONGEST_PAUSE  # the reset's unit is not documented
        return (asked if asked and known else WINDOW * 2.0 ** (closings - 1)) + self._rng.uniform(0, 0.25)

    async def _admit(self, tokens: int) -> None:
        """Reserve tokens of the day's budget. Raises BudgetExhausted where it has none left and nobody waits for the next day."""
        budget, now = self._budget, self._clock.monotonic
        if budget.admit(tokens, now()):
            return
        if not self._wait:
            raise BudgetExhausted(
                f"{budget.sentence()} What was written is recorded: run the same again after midnight, Pipedrive's server time."
            )
        async with self._waiting:  # one asks for all
            if budget.admit(tokens, now()):
                return
            self._tell(f"{budget.sentence()} Waiting for the next day.")
            while not budget.admit(tokens, now()):
                await self._clock.sleep(budget.day / PROBES_A_DAY)
                await self._probe()

    async def _admit_write(self, call: Call) -> None:
        """Wait for, or stop at, the end of the day's POST and PUT, where the target counts them."""
        if self._fair_use.admit(call.verb):
            return
        if not self._wait:
            raise BudgetExhausted(f"{self._fair_use.sentence()} What was written is recorded: run the same again after midnight UTC.")
        async with self._waiting:
            self._tell(f"{self._fair_use.sentence()} Waiting for the next day.")
            while not self._fair_use.admit(call.verb):
                await self._clock.sleep(self._budget.day / PROBES_A_DAY)
                self._fair_use.try_again()

    async def _probe(self) -> None:
        """Ask once, cheaply, whether the day's tokens are there again. Being refused means that they are not."""
        budget, reported = self._budget, self._budget.reported
        if not budget.refused and reported is None:
            return  # stopped by its own count: nothing that the target answers would tell, only a day's time does
        call = Call("GET", "/api/v1/users/me", "probe")
        budget.in_flight += call.cost
        try:
            response = await self._send(call)
        except RemoteError:
            return
        left = tokens_reported(response.headers)[1]
        if response.is_success and (budget.refused or (reported is not None and left is not None and left > reported)):
            budget.start_day(response.headers)


def _seconds(headers: Mapping[str, str], name: str) -> float | None:
    try:
        return max(0.0, float(headers[name])) if headers.get(name) else None
    except ValueError:
        return None
