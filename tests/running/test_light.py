"""`migkit run` starts quickly: what a notebook needs is imported by its kernel, not by the command that starts it."""

from __future__ import annotations

import subprocess
import sys


def test_the_command_that_runs_notebooks_imports_none_of_the_rooms_that_they_show() -> None:
    """Neither pandas nor a step is there when the steps are about to run: their kernel's process imports them meanwhile."""
    code = "import sys, migkit.cli; from migkit.running import run_steps; print(*sys.modules)"
    known = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "migkit.running.kernels" in known
    assert not {"pandas", "duckdb", "migkit.steps", "migkit.migration", "migkit.report"} & set(known)


def test_a_command_imports_nothing_that_only_some_cells_need() -> None:
    """What reads names, phones and addresses, and what httpx's own command draws with, is not there until somebody needs it."""
    code = "import sys, migkit.cli, migkit.steps; print(*sys.modules)"
    known = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "migkit.migration" in known and "httpx" in known
    assert not {"nameparser", "phonenumbers", "email_validator", "rich", "pygments"} & set(known)
