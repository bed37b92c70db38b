"""Mapping proposals on header lists of real systems, beside `valentine`'s matchers and a plain rapidfuzz baseline.

    python bench/mapping.py [--without-peers]

The lists (`bench/data/headers/*.yaml`) hold headers only: names alone must do. The figures that count are those of the test
half, whose systems nothing was tuned on. The peers are told the right table, which we find ourselves; their threshold is set to
their own best on the tuning half. `valentine` has needs of its own: it gets the environment `.venv-bench-mapping`, from
`bench/constraints-valentine.txt`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
from mapping_data import Answer, System, answers, full, read_systems, score
from rapidfuzz import fuzz, process

from migkit.mapping import propose
from migkit.model.canonical import CanonicalSchema, parse_schema
from migkit.resources import load_yaml

ROOT = Path(__file__).resolve().parent.parent
PEER = ROOT / ".venv-bench-mapping"
MATCHERS = ("Coma", "SimilarityFlooding")
GOALS = {"right first": "≥ 0.90", "in first three": "≥ 0.97", "homeless given one at 0.9": "≤ 0.03", "of these right": "≥ 0.90"}
_SCRIPT = """
import json, sys
import pandas as pd
from valentine import valentine_match
from valentine import algorithms
found = {}
for name in sys.argv[1].split(","):
    for task in (tasks := json.load(open(sys.argv[2]))):
        left, right = pd.DataFrame(columns=task["columns"], dtype=str), pd.DataFrame(columns=task["fields"], dtype=str)
        matches = valentine_match([left, right], getattr(algorithms, name)(), df_names=["source", "target"])
        pairs = [[pair.source_column, pair.target_column, float(score)] for pair, score in matches.items()]
        found.setdefault(name, []).append(pairs)
json.dump(found, sys.stdout)
"""

Ranked = dict[tuple[str, str, str], list[tuple[str, float]]]
"""(system, source table, column) → (field, score), best first."""


def main() -> None:
    """Print the figures of merit, test half first."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--without-peers", action="store_true", help="only our own figures")
    chosen = arguments.parse_args()
    schema = parse_schema(load_yaml("canonical.yaml"))
    systems = read_systems()
    started = time.perf_counter()
    ours = {system.name: answers(system, propose(system.raw, schema)) for system in systems}
    seconds = time.perf_counter() - started
    show("migkit, test half", [a for s in systems if s.split == "test" for a in ours[s.name]], goals=True)
    show("migkit, tuning half", [a for s in systems if s.split == "tuning" for a in ours[s.name]])
    for system in systems:
        if system.split == "test":
            show(f"  {system.name}", ours[system.name])
    columns = sum(len(system.truth) for system in systems)
    click.echo(f"{columns} columns of {len(systems)} systems in {seconds:.1f} s")
    if not chosen.without_peers:
        for name, ranked in peers(systems, schema).items():
            floor = best_floor([s for s in systems if s.split == "tuning"], ranked)
            show(f"{name} (told the table), test half", ranked_answers([s for s in systems if s.split == "test"], ranked, floor))


def show(title: str, given: list[Answer], goals: bool = False) -> None:
    """Print one block of figures."""
    click.echo(f"\n{title}")
    for what, measured in score(given).items():
        figure = f"{measured:>8.0f}" if "columns" in what or what.startswith("stated") else f"{measured:>8.3f}"
        click.echo(f"  {what:<28}{figure}  {GOALS.get(what, '') if goals else ''}")


def peers(systems: list[System], schema: CanonicalSchema) -> dict[str, Ranked]:
    """Return what rapidfuzz and valentine's schema matchers answer, given the right table."""
    tasks = [
        {"system": s.name, "source": source, "table": table, "columns": s.raw.tables[source].columns, "fields": list(schema[table].fields)}
        for s in systems
        for source, table in s.tables.items()
        if table is not None
    ]
    found = {"rapidfuzz over names and synonyms": rapidfuzz_baseline(tasks, schema)}
    listing = PEER / "tasks.json"
    python = peer()
    listing.write_text(json.dumps(tasks), encoding="utf-8")
    done = subprocess.run([python, "-c", _SCRIPT, ",".join(MATCHERS), str(listing)], capture_output=True, text=True, check=True)
    for name, lists in json.loads(done.stdout).items():
        ranked: Ranked = {}
        for task, pairs in zip(tasks, lists, strict=True):
            for column, field, value in sorted(pairs, key=lambda pair: -pair[2]):
                ranked.setdefault((task["system"], task["source"], column), []).append((full(task["table"], field) or "", value))
        found[f"valentine {name}"] = ranked
    return found


def rapidfuzz_baseline(tasks: list[dict], schema: CanonicalSchema) -> Ranked:
    """Return each field's best plain similarity to a header, over its name, title and synonyms."""
    ranked: Ranked = {}
    for task in tasks:
        spellings = [
            (text, name) for name, f in schema[task["table"]].fields.items() for text in (name.replace("_", " "), f.title, *f.synonyms)
        ]
        for column in task["columns"]:
            best: dict[str, float] = {}
            for _, value, index in process.extract(column.lower(), [text for text, _ in spellings], scorer=fuzz.WRatio, limit=None):
                name = full(task["table"], spellings[index][1]) or ""
                best[name] = max(best.get(name, 0.0), value / 100)
            ranked[task["system"], task["source"], column] = sorted(best.items(), key=lambda pair: -pair[1])
    return ranked


def ranked_answers(systems: list[System], ranked: Ranked, floor: float) -> list[Answer]:
    """Return a peer's answers: no home where its best stays below `floor`."""
    given = []
    for system in systems:
        for (source, column), truth in system.truth.items():
            found = ranked.get((system.name, source, column), [])
            names = tuple(name for name, _ in found)
            top = found[0][1] if found else 0.0
            given.append(Answer(system.name, source, column, truth, names if top >= floor else ("", *names), top))
    return given


def best_floor(systems: list[System], ranked: Ranked) -> float:
    """Return the floor at which a peer answers most columns rightly, homeless ones included."""

    def right(floor: float) -> int:
        return sum((a.ranked[0] or None) in a.truth for a in ranked_answers(systems, ranked, floor) if a.ranked)

    sure: Callable[[float], int] = right
    return max((step / 20 for step in range(21)), key=sure)


def peer() -> str:
    """The interpreter of the environment that has `valentine`, made at the first call."""
    python = PEER / "bin" / "python"
    if not python.exists():
        uv = str(Path(sys.executable).parent / "uv")
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(PEER)], check=True)
        constraints = str(ROOT / "bench" / "constraints-valentine.txt")
        subprocess.run([uv, "pip", "install", "--quiet", "--python", str(python), "--constraints", constraints, "valentine"], check=True)
    return str(python)


if __name__ == "__main__":
    main()
