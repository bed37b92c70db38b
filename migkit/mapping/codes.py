"""What coded values mean: closed vocabularies (status, method) by their spellings, open ones (appointment types,
practitioners) by bringing the variants of one thing to one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd
from rapidfuzz import fuzz, process

from migkit.model.canonical import CanonicalField, CanonicalSchema
from migkit.model.tables import RawExport

from .evidence import field_of
from .memory import Memory
from .names import squeeze
from .proposals import Proposals, ValueProposal

_MOST = 80
"""Different values up to which an open column is a vocabulary at all."""
_NEAR = 78.0
"""Nearness (rapidfuzz, 0-100) from which a spelling is proposed for a closed vocabulary."""
_TITLES = re.compile(r"^(?:dr|mr|mrs|ms|miss|prof)\.?\s+", re.IGNORECASE)


def propose_values(raw: RawExport, schema: CanonicalSchema, proposals: Proposals, memory: Memory) -> dict[str, tuple[ValueProposal, ...]]:
    """Return `<canonical table>.<field>` → proposals for every coded column that has a proposed home."""
    counts: dict[str, pd.Series] = {}
    for field, values in _coded(raw, schema, proposals):
        counts[field] = values if field not in counts else counts[field].add(values, fill_value=0).astype(int)
    staff = _staff(raw, proposals)
    found = {field: value_proposals(field, _spec(schema, field), seen, memory, staff) for field, seen in counts.items()}
    return {field: values for field, values in found.items() if values}


def value_proposals(
    field: str, spec: CanonicalField, counts: pd.Series, memory: Memory | None = None, staff: Mapping[str, str] | None = None
) -> tuple[ValueProposal, ...]:
    """Return the proposals for the values of one field, most frequent first. `counts` is rows by value."""
    ordered = sorted(((str(v), int(n)) for v, n in counts.items()), key=lambda pair: (-pair[1], pair[0]))
    known = (memory or Memory()).values.get(field, {})
    if spec.values:
        return tuple(_closed(value, rows, spec, known.get(value, {})) for value, rows in ordered)
    if len(ordered) > _MOST:
        return ()
    spellings: dict[str, str] = {}
    for value, _ in ordered:
        spellings.setdefault(_one_person(value) if spec.name in _PEOPLE else squeeze(value), value)
    return tuple(_open(value, rows, spec, spellings, known.get(value, {}), staff or {}) for value, rows in ordered)


_PEOPLE = ("practitioner_name", "author")


def _coded(raw: RawExport, schema: CanonicalSchema, proposals: Proposals) -> Iterator[tuple[str, pd.Series]]:
    for source, table in proposals.tables.items():
        for column in table.columns.values():
            if table.table is None or column.choice is None or not column.profile.filled:
                continue
            spec = field_of(schema, table.table, column.choice)
            if (spec.type == "code" or spec.name in _PEOPLE) and (spec.values or column.profile.distinct <= _MOST):
                field = column.choice if "." in column.choice else f"{table.table}.{column.choice}"
                yield field, raw.tables[source].frame[column.column].dropna().str.strip().value_counts()


def _closed(value: str, rows: int, spec: CanonicalField, known: Mapping[str, int]) -> ValueProposal:
    if known:
        best = max(known, key=lambda name: (known[name], name))
        return ValueProposal(value, best, 0.98, rows, tuple(n for n in spec.values if n != best)[:4])
    spellings = {squeeze(s): name for name, words in spec.values.items() for s in (name, *words) if squeeze(s)}
    if squeeze(value) in spellings:
        return ValueProposal(value, spellings[squeeze(value)], 0.97, rows)
    near = process.extract(squeeze(value), spellings.keys(), scorer=fuzz.WRatio, limit=12) if squeeze(value) else []
    names = list(dict.fromkeys(spellings[found] for found, _, _ in near))
    best_score = near[0][1] if near else 0.0
    if best_score >= _NEAR and len(squeeze(value)) > 2:
        return ValueProposal(value, names[0], round(0.6 * best_score / 100 + 0.1, 3), rows, tuple(names[1:5]))
    return ValueProposal(value, None, 0.5, rows, tuple(names[:4]))


def _open(
    value: str, rows: int, spec: CanonicalField, spellings: Mapping[str, str], known: Mapping[str, int], staff: Mapping[str, str]
) -> ValueProposal:
    if known:
        return ValueProposal(value, max(known, key=lambda name: (known[name], name)), 0.98, rows)
    if spec.name in _PEOPLE:
        person = _one_person(value)
        return ValueProposal(value, staff.get(person, spellings[person]), 0.95 if person in staff else 0.6, rows)
    chosen = spellings[squeeze(value)]
    near = process.extract(value, [s for s in spellings.values() if s != chosen], scorer=fuzz.ratio, limit=3, score_cutoff=80)
    return ValueProposal(value, chosen, 0.8 if near else 0.95, rows, tuple(found for found, _, _ in near))


def _staff(raw: RawExport, proposals: Proposals) -> dict[str, str]:
    """Return one person's name in a comparable form → as the practitioners' own table spells it."""
    found: dict[str, str] = {}
    for source, table in proposals.tables.items():
        if table.table != "practitioners":
            continue
        columns, frame = {c.choice: c.column for c in table.columns.values() if c.choice}, raw.tables[source].frame
        if "full_name" in columns:
            names = frame[columns["full_name"]]
        elif {"first_name", "last_name"} <= columns.keys():
            names = frame[columns["last_name"]] + ", " + frame[columns["first_name"]]
        else:
            continue
        found |= {_one_person(str(name)): str(name).strip() for name in names.dropna()}
    return found


def _one_person(name: str) -> str:
    """Return a name such that `Nguyen, Dr Kim` and `Dr Kim Nguyen` are the same."""
    last, comma, first = name.partition(",")
    ordered = f"{_TITLES.sub('', first.strip())} {last}" if comma else name
    return squeeze(_TITLES.sub("", ordered.strip()))


def _spec(schema: CanonicalSchema, field: str) -> CanonicalField:
    table, _, name = field.partition(".")
    return schema[table].fields[name]
