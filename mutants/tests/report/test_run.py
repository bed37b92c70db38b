"""A notebook runs as a report from wherever the command is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.model.errors import UsageError
from migkit.report import run_notebook
from migkit.workspace import Run


def test_a_relative_folder_is_as_good_as_an_absolute_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`migkit run acme audit`, typed beside the folder `acme`: the kernel starts, its sentence comes back, the page is written."""
    monkeypatch.chdir(tmp_path)
    run = Run("r1", "10_audit", Path("runs/r1"))
    run.path.mkdir(parents=True)

    with pytest.raises(UsageError, match="not a migkit workspace"):
        run_notebook("10_audit", {"workspace": "nowhere"}, run)
    assert {path.name for path in run.path.glob("10_audit.*")} == {"10_audit.ipynb", "10_audit.html"}
