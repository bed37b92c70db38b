"""A fleet on workers: one is killed in the middle of a load, one is frozen past its lease and woken again."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from migkit.fleet import Overview, State, read_state, run_fleet

from .made import Layout, Made

PATIENCE_S = 240


def until(holds: Callable[[], Any]) -> None:
    """Return as soon as something holds; fail where it never does."""
    for _ in range(PATIENCE_S * 5):
        if holds():
            return
        threading.Event().wait(0.2)
    raise AssertionError("it never came to that")


def worker_of(place: Path) -> psutil.Process:
    """The process that works on a practice."""
    return psutil.Process(int(read_state(place).worker.rpartition(":")[2]))


def kill_in_mid_load(running: Running, place: Path) -> None:
    """SIGKILL for the worker of a practice, once it has written something."""
    running.until_written(place)
    worker_of(place).kill()


def freeze_in_mid_load(running: Running, place: Path) -> list[psutil.Process]:
    """SIGSTOP for the worker of a practice and for all that it started; return them, the worker last."""
    running.until_written(place)
    worker = worker_of(place)
    frozen = [*worker.children(recursive=True), worker]
    for process in frozen:
        process.send_signal(signal.SIGSTOP)
    return frozen


def wake(frozen: list[psutil.Process]) -> None:
    """SIGCONT for whoever is still there, and wait until they have ended."""
    for process in frozen:
        if process.is_running():
            os.kill(process.pid, signal.SIGCONT)
    psutil.wait_procs(frozen, timeout=PATIENCE_S)
    assert not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in frozen)


class Running(threading.Thread):
    """`migkit fleet`, beside the test."""

    def __init__(self, fleet: Made) -> None:
        super().__init__(daemon=True)
        self.fleet, self.told, self.overview, self.error = fleet, list[str](), None, None
        self.start()

    overview: Overview | None
    error: BaseException | None

    def run(self) -> None:
        try:
            self.overview = run_fleet(self.fleet.fleet_file, say=self.told.append)
        except BaseException as error:
            self.error = error

    def until_written(self, place: Path) -> None:
        """Return when some of a practice is written, and not all of it."""
        until(lambda: self.error is not None or self.fleet.writes(place) >= 5)
        assert self.error is None, self.told

    def ended(self, patience_s: float = PATIENCE_S) -> Overview:
        self.join(patience_s)
        assert self.error is None and self.overview is not None, (self.error, self.told)
        return self.overview


def test_a_killed_and_a_frozen_worker_double_nothing(one_layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three practices on two workers: every practice ends as if run alone; the woken worker writes nothing. The ledger of the frozen one
    lies on a shared folder."""
    fleet = one_layout.copies(tmp_path, 3, monkeypatch, fleet="workers = 2\nlease_s = 10")
    frozen_one, killed_one, _ = fleet.accounts
    with (frozen_one / "migration.toml").open("a") as settings:
        settings.write(f'\n[ledger]\nstore = "file://{tmp_path}/share"\n')
    running = Running(fleet)
    frozen = freeze_in_mid_load(running, frozen_one)
    kill_in_mid_load(running, killed_one)
    overview = running.ended()
    assert {state.state for state in overview.states.values()} == {State.DONE}, running.told
    for place in fleet.accounts:
        fleet.assert_loaded_once(place, one_layout.patients)
    sent = [fleet.writes(place) for place in fleet.accounts]
    wake(frozen)
    assert [fleet.writes(place) for place in fleet.accounts] == sent
