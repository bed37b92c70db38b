"""Weekdays beside dates: `Tue` beside 12/01/2026 says that this is the first of December."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from migkit.model.country import DAY, MONTH
from migkit.model.tables import SourceTable

from .cells.dates import WEEKDAYS, is_ambiguous
from .columns import Shown

_WEEKDAY = re.compile(
    r"\s*(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\s*", re.IGNORECASE
)


def weekday_columns(source: SourceTable) -> list[str]:
    """Return the columns that hold weekdays and nothing else."""
    return [name for name in source.columns if _are_weekdays(source.frame[name].dropna())]


def _are_weekdays(cells: pd.Series) -> bool:
    return len(cells) > 0 and _WEEKDAY.fullmatch(cells.iloc[0]) is not None and all(map(_WEEKDAY.fullmatch, cells.unique()))


def orders_by_weekdays(texts: pd.Series, weekdays: pd.Series) -> Shown:
    """Return how many of these dates, which may be day first or month first, the weekdays beside them prove to be the one or the other;
    none where they contradict each other, or where neither order fits them all."""
    proven = {DAY: 0, MONTH: 0}
    for text, weekday in zip(texts, weekdays, strict=True):
        if pd.isna(text) or pd.isna(weekday) or not is_ambiguous(str(text).strip()):
            continue
        wanted = WEEKDAYS.index(str(weekday).strip().casefold()[:3])
        first, second, year = (int(part) for part in re.split(r"\D", str(text).strip())[:3])
        year += 2000 if year < 100 else 0
        fits = {DAY: date(year, second, first).weekday() == wanted, MONTH: date(year, first, second).weekday() == wanted}
        if not any(fits.values()):
            return {DAY: 0, MONTH: 0}
        for order in (DAY, MONTH):
            proven[order] += fits[order] and not all(fits.values())
    return proven if not all(proven.values()) else {DAY: 0, MONTH: 0}
