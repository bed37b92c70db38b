"""How long the mapping review takes to appear and to answer a click, with 15 files and 250 columns, in a browser.

    python bench/widgets.py

Measured in headless Chromium through JupyterLab: from running the cell (kernel warm, modules imported, proposals made) until
the columns stand on the page, and from a click until the page shows its effect, the decision file written in between.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click
import nbformat

CHROMIUM = Path("/usr/bin/chromium")
SETUP = """
import pandas as pd
from migkit.migration.defaults import knowledge
from migkit import mapping
from migkit.model.canonical import parse_schema
from migkit.model.tables import RawExport, SourceTable
from migkit.resources import load_yaml
from migkit.widgets import MappingReview
from migkit.workspace import Workspace
schema = parse_schema(load_yaml("canonical.yaml"))
homes = [t for t in schema.tables.values() if len(t.fields) >= 8][:15]
tables, left = {{}}, 250
for number, home in enumerate(homes):
    names = [f.title for f in home.fields.values()][: max(8, left // (15 - number))]
    names += [f"Extra {{n}}" for n in range(max(0, left // (15 - number) - len(names)))]
    left -= len(names)
    frame = pd.DataFrame({{name: [f"{{name[0]}}{{row}}" for row in range(200)] for name in names}}, dtype="string")
    tables[home.title] = SourceTable(home.title, frame, (f"{{home.name}}.csv",))
raw = RawExport(tables, pd.DataFrame(), pd.DataFrame())
proposals = mapping.propose(raw, schema, knowledge())
workspace = Workspace.open({workspace!r})
print("ready", len(tables), sum(len(t.columns) for t in tables.values()))
"""
SHOW = "MappingReview(workspace, raw, proposals, schema, by='bench')"


def main() -> None:
    """Print the two figures beside their goals."""
    if not CHROMIUM.is_file():
        click.echo("no Chromium at /usr/bin/chromium: nothing was measured")
        return
    with tempfile.TemporaryDirectory() as scratch:
        appear, clicks, said = measure(Path(scratch))
    click.echo(said)
    click.echo(f"{'appears after (s)':<40}{appear:>8.2f}  goal < 3")
    click.echo(f"{'a click is answered after, median (ms)':<40}{statistics.median(clicks) * 1000:>8.0f}  goal < 200")
    click.echo(f"{'a click is answered after, slowest (ms)':<40}{max(clicks) * 1000:>8.0f}")


def measure(folder: Path) -> tuple[float, list[float], str]:
    """Return seconds to appear, seconds by click, and what the kernel said about the size."""
    from playwright.sync_api import sync_playwright

    from migkit.workspace import Settings, Workspace

    workspace = Workspace.create(folder / "w", Settings("Bench", "Australia/Sydney", "AUD", "http://localhost:1", "lite", 1))
    write_notebook(folder / "bench.ipynb", SETUP.format(workspace=str(workspace.path)), SHOW)
    server, url = serve(folder)
    try:
        with sync_playwright() as playwright:
            page = open_notebook(playwright, f"{url}/lab/tree/bench.ipynb")
            run_first(page)
            page.get_by_text("ready 15").wait_for(timeout=240_000)
            said = page.get_by_text("ready 15").inner_text()
            started = time.perf_counter()
            page.keyboard.press("Shift+Enter")
            page.locator(".mr-rows.columns button").first.wait_for(timeout=120_000)
            page.locator(".mr-detail h3").first.wait_for()
            appear = time.perf_counter() - started
            page.wait_for_timeout(1500)
            return appear, [accept(page) for _ in range(15)], said
    finally:
        server.terminate()
        server.wait(30)


def accept(page: object) -> float:
    """Accept one column; return seconds until the count at the top has moved."""
    summary = page.locator(".mr-summary b")  # type: ignore[attr-defined]
    before = summary.inner_text()
    button = page.locator(".mr-detail .mr-primary").first  # type: ignore[attr-defined]
    started = time.perf_counter()
    button.click()
    page.wait_for_function("before => document.querySelector('.mr-summary b').innerText !== before", arg=before, polling=5)  # type: ignore[attr-defined]
    return time.perf_counter() - started


def write_notebook(path: Path, *cells: str) -> None:
    """Write a notebook of these cells."""
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(notebook, path)


def open_notebook(playwright: Any, address: str) -> Any:
    """Return a page of headless Chromium in which a notebook is open and its kernel idle."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
    page = browser.new_page(viewport={"width": 1500, "height": 1300})
    page.set_default_timeout(120_000)
    page.goto(address)
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").first.wait_for()
    return page


def run_first(page: Any) -> None:
    """Run the first cell: a key that is pressed before the kernel listens is lost, and pressed again."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").first
    for _ in range(20):
        cell.locator(".jp-InputArea-editor").click()
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(1500)
        if "[" in cell.locator(".jp-InputPrompt").inner_text().replace("[ ]", ""):
            return


def serve(folder: Path) -> tuple[subprocess.Popen, str]:
    """Start JupyterLab on loopback over `folder`; return its process and address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_CONFIG_DIR": str(folder / "c"),
    }
    environment |= {"IPYTHONDIR": str(folder / "ipython"), "JUPYTER_DATA_DIR": str(folder / "d")}
    switches = [
        "--no-browser",
        f"--port={port}",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=",
        "--ServerApp.password=",
        "--allow-root",
    ]
    log = (folder / "jupyter.log").open("w")
    server = subprocess.Popen([sys.executable, "-m", "jupyterlab", *switches], cwd=folder, env=environment, stdout=log, stderr=log)
    while server.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    return server, f"http://127.0.0.1:{port}"


if __name__ == "__main__":
    main()
