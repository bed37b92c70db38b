"""How cost grows with the practice: each stage's CPU seconds at a size and at a quarter of it, memory, and the same by hand in pandas.

    make bench-scale [PATIENTS=2000]

Each size runs in a process of its own, first with nothing kept, then with every stage kept. Growth is the exponent between the two sizes: 1
is linear. The goal is 1.10. By hand: every CSV read as text, cells stripped, a payload a row; no checks, no provenance, nobody matched.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pandas as pd
from made import generated, workspace_of

from migkit.load import Ledger, Op, diff
from migkit.load.entries import confirmed_entry, pending_entry
from migkit.migration import Migration
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord, Plan

STAGES: dict[str, Callable[[Migration], object]] = {
    "read": lambda m: m.raw,
    "propose": lambda m: m.proposals,
    "scan": lambda m: m.scan,
    "type": lambda m: m.tables,
    "find pairs": lambda m: m.pairs,
    "people": lambda m: m.people,
    "plan, and its cost under 5 policies": lambda m: m.policy_costs,
    "compare with the ledger": lambda m: m.changes(),
    "validate": lambda m: m.quality,
}
LEDGERS = (50_000, 200_000)
"""Records of the ledgers that are opened."""
PART = 4
"""The smaller size is this part of the larger one."""


def main() -> None:
    """Measure both sizes and print a row a stage."""
    options = argparse.ArgumentParser()
    options.add_argument("--patients", type=int, default=2_000)
    options.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.measure:
        sys.stdout.write(json.dumps(measured(given.measure)))
        return
    sizes = (given.patients // PART, given.patients)
    with tempfile.TemporaryDirectory(prefix="migkit-scale-") as folder:
        spaces = [workspace_of(generated(Path(folder) / str(size), size), "http://127.0.0.1:1") for size in sizes]
        small, large, kept = (in_a_process(space) for space in (*spaces, spaces[1]))
        rows = large["rows"]
        click.echo(f"{sizes[0]:,} and {sizes[1]:,} patients ({small['rows']:,} and {rows:,} rows), {os.cpu_count()} cores\n")
        click.echo(f"{'CPU s':38}{'a quarter':>10}{'all':>8}{'growth':>8}{'µs a row':>10}{'kept':>8}")
        for stage in STAGES:
            a, b, c = (one["cpu"][stage] for one in (small, large, kept))
            growth = f"{math.log(b / a, rows / small['rows']):.2f}" if a > 0.05 else "–"
            click.echo(f"{stage:38}{a:10.2f}{b:8.2f}{growth:>8}{1e6 * b / rows:10.0f}{c:8.2f}")
        total = sum(large["cpu"].values())
        click.echo(
            f"{'all':38}{sum(small['cpu'].values()):10.2f}{total:8.2f}{'':8}{1e6 * total / rows:10.0f}{sum(kept['cpu'].values()):8.2f}\n"
        )
        click.echo(f"memory: {large['peak']:,.0f} MB at the most, {kept['peak']:,.0f} MB with every stage kept")
        hand = by_hand(spaces[1].parent / "practice" / "export")
        own = sum(large["cpu"][name] for name in ("read", "type", "plan, and its cost under 5 policies"))
        click.echo(
            f"pandas by hand {hand:.2f} CPU s; read, type and plan {own:.2f}: {own / hand:.1f} × as much (goal: a tenth, for equal work)"
        )
        for count in LEDGERS:
            click.echo(ledger_row(Path(folder), count))


def in_a_process(workspace: Path) -> Any:
    """Return what `measured` finds in a process of its own."""
    done = subprocess.run([sys.executable, __file__, "--measure", str(workspace)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def measured(workspace: Path) -> Any:
    """Return stage → CPU seconds, the rows of the export, and the most memory that was used, in MB."""
    migration, cpu = Migration.open(workspace), {}
    for name, stage in STAGES.items():
        started = time.process_time()
        stage(migration)
        cpu[name] = time.process_time() - started
    rows = int((migration.lines["kind"] == "row").sum())
    return {"cpu": cpu, "rows": rows, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def by_hand(export: Path) -> float:
    """Return the CPU seconds of a plain script that reads every CSV and makes a payload of each row."""
    started, payloads = time.process_time(), 0
    for path in sorted(export.rglob("*.csv")):
        try:
            frame = pd.read_csv(
                path, dtype=str, keep_default_na=False, on_bad_lines="skip", encoding_errors="replace", sep=None, engine="python"
            )
        except (ValueError, pd.errors.ParserError):
            continue
        for _, row in frame.iterrows():
            payloads += len(json.dumps({str(name): str(value).strip() for name, value in row.items()}))
    return time.process_time() - started


def ledger_row(folder: Path, count: int) -> str:
    """Return what a ledger of `count` made-up records costs to open, in time and memory, and to compare with a plan that it fulfils."""
    path = folder / f"{count}.sqlite"
    records = {record.key: record for record in map(made_up, range(count))}
    ledger = Ledger(path)
    with ledger.transaction():
        for number, record in enumerate(records.values()):
            ledger.put(confirmed_entry(pending_entry(record, "r"), record, target_id=number, after_image=dict(record.fields)))
            record.digest()
    ledger.close()
    tracemalloc.start()
    Ledger(path).close()
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    started = time.process_time()
    opened = Ledger(path)
    opening, started = time.process_time() - started, time.process_time()
    changes = diff(Plan(records, {}, ()), opened)
    comparing = time.process_time() - started
    opened.close()
    assert {change.op for change in changes} == {Op.SKIP}
    cost = f"{1e3 * opening:.1f} ms and {held / 1e6:.2f} MB to open (goal: flat)"
    return f"ledger of {count:,}: {cost}, {1e6 * comparing / count:.1f} µs a record to compare"


def made_up(number: int) -> DesiredRecord:
    """Return a person with a dozen fields."""
    fields = {"name": f"Patient {number}", **{f"custom:Field {field}": f"{field} of {number}" for field in range(12)}}
    return DesiredRecord(f"patient:{number}", ObjectType.PERSON, fields, sources=(f"patient:{number}",))


if __name__ == "__main__":
    main()
