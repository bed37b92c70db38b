"""Which canonical table a source table is: by its name, by how many of its columns find a home, by what it cannot lack."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .evidence import REPEATS, Evidence, parents_of
from .reading import Reading

TABLE_FEATURES = ("fits", "name", "named", "strange", "mentions", "common", "essential", "key", "remembered")
"""What is known of a (source table, canonical table) pair; the weights of `templates/mapping.yaml` name these."""

SAME = 0.94
"""Nearness of names from which a file is called just like a canonical table."""
STRANGE = 0.45
"""Nearness of names below which a file whose name says something is called like something else."""
PARENTS_NAME = 0.8
"""What a file called like a table's parent counts: `Invoices` may hold the invoices' lines."""
MENTIONS = 4
"""Columns that speak of a table from which more of them say no more."""
LENT = 0.4
"""What a column counts towards a table whose rows name the record that it tells of, where an own column counts 1."""
NONE_LEAD = 4.0
"""How much likelier "no home" must be than the best table to be proposed: a doubtful table is easier to judge than none."""

Ranking = list[tuple[str | None, float]]
"""(canonical table or None for no home, confidence), best first."""


def rank_tables(evidence: Evidence, source: str, readings: Mapping[str, Reading], fixed: Mapping[str, str | None]) -> Ranking:
    """Return the canonical tables that `source` may be; what a person has `fixed` is certain."""
    from scipy.special import softmax

    if source in fixed:
        return [(fixed[source], 1.0), *((name, 0.0) for name in readings if name != fixed[source])]
    weights = evidence.knowledge.weights["table"]
    odds = table_features(evidence, source, readings) @ np.array([weights[name] for name in TABLE_FEATURES])
    shares = softmax(np.array([*odds, weights["none"]]))
    ranked: Ranking = list(zip([*readings, None], map(float, shares), strict=True))
    return sorted(ranked, key=lambda pair: -pair[1] / (1.0 if pair[0] else NONE_LEAD))


def table_features(evidence: Evidence, source: str, readings: Mapping[str, Reading]) -> np.ndarray:
    """Return `TABLE_FEATURES` by canonical table. A column counts the more towards a table, the fewer tables it suits."""
    raw_table = evidence.export.raw.tables[source]
    own = {table: reading.taken() for table, reading in readings.items()}
    taken = np.array([np.maximum(own[table], LENT * _named(evidence, table, own)) for table in readings])
    rarity = 1.05 - taken.mean(axis=0)
    fits = taken @ rarity / rarity.sum() if rarity.size else np.zeros(len(readings))
    tables = [evidence.schema[name] for name in readings]
    names = [evidence.matcher.compare_tables(name, tables) for name in (raw_table.name, raw_table.title) if name]
    speaks = evidence.matcher.speaks(raw_table.name)
    called = {table: max(scores[table] for scores in names) for table in readings}
    parents = {table: max((called[parent] for parent in parents_of(evidence.schema, table)), default=0.0) for table in readings}
    near = {table: max(called[table], PARENTS_NAME * parents[table]) for table in readings}
    return np.array(
        [
            (
                fit,
                near[table],
                max(float(called[table] > SAME), PARENTS_NAME * float(parents[table] > SAME)),
                float(speaks and near[table] < STRANGE),
                _mentions(evidence.matcher.mentions(raw_table.columns, table) * own[table]),
                float(np.log(evidence.knowledge.common[table])),
                essential(evidence, reading),
                key_fits(evidence, reading),
                evidence.memory.table_share(source, table),
            )
            for fit, (table, reading) in zip(fits, readings.items(), strict=True)
        ]
    )


def _mentions(sure: np.ndarray) -> float:
    """Return how much a table is spoken of in columns that have a home in it (`open_deals` is of no deal), 0-1."""
    return float(np.sort(sure)[-MENTIONS:].sum()) / MENTIONS


def _named(evidence: Evidence, table: str, taken: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return by column how surely it tells of a record that the rows of `table` name: a diary may hold the patient's e-mail too."""
    about = {spec.ref for spec in evidence.schema[table].fields.values() if spec.ref and spec.ref_name and spec.ref != table} & taken.keys()
    return np.max([taken[name] for name in about], axis=0) if about else np.zeros_like(taken[table])


def essential(evidence: Evidence, reading: Reading) -> float:
    """Return the share of what such a table cannot lack that the columns have, 0-1."""
    groups = evidence.schema[reading.table].essentials
    found = {reading.targets[j] for j in reading.chosen.values()}
    return sum(bool(found & set(group)) for group in groups) / len(groups) if groups else 1.0


def key_fits(evidence: Evidence, reading: Reading) -> float:
    """Return -1 where the column read as the table's key repeats its values: the rows are then parts of such a thing."""
    for field in evidence.schema[reading.table].key:
        column = reading.column_of(field)
        seen = evidence.export.profiles.get((reading.source, column)) if column else None
        if seen is not None and seen.filled and seen.uniqueness < REPEATS:
            return -1.0
    return 0.0
