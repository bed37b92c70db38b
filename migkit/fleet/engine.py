"""What works on the practices: this process, or workers of Dask distributed (ADR 19). One seam: tasks go in, states come out."""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from migkit.model.errors import UsageError

from .declaration import Fleet
from .practice import Task, advance
from .state import PracticeState

Result = tuple[Task, PracticeState | None]
"""A task and how it ended; None where every worker that tried it died."""
TRIES = 3
"""Workers that may die over one practice before it counts as failed: the fourth would too."""


class Engine(Protocol):
    """Carries tasks out."""

    def submit(self, task: Task) -> None:
        """Take a task; it is begun when a worker is free."""

    def next(self, timeout_s: float | None = None) -> Result | None:
        """Return a task that ended, None where none did within the time."""


class ThisProcess:
    """One task after the other, here."""

    def __init__(self, work: Callable[[Task], PracticeState] = advance) -> None:
        self._work, self._tasks = work, deque[Task]()

    def submit(self, task: Task) -> None:
        """Take a task."""
        self._tasks.append(task)

    def next(self, timeout_s: float | None = None) -> Result | None:
        """Carry the oldest task out and return it; wait out the time where there is none."""
        if self._tasks:
            task = self._tasks.popleft()
            return task, self._work(task)
        time.sleep(timeout_s or 0)
        return None


class Workers:
    """Dask's workers, each a process with one task at a time."""

    def __init__(self, client: Any, work: Callable[[Task], PracticeState] = advance) -> None:
        self._client, self._work = client, work
        self._ended: queue.SimpleQueue[tuple[Task, Any]] = queue.SimpleQueue()

    def submit(self, task: Task) -> None:
        """Take a task; it goes to another worker where the one that has it dies or does not answer."""
        future = self._client.submit(self._work, task, pure=False, key=f"{task.workspace} {time.time_ns()}")
        future.add_done_callback(lambda done: self._ended.put((task, done)))

    def next(self, timeout_s: float | None = None) -> Result | None:
        """Return a task that ended. Raises what a bug raised in it."""
        try:
            task, future = self._ended.get(timeout=timeout_s)
        except queue.Empty:
            return None
        from distributed import KilledWorker

        try:
            return task, future.result()
        except KilledWorker:
            return task, None


@contextmanager
def open_engine(fleet: Fleet) -> Iterator[Engine]:
    """Yield what works on this fleet: a cluster that runs already, workers of this machine, or this process for one worker.

    Raises UsageError where the extra `migkit[fleet]` is not installed, or nothing answers at the cluster's address.
    """
    if not fleet.cluster and fleet.workers == 1:
        yield ThisProcess()
        return
    try:
        import dask
        from distributed import Client, LocalCluster
    except ModuleNotFoundError:
        raise UsageError(
            "Several workers, or a cluster, need Dask: pip install 'migkit[fleet]'. With `workers = 1` a fleet runs without. "
            "Nothing was done."
        ) from None
    if fleet.cluster:
        try:
            client = Client(fleet.cluster, set_as_default=False)
        except OSError as error:
            raise UsageError(f"Nothing answers at {fleet.cluster} ({type(error).__name__}): start the cluster. Nothing was done.") from None
        with client:
            yield Workers(client)
        return
    with dask.config.set(
        {
            "distributed.scheduler.worker-ttl": f"{fleet.lease_s:g} s",  # who is silent for a lease is ended, and its task goes on
            "distributed.scheduler.allowed-failures": TRIES,
            "distributed.scheduler.worker-saturation": 1.0,  # a task that only waits is no matter of a worker that dies
            "distributed.scheduler.http.routes": [],  # nor is there a page that anybody could look at
            "distributed.worker.http.routes": [],
            "distributed.worker.daemon": False,  # a worker starts kernels
            "logging.distributed": "critical",  # what a practice ends with is told by its state
        }
    ):
        cluster = LocalCluster(
            n_workers=fleet.workers,
            threads_per_worker=1,
            processes=True,
            security=True,  # others on this machine can neither look in nor send work
            dashboard_address="127.0.0.1:0",
            memory_limit=None,
            preload=[advance.__module__],  # a worker that is busy importing does not answer
        )
        with cluster, Client(cluster, set_as_default=False) as client:
            yield Workers(client)
