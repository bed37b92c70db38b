"""Dates that a spreadsheet of another country read wrong: days up to 12 became dates month first, the others stayed texts, day first."""

from __future__ import annotations

import re

import pandas as pd

from .cells.dates import is_day_first

_WORKBOOK = re.compile(r"\.(?:xls[xmb]?|ods)(?:#|$)", re.IGNORECASE)
_CELL = r"^\d{4}-(?P<month>\d\d)-(?P<day>\d\d)(?:$|[ T])"
_BY_CHANCE = 0.06
"""How likely a column of such days may be by chance to be taken for swapped."""
_EARLY, _LATE = 12 / 30.4, 18.4 / 30.4
"""Shares of all days that are up to the 12th of a month, and that are later."""
_LATEST_EARLY = 12


def swapped_dates(text: pd.Series, files: pd.Series) -> pd.Series:
    """Return which dates have day and month swapped: those of a workbook's column whose real dates are all up to the 12th and whose
    texts are all later days, day first. Real dates that a workbook was given as dates are of all days."""
    swapped = pd.Series(False, index=text.index)
    of_workbooks = [file for file in files.dropna().unique() if _WORKBOOK.search(file)]
    if not of_workbooks:
        return swapped
    workbooks = files.isin(of_workbooks)
    for _, cells in text[workbooks].dropna().groupby(files[workbooks]):
        real = cells.str.extract(_CELL)["day"].dropna().astype(int)
        texts = cells.drop(real.index)
        if real.empty or texts.empty or (real > _LATEST_EARLY).any() or not texts.map(lambda one: is_day_first(str(one).strip())).all():
            continue
        if _EARLY ** len(real) * _LATE ** len(texts) < _BY_CHANCE:
            swapped[real.index] = True
    return swapped
