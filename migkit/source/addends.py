"""Columns of amounts that add up to each other, one of which was read as what was paid or billed: the others say what it may hold."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

import pandas as pd

from .cells.money import parse_money
from .layout import is_amount
from .log import Log

_LEAST, _FEW = 2, 3
"""Rows in which none of the three is nought, from which it is no chance that they add up; one is enough where there are some more rows."""
_MOST_COLUMNS = 12
"""Columns of amounts without a home beyond which no pairs are tried."""


def find_addends(raw: pd.DataFrame, name: str, home: str, column: str, free: Collection[str], log: Log) -> None:
    """Write down where `column`, read as the field `home` (`table.field`), is the sum of two `free` columns, or one of two that add up.

    `free`: columns of the source table `name` that mean nothing; an empty one of two parts is nought.
    """
    cents = {one: read for one in (column, *free) if (read := _cents(raw[one])) is not None}
    others = [one for one in cents if one != column][:_MOST_COLUMNS]
    if column not in cents:
        return
    for pair in combinations(others, 2):
        three = sorted((column, *pair), key=list(raw.columns).index)
        for whole in three:
            one, other = (part for part in three if part != whole)
            sums = pd.DataFrame({"whole": cents[whole], "one": cents[one].fillna(0), "other": cents[other].fillna(0)}).dropna()
            full = int(sums.ne(0).all(axis=1).sum())
            if (sums["whole"] == sums["one"] + sums["other"]).all() and (full >= _LEAST or (full and len(sums) >= _FEW)):
                table, _, field = home.partition(".")
                log.find("amount-of-parts", table, [name], field, len(sums), name=name, whole=whole, parts=(one, other), column=column)
                return


def _cents(texts: pd.Series) -> pd.Series | None:
    """Return a column's amounts in cents, None where one of its values is none."""
    known = [str(text) for text in texts.dropna().unique()]
    if not known or not all(map(is_amount, known)):
        return None
    read = {text: parse_money(text)[0] for text in known}
    return texts.map(read, na_action="ignore").astype("Float64")
