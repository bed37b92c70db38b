"""Two commands at work in one workspace make each result once, wait for each other with a word, and spoil nothing."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from migkit.migration import staging
from migkit.migration.staging import staged
from migkit.sign_of_life import DOING, doing
from migkit.workspace import locked


class Maker:
    """Something that takes as long as it is told to."""

    def __init__(self, value: str) -> None:
        self.value, self.times = value, 0
        self.begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.times += 1
        self.begun.set()
        assert self.may_end.wait(60)
        return self.value


@contextmanager
def at_work(folder: Path, key: str, make: Maker) -> Any:
    """Let another process make something; as SQLite's lock sees it, a connection of its own is one."""
    with ThreadPoolExecutor() as pool:
        result = pool.submit(staged, folder, key, str, make)
        assert make.begun.wait(60)
        try:
            yield pool, result
        finally:
            make.may_end.set()


def waits(pool: ThreadPoolExecutor, act: Callable[[], str]) -> Future[str]:
    """Begin something, and return when it waits and says so."""
    names: list[int] = []

    def begun() -> str:
        names.append(threading.get_ident())
        return act()

    result, said = pool.submit(begun), DOING["migkit.migration.staging.await_turn"]
    for _ in range(6000):
        if names and doing(sys._current_frames().get(names[0])) == said:
            return result
        threading.Event().wait(0.01)
    raise AssertionError("it never waited")


def test_what_two_want_at_once_is_made_once(tmp_path: Path) -> None:
    """The second waits, is said to wait, and reads what the first made."""
    make, again = Maker("made"), Maker("made twice")
    with at_work(tmp_path, "a", make) as (pool, first):
        second = waits(pool, lambda: staged(tmp_path, "a", str, again))
        make.may_end.set()
        assert (first.result(60), second.result(60)) == ("made", "made")
    assert (make.times, again.times) == (1, 0)


def test_nobody_sweeps_away_what_another_one_is_making(tmp_path: Path) -> None:
    """Of other inputs, in the same folder, where newer results are kept already: both come to be, and both are kept."""
    for key in ("old", "older"):
        staged(tmp_path, key, str, lambda: "before")
    make, other = Maker("one"), Maker("other")
    other.may_end.set()
    with at_work(tmp_path, "a", make) as (pool, first):
        second = waits(pool, lambda: staged(tmp_path, "b", str, other))
        make.may_end.set()
        assert (first.result(60), second.result(60)) == ("one", "other")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["a", "b"]


def test_one_that_was_killed_is_not_waited_for(tmp_path: Path) -> None:
    """Its lock is free; what it left half-made is taken away when two newer results are kept."""
    (tmp_path / ".half").mkdir()
    for key in ("a", "b"):
        assert staged(tmp_path, key, str, lambda: "made") == "made"
    assert not (tmp_path / ".half").exists()


def test_one_that_stands_still_keeps_nobody_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while the other makes it too: the same bytes."""
    monkeypatch.setattr(staging, "PATIENCE_S", 0.01)
    frozen = locked(tmp_path / staging.LOCK)
    assert frozen is not None
    assert staged(tmp_path, "a", str, lambda: "made") == "made"
    frozen.close()
    assert staged(tmp_path, "a", str, lambda: pytest.fail("it is there")) == "made"


@dataclass(frozen=True)
class Whole:
    """Something with parts of every shape, more of each than are encoded at once."""

    by_key: Mapping[str, int]
    rows: tuple[str, ...]
    nothing: Mapping[str, int]
    none: tuple[str, ...]
    word: str


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2500])
def test_what_is_written_in_pieces_is_read_as_it_was(tmp_path: Path, count: int) -> None:
    """Containers are encoded some at a time; the file is one JSON document all the same, which anybody can read."""
    whole = Whole({f"key {n}": n for n in range(count)}, tuple(f"“{n}”" for n in range(count)), {}, (), 'a "word"')
    staging.keep(whole, tmp_path)
    written = json.loads((tmp_path / staging.VALUE).read_text("utf-8"))
    assert written == {"by_key": whole.by_key, "rows": list(whole.rows), "nothing": {}, "none": [], "word": 'a "word"'}
    assert staging.recall(tmp_path, Whole) == whole
