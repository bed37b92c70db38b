"""Kernels that are forked from one process, which has imported what all notebooks need: each starts warm."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import ModuleType

WARM = ("migkit.running.warm", "migkit.report", "migkit.steps", "ipykernel.kernelapp", "ipykernel.ipkernel", "IPython.core.completer")
"""What every notebook imports before it does anything."""


class Forked:
    """A forked kernel, with the part of `subprocess.Popen` that a provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: Sequence[str], folder: str, environment: Mapping[str, str], log: Path | None) -> None:
        """Fork a kernel that sees the variables of `environment` and no others, and writes its own noise to `log`, else to ours."""
        self._process = _forks().Process(target=_serve, args=(list(arguments), folder, dict(environment), log), daemon=True)
        with _without_program():
            self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Return how it ended, once it has."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.pid and self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()


def warm_up() -> None:
    """Let the process that kernels are forked from begin its imports, while this one goes on with its own."""
    _forks()
    forkserver.ensure_running()


@cache
def _forks() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(WARM))
    return context


@contextmanager
def _without_program() -> Iterator[None]:
    """Let a process be forked that does not run our program again: JupyterLab's would start another one."""
    program = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


def _serve(arguments: list[str], folder: str, environment: dict[str, str], log: Path | None) -> None:
    """Be a kernel, until it is told to end or whoever asked for it is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.setsid()  # a signal to the terminal is not for the kernel
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    if log is not None:
        noise = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for stream in (1, 2):
            os.dup2(noise, stream)
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
