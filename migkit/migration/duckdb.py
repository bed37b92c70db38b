"""What DuckDB may take in this process: all of the machine, unless whoever started it says less, as a fleet does for its workers."""

from __future__ import annotations

from collections.abc import Mapping

from migkit.identity import DuckdbLimits
from migkit.model.errors import UsageError

MEMORY, THREADS = "MIGKIT_DUCKDB_MEMORY", "MIGKIT_DUCKDB_THREADS"


def duckdb_limits(environ: Mapping[str, str]) -> DuckdbLimits:
    """Return the limits that the environment names. Raises UsageError for a number of threads that is none."""
    threads = environ.get(THREADS, "")
    if threads and not (threads.isdecimal() and int(threads)):
        raise UsageError(f"{THREADS} must be a number of threads, at least 1: unset it. Nothing was done.")
    usual = DuckdbLimits()
    return DuckdbLimits(environ.get(MEMORY) or usual.memory, int(threads) if threads else usual.threads)
