"""A lock of the operating system on a file, by way of SQLite, which knows how everywhere: a process that ends frees it, however it ends."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def locked(path: Path, patience_s: float = 0.0) -> sqlite3.Connection | None:
    """Return the lock, held until it is closed; None while a process that lives holds it, also after `patience_s`."""
    lock = sqlite3.connect(path, isolation_level=None, timeout=patience_s, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if not is_busy(error):
            raise
        return None
    return lock


def is_busy(error: sqlite3.Error) -> bool:
    """Return whether another process holds what was asked for."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
