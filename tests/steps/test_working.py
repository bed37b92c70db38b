"""What takes long says so: what is done, how fast, how long it takes still; on lines, and only while it lasts."""

from __future__ import annotations

import importlib
import inspect
import threading
from types import SimpleNamespace

from migkit import sign_of_life
from migkit.sign_of_life import DOING, Rhythm, SignOfLife, doing
from migkit.steps.working import Counted, in_time


def test_every_function_that_is_named_is_there() -> None:
    """A function that was renamed would make its step silent."""
    for name in DOING:
        module, _, function = name.rpartition(".")
        assert inspect.isfunction(getattr(importlib.import_module(module), function)), name


def _frame(*names: str) -> object:
    """A stack of functions, the innermost last."""
    frame = None
    for name in names:
        module, _, function = name.rpartition(".")
        frame = SimpleNamespace(f_globals={"__name__": module}, f_code=SimpleNamespace(co_name=function), f_back=frame)
    return frame


def test_the_innermost_known_function_says_what_is_done() -> None:
    """Within the reading back of everything, planning is planning; where nothing is known, nothing is said."""
    outer, inner = "migkit.steps.reconcile.compare_with_target", "migkit.plan.build.build_plan"
    assert doing(_frame(outer, inner, "pandas.core.merge")) == "planning every record"  # type: ignore[arg-type]
    assert doing(_frame(outer, "pandas.core.merge")) == "reading everything back from Pipedrive"  # type: ignore[arg-type]
    assert doing(_frame("asyncio.run")) == ""  # type: ignore[arg-type]


def test_a_command_that_takes_long_says_what_it_does_until_it_ends(monkeypatch) -> None:
    """The thread that began it is watched; it is said again and again, and never after its end."""
    monkeypatch.setattr(sign_of_life, "doing", lambda frame: "planning every record")
    said: list[str] = []
    enough = threading.Event()

    def say(what: str, seconds: float) -> None:
        said.append(what)
        if len(said) == 3:
            enough.set()

    watch = SignOfLife(say, after=0.001, every=0.001).start()
    assert enough.wait(10)
    watch.stop()
    ended = len(said)
    assert set(said) == {"planning every record"} and not watch._thread.is_alive()
    assert len(said) == ended


def test_steps_that_follow_each_other_quickly_are_no_silence() -> None:
    """Four steps of a second and a half each, none of them long: on a page something is said every second; in a log, where each takes less
    than two seconds, nothing for ten seconds, then one line."""
    steps = [(0.25 * n, "reading" if n // 6 % 2 else "planning") for n in range(1, 25)]
    page = Rhythm(1.0, 1.0, 0.0)
    assert [at for at, what in steps if page.due(what, at) is not None] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    log = Rhythm(2.0, 10.0, 0.0)
    assert [at for at, what in steps if log.due(what, at) is not None] == []
    assert log.due("reading", 10.0) == 0.0
    assert [log.due("matching", 10.5), log.due("matching", 12.5), log.due("matching", 13.0), log.due("", 30.0)] == [None, 2.0, None, None]


def test_progress_is_lines_with_rate_and_time_left() -> None:
    """Nothing in the first two seconds, then a line every ten; no carriage return; tokens where they are known."""
    now, lines = [0.0], list[str]()
    counted = Counted("load", lines.append, clock=lambda: now[0])
    for second, done in ((1.0, 10), (4.0, 200), (5.0, 250), (20.0, 800)):
        now[0] = second
        counted(done, 1000, "person", 4000)
    assert lines == [
        "  load: 200 of 1,000 records, 50 a second, 16 s left, 4,000 tokens spent",
        "  load: 800 of 1,000 records, 40 a second, 5 s left, 4,000 tokens spent",
    ]
    assert not any("\r" in line for line in lines)


def test_a_duration_is_said_as_people_say_it() -> None:
    """Seconds, minutes, hours."""
    assert [in_time(seconds) for seconds in (40, 180, 7500)] == ["40 s", "3 min", "2 h 5 min"]
