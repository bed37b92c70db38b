"""Progress in notebooks and reports: what is being done, and, where it can be counted, how much is left.

In reports and logs these are whole lines, never a carriage return. In a notebook they stand in one output that is drawn anew and
then disappears.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from migkit.load import Progress
from migkit.model.words import number_of
from migkit.report import IN_REPORT
from migkit.sign_of_life import AFTER, EVERY, ON_A_PAGE, SignOfLife, turning


def watch_cells() -> None:
    """Make every cell of the running kernel give a sign of life. No-op outside IPython, and where it is done already."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None or getattr(shell, "_migkit_watched", False):
        return
    shell._migkit_watched = True
    watching: list[SignOfLife] = []

    def begin(*_: Any) -> None:
        if os.environ.get(IN_REPORT):
            watching.append(SignOfLife(_line).start())
        else:
            watching.append(SignOfLife(_Shown(), after=ON_A_PAGE, every=ON_A_PAGE, otherwise="working").start())

    def end(*_: Any) -> None:
        while watching:
            watch = watching.pop()
            watch.stop()
            if isinstance(watch._say, _Shown):
                watch._say.close()

    shell.events.register("pre_run_cell", begin)
    shell.events.register("post_run_cell", end)


def _line(what: str, seconds: float) -> None:
    sys.stderr.write(f"  {what} … {seconds:.0f} s\n")
    sys.stderr.flush()


class _Shown:
    """One output of a cell that says what is done, and is empty in the end."""

    def __init__(self) -> None:
        self._handle: Any = None

    def __call__(self, what: str, seconds: float) -> None:
        from IPython.display import HTML, display

        role = ' role="status"' if self._handle is None else ""  # screen readers are told once, not each second
        style = "color:#55646c;font:13px system-ui,sans-serif"
        drawn = HTML(f'<div{role} style="{style}">{turning(seconds)} {what} … {seconds:.0f} s</div>')
        if self._handle is None:
            self._handle = display(drawn, display_id=True)
        else:
            self._handle.update(drawn)

    def close(self) -> None:
        """Leave nothing behind."""
        if self._handle is not None:
            from IPython.display import HTML

            self._handle.update(HTML(""))


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """Show how many of how many records are done, how fast, and how long it takes still; yields what is to be called after each."""
    if os.environ.get(IN_REPORT) or not _in_notebook():
        counted = Counted(title, lambda text: sys.stderr.write(text + "\n"))
        yield counted
        return
    import tqdm.auto

    with tqdm.auto.tqdm(desc=title, unit=" records", mininterval=1, leave=False) as bar:

        def show(done: int, total: int, *_: object) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


class Counted:
    """Progress as lines: from two seconds on, then every ten."""

    def __init__(self, title: str, say: Callable[[str], Any], clock: Callable[[], float] = time.monotonic) -> None:
        self._title, self._say, self._clock = title, say, clock
        self._began, self._next = clock(), clock() + AFTER

    def __call__(self, done: int, total: int, *rest: object) -> None:
        """Note that `done` of `total` are done; the tokens spent so far come last, where they are known."""
        now = self._clock()
        if now < self._next or done <= 0:
            return
        self._next = now + EVERY
        rate = done / max(now - self._began, 0.001)
        left = (total - done) / rate
        tokens = f", {number_of(int(str(rest[-1])), 'token')} spent" if rest and str(rest[-1]).isdecimal() else ""
        self._say(f"  {self._title}: {done:,} of {number_of(total, 'record')}, {rate:,.0f} a second, {in_time(left)} left{tokens}")


def in_time(seconds: float) -> str:
    """Return a duration as people say it: `40 s`, `3 min`, `2 h 5 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _in_notebook() -> bool:
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return get_ipython() is not None
