"""Which notebooks a run is of, in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.running import run_steps, sequence
from migkit.workspace import Settings, Workspace


def test_all_is_every_notebook_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`all` runs the ten notebooks, from the audit to the handover."""
    monkeypatch.setattr(sequence, "run_notebook", lambda name, parameters, run, environ: run.path)
    workspace = Workspace.create(tmp_path / "w", Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "lite", 1))
    assert [name for name, _ in run_steps(workspace.path, ["all"])] == [
        "10_audit", "20_mapping_review", "25_people", "30_validate", "40_sample_diff",
        "50_load", "60_delta", "70_reconcile", "80_rollback", "90_handover",
    ]  # fmt: skip
