"""Where a practice of the fleet is: kept in its own workspace, written by whoever works on it, read by whoever looks."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from migkit.workspace import write_atomically

FILE = "fleet.json"


class State(StrEnum):
    """How work on a practice ended, or that it goes on."""

    NEW = "not begun"
    RUNNING = "running"
    DONE = "done"
    WAITING = "waiting"
    """For somebody: a decision, an upload, a look."""
    SCHEDULED = "scheduled"
    """For a moment: the next day's tokens, or another process that is at work."""
    FAILED = "failed"


@dataclass(frozen=True)
class PracticeState:
    """One practice as it was last seen."""

    state: State
    step: str = ""
    """The notebook that it is at, "" for none."""
    why: str = ""
    """What it waits for, or what failed, in a sentence."""
    gate: str = ""
    """The gate that it waits at, "" for none."""
    until: float = 0.0
    """When it is to be tried again, seconds since the epoch; 0 where it is not a matter of time."""
    at: float = 0.0
    """When this was so."""
    worker: str = ""
    """Who worked on it."""
    tokens_spent: int = 0
    tokens_left: int | None = None
    """What is still to be spent, None while no plan is made."""
    days_left: float | None = None
    failed_records: int = 0
    """Records that Pipedrive refused."""

    def now(self, state: State, at: float, **rest: object) -> PracticeState:
        """Return the same practice at another moment: what it waited for is over unless it is given again."""
        return replace(self, **{"state": state, "at": at, "why": "", "gate": "", "until": 0.0, **rest})  # type: ignore[arg-type]


def read_state(workspace: Path) -> PracticeState:
    """Return the state of a practice, NEW where nothing was written down or it cannot be read: it is found anew by working on it."""
    try:
        body = json.loads((workspace / "runs" / FILE).read_text(encoding="utf-8"))
        return PracticeState(**{**body, "state": State(body["state"])})
    except (OSError, ValueError, TypeError, KeyError):
        return PracticeState(State.NEW)


def write_state(workspace: Path, found: PracticeState) -> PracticeState:
    """Write the state of a practice down and return it."""
    (workspace / "runs").mkdir(mode=0o700, exist_ok=True)
    write_atomically(workspace / "runs" / FILE, json.dumps(asdict(found), indent=1))
    return found
