"""The mapping review in a real browser, through JupyterLab and through Voilà: accept, change, comment, reload, find it saved."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from migkit.workspace import Settings, Workspace

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).resolve().parents[2]
CELL = """
import sys
sys.path[:0] = [{root!r}, {root!r} + "/tests/mapping"]
from made import export, table
from migkit.model.canonical import parse_schema
from migkit.resources import load_yaml
from migkit.widgets import MappingReview
from migkit.workspace import Workspace
people = [[str(n), "Kaur", "Ana", "0412 000 00" + str(n), "Gold"] for n in range(9)]
visits = [[str(n), str(n), "01/02/2026", "Booked"] for n in range(9)]
raw = export(
    table("Patients", "Patient ID, Surname, First Name, Mobile, Hygiene club", *people),
    table("Appointments", "Appointment ID, Patient ID, Date, Status", *visits),
)
MappingReview(Workspace.open({workspace!r}), raw, schema=parse_schema(load_yaml("canonical.yaml")), by="anna")
"""
WAIT = 90_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.is_file(), reason="Debian's Chromium is not installed: the mapping review was not tried in a browser"),
]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "w", Settings("Practice", "Australia/Sydney", "AUD", "http://localhost:1", "lite", 1))


@pytest.fixture(params=["lab", "voila"])
def served(request: pytest.FixtureRequest, tmp_path: Path, workspace: Workspace) -> Iterator[tuple[str, str]]:
    """(kind, address) of a server of its own over a folder with one notebook."""
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    notebook.cells = [nbformat.v4.new_code_cell(CELL.format(root=str(ROOT), workspace=str(workspace.path)))]
    nbformat.write(notebook, tmp_path / "review.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    switches = {
        "voila": ["voila", "review.ipynb", "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"],
        "lab": [
            *("jupyterlab", "--no-browser", f"--port={port}", "--ServerApp.ip=127.0.0.1", "--ServerApp.port_retries=0"),
            *("--IdentityProvider.token=", "--ServerApp.password=", "--allow-root"),
        ],
    }[request.param]
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        **{name: str(tmp_path / name.lower()) for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")},
    }
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", *switches], cwd=tmp_path, env=environment, stdout=log, stderr=log)
        while server.poll() is None:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield request.param, f"http://127.0.0.1:{port}"
        server.terminate()
        server.wait(30)


def show(page: Any, kind: str, address: str) -> None:
    """Open the notebook so that the review stands on the page."""
    if kind == "voila":
        page.goto(address, timeout=WAIT)
    else:
        page.goto(f"{address}/lab/tree/review.ipynb?reset", timeout=WAIT)
        cell = page.locator(".jp-Notebook .jp-CodeCell").first
        cell.wait_for(timeout=WAIT)
        page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").first.wait_for(timeout=WAIT)
        for _ in range(20):  # a key pressed before the kernel listens is lost
            cell.locator(".jp-InputArea-editor").click()
            page.keyboard.press("Shift+Enter")
            page.wait_for_timeout(1000)
            if "[" in cell.locator(".jp-InputPrompt").inner_text().replace("[ ]", ""):
                break
    page.locator(".mr-rows.columns button").first.wait_for(timeout=WAIT)


def test_decisions_are_made_and_found_again(served: tuple[str, str], workspace: Workspace) -> None:
    """Accept a table in one click, change one target, comment, reload with a new kernel: all of it is there, page and file."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        switches = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=switches)
        page = browser.new_page(viewport={"width": 1500, "height": 1300})
        show(page, *served)
        page.locator(".mr-rows.tables button", has_text="Appointments").click()
        page.get_by_role("button", name="Accept 4 certain").click()
        page.get_by_text("4 of 9 columns reviewed").wait_for()
        page.locator(".mr-rows.tables button", has_text="Patients").click()
        page.locator(".mr-rows.columns button", has_text="Mobile").click()
        assert "0412" not in page.locator(".mr-detail").inner_text()
        page.locator("input[placeholder='another field …']").fill("Work phone")
        page.locator("input[placeholder='another field …']").press("Enter")
        page.get_by_text("5 of 9 columns reviewed").wait_for()
        comment = page.locator(".mr-detail .widget-text", has_text="Comment").locator("input")
        comment.fill("the practice rings this one")
        comment.press("Enter")
        page.locator(".mr-rows.columns button", has_text="Surname").click()
        page.locator(".mr-detail h3", has_text="Surname").wait_for()
        check(workspace)
        show(page, *served)
        page.get_by_text("5 of 9 columns reviewed").wait_for(timeout=WAIT)
        page.locator(".mr-rows.tables button", has_text="Patients").click()
        page.locator(".mr-rows.columns button", has_text="Mobile").click()
        page.locator(".mr-detail h3", has_text="Work phone").wait_for()
        assert page.locator(".mr-detail .widget-text", has_text="Comment").locator("input").input_value() == "the practice rings this one"
        browser.close()
    check(workspace)


def check(workspace: Workspace) -> None:
    tables = workspace.read_decision("mapping")["tables"]
    mobile = tables["Patients"]["columns"]["Mobile"]
    assert (mobile["to"], mobile["state"], mobile["by"], mobile["comment"]) == (
        "work_phone",
        "confirmed",
        "anna",
        "the practice rings this one",
    )
    assert {c["state"] for c in tables["Appointments"]["columns"].values()} == {"confirmed"}
