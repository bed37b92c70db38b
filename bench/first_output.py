"""Seconds from a notebook's opening in JupyterLab, which has stood for a while, to its first output: CPU of its kernel, and the clock's.

python bench/first_output.py WORKSPACE
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import click

from migkit.running import warm_kernels

FIRST = (
    "from migkit import report, steps; from migkit.migration import Migration; "
    "m = Migration.open({w!r}); len(m.plan.records); m.changes(); import time; print(time.process_time())"
)


def main() -> None:
    """Open a first kernel, so that what kernels are forked from has imported what they need, then one that is measured."""
    os.environ |= warm_kernels({})[0]
    opened("pass")
    started = time.monotonic()
    spent = opened(FIRST.format(w=sys.argv[1]))
    click.echo(f"{spent} {time.monotonic() - started}")


def opened(code: str) -> str:
    """Return what a cell prints in a kernel of its own."""
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3")
    told: list[str] = []

    def listen(message: dict[str, Any]) -> None:
        told.append(str(message["content"].get("text", "")))

    client.execute_interactive(code, output_hook=listen)
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return "".join(told).strip()


if __name__ == "__main__":
    main()
