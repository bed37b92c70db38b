"""What goes wrong between us and Pipedrive, one fault at a time, with people who edit in between; and what came of it, counted.

    make test-faults        the whole table (many tries)

A short profile of the same runs with the other tests. Everything goes through the real client and the sandbox's API.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from migkit.load import Ledger, external_id_of, recover
from migkit.load.answers import image
from migkit.load.bind import Binder
from migkit.migration.defaults import load_map
from migkit.model.errors import UsageError, on_this_machine
from migkit.model.objects import DATA_OBJECTS, ObjectType
from migkit.model.records import Plan
from migkit.pipedrive import Pipedrive, read_account
from migkit.plan import comparators
from migkit.sandbox import create_app
from migkit.sandbox.faults import Faults

from .practice import changed, plan, without
from .test_sandbox import InProcess, NoTime, SandboxWorld

NETWORK = ("500", "502", "503", "429", "reset_before", "reset_after", "truncated", "html")
RUNS = 12  # a disturbed load is run again at most this often
TEXT = {"persons": "name", "deals": "title", "organizations": "name", "products": "description"}


@dataclass
class Row:
    """One line of the table."""

    fault: str
    tries: int = 0
    doubled: int = 0
    missing: int = 0
    differing: int = 0
    edits_lost: int = 0
    unexplained: int = 0
    """Records of ours that a rollback left without naming them."""
    tokens_wasted: int = 0
    """Network faults: tokens beyond those of the same runs without a fault."""

    @property
    def harm(self) -> tuple[int, ...]:
        """Everything that has to be zero."""
        return self.doubled, self.missing, self.differing, self.edits_lost, self.unexplained


class KilledError(BaseException):
    """The process is gone."""


class Killing(InProcess):
    """A connection over which the `number`-th writing request kills the process, before or after the work."""

    def __init__(self, world: FaultyWorld) -> None:
        super().__init__(app=world.app)
        self.world = world

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        world = self.world
        if request.method == "GET" or world.kill_at is None:
            return await super().handle_async_request(request)
        world.kill_at -= 1
        if world.kill_at == 0 and not world.is_done_first:
            world.die()
        response = await super().handle_async_request(request)
        if world.kill_at == 0:
            world.die()
        return response


class FaultyWorld(SandboxWorld):
    """A ledger, a sandbox, people who edit, and a count of what was lost."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        super().__init__(folder)
        self.rng, self.kill_at, self.is_done_first = rng, None, False
        self.edits: dict[tuple[str, int, str], str] = {}

    kill_at: int | None

    def restart(self) -> None:
        """Take the sandbox down and up again, on the same data."""
        config = self.app.state.world.config
        self.app.state.world.close()
        self.app = create_app(replace(config, seed_file=None))

    def run(self, work: Callable[[Any], Any]) -> Any:
        async def act() -> Any:
            made = Pipedrive("http://127.0.0.1:1", "sandbox-token", subscription_plan="ultimate", transport=Killing(self), clock=NoTime())
            async with made as client:
                return await work(client)

        return asyncio.run(act())

    def die(self) -> None:
        self.ledger.close()
        raise KilledError

    @contextlib.contextmanager
    def killed(self) -> Iterator[None]:
        """Kill what runs inside at a random write, and start the next process."""
        self.kill_at, self.is_done_first = self.rng.randint(1, 20), self.rng.random() < 0.5
        try:
            yield
        except UsageError:
            raise
        except BaseException:
            pass
        self.kill_at = None
        self.reopen()

    def api(self, method: str, path: str, body: Any = None) -> Any:
        async def act() -> Any:
            async with httpx.AsyncClient(transport=InProcess(app=self.app), base_url="http://127.0.0.1:1") as client:
                answer = await client.request(method, path, json=body, headers={"x-api-token": "sandbox-token"})
                return answer.json().get("data")

        return asyncio.run(act())

    def somebody_edits(self) -> None:
        """Change a text of a random record, as a person does."""
        with self.undisturbed():
            path = self.rng.choice(list(TEXT))
            found = self.api("GET", f"/api/v2/{path}?limit=500") or []
            if found:
                record, value = self.rng.choice(found), f"by hand {self.rng.random():.9f}"
                self.api("PATCH", f"/api/v2/{path}/{record['id']}", {TEXT[path]: value})
                self.edits[path, record["id"], TEXT[path]] = value

    @contextlib.contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Let what happens inside reach the account unharmed."""
        faults, self.app.state.world.faults = self.app.state.world.faults, Faults([], 1)
        yield
        self.app.state.world.faults = faults

    def tokens(self) -> int:
        return int(self.app.state.world.accounts[1].limits.used_ever)

    def finish(self, whole: Plan) -> None:
        """Load until nothing is left to do."""
        for _ in range(RUNS):
            result = self.apply(whole)
            if not (result.failures or result.held or result.stopped or self.ledger.unanswered()):
                return

    def judge(self, row: Row, whole: Plan) -> None:
        """Count what is twice, missing, different or lost after a load that came to its end."""
        keys = Counter(self.keys())
        row.doubled += sum(keys.values()) - len(keys)
        row.missing += len({key for key, record in whole.records.items() if record.sources} - keys.keys())
        edited = {self.key_of(path, id) for path, id, _ in self.edits}
        differing = self.reconcile(whole, comparators(load_map())).differing
        row.differing += len(differing[~differing["key"].isin(edited)])
        self.count_edits(row)

    def count_edits(self, row: Row) -> None:
        for (path, id, name), value in self.edits.items():
            record = self.api("GET", f"/api/v2/{path}/{id}")
            row.edits_lost += not record or record.get(name) != value

    def undo(self, row: Row) -> None:
        """Roll back, and count what is left of ours without a word, and edits that went with it."""
        result = self.rollback()
        told = {r.key for r in result.rows if r.detail}
        row.unexplained += len(set(self.keys()) - told)
        self.count_edits(row)

    def keys(self) -> list[str]:
        """Return the key of everything in the account that carries one of ours."""

        async def read(client: Pipedrive) -> list[str]:
            binder = Binder(await read_account(client), self.ledger)
            found = []
            for object in DATA_OBJECTS:
                async for answer in client.list(object):
                    known = external_id_of(object, image(object, answer), binder)
                    found += ["attachment:9" if object is ObjectType.FILE else known] if known else []
            return found

        return self.run(read)

    def key_of(self, path: str, id: int) -> str:
        kind = path.removesuffix("s")
        return next((e.key for e in self.ledger.entries().values() if e.object.value == kind and e.target_id == id), "")

    def replace_ledger(self, by: Path | None) -> None:
        """Put another file in the ledger's place, or none."""
        self.ledger.close()
        for file in self.folder.glob("ledger.sqlite*"):
            file.unlink()
        if by is not None:
            shutil.copy(by, self.folder / "ledger.sqlite")
        self.ledger = Ledger(self.folder / "ledger.sqlite")

    def recover(self, whole: Plan) -> None:
        async def work(client: Pipedrive) -> None:
            await recover(whole, client, await read_account(client), self.ledger)

        self.run(work)


# -- the faults ---------------------------------------------------------------------------------------------------------

BETTER = changed(changed(plan(), "plan:1", title="Crown and bridge"), "patient:2", name="Pat Renamed")


def killed_in(step: str) -> Callable[[FaultyWorld, Row], None]:
    """Return a fault: the process is killed at a random write of a step, people edit, and the step is run again."""

    def run(world: FaultyWorld, row: Row) -> None:
        first, whole = plan(), BETTER if step == "delta" else plan()
        if step != "load":
            world.apply(first)
        for _ in range(world.rng.randint(1, 3)):
            with world.killed():
                world.rollback() if step == "rollback" else world.apply(whole)
            world.somebody_edits()
        if step != "rollback":
            world.finish(whole)
            world.judge(row, whole)
        world.undo(row)

    return run


def network(kinds: tuple[str, ...], rate: float = 0.05) -> Callable[[FaultyWorld, Row], None]:
    """Return a fault: answers are lost or spoilt on the way."""

    def run(world: FaultyWorld, row: Row) -> None:
        rules = [{"kind": kind, "rate": rate, "method": "P*"} for kind in kinds]
        world.app.state.world.faults = Faults(rules, world.rng.randint(1, 10**6))
        world.apply(plan())
        world.somebody_edits()
        world.finish(plan())
        world.finish(BETTER)
        world.app.state.world.faults = Faults([], 1)
        world.finish(BETTER)
        world.judge(row, BETTER)
        world.undo(row)

    return run


def other_ledger(kind: str) -> Callable[[FaultyWorld, Row], None]:
    """Return a fault: the ledger is an older copy, a copy without its log, lost, or cut off."""

    def run(world: FaultyWorld, row: Row) -> None:
        names = [key for key, record in plan().records.items() if record.sources]
        part = without(plan(), *world.rng.sample(["note:5", "attachment:9", "appointment:7", "lead:1", "product:1"], 3))
        assert names
        world.apply(part if kind == "older" else plan())
        copy = Path(shutil.copy(world.ledger.path, world.folder / "copy.sqlite"))
        world.apply(plan())
        world.somebody_edits()
        if kind == "truncated":
            copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
        try:
            world.replace_ledger(None if kind == "lost" else copy)
        except UsageError:  # unreadable, and so said: moved away as the message asks
            world.replace_ledger(None)
        try:
            world.apply(plan())
        except UsageError:
            world.recover(plan())
        world.finish(plan())
        world.judge(row, plan())
        world.undo(row)

    return run


def wiped(world: FaultyWorld, row: Row) -> None:
    """The account was emptied: nothing may be written, and the ledger stays."""
    world.apply(plan())
    for path in ("persons", "organizations", "deals", "activities", "products"):
        for record in world.api("GET", f"/api/v2/{path}?limit=500"):
            world.api("DELETE", f"/api/v2/{path}/{record['id']}")
    for path in ("leads", "notes", "files"):
        for record in world.api("GET", f"/api/v1/{path}?limit=100") or []:
            world.api("DELETE", f"/api/v1/{path}/{record['id']}")
    writes = world.writes()
    for act in (lambda: world.apply(plan()), world.rollback):
        with contextlib.suppress(UsageError):
            act()
            row.unexplained += 1
    row.doubled += world.writes() - writes


def two_at_once(world: FaultyWorld, row: Row) -> None:
    """A second load of the same workspace starts while one is running: it is refused, and nothing is written twice."""
    with world.ledger.exclusive():
        try:
            Ledger(world.ledger.path).exclusive().__enter__()
            row.doubled += 1
        except UsageError:
            pass
    world.finish(plan())
    world.judge(row, plan())


def clock_set_back(world: FaultyWorld, row: Row) -> None:
    """The machine's clock is set back by days between a killed load and the next."""
    with world.killed():
        world.apply(plan())
    world.ledger.close()
    world.ledger = Ledger(world.folder / "ledger.sqlite", clock=lambda: "2020-01-01T00:00:00.000Z")
    world.somebody_edits()
    world.finish(plan())
    world.judge(row, plan())
    world.undo(row)


def sandbox_restarted(world: FaultyWorld, row: Row) -> None:
    """The other side goes down in the middle of a load, comes back, and the load is run again."""
    world.app.state.world.faults = Faults([{"kind": "reset_after", "rate": 1.0, "method": "P*", "count": 5}], world.rng.randint(1, 99))
    world.apply(plan())
    world.restart()
    world.finish(plan())
    world.judge(row, plan())
    world.undo(row)


def disk(pragma: str) -> Callable[[FaultyWorld, Row], None]:
    """Return a fault: SQLite cannot write the ledger any more from some write on, until somebody made room."""

    def run(world: FaultyWorld, row: Row) -> None:
        if world.rng.random() < 0.5:
            world.apply(plan())
        pages = world.ledger._db.execute("PRAGMA page_count").fetchone()[0] + world.rng.randint(0, 4)
        world.ledger._db.execute(f"PRAGMA {pragma.format(pages=pages)}")
        try:
            world.apply(BETTER)
        except sqlite3.OperationalError as error:
            row.unexplained += on_this_machine(error) is None
        world.reopen()
        world.somebody_edits()
        world.finish(BETTER)
        world.judge(row, BETTER)
        world.undo(row)

    return run


FAULTS: dict[str, Callable[[FaultyWorld, Row], None]] = {
    "killed in load": killed_in("load"),
    "killed in delta": killed_in("delta"),
    "killed in rollback": killed_in("rollback"),
    **{f"network: {kind}, 5 %": network((kind,)) for kind in NETWORK},
    "network: all together": network(NETWORK, 0.03),
    "sandbox restarted": sandbox_restarted,
    **{f"ledger: {kind}": other_ledger(kind) for kind in ("older", "copied", "truncated", "lost")},
    "account emptied": wiped,
    "two loads at once": two_at_once,
    "clock set back": clock_set_back,
    "disk full": disk("max_page_count = {pages}"),
    "ledger read-only": disk("query_only = 1"),
}


def table(tries: int, seed: int = 1, names: Collection[str] = tuple(FAULTS)) -> list[Row]:
    """Return one row a fault, each tried so often with people who edit in between."""
    usual = _try(network(()), random.Random(0), Row("")) if any(name.startswith("network") for name in names) else 0
    rows = []
    for name in names:
        row, rng = Row(name), random.Random(f"{seed} {name}")
        for _ in range(tries):
            row.tries += 1
            spent = _try(FAULTS[name], rng, row)
            row.tokens_wasted += max(0, spent - usual) if name.startswith("network") else 0
        rows.append(row)
    return rows


def _try(fault: Callable[[FaultyWorld, Row], None], rng: random.Random, row: Row) -> int:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        world = FaultyWorld(Path(folder), rng)
        try:
            fault(world, row)
            return world.tokens()
        finally:
            world.ledger.close()
            world.app.state.world.close()
