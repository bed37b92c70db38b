"""The committed notebooks run as they are, by hand as in a report."""

from __future__ import annotations

import os

import nbformat
import pytest
from nbclient import NotebookClient

from migkit.report import IN_REPORT
from migkit.running.kernels import kernel_manager
from migkit.steps.lab import lay_out
from migkit.workspace import Workspace

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]


def test_the_notebooks_run_cell_by_cell(journey, tmp_path):
    """Each notebook runs as `migkit lab` lays it out in the workspace of a finished demo: no cell fails, and none is left out."""
    folder = lay_out(Workspace.open(journey.folder / "workspace"), "analyst")
    kernels = kernel_manager(tmp_path / "kernel.log", {**os.environ, IN_REPORT: "1"})
    for copy in sorted(folder.glob("*.ipynb")):
        notebook = nbformat.read(copy, as_version=4)
        place = {"metadata": {"path": str(folder)}}
        NotebookClient(notebook, kernel_manager_class=kernels, resources=place, timeout=600).execute()  # raises where a cell fails
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1)), copy.name
