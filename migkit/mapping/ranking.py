"""Which canonical table a source table is: by its name, how many of its columns find a home, what it cannot lack, what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from migkit.model.tables import SourceTable

from .evidence import REPEATS, Evidence, parents_of
from .names import is_mute
from .reading import Reading

TABLE_FEATURES = (
    "fits",
    "telling",
    "name",
    "named",
    "strange",
    "noun",
    "other_noun",
    "described",
    "mentions",
    "common",
    "essential",
    "lacks",
    "key",
    "unread",
    "held",
    "remembered",
)
"""What is known of a (source table, canonical table) pair; the weights of `templates/mapping.yaml` name these."""

SAME = 0.94
"""Nearness of names from which a file is called just like a canonical table."""
STRANGE = 0.45
"""Nearness of names below which a file whose name says something is called like something else."""
PARENTS_NAME = 0.8
"""What a file called like a table's parent counts: `Invoices` may hold the invoices' lines."""
MOST_SAID = 4
"""Columns that suit few tables, or speak of one, from which more of them say no more."""
LENT = 0.4
"""What a column counts towards a table whose rows name the record that it tells of, where an own column counts 1."""
NONE_LEAD = 2.0
"""How much likelier "no home" must be than the best table to be proposed: a doubtful table is easier to judge than none."""
DULLED = 0.5
"""How much less names and single columns say of a table none of whose headers is known: there what it holds decides. By the strangers."""

Ranking = list[tuple[str | None, float]]
"""(canonical table or None for no home, confidence), best first."""


def rank_tables(evidence: Evidence, source: str, readings: Mapping[str, Reading], fixed: Mapping[str, str | None]) -> Ranking:
    """Return the canonical tables that `source` may be; what a person has `fixed` is certain."""
    from scipy.special import softmax

    if source in fixed:
        return [(fixed[source], 1.0), *((name, 0.0) for name in readings if name != fixed[source])]
    weights = evidence.knowledge.weights["table"]
    said = table_features(evidence, source, readings) * np.array([weights[name] for name in TABLE_FEATURES])
    held = said[:, TABLE_FEATURES.index("held")]
    dulled = DULLED * unread_share(readings) if source in evidence.held else 0.0
    odds = np.append(said.sum(axis=1) - held, weights["none"]) * (1 - dulled) + np.append(held, 0.0)
    shares = softmax(odds)
    ranked: Ranking = list(zip([*readings, None], map(float, shares), strict=True))
    return sorted(ranked, key=lambda pair: -pair[1] / (1.0 if pair[0] else NONE_LEAD))


def table_features(evidence: Evidence, source: str, readings: Mapping[str, Reading]) -> np.ndarray:
    """Return `TABLE_FEATURES` by canonical table. A column counts the more towards a table, the fewer tables it suits."""
    raw_table = evidence.export.raw.tables[source]
    own = {table: reading.taken() for table, reading in readings.items()}
    taken = np.array([np.maximum(own[table], LENT * _named(evidence, table, own)) for table in readings])
    rarity = 1.05 - taken.mean(axis=0)
    fits = taken @ rarity / rarity.sum() if rarity.size else np.zeros(len(readings))
    needed = np.array([essential(evidence, reading) for reading in readings.values()])
    unread = unread_share(readings)
    columns = {
        **_name_features(evidence, raw_table, readings, 1.0 - unread),
        "fits": fits,
        "telling": [_strongest(said) for said in taken * rarity],
        "mentions": [_strongest(evidence.matcher.mentions(raw_table.columns, table) * own[table]) for table in readings],
        "common": [np.log(evidence.knowledge.common[table]) for table in readings],
        "essential": needed,
        "lacks": needed < 1.0,
        "key": [key_fits(evidence, reading) for reading in readings.values()],
        "unread": np.full(len(readings), unread),
        "held": [unread * evidence.held.get(source, {}).get(table, 0.0) for table in readings],
        "remembered": [evidence.memory.table_share(source, table) for table in readings],
    }
    return np.column_stack([np.asarray(columns[name], dtype=float) for name in TABLE_FEATURES])


def unread_share(readings: Mapping[str, Reading]) -> float:
    """Return the share of the words of a table's headers that the schema does not know; 1 where it has no columns."""
    unknown = next(iter(readings.values())).unknown
    return float(unknown.mean()) if unknown.size else 1.0


def _name_features(evidence: Evidence, table: SourceTable, homes: Iterable[str], readable: float) -> dict[str, list[float]]:
    """Return what the file's and the sheet's name say. `readable`, 0-1: the share of the headers' words that is known.

    A noun that is another table's speaks against a table only as far as the headers are in a language that the schema knows.
    """
    known, schema = evidence.table_names, evidence.schema
    near = [evidence.matcher.compare_tables(name, [schema[home] for home in homes]) for name in table.names]
    said = [read for read in (known.read(name) for name in table.names if not is_mute(name)) if read.noun]
    called = {home: max(scores[home] for scores in near) for home in homes}
    parents = {home: max((called[parent] for parent in parents_of(schema, home)), default=0.0) for home in homes}
    found: dict[str, list[float]] = {name: [] for name in ("name", "named", "strange", "noun", "other_noun", "described")}
    for home in homes:
        nearness = max(called[home], PARENTS_NAME * parents[home])
        noun = any(known.same_noun(read, home) for read in said)
        found["name"].append(nearness)
        found["named"].append(max(float(called[home] > SAME), PARENTS_NAME * float(parents[home] > SAME)))
        found["strange"].append(float(evidence.matcher.speaks(table.name) and nearness < STRANGE))
        found["noun"].append(float(noun))
        of_parent = any(known.same_noun(read, parent) for read in said for parent in parents_of(schema, home))
        found["other_noun"].append(readable * (0.0 if noun or not said else 1.0 - PARENTS_NAME if of_parent else 1.0))
        found["described"].append(readable * min((known.strange(read, home) for read in said), default=0.0))
    return found


def _strongest(said: np.ndarray) -> float:
    """Return how much a table's columns say together (that they suit it alone, that they speak of it), 0-1: the strongest ones count."""
    return float(np.sort(said)[-MOST_SAID:].sum()) / MOST_SAID


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
    """Return -1 where the column read as the table's key repeats its values: the rows are then parts of such a thing. Where that one is
    empty, those that are called just like the key count: `InvoiceNumber` of lines, beside a `Reference` that nobody filled."""
    for field in evidence.schema[reading.table].key:
        j = reading.targets.index(field)
        holder = next((i for i, target in reading.chosen.items() if target == j), None)
        columns = [holder] if holder is not None else []
        if holder is not None and not evidence.export.profiles[reading.source, reading.columns[holder]].filled:
            columns = [i for i in range(len(reading.columns)) if reading.names.exact[i, j]]
        seen = [evidence.export.profiles[reading.source, reading.columns[i]] for i in columns]
        if any(one.filled and one.uniqueness < REPEATS for one in seen):
            return -1.0
    return 0.0
