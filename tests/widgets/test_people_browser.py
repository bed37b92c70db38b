"""The review of people in a real browser: decide, reload with a new kernel, find it saved."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
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
sys.path.insert(0, {root!r})
from migkit.identity import resolve
from migkit.widgets import OwnerReview, PeopleReview
from migkit.workspace import Workspace
from tests.identity.made import patient, tables, user
home = dict(address_line1="1 Hill St", suburb="Kew", postcode="3101", email="lee@x.example", mobile="+61412000111")
rows = [patient(1, "Ann Lee", "1980-05-01", **home), patient(2, "Ann Lee", None, **home), patient(3, "Ann Lee", "1980-01-05", **home)]
staff = [dict(practitioner_id="2", full_name="Bob Ng", role="Hygienist")]
users = [user(2, "Robert Ng", "bob@clinic.example")]
typed = tables(patients=rows, practitioners=staff)
people = resolve(typed, {{}}, users=users)
workspace = Workspace.open({workspace!r})
display(PeopleReview(workspace, people, typed, by="anna"), OwnerReview(workspace, people, users=users, by="anna"))
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.is_file(), reason="Debian's Chromium is not installed: the review of people was not tried in a browser"
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
    nbformat.write(notebook, tmp_path / "people.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "IPYTHONDIR": str(tmp_path / "ipython"),
    }
    command = [sys.executable, "-m", "voila", str(tmp_path / "people.ipynb"), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert server.stdout is not None
    for line in server.stdout:  # until it says that it is there; ends if the server does
        if "is running at" in line:
            break
    yield f"http://127.0.0.1:{port}/"
    server.terminate()
    server.communicate(timeout=30)


def test_a_decision_is_made_and_survives_a_new_kernel(voila: str, workspace: Workspace) -> None:
    """Masked at first, shown by a switch; "same" and a confirmed owner are in the files at once and in the page after a reload."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(viewport={"width": 1200, "height": 1000})
        page.goto(voila, timeout=60_000)
        review = page.locator(".mk-people-review")
        review.get_by_text("0 decided · 3 left").wait_for(timeout=60_000)
        assert "lee@x.example" not in page.content()
        page.get_by_text("Show values").click()
        review.get_by_text("lee@x.example").first.wait_for()
        page.get_by_role("button", name="Same person").click()
        review.get_by_text("1 decided · 2 left").wait_for()
        page.locator(".mk-owner-review button[title='Confirm bob@clinic.example']").click()
        page.get_by_text("confirmed by anna").wait_for()
        _check(workspace)
        page.reload()
        page.locator(".mk-people-review").get_by_text("1 decided · 2 left").wait_for(timeout=60_000)
        page.get_by_text("confirmed by anna").wait_for()
        browser.close()


def _check(workspace: Workspace) -> None:
    pairs: list[dict[str, Any]] = workspace.read_decision("identity")["pairs"]
    assert [(entry["decision"], entry["by"]) for entry in pairs] == [("same", "anna")]
    assert workspace.read_decision("owners")["owners"]["practitioner:2"]["user"] == "bob@clinic.example"
