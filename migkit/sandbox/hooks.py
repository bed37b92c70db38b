"""Sending webhooks: every change is put in a queue as a v2 event; events go out to loopback addresses only, the rest are just kept."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import deque
from typing import Any
from urllib.parse import urlsplit

from migkit.model.imports import on_first_use

with on_first_use("httpx"):  # an account without webhooks sends nothing
    import httpx

from .account import Account
from .store import Body

OBJECTS = {"activity", "deal", "lead", "note", "organization", "person", "pipeline", "product", "stage", "user"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
KEPT = 10_000
TRIES = 3
DEAF_S = 60
"""How long an address that nobody listens at is left alone."""
_PRIVATE = {"token", "permissions"}


class Hooks:
    """The queue of events, and the task that sends them."""

    def __init__(self) -> None:
        self.sent: deque[dict[str, Any]] = deque(maxlen=KEPT)
        """What was fired, delivered or not: account, webhook, url, event, status."""
        self._queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._deaf: dict[str, float] = {}
        self._noted: list[tuple[Account, str, str, Body | None, Body | None, int]] = []

    def note(self, account: Account, action: str, kind: str, new: Body | None, old: Body | None, user: int) -> None:
        """Remember a change until the call that makes it has succeeded."""
        self._noted.append((account, action, kind, new, old, user))

    def forget(self) -> None:
        """Drop what was noted: the call failed."""
        self._noted.clear()

    def release(self) -> None:
        """Fire what was noted: the call succeeded."""
        for change in self._noted:
            self._fire(*change)
        self._noted.clear()

    def _fire(self, account: Account, action: str, kind: str, new: Body | None, old: Body | None, user: int) -> None:
        """Queue one event per webhook that wants it."""
        if kind not in OBJECTS:
            return
        for hook in account.small("webhook").values():
            if hook["is_deleted"] or hook["event_action"] not in (action, "*") or hook["event_object"] not in (kind, "*"):
                continue
            now = account.now()
            meta = {"action": action, "entity": kind, "entity_id": str((new or old or {}).get("id")), "company_id": str(account.id),
                    "user_id": str(user),
                    "change_source": "api", "timestamp": now, "version": "2.0", "webhook_id": str(hook["id"]), "id": str(uuid.uuid4()),
                    "correlation_id": str(uuid.uuid4()), "attempt": 1, "is_bulk_edit": False,
                    "permitted_user_ids": [str(user)]}  # fmt: skip
            data, previous = _public(new) if action != "delete" else None, _public(old)
            delivery = {"account": account.id, "webhook": hook["id"], "url": hook["subscription_url"], "status": None,
                        "event": {"meta": meta, "data": data, "previous": previous},
                        "auth": (hook["http_auth_user"], hook["http_auth_password"] or "") if hook["http_auth_user"] else None}  # fmt: skip
            self.sent.append(delivery)
            if urlsplit(hook["subscription_url"]).hostname in LOOPBACK:
                self._queue.put_nowait(delivery)

    async def run(self) -> None:
        """Send what is queued, for ever. Another answer than 2xx is tried again; where nobody listens, nothing is sent for a while."""
        delivery = await self._queue.get()
        async with httpx.AsyncClient(timeout=5, follow_redirects=False, trust_env=False) as client:
            while True:
                if self._deaf.get(delivery["url"], 0) <= time.monotonic():
                    await self._send(client, delivery)
                self._queue.task_done()
                delivery = await self._queue.get()

    async def _send(self, client: httpx.AsyncClient, delivery: dict[str, Any]) -> None:
        for attempt in range(1, TRIES + 1):
            delivery["event"]["meta"]["attempt"] = attempt
            try:
                answer = await client.post(delivery["url"], json=delivery["event"], auth=delivery["auth"])
            except (httpx.HTTPError, httpx.InvalidURL):
                delivery["status"] = 0
                self._deaf[delivery["url"]] = time.monotonic() + DEAF_S
                return
            delivery["status"] = answer.status_code
            if answer.is_success:
                return

    async def drain(self) -> None:
        """Wait until nothing is queued."""
        await self._queue.join()


def _public(body: Body | None) -> Body | None:
    return {key: value for key, value in body.items() if key not in _PRIVATE} if body else None
