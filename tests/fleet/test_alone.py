"""A fleet in one process: every practice with its own account and token, as far as each goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migkit.fleet import look_at, run_fleet

from .made import Layout

pytestmark = pytest.mark.xdist_group("fleet")


def test_each_practice_ends_in_its_own_account(one_layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two practices, one after the other in this process: each account holds its own once, nothing of this process's environment changed,
    and the second time nothing is sent."""
    fleet, told = one_layout.copies(tmp_path, 2, monkeypatch, fleet="workers = 1"), list[str]()
    before = dict(os.environ)
    assert run_fleet(fleet.fleet_file, say=told.append).is_done and dict(os.environ) == before
    assert told == ["2 practices, 1 worker.", "p1: done", "p2: done"]
    for place in fleet.accounts:
        fleet.assert_loaded_once(place, one_layout.patients)
    sent = [fleet.writes(place) for place in fleet.accounts]
    assert look_at(fleet.fleet_file).practices["tokens left"].tolist() == [0, 0]
    assert run_fleet(fleet.fleet_file, say=told.append).is_done
    assert [fleet.writes(place) for place in fleet.accounts] == sent
