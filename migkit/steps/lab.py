"""`migkit lab`: the workspace's own copy of the notebooks, filled in, and JupyterLab opened on them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from migkit import resources
from migkit.report import NOTEBOOKS
from migkit.running import warm_kernels
from migkit.workspace import Workspace, file_digest, write_atomically

WRITTEN = ".written.json"
"""Notebook → sha256 of the copy as it was written here: a copy that differs was worked in and is never replaced."""


def lay_out(workspace: Workspace, by: str) -> Path:
    """Copy the notebooks into `<workspace>/notebooks/` with `workspace` and `by` filled in, and return that folder.

    A copy that somebody worked in stays as it is; one that nobody touched follows the installed version.
    """
    folder = workspace.notebooks
    record = folder / WRITTEN
    written: dict[str, str] = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    for name in NOTEBOOKS:
        copy = folder / f"{name}.ipynb"
        if copy.exists() and file_digest(copy) != written.get(name):
            continue
        write_atomically(copy, filled_in(copy.name, workspace=str(workspace.path), by=by))
        written[name] = file_digest(copy)
    write_atomically(record, json.dumps(written, indent=1))
    return folder


START = "00_start"
"""The notebook that makes a workspace: it belongs to none."""


def lay_out_start(folder: Path, by: str) -> Path:
    """Copy the notebook that makes a workspace into `folder`, unless it lies there, and return it."""
    copy = folder / f"{START}.ipynb"
    if not copy.exists():
        write_atomically(copy, filled_in(copy.name, by=by))
    return copy


def open_lab(folder: Path, options: tuple[str, ...] = ()) -> None:
    """Replace this process by JupyterLab in `folder`; `options` are JupyterLab's own, and win over ours.

    It opens with `notebooks/overrides.json`: a button *Run all cells*, and no news from the web where patients' data lie. Its kernels
    start warm.
    """
    os.chdir(folder)
    settings = f"--LabApp.app_settings_dir={resources.folder('notebooks')}"
    variables, warm = warm_kernels()
    command = [sys.executable, "-m", "jupyterlab", "--notebook-dir", str(folder), settings, *warm, *options]
    os.execve(sys.executable, command, {**os.environ, **variables})  # its own signals, its own exit code


def filled_in(name: str, **values: str) -> str:
    """Return a notebook of the package with these parameters."""
    document = json.loads((resources.folder("notebooks") / name).read_text(encoding="utf-8"))
    for cell in document["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            cell["source"] = _filled("".join(cell["source"]), **values)
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _filled(source: str, **values: str) -> str:
    lines = source.splitlines()
    for name, value in values.items():
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" if line.startswith(f"{name} = ") else line for line in lines]
    return "\n".join(lines)
