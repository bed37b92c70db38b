"""A column that names the currency of its row's amounts: what is not the practice's is no money of the practice."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from migkit.model.country import Country

from .header import fold

_HEADERS = frozenset({"currency", "currencycode", "curr", "ccy", "cur"})


def foreign_by_row(raw: pd.DataFrame, columns: Iterable[str], country: Country) -> pd.Series:
    """Return per row the code of another currency than the practice's that a column of the row names, NA where none does.

    Without a country nothing is known to be foreign.
    """
    none = pd.Series(pd.NA, index=raw.index, dtype="string")
    named = next((column for column in columns if fold(column).replace(" ", "") in _HEADERS), None)
    if named is None or not country.currency:
        return none
    codes = raw[named].str.strip().str.upper()
    return codes.where(codes.isin(country.other_signs - country.own_signs)).astype("string")


def with_currency(text: pd.Series, foreign: pd.Series) -> pd.Series:
    """Return amounts with the currency before them where it is another one: read so, they are no money of the practice."""
    return text.mask(foreign.notna() & text.notna(), foreign + " " + text) if foreign.notna().any() else text
