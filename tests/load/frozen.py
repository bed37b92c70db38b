"""A load in a process of its own that freezes by itself, with an intent on disk and the request about to leave."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from migkit.load import Ledger, LedgerStore
from migkit.model.errors import LeaseLost
from migkit.sandbox import Sandbox

from .practice import plan
from .real import PROCESSES, RealWorld

PATIENCE_S = 60


def until(holds: Callable[[], Any]) -> None:
    """Return as soon as something holds; fail where it never does."""
    for _ in range(PATIENCE_S * 50):
        if holds():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it never came to that")


def on_machine(folder: Path, store: str, machine: str) -> Ledger:
    """Return the ledger of a store as one machine has it."""
    copies = folder / machine
    copies.mkdir(exist_ok=True)
    return Ledger(copies / "ledger.sqlite", store=LedgerStore(store, copies / "copies", copies / "ledger.sqlite"))


def freeze_in_load(folder: Path, url: str, token: str, ends: Any, *, lease_s: float, at: int, store: str = "") -> Any:
    """Start a load whose process stops at the `at`-th request that is about to write; return the process, stopped."""
    process = PROCESSES.Process(target=_load, args=(str(folder), url, token, ends, lease_s, at, store))
    process.start()
    until(lambda: psutil.Process(process.pid).status() == psutil.STATUS_STOPPED)
    return process


def lease_is_over(path: Path) -> bool:
    """Whether the lease on a ledger has run out."""
    with sqlite3.connect(path) as db:
        return db.execute("SELECT until FROM lease").fetchone()[0] < time.time()


def _load(folder: str, url: str, token: str, ends: Any, lease_s: float, at: int, store: str) -> None:
    sandbox, ask, asked = Sandbox(), Ledger.require_lease, 0
    sandbox.url = url

    def freeze(ledger: Ledger) -> None:
        nonlocal asked
        asked += 1
        if asked == at:
            os.kill(os.getpid(), signal.SIGSTOP)
        ask(ledger)

    Ledger.require_lease = freeze  # type: ignore[method-assign]
    world = RealWorld(Path(folder), random.Random(0), sandbox, token)
    if store:
        world.ledger = on_machine(Path(folder), store, "frozen")
    try:
        with world.ledger.exclusive(lease_s):
            world.apply(plan())
        ends.put("finished")
    except LeaseLost as error:
        ends.put(str(error))
