"""What a widget says while it works, so that nobody waits before a page that stands still."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager

import ipywidgets as ipw

from migkit.sign_of_life import ON_A_PAGE, SignOfLife, turning


def note(sentence: str, tone: str = "", *, is_spoken: bool = True) -> str:
    """Return a sentence as the widgets show it; screen readers speak it unless it only counts the seconds."""
    role = ' role="status"' if is_spoken else ""
    return f'<div class="mkp"><div class="note {tone}"{role}>{html.escape(sentence)}</div></div>'


@contextmanager
def at_work(said: ipw.HTML) -> Iterator[None]:
    """Say at once that something is under way, and then what it is and for how long it takes already."""
    said.value = note("One moment …")

    def show(what: str, seconds: float) -> None:
        said.value = note(f"{turning(seconds)} One moment: {what} … {seconds:.0f} s", is_spoken=False)

    watch = SignOfLife(show, after=ON_A_PAGE, every=ON_A_PAGE, otherwise="working").start()
    try:
        yield
    finally:
        watch.stop()
