"""Practitioners whom rows name where the export has no list of staff: each is one, so that somebody says which user owns their records."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from migkit.model.canonical import CanonicalSchema
from migkit.model.tables import CanonicalTables

from .keys import made_id
from .log import Log
from .names import A_NAME, same_person
from .sources import empty_frame

_TABLE = "practitioners"
_NOBODY = frozenset({"0", "-", "n/a", "na", "none", "nil", "unassigned", "not assigned", "any", "any provider", "anyone"})
"""Words for no practitioner at all."""


def make_practitioners(
    typed: Mapping[str, pd.DataFrame], schema: CanonicalSchema, previous: CanonicalTables | None, log: Log
) -> dict[str, pd.DataFrame]:
    """Return the tables with practitioners made (`_synthetic`) of the ids and names that rows give, where no export has a list of them.

    One id is one practitioner, called by the first name that stands beside it; names without an id are one practitioner where they are
    spellings of one name. Those made of an earlier export stay. Returns the tables as they are where any export lists its staff.
    """
    before = previous.frames[_TABLE] if previous is not None and _TABLE in previous.frames else empty_frame(schema[_TABLE])
    if _TABLE in typed or not before["_synthetic"].fillna(False).all():
        return dict(typed)
    named = _named(typed, schema)
    if named.empty and before.empty:
        return dict(typed)
    made = _rows(named, schema)
    kept = before[~before["practitioner_id"].isin(made["practitioner_id"])].drop(columns="_key", errors="ignore")
    whole = pd.concat([made, kept], ignore_index=True) if len(kept) else made
    if whole.empty:
        return dict(typed)
    log.find("practitioners-made", _TABLE, made["_file"] + ":" + made["_line"].astype("string"), name=", ".join(named["table"].unique()))
    return {_TABLE: whole, **typed}


def _named(typed: Mapping[str, pd.DataFrame], schema: CanonicalSchema) -> pd.DataFrame:
    """Return whom rows name: one row for each pair of id and name, with the first place where it stands."""
    found = []
    for table, frame in typed.items():
        for field in schema.refs(table).values():
            if field.ref == _TABLE and field.ref_name:
                if frame[field.name].isna().all() and frame[field.ref_name].isna().all():
                    continue
                pairs = frame[[field.name, field.ref_name, "_file", "_line"]].set_axis(["id", "name", "file", "line"], axis=1)
                found.append(pairs.drop_duplicates(["id", "name"]).astype(object).assign(table=table))
    if not found:
        return pd.DataFrame(columns=["id", "name", "file", "line", "table"])
    rows = pd.concat(found, ignore_index=True)
    for column in ("id", "name"):
        text = rows[column].astype("string").str.strip()
        rows[column] = text.mask(text.str.casefold().isin(_NOBODY) | text.eq(""))
    written = rows["id"].str.fullmatch(A_NAME).fillna(False) & rows["name"].isna()  # a name in the column of ids
    rows["name"] = rows["name"].fillna(rows["id"].where(written))
    rows["id"] = rows["id"].mask(written)
    return rows[rows["id"].notna() | rows["name"].notna()]


def _rows(named: pd.DataFrame, schema: CanonicalSchema) -> pd.DataFrame:
    """Return a typed row for each practitioner: those of ids, then those of names that stand beside none."""
    by_id = named.dropna(subset="id").groupby("id", sort=False)[["name", "file", "line"]].first().reset_index()
    beside = {same_person(str(name)) for name in named.loc[named["id"].notna(), "name"].dropna()}
    alone = named[named["id"].isna()]
    spelling = alone["name"].map(lambda name: same_person(str(name)))
    alone = alone[~spelling.isin(beside) & ~spelling.duplicated()]
    alone = alone.assign(id=spelling[alone.index].map(made_id))
    people = pd.concat([by_id, alone[["id", "name", "file", "line"]]], ignore_index=True)
    made = empty_frame(schema[_TABLE], len(people))
    for field, column in {"practitioner_id": "id", "full_name": "name", "_file": "file", "_line": "line"}.items():
        made[field] = people[column].astype(made[field].dtype).array
    made["code"] = people["id"].where(people["name"].isna()).astype(made["code"].dtype).array
    made["_synthetic"] = pd.array([True] * len(made), dtype="boolean")
    return made
