"""What a widget says while it works, so that nobody waits before a page that stands still."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager

import ipywidgets as ipw

from migkit.sign_of_life import ON_A_PAGE, SignOfLife


def note(sentence: str, tone: str = "") -> str:
    """Return a sentence as the widgets show it; screen readers are told."""
    return f'<div class="mkp"><div class="note {tone}" role="status">{html.escape(sentence)}</div></div>'


@contextmanager
def at_work(said: ipw.HTML) -> Iterator[None]:
    """Say at once that something is under way, and from a second on what it is and for how long it takes already."""
    said.value = note("One moment …")

    def show(what: str, seconds: float) -> None:
        said.value = note(f"One moment: {what} … {seconds:.0f} s")

    watch = SignOfLife(show, after=ON_A_PAGE, every=ON_A_PAGE, otherwise="working").start()
    try:
        yield
    finally:
        watch.stop()
