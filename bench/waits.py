"""What an analyst waits for, command by command, each beside its goal: CPU seconds, which a busy machine does not change, and the clock's.

    python bench/waits.py [--patients 200 10000] [--no-demo]

The practice is made up and the account a sandbox without limits; nothing outside a temporary folder is touched. Goals are the seconds that
were set on two idle cores, for 200 patients and for 10,000. What missed its goal is run again under the profiler in the same run
(`causes.py`): the command itself, and for an audit what its notebook makes, in a workspace where nothing is kept, or all.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from causes import Causes, explain
from first_output import FIRST
from made import generated, workspace_of

from migkit.migration.target import DAY, DAY_S
from migkit.pipedrive.token import VARIABLE as TOKEN
from migkit.sandbox import Sandbox, SandboxConfig

MADE = (
    "from migkit import steps; from migkit.migration import Migration; m = Migration.open({w!r}); "
    "m.scan, m.proposals, m.conflicts, m.tables, m.people, m.quality, m.policy_costs, m.route_costs"
)
"""What an audit's notebook shows is made from."""
AT_THE_END = {"mapping_review": ["mapping"], "people": ["owners", "identity"], "validate": ["quality"]}
"""Notebook → the gates whose approval is a button at its end: whoever approves has looked at it."""
SUBREAPER = 36  # prctl: what is orphaned below becomes a child of ours, so that its CPU time is counted


def main() -> None:
    """Make a practice, carry it through its gates, and print a row for each wait."""
    options = argparse.ArgumentParser()
    options.add_argument("--patients", type=int, nargs="+", default=[200, 10_000])
    options.add_argument("--demo", action=argparse.BooleanOptionalAction, default=True, help="carry the whole demo too: some four minutes")
    given = options.parse_args()
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    for patients in given.patients:
        load = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} (CPU is what counts where others work too)"
        click.echo(f"{patients:,} patients, {load}\n\n{'':34}{'CPU s':>8}{'clock s':>9}{'goal':>7}")
        with tempfile.TemporaryDirectory(prefix="migkit-waits-") as folder, practice(Path(folder), patients) as workspace:
            demo = Path(folder) / "demo" if given.demo and patients == given.patients[0] else None
            measure(workspace, quick=patients <= 1000, demo=demo)
        click.echo()


def measure(workspace: Path, *, quick: bool, demo: Path | None) -> None:
    """Print the rows, then the profiles of those that missed. `quick`: whether the goals of 200 patients hold, else those of 10,000.
    `demo`: where the demo is made, if it is."""
    sandbox = _children()
    each, audit, again = (1.5, 8, 3) if quick else (4, 35, None)
    missed: dict[str, list[str]] = {}

    def wait(row: str, goal: float | None, *arguments: str, code: str = "") -> None:
        command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "migkit", *arguments]
        before, started = _cpu(), time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        _reap(sandbox)
        wall = time.monotonic() - started
        worst = "" if done.returncode == 0 else f"   stopped: {done.stderr.strip().splitlines()[-1][:90]}"
        spent = _cpu() - before
        click.echo(f"{row:34}{spent:8.1f}{wall:9.1f}{'' if goal is None else f'{goal:g}':>7}{worst}")
        if goal is not None and spent > goal:
            missed[row] = ["-c", code] if code else list(arguments)

    path = str(workspace)

    def approve(*gates: str) -> None:
        for gate in gates:
            wait(f"approve {gate}", each, "approve", path, gate, "--by", "bench")

    wait("the imports of every command", None, code="import migkit.cli, migkit.steps")
    wait("audit, first", audit, "run", path, "audit")
    wait("audit, again", again, "run", path, "audit")
    wait("confirm what is proposed", each, "confirm", path, "--at-least", "0.5", "--by", "bench")
    leave_out_rest(workspace)
    for notebook, gates in AT_THE_END.items():
        wait(f"a notebook: {notebook}", None, "run", path, notebook)
        approve(*gates)
    approve("policies", "privacy")
    wait("a notebook: sample_diff", None, "run", path, "sample_diff")
    approve("sample")
    wait("a notebook: load", None, "run", path, "load")
    wait("status", each, "status", path)
    wait("plan", each, "plan", path)
    wait("explain patient:1001", each, "explain", path, "patient:1001")
    output = subprocess.run([sys.executable, Path(__file__).with_name("first_output.py"), path], capture_output=True, text=True, check=True)
    spent, wall = map(float, output.stdout.split())
    _reap(sandbox)
    click.echo(f"{'first output, kept stages':34}{spent:8.1f}{wall:9.1f}{'' if quick else '4':>7}")
    if not quick and spent > 4:
        missed["first output, kept stages"] = ["-c", FIRST.format(w=path)]
    wait("reconcile", None, "reconcile", path)
    if demo:
        wait("make demo, after the install", 75, "demo", "--dir", str(demo))
        missed |= {row: [*command[:-1], f"{demo}-again"] for row, command in missed.items() if command[:1] == ["demo"]}
    missed |= {f"{row}: what its notebook makes": ["-c", MADE.format(w=path)] for row in ("audit, first", "audit, again") if row in missed}
    shutil.rmtree(workspace / "work")
    for row, command in sorted(missed.items(), key=lambda pair: not pair[0].startswith("audit, first:")):
        explain(f"why, {row}", _causes(command, workspace.parent / "causes.json"))


def _causes(command: list[str], out: Path) -> Causes:
    """Return the causes of a command, run anew under the profiler."""
    subprocess.run([sys.executable, Path(__file__).with_name("causes.py"), out, *command], capture_output=True, check=False)
    return json.loads(out.read_text(encoding="utf-8"))[1]  # type: ignore[no-any-return]


def leave_out_rest(workspace: Path) -> None:
    """Leave out what has values and no home, as the demo does."""
    from migkit.steps.demo import decide_map

    decide_map(workspace)


@contextmanager
def practice(folder: Path, patients: int) -> Iterator[Path]:
    """Yield a workspace whose target is a sandbox without limits."""
    made = generated(folder, patients)
    config = SandboxConfig(
        plan="ultimate", seats=3, seed_file=made / "account.json", burst_limit=False, daily_limit=False, record_bodies=False
    )
    with Sandbox(config) as sandbox:
        os.environ |= {TOKEN: sandbox.token, DAY: str(DAY_S)}
        yield workspace_of(made, sandbox.url)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _reap(known: set[int]) -> None:
    """Take in what a command left behind: the process that its kernels were forked from."""
    deadline = time.monotonic() + 5
    while (left := _children() - known) and time.monotonic() < deadline:
        for pid in left:
            os.waitpid(pid, os.WNOHANG)
        time.sleep(0.05)


def _children() -> set[int]:
    return {int(pid) for pid in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()}


if __name__ == "__main__":
    main()
