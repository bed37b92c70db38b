"""A browser for the widgets: a workspace, a server of its own over one notebook, a page of Debian's Chromium. Voila's kernels start warm;
JupyterLab's do not: a page that is opened anew changes its kernel, and a key that is pressed at that moment is met by a dialog."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from migkit.running import warm_kernels
from migkit.workspace import Settings, Workspace
from tests.browsing import chromium

SERVERS = {
    "voila": ("voila", "review.ipynb", "--no-browser", "--port={port}", "--Voila.ip=127.0.0.1"),
    "lab": (
        *("jupyterlab", "--no-browser", "--port={port}", "--ServerApp.ip=127.0.0.1", "--ServerApp.port_retries=0"),
        *("--IdentityProvider.token=", "--ServerApp.password=", "--allow-root", "--ServerApp.disable_check_xsrf=True"),
    ),
}
FOLDERS = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
WAIT = 90_000


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "w", Settings("Practice", "Australia/Sydney", "AUD", "http://localhost:1", "lite", 1))


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[str, str], str]]:
    """(kind, code) -> address of a server ("voila" or "lab") over a folder whose one notebook, `review.ipynb`, holds that code."""
    running = []

    def start(kind: str, code: str) -> str:
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
        notebook.cells = [nbformat.v4.new_code_cell(code)]
        nbformat.write(notebook, tmp_path / "review.ipynb")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", *(part.format(port=port) for part in SERVERS[kind])]
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        variables = warm_kernels()[0] if kind == "voila" else {}
        environment = os.environ | {"PATH": path, **variables, **{name: str(tmp_path / name.lower()) for name in FOLDERS}}
        with (tmp_path / "server.log").open("w") as log:
            server = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)
        running.append(server)
        while server.poll() is None:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    return f"http://127.0.0.1:{port}"
            time.sleep(0.1)
        pytest.fail(f"{kind} did not start: {(tmp_path / 'server.log').read_text()}")

    yield start
    for server in running:
        server.terminate()
        server.wait(30)


@pytest.fixture
def page() -> Iterator[Any]:
    """An empty page of a headless Chromium; where there is none the test is skipped."""
    with chromium("the widgets were not tried in a browser") as browser:
        page = browser.new_page(viewport={"width": 1500, "height": 1300})
        page.set_default_timeout(WAIT)
        yield page


@pytest.fixture
def faults(page: Any) -> Callable[[str], list[str]]:
    """(selector) -> what axe-core finds wrong within that part of the page: rule and where."""

    def found(inside: str) -> list[str]:
        from axe_playwright_python.sync_playwright import Axe

        violations = Axe().run(page, context=inside).response["violations"]
        return [f"{one['id']}: {node['html'][:120]}" for one in violations for node in one["nodes"]]

    return found
