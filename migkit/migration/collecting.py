"""Make many small values without Python's collector walking, again and again, through those that are there already."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
