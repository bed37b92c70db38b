"""Who starts a notebook's kernel, for Jupyter: known to it as `migkit` by an entry point, so that also JupyterLab's kernels start warm."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from migkit.running.kernels import Forked

LAUNCHER = "ipykernel_launcher"


class WarmProvisioner(LocalProvisioner):
    """Forks the kernels of this Python; any other is started as Jupyter does it."""

    environ: Mapping[str, str] | None = None
    """All variables that a kernel sees, where it is not what Jupyter gives it."""
    kernel_log: Path | None = None
    """Where a kernel writes its own noise, where that is not whither we do."""
    grace_s = 0.5
    """How long a kernel's end takes at least, as a cold one's does: Jupyter's server closes its loop right after its kernels, and never
    exits where it was still answering somebody."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        """Start a kernel and return how to reach it."""
        if LAUNCHER not in cmd or cmd[0] != sys.executable:
            return await super().launch_kernel(cmd, **options)
        self.cwd = options.get("cwd") or str(Path.cwd())
        environ = options.get("env", os.environ) if self.environ is None else self.environ
        kernel = Forked(_arguments(cmd), str(self.cwd), environ, self.kernel_log)
        self.process = kernel  # type: ignore[assignment]  # all that is asked of a Popen
        self.pid = self.pgid = kernel.pid
        return self.connection_info

    async def wait(self) -> int | None:
        """Return how the kernel ended, once it has."""
        await asyncio.sleep(self.grace_s)
        return await super().wait()


def kernel_manager(log: Path, environ: Mapping[str, str]) -> type:
    """Return a kernel manager whose kernel starts warm, sees the variables of `environ` and no others, and writes its own noise to `log`:
    what it tells the user comes through the notebook."""

    class Provisioner(WarmProvisioner):
        pass

    Provisioner.environ, Provisioner.kernel_log, Provisioner.grace_s = environ, log, 0.0

    class WarmKernelManager(AsyncKernelManager):
        async def _async_pre_start_kernel(self, **options: Any) -> Any:
            self.provisioner = self.provisioner or Provisioner(kernel_id=self.kernel_id or "", kernel_spec=self.kernel_spec, parent=self)
            return await super()._async_pre_start_kernel(**options)

        pre_start_kernel = _async_pre_start_kernel

    return WarmKernelManager


def _arguments(command: Sequence[str]) -> Sequence[str]:
    return command[command.index(LAUNCHER) + 1 :]
