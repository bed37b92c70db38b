"""Staff lists with a row for each location: a dentist has a provider number at every place where he works, and is one person."""

from __future__ import annotations

import pandas as pd

from .folded import fold_rows
from .keys import OWN
from .log import Log
from .versions import STATED_ELSEWHERE

_OF_A_PLACE = ("provider_number", "location")
"""Fields of a practitioner that are of one place."""


def join_locations(frame: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Return typed practitioners, with their keys, one row each: rows of one key that name different locations and agree in all else are
    one person, whose provider number (`2426541A (Smithfield), 2426541B (Jonestown)`) and location name all of them.

    Rows that say anything else differently, or whose location is blank or the same, are left for `versions`.
    """
    doubled = frame[frame["_key"].duplicated(keep=False) & frame["location"].notna()]
    others = [name for name in frame.columns if name not in (*OWN, *STATED_ELSEWHERE, *_OF_A_PLACE)]
    pairs: dict[int, int] = {}
    for _, rows in doubled.groupby("_key"):
        if len(rows) == 1 or rows["location"].duplicated().any() or rows[others].nunique().gt(1).any():
            continue
        first = rows.index[0]
        frame.loc[first, others] = rows[others].bfill().iloc[0]
        numbered = rows[rows["provider_number"].notna()]
        if numbered["provider_number"].nunique() > 1:
            frame.loc[first, "provider_number"] = ", ".join(numbered["provider_number"] + " (" + numbered["location"] + ")")
        elif len(numbered):
            frame.loc[first, "provider_number"] = numbered["provider_number"].iloc[0]
        frame.loc[first, "location"] = ", ".join(rows["location"])
        pairs.update(dict.fromkeys(map(int, rows.index[1:]), int(first)))
    return fold_rows("practitioners", frame, pairs, log)
