"""What a later export has no column for stays as it was: an absent column is no change, and no other file speaks for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from migkit.model.canonical import CanonicalSchema, CanonicalTable
from migkit.model.outcomes import Outcome
from migkit.model.tables import CanonicalTables

from .ahead import tell_ahead
from .carried_times import TIMES, times_of_moved
from .contacts import FURTHER, carried_lines
from .derive import FOLLOWING, derive
from .log import Log
from .status_words import said_by_status
from .yielding import BY_RECEIPTS, outlasting, overtaken, paid_otherwise

Columns = Mapping[str, Mapping[str, frozenset[str]]]
"""File → canonical table → fields."""
JOINED = "joined"
"""Start of the reason of a row that was joined, field by field, with a row of another table."""


def carry_forward(
    new: CanonicalTables, previous: CanonicalTables, present: Columns, absent: Columns, schema: CanonicalSchema, today: date
) -> CanonicalTables:
    """Return the later tables in which each row keeps what its own file has no column for, as it was in `previous`.

    `present`: what each file of this export has decided columns for; `absent`: what the decided map fills and the file has no column
    for; `today`: the later export's day. A row joined from several files lacks what all of them lack. What follows from other fields (a
    full name from its parts) follows anew, and what goes with them (the end of a booking with its start) goes along. What the later
    export says otherwise in other words is not carried: an unpaid invoice that is paid by its balance, or by a receipt. A record that
    the previous export lacks stays without them.
    """
    frames = dict(new.frames)
    joined = _joined_files(new)
    for table in sorted(new.frames, key=lambda table: table != "payments"):  # invoices ask what the receipts say
        now, before = new.frames[table], previous.frames.get(table)
        if before is None or before.empty or now.empty:
            continue
        known = before.drop_duplicates("_key").set_index("_key")
        files = [frozenset({file, *joined.get(key, ())}) for file, key in zip(now["_file"].astype(str), now["_key"], strict=True)]
        carried = now
        for sources, rows in now.groupby(pd.Series(files, now.index), sort=False).groups.items():
            lacking = frozenset.intersection(*(absent.get(file, {}).get(table, frozenset()) for file in sources))
            given = frozenset().union(*(present.get(file, {}).get(table, frozenset()) for file in sources))
            if "status" in lacking:
                lacking |= said_by_status(table) - given
            anew = paid_otherwise(frames, previous.frames) if table == "invoices" and lacking & BY_RECEIPTS else ()
            carried = _carry(schema[table], carried, rows, known, lacking, given, anew, today)
        if carried is not now:
            frames[table] = derive(schema[table], carried, Log())
            tell_ahead(table, frames[table], today, Log())
    return replace(new, frames=frames)


def _carry(
    spec: CanonicalTable,
    frame: pd.DataFrame,
    rows: pd.Index,
    known: pd.DataFrame,
    lacking: frozenset[str],
    given: frozenset[str],
    paid_anew: Collection[str],
    today: date,
) -> pd.DataFrame:
    names = sorted(lacking & set(known.columns))
    if not names:
        return frame
    frame, own = frame.copy(), frame
    keys = frame.loc[rows, "_key"]
    again = rows[keys.isin(known.index)]
    for name in FURTHER:
        if name in known and name in frame:
            frame.loc[rows, name] = carried_lines(frame.loc[rows, name], known[name].reindex(keys).set_axis(rows), lacking)
    for name in (one for one in names if one not in FURTHER):
        earlier = known[name].reindex(keys).set_axis(rows)
        if name not in frame:
            frame[name] = pd.Series(pd.NA, index=frame.index, dtype=known[name].dtype)
        frame.loc[rows, name] = frame.loc[rows, name].where(frame.loc[rows, name].notna(), earlier)
    own, was = own.loc[again], known.reindex(own.loc[again, "_key"]).set_axis(again)
    if "status" in lacking:
        stays = outlasting(spec, own, was, given, paid_anew, today)
        frame.loc[stays, "status"] = was.loc[stays, "status"]
    for name, overtaken_rows in overtaken(spec.name, own, was, lacking, given, paid_anew):
        frame.loc[overtaken_rows, name] = _nothing(frame[name])
    if spec.name == "appointments" and lacking.intersection(TIMES):
        moved = times_of_moved(own, was, lacking)
        for name in moved:
            frame.loc[moved.index, name] = moved[name]
    for name in FOLLOWING.get(spec.name, ()):
        if name not in lacking | given:
            frame.loc[again, name] = _nothing(frame[name])
    return frame


def _nothing(column: pd.Series) -> Any:
    return pd.NaT if column.dtype.kind == "M" else pd.NA


def _joined_files(tables: CanonicalTables) -> dict[str, set[str]]:
    """Return key → files of the rows that were joined into that record's row."""
    found: dict[str, set[str]] = {}
    for row in tables.row_outcomes:
        if row.outcome is Outcome.FOLDED_INTO and row.reason is not None and row.reason.code == JOINED:
            found.setdefault(row.ref, set()).add(row.file)
    return found
