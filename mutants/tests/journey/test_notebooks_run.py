"""The committed notebooks run as they are, by hand as in a report."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from migkit import resources

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]


def test_the_notebooks_run_cell_by_cell(journey):
    """nbval runs each committed notebook as it is, beside a finished demo: no cell fails."""
    folder = journey.folder.parent / "notebooks"
    folder.mkdir()
    for path in resources.folder("notebooks").glob("*.ipynb"):
        (folder / path.name).write_text(path.read_text())
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(folder)]

    environ = {**os.environ, "MIGKIT_IN_REPORT": "1"}
    result = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environ, timeout=900)
    assert result.returncode == 0, result.stdout[-4000:]
    assert "skipped" not in result.stdout
