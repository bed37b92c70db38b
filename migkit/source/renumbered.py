"""A later export whose ids are written otherwise (leading noughts, `INV-0001` for `1`): the same records, not all gone and all new."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pandas as pd

from migkit.model.canonical import CanonicalSchema, CanonicalTable
from migkit.model.outcomes import Finding
from migkit.model.tables import CanonicalTables

from .keys import normalise

SYSTEMATIC = 0.5
"""Least share of a table's unknown ids that must be known ones written otherwise."""
_THE_SAME = 0.9
"""Share of the values of two records of one number, and another spelling of it, that must be equal."""


def keep_numbers(new: CanonicalTables, previous: CanonicalTables, schema: CanonicalSchema) -> CanonicalTables:
    """Return the later tables in which ids that differ from earlier ones by leading noughts alone are as they were; and by what stands
    around their digits, where no id is written as before and what the records say is the same.

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
    if found := _matched(before - now, {one for one in now - before if one.isdecimal()}, lambda one: one.lstrip("0")):
        return found
    own = {one for one in now if not one.startswith("~")}
    found = {} if before & now else _matched(before, own, lambda one: re.sub(r"\D", "", one).lstrip("0"))
    return found if found and _say_the_same(found, previous[table], new[table], name, schema[table]) else {}


def _matched(before: Iterable[str], now: Iterable[str], bare: Callable[[str], str]) -> dict[str, str]:
    """Return new id → earlier id of one bare spelling, {} where that is not so of most, or not one by one."""
    known: dict[str, list[str]] = {}
    for one in sorted(before):
        known.setdefault(bare(one), []).append(one)
    unknown = sorted(now)
    found = {one: candidates[0] for one in unknown if bare(one) and len(candidates := known.get(bare(one), [])) == 1}
    return found if found and len(found) >= SYSTEMATIC * len(unknown) and len(set(found.values())) == len(found) else {}


def _say_the_same(found: Mapping[str, str], before: pd.DataFrame, now: pd.DataFrame, name: str, spec: CanonicalTable) -> bool:
    """Return whether nearly all that the records say, apart from their ids and references, is the same."""
    plain = [one for one, field in spec.fields.items() if field.type != "id" and not field.ref and one != "modified_at"]
    old = before.drop_duplicates(name).set_index(name)[plain].reindex(list(found.values()))
    fresh = now.drop_duplicates(name).set_index(name)[plain].reindex(list(found))
    both = old.notna().to_numpy() & fresh.notna().to_numpy()
    same = old.map(normalise).to_numpy() == fresh.map(normalise).to_numpy()
    return bool(both.any()) and bool(same[both].mean() >= _THE_SAME)


def _with_ids(
    table: str, frame: pd.DataFrame, known: Mapping[str, Mapping[str, str]], keys: Mapping[str, str], schema: CanonicalSchema
) -> pd.DataFrame:
    links = {name: str(spec.ref) for name, spec in schema.refs(table).items()} | {schema[table].key[0]: table}
    changed = {name: frame[name].replace(dict(known[to])) for name, to in links.items() if to in known}
    return frame.assign(**changed, _key=frame["_key"].replace(dict(keys)))
