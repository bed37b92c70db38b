"""The fleet's demonstration: fifty practices of 2,000 rows on four workers, one killed in mid-load, one frozen and woken again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migkit.fleet import State

from .made import layout
from .test_workers import Running, freeze_in_mid_load, kill_in_mid_load, wake

pytestmark = pytest.mark.long
PRACTICES = int(os.environ.get("MIGKIT_FLEET_PRACTICES", "50"))
PATIENTS = int(os.environ.get("MIGKIT_FLEET_PATIENTS", "1000"))
"""Each with a visit: two rows a patient."""


def test_every_practice_ends_as_if_run_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is missing, nothing is doubled, and what was frozen writes nothing when it is woken."""
    (tmp_path / "fleet").mkdir()
    with layout(tmp_path, PATIENTS) as made:
        fleet = made.copies(tmp_path / "fleet", PRACTICES, monkeypatch, fleet="workers = 4\nlease_s = 30")
        running = Running(fleet)
        frozen_one, killed_one, *_ = fleet.accounts
        frozen = freeze_in_mid_load(running, frozen_one)
        kill_in_mid_load(running, killed_one)
        overview = running.ended(patience_s=3600)
        assert overview.counts == {State.DONE: PRACTICES}, running.told
        for place in fleet.accounts:
            fleet.assert_loaded_once(place, PATIENTS)
        sent = [fleet.writes(place) for place in fleet.accounts]
        wake(frozen)
        assert [fleet.writes(place) for place in fleet.accounts] == sent
