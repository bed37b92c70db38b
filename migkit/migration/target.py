"""Work against the customer's account: connect, read its schema, do the work, write down what it cost in tokens."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from migkit.model.account import AccountSchema
from migkit.model.errors import UsageError
from migkit.pipedrive import Pipedrive, read_account, run, token_for
from migkit.running import WAIT
from migkit.workspace import Workspace

T = TypeVar("T")
DAY = "MIGKIT_DAY"
"""Seconds of the target's day, for a sandbox whose days pass faster; `DAY_S` where it is not set."""
DAY_S = 86_400
WINDOW = 2.0  # seconds over which Pipedrive counts requests
FIRST = 20  # requests that a connection sends before answers have told it how many others were sent just before


def with_target(
    workspace: Workspace,
    work: Callable[[Pipedrive, AccountSchema], Awaitable[T]],
    *,
    step: str,
    wait: bool = False,
    account: AccountSchema | None = None,
) -> T:
    """Return what `work` returns for a connected client and the account as it is now; also from inside Jupyter.

    `account` is the schema where this very step has read it already: it costs a dozen calls.

    The tokens spent are added to `runs/usage.jsonl`. Where the day's tokens run out, `wait` (or `MIGKIT_WAIT`) outlasts that.
    Raises RemoteError subclasses with one sentence each.
    """
    settings = workspace.settings
    day = _day()

    async def connected() -> T:
        client = Pipedrive(
            settings.target_url,
            token_for(settings.target_url, name=settings.token),
            subscription_plan=settings.subscription_plan,
            seats=settings.seats,
            reserve_pct=settings.reserve_pct,
            wait=wait or bool(os.environ.get(WAIT)),
            day=day,
            spent_today=_spent_today(workspace, day),
            on_progress=_tell,
        )
        async with client:
            await asyncio.sleep(_pause(workspace, client.burst_limit))
            try:
                return await work(client, account or replace(await read_account(client), clears=_clears(workspace)))
            finally:
                _note_usage(workspace, step, client)

    return run(connected())


def _day() -> float:
    try:
        day = float(os.environ.get(DAY, DAY_S))
    except ValueError:
        day = 0
    if not 0 < day <= DAY_S:
        raise UsageError(f"{DAY} must be a number of seconds, at most {DAY_S}: unset it, or set it as `migkit sandbox` says.")
    return day


def next_day(now: float) -> float:
    """Return when the target's next day begins, seconds since the epoch: then the tokens are there again."""
    day = _day()
    return (now // day + 1) * day


_CLEARS = {"set-null": "set", "person-org-null": "person.org_id"}
"""Question of a probe → what may be emptied where the account accepted it."""


def _clears(workspace: Workspace) -> frozenset[str]:
    """Return what this account let a probe empty though no document says so."""
    answers = workspace.read_decision("probe").get("answers", {})
    return frozenset(what for code, what in _CLEARS.items() if answers.get(code, {}).get("answer") == "accepted")


def spent(workspace: Workspace) -> dict[str, int]:
    """Return purpose → tokens spent so far over all steps."""
    totals: dict[str, int] = {}
    for line in usage(workspace):
        for purpose, tokens in line["tokens"].items():
            totals[purpose] = totals.get(purpose, 0) + tokens
    return totals


def _spent_today(workspace: Workspace, day: float) -> int:
    """Return what earlier steps of this day (UTC) spent: the only count there is where the account sends no daily headers."""
    today = time.time() // day
    return sum(sum(line["tokens"].values()) for line in usage(workspace) if datetime.fromisoformat(line["at"]).timestamp() // day == today)


def _pause(workspace: Workspace, burst_limit: int) -> float:
    """Return the seconds until the requests of the connection before this one no longer crowd the target's window.

    `burst_limit`: what the plan allows, where the connection before did not learn it.
    """
    lines = usage(workspace)
    last = lines[-1] if lines else {"calls": 0}
    allowed = last.get("allowed", burst_limit)
    if allowed is None or last.get("calls", allowed) + FIRST <= allowed:
        return 0.0
    return max(0.0, WINDOW - (time.time() - _usage_file(workspace).stat().st_mtime))


def _usage_file(workspace: Workspace) -> Path:
    return workspace.runs / "usage.jsonl"


def usage(workspace: Workspace) -> list[dict[str, Any]]:
    """Return one entry a connection that spent tokens, oldest first: at (ISO), step, calls, tokens by purpose."""
    path = _usage_file(workspace)
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    return [line for line in map(_usage_line, lines) if line]


def _usage_line(text: str) -> dict[str, Any]:
    """Return a line of the usage, {} for one that a crash or a full disk cut short: it counts nothing, and stops nothing."""
    try:
        line = json.loads(text)
        return line if isinstance(line, dict) and {"at", "tokens"} <= line.keys() else {}
    except ValueError:
        return {}


def _note_usage(workspace: Workspace, step: str, client: Pipedrive) -> None:
    tokens = dict(client.usage.tokens_by_purpose)
    if tokens:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        allowed = None if client.is_unlimited else client.burst_limit
        line = json.dumps({"at": at, "step": step, "calls": client.usage.calls(), "allowed": allowed, "tokens": tokens})
        with _usage_file(workspace).open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _tell(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
