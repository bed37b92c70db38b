"""Rows that are totals because their amounts are the sums of the rows above them, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import pyarrow as pa

from .anatomy import Total
from .cells.money import parse_money
from .layout import is_amount, is_bare_total, may_be_total

TAIL = 5
"""Last rows of a sheet that are looked at although their first cell reads like any other."""
FEWEST = 3
"""Rows above from which a row without any word is believed to be their total."""


def proven_totals(table: pa.Table, suspects: Sequence[int], totals: Sequence[Total], begins: Collection[int] = ()) -> list[Total]:
    """Return the rows among the suspects, and among the last ones, whose every amount is a sum or the count of rows.

    `table` holds the data rows (string columns and `_line`); `Total.rows_above` counts the data rows as they are in it; `begins` are the
    rows with which blocks begin. A row without a word counts only where it is the last one of the sheet or, without a first cell, of a
    block; rows with no word but their group's only where one of them sums several rows: below a single row, one may be its like.
    """
    size = len(table)
    rows = sorted({row for row in suspects if row < size} | set(range(max(0, size - TAIL), size)))
    ends = {begin - 1 for begin in begins}
    found = _proven(table, rows, totals, ends, bare=True)
    if any(bare for _, bare, _ in found) and not any(bare and above > 1 for _, bare, above in found):
        found = _proven(table, rows, totals, ends, bare=False)
    return [total for total, _, _ in found]


def _proven(
    table: pa.Table, rows: Sequence[int], totals: Sequence[Total], ends: Collection[int], *, bare: bool
) -> list[tuple[Total, bool, int]]:
    """Return (total, whether it has no word but its group's, rows of its group) of the rows that are totals."""
    names = [name for name in table.column_names if not name.startswith("_")]
    found: list[tuple[Total, bool, int]] = []
    sums: dict[str, list[int]] = {}
    for row in rows:
        cells = [str(table.column(name)[row].as_py() or "").strip() for name in names]
        filled = [cell for cell in cells if cell]
        if not may_be_total(cells, filled):
            continue
        above = [one.rows_above for one in totals if one.rows_above <= row] + [one.rows_above + 1 for one, _, _ in found]
        begin = max([*above, *(end + 1 for end in ends if end < row), 0])
        words = [cell for cell in filled if not is_amount(cell)]
        is_bare = is_bare_total(cells, filled)
        if is_bare and not (bare and row > begin and _repeats_its_group(table, names, cells, row)):
            continue
        ends_block = row in ends and not cells[0]
        if not words and not ends_block and (row != len(table) - 1 or row - len(found) < FEWEST):
            continue
        if words and row - begin < 2 and not _names_the_row_above(table, names, words, row):
            continue
        out = [one.rows_above for one, _, _ in found]
        if _adds_up(table, {name: cell for name, cell in zip(names, cells, strict=True) if cell}, row, begin, out, sums):
            found.append((Total(int(table.column("_line")[row].as_py()), cells, row), is_bare, row - begin))
    return found


def _repeats_its_group(table: pa.Table, names: Sequence[str], cells: Sequence[str], row: int) -> bool:
    """Return whether the row's only word stands in the same column of the row above, which has a first cell."""
    above = [str(table.column(name)[row - 1].as_py() or "").strip() for name in names]
    return bool(above[0]) and all(cell == other for cell, other in zip(cells, above, strict=True) if cell and not is_amount(cell))


def _names_the_row_above(table: pa.Table, names: Sequence[str], words: Sequence[str], row: int) -> bool:
    """`Total Kay` below the only row of Kay."""
    meant = {re.sub(r"\W*\b(?:sub[\s-]*)?totals?\b\W*", "", word, flags=re.IGNORECASE).casefold() for word in words} - {""}
    above = " ".join(str(table.column(name)[row - 1].as_py() or "") for name in names).casefold() if row else ""
    return any(word in above for word in meant)


def _adds_up(table: pa.Table, cells: dict[str, str], row: int, begin: int, out: Sequence[int], sums: dict[str, list[int]]) -> bool:
    proven = False
    for name, cell in cells.items():
        amount = parse_money(cell)[0]
        if amount is None:
            continue
        if name not in sums:
            sums[name] = _running(table.column(name))
        above = sums[name][row] - sum(sums[name][one + 1] - sums[name][one] for one in out)
        if amount in (above, sums[name][row] - sums[name][begin]):
            proven = proven or amount != 0
        elif row > begin and cell == str(table.column(name)[row - 1].as_py() or "").strip():
            continue  # the last of a running balance
        elif amount != 100 * (row - len(out)):
            return False
    return proven


def _running(column: pa.ChunkedArray) -> list[int]:
    """Return the sum of the amounts above each row, and below the last one that of all."""
    known: dict[str | None, int] = {None: 0}
    total, running = 0, [0]
    for cell in column.to_pylist():
        if cell not in known:
            known[cell] = parse_money(cell)[0] or 0
        total += known[cell]
        running.append(total)
    return running
