"""Serve the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from migkit.migration.target import DAY, DAY_S
from migkit.model.errors import UsageError
from migkit.model.words import number_of
from migkit.sandbox import SandboxConfig, Served, serve


def parse_switches(switches: Sequence[str]) -> dict[str, str]:
    """Return NAME=VALUE arguments as a dict. Raises UsageError for anything else."""
    parsed = {}
    for switch in switches:
        name, equals, value = switch.partition("=")
        if not equals:
            raise UsageError(f"{switch!r} is not NAME=VALUE.")
        parsed[name] = value
    return parsed


def serve_sandbox(  # noqa: PLR0913 - its options
    *,
    say: Callable[[str], None],
    port: int,
    token: str,
    plan: str,
    seats: int,
    data: Path | None,
    seed_file: Path | None,
    no_limits: bool,
    latency_ms: float,
    clock_speed: float,
    switches: Sequence[str],
) -> None:
    """Serve until interrupted. Raises UsageError where that cannot be served."""
    rest: dict[str, Any] = {"switches": parse_switches(switches), "latency_ms": latency_ms, "clock_speed": clock_speed}
    rest |= {"daily_limit": not no_limits, "burst_limit": not no_limits}

    def ready(served: Served) -> None:
        about = f"plan {served.plan}, {number_of(served.seats, 'seat')}"
        say(f"Pipedrive to practise on: {served.url} ({about}). Look at it there; stop it with Ctrl-C.")
        if served.token != token:
            say(f"The account in {data} was there before: it keeps its own token, plan and seats.")
        hastened = f" {DAY}={DAY_S / clock_speed:g}" if clock_speed != 1 else ""
        say(f"In the terminal where migkit or JupyterLab is started: export PIPEDRIVE_API_TOKEN={served.token}{hastened}")

    try:
        serve(SandboxConfig(port=port, token=token, plan=plan, seats=seats, data=data, seed_file=seed_file, **rest), ready=ready)
    except ValueError as error:  # how the sandbox, which shares no code with us, says what it cannot be
        raise UsageError(f"{error} Nothing is served.") from None
