"""Total rows are layout, but what they add up to is checked: the cheapest proof that nothing is missing above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import pyarrow as pa

from migkit.model.outcomes import Finding

from .cells.money import parse_money
from .sheet import Sheet


def check_totals(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Yield `report-total-mismatch` per column of a total row that is not the sum of the rows above it.

    Right is the sum of all rows, of the rows since the last total, or of either without rows that stand there twice.
    """
    for sheet in sheets:
        begin = 0
        for total in sheet.totals:
            for position, column in enumerate(sheet.header.names):
                stated = parse_money(total.cells[position])[0] if position < len(total.cells) else None
                if stated is None or not _is_amounts(sheet.table.column(column)):
                    continue
                if stated not in _sums(sheet.table, column, begin, total.rows_above):
                    place = f"{sheet.file}:{total.line}"
                    yield Finding.of("report-total-mismatch", keys=(place,), place=place, column=column)
            begin = total.rows_above


def _is_amounts(column: pa.ChunkedArray) -> bool:
    values = [value for value in column.slice(0, 200).to_pylist() if value]
    return bool(values) and all(parse_money(value)[0] is not None for value in values)


def _sums(table: pa.Table, column: str, begin: int, end: int) -> set[int]:
    amounts = [parse_money(value or "0")[0] or 0 for value in table.column(column).slice(0, end).to_pylist()]
    rows = pd.DataFrame(table.drop_columns(["_line"]).slice(0, end).to_pandas())
    once = pd.Series(amounts, dtype="int64")[~rows.duplicated()]
    return {sum(amounts), sum(amounts[begin:]), int(once.sum())}
