"""A kernel that Jupyter starts for `migkit lab` is forked from one that has imported everything, and is otherwise like any other."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from migkit.running import warm_kernels

ASKED = "import os, sys; print('migkit.steps' in sys.modules, os.getcwd(), os.environ.get('ASKED'))"


@contextmanager
def started(monkeypatch: pytest.MonkeyPatch, **options: Any) -> Iterator[tuple[KernelManager, Any]]:
    """A kernel as a notebook server starts it that was told what `migkit lab` tells it."""
    variables, _ = warm_kernels({})
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    KernelProvisionerFactory.clear_instance()
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(**options)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(120)
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        KernelProvisionerFactory.clear_instance()


def shown(client: Any, code: str) -> tuple[str, str]:
    """Return how a cell ended, and what it printed or the name of its error."""
    told: list[str] = []

    def listen(message: dict[str, Any]) -> None:
        told.append(str(message["content"].get("text", message["content"].get("ename", ""))))

    reply = client.execute_interactive(code, output_hook=listen, timeout=120)
    return reply["content"]["status"], "".join(told).strip()


def test_it_has_imported_what_notebooks_need_and_sees_what_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder and variables are its own, not those of the process that it was forked from."""
    with started(monkeypatch, cwd=str(tmp_path), env={**os.environ, "ASKED": "yes"}) as (_, client):
        assert shown(client, ASKED) == ("ok", f"True {tmp_path} yes")


PROGRAM = """
import os, sys
with open("ran", "a") as told: told.write("x")
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3", startup_timeout=120)
client.stop_channels()
manager.shutdown_kernel(now=True)
"""


def test_the_program_that_asks_for_a_kernel_does_not_run_again(tmp_path: Path) -> None:
    """JupyterLab's main module starts a server as soon as it is imported: a kernel that imported it would be one more."""
    (tmp_path / "program.py").write_text(PROGRAM)
    environ = {**os.environ, **warm_kernels({})[0]}
    subprocess.run([sys.executable, "program.py"], cwd=tmp_path, env=environ, check=True, timeout=120, capture_output=True)
    assert (tmp_path / "ran").read_text() == "x"


def test_a_cell_is_interrupted_and_the_kernel_restarted_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cell stops and the kernel goes on; what it knew is gone after a restart; at the end no process is left."""
    with started(monkeypatch, cwd=str(tmp_path)) as (manager, client):
        shown(client, "known = 42")
        waits = "import threading; print('waits', flush=True); threading.Event().wait(60)"
        told: list[str] = []

        def stop(message: dict[str, Any]) -> None:
            told.append(str(message["content"].get("text", message["content"].get("ename", ""))))
            if "waits" in told[-1]:
                threading.Thread(target=manager.interrupt_kernel).start()

        assert client.execute_interactive(waits, output_hook=stop, timeout=120)["content"]["status"] == "error"
        assert "KeyboardInterrupt" in told
        assert shown(client, "print(known)") == ("ok", "42")
        manager.restart_kernel()
        client.wait_for_ready(120)
        assert shown(client, "print(known)") == ("error", "NameError")
        process = Path(f"/proc/{manager.provisioner.pid}")
        assert process.exists()
    assert not process.exists()


def test_another_python_is_started_as_jupyter_does_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel of another environment is not forked from ours: its own Python runs, and knows nothing of us."""
    other = tmp_path / "python"
    other.symlink_to(sys.executable)
    spec = KernelSpec(argv=[str(other), "-m", "ipykernel_launcher", "-f", "{connection_file}"], display_name="Other", language="python")
    monkeypatch.setattr(KernelManager, "kernel_spec", spec)
    with started(monkeypatch, cwd=str(tmp_path), env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}) as (_, client):
        assert shown(client, "import sys; print('migkit.steps' in sys.modules, sys.executable)") == ("ok", f"False {other}")


def test_where_somebody_chose_who_starts_kernels_that_stays() -> None:
    """Jupyter's own variable wins; without it the server is told who starts kernels, and to begin their imports at once."""
    assert warm_kernels({"JUPYTER_DEFAULT_PROVISIONER_NAME": "theirs"}) == ({}, [])
    variables, options = warm_kernels({})
    assert variables["JUPYTER_DEFAULT_PROVISIONER_NAME"] == "migkit"
    assert options == ["--ServerApp.jpserver_extensions=migkit.running.lab=True"]
