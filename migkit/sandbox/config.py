"""How a sandbox is set up: one frozen value, made by the command line, a test, or a seed file."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .switches import resolved

PLANS: Mapping[str, int] = {"lite": 1, "growth": 2, "premium": 5, "ultimate": 7}
"""Plan → multiplier of the daily token budget."""
BURST: Mapping[str, int] = {"lite": 20, "growth": 40, "premium": 100, "ultimate": 120}
"""Plan → requests that an API token may send in two seconds."""
FIELD_CAP: Mapping[str, int] = {"lite": 30, "growth": 100, "premium": 300, "ultimate": 500}
"""Plan → custom fields a company may have, all entities together."""
DEAL_CAP: Mapping[str, int] = {"lite": 2_500, "growth": 5_000, "premium": 15_000, "ultimate": 20_000}
"""Plan → leads and deals per seat."""


@dataclass(frozen=True)
class SandboxConfig:
    """Everything a sandbox needs to know before it starts."""

    port: int = 0
    """TCP port on the loopback address; 0 takes a free one."""
    token: str = "sandbox-token"
    """API token of the first account's first admin."""
    plan: str = "growth"
    seats: int = 1
    data: Path | None = None
    """Folder that survives a restart; None keeps everything in a temporary file."""
    daily_limit: bool = True
    """Refuse calls when the day's tokens are used up. Tokens are counted either way."""
    daily_tokens: int | None = None
    """Tokens a day; None: as plan and seats give. Few make a small load take days."""
    burst_limit: bool = True
    """Refuse calls beyond the burst of two seconds."""
    latency_ms: float = 0
    clock_speed: float = 1.0
    """How many times faster the day of the token budget passes. The two-second window is never hastened."""
    seed_file: Path | None = None
    """`account.json`: what the first account holds from the start. None: a fresh account as a new customer gets it."""
    seed: int = 1
    """What the account's random parts (field keys, uuids, tokens of users) are drawn from."""
    switches: Mapping[str, str] = field(default_factory=dict)
    """Answers to questions that the documents leave open, by name; see `switches.SWITCHES`."""
    faults: tuple[Mapping[str, object], ...] = ()
    """Fault rules in force from the start; see `faults.Rule`."""
    search_lag_s: float = 3.0
    """How long a new record stays unknown to the search index."""
    record_bodies: bool = True
    """Keep request and response bodies in the request log."""

    def __post_init__(self) -> None:
        if self.plan not in PLANS:
            raise ValueError(f"The sandbox knows no plan {self.plan!r}: choose one of {', '.join(PLANS)}.")
        if self.seats < 1 or not 0 < self.clock_speed < math.inf or (self.daily_tokens is not None and self.daily_tokens < 1):
            raise ValueError("The sandbox needs at least one seat, one token a day and a clock speed above zero.")
        if not 0 <= self.latency_ms < math.inf:
            raise ValueError("The sandbox's latency is a number of milliseconds, 0 or more.")
        if not (self.token.isascii() and self.token.isprintable() and self.token.split() == [self.token]):
            raise ValueError("The sandbox's token is one word of plain letters and digits.")
        resolved(self.switches)
