"""`migkit fleet`: hand the practices that can go on to the engine, and say how each ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from migkit.model.words import number_of
from migkit.workspace import Workspace

from .declaration import Fleet, Practice, read_fleet
from .engine import TRIES, Engine, open_engine
from .overview import Overview, in_words, look_at
from .practice import Task
from .state import State, read_state, write_state

SOON_S = 900.0
"""Who is to be tried again within this time is waited for; anything later is a matter for the next command, or `wait`."""


def run_fleet(
    path: Path,
    *,
    say: Callable[[str], None],
    wait: bool = False,
    engine: Callable[[Fleet], AbstractContextManager[Engine]] = open_engine,
    clock: Callable[[], float] = time.time,
) -> Overview:
    """Work on every practice as far as it goes, and return where each is.

    What is scheduled for later is left for the next time, or, with `wait`, submitted when its time has come; no worker waits for it.
    Raises what `read_fleet` and `open_engine` raise.
    """
    fleet = read_fleet(path)
    tasks = _tasks(fleet)
    by_place = {str(practice.workspace): practice for practice in fleet.practices}
    due = {place: read_state(Path(place)).until for place in tasks}
    running: set[str] = set()
    say(f"{number_of(len(tasks), 'practice')}, {fleet.cluster or number_of(fleet.workers, 'worker')}.")
    with engine(fleet) as workers:
        while True:
            now = clock()
            for ready in [one for one, moment in due.items() if moment <= now]:
                del due[ready]
                running.add(ready)
                workers.submit(tasks[ready])
            later = [moment for moment in due.values() if wait or moment - now <= SOON_S]
            if not running and not later:
                return look_at(fleet)
            ended = workers.next(max(0.0, min(later) - clock()) if later else None)
            if ended is None:
                continue
            task, state = ended
            running.discard(task.workspace)
            place, practice = Path(task.workspace), by_place[task.workspace]
            if state is None:
                why = f"{TRIES + 1} workers died over it, probably for want of memory: run it alone, `migkit run {place} all`."
                state = write_state(place, read_state(place).now(State.FAILED, clock(), why=why))
            if state.state is State.SCHEDULED:
                due[task.workspace] = state.until
            say(f"{practice.name}: {in_words(practice, state)}")


def _tasks(fleet: Fleet) -> dict[str, Task]:
    secrets = {practice.workspace: Workspace.open(practice.workspace).settings.token for practice in fleet.practices}

    def others(practice: Practice) -> tuple[str, ...]:
        own = secrets[practice.workspace]
        return tuple(sorted({name for name in secrets.values() if name and name != own}))

    return {
        str(practice.workspace): Task(
            str(practice.workspace), practice.steps, fleet.lease_s, others(practice), fleet.duckdb_memory, fleet.duckdb_threads
        )
        for practice in fleet.practices
    }
