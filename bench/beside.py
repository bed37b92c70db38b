"""A load and its read-back beside what does less: the same requests by bare httpx, one after the other, and by a `dlt` pipeline.

All against one sandbox without limits, in one run: the plan is loaded, then its own requests are sent again. Called by `make bench-scale`.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import click
import httpx
from causes import explain, profiled
from made import generated, workspace_of

from migkit.load import Change, apply
from migkit.migration import Migration
from migkit.model.account import AccountSchema
from migkit.model.objects import DATA_OBJECTS, OBJECTS
from migkit.pipedrive import Pipedrive, read_account
from migkit.pipedrive.calls import Call
from migkit.plan import comparators
from migkit.reconcile import read_back, reconcile
from migkit.sandbox import Sandbox, SandboxConfig

CONNECTIONS = 8
SLOW = 400
"""Requests after which what sends one at a time is known well enough."""


class Clock:
    """Seconds of the clock, and CPU seconds of this process, of what is done in a `with` statement."""

    def __enter__(self) -> Clock:
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu


def compare(folder: Path, patients: int) -> None:
    """Print a load, its read-back, and what else sends or fetches the same."""
    made = generated(folder, patients)
    config = SandboxConfig(plan="ultimate", seats=3, burst_limit=False, daily_limit=False, record_bodies=False)
    with Sandbox(config) as sandbox:
        migration = Migration.open(workspace_of(made, sandbox.url))
        todo = migration.changes()
        sent, loading = recorded(sandbox, lambda client: load(migration, client, todo))
        account = asyncio.run(schema(sandbox))
        asked, reading = recorded(sandbox, lambda client: compared(migration, client, account))
        with Clock() as fetch:
            asyncio.run(by_httpx(sandbox, asked, 1))
        writes = [call for call in sent if call.verb == "POST" and call.json and call.template in CREATES]
        with Clock() as bare:
            asyncio.run(by_httpx(sandbox, writes, CONNECTIONS))
        click.echo(f"{'':44}{'requests':>9}{'a second':>10}{'CPU ms each':>13}{'of bare httpx':>15}{'goal':>7}")
        base = len(writes) / bare.wall
        line("bare httpx, as many connections", len(writes), bare, base)
        line("load, without limits", len(sent), loading, base, ">= .95")
        few = writes[:SLOW]
        with Clock() as script:
            by_script(sandbox, few)
        line("plain script, one after the other", len(few), script, base)
        with Clock() as pipeline:
            missing = by_dlt(sandbox, few)
        click.echo(missing) if missing else line("dlt, a destination of its own", len(few), pipeline, base)

        click.echo(
            f"read back and compare: {reading.wall / fetch.wall:.2f} × a bare fetch of the same {len(asked)} pages "
            f"(CPU of this process {reading.cpu:.1f} and {fetch.cpu:.1f} s; goal <= 1.3)"
        )
    if len(sent) / loading.wall < 0.95 * base or reading.wall > 1.3 * fetch.wall:
        why(generated(folder / "again", patients), config)


def why(made: Path, config: SandboxConfig) -> None:
    """Print what a load and a comparison of another practice go to; what the ledger's own thread does is not among it."""
    with Sandbox(config) as sandbox:
        migration = Migration.open(workspace_of(made, sandbox.url))
        todo = migration.changes()
        _, found = profiled(lambda: recorded(sandbox, lambda client: load(migration, client, todo)))
        explain("why, load", found)
        account = asyncio.run(schema(sandbox))
        _, found = profiled(lambda: recorded(sandbox, lambda client: compared(migration, client, account)))
        explain("why, read back and compare", found)


CREATES = {OBJECTS[object].endpoint.path for object in DATA_OBJECTS}


async def schema(sandbox: Sandbox) -> AccountSchema:
    """Return the account's fields, users and pipelines."""
    async with Pipedrive(sandbox.url, sandbox.token) as client:
        return await read_account(client)


async def compared(migration: Migration, client: Pipedrive, account: AccountSchema) -> None:
    """Read everything back and compare it with the plan, as `migkit reconcile` does."""
    found = await read_back(client, account)
    named = comparators(migration.decisions.pipedrive_map)
    assert reconcile(migration.plan, migration.ledger, found, account, comparators=named).agrees


async def load(migration: Migration, client: Pipedrive, todo: list[Change]) -> None:
    """Load a plan, as `migkit run load` does."""
    find = migration.workspace.file_with
    result = await apply(todo, migration.plan, migration.ledger, client, await read_account(client), run_id="bench", find_file=find)
    assert not result.failures and not result.stopped, result


def recorded(sandbox: Sandbox, work: Callable[[Pipedrive], Coroutine[Any, Any, None]]) -> tuple[list[Call], Clock]:
    """Return the calls that `work` sent, and what it took."""
    sent: list[Call] = []

    async def connected() -> None:
        async with Pipedrive(sandbox.url, sandbox.token, subscription_plan="ultimate", seats=3, concurrency=CONNECTIONS) as client:
            send = client._wire.send

            async def noting(one: httpx.AsyncClient, call: Call) -> httpx.Response:
                sent.append(call)
                return await send(one, call)

            client._wire.send = noting  # type: ignore[method-assign]
            await work(client)

    with Clock() as clock:
        asyncio.run(connected())
    return sent, clock


def line(what: str, requests: int, took: Clock, base: float, goal: str = "") -> None:
    """Print a row: requests, how many a second by the clock, CPU of this process for each, as a share of what bare httpx sends a second."""
    a_second = requests / took.wall
    click.echo(f"{what:44}{requests:>9,}{a_second:>10.0f}{1e3 * took.cpu / requests:>13.2f}{a_second / base:>15.2f}{goal:>7}")


async def by_httpx(sandbox: Sandbox, calls: list[Call], connections: int) -> None:
    """Send the calls with as many clients of one connection each, and look at nothing but the status."""
    left = iter(calls)

    async def worker() -> None:
        async with httpx.AsyncClient(base_url=sandbox.url, headers={"x-api-token": sandbox.token}, timeout=60) as client:
            for call in left:
                (await client.request(call.verb, call.path, params=plain(call), json=call.json)).raise_for_status()

    await asyncio.gather(*(worker() for _ in range(connections)))


def by_script(sandbox: Sandbox, calls: list[Call]) -> None:
    """Send the calls as a first script does: one client, one request after the other."""
    with httpx.Client(base_url=sandbox.url, headers={"x-api-token": sandbox.token}, timeout=60) as client:
        for call in calls:
            client.request(call.verb, call.path, params=plain(call), json=call.json).raise_for_status()


def by_dlt(sandbox: Sandbox, calls: list[Call]) -> str:
    """Send the calls by a `dlt` pipeline whose destination posts each item; return what is missing, "" where it ran."""
    try:
        import dlt
    except ImportError:
        return "dlt: not installed (pip install -c constraints.txt '.[bench]')"
    client = httpx.Client(base_url=sandbox.url, headers={"x-api-token": sandbox.token}, timeout=60)

    @dlt.destination(batch_size=100, loader_parallelism_strategy="parallel")
    def pipedrive(items: Any, table: Any) -> None:
        for item in items:
            client.post(item["path"], json=item["body"]).raise_for_status()

    with tempfile.TemporaryDirectory() as folder:
        pipeline = dlt.pipeline("bench", destination=pipedrive, pipelines_dir=folder)
        rows = dlt.resource([{"path": call.path, "body": call.json} for call in calls], name="records", max_table_nesting=0)
        pipeline.run(rows)
    return ""


def plain(call: Call) -> dict[str, str]:
    """Return a call's parameters as they are sent."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in call.params.items() if value is not None
    } or None
