"""One process at a time writes to a ledger and its account; one that was cut off and comes back writes nothing more."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from migkit.load import Ledger
from migkit.model.errors import InUse, LeaseLost, UsageError
from migkit.workspace import network_file_system

from .frozen import freeze_in_load, lease_is_over, until
from .practice import plan
from .real import PROCESSES, RealWorld, shared
from .test_ledger import ENTRY


class Time:
    """Seconds that pass when they are told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


def test_a_lease_that_is_over_goes_to_the_next_who_asks(tmp_path: Path, time: Time) -> None:
    """While it lasts the next one is refused and told by whom; afterwards it goes on, and the one before can change nothing any more."""
    one, other = (Ledger(tmp_path / "ledger.sqlite", now=time) for _ in range(2))
    with pytest.raises(LeaseLost, match=f"process {os.getpid()} on "), one.exclusive(60):
        time.now += 59
        with pytest.raises(UsageError, match=f"Another load or rollback is running.*process {os.getpid()}"), other.exclusive(60):
            pass
        time.now += 2
        with other.exclusive(60):
            with pytest.raises(LeaseLost):
                one.require_lease()
            other.put(ENTRY)
        one.put(ENTRY)
    assert list(other.entries()) == ["patient:1"]
    with one.exclusive(60):
        assert list(one.entries()) == ["patient:1"], "what the other one wrote is known"


def test_who_wakes_before_anybody_took_over_goes_on(tmp_path: Path, time: Time) -> None:
    """A lease that is over and that nobody wants is renewed by its holder."""
    one, other = (Ledger(tmp_path / "ledger.sqlite", now=time) for _ in range(2))
    with one.exclusive(60):
        time.now += 500
        one.require_lease()
        one.put(ENTRY)
        time.now += 59
        with pytest.raises(UsageError, match="Another load"), other.exclusive(60):
            pass


def test_each_holder_has_a_higher_number(tmp_path: Path, time: Time) -> None:
    """Whoever held it once is told apart from whoever holds it now, the same process or not."""
    ledger = Ledger(tmp_path / "ledger.sqlite", now=time)
    numbers = []
    for _ in range(3):
        with ledger.exclusive(60):
            numbers.append(ledger._db.execute("SELECT number FROM lease").fetchone()[0])
    assert numbers == [1, 2, 3]


def test_a_block_inside_another_one_is_a_part_of_it(tmp_path: Path, time: Time) -> None:
    """Its end does not let others in."""
    one, other = (Ledger(tmp_path / "ledger.sqlite", now=time) for _ in range(2))
    with one.exclusive(60):
        with one.exclusive(60):
            pass
        with pytest.raises(UsageError, match="Another load"), other.exclusive(60):
            pass


def test_a_lease_is_renewed_while_its_holder_works_or_waits(tmp_path: Path) -> None:
    """Without a write between: a load that waits for the next day's tokens keeps it."""

    def over(ledger: Ledger) -> float:
        return float(ledger._db.execute("SELECT until FROM lease").fetchone()[0])

    ledger = Ledger(tmp_path / "ledger.sqlite")
    with ledger.exclusive(0.3):
        first = over(ledger)
        until(lambda: over(ledger) > first)
    assert over(ledger) == 0, "the next one need not wait"


def test_a_holder_that_stands_still_in_a_write_is_named(tmp_path: Path, time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own lock cannot be taken from a process that lives: who it is and what to do is one sentence."""
    one, other = (Ledger(tmp_path / "ledger.sqlite", now=time) for _ in range(2))
    other._db.execute("PRAGMA busy_timeout=0")
    with one.exclusive(60), one.transaction():
        time.now += 500
        with pytest.raises(UsageError, match=f"process {os.getpid()} on .* stands still in the middle of a write"), other.exclusive(60):
            pass


def test_a_ledger_that_another_process_is_just_making_is_no_damaged_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opened for the first time by two at once: the second is told to wait, not to move the file away."""
    monkeypatch.setattr("migkit.load.ledger.sqlite3.connect", partial(sqlite3.connect, timeout=0))
    with sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(InUse, match="Another process holds"):
            Ledger(tmp_path / "ledger.sqlite")
        other.execute("ROLLBACK")


def test_a_ledger_on_a_network_file_system_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's locks do not hold there: what the deepest mount says counts, and the sentence says what to do."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/a / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr("migkit.load.lease.network_file_system", partial(network_file_system, mounts=mounts))
    ledger = Ledger(tmp_path / "ledger.sqlite")
    with pytest.raises(UsageError, match=r"ledger.sqlite lies on a network file system \(nfs4\).*Nothing was written"), ledger.exclusive():
        pass
    mounts.write_text(f"server:/x / nfs rw 0 0\n/dev/a {tmp_path} ext4 rw 0 0\n")
    with ledger.exclusive():
        pass


def test_a_frozen_process_that_wakes_writes_nothing(folder: Path) -> None:
    """SIGSTOP with a request about to leave, longer than the lease: the next load ends as if run alone, and the woken process sends
    nothing and changes nothing in the ledger."""
    ends = PROCESSES.Queue()
    world = RealWorld(folder, random.Random(0), shared())
    world.ledger.close()
    frozen = freeze_in_load(folder, world.sandbox.url, world.token, ends, lease_s=0.6, at=40)
    try:
        path = world.folder / "ledger.sqlite"
        world.ledger = Ledger(path)
        assert world.ledger.unanswered(), "it was about to send what it had noted down"
        until(lambda: lease_is_over(path))
        world.apply(plan())
        stands, known = sorted(world.keys()), dict(world.ledger.entries())
        assert len(stands) == len(set(stands)) == sum(1 for record in plan().records.values() if record.sources)

        os.kill(frozen.pid, signal.SIGCONT)
        assert "went on with its work" in ends.get(timeout=60)
        frozen.join(60)
        assert sorted(world.keys()) == stands
        world.ledger.catch_up()
        assert dict(world.ledger.entries()) == known and world.ledger.unanswered() == []
    finally:
        frozen.kill()
