"""Fit what proposes the map: `templates/values.json` and the weights of `templates/mapping.yaml`.

Run: python bench/fit_mapping.py [--tables] (minutes). Fitted on the tuning half of bench/data/headers, as names alone and with made-up rows
under all kinds of headers (`mapping_rows`, `mapping_wordings`), on made-up practices, and, as to what a table is, on whole dumps
(`mapping_dumps`). Weights are maximum a posteriori around
`PRIORS`, so that evidence without examples here (a memory, a language model) keeps the weight that it was given by hand.
Reads nothing of the test half and nothing of the `final` wordings. Everything is seeded: the same code gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import yaml
from mapping_data import System, full, made_up, read_systems
from mapping_dumps import read_dumps
from mapping_rows import fill
from mapping_wordings import VARIANTS, vary
from scipy.optimize import minimize
from scipy.special import logsumexp

from migkit.countries import anywhere
from migkit.mapping.evidence import FEATURES, Evidence, Export, Roles, read_evidence, targets_of
from migkit.mapping.knowledge import Knowledge
from migkit.mapping.looks import LOOKS
from migkit.mapping.memory import Memory
from migkit.mapping.names import NameMatcher
from migkit.mapping.propose import CHOICE_FEATURES, choice_features
from migkit.mapping.ranking import TABLE_FEATURES, rank_tables, table_features
from migkit.mapping.reading import read
from migkit.mapping.values import OTHER, ValueModel, concept_of
from migkit.migration.defaults import knowledge
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
        "unknown": 0.0,
        "lift": 2.0,
        "lift_against": -2.0,
        "lift_unknown": 2.0,
        "lift_mute": 2.0,
        "within": 1.0,
        "within_unknown": 1.0,
        "common": 1.0,
        "common_unknown": 1.0,
        "worded": 5.0,
    },
    "table": {
        "fits": 10.0,
        "name": 4.0,
        "named": 2.0,
        "strange": -1.0,
        "noun": 1.0,
        "other_noun": -1.0,
        "described": -1.0,
        "telling": 0.0,
        "mentions": 3.0,
        "common": 0.5,
        "essential": 4.0,
        "lacks": -1.0,
        "key": 2.0,
        "unread": 0.0,
        "held": 6.0,
        "remembered": 4.0,
        "none": 8.0,
    },
    "choice": {
        "share": 0.7,
        "contested": -2.0,
        "table": 3.0,
        "values": 0.5,
        "better": -1.0,
        "unknown": 0.0,
        "bare": 0.0,
        "free": 0.0,
        "bias": 1.5,
    },
    "none": {
        "share": 0.5,
        "contested": 0.0,
        "table": 0.5,
        "values": -0.5,
        "better": 0.0,
        "unknown": 0.0,
        "bare": 0.0,
        "free": 0.0,
        "bias": 1.0,
    },
}
"""Weights set by hand, towards which the fitted ones are pulled."""
OF_NAMES = ("name", "named", "strange", "noun", "other_noun", "described")
"""What is known of a table by its name alone."""
LIMITS = {"held": (6.0, 6.0), "noun": (0, None), "other_noun": (None, 0), "described": (None, 0), "strange": (None, 0), "lacks": (None, 0)}
"""What a weight may not be, whatever the few examples say: the right noun never speaks against a table."""
PULL = 0.3
"""Half of this times the squared distance from the priors is added to the loss."""
VALUES_PULL = 0.5
"""The same for the value model, towards nought."""
WORLDS = 1
"""Further copies of every list, with random halves of the synonyms forgotten."""
HEADINGS = 3
"""Ways in which the headers of every list are written otherwise, of those of `mapping_wordings`."""
MOST_AGAINST = -9.0
"""The most that values speak against a field: one generator's rows say what they say too surely. By the strangers' practices."""
MOST_BARE = 0.4
"""The most that a column without values may gain in confidence by that: its header is one of those whose synonyms the schema holds."""
VALUE_SEEDS = (1, 2)
"""Rows that the value model is fitted on; the weights are fitted on others (seed 0), lest they trust it too far."""

Weights = Mapping[str, Mapping[str, float]]


def main() -> None:
    """Fit and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--tables", action="store_true", help="fit tables and confidence only, the rest stays as it is")
    templates = folder("templates")
    kept = knowledge() if arguments.parse_args().tables else None
    values, weights = fit_all(read_systems("tuning"), kept)
    document = {"looks": LOOKS, "usual": values.usual.tolist(), "fields": values.fields}
    document["weights"] = dict(zip(values.concepts, values.weights.tolist(), strict=True))
    (templates / "values.json").write_text(json.dumps(document, separators=(",", ":")).replace("],", "],\n") + "\n", encoding="utf-8")
    for part, found in weights.items():
        write(templates / "mapping.yaml", part, found)


def fit_all(systems: Sequence[System], kept: Knowledge | None = None) -> tuple[ValueModel, Weights]:
    """Return the value model and the weights fitted on these header lists and on made-up practices.

    Of what is `kept` the value model and the weights of columns are not fitted anew.
    """
    schema = parse_schema(load_yaml("canonical.yaml"))
    with tempfile.TemporaryDirectory() as scratch:
        practices = made_up(Path(scratch))
    if kept is None:
        values = fit_values([fill(system, seed) for system in systems for seed in VALUE_SEEDS], schema)
        values = replace(values, fields=common_fields([*systems, *practices[::2]], schema))
    else:
        values = kept.values
    say(f"value model: {len(values.concepts)} concepts")
    filled = [Case(system, read_evidence(system.raw, anywhere()), schema) for system in (fill(system) for system in systems)]
    bare = [Case(system, read_evidence(system.raw, anywhere()), world) for system in systems for world in worlds()]
    rng = np.random.default_rng(0)
    rows = [case.under(variant) for case in filled for variant in ("shown", *rng.choice(VARIANTS[1:], HEADINGS, replace=False))]
    forgotten = [case.among(world) for case in filled for world in worlds()[1:2]]
    others = [Case(system, read_evidence(system.raw, anywhere()), schema) for system in practices]
    known = replace(knowledge(), weights=PRIORS, values=values)
    cases = [*bare, *rows, *forgotten, *others]
    pair = kept.weights["pair"] if kept else fit(pair_examples(cases, known), "pair", FEATURES, "bias", sign=-1)
    known = replace(known, weights=PRIORS | {"pair": pair})
    table = fit(table_examples(cases, known), "table", TABLE_FEATURES, "none", sign=1)
    known = replace(known, weights={**known.weights, "table": table})
    return values, {**known.weights, **calibrate(cases, known)}


def say(text: str) -> None:
    """Tell how far it is."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Case:
    """One export whose truth is known, as it is read."""

    def __init__(self, system: System, export: Export, schema: CanonicalSchema) -> None:
        self.system, self.export, self.schema = system, export, schema
        self._evidence: Evidence | None = None

    def among(self, schema: CanonicalSchema) -> Case:
        """Return the same export beside another schema."""
        return Case(self.system, self.export, schema)

    def under(self, variant: str) -> Case:
        """Return the same rows under other headers: what was seen of the values need not be looked for again."""
        other = vary(self.system, variant)
        if other is self.system:
            return self
        tables = dict(zip(self.system.raw.tables, other.raw.tables, strict=True))
        moved = {
            (old, before): (new, after)
            for old, new in tables.items()
            for before, after in zip(self.system.raw.tables[old].columns, other.raw.tables[new].columns, strict=True)
        }
        seen, shares = self.export, self.export.structure.shares
        structure = replace(seen.structure, shares={moved[c]: {moved[k]: s for k, s in keys.items()} for c, keys in shares.items()})
        parts = [{moved[c]: value for c, value in part.items()} for part in (seen.profiles, seen.words, seen.looks)]
        return Case(other, Export(other.raw, parts[0], parts[1], structure, parts[2]), self.schema)

    def evidence(self, known: Knowledge) -> Evidence:
        """Return the evidence, as these weights have it."""
        if self._evidence is None:
            self._evidence = Evidence(self.schema, known, self.export, Memory(), matcher(self.schema, known))
        self._evidence.knowledge = known
        return self._evidence


_MATCHERS: dict[int, tuple[CanonicalSchema, NameMatcher]] = {}


def matcher(schema: CanonicalSchema, known: Knowledge) -> NameMatcher:
    """Return the matcher of a schema, made once."""
    if id(schema) not in _MATCHERS:
        _MATCHERS[id(schema)] = (schema, NameMatcher(schema, known.lexicon))
    return _MATCHERS[id(schema)][1]


_WORLDS: list[CanonicalSchema] = []


def worlds() -> list[CanonicalSchema]:
    """Return the schema as it is and with random halves of its synonyms forgotten.

    The synonyms come from the very headers that are fitted on: only where some are forgotten can be learnt how far to trust
    a name that is merely near.
    """
    if not _WORLDS:
        schema = parse_schema(load_yaml("canonical.yaml"))
        _WORLDS.extend([schema, *(forget(schema, np.random.default_rng(seed)) for seed in range(WORLDS))])
    return _WORLDS


def forget(schema: CanonicalSchema, rng: np.random.Generator) -> CanonicalSchema:
    """Return the schema without a random half of the synonyms of its tables and fields."""

    def some(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word for word in words if rng.random() < 0.5)

    tables = {}
    for name, table in schema.tables.items():
        fields = {key: replace(spec, synonyms=some(spec.synonyms)) for key, spec in table.fields.items()}
        tables[name] = replace(table, synonyms=some(table.synonyms), fields=fields)
    return CanonicalSchema(tables)


# -- the value model ------------------------------------------------------------------------------------------------


def common_fields(systems: Sequence[System], schema: CanonicalSchema) -> dict[str, float]:
    """Return `<table>/<target>` → about what share of such tables has a column for it; one that few tables were seen of is near a half."""
    tables, found = Counter[str](), Counter[tuple[str, str]]()
    for system in systems:
        for source, table in system.tables.items():
            if table is None:
                continue
            tables[table] += 1
            means = [system.truth[source, column] for column in system.raw.tables[source].columns]
            targets = {min(truth - {None}) for truth in means if truth - {None}}  # type: ignore[type-var]
            found.update((table, str(target)) for target in targets)
    return {
        f"{table}/{target}": round((found[table, full(table, target) or ""] + 1) / (tables[table] + 2), 3)
        for table in schema.tables
        for target in targets_of(schema, table)
    }


def fit_values(systems: Sequence[System], schema: CanonicalSchema) -> ValueModel:
    """Return the softmax regression from looks to concepts, a ridge on its weights."""
    looks, concepts = [], []
    for system in systems:
        for column, seen in read_evidence(system.raw, anywhere()).looks.items():
            truth = sorted(answer for answer in system.truth[column] if answer)
            looks.append(seen)
            concepts.append(concept_of(schema, *truth[0].split(".")) if truth else OTHER)
    names = sorted(set(concepts))
    right = np.eye(len(names))[[names.index(c) for c in concepts]]
    x = np.hstack([np.array(looks), np.ones((len(looks), 1))])

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(len(names), -1)
        odds = x @ weights.T
        whole = logsumexp(odds, axis=1, keepdims=True)
        slope = (np.exp(odds - whole) - right).T @ x + VALUES_PULL * weights
        return float((whole[:, 0] - (odds * right).sum(axis=1)).sum() + 0.5 * VALUES_PULL * (weights**2).sum()), slope.ravel()

    done = minimize(loss, np.zeros(len(names) * x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    weights = done.x.reshape(len(names), -1)
    return ValueModel(tuple(names), np.round(weights, 2), np.round(np.log(right.mean(axis=0)), 2), {})  # as it is written down


# -- pairs and tables -----------------------------------------------------------------------------------------------


class Examples:
    """Choices among alternatives: features by alternative, flags of the right ones ("none" last), a weight."""

    def __init__(self) -> None:
        self._features: list[np.ndarray] = []
        self._flags: list[np.ndarray] = []
        self._weights: list[float] = []

    def add(self, features: np.ndarray, flags: np.ndarray, weight: float) -> None:
        """Add one choice that has a right answer."""
        if flags.any():
            self._features.append(np.vstack([features, np.zeros(features.shape[1])]).astype(np.float32))
            self._flags.append(flags)
            self._weights.append(weight)

    def stacked(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return (features, flags, where each choice begins, weights); the last alternative of each choice is "none"."""
        sizes = [len(flags) for flags in self._flags]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        return np.vstack(self._features), np.concatenate(self._flags), starts, np.array(self._weights)


def pair_examples(cases: Sequence[Case], known: Knowledge) -> Examples:
    """Return one example per column of a table whose home is known."""
    found = Examples()
    for case in cases:
        system, evidence = case.system, case.evidence(known)
        roles = Roles(_keys(system, evidence))
        for source, table in system.tables.items():
            if table is None:
                continue
            targets = targets_of(evidence.schema, table)
            reading = read(evidence, source, table, roles)
            parent = next((r for r, s in evidence.schema.refs(table).items() if s.required), "")
            features, _ = evidence.pairs(source, table, roles, reading.column_of(parent)) if parent else (reading.features, None)
            for i, column in enumerate(reading.columns):
                truth = system.truth[source, column]
                found.add(features[i], np.array([*(full(table, t) in truth for t in targets), None in truth]), system.weight)
    return found


def _keys(system: System, evidence: Evidence) -> dict[str, list[tuple[str, str]]]:
    def is_key(table: str, truth: frozenset[str | None]) -> bool:
        return any(full(table, key) in truth for key in evidence.schema[table].key)

    homes = {table for table in system.tables.values() if table}
    return {t: [(s, c) for s, c in system.truth if system.tables[s] == t and is_key(t, system.truth[s, c])] for t in homes}


def table_examples(cases: Sequence[Case], known: Knowledge) -> Examples:
    """Return one example per source table, and one without its name; those of whole dumps too, most of which are no table of ours."""
    found = Examples()
    for case in cases:
        for source, table in case.system.tables.items():
            _add_table(found, case.evidence(known), source, frozenset([table]), case.system.weight)
    for dump in read_dumps("tuning"):
        for schema in worlds():
            evidence = Evidence(schema, known, read_evidence(dump.raw, anywhere()), Memory(), matcher(schema, known))
            for source, truth in dump.tables.items():
                _add_table(found, evidence, source, truth, 1.0)
    return found


def _add_table(found: Examples, evidence: Evidence, source: str, truth: frozenset[str | None], weight: float) -> None:
    readings = {name: read(evidence, source, name, Roles()) for name in evidence.schema.tables}
    flags = np.array([*(name in truth for name in readings), None in truth])
    features = table_features(evidence, source, readings)
    found.add(features, flags, 2.0 * weight)
    if None not in truth:
        nameless = features.copy()
        nameless[:, [TABLE_FEATURES.index(name) for name in OF_NAMES]] = 0.0
        found.add(nameless, flags, weight)


def fit(examples: Examples, part: str, names: Sequence[str], constant: str, sign: int) -> dict[str, float]:
    """Return the weights of a conditional logit in which "none" is one more alternative.

    `constant` is added to every alternative but none (`sign` -1: the bias) or to none alone (`sign` 1).
    """
    start = np.array([*(PRIORS[part][n] for n in names), PRIORS[part][constant]])
    features, flags, starts, weight = examples.stacked()
    sizes = np.diff([*starts, len(flags)])
    last = starts + sizes - 1
    counted = np.zeros(len(flags), dtype=bool)
    counted[last] = True
    counted = counted if sign == 1 else ~counted

    def whole(odds: np.ndarray) -> np.ndarray:
        top = np.maximum.reduceat(odds, starts)
        return top + np.log(np.add.reduceat(np.exp(odds - np.repeat(top, sizes)), starts))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = features @ weights[:-1] + weights[-1] * counted
        every, good = whole(odds), whole(np.where(flags, odds, -1e9))
        gap = np.exp(odds - np.repeat(every, sizes)) - np.where(flags, np.exp(odds - np.repeat(good, sizes)), 0.0)
        gap *= np.repeat(weight, sizes)
        slope = PULL * (weights - start)
        slope[:-1] += gap @ features
        slope[-1] += gap[counted].sum()
        return float((weight * (every - good)).sum() + 0.5 * PULL * ((weights - start) ** 2).sum()), slope

    bounds = {"table": LIMITS, "pair": {"lift_against": (MOST_AGAINST, None)}}.get(part, {})
    limits = [bounds.get(name, (None, None)) for name in (*names, constant)]
    done = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 400})
    say(f"{part}: {len(starts)} examples, loss {loss(start)[0]:.1f} -> {done.fun:.1f}")
    return dict(zip([*names, constant], map(float, done.x), strict=True))


# -- confidence -----------------------------------------------------------------------------------------------------


def calibrate(cases: Sequence[Case], known: Knowledge) -> dict[str, dict[str, float]]:
    """Return the weights that turn a choice's share into how often such a choice is right, by logistic regression."""
    rows: dict[str, list[tuple[list[float], bool, float]]] = {"choice": [], "none": []}
    for case in cases:
        system, evidence = case.system, case.evidence(known)
        for source in system.tables:
            readings = {name: read(evidence, source, name, Roles()) for name in evidence.schema.tables}
            table, confidence = rank_tables(evidence, source, readings, {})[0]
            if table is None:
                continue
            reading = readings[table]
            for i, column in enumerate(reading.columns):
                chosen, truth = reading.chosen.get(i), system.truth[source, column]
                answer = full(table, reading.targets[chosen]) if chosen is not None else None
                if chosen is None and table != system.tables[source]:
                    continue  # what a wrong table has no home for is reckoned from how sure the table is
                features = list(choice_features(reading, i, chosen, confidence).values())
                rows["none" if chosen is None else "choice"].append((features, answer in truth, system.weight))
    found = {}
    for part, given in rows.items():
        x, y, weight = np.array([r[0] for r in given]), np.array([r[1] for r in given]), np.array([r[2] for r in given])
        start = np.array([PRIORS[part][n] for n in (*CHOICE_FEATURES, "bias")])

        def loss(w: np.ndarray, x: np.ndarray = x, y: np.ndarray = y, weight: np.ndarray = weight, start: np.ndarray = start) -> float:
            odds = x @ w[:-1] + w[-1]
            return float((weight * (np.logaddexp(0, odds) - y * odds)).sum() + 0.5 * PULL * ((w - start) ** 2).sum())

        limits = {"share": (0, None), "contested": (None, 0), "table": (0, 0 if part == "none" else None), "better": (None, 0)}
        limits["bare"] = (None, MOST_BARE if part == "choice" else None)
        done = minimize(loss, start, method="L-BFGS-B", bounds=[limits.get(n, (None, None)) for n in (*CHOICE_FEATURES, "bias")])
        say(f"{part}: {len(given)} choices, {y.mean():.3f} right")
        found[part] = dict(zip([*CHOICE_FEATURES, "bias"], map(float, done.x), strict=True))
    return found


def write(path: Path, part: str, weights: Mapping[str, float]) -> None:
    """Replace one line of the weights in the template and forget what was read before."""
    text = path.read_text(encoding="utf-8")
    line = f"  {part}: {{{', '.join(f'{name}: {value:.2f}' for name, value in weights.items())}}}"
    lines = [line if old.startswith(f"  {part}: {{") else old for old in text.split("\n")]
    path.write_text("\n".join(lines), encoding="utf-8")
    knowledge.cache_clear()
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["weights"][part]


if __name__ == "__main__":
    main()
