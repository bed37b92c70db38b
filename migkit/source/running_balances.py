"""Balances that run over the rows of an account: each is the one before and what its row comes to, so they are of no row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from itertools import permutations

from .accounts import BALANCE, PROVEN, Grid, grid_of
from .ledgers import whose
from .sheet import Sheet

_LEAST = 3
"""Steps from a balance that is not nought, by an amount that is not, which no invoices' own balances make by chance."""
_LOOKED_AT = 500
"""Rows that are looked at before the whole table is."""
Steps = tuple[int, int, int]
"""How many steps there are, how many hold, how many of these prove something."""
Way = tuple[str, str, bool]
"""Columns that are added and taken off, "" where none is, and whether the newest row stands first."""


def running_balances(sheets: Sequence[Sheet]) -> list[tuple[str, ...]]:
    """Return for each sheet its columns that hold a running balance; those of one header (a file a month) prove it together."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, sheet in enumerate(sheets):
        if any(map(BALANCE.search, sheet.own)):
            alike[sheet.own].append(place)
    found: list[tuple[str, ...]] = [()] * len(sheets)
    for own, places in alike.items():
        running = _running([sheets[place] for place in places], own)
        found = [running if place in places else known for place, known in enumerate(found)]
    return found


def _running(sheets: Sequence[Sheet], own: Sequence[str]) -> tuple[str, ...]:
    """Return which columns run in all sheets together; their first rows disprove most, before the whole tables are read as amounts."""
    firsts = [grid_of(replace(sheet, table=sheet.table.slice(0, _LOOKED_AT))) for sheet in sheets]
    likely = {name: ways for name in own if BALANCE.search(name) and (ways := _not_disproven(firsts, name, _ways(firsts, name)))}
    if not likely:
        return ()
    whole = [grid_of(sheet) for sheet in sheets]
    return tuple(name for name, ways in likely.items() if any(_proven(_added(whole, *way, name)) for way in ways))


def _not_disproven(grids: Sequence[Grid], balance: str, ways: Iterable[Way]) -> list[Way]:
    counted = ((way, _added(grids, *way, balance)) for way in ways)
    return [way for way, (every, right, _) in counted if right >= PROVEN * every]


def _ways(grids: Sequence[Grid], balance: str) -> Iterable[Way]:
    """Yield how a balance may go on: by one column of amounts, or by one less another, from the top or from the bottom."""
    amounts = sorted(set[str]().union(*(grid.cents for grid in grids)) - {balance})
    pairs = (*((name, "") for name in amounts), *permutations(amounts, 2))
    return ((added, taken, newest_first) for added, taken in pairs for newest_first in (False, True))


def _proven(steps: Steps) -> bool:
    every, right, proving = steps
    return proving >= _LEAST and right >= PROVEN * every


def _added(grids: Sequence[Grid], added: str, taken: str, newest_first: bool, balance: str) -> Steps:
    """Return the steps of all sheets, each counted over all its rows or over each patient's, whichever proves more."""
    sums = [0, 0, 0]
    for grid in grids:
        nothing: list[int | None] = [None] * len(grid)
        plus, minus = grid.cents.get(added, nothing), grid.cents.get(taken, nothing)
        moved = [(one or 0) - (other or 0) for one, other in zip(plus, minus, strict=True)]
        balances = grid.cents.get(balance, nothing)
        groups: Iterable[Sequence[Hashable]] = ([""] * len(grid), *whose(grid))
        ways = [_steps(moved, balances, list(zip(grid.blocks, group, strict=True)), newest_first, not taken) for group in groups]
        best = max(ways, key=lambda way: (way[1] / max(way[0], 1), way[2]))
        sums = [total + one for total, one in zip(sums, best, strict=True)]
    return sums[0], sums[1], sums[2]


def _steps(moved: Sequence[int], balances: Sequence[int | None], places: Sequence[Hashable], newest_first: bool, unsigned: bool) -> Steps:
    """`unsigned`: amounts may stand without the sign that their kind of row gives them."""
    order = range(len(moved) - 1, -1, -1) if newest_first else range(len(moved))
    last: dict[Hashable, int] = {}
    since: dict[Hashable, int] = defaultdict(int)
    every = right = proving = 0
    for row in order:
        place, now = places[row], balances[row]
        since[place] += moved[row]
        if now is None:
            continue
        if place in last:
            every += 1
            step, change = now - last[place], since[place]
            holds = step == change or (unsigned and step == -change)
            right += holds
            proving += holds and last[place] != 0 and change != 0
        last[place], since[place] = now, 0
    return every, right, proving
