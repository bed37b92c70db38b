"""An in-process sandbox with a client, for tests."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"


class Clock:
    """Seconds since the epoch that stand still until told otherwise."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


class Api:
    """A client of one in-process sandbox, with the token on every call."""

    def __init__(self, app: Starlette, token: str) -> None:
        self.app = app
        self._loop = asyncio.new_event_loop()
        self._lifespan = app.router.lifespan_context(app)
        self._loop.run_until_complete(self._lifespan.__aenter__())
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://sandbox", headers={"x-api-token": token})

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Send one request."""
        return self._loop.run_until_complete(self._client.request(method, path, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)

    def run(self, work: Awaitable[Any]) -> Any:
        """Carry out something asynchronous in the sandbox's own loop."""
        return self._loop.run_until_complete(work)

    def close(self) -> None:
        self._loop.run_until_complete(self._client.aclose())
        self._loop.run_until_complete(self._lifespan.__aexit__(None, None, None))
        self._loop.close()

    def ok(self, method: str, path: str, **more: Any) -> Any:
        """Send, expect success, return `data`."""
        answer = self.request(method, path, **more)
        assert answer.status_code in (200, 201), answer.text
        return answer.json().get("data")

    def refused(self, status: int, method: str, path: str, **more: Any) -> Any:
        """Send, expect this refusal, return its body. A refused request has changed nothing."""
        before = self.everything()
        answer = self.request(method, path, **more)
        assert answer.status_code == status, answer.text
        assert self.everything() == before
        body: dict[str, Any] = answer.json()
        assert body["success"] is False
        return body

    def everything(self) -> list[Any]:
        """Return all records of all accounts, as they lie on the disk."""
        return self.world.store._db.execute("SELECT account, kind, id, body FROM records ORDER BY seq").fetchall()

    def with_token(self, token: str) -> Api:
        """Return a client of the same sandbox with another token."""
        other = copy.copy(self)
        transport = httpx.ASGITransport(self.app)
        other._client = httpx.AsyncClient(transport=transport, base_url="http://sandbox", headers={"x-api-token": token})
        return other

    @property
    def world(self) -> Any:
        return self.app.state.world

    def switch(self, **answers: str) -> None:
        assert self.post("/_sandbox/switches", json=answers).status_code == 200
