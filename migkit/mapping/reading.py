"""One source table read as one canonical table: every column against every field, settled by one assignment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .evidence import FEATURES, REPEATS, Evidence, Roles, targets_of
from .names import NameScores

Ranked = Mapping[str, Sequence[str]]
"""Column → targets, best first, as a language model ranked them."""
_LEAST_ODDS = -1.7
"""Log-odds from which a doubtful home is proposed rather than none: what is proposed is looked at, what is left out is lost."""
_SURE = 0.5
"""Share from which a column is surely what it was taken for."""
_BORROWED = 0.9
"""What a parent's column counts towards its row's table, where an own column counts 1."""


@dataclass(frozen=True)
class Reading:
    """What the columns of one source table would mean if it were the canonical `table`."""

    source: str
    table: str
    columns: Sequence[str]
    targets: tuple[str, ...]
    features: np.ndarray
    names: NameScores
    shares: np.ndarray
    """Columns by targets and a last column for "no home": probabilities that add up to 1 by column."""
    chosen: Mapping[int, int]
    """Column → target, where it has one."""

    @property
    def lift(self) -> np.ndarray:
        """Columns by targets: how much likelier than usual the values are what stands there, -1 to 1; 0 where there are no values."""
        return self.features[:, :, FEATURES.index("lift")] - self.features[:, :, FEATURES.index("lift_against")]

    @property
    def unknown(self) -> np.ndarray:
        """By column, the share of its header's words that the schema does not know."""
        return self.features[:, :, FEATURES.index("unknown")].max(axis=1, initial=0.0)

    def column_of(self, target: str) -> str | None:
        """Return the column that is read as `target`."""
        return next((self.columns[i] for i, j in self.chosen.items() if self.targets[j] == target), None)

    def taken(self) -> np.ndarray:
        """Return by column how surely it has a home in this table, 0-1."""
        found = np.zeros(len(self.columns))
        for i, j in self.chosen.items():
            found[i] = self.shares[i, j] * (_BORROWED if "." in self.targets[j] else 1.0)
        return found


def read(
    evidence: Evidence, source: str, table: str, roles: Roles, earlier: Reading | None = None, ranked: Ranked | None = None
) -> Reading:
    """Return `source` read as `table`. An `earlier` reading tells which column holds the parent's id."""
    from scipy.special import softmax  # scipy costs 0.2 s, which most commands need not spend

    columns, targets = evidence.export.raw.tables[source].columns, targets_of(evidence.schema, table)
    required = [name for name, spec in evidence.schema.refs(table).items() if spec.required]
    group = earlier.column_of(required[0]) if earlier and required else None
    features, names = evidence.pairs(source, table, roles, group, ranked)
    _number_like_key(evidence.knowledge.second_keys.get(table), targets, evidence.schema[table].key[0], features)
    odds = features @ evidence.knowledge.pair_weights(FEATURES) + evidence.knowledge.weights["pair"]["bias"]
    shares = softmax(np.hstack([odds, np.zeros((len(columns), 1))]), axis=1)
    chosen = _assign(odds)
    if (found := _row_number(evidence, source, table, columns, targets, chosen)) is not None:
        i, number, key = found
        chosen[i] = key
        shares[i, [number, key]] = shares[i, [key, number]]
    _beside_the_key(evidence.knowledge.second_keys.get(table), targets, evidence.schema[table].key[0], chosen, shares)
    return Reading(source, table, columns, targets, features, names, shares, chosen)


def _number_like_key(second: str | None, targets: Sequence[str], key: str, features: np.ndarray) -> None:
    """The number by which people know a thing looks as its key does: values say as much for the one as for the other, names decide."""
    if second is not None:
        both = [targets.index(second), targets.index(key)]
        for name, most in (("lift", np.maximum), ("lift_against", np.minimum)):
            features[:, both, FEATURES.index(name)] = most.reduce(features[:, both, FEATURES.index(name)], axis=1)[:, None]


def _row_number(
    evidence: Evidence, source: str, table: str, columns: Sequence[str], targets: Sequence[str], chosen: Mapping[int, int]
) -> tuple[int, int, int] | None:
    """Return (column, its target, the key) where no column is the key but one holds a number that tells all rows apart: it is the key.

    A practice may know its patients by their chart number alone, and its other reports refer to that. Needs rows to be seen.
    """
    second = evidence.knowledge.second_keys.get(table)
    if second is None or targets.index(evidence.schema[table].key[0]) in chosen.values():
        return None
    number, key = targets.index(second), targets.index(evidence.schema[table].key[0])
    i = next((i for i, j in chosen.items() if j == number), None)
    seen = evidence.export.profiles[source, columns[i]] if i is not None else None
    return (i, number, key) if i is not None and seen is not None and seen.filled and seen.uniqueness >= REPEATS else None


def _beside_the_key(second: str | None, targets: Sequence[str], key: str, chosen: Mapping[int, int], shares: np.ndarray) -> None:
    """Where one column is surely the key, another that looks like one and is called the number is the number."""
    if second is None:
        return
    number, own = targets.index(second), targets.index(key)
    i, holder = (next((i for i, j in chosen.items() if j == target), None) for target in (number, own))
    if i is not None and holder is not None and shares[holder, own] >= _SURE:
        shares[i, number] += shares[i, own]
        shares[i, own] = 0.0


def _assign(odds: np.ndarray) -> dict[int, int]:
    """Return column → target with the largest sum of log-odds above `_LEAST_ODDS`; a column without such a target is left out."""
    from scipy.optimize import linear_sum_assignment

    columns, targets = odds.shape
    padded = np.hstack([odds - _LEAST_ODDS, np.zeros((columns, columns))])
    rows, chosen = linear_sum_assignment(padded, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, chosen, strict=True) if j < targets and odds[i, j] > _LEAST_ODDS}
