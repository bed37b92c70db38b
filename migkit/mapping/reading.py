"""One source table read as one canonical table: every column against every field, settled by one assignment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .address_lines import settle_address
from .evidence import FEATURES, REPEATS, Evidence, Roles, field_of, parents_of, targets_of
from .key_headers import OTHER, SAME, what_headers_say
from .line_amounts import line_amounts
from .names import NameScores
from .own_numbers import settle_key, settle_references
from .people_names import NAMED, whose_names
from .stamps import give_way
from .structure import constant_within, varies_within

Ranked = Mapping[str, Sequence[str]]
"""Column → targets, best first, as a language model ranked them."""
_LEAST_ODDS = -1.7
"""Log-odds from which a doubtful home is proposed rather than none: what is proposed is looked at, what is left out is lost."""
_ASKED = 0.1
"""Log-odds above these that a column has which is asked about whatever they are."""
_SURE = 0.5
"""Share from which a column is surely what it was taken for."""
_NEVER = -10.0
"""Log-odds of what cannot be."""
_DIGIT = re.compile(r"\d")
_NUMBERED_NAME = re.compile(r"[^\W\d][^\d()\[\]]{2,60}[(\[]\s?[\w/-]{0,12}\d[\w/-]{0,12}\s?[)\]]")
"""`Niamh Corrigan (101)`, `Ng, Ann [P-17]`."""
_COUNT = re.compile(r"^(?:no|nr|number|count|total|#)\.?\s+of\b|\bcount$", re.IGNORECASE)
"""Headers of counts, which are no ids though they look like small ones: `No of Receipts`."""
_AMOUNTS = 0.8
"""Share of values written as amounts of money from which a column holds no ids."""
_TWO = 2
"""Different words from which they are a list of codes: a flag may have one, `deleted`."""
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
    odds = features @ evidence.knowledge.pair_weights(FEATURES) + evidence.knowledge.weights["pair"]["bias"]
    odds[_impossible(evidence, source, table, columns, targets)] = _NEVER
    said = what_headers_say(evidence, roles, source, table, columns, targets, names)
    odds += said + _named(evidence, source, columns, targets, roles, names)
    odds += line_amounts(evidence, source, columns, targets, names.exact)
    if group:
        odds += _of_parent(evidence, source, table, columns, targets, group, names.exact)
    odds += give_way(evidence, table, columns, targets, odds, _LEAST_ODDS)
    shares = softmax(np.hstack([odds, np.zeros((len(columns), 1))]), axis=1)
    chosen = _assign(np.where(_flagged(evidence, targets, names), np.maximum(odds, _LEAST_ODDS + _ASKED), odds))
    settle_key(evidence, source, table, columns, targets, names.exact, chosen, shares)
    settle_references(evidence, source, table, columns, targets, said == SAME, names.exact, chosen, shares)
    settle_address(evidence, source, columns, targets, names.exact, chosen, shares)
    if second := evidence.knowledge.second_keys.get(table):
        number, key = targets.index(second), targets.index(evidence.schema[table].key[0])
        _part_number_and_key(evidence, source, columns, number, key, chosen, shares)
    return Reading(source, table, columns, targets, features, names, shares, chosen)


def _impossible(evidence: Evidence, source: str, table: str, columns: Sequence[str], targets: Sequence[str]) -> np.ndarray:
    """Return by column and target what cannot be, whatever a column is called and whatever it fits: counts and amounts are no ids, yes and
    no under `Outstanding` no amounts, statuses no flags, words no numbers, what reading
    makes is in no column, and a column that is empty, of a table that has rows, is not its key."""
    kinds = np.array([field_of(evidence.schema, table, target).type for target in targets])
    derived = np.isin(targets, list(evidence.knowledge.derived))
    never = np.zeros((len(columns), len(targets)), dtype=bool)
    for i, column in enumerate(columns):
        seen = evidence.export.profiles[source, column]
        if _COUNT.search(column) or (seen.share("money") >= _AMOUNTS and seen.share("id") < 1 - _AMOUNTS):
            never[i] |= kinds == "id"
        if seen.filled > 1 and seen.share("yes or no") == 1.0 and seen.share("number", "money") == 0.0:
            never[i] |= kinds == "money"
        if seen.filled and not seen.share("whole number", "number", "single digit") and _has_words(evidence, source, column):
            never[i] |= kinds == "integer"
        never[i] |= derived
        if _are_statuses(evidence, source, column, table):
            never[i] |= kinds == "boolean"
        if seen.rows and not seen.filled:
            never[i] |= np.isin(targets, evidence.schema[table].key)
    return never


def _named(evidence: Evidence, source: str, columns: Sequence[str], targets: Sequence[str], roles: Roles, names: NameScores) -> np.ndarray:
    """Return what is added to the log-odds where a column holds names: those of patients are no dentist's, whatever it is called.

    A column that is called just like something else, `Payer`, is that; and where one is called the patient, no other is.
    """
    said = np.zeros((len(columns), len(targets)))
    fields = {targets.index(target): of for target, of in NAMED.items() if target in targets and roles.names.get(of)}
    called = (names.exact > 0) | (names.loose > 0)
    for i, column in enumerate(columns):
        is_called = np.delete(names.exact[i], list(fields)).any()
        if not fields or is_called or not _may_be_names(evidence, source, column):
            continue
        whose = whose_names(evidence, roles.names, (source, column))
        for j, of in fields.items() if whose else ():
            others = np.delete(called[:, j], i).any() and not called[i, j]
            said[i, j] = OTHER if of != whose else 0.0 if others else SAME
    return said


def _has_words(evidence: Evidence, source: str, column: str) -> bool:
    """Return whether some values have no digit: `Presented` is no second visit, whatever else stands under `Stage`."""
    return not all(map(_DIGIT.search, evidence.first_cells((source, column))))


def _of_parent(
    evidence: Evidence, source: str, table: str, columns: Sequence[str], targets: Sequence[str], group: str, exact: np.ndarray
) -> np.ndarray:
    """Return what is added to the log-odds where a header names the record that the rows belong to, and not the rows, and all rows of each
    have one value: the `Plan Status` and `Plan Date` of the items of plans are the plan's, where it has a field that is called so. What
    differs among the rows of most records is nothing of theirs."""
    known, frame = evidence.table_names, evidence.export.raw.tables[source].frame
    dotted = np.array(["." in target for target in targets])
    own = ~dotted & np.array([not field_of(evidence.schema, table, target).ref for target in targets])
    added = np.zeros((len(columns), len(targets)))
    if not frame[group].dropna().duplicated().any():
        return added
    theirs = frozenset().union(*(known.nouns(parent) for parent in parents_of(evidence.schema, table)))
    for i, column in enumerate(columns):
        ideas = frozenset(evidence.matcher.lexicon.ideas(column))
        named = ideas & theirs and not ideas & (known.nouns(table) - theirs)
        if column == group:
            continue
        if named and constant_within(frame, group, column):
            added[i] = np.where(own, OTHER, np.where(dotted & (exact[i] > 0), SAME, 0.0))
        elif varies_within(frame, group, column):
            added[i] = np.where(dotted, OTHER, 0.0)
    return added


def _may_be_names(evidence: Evidence, source: str, column: str) -> bool:
    """Return whether a column's values look like names, also with a number behind each, as headings of a statement have it."""
    if evidence.export.profiles[source, column].share("person's name", "name, last first") >= _SURE:
        return True
    some = evidence.first_cells((source, column))
    return bool(some) and all(map(_NUMBERED_NAME.fullmatch, some))


def _are_statuses(evidence: Evidence, source: str, column: str, table: str) -> bool:
    """Return whether a column holds words of one of the table's coded fields and no yes or no: `Active` and `Inactive` are statuses."""
    words = evidence.export.words.get((source, column), frozenset())
    if len(words) < _TWO or evidence.export.profiles[source, column].share("yes or no"):
        return False
    return any(words <= spec.spellings for spec in evidence.schema[table].fields.values())


def _flagged(evidence: Evidence, targets: Sequence[str], names: NameScores) -> np.ndarray:
    """Return where a column is called just like a field of its own that says that a row does not count: such a column is asked about."""
    flags = np.array([target in evidence.knowledge.flags for target in targets])
    return (names.exact > 0) & flags


def _part_number_and_key(
    evidence: Evidence, source: str, columns: Sequence[str], number: int, key: int, chosen: dict[int, int], shares: np.ndarray
) -> None:
    """Settle which column is the key and which the number by which people know a row: the two look alike.

    Where no column is the key, a number that tells all rows apart is: a practice may know its patients by their chart number alone, and
    its other reports refer to that. Needs rows to be seen. Where one surely is the key, the one that is called the number is the number.
    """
    column_of = {target: column for column, target in chosen.items()}
    i, holder = column_of.get(number), column_of.get(key)
    if i is None:
        return
    if holder is None:
        seen = evidence.export.profiles[source, columns[i]]
        if seen.filled and seen.uniqueness >= REPEATS:
            chosen[i] = key
            shares[i, [number, key]] = shares[i, [key, number]]
    elif shares[holder, key] >= _SURE:
        shares[i, number] += shares[i, key]
        shares[i, key] = 0.0


def _assign(odds: np.ndarray) -> dict[int, int]:
    """Return column → target with the largest sum of log-odds above `_LEAST_ODDS`; a column without such a target is left out."""
    from scipy.optimize import linear_sum_assignment

    columns, targets = odds.shape
    padded = np.hstack([odds - _LEAST_ODDS, np.zeros((columns, columns))])
    rows, chosen = linear_sum_assignment(padded, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, chosen, strict=True) if j < targets and odds[i, j] > _LEAST_ODDS}
