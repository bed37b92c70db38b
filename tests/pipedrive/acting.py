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
from migkit.sandbox import SandboxConfig, create_app

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


def practise(
    work: Callable[[Pipedrive, Any], Coroutine[Any, Any, Any]], *, seed: dict[str, Any] | None = None, user: str = "", token: str = "",
    **config: Any,
) -> Any:  # fmt: skip
    """Return what `work` returns for a client of a sandbox in this process, and the sandbox's world; time is made up.

    `seed`: the account's document. `user`: e-mail of the user whose token is used, "" for the admin; `token`: another one. The rest
    configures the sandbox; plan and seats are told to the client too.
    """
    client_options = {name: config.pop(name) for name in ("wait", "reserve_pct", "day", "on_progress") if name in config}
    settings = SandboxConfig(**{"plan": "lite", "search_lag_s": 0.0, **config})

    async def act() -> Any:
        app = create_app(settings, clock=lambda: 1_790_000_000.0 + asyncio.get_running_loop().time())
        world = app.state.world
        try:
            account = world.add_account(seed, token=TOKEN) if seed else world.accounts[1]
            admin = TOKEN if seed else settings.token
            users = {row["email"]: row["token"] for row in account.small("user").values()}
            secret = token or users.get(user, admin)
            options = {"subscription_plan": settings.plan, "seats": settings.seats, **client_options}
            asgi = httpx.ASGITransport(app)
            async with Pipedrive(URL, secret, transport=asgi, clock=LoopClock(), rng=random.Random(1), **options) as client:
                return await work(client, world)
        finally:
            world.close()

    with asyncio.Runner(loop_factory=MadeUpTime) as runner:
        return runner.run(act())


def writes(world: Any) -> list[str]:
    """Return the writes in a sandbox's own request log."""
    return [
        f"{entry['method']} {entry['path']}"
        for entry in world.log.since(0, account=None, full=False, limit=100_000)
        if entry["method"] != "GET"
    ]
