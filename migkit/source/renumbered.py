"""A later export whose ids lost or gained leading noughts: the same records under another spelling, not all gone and all new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from migkit.model.canonical import CanonicalSchema
from migkit.model.outcomes import Finding
from migkit.model.tables import CanonicalTables

SYSTEMATIC = 0.5
"""Least share of a table's unknown ids that must be known ones with other noughts."""


def keep_numbers(new: CanonicalTables, previous: CanonicalTables, schema: CanonicalSchema) -> CanonicalTables:
    """Return the later tables in which ids that differ from earlier ones by leading noughts alone are as they were.

    In keys, in references, in row outcomes and repairs. Only where that is so of most ids of a table that the earlier export lacks,
    and of each by one candidate; a finding says how many.
    """
    known = {table: _renamed(table, new, previous, schema) for table in new.frames if table in previous.frames}
    known = {table: ids for table, ids in known.items() if ids}
    if not known:
        return new
    keys = {
        f"{schema[table].prefix}:{one}": f"{schema[table].prefix}:{before}" for table, ids in known.items() for one, before in ids.items()
    }
    frames = {table: _with_ids(table, frame, known, keys, schema) for table, frame in new.frames.items()}
    findings = [
        Finding.of(
            "renumbered",
            table=table,
            field=schema[table].key[0],
            count=len(ids),
            keys=[f"{schema[table].prefix}:{one}" for one in sorted(ids.values())],
        )
        for table, ids in known.items()
    ]
    row_outcomes = tuple(replace(row, key=keys.get(row.key, row.key), ref=keys.get(row.ref, row.ref)) for row in new.row_outcomes)
    repairs = new.repairs.assign(key=new.repairs["key"].replace(keys)) if len(new.repairs) else new.repairs
    return replace(new, frames=frames, row_outcomes=row_outcomes, repairs=repairs, findings=(*new.findings, *findings))


def _renamed(table: str, new: CanonicalTables, previous: CanonicalTables, schema: CanonicalSchema) -> dict[str, str]:
    name = schema[table].key[0]
    before, now = set(previous[table][name].dropna().astype(str)), set(new[table][name].dropna().astype(str))
    bare: dict[str, list[str]] = {}
    for one in before - now:
        bare.setdefault(one.lstrip("0"), []).append(one)
    unknown = sorted(one for one in now - before if one.isdigit())
    found = {one: candidates[0] for one in unknown if len(candidates := bare.get(one.lstrip("0"), [])) == 1}
    return found if found and len(found) >= SYSTEMATIC * len(unknown) and len(set(found.values())) == len(found) else {}


def _with_ids(
    table: str, frame: pd.DataFrame, known: Mapping[str, Mapping[str, str]], keys: Mapping[str, str], schema: CanonicalSchema
) -> pd.DataFrame:
    links = {name: str(spec.ref) for name, spec in schema.refs(table).items()} | {schema[table].key[0]: table}
    changed = {name: frame[name].replace(dict(known[to])) for name, to in links.items() if to in known}
    return frame.assign(**changed, _key=frame["_key"].replace(dict(keys)))
