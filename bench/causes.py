"""The profile that explains a missed goal: what its time goes to, by room and library, and the dearest functions of ours.

    python bench/causes.py OUT.json (-c CODE | ARGUMENTS OF MIGKIT …)

runs one command under the profiler and writes `[seconds, [[cause, share], …]]`; `profiled` does the same to a function of this process.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import re
import runpy
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import click

import migkit

T = TypeVar("T")
Causes = Sequence[tuple[str, float]]
"""(what, share of the time), the dearest first."""
OURS = Path(migkit.__file__).parent
MOST, FUNCTIONS = 6, 3
WAITING = re.compile(r"method '(poll|select|acquire|read|readinto|recv|recv_into|accept)'|(sleep|select|waitpid)>")
"""Built-in functions in which a process waits for another one."""


def profiled(work: Callable[[], T]) -> tuple[T, Causes]:
    """Return what `work` returns, and what its time went to. The profiler's own cost is spread over all that calls much."""
    profile = cProfile.Profile()  # by the clock: where a process's CPU time is asked of the kernel, asking takes longer than the work
    result = profile.runcall(work)
    return result, causes(profile)


def causes(profile: cProfile.Profile) -> Causes:
    """Return the shares of rooms and libraries, then those of single functions of ours; what is built in counts for whoever calls it."""
    rooms, functions = Counter[str](), Counter[str]()
    for (file, _, name), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        builtin = file == "~"
        if builtin and WAITING.search(name):
            continue
        for (at, _, who), spent in [(key, times[2]) for key, times in callers.items()] if builtin else [((file, 0, name), own)]:
            room = room_of(at)
            rooms[room] += spent
            if room.startswith("migkit"):
                functions[f"{Path(at).stem}.{who}"] += spent
    total = rooms.total() or 1.0
    shares = [*rooms.most_common(MOST), *functions.most_common(FUNCTIONS)]
    return [(name, spent / total) for name, spent in shares]


def room_of(file: str) -> str:
    """Return the room or library that a file belongs to: `migkit.source`, `pandas`, `imports`, `python`."""
    path = Path(file)
    if file.startswith("<frozen importlib"):
        return "imports"
    if path.is_relative_to(OURS):
        return f"migkit.{path.relative_to(OURS).parts[0].removesuffix('.py')}"
    return path.parts[path.parts.index("site-packages") + 1] if "site-packages" in path.parts else "python"


def explain(what: str, found: Causes) -> None:
    """Print the profile of what missed its goal."""
    click.echo(f"    {what}: " + ", ".join(f"{name} {share:.0%}" for name, share in found))


def main() -> None:
    """Run a command and write its causes."""
    out, *arguments = sys.argv[1:]
    sys.argv = ["migkit", *arguments]

    def command() -> None:
        with suppress(SystemExit):
            if arguments[0] == "-c":
                exec(compile(arguments[1], "<command>", "exec"), {})
            else:
                runpy.run_module("migkit", run_name="__main__")

    started = time.process_time()
    _, found = profiled(command)
    Path(out).write_text(json.dumps([time.process_time() - started, found]), encoding="utf-8")


if __name__ == "__main__":
    main()
