"""A fleet in one process, and on a cluster by its address: every practice with its own account and token, as far as each goes."""

from __future__ import annotations

import os
from pathlib import Path

import dask
import pytest
from distributed import LocalCluster

from migkit.fleet import look_at, run_fleet
from migkit.model.errors import UsageError

from .made import Layout


def test_each_practice_ends_in_its_own_account(one_layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One practice in this process, then it and another one, whose ledger lies on a shared folder, on a cluster that runs already: each
    account holds its own once, nothing of this process's environment changed, and what is done is not sent again."""
    fleet, told = one_layout.copies(tmp_path, 2, monkeypatch, fleet="workers = 1"), list[str]()
    (first, second), before = fleet.accounts, dict(os.environ)
    text = fleet.fleet_file.read_text()
    fleet.fleet_file.write_text("[[practice]]".join(text.split("[[practice]]")[:2]))
    assert run_fleet(fleet.fleet_file, say=told.append).is_done and dict(os.environ) == before
    assert told == ["1 practice, 1 worker.", "p1: done"]
    fleet.assert_loaded_once(first, one_layout.patients)
    sent = fleet.writes(first)

    settings = second / "migration.toml"
    settings.write_text(f'{settings.read_text()}\n[ledger]\nstore = "file://{tmp_path}/share"\n')
    quiet = {"distributed.worker.daemon": False, "distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []}
    with (
        dask.config.set(quiet),
        LocalCluster(
            n_workers=1, threads_per_worker=1, processes=False, protocol="tcp://", host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as cluster,
    ):
        fleet.fleet_file.write_text(text.replace("workers = 1", f'cluster = "{cluster.scheduler_address}"'))
        assert run_fleet(fleet.fleet_file, say=told.append).is_done
        assert told[2] == f"2 practices, {cluster.scheduler_address}." and sorted(told[3:]) == ["p1: done", "p2: done"]
    fleet.assert_loaded_once(second, one_layout.patients)
    assert fleet.writes(first) == sent
    assert look_at(fleet.fleet_file).practices["tokens left"].tolist() == [0, 0]
    assert not (second / "ledger.sqlite").exists() and list((tmp_path / "share").glob("*.ended"))
    with pytest.raises(UsageError, match=r"Nothing answers at tcp://.*start the cluster"):
        run_fleet(fleet.fleet_file, say=told.append)
