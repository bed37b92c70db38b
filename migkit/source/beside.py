"""Tables that stand beside each other in one sheet, empty columns between them.

An empty column parts a sheet only where something else says that its two sides have nothing to do with each other: they begin in
different rows, their first columns are one and hold different values, or one of them is longer. Reports that are printed with spacers
between their columns have none of this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from math import comb

from migkit.foreign.sheet import letters

from .header import FIRST_ROWS, Header, find_header
from .layout import is_footer, is_total, is_value, visible

UNLIKELY = 3
"""Least number of ways in which as many blanks could have stood elsewhere, that they all stand at the end of one side."""
_KEY = re.compile(r"\b(?:id|no|nr|num|number|code|key|ref|reference|item)s?\b|#", re.IGNORECASE)
"""A header of what tells records apart."""


@dataclass(frozen=True)
class Side:
    """One of the tables: its columns, from `left` up to `right`, counted from 0."""

    left: int
    right: int
    header: Header = field(compare=False)

    @property
    def called(self) -> str:
        """What the table is called beside the others: by the title above it, or its first column's letters."""
        title = next((title for title in self.header.titles if len(title) <= 60), "")
        return title.replace("/", " ").replace("#", " ").strip() or f"column {letters(self.left)}"

    def cut(self, rows: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return the cells of this side."""
        return [list(row[self.left : self.right]) for row in rows]


class Verdict(Enum):
    """What two sides are to each other."""

    ONE = "one table"
    APART = "two tables"
    OPEN = "either"


def gaps(rows: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Return the runs of columns that are empty in all rows and have filled ones on both sides, as (from, up to)."""
    width = max(map(len, rows), default=0)
    filled = [False] * width
    for row in rows:
        for position, cell in enumerate(row):
            if cell and not filled[position] and visible(cell):
                filled[position] = True
    known = [position for position, one in enumerate(filled) if one]
    return [(before + 1, after) for before, after in pairwise(known) if after > before + 1]


def sides(rows: Sequence[Sequence[str]], *, apart: bool = False) -> tuple[list[Side], bool]:
    """Return the tables of a sheet from left to right, none where it is one; and whether it may be two although nothing proves it.

    `apart`: somebody said that they are several.
    """
    between = gaps(rows[:FIRST_ROWS])
    between = [(begin, end) for begin, end in between if not any(any(row[begin:end]) for row in rows[FIRST_ROWS:])]
    if not between:
        return [], False
    width = max(map(len, rows))
    edges = [0, *(edge for gap in between for edge in gap), width]
    found = _with_headers(rows, [(left, right) for left, right in zip(edges[::2], edges[1::2], strict=True)])
    is_open = False
    merged = found[:1]
    for side in found[1:]:
        verdict = Verdict.APART if apart else compare(rows, merged[-1], side)
        is_open = is_open or verdict is Verdict.OPEN
        if verdict is Verdict.APART:
            merged.append(side)
        else:
            whole = _side(rows, merged[-1].left, side.right)
            merged[-1] = whole or Side(merged[-1].left, side.right, merged[-1].header)
    return (merged, is_open) if len(merged) > 1 else ([], is_open)


def _with_headers(rows: Sequence[Sequence[str]], runs: Sequence[tuple[int, int]]) -> list[Side]:
    """Return the runs of columns that are tables by themselves; one that is none belongs to the one on its left, or its right."""
    found: list[Side] = []
    begin: int | None = None
    for left, right in runs:
        side = _side(rows, left if begin is None else begin, right)
        if side is None:
            if found:
                found[-1] = _side(rows, found[-1].left, right) or Side(found[-1].left, right, found[-1].header)
            else:
                begin = left if begin is None else begin
            continue
        begin = None
        found.append(side)
    return found


def _side(rows: Sequence[Sequence[str]], left: int, right: int) -> Side | None:
    header = find_header([row[left:right] for row in rows[:FIRST_ROWS]])
    return Side(left, right, header) if header is not None else None


def compare(rows: Sequence[Sequence[str]], left: Side, right: Side) -> Verdict:
    """Return whether two sides are one table."""
    ours, theirs = left.header, right.header
    if ours.index != theirs.index and not _overlap(ours, theirs):
        later, earlier = (left, right) if ours.index > theirs.index else (right, left)
        return Verdict.APART if _begins_lower(rows, later, earlier) else Verdict.ONE
    mine, others = _records(rows, left), _records(rows, right)
    if not mine or not others:
        return Verdict.ONE
    first, second, keyed = ours.cells[0].casefold(), theirs.cells[0].casefold(), bool(_KEY.search(theirs.cells[0]))
    both = mine.keys() & others.keys()
    if first and first == second:
        return Verdict.ONE if all(mine[row] == others[row] for row in both) else Verdict.APART
    if _is_tail(others, mine):  # rows that lack all that should come first
        return Verdict.APART
    if _is_tail(mine, others):
        return Verdict.APART if keyed or (ours.titles and theirs.titles) else Verdict.OPEN
    return Verdict.OPEN if mine.keys() == others.keys() and keyed else Verdict.ONE


def _begins_lower(rows: Sequence[Sequence[str]], later: Side, earlier: Side) -> bool:
    """Return whether nothing but titles stands above the later header, and beside it a record of the other table or nothing."""
    first = later.header.index - len(later.header.rows) + 1
    above = [sum(bool(visible(cell)) for cell in row[later.left : later.right]) for row in rows[:first]]
    beside = [cell for cell in map(visible, rows[later.header.index][earlier.left : earlier.right]) if cell]
    return all(count < 2 for count in above) and (not beside or any(map(is_value, beside)))


def _overlap(ours: Header, theirs: Header) -> bool:
    """Return whether the rows of two headers share a row, as where one side's header has two."""
    mine, others = ({header.index - back for back in range(len(header.rows))} for header in (ours, theirs))
    return bool(mine & others)


def _records(rows: Sequence[Sequence[str]], side: Side) -> dict[int, str]:
    """Return the rows below the header that hold anything, with their first cell; no totals and no footers."""
    found = {}
    for number in range(side.header.index + 1, len(rows)):
        cells = [visible(cell) for cell in rows[number][side.left : side.right]]
        filled = [cell for cell in cells if cell]
        if filled and not is_total(cells, filled) and not (len(filled) == 1 and is_footer(filled[0])):
            found[number] = cells[0]
    return found


def _is_tail(longer: dict[int, str], shorter: dict[int, str]) -> bool:
    """Return whether rows of the longer side stand below all rows of the shorter one, and too many to do so by chance."""
    last = max(shorter)
    below = [row for row in longer if row > last]
    holes = sum(row not in shorter for row in longer if row <= last)
    return bool(below) and not holes and comb(len(longer), len(below)) >= UNLIKELY
