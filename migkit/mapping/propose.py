"""Propose the map of an export: which table each file is, which field each column means, what each code means.

Every column is compared with every field of every table; one assignment per table decides jointly, so that two columns
never take one field and a column that fits nothing well stays without a home. A first look finds the tables and their
keys, a second one weighs the references between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from migkit.countries import anywhere
from migkit.model.canonical import CanonicalSchema
from migkit.model.country import Country
from migkit.model.mapping import NewField
from migkit.model.tables import RawExport
from migkit.resources import load_yaml

from .codes import propose_values
from .evidence import Evidence, Knowledge, Roles, read_evidence, read_knowledge
from .language import ColumnQuestion, LanguageModel, fields_of
from .memory import Memory
from .names import NameMatcher
from .proposals import Candidate, ColumnProposal, Proposals, TableProposal
from .ranking import Ranking, rank_tables
from .reading import Reading, read
from .shapes import Profile, shapes
from .wording import about_column, about_table

_SHOWN = 5
_CLOSE_TABLES = 3
"""Tables that are looked at a second time, with the references known."""


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """Return what `templates/mapping.yaml` holds."""
    return read_knowledge(load_yaml("mapping.yaml"))


def propose(
    raw: RawExport,
    schema: CanonicalSchema,
    *,
    country: Country | None = None,
    memory: Memory | None = None,
    language_model: LanguageModel | None = None,
    tables: Mapping[str, str | None] | None = None,
) -> Proposals:
    """Return ranked proposals for every table, column and coded value of `raw`.

    `country` is the practice's: phones, postcodes and identifiers look different in each; where it is not known, the looks of all
    count. `tables` fixes what some source tables are (source name → canonical table), as decided by a person.
    Works from headers alone where a table has no rows. Nothing is sent anywhere unless a `language_model` is given.
    """
    known = knowledge()
    evidence = Evidence(schema, known, read_evidence(raw, country or anywhere()), memory or Memory(), NameMatcher(schema, known.lexicon))
    first = {source: {table: read(evidence, source, table, Roles()) for table in schema.tables} for source in raw.tables}
    ranked = {source: rank_tables(evidence, source, readings, tables or {}) for source, readings in first.items()}
    roles = _roles(evidence, first, ranked)
    found: dict[str, TableProposal] = {}
    for source, readings in first.items():
        close = [table for table, _ in ranked[source] if table][:_CLOSE_TABLES]
        again = readings | {table: read(evidence, source, table, roles, readings[table]) for table in close}
        found[source] = _propose_table(evidence, source, again, rank_tables(evidence, source, again, tables or {}), roles, language_model)
    return Proposals(found, propose_values(raw, schema, Proposals(found), evidence.memory))


def _roles(evidence: Evidence, readings: Mapping[str, Mapping[str, Reading]], ranked: Mapping[str, Ranking]) -> Roles:
    """Return which columns hold the ids of which canonical table, as the first look has it."""
    keys: dict[str, list[tuple[str, str]]] = {}
    for source, order in ranked.items():
        table = order[0][0]
        for field in evidence.schema[table].key if table else ():
            column = readings[source][table or ""].column_of(field)
            if table and column:
                keys.setdefault(table, []).append((source, column))
    return Roles(keys)


def _propose_table(
    evidence: Evidence, source: str, readings: Mapping[str, Reading], ranked: Ranking, roles: Roles, language_model: LanguageModel | None
) -> TableProposal:
    table, confidence = ranked[0]
    candidates = tuple(Candidate(name, share, about_table(evidence, readings[name])) for name, share in ranked[:_SHOWN] if name is not None)
    raw_table = evidence.export.raw.tables[source]
    if table is None:
        profiles = {c: evidence.export.profiles[source, c] for c in raw_table.columns}
        homeless = {c: ColumnProposal(c, None, confidence, (), seen, _new_field(c, seen)) for c, seen in profiles.items()}
        return TableProposal(source, None, confidence, candidates, homeless)
    reading = readings[table]
    if language_model is not None:
        questions = [ColumnQuestion(c, shapes(raw_table.frame[c].dropna().head(200))) for c in raw_table.columns]
        answer = language_model.rank(source, questions, fields_of(evidence.schema, table, reading.targets))
        reading = read(evidence, source, table, roles, reading, answer)
    columns = {column: _propose_column(evidence, reading, i, confidence) for i, column in enumerate(reading.columns)}
    return TableProposal(source, table, confidence, candidates, columns)


def _propose_column(evidence: Evidence, reading: Reading, i: int, table_confidence: float) -> ColumnProposal:
    column, chosen = reading.columns[i], reading.chosen.get(i)
    seen, shares = evidence.export.profiles[reading.source, column], reading.shares[i]
    order = sorted(range(len(reading.targets)), key=lambda j: (j != chosen, -shares[j]))
    confidence = _calibrate(evidence.knowledge, reading, i, chosen, table_confidence)
    candidates = []
    for j in order[:_SHOWN]:
        stated = confidence if j == chosen else min(float(shares[j]), 1 - confidence)
        if stated >= 0.001:
            candidates.append(Candidate(reading.targets[j], stated, about_column(evidence, reading, i, j)))
    choice = reading.targets[chosen] if chosen is not None else None
    return ColumnProposal(column, choice, confidence, tuple(candidates), seen, _new_field(column, seen))


def _calibrate(known: Knowledge, reading: Reading, i: int, chosen: int | None, table_confidence: float) -> float:
    """Return how often such a choice is right, from its share, the strongest rival for its field, and the table's confidence."""
    from scipy.special import expit

    features = choice_features(reading, i, chosen, table_confidence)
    weights = known.weights["choice" if chosen is not None else "none"]
    return float(expit(weights["bias"] + sum(weights[name] * value for name, value in features.items())))


def choice_features(reading: Reading, i: int, chosen: int | None, table_confidence: float) -> dict[str, float]:
    """Return what the confidence of a choice is made from; a `chosen` of None is "no home"."""
    from scipy.special import logit

    j = -1 if chosen is None else chosen
    share = float(np.clip(reading.shares[i, j], 1e-4, 1 - 1e-4))
    rivals = np.delete(reading.shares[:, j], i) if chosen is not None else np.zeros(0)
    return {"share": float(logit(share)), "contested": float(rivals.max(initial=0.0)), "table": float(np.log(max(table_confidence, 1e-4)))}


def _new_field(column: str, seen: Profile) -> NewField:
    """Return what the column would be as a custom field of its own: its label as people write it, a type that holds its values."""
    kinds = (("date", ("date", "datetime")), ("phone", ("mobile",)), ("monetary", ("money",)), ("double", ("number",)))
    found = next((name for name, looks in kinds if seen.share(*looks) >= 0.95), None)
    if found is None:
        few = 0 < seen.distinct <= 20 and seen.uniqueness < 0.2
        found = "enum" if few else "text" if seen.max_length > 255 else "varchar"
    return NewField(column.replace("_", " ").strip() or column, found)
