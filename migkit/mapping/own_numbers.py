"""Which number is a row's own where its file says that the rows are something else than the table's records: refunds, allocations, notes.

`refunds` have a `Refund No` of their own, and a `Receipt No` that is the receipt's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .evidence import Evidence
from .table_names import TableName

_NUMBERS = frozenset({"id", "number", "code", "key"})
"""Ideas that make a header one of a number: `Refund No`, `ID`."""


@dataclass(frozen=True)
class Numbers:
    """Columns, by number, that hold numbers: of the rows themselves, and of the table's records that they belong to."""

    own: Sequence[int]
    belongs: Sequence[int]
    named: bool
    """Whether one of its own says so: `Refund No` of refunds, not a mere `ID`."""


def numbers_of(evidence: Evidence, name: TableName, table: str, columns: Sequence[str], exact: np.ndarray) -> Numbers:
    """Return both kinds of numbers. `exact`: 1 by column where it is called just like the table's key; `name`: what the file is called."""
    known, ideas = evidence.table_names, [evidence.matcher.lexicon.ideas(column) for column in columns]
    belongs = [i for i, column in enumerate(columns) if exact[i] and known.says(column, table) and name.noun not in ideas[i]]
    bare = [i for i, said in enumerate(ideas) if said and _NUMBERS.issuperset(said)]
    called = [i for i, said in enumerate(ideas) if name.noun and name.noun in said and said[-1] in _NUMBERS]
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
    and nothing else is the key, their own number is. `exact`: 1 where a
    header is a known spelling of a target; `shares` (columns by targets, and none) change with it.
    """
    schema, known = evidence.schema, evidence.table_names
    name = known.read(evidence.export.raw.tables[source].name)
    if len(schema[table].key) != 1 or name.noun in ("", known.read(table).noun):
        return
    key = targets.index(schema[table].key[0])
    numbers = numbers_of(evidence, name, table, columns, exact[:, key])
    holder = next((i for i, j in chosen.items() if j == key), None)
    back = [field for field, spec in schema.refs(table).items() if spec.ref == table]
    if not numbers.belongs:
        wanted = {numbers.own[0]: key} if numbers.named and holder is None else {}
    elif len(back) == 1 and numbers.own and name.noun in known.ideas_of(schema[table].fields[back[0]]):
        wanted = {numbers.own[0]: key, numbers.belongs[0]: targets.index(back[0])}
    else:
        wanted = {numbers.belongs[0]: key} if holder is not None and not known.says(columns[holder], table) else {}
    for i in [i for i, j in chosen.items() if j in wanted.values() and wanted.get(i) != j]:
        j = chosen.pop(i)
        shares[i, [j, -1]] = 0.0, shares[i, j] + shares[i, -1]
    for i, j in wanted.items():
        best = int(shares[i].argmax())
        shares[i, [j, best]] = shares[i, [best, j]]
    chosen |= wanted
