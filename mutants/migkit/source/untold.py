"""What a later export has no column for: silence is no change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from migkit.model.tables import CanonicalTables

from .derive import FOLLOWING, derive
from .log import Log

Fields = Mapping[str, frozenset[str]]
"""Canonical table → fields."""


def keep_untold(new: CanonicalTables, previous: CanonicalTables, untold: Fields, told: Fields) -> CanonicalTables:
    """Return the later tables in which fields that this export has no column for are as they were, record by record.

    `untold`: fields that the previous export filled and this one has no column for; `told`: those that it has. What follows from
    other fields (a full name from its parts) follows anew. A record that the previous export lacks stays without them.
    """
    frames = dict(new.frames)
    for table, fields in untold.items():
        now, before = frames.get(table), previous.frames.get(table)
        if now is None or before is None:
            continue
        known = before.drop_duplicates("_key").set_index("_key")
        filled: dict[str, pd.Series] = {}
        for name in sorted(fields & set(known.columns)):
            earlier = known[name].reindex(now["_key"]).set_axis(now.index)
            filled[name] = now[name].where(now[name].notna(), earlier) if name in now else earlier
        following = [name for name in FOLLOWING.get(table, ()) if name not in fields | told.get(table, frozenset())]
        again = now["_key"].isin(known.index)
        emptied = {name: now[name].mask(again) for name in following}
        frames[table] = derive(table, now.assign(**filled, **emptied), Log())
    return replace(new, frames=frames)
