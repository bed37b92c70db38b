"""Work against the customer's account: connect, read its schema, do the work, write down what it cost in tokens."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from migkit.model.account import AccountSchema
from migkit.pipedrive import Pipedrive, read_account, run, token_for
from migkit.workspace import Workspace

T = TypeVar("T")
WAIT = "MIGKIT_WAIT"
"""Set by `migkit run --wait`: go on by itself after the day's tokens are renewed."""


def with_target(workspace: Workspace, work: Callable[[Pipedrive, AccountSchema], Awaitable[T]], *, step: str, wait: bool = False) -> T:
    """Return what `work` returns for a connected client and the account as it is now; also from inside Jupyter.

    The tokens spent are added to `runs/usage.jsonl`. Raises RemoteError subclasses with one sentence each.
    """
    settings = workspace.settings

    async def connected() -> T:
        client = Pipedrive(
            settings.target_url,
            token_for(settings.target_url),
            plan=settings.plan,
            seats=settings.seats,
            reserve_pct=settings.reserve_pct,
            wait=wait,
            spent_today=_spent_today(workspace),
            on_progress=_tell,
        )
        async with client:
            try:
                return await work(client, await read_account(client))
            finally:
                _note_usage(workspace, step, client)

    return run(connected())


def spent(workspace: Workspace) -> dict[str, int]:
    """Return purpose → tokens spent so far over all steps."""
    totals: dict[str, int] = {}
    for line in _usage(workspace):
        for purpose, tokens in line["tokens"].items():
            totals[purpose] = totals.get(purpose, 0) + tokens
    return totals


def _spent_today(workspace: Workspace) -> int:
    """Return what earlier steps of this day (UTC) spent: the only count there is where the account sends no daily headers."""
    today = datetime.now(UTC).date().isoformat()
    return sum(sum(line["tokens"].values()) for line in _usage(workspace) if line["at"].startswith(today))


def _usage(workspace: Workspace) -> list[dict[str, Any]]:
    path = workspace.runs / "usage.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def _note_usage(workspace: Workspace, step: str, client: Pipedrive) -> None:
    tokens = dict(client.usage.tokens_by_purpose)
    if tokens:
        line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), "step": step, "tokens": tokens})
        with (workspace.runs / "usage.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _tell(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
