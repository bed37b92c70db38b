"""Which of two amounts of a line is the price of one, and which the line's: what multiplies by the quantity tells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .evidence import Evidence
from .key_headers import OTHER, SAME

PRICE, LINE, QUANTITY = "fee", "total", "quantity"
"""Fields of a line: quantity × fee = total."""
_SURE, _LEAST = 0.95, 3
"""Share of the rows that must multiply, and how many must."""
_CENT = 0.011


def line_amounts(evidence: Evidence, source: str, columns: Sequence[str], targets: Sequence[str], exact: np.ndarray) -> np.ndarray:
    """Return what is added to the log-odds where quantity × one column = another, row by row: these are the price and the line's amount.

    Where every quantity is one both hold the same, and the price is the one that stands first. Nothing where no column is called the
    quantity, or where several pairs multiply.
    """
    added = np.zeros((len(columns), len(targets)))
    if not {PRICE, LINE, QUANTITY} <= set(targets):
        return added
    price, line, quantity = (targets.index(name) for name in (PRICE, LINE, QUANTITY))
    counts = [i for i in range(len(columns)) if exact[i, quantity] > 0]
    profiles = evidence.export.profiles
    amounts = [i for i, name in enumerate(columns) if i not in counts and profiles[source, name].share("number", "money") >= _SURE]
    if len(counts) != 1 or len(amounts) < 2:
        return added
    frame = evidence.export.raw.tables[source].frame
    values = {i: _numbers(frame[columns[i]]) for i in (*counts, *amounts)}
    pairs = [(a, b) for a in amounts for b in amounts if a != b and _multiplies(values[counts[0]], values[a], values[b])]
    if len(pairs) == 2 and pairs[0] == pairs[1][::-1]:
        pairs = [min(pairs)]
    if len(pairs) == 1:
        ((one, whole),) = pairs
        dotted = np.array(["." in target for target in targets])
        added[one, price], added[one, line] = SAME, OTHER
        added[whole, line], added[whole, price] = SAME, OTHER
        added[whole, dotted] = OTHER
    return added


def _multiplies(quantity: np.ndarray, one: np.ndarray, whole: np.ndarray) -> bool:
    known = ~np.isnan(quantity * one * whole) & (one != 0)
    fits = np.abs(quantity * one - whole)[known] <= _CENT
    return len(fits) >= _LEAST and bool(fits.mean() >= _SURE)


def _numbers(values: pd.Series) -> np.ndarray:
    """Return a column's amounts, nan where there is none; each spelling is read once."""
    places, spellings = pd.factorize(values.astype("string"))
    plain = pd.Series(spellings, dtype="string").str.replace(r"[$£€,\s]", "", regex=True)
    numbers = np.append(pd.to_numeric(plain, errors="coerce").astype(float), np.nan)
    return numbers[places]
