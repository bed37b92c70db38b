"""The committed notebooks run as they are, by hand; that they run as reports is what every other journey shows."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from migkit.report import IN_REPORT
from migkit.running import warm_kernels
from migkit.steps.lab import lay_out
from migkit.workspace import Workspace

pytestmark = pytest.mark.journey


def test_the_notebooks_run_cell_by_cell(journey):
    """nbval runs each notebook as `migkit lab` lays it out in the workspace of a finished demo, in a kernel as that starts it: no cell
    fails, and no widget."""
    folder = lay_out(Workspace.open(journey.folder / "workspace"), "analyst")
    without = [word for plugin in ("cacheprovider", "xdist", "schemathesis", "faker") for word in ("-p", f"no:{plugin}")]
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "-q", *without, str(folder)]

    environ = {name: value for name, value in os.environ.items() if name != IN_REPORT} | warm_kernels()[0]
    result = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environ, timeout=900)
    assert result.returncode == 0, result.stdout[-4000:]
    assert "skipped" not in result.stdout
