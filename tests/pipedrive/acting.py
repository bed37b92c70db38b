"""Stand-ins for time and for Pipedrive: a loop whose time is made up, and answers written out by hand."""

from __future__ import annotations

import asyncio
import json
import random
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

import httpx

from migkit.pipedrive import Pipedrive

URL = "http://127.0.0.1:1"
TOKEN = "5ecret70ken5ecret70ken5ecret70ken5ecret7"
Handler = Callable[[httpx.Request], httpx.Response]


class MadeUpTime(asyncio.SelectorEventLoop):
    """A loop in which waiting takes no time: whenever all tasks wait, its clock jumps to the next thing due."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        selector = self._selector  # type: ignore[attr-defined]
        real_select = selector.select

        def select(timeout: float | None) -> Any:
            self.now += timeout or 0.0
            return real_select(0)

        selector.select = select

    def time(self) -> float:
        return self.now


class LoopClock:
    """The running loop's own time."""

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def play(work: Callable[[Pipedrive], Coroutine[Any, Any, Any]], handler: Any, **options: Any) -> Any:
    """Return what `work` returns for a client whose network is `handler` and whose time is made up."""

    async def act() -> Any:
        options.setdefault("rng", random.Random(1))
        async with Pipedrive(URL, TOKEN, transport=httpx.MockTransport(handler), clock=LoopClock(), **options) as client:
            return await work(client)

    with asyncio.Runner(loop_factory=MadeUpTime) as runner:
        return runner.run(act())


def ok(data: Any, headers: dict[str, str] | None = None, status: int = 200, **more: Any) -> httpx.Response:
    """Return an answer as Pipedrive gives it."""
    return httpx.Response(status, json={"success": True, "data": data, **more}, headers=headers)


def refused(status: int, error: str, **more: Any) -> httpx.Response:
    """Return a refusal as Pipedrive gives it."""
    return httpx.Response(status, json={"success": False, "error": error, **more})


def html(status: int) -> httpx.Response:
    """Return a page where JSON was expected."""
    return httpx.Response(status, text="<html><body>Sorry</body></html>", headers={"content-type": "text/html; charset=utf-8"})


def scripted(*steps: httpx.Response | Exception, log: list[httpx.Request] | None = None) -> Handler:
    """Return a handler that gives these answers one after the other, the last one for ever; an exception is raised."""
    queue = deque(steps)

    def answer(request: httpx.Request) -> httpx.Response:
        if log is not None:
            log.append(request)
        step = queue.popleft() if len(queue) > 1 else queue[0]
        if isinstance(step, Exception):
            raise step
        return httpx.Response(step.status_code, headers=step.headers, content=step.content)

    return answer


def body_of(request: httpx.Request) -> Any:
    """Return a request's JSON body."""
    return json.loads(request.content)


class Counter:
    """A target that counts arrivals over two seconds as Pipedrive does, behind a network with delays."""

    def __init__(self, limit: int, *, there: tuple[float, float], work: tuple[float, float], headers: bool = True, seed: int = 1) -> None:
        self.limit, self.there, self.work, self.headers = limit, there, work, headers
        self.rng = random.Random(seed)
        self.window: deque[float] = deque()
        self.arrivals: list[float] = []
        self.refused = 0
        self.others: list[float] = []
        """Moments at which somebody else's request on the same token arrives, ascending."""

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(self.rng.uniform(*self.there))
        now = asyncio.get_running_loop().time()
        while self.others and self.others[0] <= now:
            self.window.append(self.others.pop(0))
        while self.window and self.window[0] <= now - 2.0:
            self.window.popleft()
        if len(self.window) >= self.limit:
            self.refused += 1
            return httpx.Response(429, json={"success": False, "error": "request over limit"}, headers={"retry-after": "2"})
        self.window.append(now)
        self.arrivals.append(now)
        left = self.limit - len(self.window)
        await asyncio.sleep(self.rng.uniform(*self.work))
        said = {"x-ratelimit-limit": str(self.limit), "x-ratelimit-remaining": str(left), "x-ratelimit-reset": "2"}
        return ok({"id": 1}, said if self.headers else None)

    def share(self) -> float:
        """Return the accepted requests as a share of what two-second windows allow, the first window left out."""
        span = self.arrivals[-1] - 2.0
        return sum(1 for moment in self.arrivals if 2.0 <= moment < self.arrivals[-1]) / (self.limit * span / 2.0)
