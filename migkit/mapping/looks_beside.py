"""How the values of a column look beside those of the same rows: names in e-mails, ends after starts, amounts that add up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import permutations

import numpy as np

from .shapes import Profile
from .structure import Column
from .written import days_of, numbers_of, seconds_of

Cells = Mapping[str, list[str | None]]
"""Column → its values in the rows that are looked at, those of one row at one place."""


def look_beside(found: Mapping[str, dict[str, float]], cells: Cells, profiles: Mapping[Column, Profile], name: str) -> None:
    """Add what the other cells of the same rows say: names in e-mails and whole names, ends after starts, the largest amount."""
    looks = {c: profiles[name, c] for c in found}
    mails = [c for c in found if looks[c].share("e-mail") > 0.6]
    codes = [c for c in found if looks[c].share("postcode") > 0.6 and 0.05 < found[c]["unique"] < 0.95]
    whole = [c for c in found if looks[c].share("person's name", "name, last first") > 0.5 and found[c]["words"] >= 0.35]
    words = [c for c in found if looks[c].share("one word") > 0.6 and found[c]["different"] > 0.3]
    for column in words:
        facts = found[column]
        facts["in e-mail"] = max((_within(cells[column], cells[mail]) for mail in mails), default=0.0)
        facts["begins e-mail"] = max((_begins(cells[column], cells[mail]) for mail in mails), default=0.0)
        facts["with postcode"] = max((_follows(cells[column], cells[code]) for code in codes if code != column), default=0.0)
        facts["part of name"] = max((_within(cells[column], cells[other]) for other in whole if other != column), default=0.0)
    for column in whole:
        found[column]["in e-mail"] = max(
            (_within([(v or "").split(",")[0].split(" ")[-1] or None for v in cells[column]], cells[m]) for m in mails), default=0.0
        )
        found[column]["holds names"] = max((_within(cells[other], cells[column]) for other in words if other != column), default=0.0)
    for group in (
        [c for c in found if looks[c].share("datetime") > 0.6],
        [c for c in found if looks[c].share("time") > 0.6 and looks[c].share("date", "datetime") < 0.5],
    ):
        order = {c: [_moment(v) for v in cells[c]] for c in group}
        _compare(found, order, "later", "earlier")
    amounts = {
        c: [next(iter(numbers_of([v])), None) if v else None for v in cells[c]]
        for c in found
        if found[c].get("number") and found[c].get("cents", 0) > 0.1
    }
    _compare(found, amounts, "largest", "smallest")
    counts = {c: [next(iter(numbers_of([v])), None) if v else None for v in cells[c]] for c in found if found[c].get("number")}
    _reckon(found, amounts, counts)


def _moment(value: str | None) -> float | None:
    if not value:
        return None
    if parts := days_of([value]):
        return parts[0][0] * 86_400 + max(parts[0][1], 0)
    seconds = seconds_of(value)
    return seconds if seconds >= 0 else None


def _compare(found: Mapping[str, dict[str, float]], order: Mapping[str, Sequence[float | None]], more: str, less: str) -> None:
    if len(order) < 2:
        return
    table = (
        np.array([[np.nan if v is None else v for v in column] for column in order.values()], dtype=float)
        if len({len(v) for v in order.values()}) == 1
        else None
    )
    if table is None:
        return
    usable = table[:, np.isfinite(table).sum(axis=0) >= 2]
    if not usable.size:
        return
    high, low = np.nanmax(usable, axis=0), np.nanmin(usable, axis=0)
    for column, values in zip(order, usable, strict=True):
        known = np.isfinite(values)
        if known.any():
            found[column][more] = float(((values == high) & (high > low))[known].mean())
            found[column][less] = float(((values == low) & (high > low))[known].mean())


_MOST_RECKONED = 8
"""Columns of amounts, and of numbers, that are tried with one another."""
_ROWS_RECKONED = 40
_LEAST_RECKONED = 5
"""Rows that must tell: with nothing taken off, and one of each, every sum comes out."""


def _reckon(
    found: Mapping[str, dict[str, float]], amounts: Mapping[str, Sequence[float | None]], counts: Mapping[str, Sequence[float | None]]
) -> None:
    """Add which amounts are sums of two others, or an amount so many times: what is owed and paid add up to the total."""
    money = {c: _known(v) for c, v in list(amounts.items())[:_MOST_RECKONED]}
    times = {c: _known(v) for c, v in list(counts.items())[: 2 * _MOST_RECKONED] if c not in money and found[c].get("small", 0.0) > 0.9}
    for whole, one, other in permutations(money, 3):
        if one < other and (share := _comes_out(money[whole], money[one], money[other], np.add, 0.0)):
            found[whole]["sum"] = max(found[whole].get("sum", 0.0), share)
            for part in (one, other):
                found[part]["addend"] = max(found[part].get("addend", 0.0), share)
    for whole, one in permutations(money, 2):
        for count in times:
            if share := _comes_out(money[whole], money[one], times[count], np.multiply, 1.0):
                found[whole]["product"] = max(found[whole].get("product", 0.0), share)
                found[one]["factor"] = max(found[one].get("factor", 0.0), share)
                found[count]["factor"] = max(found[count].get("factor", 0.0), share)


def _known(values: Sequence[float | None]) -> np.ndarray:
    return np.array([np.nan if v is None else v for v in values[:_ROWS_RECKONED]], dtype=float)


def _comes_out(whole: np.ndarray, one: np.ndarray, other: np.ndarray, how: Callable[..., np.ndarray], idle: float) -> float:
    """Return the share of the rows that tell in which it comes out; where one of the two is idle (nothing added), a row tells nothing."""
    if not len(whole) == len(one) == len(other):
        return 0.0
    telling = np.isfinite(whole + one + other) & (one != idle) & (other != idle) & (one != 0)
    if telling.sum() < _LEAST_RECKONED:
        return 0.0
    share = float(np.isclose(how(one[telling], other[telling]), whole[telling], atol=0.011).mean())
    return share if share > 0.7 else 0.0


def _follows(values: Sequence[str | None], groups: Sequence[str | None]) -> float:
    """Return the share of rows of one group that have the value of the group's first row; 0 where hardly any group has two."""
    first: dict[str, str] = {}
    same = [first.setdefault(group, value) == value for group, value in zip(groups, values, strict=False) if group and value]
    repeats = len(same) - len(first)
    return (sum(same) - len(first)) / repeats if repeats >= 5 else 0.0


def _begins(parts: Sequence[str | None], wholes: Sequence[str | None]) -> float:
    """Return the share of rows in which the one begins the other, case aside."""
    pairs = [(p.lower(), w.lower()) for p, w in zip(parts, wholes, strict=False) if p and w and len(p) > 2]
    return sum(w.startswith(p) for p, w in pairs) / len(pairs) if len(pairs) >= 5 else 0.0


def _within(parts: Sequence[str | None], wholes: Sequence[str | None]) -> float:
    """Return the share of rows in which the letters of the one stand in the other."""
    pairs = [(p.lower(), w.lower()) for p, w in zip(parts, wholes, strict=False) if p and w and len(p) > 2]
    return sum(re.sub(r"[^a-zà-ÿ]", "", p) in re.sub(r"[^a-zà-ÿ@]", "", w) for p, w in pairs) / len(pairs) if len(pairs) >= 5 else 0.0
