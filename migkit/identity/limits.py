"""What the linking may take of the machine: no result depends on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DuckdbLimits:
    """Memory and threads of the DuckDB that links people."""

    memory: str = "3GB"
    """As DuckDB writes sizes; what does not fit goes to a temporary folder."""
    threads: int | None = None
    """None for every core."""


USUAL = DuckdbLimits()
"""For a process that has the machine to itself."""
