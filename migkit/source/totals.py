"""Total rows are layout, but what they add up to is checked: the cheapest proof that nothing is missing above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import pandas as pd
import pyarrow as pa

from migkit.model.outcomes import Finding

from .cells.money import parse_money
from .sheet import Sheet

SUM, LAST = "sum", "last"
"""How a total follows from the rows above it; a column whose totals are mostly its last values is a running balance."""


def check_totals(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Yield `report-total-mismatch` per column of a total row that is not the sum of the rows above it.

    Right is the sum of all rows, of the rows since any earlier total or since the line that opened a block, of either without rows that
    stand there twice; of a running balance no total is asked for that.
    """
    for sheet in sheets:
        begins: list[int] = [0]
        sums: dict[str, _Sums | None] = {}
        right: Counter[tuple[str, str]] = Counter()
        wrong: list[tuple[str, Finding]] = []
        openings = [one.rows_above for one in sheet.openings]
        again = _again(sheet.table) if sheet.totals else []
        for total in sheet.totals:
            known = {*begins, *(row for row in openings if row <= total.rows_above)}
            for position, column in enumerate(sheet.own):
                stated = parse_money(total.cells[position])[0] if position < len(total.cells) else None
                if stated is None:
                    continue
                if column not in sums:
                    sums[column] = _Sums.of(_amounts(sheet.table, column), again)
                of_column = sums[column]
                if of_column is None:
                    continue
                how = of_column.reach(stated, known, total.rows_above)
                right.update((column, one) for one in how if stated)
                if not how:
                    place = f"{sheet.file}:{total.line}"
                    wrong.append((column, Finding.of("report-total-mismatch", keys=(place,), place=place, column=column)))
            begins.append(total.rows_above)
        yield from (finding for column, finding in wrong if right[column, LAST] <= right[column, SUM])


def stated_sums(sheet: Sheet) -> dict[str, int]:
    """Return column → cents that the total rows of a sheet say of all its rows: the last one, or those of its blocks together.

    Where they say it of some rows alone, or it is not what these add up to (`check_totals` tells that), the column is not here.
    """
    found = {}
    for position, column in enumerate(sheet.own):
        stated = [(parse_money(one.cells[position])[0], one.rows_above) for one in sheet.totals if position < len(one.cells)]
        known = [(cents, end) for cents, end in stated if cents is not None]
        cells = _amounts(sheet.table, column) if known and known[-1][1] == len(sheet.table) else None
        if cells is None:
            continue
        every, last, ends = _running(cells), known[-1][0], [0, *(end for _, end in known)]
        blocks = [every[end] - every[begin] for begin, end in pairwise(ends)]
        if last == every[-1]:
            found[column] = last
        elif blocks == [cents for cents, _ in known]:
            found[column] = sum(blocks)
    return found


@dataclass(frozen=True)
class _Sums:
    """The running sums of a column of amounts, of all rows and of those that stand there for the first time, and its own values."""

    every: list[int]
    once: list[int]
    cells: list[int | None]

    @classmethod
    def of(cls, cells: list[int | None] | None, again: Sequence[bool]) -> _Sums | None:
        """Return the sums of a column's cells, of which the rows stand there `again`; None where they are none (`_amounts`)."""
        if cells is None:
            return None
        once = [None if twice else cents for cents, twice in zip(cells, again, strict=True)]
        return cls(_running(cells), _running(once), cells)

    def reach(self, stated: int, begins: Collection[int], end: int) -> frozenset[str]:
        """Return how a total follows from the rows above `end`: as the sum from one of these rows on, as the last value, both, neither."""
        summed = any(stated in (self.every[end] - self.every[begin], self.once[end] - self.once[begin]) for begin in begins)
        last = next((cents for cents in reversed(self.cells[:end]) if cents is not None), None)
        return frozenset({SUM} if summed else ()) | frozenset({LAST} if last is not None and last == stated else ())


def _amounts(table: pa.Table, column: str) -> list[int | None] | None:
    """Return the cents of a column by row, None for a column that does not hold amounts alone."""
    values = table.column(column).to_pylist()
    known = {value: parse_money(value)[0] for value in set(values) if value}
    if not known or any(cents is None for cents in known.values()):
        return None
    return [known[value] if value else None for value in values]


def _again(table: pa.Table) -> list[bool]:
    """Return by row whether the same stands above it."""
    return pd.DataFrame(table.drop_columns(["_line"]).to_pandas()).duplicated().tolist()


def _running(cells: Sequence[int | None]) -> list[int]:
    """Return the sums of the first cells: of none, of one, …, of all; an empty cell adds nothing."""
    return list(accumulate((cents or 0 for cents in cells), initial=0))
