"""Fit the weights of templates/mapping.yaml on the tuning half of bench/data/headers and on made-up exports with rows.

Run: python bench/fit_mapping.py (minutes). Weights are maximum a posteriori around `PRIORS`, so that evidence without
examples here (a memory, a language model) keeps the weight that it was given by hand. Reads nothing of the test half.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import yaml
from mapping_data import System, full, made_up, read_systems
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax

from migkit.countries import anywhere
from migkit.mapping.evidence import FEATURES, Evidence, Roles, read_evidence, targets_of
from migkit.mapping.memory import Memory
from migkit.mapping.names import NameMatcher
from migkit.mapping.propose import choice_features, knowledge
from migkit.mapping.ranking import TABLE_FEATURES, rank_tables, table_features
from migkit.mapping.reading import read
from migkit.model.canonical import CanonicalSchema, parse_schema
from migkit.resources import folder, load_yaml

PRIORS = {
    "pair": {
        "bias": -6.0,
        "own": 1.0,
        "exact": 1.0,
        "loose": 1.0,
        "covered": 3.0,
        "explained": 2.0,
        "letters": 1.0,
        "foreign": -0.5,
        "both": 1.0,
        "agrees": 0.3,
        "clashes": -1.0,
        "mute": 0.0,
        "fits_mute": 4.0,
        "fits": 1.0,
        "against": -3.0,
        "key": 2.0,
        "refers": 2.0,
        "remembered": 9.0,
        "language_model": 2.0,
        "parent": -2.0,
        "shared": 1.0,
    },
    "table": {
        "fits": 10.0,
        "name": 4.0,
        "named": 2.0,
        "strange": -1.0,
        "mentions": 3.0,
        "common": 0.5,
        "essential": 4.0,
        "key": 2.0,
        "remembered": 4.0,
        "none": 8.0,
    },
    "choice": {"share": 0.7, "contested": -2.0, "table": 3.0, "bias": 1.5},
    "none": {"share": 0.5, "contested": 0.0, "table": 0.5, "bias": 1.0},
}
"""Weights set by hand, towards which the fitted ones are pulled."""
PULL = 0.3
"""Half of this times the squared distance from the priors is added to the loss."""
WORLDS = 2
"""Further copies of every example, with random halves of the synonyms forgotten."""

Example = tuple[np.ndarray, np.ndarray, float]
"""(features by alternative, flags of the right alternatives with "none" last, weight)."""


def main() -> None:
    """Fit and write the weights."""
    path = folder("templates") / "mapping.yaml"
    with tempfile.TemporaryDirectory() as scratch:
        with_rows = made_up(Path(scratch), parse_schema(load_yaml("canonical.yaml")))
    examples = [*product(read_systems("tuning"), worlds()), *((system, worlds()[0]) for system in with_rows)]
    for part, weights in PRIORS.items():
        write(path, part, weights)
    write(path, "pair", fit(pair_examples(examples), "pair", FEATURES, "bias", sign=-1))
    write(path, "table", fit(table_examples(examples), "table", TABLE_FEATURES, "none", sign=1))
    for part, weights in calibrate(examples).items():
        write(path, part, weights)


def worlds() -> list[CanonicalSchema]:
    """Return the schema as it is and with random halves of its synonyms forgotten.

    The synonyms come from the very headers that are fitted on: only where some are forgotten can be learnt how far to trust
    a name that is merely near.
    """
    schema = parse_schema(load_yaml("canonical.yaml"))
    return [schema, *(forget(schema, np.random.default_rng(seed)) for seed in range(WORLDS))]


def forget(schema: CanonicalSchema, rng: np.random.Generator) -> CanonicalSchema:
    """Return the schema without a random half of the synonyms of its tables and fields."""

    def some(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word for word in words if rng.random() < 0.5)

    tables = {}
    for name, table in schema.tables.items():
        fields = {key: replace(spec, synonyms=some(spec.synonyms)) for key, spec in table.fields.items()}
        tables[name] = replace(table, synonyms=some(table.synonyms), fields=fields)
    return CanonicalSchema(tables)


def evidence_of(system: System, schema: CanonicalSchema) -> Evidence:
    """Return the evidence of one system's export."""
    return Evidence(schema, knowledge(), read_evidence(system.raw, anywhere()), Memory(), NameMatcher(schema, knowledge().lexicon))


def pair_examples(examples: Sequence[tuple[System, CanonicalSchema]]) -> list[Example]:
    """Return one example per column of a table whose home is known."""
    found = []
    for system, schema in examples:
        evidence = evidence_of(system, schema)
        keys = {
            t: [(s, c) for s, c in system.truth if system.tables[s] == t and is_key(evidence, t, system.truth[s, c])]
            for t in system.tables.values()
            if t
        }
        for source, table in system.tables.items():
            if table is None:
                continue
            targets = targets_of(evidence.schema, table)
            reading = read(evidence, source, table, Roles(keys))
            features, _ = evidence.pairs(
                source,
                table,
                Roles(keys),
                reading.column_of(next(iter(r for r, s in evidence.schema.refs(table).items() if s.required), "")),
            )
            for i, column in enumerate(reading.columns):
                truth = system.truth[source, column]
                flags = np.array([*(full(table, t) in truth for t in targets), None in truth])
                found.append((features[i], flags, system.weight))
    return found


def is_key(evidence: Evidence, table: str, truth: frozenset[str | None]) -> bool:
    """Return whether a column's truth is its table's key."""
    return any(full(table, key) in truth for key in evidence.schema[table].key)


def table_examples(examples: Sequence[tuple[System, CanonicalSchema]]) -> list[Example]:
    """Return one example per source table."""
    found = []
    for system, schema in examples:
        evidence = evidence_of(system, schema)
        for source, table in system.tables.items():
            readings = {name: read(evidence, source, name, Roles()) for name in evidence.schema.tables}
            flags = np.array([*(name == table for name in readings), table is None])
            features = table_features(evidence, source, readings)
            found.append((features, flags, 2.0 * system.weight))
            nameless = features.copy()
            nameless[:, TABLE_FEATURES.index("name")] = 0.0
            if table is not None:
                found.append((nameless, flags, 1.0 * system.weight))
    return found


def fit(examples: list[Example], part: str, names: Sequence[str], constant: str, sign: int) -> dict[str, float]:
    """Return the weights of a conditional logit in which "none" is one more alternative.

    `constant` is added to every alternative but none (`sign` -1: the bias) or to none alone (`sign` 1).
    """
    before = PRIORS[part]
    start = np.array([*(before[n] for n in names), before[constant]])

    def loss(weights: np.ndarray) -> float:
        total = 0.5 * PULL * float(((weights - start) ** 2).sum())
        for features, flags, weight in examples:
            odds = np.append(features @ weights[:-1], 0.0)
            odds[-1 if sign == 1 else slice(0, -1)] += weights[-1]
            total += weight * float(logsumexp(odds) - logsumexp(odds[flags])) if flags.any() else 0.0
        return total

    def slope(weights: np.ndarray) -> np.ndarray:
        total = PULL * (weights - start)
        for features, flags, weight in examples:
            if not flags.any():
                continue
            odds = np.append(features @ weights[:-1], 0.0)
            odds[-1 if sign == 1 else slice(0, -1)] += weights[-1]
            gap = softmax(odds) - np.where(flags, softmax(np.where(flags, odds, -np.inf)), 0.0)
            total[:-1] += weight * (gap[:-1] @ features)
            total[-1] += weight * (gap[-1] if sign == 1 else gap[:-1].sum())
        return total

    done = minimize(loss, start, jac=slope, method="L-BFGS-B")
    sys.stdout.write(f"{part}: {len(examples)} examples, loss {loss(start):.1f} -> {done.fun:.1f}\n")
    return dict(zip([*names, constant], done.x, strict=True))


def calibrate(examples: Sequence[tuple[System, CanonicalSchema]]) -> dict[str, dict[str, float]]:
    """Return the weights that turn a choice's share into how often such a choice is right, by logistic regression."""
    rows: dict[str, list[tuple[list[float], bool, float]]] = {"choice": [], "none": []}
    for system, schema in examples:
        evidence = evidence_of(system, schema)
        for source in system.tables:
            readings = {name: read(evidence, source, name, Roles()) for name in evidence.schema.tables}
            table, confidence = rank_tables(evidence, source, readings, {})[0]
            if table is None:
                continue
            reading = readings[table]
            for i, column in enumerate(reading.columns):
                chosen, truth = reading.chosen.get(i), system.truth[source, column]
                answer = full(table, reading.targets[chosen]) if chosen is not None else None
                right = answer in truth
                rows["none" if chosen is None else "choice"].append(
                    (list(choice_features(reading, i, chosen, confidence).values()), right, system.weight)
                )
    found = {}
    for part, given in rows.items():
        x, y, weight = np.array([r[0] for r in given]), np.array([r[1] for r in given]), np.array([r[2] for r in given])
        before = PRIORS[part]
        names = ["share", "contested", "table"]
        start = np.array([before[n] for n in (*names, "bias")])

        def loss(w: np.ndarray, x: np.ndarray = x, y: np.ndarray = y, weight: np.ndarray = weight, start: np.ndarray = start) -> float:
            odds = x @ w[:-1] + w[-1]
            return float((weight * (np.logaddexp(0, odds) - y * odds)).sum() + 0.5 * PULL * ((w - start) ** 2).sum())

        done = minimize(loss, start, method="L-BFGS-B", bounds=[(0, None), (None, 0), (0, None), (None, None)])
        sys.stdout.write(f"{part}: {len(given)} choices, {y.mean():.3f} right\n")
        found[part] = dict(zip([*names, "bias"], done.x, strict=True))
    return found


def write(path: Path, part: str, weights: dict[str, float]) -> None:
    """Replace one line of the weights in the template and forget what was read before."""
    text = path.read_text(encoding="utf-8")
    line = f"  {part}: {{{', '.join(f'{name}: {value:.2f}' for name, value in weights.items())}}}"
    lines = [line if old.startswith(f"  {part}: {{") else old for old in text.split("\n")]
    path.write_text("\n".join(lines), encoding="utf-8")
    knowledge.cache_clear()
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["weights"][part]


if __name__ == "__main__":
    main()
