"""What DuckDB may take in this process: what the settings allow, unless whoever started it says less, as a fleet does for its workers."""

from __future__ import annotations

from collections.abc import Mapping

from migkit.identity import DuckdbLimits
from migkit.model.errors import UsageError

MEMORY, THREADS = "MIGKIT_DUCKDB_MEMORY", "MIGKIT_DUCKDB_THREADS"
USUAL = 3 * 10**9
"""Bytes that it takes at most; what does not fit goes to a temporary folder."""


def duckdb_limits(environ: Mapping[str, str], memory: int) -> DuckdbLimits:
    """Return the limits that the environment names, within the `memory` (bytes) that may be taken of the machine.

    Raises UsageError for a number of threads that is none.
    """
    threads = environ.get(THREADS, "")
    if threads and not (threads.isdecimal() and int(threads)):
        raise UsageError(f"{THREADS} must be a number of threads, at least 1: unset it. Nothing was done.")
    return DuckdbLimits(environ.get(MEMORY) or f"{min(USUAL, memory) // 10**6}MB", int(threads) if threads else None)
