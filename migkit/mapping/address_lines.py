"""Where the lines of an address go that no field is left for by name: `Suburb` beside `City`, `Address 3` below two others."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from .evidence import Evidence
from .own_numbers import give

_LINE, _PLACE, _REGION = "address_line2", "suburb", "state"
_TOWN = re.compile(r"\b(?:city|town|post[\s_]?town)\b", re.IGNORECASE)
"""Headers of the place that is written last: where there is a suburb as well, it lies in that."""
_LATER = re.compile(r"(?:addr(?:ess)?)[\s_.]*(?:line)?[\s_.]*([3-5])", re.IGNORECASE)
"""Headers of a third line and those below."""


def settle_address(
    evidence: Evidence,
    source: str,
    columns: Sequence[str],
    targets: Sequence[str],
    exact: np.ndarray,
    chosen: dict[int, int],
    shares: np.ndarray,
) -> None:
    """Give a column of an address that has no home the next field that is free, so that the whole is written in the order of its columns.

    Of two that are called a place, the suburb is the line above the city. `exact`: 1 where a header is a known spelling of a target;
    `chosen` (column → target) and `shares` (columns by targets, and none) change with it.
    """
    if _LINE not in targets or _PLACE not in targets:
        return
    line, place = targets.index(_LINE), targets.index(_PLACE)
    called = [i for i, column in enumerate(columns) if exact[i, place] and _is_filled(evidence, source, column)]
    cities = [i for i in called if _TOWN.search(columns[i].replace("_", " "))]
    if len(called) == 2 and len(cities) == 1 and line not in chosen.values():
        give(cities[0], place, chosen, shares)
        give(next(i for i in called if i not in cities), line, chosen, shares)
    for i, column in enumerate(columns):
        if i in chosen or not _LATER.fullmatch(column.strip()) or not _is_filled(evidence, source, column):
            continue
        free = [targets.index(one) for one in (_LINE, _PLACE, _REGION) if one in targets and targets.index(one) not in chosen.values()]
        if free:
            give(i, free[0], chosen, shares)


def _is_filled(evidence: Evidence, source: str, column: str) -> bool:
    return evidence.export.profiles[source, column].filled > 0
