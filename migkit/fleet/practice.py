"""One practice, as far as it goes: its notebooks in order, until it is done, waits for somebody, waits for a moment, or fails.

Everything that it needs comes as a value, and nothing is left behind in the process: the next task of the same process is another
practice's.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from migkit.load import EntryState
from migkit.migration import Migration
from migkit.migration.duckdb import MEMORY, THREADS
from migkit.migration.target import next_day, spent
from migkit.model.cost import daily_tokens
from migkit.model.errors import BudgetExhausted, GateClosed, InUse, LeaseLost, MigkitError, on_this_machine
from migkit.pipedrive.token import VARIABLE
from migkit.preflight.days import usable_tokens
from migkit.running import run_steps
from migkit.steps.carry_out import LEASE
from migkit.steps.strip import DONE, OPTIONAL, StepState, where_it_stands

from .state import PracticeState, State, read_state, write_state


@dataclass(frozen=True)
class Task:
    """What a worker is told: a path and plain values, never a secret."""

    workspace: str
    steps: tuple[str, ...]
    lease_s: float
    not_for_it: tuple[str, ...] = ()
    """Variables that hold the tokens of other practices: what runs for this one does not see them."""
    duckdb_memory: str = ""
    """What DuckDB may take, "" for the usual."""
    duckdb_threads: int = 0
    """0 for every core."""

    def environ(self, own: Mapping[str, str]) -> dict[str, str]:
        """Return the variables that its notebooks see."""
        hidden = {*self.not_for_it, VARIABLE}
        limits = {MEMORY: self.duckdb_memory, THREADS: str(self.duckdb_threads or "")}
        given = {LEASE: f"{self.lease_s:g}"} | {name: value for name, value in limits.items() if value}
        return {name: value for name, value in own.items() if name not in hidden} | given


def advance(task: Task, *, clock: Callable[[], float] = time.time, run: Callable[..., object] | None = None) -> PracticeState:
    """Work on a practice as far as it goes, note where it is before and after each step, and return where it is. Raises nothing.

    A step that is done is not done again; one whose notebook was shown since anybody decided anything is waited for, not shown again.
    """
    place, worker = Path(task.workspace), f"{socket.gethostname()}:{os.getpid()}"
    try:
        return _advance(place, task, worker, clock, run or _run)
    except LeaseLost as lost:
        return read_state(place).now(State.SCHEDULED, clock(), why=str(lost), until=clock())  # what is written down is the other worker's
    except Exception as error:  # a bug met by one practice stops no other; run alone, it shows its traceback
        found = error if isinstance(error, MigkitError) else on_this_machine(error)
        bug = MigkitError(f"It stopped on an unexpected {type(error).__name__}: run it alone, `migkit run {place} all`, to see where.")
        return write_state(place, _stopped(read_state(place), found or bug, clock(), task.lease_s))


def _advance(place: Path, task: Task, worker: str, clock: Callable[[], float], run: Callable[..., object]) -> PracticeState:
    ran: set[str] = set()
    while True:
        migration = Migration.open(place)
        step = next((one for one in where_it_stands(migration) if one.notebook in task.steps and one.state not in (DONE, OPTIONAL)), None)
        state = _figures(read_state(place), migration).now(State.DONE, clock(), worker=worker, step="")
        if step is None:
            return write_state(place, state)
        if step.notebook in ran or _is_shown(migration, step):
            return write_state(place, state.now(State.WAITING, clock(), step=step.notebook, why=step.why, gate=step.gate))
        write_state(place, state.now(State.RUNNING, clock(), step=step.notebook))
        ran.add(step.notebook)
        run(place, step.notebook, task.environ(os.environ))


def _run(place: Path, notebook: str, environ: Mapping[str, str]) -> None:
    for _ in run_steps(place, [notebook], environ=environ):
        pass


def _stopped(state: PracticeState, error: MigkitError, now: float, lease_s: float) -> PracticeState:
    why = str(error)
    if isinstance(error, GateClosed):
        return state.now(State.WAITING, now, why=why, gate=error.gate)
    if isinstance(error, BudgetExhausted):
        return state.now(State.SCHEDULED, now, why=why, until=next_day(now))
    if isinstance(error, InUse):
        return state.now(State.SCHEDULED, now, why=why, until=now + lease_s / 2)
    return state.now(State.FAILED, now, why=why)


def _is_shown(migration: Migration, step: StepState) -> bool:
    """Return whether the notebook of a step that waits for a decision was run since anybody last decided anything."""
    if not step.gate:
        return False
    pages = [page.stat().st_mtime for page in migration.workspace.runs.glob(f"*-{step.notebook}/{step.notebook}.html")]
    decided = [path.stat().st_mtime for path in migration.workspace.decisions.glob("*.yaml")]
    return max(pages, default=0.0) > max(decided, default=0.0)


def _figures(state: PracticeState, migration: Migration) -> PracticeState:
    """Return the state with what was spent and what is left; what is left is unknown until a map was decided on."""
    settings = migration.workspace.settings
    left = sum(change.tokens for change in migration.changes()) if "mapping" in migration.inputs.decisions else None
    a_day = usable_tokens(daily_tokens(settings.subscription_plan, settings.seats), settings.reserve_pct)
    return PracticeState(
        state.state,
        tokens_spent=sum(spent(migration.workspace).values()),
        tokens_left=left,
        days_left=None if left is None else round(left / a_day, 1),
        failed_records=len(migration.ledger.entries(state=EntryState.FAILED)),
    )
