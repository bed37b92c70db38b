"""Mapping proposals on header lists and on exports with rows, beside `valentine`'s matchers, rapidfuzz and values alone.

    python bench/mapping.py [--without-peers] [--instances N] [--folds N] [--clicks]

The lists (`bench/data/headers/*.yaml`) hold headers only: names alone must do. The figures that count are those of the test
half, whose systems nothing was tuned on. Exports with rows are that half with made-up rows and the strangers' practices
(`mapping_fresh`), each under its own headers and under others (`mapping_wordings`); nothing was fitted on them. `--folds` fits
on the tuning half without a fifth of its systems and measures on that fifth, so many times, five at most (ten minutes of a core each).
`--clicks` confirms the whole map of each stranger's practice in the review and prints what that took (`mapping_clicks`).

The peers are told the right table, which we find ourselves; their threshold is set to their own best on the tuning half.
`valentine` has needs of its own: it gets the environment `.venv-bench-mapping`, from `bench/constraints-valentine.txt`; its
instance matchers compare with the columns of a made-up practice (`migkit generate`), value by value: they get `--instances` tables of each
set, as do values alone beside them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import pandas as pd
from mapping_clicks import confirm_all
from mapping_data import Answer, System, answers, full, read_systems, score
from mapping_dumps import read_dumps, score_dump
from mapping_fresh import LOOKED_AT, NOT_LOOKED_AT, OPENED_LATER, practices, strangers, with_rows
from mapping_rows import fill
from mapping_wordings import VARIANTS, vary
from rapidfuzz import fuzz, process

from migkit.countries import anywhere
from migkit.generate import STYLES, generate
from migkit.mapping import Proposals, in_words, propose
from migkit.mapping.evidence import read_evidence
from migkit.mapping.propose import Proposer
from migkit.mapping.values import OTHER, ValueModel, concept_of
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema, parse_schema
from migkit.resources import load_yaml
from migkit.source import read_export

ROOT = Path(__file__).resolve().parent.parent
PEER = ROOT / ".venv-bench-mapping"
MATCHERS = ("Coma", "SimilarityFlooding")
INSTANCE_MATCHERS = ("DistributionBased", "JaccardDistanceMatcher")
FIRST, THREE, SURE, NO_HOME, TRAPS = "right first", "in first three", "of these right", "no home at 0.9 right", "homeless given one at 0.9"
GOALS = {FIRST: 0.92, THREE: 0.97, TRAPS: -0.02, SURE: 0.97}
"""Figure → its least, or, where negative, its most."""
ROW_GOALS = {
    "shown": {FIRST: 0.88, THREE: 0.95, SURE: 0.97, NO_HOME: 0.95, TRAPS: -0.02},
    "hidden": {FIRST: 0.75},
    "foreign": {FIRST: 0.75},
    "plain": {FIRST: 0.75},
    "rotated": {SURE: 0.93},
}
WORST = 4
"""Misses that are shown under a goal that was missed."""
FOLDS = 5
FOLDED = ("shown", "hidden", "rotated")
"""Headers under which the folds are measured."""
PEER_ROWS = 60
"""Rows that valentine's instance matchers are given of a table: they compare every value with every other."""
_SCRIPT = """
import json, sys
import pandas as pd
from valentine import valentine_match
from valentine import algorithms
found = {}
for name in sys.argv[1].split(","):
    for task in (tasks := json.load(open(sys.argv[2]))):
        sides = (task["columns"], task["fields"])
        left, right = (pd.DataFrame({name: pd.Series(rows, dtype=str) for name, rows in side.items()}) for side in sides)
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
    arguments.add_argument("--clicks", action="store_true", help="only what confirming the strangers' maps takes")
    arguments.add_argument("--folds", type=int, choices=range(1, FOLDS + 1), help="fit without a fifth of the systems, so many times")
    arguments.add_argument("--instances", type=int, default=2, help="tables of each set that the instance matchers get; 0: all")
    chosen = arguments.parse_args()
    schema = parse_schema(load_yaml("canonical.yaml"))
    if chosen.folds:
        folds(schema, chosen.folds)
        return
    if chosen.clicks:
        clicks(schema)
        return
    systems = read_systems()
    started = time.perf_counter()
    proposals = {system.name: propose(system.raw, schema, knowledge()) for system in systems}
    ours = {system.name: answers(system, proposals[system.name]) for system in systems}
    seconds = time.perf_counter() - started
    test = [a for s in systems if s.split == "test" for a in ours[s.name]]
    show("migkit, test half", test, goals=True)
    explain(test, {name: proposals[name] for name in {a.system for a in test}}, missed(score(test), GOALS))
    show("migkit, tuning half", [a for s in systems if s.split == "tuning" for a in ours[s.name]])
    for system in systems:
        if system.split == "test":
            show(f"  {system.name}", ours[system.name])
    columns = sum(len(system.truth) for system in systems)
    click.echo(f"{columns} columns of {len(systems)} systems in {seconds:.1f} s")
    dumps(schema)
    with tempfile.TemporaryDirectory() as scratch:
        fresh = {
            "lists, test half, with rows": with_rows(),
            "strangers": strangers(Path(scratch)),
            "further practices": practices(NOT_LOOKED_AT, Path(scratch)),
            "further practices, looked at": practices(LOOKED_AT, Path(scratch)),
            "practices of another hand": practices(OPENED_LATER, Path(scratch)),
        }
        known = {} if chosen.without_peers else canonical_columns(Path(scratch) / "known", schema)
    for what, exports in fresh.items():
        click.echo(f"\n{what}: {', '.join(system.name for system in exports)}")
        for variant in VARIANTS:
            varied = [vary(system, variant, which="final") for system in exports]
            line(variant, [(system, propose(system.raw, schema, knowledge())) for system in varied])
            if not chosen.without_peers and variant in ("shown", "hidden"):
                some = sampled(varied, chosen.instances)
                tables = sum(len(system.tables) for system in some)
                click.echo(f"    of {tables} of {sum(len(system.tables) for system in varied)} tables, {PEER_ROWS} rows each:")
                for name, given in ours_and_peers(some, varied, schema, known).items():
                    said = [a for a in given if None not in a.truth]
                    click.echo(f"    {name:<44} first {share(a.ranked[:1] and a.ranked[0] in a.truth for a in said):.3f} of {len(said)}")
    if not chosen.without_peers:
        for name, ranked in peers(systems, schema).items():
            floor = best_floor([s for s in systems if s.split == "tuning"], ranked)
            show(f"{name} (told the table), test half", ranked_answers([s for s in systems if s.split == "test"], ranked, floor))


def dumps(schema: CanonicalSchema) -> None:
    """Print what is made of every table of whole databases, those that nothing was fitted on first."""
    for split in ("test", "tuning"):
        for dump in read_dumps(split):
            figures = score_dump(dump, propose(dump.raw, schema, knowledge()))
            click.echo(f"\nwhole dump, {split}: {dump.name}")
            for what, figure in figures.items():
                click.echo(
                    f"  {what:<40}{figure:>8.0f}" if what.endswith(("tables", "a home")) and figure > 1 else f"  {what:<40}{figure:>8.3f}"
                )


def line(variant: str, proposed: Iterable[tuple[System, Proposals]]) -> None:
    """Print the figures of exports under one kind of headers beside their goals."""
    given, tables, every = [], [], {}
    for system, proposals in proposed:
        given += answers(system, proposals)
        every[system.name] = proposals
        tables += [proposals.tables[source].table == table for source, table in system.tables.items() if table]
    figures = score(given)
    none = [a for a in given if not (a.ranked and a.ranked[0]) and a.confidence >= 0.9]
    click.echo(
        f"  {variant:<12} first {figures['right first']:.3f}  three {figures['in first three']:.3f}  "
        f"at .9 {figures['of these right']:.3f} of {figures['stated at 0.9']:.0f}  "
        f"no home at .9 {share(None in a.truth for a in none):.3f} of {len(none)}  traps {figures['homeless given one at 0.9']:.3f}  "
        f"tables {share(tables):.3f} of {len(tables)}   {goals_in_words(ROW_GOALS.get(variant, {}))}"
    )
    explain(given, every, missed(figures | {NO_HOME: share(None in a.truth for a in none)}, ROW_GOALS.get(variant, {})))


def goals_in_words(goals: Mapping[str, float]) -> str:
    """Return goals as they are printed."""
    return ", ".join(f"{what} {'≤' if goal < 0 else '≥'} {abs(goal):.2f}" for what, goal in goals.items())


def missed(figures: Mapping[str, float], goals: Mapping[str, float]) -> list[str]:
    """Return the goals that were missed."""
    return [what for what, goal in goals.items() if (figures[what] > -goal if goal < 0 else figures[what] < goal)]


def explain(given: Sequence[Answer], proposals: Mapping[str, Proposals], goals: Sequence[str]) -> None:
    """Print, under each goal that was missed, the answers that were wrong and stated the most surely, each with its evidence."""
    wrong = sorted(
        (a for a in given if (a.ranked[:1] or ("",))[0] not in {answer or "" for answer in a.truth}), key=lambda a: -a.confidence
    )
    of = {
        FIRST: [a for a in wrong if None not in a.truth],
        THREE: [a for a in wrong if None not in a.truth and not any(r in a.truth for r in [r for r in a.ranked if r][:3])],
        SURE: [a for a in wrong if a.ranked and a.ranked[0]],
        NO_HOME: [a for a in wrong if not (a.ranked and a.ranked[0])],
        TRAPS: [a for a in wrong if a.truth == {None}],
    }
    for goal in goals:
        for a in of[goal][:WORST]:
            click.echo(f"      {goal} missed: {a.system}, {a.source}.{a.column}: {why(a, proposals[a.system])}"[:230])


def why(a: Answer, proposals: Proposals) -> str:
    """Return in one line what was answered, what is right, and the evidence for the answer."""
    said, right = (a.ranked[:1] or ("",))[0], " or ".join(sorted(answer or "no home" for answer in a.truth))
    table = proposals.tables[a.source]
    if table.table not in {answer.partition(".")[0] for answer in a.truth if answer} and a.truth != {None}:
        return f"its table was taken for {table.table or 'none'} ({table.confidence:.2f}); right is {right}"
    candidates = table.columns[a.column].candidates
    evidence = ", ".join(candidates[0].evidence) if said and candidates else f"nothing fits, {in_words(table.columns[a.column].profile)}"
    return f"said {said or 'no home'} ({a.confidence:.2f}), right is {right}; {evidence}"


def clicks(schema: CanonicalSchema) -> None:
    """Print what it takes to confirm the strangers' maps."""
    with tempfile.TemporaryDirectory() as scratch:
        exports = strangers(Path(scratch))
    for system in exports:
        found = confirm_all(system, propose(system.raw, schema, knowledge()), schema)
        click.echo(f"{system.name}: {found.said()}")
        for said in found.impossible:
            click.echo(f"  not taken: {said}")


def share(flags: Iterable[object]) -> float:
    """Return the share of those that are true."""
    values = [bool(flag) for flag in flags]
    return sum(values) / len(values) if values else float("nan")


def folds(schema: CanonicalSchema, number: int) -> None:
    """Print the figures of so many fits, each measured on the fifth of the systems of the tuning half that it did not see."""
    from fit_mapping import fit_all

    systems = read_systems("tuning")
    fold = np.random.default_rng(0).permutation(len(systems)) % FOLDS
    found: dict[str, list[tuple[System, Proposals]]] = defaultdict(list)
    click.echo(f"{number} of {FOLDS} folds: {(fold < number).sum()} of {len(systems)} systems of the tuning half")
    for one in range(number):
        values, weights = fit_all([s for s, f in zip(systems, fold, strict=True) if f != one])
        known = replace(knowledge(), weights=weights, values=values)
        for system in (s for s, f in zip(systems, fold, strict=True) if f == one):
            rows = fill(system)
            for name, case in (("headers only", system), *((variant, vary(rows, variant)) for variant in FOLDED)):
                found[name].append((case, Proposer(case.raw, schema, known).propose()))
    for name, proposed in found.items():
        line(name, proposed)


def sampled(systems: Sequence[System], number: int) -> list[System]:
    """Return the systems with so many of all their tables that have a home and rows, always the same ones; all of them for 0."""
    homes = [(s.name, source) for s in systems for source, home in s.tables.items() if home and len(s.raw.tables[source].frame)]
    order = np.random.default_rng(0).permutation(len(homes))[: number or None]
    kept = {homes[place] for place in order}
    return [
        replace(
            system,
            tables={source: home for source, home in system.tables.items() if (system.name, source) in kept},
            truth={column: truth for column, truth in system.truth.items() if (system.name, column[0]) in kept},
        )
        for system in systems
    ]


def ours_and_peers(
    some: list[System], whole: list[System], schema: CanonicalSchema, known: Mapping[str, Sequence[str]]
) -> dict[str, list[Answer]]:
    """Return what we answer of some tables, seeing the whole exports, and what values alone and the instance matchers do."""
    ours = [a for part, system in zip(some, whole, strict=True) for a in answers(part, propose(system.raw, schema, knowledge()))]
    return {"migkit (not told the table)": ours} | value_peers(some, schema, known)


def value_peers(systems: list[System], schema: CanonicalSchema, known: Mapping[str, Sequence[str]]) -> dict[str, list[Answer]]:
    """Return what our values alone and valentine's instance matchers answer, told the right table and that there is a home.

    `known`: `<table>.<field>` → values that these compare with.
    """
    found = {"values alone (told the table)": values_alone(systems, schema)}
    tasks = [
        {
            "system": system.name,
            "source": source,
            "table": table,
            "columns": {c: _some(system.raw.tables[source].frame[c]) for c in system.raw.tables[source].columns},
            "fields": {field: known[full(table, field) or ""] for field in schema[table].fields if full(table, field) in known},
        }
        for system in systems
        for source, table in system.tables.items()
        if table is not None
    ]
    for name, ranked in valentine(tasks, INSTANCE_MATCHERS).items():
        found[f"valentine {name} (told the table)"] = ranked_answers(systems, ranked, 0.0)
    return found


def canonical_columns(folder: Path, schema: CanonicalSchema) -> dict[str, list[str]]:
    """Return `<table>.<field>` → values of a made-up practice whose columns have the schema's own names."""
    found: dict[str, list[str]] = {}
    for style in STYLES:
        raw = read_export(generate(folder / style, patients=PEER_ROWS, seed=3, style=style).export)
        for source, table in propose(raw, schema, knowledge()).tables.items():
            for column, proposed in table.columns.items():
                if proposed.choice and proposed.confidence >= 0.9:
                    found.setdefault(full(table.table, proposed.choice) or "", _some(raw.tables[source].frame[column]))
    return found


def _some(column: pd.Series) -> list[str]:
    return [str(value) for value in column.dropna().head(PEER_ROWS)]


def values_alone(systems: list[System], schema: CanonicalSchema) -> list[Answer]:
    """Return the fields of the told table by how much likelier their concept is by the values."""
    model: ValueModel = knowledge().values
    given: list[Answer] = []
    place = {concept: number for number, concept in enumerate(model.concepts)}
    for system in systems:
        looks = read_evidence(system.raw, anywhere()).looks
        for (source, column), truth in system.truth.items():
            table, seen = system.tables[source], looks.get((source, column))
            lift = sum(model.lift(seen)) if seen is not None else np.zeros(len(model.concepts))
            fields = list(schema[table].fields) if table else []
            scored = sorted(((lift[place.get(concept_of(schema, str(table), f), place[OTHER])], f) for f in fields), reverse=True)
            given.append(Answer(system.name, source, column, truth, tuple(full(table, f) or "" for _, f in scored), 1.0))
    return given


def show(title: str, given: list[Answer], goals: bool = False) -> None:
    """Print one block of figures."""
    click.echo(f"\n{title}")
    for what, measured in score(given).items():
        figure = f"{measured:>8.0f}" if "columns" in what or what.startswith("stated") else f"{measured:>8.3f}"
        goal = goals_in_words({what: GOALS[what]}).removeprefix(what) if goals and what in GOALS else ""
        click.echo(f"  {what:<28}{figure} {goal}")


def peers(systems: list[System], schema: CanonicalSchema) -> dict[str, Ranked]:
    """Return what rapidfuzz and valentine's schema matchers answer, given the right table."""
    tasks = [
        {
            "system": s.name,
            "source": source,
            "table": table,
            "columns": dict.fromkeys(s.raw.tables[source].columns, ()),
            "fields": dict.fromkeys(schema[table].fields, ()),
        }
        for s in systems
        for source, table in s.tables.items()
        if table is not None
    ]
    found = {"rapidfuzz over names and synonyms": rapidfuzz_baseline(tasks, schema)}
    return found | {f"valentine {name}": ranked for name, ranked in valentine(tasks, MATCHERS).items()}


def valentine(tasks: list[dict], matchers: Sequence[str]) -> dict[str, Ranked]:
    """Return what each matcher answers to each task."""
    python, listing = peer(), PEER / "tasks.json"
    listing.write_text(json.dumps(tasks), encoding="utf-8")
    done = subprocess.run([python, "-c", _SCRIPT, ",".join(matchers), str(listing)], capture_output=True, text=True, check=True)
    found: dict[str, Ranked] = {}
    for name, lists in json.loads(done.stdout).items():
        for task, pairs in zip(tasks, lists, strict=True):
            for column, field, value in sorted(pairs, key=lambda pair: -pair[2]):
                found.setdefault(name, {}).setdefault((task["system"], task["source"], column), []).append(
                    (full(task["table"], field) or "", value)
                )
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
