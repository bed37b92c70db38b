"""Clicks are taken one after another, by the thread that runs the cells."""

from __future__ import annotations

import sys
from typing import Any


def take_clicks_in_order() -> None:
    """Have the kernel handle every widget's messages in its main thread, as it did before kernels had subshells. Outside a kernel: nothing.

    JupyterLab asks for a subshell (a second thread) for widgets, and ipykernel answers each widget where it spoke last: a widget that was
    only made so far in the main thread, one that was drawn since in the subshell. Then two clicks run at once. Widgets are not made for
    that: what the second sets is lost in the drawing of the first, a comment lands on the column that was clicked after it, and
    interrupting reaches the main thread alone.
    """
    kernel = sys.modules.get("ipykernel.kernelbase")
    if kernel is None or not kernel.Kernel.initialized():
        return
    from ipykernel.comm.comm import BaseComm

    BaseComm._reply_subshell_for = _main_thread  # type: ignore[method-assign]


def _main_thread(comm: Any, data: Any, default: Any) -> None:
    """Stand in for the method that chooses a subshell for a message: none, the main thread."""
