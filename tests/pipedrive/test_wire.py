"""Over real sockets: connections that break before and after the work, slow answers, nobody there."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from migkit.model.errors import LeaseLost, TransientError, UnconfirmedWrite
from migkit.model.objects import ObjectType
from migkit.pipedrive import Pipedrive
from migkit.sandbox import Sandbox, SandboxConfig
from tests.http_client import HTTP


class Impatient:
    """Real time, but nobody sleeps."""

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(SandboxConfig(plan="ultimate", burst_limit=False)) as running:
        yield running


def use(url: str, token: str, work: Any) -> Any:
    async def act() -> Any:
        async with Pipedrive(url, token, subscription_plan="ultimate", clock=Impatient(), rng=random.Random(1)) as client:
            return await work(client)

    return asyncio.run(act())


def break_down(sandbox: Sandbox, **rule: Any) -> None:
    HTTP.post(f"{sandbox.url}/_sandbox/faults", json={"rules": [rule], "seed": 1}).raise_for_status()


def titles(sandbox: Sandbox) -> list[str]:
    async def work(client: Pipedrive) -> list[str]:
        return [record["title"] async for record in client.list(ObjectType.DEAL)]

    return use(sandbox.url, sandbox.token, work)


@pytest.mark.parametrize(("kind", "is_written"), [("reset_before", False), ("reset_after", True), ("truncated", True), ("html", True)])
def test_a_write_whose_answer_is_lost_is_in_doubt(sandbox: Sandbox, kind: str, is_written: bool) -> None:
    """The same error whether it was carried out or not, as nothing tells: and never carried out twice."""
    break_down(sandbox, kind=kind, method="POST", count=1)
    with pytest.raises(UnconfirmedWrite):
        use(sandbox.url, sandbox.token, lambda client: client.create(ObjectType.DEAL, {"title": kind}))
    assert titles(sandbox).count(kind) == int(is_written)


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "truncated", "slow"])
def test_reads_and_deletions_are_repeated(sandbox: Sandbox, kind: str) -> None:
    """Two broken answers are outlasted; the record is gone after the deletion, and only it."""

    async def make(client: Pipedrive) -> int:
        return (await client.create(ObjectType.DEAL, {"title": f"{kind} again"}))["id"]

    async def fetch_and_delete(client: Pipedrive) -> None:
        assert await client.fetch(ObjectType.DEAL, id)
        await client.delete(ObjectType.DEAL, id)

    before = len(titles(sandbox))
    id = use(sandbox.url, sandbox.token, make)
    break_down(sandbox, kind=kind, count=2, ms=10)
    use(sandbox.url, sandbox.token, fetch_and_delete)
    break_down(sandbox, kind=kind, method="DELETE", count=1, ms=10)
    id = use(sandbox.url, sandbox.token, make)
    use(sandbox.url, sandbox.token, fetch_and_delete)
    assert len(titles(sandbox)) == before


def test_connections_are_kept(sandbox: Sandbox) -> None:
    """Twenty calls one after the other need one connection."""

    async def work(client: Pipedrive) -> int:
        opened = 0

        class Counting(httpx.AsyncHTTPTransport):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                nonlocal opened
                request.extensions["trace"] = trace
                return await super().handle_async_request(request)

        async def trace(event: str, info: Any) -> None:
            nonlocal opened
            opened += event == "connection.connect_tcp.complete"

        async with Pipedrive(sandbox.url, sandbox.token, subscription_plan="ultimate", transport=Counting()) as other:
            for _ in range(20):
                await other.read("/api/v1/users/me")
        return opened

    break_down(sandbox, kind="slow", count=0)
    assert use(sandbox.url, sandbox.token, work) == 1


def test_nobody_there_is_one_sentence() -> None:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(TransientError, match=r"could not be sent to 127\.0\.0\.1:\d+: connect error"):
            use(url, "token", lambda client: client.read("/api/v1/users/me"))


def test_what_may_not_be_written_any_more_stays_here() -> None:
    """Asked again when the connection stands: of a write that is refused then, not one byte leaves; reading is not asked for."""
    received: list[bytes] = []
    asked: list[int] = []

    def ask() -> None:
        asked.append(1)
        if len(asked) == 2:
            raise LeaseLost("somebody else does it")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.append(await reader.read(1))
        writer.close()

    async def act() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Pipedrive(f"http://127.0.0.1:{port}", "token", subscription_plan="ultimate", clock=Impatient()) as client:
            client.before_write = ask
            with pytest.raises(LeaseLost):
                await client.create(ObjectType.DEAL, {"title": "late"})
            with pytest.raises(TransientError):
                await client.read("/api/v1/users/me")

    asyncio.run(act())
    assert len(asked) == 2
    assert received[0] == b"" and set(received[1:]) == {b"G"}
