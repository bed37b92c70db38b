"""Propose the map of an export: which table each file is, which field each column means, what each code means.

Every column is compared with every field of every table; one assignment per table decides jointly, so that two columns
never take one field and a column that fits nothing well stays without a home. A first look finds the tables and their
keys, a second one weighs the references between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.special import expit, logit, softmax

from migkit.model.canonical import CanonicalSchema
from migkit.model.mapping import NewField
from migkit.model.tables import RawExport
from migkit.resources import load_yaml

from .codes import propose_values
from .evidence import FEATURES, Evidence, Knowledge, Roles, field_of, read_evidence, read_knowledge, targets_of
from .language import ColumnQuestion, LanguageModel, fields_of
from .memory import Memory
from .names import NameMatcher, NameScores
from .proposals import Candidate, ColumnProposal, Proposals, TableProposal
from .shapes import Profile, in_words, shapes

_SHOWN = 5
_CLOSE_TABLES = 3
"""Tables that are looked at a second time, with the references known."""


@dataclass(frozen=True)
class _Reading:
    """One source table read as one canonical table."""

    table: str
    targets: tuple[str, ...]
    features: np.ndarray
    names: NameScores
    shares: np.ndarray
    """Columns by targets and a last column for "no home": probabilities by column."""
    chosen: Mapping[int, int]
    """Column → target, where it has one."""


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """Return what `templates/mapping.yaml` holds."""
    return read_knowledge(load_yaml("mapping.yaml"))


def propose(
    raw: RawExport,
    schema: CanonicalSchema,
    *,
    memory: Memory | None = None,
    language_model: LanguageModel | None = None,
    tables: Mapping[str, str | None] | None = None,
) -> Proposals:
    """Return ranked proposals for every table, column and coded value of `raw`.

    `tables` fixes what some source tables are (source name → canonical table), as decided by a person.
    Works from headers alone where a table has no rows. Nothing is sent anywhere unless a `language_model` is given.
    """
    evidence = Evidence(schema, knowledge(), read_evidence(raw), memory or Memory(), NameMatcher(schema, knowledge().lexicon))
    fixed = tables or {}
    first = {source: _read_all(evidence, source, list(schema.tables), Roles()) for source in raw.tables}
    ranked = {source: _rank_tables(evidence, source, readings, fixed) for source, readings in first.items()}
    roles = _roles(evidence, first, ranked)
    found: dict[str, TableProposal] = {}
    for source, readings in first.items():
        close = [name for name, _ in ranked[source] if name][:_CLOSE_TABLES]
        again = readings | _read_all(evidence, source, close, roles, readings)
        found[source] = _propose_table(evidence, source, again, _rank_tables(evidence, source, again, fixed), roles, language_model)
    proposals = Proposals(found)
    return Proposals(found, propose_values(raw, schema, proposals, evidence.memory))


def _read_all(
    evidence: Evidence, source: str, tables: Sequence[str], roles: Roles, earlier: Mapping[str, _Reading] | None = None
) -> dict[str, _Reading]:
    return {table: _read(evidence, source, table, roles, (earlier or {}).get(table)) for table in tables}


def _read(
    evidence: Evidence,
    source: str,
    table: str,
    roles: Roles,
    earlier: _Reading | None = None,
    ranked: Mapping[str, Sequence[str]] | None = None,
) -> _Reading:
    targets = targets_of(evidence.schema, table)
    group = _parent_column(evidence, source, earlier) if earlier else None
    features, names = evidence.pairs(source, table, roles, group, ranked)
    weights = evidence.knowledge.weights["pair"]
    odds = features @ np.array([weights[name] for name in FEATURES]) + weights["bias"]
    none = np.zeros((odds.shape[0], 1))
    shares = softmax(np.hstack([odds, none]), axis=1)
    return _Reading(table, targets, features, names, shares, _assign(odds))


def _assign(odds: np.ndarray) -> dict[int, int]:
    """Return column → target with the largest sum of log-odds; a column without a target better than none is left out."""
    columns, targets = odds.shape
    padded = np.hstack([odds, np.zeros((columns, columns))])
    rows, chosen = linear_sum_assignment(padded, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, chosen, strict=True) if j < targets and odds[i, j] > 0}


def _parent_column(evidence: Evidence, source: str, reading: _Reading) -> str | None:
    required = {name for name, spec in evidence.schema.refs(reading.table).items() if spec.required}
    columns = evidence.export.raw.tables[source].columns
    return next((columns[i] for i, j in reading.chosen.items() if reading.targets[j] in required), None)


def _rank_tables(
    evidence: Evidence, source: str, readings: Mapping[str, _Reading], fixed: Mapping[str, str | None]
) -> list[tuple[str | None, float]]:
    """Return (canonical table or None, confidence), best first. A column counts the more, the fewer tables it suits."""
    if source in fixed:
        return [(fixed[source], 1.0), *((name, 0.0) for name in readings if name != fixed[source])]
    weights = evidence.knowledge.weights["table"]
    raw_table = evidence.export.raw.tables[source]
    taken = np.array([_taken(reading, len(raw_table.columns)) for reading in readings.values()])
    rarity = 1.05 - taken.mean(axis=0)
    fits = taken @ rarity / rarity.sum() if rarity.size else np.zeros(len(readings))
    names = [raw_table.name, *([raw_table.title] if raw_table.title else [])]
    tables = [evidence.schema[name] for name in readings]
    near = [evidence.matcher.compare_tables(name, tables) for name in names]
    scores = []
    for fit, reading in zip(fits, readings.values(), strict=True):
        name = max(scores_of[reading.table] for scores_of in near)
        known = evidence.memory.table_share(source, reading.table)
        scores.append(
            weights["fits"] * fit
            + weights["name"] * name
            + weights["remembered"] * known
            + weights["key"] * _key_fits(evidence, source, reading)
        )
    shares = softmax(np.array([*scores, weights["none"]]))
    ranked: list[tuple[str | None, float]] = list(zip([*readings, None], (float(s) for s in shares), strict=True))
    return sorted(ranked, key=lambda pair: -pair[1])


def _taken(reading: _Reading, columns: int) -> list[float]:
    own = reading.shares[:, : len(reading.targets)]
    return [
        float(own[i, reading.chosen[i]]) * (0.7 if "." in reading.targets[reading.chosen[i]] else 1.0) if i in reading.chosen else 0.0
        for i in range(columns)
    ]


def _key_fits(evidence: Evidence, source: str, reading: _Reading) -> float:
    """Return -1 where the column read as the table's key repeats its values: the rows are then parts of such a thing."""
    key = evidence.schema[reading.table].key
    columns = evidence.export.raw.tables[source].columns
    for i, j in reading.chosen.items():
        seen = evidence.export.profiles[source, columns[i]]
        if reading.targets[j] in key and seen.filled and seen.uniqueness < 0.9:
            return -1.0
    return 0.0


def _roles(
    evidence: Evidence, readings: Mapping[str, Mapping[str, _Reading]], ranked: Mapping[str, list[tuple[str | None, float]]]
) -> Roles:
    keys: dict[str, list[tuple[str, str]]] = {}
    for source, order in ranked.items():
        table = order[0][0]
        if table is None:
            continue
        reading, columns = readings[source][table], evidence.export.raw.tables[source].columns
        keys.setdefault(table, []).extend(
            (source, columns[i]) for i, j in reading.chosen.items() if reading.targets[j] in evidence.schema[table].key
        )
    return Roles(keys)


def _propose_table(
    evidence: Evidence,
    source: str,
    readings: Mapping[str, _Reading],
    ranked: list[tuple[str | None, float]],
    roles: Roles,
    language_model: LanguageModel | None,
) -> TableProposal:
    table, confidence = ranked[0]
    raw_table = evidence.export.raw.tables[source]
    candidates = tuple(
        Candidate(name, share, _table_evidence(evidence, source, readings[name])) for name, share in ranked[:_SHOWN] if name is not None
    )
    if table is None:
        columns = {c: _homeless(c, evidence.export.profiles[source, c], confidence) for c in raw_table.columns}
        return TableProposal(source, None, confidence, candidates, columns)
    reading = readings[table]
    if language_model is not None:
        questions = [ColumnQuestion(c, shapes(raw_table.frame[c].dropna().head(200))) for c in raw_table.columns]
        answer = language_model.rank(source, questions, fields_of(evidence.schema, table, reading.targets))
        reading = _read(evidence, source, table, roles, reading, answer)
    return TableProposal(
        source,
        table,
        confidence,
        candidates,
        {c: _propose_column(evidence, source, i, reading, confidence) for i, c in enumerate(raw_table.columns)},
    )


def _propose_column(evidence: Evidence, source: str, i: int, reading: _Reading, table_confidence: float) -> ColumnProposal:
    column = evidence.export.raw.tables[source].columns[i]
    seen, shares = evidence.export.profiles[source, column], reading.shares[i]
    chosen = reading.chosen.get(i)
    order = [int(j) for j in np.argsort(-shares[:-1], kind="stable")]
    if chosen is not None:
        order = [chosen, *(j for j in order if j != chosen)]
    confidence = _calibrate(evidence.knowledge, reading, i, chosen, table_confidence)
    candidates = []
    for j in order[:_SHOWN]:
        stated = confidence if j == chosen else min(float(shares[j]), 1 - confidence)
        if stated >= 0.005:
            candidates.append(Candidate(reading.targets[j], stated, _evidence(evidence, source, column, i, j, reading)))
    choice = reading.targets[chosen] if chosen is not None else None
    return ColumnProposal(column, choice, confidence, tuple(candidates), seen, _new_field(column, seen))


def _calibrate(known: Knowledge, reading: _Reading, i: int, chosen: int | None, table_confidence: float) -> float:
    weights = known.weights["choice" if chosen is not None else "none"]
    j = -1 if chosen is None else chosen
    share = float(np.clip(reading.shares[i, j], 1e-6, 1 - 1e-6))
    rivals = np.delete(reading.shares[:, j], i) if chosen is not None else np.zeros(0)
    contested = float(rivals.max(initial=0.0))
    return float(
        expit(
            weights["bias"]
            + weights["share"] * logit(share)
            + weights["contested"] * contested
            + weights["table"] * np.log(max(table_confidence, 1e-6))
        )
    )


def _homeless(column: str, seen: Profile, confidence: float) -> ColumnProposal:
    return ColumnProposal(column, None, confidence, (), seen, _new_field(column, seen))


def _new_field(column: str, seen: Profile) -> NewField:
    """Return what the column would be as a custom field of its own: its label as people write it, and a type that holds its values."""
    kinds = (("date", ("date", "datetime")), ("phone", ("mobile",)), ("monetary", ("money",)), ("double", ("number",)))
    found = next((name for name, looks in kinds if seen.share(*looks) >= 0.95), None)
    if found is None:
        few = 0 < seen.distinct <= 20 and seen.uniqueness < 0.2
        found = "enum" if few else "text" if seen.max_length > 255 else "varchar"
    return NewField(column.replace("_", " ").strip() or column, found)


def _table_evidence(evidence: Evidence, source: str, reading: _Reading) -> tuple[str, ...]:
    raw_table = evidence.export.raw.tables[source]
    table = evidence.schema[reading.table]
    said = [f"{len(reading.chosen)} of {len(raw_table.columns)} columns have a home in it"]
    for what, name in (("name", raw_table.name), ("title", raw_table.title)):
        if name and evidence.matcher.compare_tables(name, [table])[reading.table] >= 0.75:
            said.append(f"the {what} says so")
    if _key_fits(evidence, source, reading) < 0:
        said.append("but the column that would be its key repeats its values")
    return tuple(said)


def _evidence(evidence: Evidence, source: str, column: str, i: int, j: int, reading: _Reading) -> tuple[str, ...]:
    """Return what speaks for and against a target, in words."""
    facts = dict(zip(FEATURES, reading.features[i, j], strict=True))
    seen, spec = evidence.export.profiles[source, column], field_of(evidence.schema, reading.table, reading.targets[j])
    nearest, said = reading.names.nearest[i, j], []
    if facts["exact"]:
        said.append(f"the name means “{nearest}”")
    elif max(facts["ideas"], facts["letters"]) >= 0.6:
        said.append(f"the name is near “{nearest}”")
    if facts["fits"] >= 0.5:
        said.append("values are known spellings of it" if spec.values else f"values fit: {in_words(seen)}")
    elif facts["against"] >= 0.5:
        said.append("values do not look like it")
    if facts["key"] > 0:
        referring = [f"{t}.{c}" for t, c in evidence.export.structure.referred_by((source, column))]
        said.append(f"{seen.uniqueness:.0%} distinct" + (f" and referred to by {', '.join(referring[:3])}" if referring else ""))
    elif facts["key"] < 0:
        said.append("values repeat, which an id does not")
    if facts["refers"] >= 0.5:
        said.append(f"{facts['refers']:.0%} of the values are ids of {spec.ref}")
    if facts["remembered"]:
        said.append("confirmed so before" if facts["remembered"] > 0 else "left out before")
    if facts["language_model"]:
        said.append("the language model says so")
    if facts["shared"] > 0:
        said.append("the same on every row of one parent")
    return tuple(said)
