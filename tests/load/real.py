"""The same with real processes: a load in one, the sandbox in another, each ended by SIGKILL at a random instant."""

from __future__ import annotations

import asyncio
import contextlib
import json
import multiprocessing
import random
import secrets
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from migkit.load import Ledger
from migkit.pipedrive import Pipedrive
from migkit.sandbox import Sandbox, SandboxConfig
from tests.http_client import HTTP

from .faults import BETTER, FaultyWorld, Row
from .practice import plan
from .test_sandbox import USERS
from .world import World

PROCESSES = multiprocessing.get_context("forkserver")
SEED = {"company": "Practice", "users": USERS, "currencies": ["AUD"]}
SLICE = ("patient:1", "patient:3", "note:5")
STEPS: dict[str, Callable[[World], object]] = {
    "load": lambda world: world.apply(plan()),
    "sample": lambda world: world.apply(plan(), keys=SLICE),
    "delta": lambda world: world.apply(BETTER),
    "rollback": lambda world: world.rollback(),
}


class RealWorld(FaultyWorld):
    """A ledger, and an account of its own in a sandbox that is another process."""

    def __init__(self, folder: Path, rng: random.Random, sandbox: Sandbox, token: str = "") -> None:
        World.__init__(self, folder)
        self.rng, self.edits, self.sandbox = rng, {}, sandbox
        self.token, self.account = token, 0
        if not token:
            self.token = secrets.token_hex(16)
            given = {"account": SEED, "token": self.token, "plan": "ultimate"}
            self.account = HTTP.post(f"{sandbox.url}/_sandbox/accounts", json=given).raise_for_status().json()["account"]

    def run(self, work: Callable[[Any], Coroutine[Any, Any, Any]]) -> Any:
        async def act() -> Any:
            async with Pipedrive(self.sandbox.url, self.token, subscription_plan="ultimate") as client:
                return await work(client)

        return asyncio.run(act())

    def api(self, method: str, path: str, body: Any = None) -> Any:
        answer = HTTP.request(method, f"{self.sandbox.url}{path}", json=body, headers={"x-api-token": self.token})
        return answer.json().get("data")

    @contextlib.contextmanager
    def undisturbed(self) -> Iterator[None]:
        yield

    def tokens(self) -> int:
        return int(HTTP.get(f"{self.sandbox.url}/_sandbox/state", params={"account": self.account}).json()["tokens"]["used_ever"])

    def life(self, step: str, end: Callable[[Any], bool]) -> bool:
        """Run a step in a process of its own, and return whether `end`, called a random part of its usual time later, ended it."""
        self.ledger.close()
        begun = PROCESSES.Event()
        process = PROCESSES.Process(target=_live, args=(step, str(self.folder), self.sandbox.url, self.token, begun))
        process.start()
        begun.wait(60)
        process.join(self.rng.uniform(0, usual(step)))
        ended = end(process)
        process.join(120)
        self.ledger = Ledger(self.folder / "ledger.sqlite")
        return ended


def kill(process: Any) -> bool:
    """Send SIGKILL; return whether the process was still at work."""
    process.kill()
    process.join()
    return bool(process.exitcode == -9)


def _live(step: str, folder: str, url: str, token: str, begun: Any) -> None:
    sandbox = Sandbox()
    sandbox.url = url
    world = RealWorld(Path(folder), random.Random(0), sandbox, token)
    begun.set()
    STEPS[step](world)


@cache
def shared() -> Sandbox:
    """Return a sandbox for all tries; it ends with this process."""
    PROCESSES.set_forkserver_preload(["tests.load.real"])
    return Sandbox(SandboxConfig(burst_limit=False, daily_limit=False, plan="ultimate", record_bodies=False)).start()


@cache
def usual(step: str) -> float:
    """Return how many seconds a step takes when nobody ends it."""
    with tempfile.TemporaryDirectory() as folder:
        world = RealWorld(Path(folder), random.Random(0), shared())
        if step != "load":
            world.apply(plan())
        if step == "sample":
            world = RealWorld(Path(folder) / "fresh", random.Random(0), shared())
        started = time.monotonic()
        STEPS[step](world)
        passed = time.monotonic() - started
        world.ledger.close()
        return passed


def killed(step: str) -> Callable[[random.Random, Row], None]:
    """Return a fault: SIGKILL at random instants of a step, people who edit between the lives, and then the step run to its end."""

    def run(rng: random.Random, row: Row) -> int:
        with tempfile.TemporaryDirectory() as folder:
            world = RealWorld(Path(folder), rng, shared())
            whole = BETTER if step == "delta" else plan()
            if step in ("delta", "rollback"):
                world.apply(plan())
            for _ in range(rng.randint(1, 3)):
                row.tries += world.life(step, kill)
                world.somebody_edits()
            if step != "rollback":
                world.finish(whole)
                world.judge(row, whole)
            world.undo(row)
            world.ledger.close()

    return run


def sandbox_killed(rng: random.Random, row: Row) -> None:
    """The other side is killed in the middle of a load and started again on its data."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "account.json").write_text(json.dumps(SEED))
        config = SandboxConfig(burst_limit=False, daily_limit=False, plan="ultimate", data=place / "data", token="sandbox-token")
        sandbox = Sandbox(SandboxConfig(**{**vars(config), "seed_file": place / "account.json"})).start()
        world = RealWorld(place, rng, sandbox, sandbox.token)
        world.account = 1

        def end(process: Any) -> bool:
            sandbox.kill()
            working = process.is_alive()
            world.sandbox = Sandbox(SandboxConfig(**{**vars(config), "port": int(sandbox.url.rpartition(":")[2])})).start()
            return bool(working)

        row.tries += world.life("load", end)
        world.somebody_edits()
        world.finish(plan())
        world.judge(row, plan())
        world.undo(row)
        world.ledger.close()
        world.sandbox.stop()


REAL = {**{f"kill -9 in {step}": killed(step) for step in STEPS}, "kill -9 of the sandbox": sandbox_killed}


def real_row(name: str, tries: int, seed: int = 1) -> Row:
    """Return one row of the table; only an end that came in the middle of the work counts as a try."""
    row, rng = Row(name), random.Random(f"{seed} {name}")
    while row.tries < tries:
        REAL[name](rng, row)
    return row
