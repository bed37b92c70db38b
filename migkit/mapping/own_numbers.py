"""Which number is a row's own where its file says that the rows are something else than the table's records: refunds, allocations, notes.

`refunds` have a `Refund No` of their own, and a `Receipt No` that is the receipt's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from migkit.model.canonical import CanonicalField

from .evidence import Evidence, field_of
from .names import split_words
from .structure import Column
from .table_names import TableName

_NUMBERS = frozenset({"id", "number", "code", "key", "reference"})
"""Ideas that make a header one of a number: `Refund No`, `ID`."""
_NEARLY_ALL = 0.9
"""Share of a column's values that are people's names from which it holds no ids."""


def is_bare(evidence: Evidence, header: str) -> bool:
    """Return whether a header says no more than that it is a number: what any table's key may be called."""
    ideas = evidence.matcher.lexicon.ideas(header)
    return bool(ideas) and _NUMBERS.issuperset(ideas)


@dataclass(frozen=True)
class Numbers:
    """Columns, by number, that hold numbers: of the rows themselves, and of the table's records that they belong to."""

    own: Sequence[int]
    belongs: Sequence[int]
    named: bool
    """Whether one of its own says so: `Refund No` of refunds, not a mere `ID`."""


def numbers_of(evidence: Evidence, name: TableName, table: str, columns: Sequence[str], exact: np.ndarray) -> Numbers:
    """Return both kinds of numbers. `exact`: 1 by column where it is called just like the table's key; `name`: what the file is called.

    A file that is called after the table, or what its rows refer to (invoices, whose lines they are), numbers that: none says it is a
    row's own.
    """
    others = {table, *(str(spec.ref) for spec in evidence.schema.refs(table).values())}
    of_other = any(evidence.table_names.same_noun(name, other) for other in others)
    known, ideas = evidence.table_names, [evidence.matcher.lexicon.ideas(column) for column in columns]
    belongs = [i for i, column in enumerate(columns) if exact[i] and known.says(column, table)]
    bare = [i for i, column in enumerate(columns) if is_bare(evidence, column)]
    called = [i for i, said in enumerate(ideas) if name.noun and not of_other and name.noun in said and said[-1] in _NUMBERS]
    return Numbers(called or bare, [i for i in belongs if i not in called], bool(called))


def settle_key(
    evidence: Evidence,
    source: str,
    table: str,
    columns: Sequence[str],
    targets: Sequence[str],
    exact: np.ndarray,
    chosen: dict[int, int],
    shares: np.ndarray,
) -> None:
    """Change in `chosen` (column → target) which column is the key of `table`, where the file's name says that its rows are something else.

    Rows that take back a record of their own table (`Refund No`, `Receipt No`) have their own number for key, and name the other one;
    of any others (`ID`, `Payment ID` of allocations) the number of the record is the key, and theirs has no home. Where no record is named
    and nothing else is the key, their own number is. `exact`: 1 where a header is a known spelling of a target; `shares` (columns by
    targets, and none) change with it.
    """
    schema, known = evidence.schema, evidence.table_names
    name = known.read(evidence.export.raw.tables[source].name)
    if len(schema[table].key) != 1 or name.noun in ("", known.read(table).noun):
        return
    key = targets.index(schema[table].key[0])
    numbers = numbers_of(evidence, name, table, columns, exact[:, key])
    holder = _holder(key, chosen)
    back = [field for field, spec in schema.refs(table).items() if spec.ref == table]
    if not numbers.belongs:
        wanted = {numbers.own[0]: key} if numbers.named and holder is None else {}
    elif len(back) == 1 and numbers.own and not known.same_noun(name, table) and _says(evidence, name, table, back[0]):
        wanted = {numbers.own[0]: key, numbers.belongs[0]: targets.index(back[0])}
    else:
        wanted = {numbers.belongs[0]: key} if holder is not None and not known.says(columns[holder], table) else {}
    for i, j in wanted.items():
        give(i, j, chosen, shares)


def _says(evidence: Evidence, name: TableName, table: str, field: str) -> bool:
    return name.noun in evidence.table_names.ideas_of(evidence.schema[table].fields[field])


def give(i: int, j: int, chosen: dict[int, int], shares: np.ndarray) -> None:
    """Take column `i` for target `j`; another column that had been taken for it has no home then."""
    for holder in [other for other, target in chosen.items() if target == j and other != i]:
        _take(holder, chosen, shares)
    best = int(shares[i].argmax())
    shares[i, [j, best]] = shares[i, [best, j]]
    chosen[i] = j


def _take(i: int, chosen: dict[int, int], shares: np.ndarray) -> None:
    """Leave column `i` without a home."""
    j = chosen.pop(i)
    shares[i, [j, -1]] = 0.0, shares[i, j] + shares[i, -1]


def settle_references(
    evidence: Evidence,
    source: str,
    table: str,
    columns: Sequence[str],
    targets: Sequence[str],
    by_key: np.ndarray,
    exact: np.ndarray,
    chosen: dict[int, int],
    shares: np.ndarray,
) -> None:
    """Settle in `chosen` (column → target) which of two columns says whose a row is, where people stand in both.

    Where none is called like the patients' own key (`by_key`, columns by targets: `key_headers`), it is the one that has the word itself:
    `Patient Name` beside `Client Name`. The other has no home then: what it says is asked; nor has one of names that was taken for the id.
    `exact`: 1 where a header is a known spelling of a target.
    """
    for target, spec in first_references(evidence, table, targets).items():
        j = targets.index(target)
        named = _literal(columns, exact[:, j], _holder(j, chosen), str(spec.ref))
        if named is not None and not by_key[:, j].any():
            give(named, j, chosen, shares)
        if spec.ref_name is None:
            continue
        name = targets.index(target.removesuffix(spec.name) + spec.ref_name)
        named = _literal(columns, exact[:, name], _holder(name, chosen), str(spec.ref))
        if named is not None:
            give(named, name, chosen, shares)
        holder = _holder(j, chosen)
        if holder is not None and _holder(name, chosen) is not None and _are_names(evidence, (source, columns[holder])):
            _take(holder, chosen, shares)


def _holder(target: int, chosen: Mapping[int, int]) -> int | None:
    return next((i for i, j in chosen.items() if j == target), None)


def _literal(columns: Sequence[str], exact: np.ndarray, holder: int | None, of: str) -> int | None:
    """Return the column that has the word of the table itself, where the one taken for it is called so by another word."""
    words = {of, of.removesuffix("s")}
    alike = [i for i in range(len(columns)) if exact[i] and not words.isdisjoint(split_words(columns[i]))]
    return alike[0] if alike and holder is not None and holder not in alike and exact[holder] else None


def _are_names(evidence: Evidence, column: Column) -> bool:
    seen = evidence.export.profiles[column]
    return bool(seen.filled) and seen.share("person's name", "name, last first") >= _NEARLY_ALL


def first_references(evidence: Evidence, table: str, targets: Sequence[str]) -> dict[str, CanonicalField]:
    """Return the first target that refers to each other table, with its field: `patient_id`, not who pays."""
    found: dict[str | None, tuple[str, CanonicalField]] = {}
    for target in targets:
        spec = field_of(evidence.schema, table, target)
        if spec.ref not in (None, table):
            found.setdefault(spec.ref, (target, spec))
    return dict(found.values())
