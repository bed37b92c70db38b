"""How often Python's collector walks through all that a process holds, again and again: seldom, or not at all for a while."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (20_000, 20, 20)
"""By itself it walks after every 700 objects; imports alone make 300,000 that stay, and an export as many again."""


def collect_seldom() -> None:
    """Let this process collect seldom: a tenth of an audit went by looking through what is still needed."""
    gc.set_threshold(*SELDOM)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let nothing be collected meanwhile: for what makes a million values and no cycle among them, as plans and comparisons do.

    Not for what works with frames: pandas makes cycles that hold whole columns.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
