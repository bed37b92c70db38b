"""Kernels for notebooks that run as reports: forked from one process that has imported what they all need, so that each starts warm."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

WARM = ("migkit.report", "migkit.steps", "migkit.running.warm", "ipykernel.kernelapp", "ipykernel.ipkernel", "IPython.core.completer")
"""What every notebook imports before it does anything."""


def kernel_manager(log: Path, environ: Mapping[str, str]) -> type:
    """Return a kernel manager whose kernel starts warm, sees the variables of `environ` and no others, and writes its own noise to `log`:
    what it tells the user comes through the notebook."""
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    class Provisioner(LocalProvisioner):
        async def launch_kernel(self, cmd: Sequence[str], **options: Any) -> Any:
            self.cwd = options.get("cwd") or Path.cwd()
            kernel = _Forked(cmd[cmd.index("ipykernel_launcher") + 1 :], str(self.cwd), environ, log)
            self.process = kernel  # type: ignore[assignment]  # all that is asked of it
            self.pid = self.pgid = kernel.pid
            return self.connection_info

    class WarmKernelManager(AsyncKernelManager):
        async def _async_pre_start_kernel(self, **options: Any) -> Any:
            self.provisioner = self.provisioner or Provisioner(kernel_id=self.kernel_id or "", kernel_spec=self.kernel_spec, parent=self)
            return await super()._async_pre_start_kernel(**options)

        pre_start_kernel = _async_pre_start_kernel

    return WarmKernelManager


class _Forked:
    """A forked kernel, with the part of `subprocess.Popen` that a provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: Sequence[str], folder: str, environment: Mapping[str, str], log: Path) -> None:
        self._process = _forks().Process(target=_serve, args=(list(arguments), folder, dict(environment), log), daemon=True)
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.pid and self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
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


def _serve(arguments: list[str], folder: str, environment: dict[str, str], log: Path) -> None:
    """Be a kernel, until it is told to end or whoever asked for it is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.setsid()  # a signal to the terminal is not for the kernel
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
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
