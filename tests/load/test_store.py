"""A ledger on a shared or object store: fetched, claimed and put back whole; whoever was cut off can put nothing over what came later."""

from __future__ import annotations

import builtins
import os
import random
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import time as wall_clock
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from migkit.load import Ledger, LedgerStore, RecoverResult, recover
from migkit.model.errors import InUse, LeaseLost, StoreUnreachable, UsageError
from migkit.pipedrive import read_account
from migkit.workspace import network_file_system

from .frozen import freeze_in_load, on_machine, until
from .practice import plan
from .real import PROCESSES, RealWorld, shared
from .test_lease import Time
from .test_ledger import ENTRY

OTHER = replace(ENTRY, key="patient:2", target_id=102)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture(autouse=True)
def _looks_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migkit.load.store.LOOK_EVERY_S", -1.0)


@pytest.fixture(params=["file", "memory"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A shared folder, and what is kept as an object store keeps it."""
    yield f"file://{tmp_path}/share" if request.param == "file" else f"memory://{tmp_path.name}"
    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]


@pytest.fixture
def on(tmp_path: Path, url: str, time: Time) -> Callable[[str], Ledger]:
    """Return the ledger as a machine has it, by the machine's name."""

    def open_on(machine: str) -> Ledger:
        folder = tmp_path / machine
        folder.mkdir(exist_ok=True)
        place = folder / "ledger.sqlite"
        return Ledger(place, store=LedgerStore(url, folder / "copies", place, now=time), now=time)

    return open_on


def lies(ledger: Ledger) -> list[str]:
    """Return what lies in the store of a ledger, by name."""
    store: Any = ledger._store
    return sorted(str(path).rpartition("/")[2] for path in store._files.ls(store._root, detail=False))


def cut_off(ledger: Ledger) -> ExitStack:
    """Let a ledger be held by a process that does not end by itself; what is returned, closed, is that it wakes."""
    held = ExitStack()
    held.enter_context(ledger.exclusive(60))
    return held


def killed(ledger: Ledger) -> None:
    """End whoever holds a ledger as `kill -9` does: its locks are free, it puts nothing back, says nothing, and its threads are no more."""
    claim: Any = ledger._claim
    claim._ended.set()
    claim.store._seen = None
    ledger._lease._ended.set()  # type: ignore[union-attr]
    ledger._lease._lock.close()  # type: ignore[union-attr]
    claim._give_back = lambda: None
    LOCKS.pop().close()


LOCKS: list[sqlite3.Connection] = []


@pytest.fixture(autouse=True)
def _locks(monkeypatch: pytest.MonkeyPatch) -> None:
    take = LedgerStore._take

    def taken(store: LedgerStore, claim: Any) -> sqlite3.Connection:
        LOCKS.append(take(store, claim))
        return LOCKS[-1]

    monkeypatch.setattr(LedgerStore, "_take", taken)


def test_machines_take_turns(on: Callable[[str], Ledger]) -> None:
    """What one has put back the next one goes on with, and who only reads sees it, at each look."""
    one, other = on("one"), on("other")
    assert not one.path.exists(), "nothing is made where it does not lie"
    with one.exclusive(60):
        one.put(ENTRY)
    assert list(other.entries()) == []
    other.catch_up()
    assert list(other.entries()) == ["patient:1"]
    with other.exclusive(60):
        assert other.is_whole
        other.put(OTHER)
    one.catch_up()
    assert list(one.entries()) == ["patient:1", "patient:2"]
    assert [name[9:15] for name in lies(one) if name.startswith("00000002.0")] == ["000001"], "put back under the second number"


def test_who_has_just_written_does_not_see_what_was_before(on: Callable[[str], Ledger], monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader looks at the store now and then; its own work counts at once."""
    monkeypatch.setattr("migkit.load.store.LOOK_EVERY_S", 60.0)
    one = on("one")
    one.catch_up()
    with one.exclusive(60):
        one.put(ENTRY)
    one.catch_up()
    assert list(one.entries()) == ["patient:1"]


def test_a_ledger_that_was_there_before_is_gone_on_with(on: Callable[[str], Ledger], tmp_path: Path) -> None:
    """A store that is named later begins with the workspace's own ledger."""
    (tmp_path / "one").mkdir()
    Ledger(tmp_path / "one" / "ledger.sqlite").put(ENTRY)
    one, other = on("one"), on("other")
    assert list(one.entries()) == ["patient:1"]
    with one.exclusive(60):
        assert one.is_whole
    other.catch_up()
    assert list(other.entries()) == ["patient:1"]


def test_who_is_at_work_keeps_it(on: Callable[[str], Ledger], time: Time) -> None:
    """Another machine is refused and told by whom while the claim lasts; who reads sees what was put back last."""
    one, other = on("one"), on("other")
    with one.exclusive(60):
        one.put(ENTRY)
        one.put_back()
        one.put(OTHER)
        time.now += 59
        with pytest.raises(InUse, match=r"Another load or rollback is running on the ledger in .*process \d+ on "), other.exclusive(60):
            pass
        other.catch_up()
        assert list(other.entries()) == ["patient:1"]


def test_a_frozen_holder_that_wakes_puts_nothing_over_its_successor(on: Callable[[str], Ledger], time: Time) -> None:
    """It may neither write to the target nor put its copy back; and had it looked just before it froze, its number is the lower one."""
    one, other, third = on("one"), on("other"), on("third")
    frozen = cut_off(one)
    one.put(ENTRY)
    time.now += 61
    with other.exclusive(60):
        assert not other.is_whole, "what the first one wrote since it put its copy back nobody knows"
        other.put(OTHER)
        other.note_whole()
    with pytest.raises(LeaseLost, match="went on with its work"):
        one.require_lease()
    with pytest.raises(LeaseLost):
        one.put_back()
    claim: Any = one._claim
    asks, claim._require_highest = claim._require_highest, lambda there: None
    claim.put_back()
    claim._require_highest = asks
    third.catch_up()
    assert list(third.entries()) == ["patient:2"]
    with pytest.raises(LeaseLost):
        frozen.close()
    with third.exclusive(60):
        assert third.is_whole and list(third.entries()) == ["patient:2"]


def test_who_is_killed_frees_it_at_once_on_the_same_machine(on: Callable[[str], Ledger]) -> None:
    """Its copy knows all that it did, put back or not."""
    held = cut_off(one := on("one"))
    one.put(ENTRY)
    killed(one)
    again = on("one")
    with again.exclusive(60):
        assert again.is_whole and list(again.entries()) == ["patient:1"]
    held.pop_all()


def test_who_is_killed_on_another_machine_is_waited_for_and_what_it_did_is_to_be_recovered(on: Callable[[str], Ledger], time: Time) -> None:
    """Until somebody recovered it no later holder takes it for whole, not one that is killed before it did, not on its own machine."""
    held = cut_off(one := on("one"))
    one.put(ENTRY)
    one.put_back()
    one.put(OTHER)
    killed(one)
    other = on("other")
    with pytest.raises(InUse), other.exclusive(60):
        pass
    time.now += 61
    second = cut_off(other)
    assert not other.is_whole and list(other.entries()) == ["patient:1"]
    killed(other)
    again, third = on("other"), on("third")
    with again.exclusive(60):
        assert not again.is_whole
    with third.exclusive(60):
        assert not third.is_whole
    with again.exclusive(60):
        assert not again.is_whole, "put back, but nobody recovered it"
        again.note_whole()
    with again.exclusive(60):
        assert again.is_whole
    held.pop_all(), second.pop_all()


def test_of_two_who_claim_at_once_one_has_it(on: Callable[[str], Ledger], monkeypatch: pytest.MonkeyPatch) -> None:
    """Both saw that it is free; the number is made once."""
    one, other = on("one"), on("other")
    takes: Any = LedgerStore._take

    def late(store: LedgerStore, claim: Any) -> sqlite3.Connection:
        monkeypatch.setattr(LedgerStore, "_take", takes)
        with other.exclusive(60):
            other.put(ENTRY)
            found: sqlite3.Connection = takes(store, claim)
            return found

    monkeypatch.setattr(LedgerStore, "_take", late)
    with pytest.raises(InUse, match="Another process just took"), one.exclusive(60):
        pass
    with one.exclusive(60):
        assert list(one.entries()) == ["patient:1"]


def test_a_number_that_was_tidied_away_is_not_claimed_again(on: Callable[[str], Ledger], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who looked long ago and claims a number that others have had and taken away sees the higher one."""
    one, other = on("one"), on("other")
    takes: Any = LedgerStore._take

    def late(store: LedgerStore, claim: Any) -> sqlite3.Connection:
        monkeypatch.setattr(LedgerStore, "_take", takes)
        for _ in range(3):
            with other.exclusive(60):
                pass
        assert "00000001.claim" not in lies(other)
        found: sqlite3.Connection = takes(store, claim)
        return found

    monkeypatch.setattr(LedgerStore, "_take", late)
    with pytest.raises(InUse), one.exclusive(60):
        pass


def test_it_is_put_back_in_a_long_load(on: Callable[[str], Ledger], monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the work, again and again; two copies stay."""
    monkeypatch.setattr("migkit.load.store.PUT_EVERY_S", 0.01)
    put, often = LedgerStore._scratch, threading.Semaphore(0)
    monkeypatch.setattr(LedgerStore, "_scratch", lambda store: (often.release(), put(store))[1])
    one, other = on("one"), on("other")
    with one.exclusive(60):
        one.put(ENTRY)
        for _ in range(8):
            assert often.acquire(timeout=60)
        other.catch_up()
        assert list(other.entries()) == ["patient:1"]
    assert sum(name.endswith(".sqlite") for name in lies(one)) == 2


class Away:
    """A store that does not answer while it is away."""

    is_away = False

    def __init__(self, ledger: Ledger) -> None:
        store: Any = ledger._store
        self._files, store._files = store._files, self

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._files, name)

        def ask(*given: Any, **named: Any) -> Any:
            if self.is_away:
                raise TimeoutError("host.example:443")
            return found(*given, **named)

        return ask if callable(found) else found


def test_a_store_that_does_not_answer_is_one_sentence(on: Callable[[str], Ledger], time: Time) -> None:
    """Before anything is written, in the middle of a load, and at its end: what was done then stands here, and the next one goes on."""
    one = on("one")
    store = Away(one)
    store.is_away = True
    with pytest.raises(StoreUnreachable, match=r"cannot be reached.*\(TimeoutError\): nothing is written"), one.exclusive(60):
        pytest.fail("nothing may be written")
    with pytest.raises(StoreUnreachable):
        one.catch_up()
    store.is_away = False
    with pytest.raises(StoreUnreachable, match=r"What was done stands in .*00000001.sqlite on this machine"), one.exclusive(60):
        one.put(ENTRY)
        store.is_away = True
        time.now += 29
        one.require_lease()
        time.now += 2
        with pytest.raises(StoreUnreachable):
            one.require_lease()
    store.is_away = False
    with one.exclusive(60):
        assert one.is_whole and list(one.entries()) == ["patient:1"]
    other = on("other")
    assert list(other.entries()) == ["patient:1"]


def test_a_copy_that_was_put_back_in_part_is_none(tmp_path: Path, time: Time) -> None:
    """Its digest is not the one in its name: the one before counts, and is known not to be whole."""
    place = tmp_path / "ledger.sqlite"
    store = partial(LedgerStore, f"file://{tmp_path}/share", now=time)
    one = Ledger(place, store=store(tmp_path / "one", place), now=time)
    with one.exclusive(60):
        one.put(ENTRY)
        one.put_back()
        one.put(OTHER)
    newest = next((tmp_path / "share").glob("*.000002-*.sqlite"))
    newest.write_bytes(newest.read_bytes()[:5000])
    other = Ledger(place, store=store(tmp_path / "other", place), now=time)
    assert list(other.entries()) == ["patient:1"]
    with other.exclusive(60):
        assert not other.is_whole
    for snapshot in (tmp_path / "share").glob("*.sqlite"):
        snapshot.write_bytes(b"")
    with pytest.raises(UsageError, match=r"No copy of the ledger in .* is whole"):
        Ledger(place, store=store(tmp_path / "third", place), now=time)


def test_where_two_could_have_one_number_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what is known of a kind of store, and by what one does that says that it can."""
    place = tmp_path / "ledger.sqlite"
    with pytest.raises(UsageError, match="cannot say who was first"):
        LedgerStore("ftp://host.example/acme", tmp_path / "copies", place)
    ledger = Ledger(place, store=LedgerStore("memory://careless", tmp_path / "copies", place))
    opens = MemoryFileSystem.open
    monkeypatch.setattr(
        MemoryFileSystem, "open", lambda files, path, mode="rb", **given: opens(files, path, mode.replace("x", "w"), **given)
    )
    with pytest.raises(UsageError, match="lets two have one number"), ledger.exclusive(60):
        pytest.fail("nothing may be written")
    MemoryFileSystem.store.clear()


def test_what_cannot_be_opened_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, without the library of the store, and on a share that is not mounted."""
    place = tmp_path / "ledger.sqlite"
    with pytest.raises(UsageError, match="s3fs"):
        LedgerStore("s3://bucket/acme", tmp_path / "copies", place)
    with pytest.raises(StoreUnreachable, match="FileNotFoundError"):
        Ledger(place, store=LedgerStore(f"file://{tmp_path}/share/acme/ledger", tmp_path / "copies", place))
    imports = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "fsspec":
            raise ModuleNotFoundError("No module named 'fsspec'", name="fsspec")
        return imports(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"pip install 'migkit\[store\]'"):
        LedgerStore(f"file://{tmp_path}", tmp_path / "copies", place)


def test_copies_on_a_network_file_system_are_not_written(
    on: Callable[[str], Ledger], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence names the setting that puts them elsewhere."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/a / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr("migkit.load.store.network_file_system", partial(network_file_system, mounts=mounts))
    with (
        pytest.raises(UsageError, match=r"copies lies on a network file system \(nfs4\).*`copies` under \[ledger\]"),
        on("one").exclusive(),
    ):
        pass


@pytest.mark.parametrize("end", ["kill", "wake"])
def test_what_a_holder_wrote_after_it_put_its_copy_back_is_found_again(folder: Path, end: str) -> None:
    """Killed, or frozen longer than its claim and woken, on another machine: the next one reads back what it wrote and ends as if run
    alone, nothing is doubled, and what is undone then is everything; who wakes writes nothing more."""
    store, ends = f"file://{folder}/share", PROCESSES.Queue()
    world = RealWorld(folder, random.Random(0), shared())
    cut_off = freeze_in_load(folder, world.sandbox.url, world.token, ends, lease_s=0.6, at=40, store=store)
    try:
        if end == "kill":
            cut_off.kill()
        written = sorted(world.keys())
        world.ledger.close()
        world.ledger = on_machine(folder, store, "other")
        assert written and world.ledger.live() and not any(entry.sources for entry in world.ledger.entries().values())
        until(lambda: not is_held(world.ledger))
        with world.ledger.exclusive(60):
            assert not world.ledger.is_whole
            world.run(lambda client: recovered(world, client))
            assert world.ledger.is_whole
            world.apply(plan())
        stands = sorted(world.keys())
        assert set(written) < set(stands) and len(stands) == len(set(stands)) == sum(bool(one.sources) for one in plan().records.values())
        if end == "wake":
            os.kill(cut_off.pid, signal.SIGCONT)
            assert "went on with its work" in ends.get(timeout=60)
            cut_off.join(60)
            assert sorted(world.keys()) == stands
        world.ledger.catch_up()
        world.rollback()
        assert world.keys() == []
    finally:
        cut_off.kill()


def is_held(ledger: Ledger) -> bool:
    """Whether a claim on the store of a ledger lasts."""
    store: Any = ledger._store
    return bool(store._list().until > wall_clock())


async def recovered(world: RealWorld, client: Any) -> RecoverResult:
    return await recover(plan(), client, await read_account(client), world.ledger)
