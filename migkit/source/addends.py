"""Columns of amounts that add up to each other, one of which was read as what was paid or billed: the others say what it may hold."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from .cells.money import parse_money
from .layout import is_amount

_LEAST, _FEW = 2, 3
"""Rows in which none of the three is nought, from which it is no chance that they add up; one is enough where there are some more rows,
or where the parts are called alike (`Client Portion`, `Fund Portion`)."""
_DISCOUNT = re.compile(r"\b(?:disc(?:ount)?s?|rebates?|concessions?|reductions?|less)\b", re.IGNORECASE)
"""Headers of what is taken off before anybody pays."""
_OF_A_FUND = re.compile(r"\b(?:(?:health\s*)?funds?|insur\w*|hicaps|medicare|cdbs|dva|claims?|carrier)\b", re.IGNORECASE)
"""Headers of what a fund pays: a `Fund Rebate` is a part of what was billed, and not taken off it."""
_PERCENT = re.compile(r"%|\bper\s?cent(?:age)?\b|\bpct\b|\brate\b", re.IGNORECASE)
"""Headers of shares."""
_WHOLE, _HALF_A_CENT = 100, 0.5 + 1e-6
_MOST_COLUMNS = 12
"""Columns of amounts without a home beyond which no pairs are tried."""


@dataclass(frozen=True)
class Addends:
    """Three columns of which two add up to the third in every row."""

    whole: str
    parts: tuple[str, str]
    rows: int
    taken_off: frozenset[str] = frozenset()
    """Those that are written as what is taken off: none of their amounts is above nought."""

    def after_discount(self, column: str) -> str | None:
        """Return the column that holds what is left of `column`, one of the three, after a discount; None where none of them is one."""
        others = [one for one in (self.whole, *self.parts) if one != column]
        discount = next((one for one in others if one != self.whole and _DISCOUNT.search(one) and not _OF_A_FUND.search(one)), None)
        if discount is None:
            return None
        is_gross = column == self.whole or discount in self.taken_off
        return next(one for one in others if one != discount) if is_gross else column


def find_addends(raw: pd.DataFrame, column: str, free: Collection[str]) -> Addends | None:
    """Return how `column` is the sum of two `free` columns, or one of two that add up to a third; None where nothing proves it.

    `free`: columns that mean nothing; an empty one of two parts is nought.
    """
    cents = {one: read for one in free if one != column and (read := _cents(raw[one])) is not None}
    others = list(cents)[:_MOST_COLUMNS]
    if len(others) < 2 or (whole_of := _cents(raw[column])) is None:
        return None
    cents[column] = whole_of
    for pair in combinations(others, 2):
        three = sorted((column, *pair), key=list(raw.columns).index)
        for whole in three:
            one, other = (part for part in three if part != whole)
            sums = pd.DataFrame({"whole": cents[whole], "one": cents[one].fillna(0), "other": cents[other].fillna(0)}).dropna()
            full = int(sums.ne(0).all(axis=1).sum())
            if (sums["whole"] == sums["one"] + sums["other"]).all() and (
                full >= _LEAST or (full and (len(sums) >= _FEW or _words(one) & _words(other)))
            ):
                taken_off = frozenset(name for name in three if (cents[name].fillna(0) <= 0).all())
                return Addends(whole, (one, other), len(sums), taken_off)
    return None


def after_percentage(raw: pd.DataFrame, column: str) -> tuple[str, str] | None:
    """Return the column of a percentage and that of what is left of `column` after it, None where nothing proves either.

    In every row what is left is the amount less its percentage, to the cent; in one of three rows, or in two, more than nothing is taken
    off. A tax is none: it is a percentage of what is left.
    """
    names = [one for one in raw.columns if not str(one).startswith("_")]
    rates = [one for one in names if one != column and _PERCENT.search(one) and _DISCOUNT.search(one)]
    if not rates or (gross := _cents(raw[column])) is None:
        return None
    left = {one: read for one in names if one not in (column, *rates) and (read := _cents(raw[one])) is not None}
    for rate in rates:
        share = pd.to_numeric(raw[rate].str.strip().str.rstrip("%").str.strip(), errors="coerce").astype("Float64").fillna(0)
        if not share.between(0, _WHOLE).all():
            continue
        for name, cents in list(left.items())[:_MOST_COLUMNS]:
            rows = pd.DataFrame({"gross": gross, "left": cents, "share": share}).dropna()
            exact = (rows["gross"] * (_WHOLE - rows["share"]) / _WHOLE - rows["left"]).abs() <= _HALF_A_CENT
            taken = int((rows["share"].gt(0) & rows["gross"].ne(0)).sum())
            if exact.all() and (taken >= _LEAST or (taken and len(rows) >= _FEW)):
                return rate, name
    return None


def applied_part(raw: pd.DataFrame, number: str, column: str, free: Collection[str]) -> tuple[str, int] | None:
    """Return the `free` column that says what of a receipt each row applies, where `column` repeats the whole receipt in each of its rows,
    and how many receipts it leaves a part of; None where nothing proves it.

    `number`: the column of the receipts' numbers. In every receipt of several rows `column` is the same, and the parts come to no more.
    """
    several = raw.duplicated(["_file", number], keep=False)
    if not several.any() or raw[number].isna().any() or (whole := _cents(raw[column])) is None:
        return None
    names = [raw["_file"], raw[number]]
    rows = whole.groupby(names)
    if rows.nunique().gt(1).any():
        return None
    for name in free:
        part = _cents(raw[name])
        if part is None or part.isna().any() or part.eq(whole)[several].all():
            continue
        over = rows.first() - part.groupby(names).sum()
        whole_ones = over.eq(0) & rows.size().gt(1)
        if over.ge(0).all() and whole_ones.any() and not part[several].eq(0).all():
            return name, int(over.gt(0).sum())
    return None


def _words(header: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", header.casefold())) - {"the", "and", "amount", "total"}


def _cents(texts: pd.Series) -> pd.Series | None:
    """Return a column's amounts in cents, None where one of its values is none."""
    known = [str(text) for text in texts.dropna().unique()]
    if not known or not all(map(is_amount, known)):
        return None
    read = {text: parse_money(text)[0] for text in known}
    return texts.map(read, na_action="ignore").astype("Float64")
