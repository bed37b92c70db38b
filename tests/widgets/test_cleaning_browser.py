"""The review of the cleaning in a real browser: veto a rule, reload with a new kernel, find it saved."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from migkit.workspace import Settings, Workspace

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).resolve().parents[2]
CELL = """
import sys
sys.path.insert(0, {root!r})
import pandas as pd
from migkit.model.canonical import parse_schema
from migkit.resources import load_yaml
from migkit.widgets import CleaningReview
from migkit.workspace import Workspace
rows = [("patients", "last_name", "name-case", "patient:1", "p.csv", 2, "MACLEOD", "Macleod"),
        ("patients", "mobile", "phone-e164", "patient:1", "p.csv", 2, "0412 345 678", "+61412345678")]
repairs = pd.DataFrame(rows, columns=["table", "field", "rule", "key", "file", "line", "before", "after"])
display(CleaningReview(Workspace.open({workspace!r}), repairs, parse_schema(load_yaml("canonical.yaml")), by="anna"))
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.is_file(), reason="Debian's Chromium is not installed: the review of the cleaning was not tried in a browser"
    ),
]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "w", Settings("Practice", "Australia/Sydney", "AUD", "http://localhost:1", "lite", 1))


@pytest.fixture
def voila(tmp_path: Path, workspace: Workspace) -> Iterator[str]:
    """A Voilà server of its own that shows one notebook."""
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    notebook.cells = [nbformat.v4.new_code_cell(CELL.format(root=str(ROOT), workspace=str(workspace.path)))]
    nbformat.write(notebook, tmp_path / "cleaning.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "IPYTHONDIR": str(tmp_path / "ipython"),
    }
    command = [sys.executable, "-m", "voila", str(tmp_path / "cleaning.ipynb"), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert server.stdout is not None
    for line in server.stdout:  # until it says that it is there; ends if the server does
        if "is running at" in line:
            break
    yield f"http://127.0.0.1:{port}/"
    server.terminate()
    server.communicate(timeout=30)


def test_a_veto_is_clicked_and_survives_a_new_kernel(voila: str, workspace: Workspace) -> None:
    """Masked at first; refused without a reason; saved at the click; there after a reload."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.goto(voila, timeout=60_000)
        review = page.locator(".mr-cleaning")
        review.get_by_text("2 values mended by 2 rules").wait_for(timeout=60_000)
        review.locator(".rules button", has_text="name-case").click()
        review.get_by_text("A name in capitals written as names are.").wait_for()
        assert "MACLEOD" not in review.inner_text()
        page.get_by_text("show values").click()
        review.get_by_text("MACLEOD", exact=True).wait_for()
        page.get_by_role("button", name="Veto: leave as written").click()
        review.get_by_text("Say why in a few words").wait_for()
        assert workspace.read_decision("cleaning") == {}
        review.get_by_placeholder("Why? (must be said)").fill("MacLeod is a name")
        page.get_by_role("button", name="Veto: leave as written").click()
        review.get_by_text("1 value mended by 1 rule").wait_for()
        saved = [{name: entry[name] for name in ("rule", "by", "why")} for entry in workspace.read_decision("cleaning")["vetoes"]]
        assert saved == [{"rule": "name-case", "by": "anna", "why": "MacLeod is a name"}]
        page.reload()
        review.get_by_text("1 vetoed").wait_for(timeout=60_000)
        review.locator(".rules button", has_text="name-case").click()
        review.get_by_text("MacLeod is a name").first.wait_for()
        browser.close()
