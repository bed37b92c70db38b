"""The lease on a ledger: which process may write, known by a number that only grows.

It lies in the ledger itself, so that whether a process still holds it is asked in the very transaction that writes. Its holder renews it
while it works and holds a lock of the operating system beside it. Where that lock is free the holder has ended, and the next process goes
on at once; where it is held, the holder lives or is frozen, and the next one waits until the lease is over. A holder that wakes up then
finds a higher number: it writes nothing more, neither to the ledger nor to Pipedrive (ADR 19).
"""

from __future__ import annotations

import contextlib
import os
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from migkit.model.errors import InUse, LeaseLost, UsageError
from migkit.workspace import is_busy, locked, network_file_system

LEASE_S = 60.0
"""Seconds that a lease lasts unless it is renewed; a third of that is the time between two renewals."""

Transaction = Callable[[], AbstractContextManager[None]]


class Lease:
    """The right to write, as one process holds it."""

    def __init__(self, db: sqlite3.Connection, transaction: Transaction, lock: Path, seconds: float, now: Callable[[], float]) -> None:
        """Take it. Raises InUse while another process holds it."""
        self._db, self._transaction, self._seconds, self._now = db, transaction, seconds, now
        self._ended = threading.Event()
        if kind := network_file_system(lock):
            raise UsageError(
                f"{lock.with_suffix('')} lies on a network file system ({kind}), where a ledger is not safe: move the workspace to a disk "
                "of this machine, or name a store under [ledger] in its migration.toml. Nothing was written."
            )
        owner = f"process {os.getpid()} on {socket.gethostname()}"
        try:
            with transaction():
                number, holder, until = db.execute("SELECT number, owner, until FROM lease").fetchone()
                self._lock = locked(lock) or _taken_over(lock, holder, until - now())
                self.number, self._until = number + 1, now() + seconds
                db.execute("UPDATE lease SET number = ?, owner = ?, until = ?", (self.number, owner, self._until))
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
            (holder,) = db.execute("SELECT owner FROM lease").fetchone()
            raise InUse(
                f"{holder or 'Another process'} stands still in the middle of a write to {lock.with_suffix('')}: end it, or wait until it "
                "goes on. Nothing was written."
            ) from error

    def require(self) -> None:
        """Raise LeaseLost unless this process holds it, and for half its time at least: asked just before a request leaves."""
        if self._until - self._now() < self._seconds / 2:
            self.renew()

    def renew(self) -> None:
        """Hold it for its full time again. Raises LeaseLost where another process took it over."""
        with self._transaction():  # which asks
            until = self._now() + self._seconds
            self._db.execute("UPDATE lease SET until = ?", (until,))
            self._until = until

    def require_in_transaction(self) -> None:
        """Raise LeaseLost unless this process holds it, as the transaction that is open sees it."""
        number, holder = self._db.execute("SELECT number, owner FROM lease").fetchone()
        if number != self.number:
            self._until = 0.0
            raise LeaseLost(
                f"This process did not answer for longer than its lease of {self._seconds:g} seconds, and {holder} went on with its work. "
                "Nothing was written since."
            )

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """Renew it again and again, beside the work, until the block ends."""
        beside = threading.Thread(target=self._renew_until_ended, daemon=True, name="lease")
        beside.start()
        try:
            yield
        finally:
            self._ended.set()
            beside.join()

    def _renew_until_ended(self) -> None:
        while not self._ended.wait(self._seconds / 3):
            try:
                self.renew()
            except LeaseLost:
                return
            except sqlite3.Error:  # a full disk, say: the work itself meets it and says so
                continue

    def release(self) -> None:
        """Let the next process have it at once."""
        with contextlib.suppress(LeaseLost, sqlite3.Error), self._transaction():
            self._db.execute("UPDATE lease SET until = 0")
        self._lock.close()


def _taken_over(path: Path, holder: str, left: float) -> sqlite3.Connection:
    """Return a lock in the place of one whose holder stands still. Raises InUse while its lease lasts."""
    if left > 0:
        raise InUse(f"Another load or rollback is running on {path.with_suffix('')} ({holder}): wait until it ends. Nothing was written.")
    path.unlink()  # the holder keeps the lock on what was unlinked: it is no part of this any more
    lock = locked(path)
    assert lock is not None, "nobody else takes over while this transaction is open"
    return lock
