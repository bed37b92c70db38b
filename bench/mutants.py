"""How many planted defects do the tests find? mutmut over the rooms whose mistakes would cost a practice its data.

    python bench/mutants.py [--sample SHARE] [ROOM …]        ROOM: compare, plan/money, load, …; all of ROOMS by default

Works in a scratch copy of the checkout. Prints, per room, defects planted, found and the share; survivors are listed in
`build/mutants/<room>.txt` with their change. With --sample, the defects are drawn by the hash of their names: the same ones on every run.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import click
import tomlkit

ROOT = Path(__file__).parents[1]
OUT = ROOT / "build" / "mutants"
TESTS = {"source/cells": "source", "plan/money": "plan/test_settlement.py", "plan/settlement": "plan/test_settlement.py"}
"""Room → folder or file of its tests, where that is not the room's first part."""
ROOMS = (
    "compare",
    "plan/money",
    "plan/settlement",
    "plan/billing",
    "plan/statements",
    "plan",
    "load",
    "reconcile",
    "identity",
    "source/cells",
)
KILLED = frozenset({1, 3})  # pytest: a test failed, or an internal error; anything else than these and 0 is a time-out or a crash
SKIPPED = frozenset({33, 34, 5})  # mutmut: no test reaches it, left out; pytest: nothing collected


def main() -> None:
    """Run the rooms one after the other and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", default=ROOMS, metavar="ROOM")
    parser.add_argument("--sample", type=float, default=1.0, help="share of the defects that is tried (1.0: all)")
    options = parser.parse_args()
    click.echo(f"{'room':<18}{'planted':>9}{'found':>8}{'share':>8}")
    together: dict[str, list[str]] = {}
    for room in options.rooms:
        together.setdefault(TESTS.get(room, room.split("/")[0]), []).append(room)
    for tests, rooms in together.items():
        with tempfile.TemporaryDirectory() as scratch:
            copy = _copied(Path(scratch), rooms, tests)
            results = _run(copy, options.sample)
            for room in rooms:
                own = {name: code for name, code in results.items() if name.startswith(f"migkit.{room.replace('/', '.')}.")}
                survivors = sorted(name for name, code in own.items() if code not in KILLED)
                _list(copy, room, survivors)
                found = len(own) - len(survivors)
                click.echo(f"{room:<18}{len(own):>9}{found:>8}{found / max(len(own), 1):>8.1%}")


def _copied(folder: Path, rooms: Sequence[str], tests: str) -> Path:
    """Return a copy of what git knows here, set up to plant defects in rooms that one folder of tests watches."""
    copy = folder / "migkit"
    for name in subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    settings = tomlkit.parse((copy / "pyproject.toml").read_text(encoding="utf-8"))
    settings["tool"]["mutmut"] = {  # type: ignore[index]
        "source_paths": ["migkit"],
        "only_mutate": [f"migkit/{room}.py" if (copy / "migkit" / f"{room}.py").exists() else f"migkit/{room}/*" for room in rooms],
        "also_copy": ["notebooks", "templates", "expectations", "README.md"],
        "pytest_add_cli_args": ["-m", "not long and not browser and not journey", "-p", "no:xdist"],
        "pytest_add_cli_args_test_selection": [f"tests/{tests}"],
        "mutate_only_covered_lines": True,
    }
    (copy / "pyproject.toml").write_text(tomlkit.dumps(settings), encoding="utf-8")
    return copy


def _run(copy: Path, sample: float) -> dict[str, int]:
    """Return defect → exit code of the tests."""
    _mutmut(copy, "run", "no.such.defect")  # plants them all, tries none
    chosen = [name for name in _results(copy) if crc32(name.encode()) % 1000 < sample * 1000]
    _mutmut(copy, "run", "--max-children", str(os.cpu_count()), *chosen)
    tried = _results(copy)
    return {name: code for name in chosen if (code := tried[name]) is not None and code not in SKIPPED}


def _results(copy: Path) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for path in sorted((copy / "mutants").rglob("*.meta")):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def _mutmut(copy: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "mutmut", *arguments]
    return subprocess.run(command, cwd=copy, check=False, capture_output=True, text=True).stdout


def _list(copy: Path, room: str, survivors: list[str]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    changes = [f"{name}\n" + "\n".join(re.findall(r"(?m)^[-+](?![-+]{2}).*$", _mutmut(copy, "show", name))) for name in survivors]
    (OUT / f"{room.replace('/', '-')}.txt").write_text("\n".join(changes) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
