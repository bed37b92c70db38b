"""How cost grows with the practice: each stage's CPU seconds at a size and at a quarter of it, memory, and the same by hand in pandas.

    python bench/scale.py [--patients 2000 | --rows 2000000 --memory "14 GB"] [--beside 200]

Each size runs in a process of its own, first with nothing kept, then with every stage kept. Growth is the exponent between the two sizes: 1
is linear. What is said of 2,000,000 rows is carried on from the two sizes, unless `--rows` runs them beside a tenth of them: that takes an
hour of a core and more memory than half of a machine of 24 GB, which `--memory` allows; what others take is left to the usual run. Below a
goal that is missed stands the profile that explains it, of the smaller size in the same run (`causes.py`). By hand and in polars: see
`by_hand.py`; a load beside bare httpx, a plain script and `dlt`: see `beside.py`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click
import pandas as pd
from beside import compare
from by_hand import by_pandas, by_polars
from causes import Causes, explain, profiled
from made import generated, workspace_of

from migkit import report
from migkit.load import Ledger, Op, diff
from migkit.load.entries import confirmed_entry, pending_entry
from migkit.migration import Migration
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord, Plan
from migkit.workspace import Workspace

PLAN = "plan, and its cost under 5 policies"
STAGES: dict[str, Callable[[Migration], object]] = {
    "read": lambda m: m.raw,
    "propose": lambda m: m.proposals,
    "scan": lambda m: m.scan,
    "type": lambda m: m.tables,
    "find pairs": lambda m: m.pairs,
    "people": lambda m: m.people,
    PLAN: lambda m: m.policy_costs,
    "price each route": lambda m: m.route_costs,
    "compare with the ledger": lambda m: m.changes(),
    "validate": lambda m: m.quality,
}
GIGABYTES, GROWTH = 4.0, 1.10
"""Goals of memory and of growth."""
LEDGERS = (50_000, 200_000)
"""Records of the ledgers that are opened."""
PART, PART_OF_ROWS = 4, 10
"""The smaller size is this part of the larger one; where `--rows` are run, of those."""
ROWS = 2_000_000
"""The largest ordinary job."""
ROWS_A_PATIENT = 16.2


def main() -> None:
    """Measure both sizes and print a row a stage."""
    options = argparse.ArgumentParser()
    options.add_argument("--patients", type=int, default=2_000)
    options.add_argument("--rows", type=int, help="run this many rows, in place of patients")
    options.add_argument("--memory", default="", help="what may be taken of the machine's memory, as `14 GB`; half of it where not given")
    options.add_argument("--beside", type=int, default=200, help="patients of the load beside bare httpx; 0: none")
    options.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--later", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--profiled", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if part := given.make or given.later or given.measure:
        each = profiled if given.profiled else unprofiled
        found = made(part, given.patients, each) if given.make else delta(part, each) if given.later else measured(part, each)
        sys.stdout.write(json.dumps(found))
        return
    patients = int(given.rows / ROWS_A_PATIENT) if given.rows else given.patients
    sizes = (patients // (PART_OF_ROWS if given.rows else PART), patients)
    with tempfile.TemporaryDirectory(prefix="migkit-scale-") as name:
        folder = Path(name)
        exports = [in_a_process("--make", folder / str(size), "--patients", size) for size in sizes]
        spaces = [workspace_of(folder / str(size) / "practice", "http://127.0.0.1:1", given.memory) for size in sizes]
        small, large, kept = (in_a_process("--measure", space) for space in (*spaces, spaces[1]))
        later = [in_a_process("--later", space) | {"rows": each["rows"]} for space, each in zip(spaces, (small, large), strict=True)]
        shutil.rmtree(spaces[0] / "work")
        why = in_a_process("--measure", spaces[0], "--profiled")["causes"]
        stages(sizes, small, large, kept)
        click.echo()
        row("beside the goals of the largest ordinary job", "measured", "goal")
        if not carried_on("read … validate", small, large, 240, "240 s of the clock, 4 GB"):
            explained(why, small["cpu"])
        made_rows = [{**one, "rows": each["rows"]} for one, each in zip(exports, (small, large), strict=True)]
        if not carried_on("generated", *made_rows, 240, "240 s, flat"):
            explained(in_a_process("--make", folder / "again", "--patients", sizes[0], "--profiled")["causes"])
        if not carried_on("of a later export", *later, 60, "60 s"):
            explained(in_a_process("--later", spaces[0], "--profiled")["causes"])
        if given.rows:
            return
        by_others(spaces[1].parent / "practice" / "export", large["cpu"], why)
        for count in LEDGERS:
            click.echo(ledger_row(folder, count))
        row("a table of 200,000 rows in a notebook run by hand", f"{by_a_click():.1f} MB", "5 MB")
        if given.beside:
            click.echo()
            compare(folder / "beside", given.beside)


def stages(sizes: tuple[int, int], small: Any, large: Any, kept: Any) -> None:
    """Print a row a stage."""
    rows = large["rows"]
    click.echo(f"{sizes[0]:,} and {sizes[1]:,} patients ({small['rows']:,} and {rows:,} rows), {os.cpu_count()} cores\n")
    click.echo(f"{'CPU s':38}{'a part':>10}{'all':>8}{'growth':>8}{'µs a row':>10}{'kept':>8}{'MB, at most so far':>20}")
    for stage in STAGES:
        a, b, c = (one["cpu"][stage] for one in (small, large, kept))
        growth = f"{math.log(b / a, rows / small['rows']):.2f}" if a > 0.05 else "–"
        click.echo(f"{stage:38}{a:10.2f}{b:8.2f}{growth:>8}{1e6 * b / rows:10.0f}{c:8.2f}{large['peaks'][stage]:20,.0f}")
    total = sum(large["cpu"].values())
    click.echo(
        f"{'all':38}{sum(small['cpu'].values()):10.2f}{total:8.2f}{'':8}{1e6 * total / rows:10.0f}{sum(kept['cpu'].values()):8.2f}\n"
    )
    click.echo(f"memory: {large['peak']:,.0f} MB at the most, {kept['peak']:,.0f} MB with every stage kept")


def row(what: str, found: str, goal: str) -> None:
    """Print what was measured beside its goal."""
    click.echo(f"{what:64}{found:>36}{goal:>26}")


def carried_on(what: str, small: Any, large: Any, most: float, goal: str) -> bool:
    """Print what 2,000,000 rows take: by the line through the two sizes, or as measured where they were run; and the growth.

    Return whether the goal is kept: `most` CPU seconds (the clock's say more of who else works on the machine), and 4 GB."""
    seconds, wall, peak = (beyond(small, large, of) for of in (lambda one: sum(one["cpu"].values()), lambda one: one["wall"], _gigabytes))
    said = "measured" if large["rows"] >= 0.99 * ROWS else f"carried on from {large['rows']:,}"
    row(f"{ROWS:,} rows {what} ({said})", f"{seconds:,.0f} CPU s, {wall:,.0f} s, {peak:,.1f} GB", goal)
    growth = math.log(sum(large["cpu"].values()) / sum(small["cpu"].values()), large["rows"] / small["rows"])
    row(f"growth, {what}", f"{growth:.2f}", "1.10")
    return seconds <= most and peak <= GIGABYTES and growth <= GROWTH


def _gigabytes(one: Any) -> float:
    return float(one["peak"]) / 1e3


def explained(why: Mapping[str, Causes], cpu: Mapping[str, float] | None = None) -> None:
    """Print the profile of each stage, and by `cpu` its share of all of them."""
    for stage, found in why.items():
        explain(f"why, {stage or 'all'}" + (f" ({cpu[stage] / sum(cpu.values()):.0%} of all)" if cpu else ""), found)


def beyond(small: Any, large: Any, of: Callable[[Any], float]) -> float:
    """Return what 2,000,000 rows would take; not a number where the sizes are too small to tell what grows."""
    slope = (of(large) - of(small)) / (large["rows"] - small["rows"])
    return of(large) + slope * max(0, ROWS - large["rows"]) if slope > 0 else math.nan


def by_others(export: Path, cpu: Mapping[str, float], why: Mapping[str, Causes]) -> None:
    """Print the same by hand in pandas, and in polars without checks; what is missed is explained by the stages that do the same."""
    beside_hand = ("read", "type", PLAN, "validate")
    own, hand = sum(cpu[name] for name in beside_hand), by_pandas(export)
    row(f"pandas by hand, row by row, {hand:.1f} CPU s: its cost over ours", f"{hand / own:.1f} ×", "10 ×")
    if hand < 10 * own:
        explained({name: why[name] for name in beside_hand})
    found = by_polars(export)
    if found is None:
        click.echo("polars: not installed (pip install -c constraints.txt '.[bench]')")
        return
    for what, stage, theirs in (("read", "read", found[0]), ("payloads", PLAN, found[1])):
        row(f"polars without checks, {what} {theirs:.2f} CPU s: our cost over it", f"{cpu[stage] / theirs:.0f} ×", "2 ×")
        if cpu[stage] > 2 * theirs:
            explained({stage: why[stage]})


def by_a_click() -> float:
    """Return the MB that a table of 200,000 rows adds to a notebook that somebody runs by hand."""
    frame = pd.DataFrame({f"column {number}": [f"value {row}" for row in range(200_000)] for number in range(8)})
    return len(report.explore(frame, "Rows").body) / 1e6


def in_a_process(*arguments: object) -> Any:
    """Return what this file finds in a process of its own."""
    done = subprocess.run([sys.executable, __file__, *map(str, arguments)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


Each = Callable[[Callable[[], Any]], tuple[Any, Causes]]
"""Does something, and returns what it returns with its profile."""


def unprofiled(work: Callable[[], Any]) -> tuple[Any, Causes]:
    """Return what `work` returns, and no profile: what is measured is done without one."""
    return work(), ()


def most() -> float:
    """Return the most memory that this process used, in MB: what `getrusage` tells may be its parent's, from before it was this program."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


def timed(stages: Mapping[str, Callable[[], object]], each: Each) -> dict[str, Any]:
    """Return the CPU seconds, causes and memory so far of each stage, the most memory, and the clock's seconds of all of them."""
    found: dict[str, Any] = {"cpu": {}, "causes": {}, "peaks": {}}
    began = time.monotonic()
    for name, stage in stages.items():
        started = time.process_time()
        _, found["causes"][name] = each(stage)
        found["cpu"][name], found["peaks"][name] = time.process_time() - started, most()
    return found | {"peak": most(), "wall": time.monotonic() - began}


def made(folder: Path, patients: int, each: Each) -> Any:
    """Return what making a practice takes."""
    return timed({"": lambda: generated(folder, patients)}, each)


def delta(workspace: Path, each: Each) -> Any:
    """Return what it takes from a second export, received nine days later, to what it changes; all of the first is kept."""
    facts = json.loads((workspace.parent / "practice" / "truth.json").read_text(encoding="utf-8"))["practice"]
    Migration.open(workspace).changes()
    opened = Workspace.open(workspace)
    if len(opened.snapshots()) == 1:
        opened.add_snapshot(workspace.parent / "practice" / "export_delta", taken=date.fromisoformat(facts["later"]))
    return timed({"": lambda: Migration.open(workspace).with_all_received().changes()}, each)


def measured(workspace: Path, each: Each) -> Any:
    """Return what each stage takes, and the rows of the export."""
    migration = Migration.open(workspace)
    found = timed({name: partial(stage, migration) for name, stage in STAGES.items()}, each)
    return found | {"rows": int((migration.lines["kind"] == "row").sum())}


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
