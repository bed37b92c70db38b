"""Many practices: throughput of several workers against one, and the days that a thousand take with the API's limits.

throughput   the same practices loaded into one sandbox by one worker and by several; records a second, as a ratio. On two cores the
             sandbox takes its part of them too: `--latency-ms` gives each answer the time of a network, as a real account does.
simulation   the usual mix (a practice's persons, four activities, a note and half a deal each) in three sizes, every call at its price and
             at the pace of its plan; nobody's decisions are waited for.

`python bench/fleet.py [--practices 6] [--patients 60] [--workers 2]`: two to four minutes; `--no-throughput`: at once.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import click
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from migkit.fleet import run_fleet
from migkit.fleet.simulation import simulate, work_of
from migkit.model.cost import Cost, cost_of
from migkit.model.objects import ObjectType
from migkit.preflight.days import DAILY_WRITES
from tests.fleet.made import Layout, layout

SIZES = {2_000: 400, 5_000: 400, 10_000: 200}
"""Persons of a practice → how many practices of a thousand."""
SETUP_S = 120.0
"""A worker's seconds for reading and planning before the first call: what a practice of 10,000 patients takes, rounded up."""
WORKERS = (1, 2, 5, 20)


def mix(persons: int) -> Cost:
    """Return what the usual mix costs by the API."""
    counts = {ObjectType.PERSON: persons, ObjectType.ACTIVITY: 4 * persons, ObjectType.NOTE: persons, ObjectType.DEAL: persons // 2}
    return cost_of(counts)


def simulated() -> pd.DataFrame:
    """Return one row per plan and number of workers: days, bound by, share of the workers' time that is used."""
    rows = []
    for plan, rule in (("lite", None), ("growth", None), ("ultimate", None), ("ultimate", DAILY_WRITES)):
        practices = [
            work_of(mix(persons), plan, daily_writes=rule, setup_s=SETUP_S) for persons, many in SIZES.items() for _ in range(many)
        ]
        for workers in WORKERS:
            found = simulate(practices, workers)
            rule_said = "enforced" if rule else "not enforced"
            rows.append((plan, rule_said, workers, found.days, found.bound.value, found.busy_pct))
    return pd.DataFrame(rows, columns=["plan", "10,000 writes a day", "workers", "days", "bound by", "workers busy %"])


def seconds(made: Layout, practices: int, workers: int) -> float:
    """Return how long a fleet takes for fresh copies of a practice."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        fleet = made.copies(Path(folder), practices, patch, fleet=f"workers = {workers}")
        started = time.monotonic()
        overview = run_fleet(fleet.fleet_file, say=lambda _: None)
        passed = time.monotonic() - started
        assert overview.is_done, overview.to_text()
        for place in fleet.accounts:
            fleet.assert_loaded_once(place, made.patients)
    return passed


def throughput(practices: int, patients: int, workers: int, latency_ms: float) -> None:
    """Print the ratio of several workers to one."""
    with tempfile.TemporaryDirectory() as folder, layout(Path(folder), patients, latency_ms=latency_ms) as made:
        alone, together = seconds(made, practices, 1), seconds(made, practices, workers)
    said = f"one worker {alone:.1f} s, {workers} workers {together:.1f} s: {alone / together:.2f} times"
    click.echo(f"{practices} practices of {patients} patients: {said}")


@click.command()
@click.option("--practices", default=6, show_default=True)
@click.option("--patients", default=60, show_default=True)
@click.option("--workers", default=2, show_default=True)
@click.option("--latency-ms", default=40.0, show_default=True)
@click.option("--throughput/--no-throughput", "measure", default=True, show_default=True)
def main(practices: int, patients: int, workers: int, latency_ms: float, measure: bool) -> None:
    """Print the simulation, and the throughput."""
    click.echo(f"A thousand practices ({', '.join(f'{many} of {persons:,} persons' for persons, many in SIZES.items())}), one seat each:")
    click.echo(simulated().to_string(index=False))
    if measure:
        throughput(practices, patients, workers, latency_ms)


if __name__ == "__main__":
    main()
