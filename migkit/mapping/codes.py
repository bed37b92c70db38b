"""What coded values mean: closed vocabularies (status, method) by their spellings, open ones (appointment types,
practitioners) by bringing the variants of one thing to one spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd
from rapidfuzz import fuzz, process

from migkit.model.canonical import CanonicalField, CanonicalSchema
from migkit.model.tables import RawExport
from migkit.source import says_nothing, type_column

from .evidence import field_of
from .lookups import Lookup, explain
from .memory import Memory
from .names import Lexicon, split_words, squeeze
from .proposals import ColumnProposal, Proposals, TableProposal, ValueProposal

_MOST = 80
"""Different values up to which an open column is a vocabulary at all."""
_EXPLAINED = 0.95
"""Confidence of what a table of the export says that a code means."""
_ALIKE = 3
"""Codes from which words that most of them share tell them not apart: seven plans called *Extras* are of seven funds."""
Said = tuple[str, str]
"""What a table of the export says that a code means, and the `table.column` that says so."""
_TYPO = 82.0
"""Nearness of spelling (rapidfuzz, 0-100) from which a code counts as a known one mistyped."""
_TYPED = 5
"""Letters below which a code is no other one mistyped: `DNA` and `DNR` are two."""
_NOT = frozenset({"not", "no", "non", "never", "un", "didn", "t"})
"""Words that turn a code round: `Not paid` is not `paid`."""
_GOES_OUT = frozenset(
    {"refund", "refunds", "refunded", "reversal", "reversed", "chargeback", "dishonoured", "dishonored", "bounced", "void", "voided"}
    | {"cancelled", "canceled", "declined", "failed", "rejected", "write", "written", "list", "applied", "used", "transfer", "transferred"}
)
"""Words beside which no other word of a code says what it means: `EFTPOS refund` is no EFTPOS payment, nor a waiting list a wait."""
_TITLES = re.compile(r"^(?:dr|mr|mrs|ms|miss|prof)\.?\s+", re.IGNORECASE)


def propose_values(raw: RawExport, schema: CanonicalSchema, proposals: Proposals, memory: Memory) -> dict[str, tuple[ValueProposal, ...]]:
    """Return `<canonical table>.<field>` → proposals for every coded column that has a proposed home."""
    counts: dict[str, pd.Series] = {}
    words: dict[str, dict[str, Said]] = {}
    for column, field, values in _coded(raw, schema, proposals):
        counts[field] = pd.concat([counts[field], values]).groupby(level=0).sum() if field in counts else values
        if takes_words(_spec(schema, field)):
            words.setdefault(field, {}).update(column.explained)
    staff = _staff(raw, proposals)
    found = {
        field: value_proposals(field, _spec(schema, field), seen, memory, staff, words.get(field, {})) for field, seen in counts.items()
    }
    return {field: values for field, values in found.items() if values}


def with_words(
    raw: RawExport, schema: CanonicalSchema, tables: Mapping[str, TableProposal], lookups: tuple[Lookup, ...], lexicon: Lexicon
) -> dict[str, TableProposal]:
    """Return the tables' proposals in which columns know what the lookups say of their codes, and the lookups what they explain."""
    found = dict(tables)
    explains: dict[str, list[str]] = {}
    for source, table in tables.items():
        if table.table is None:
            continue
        columns = dict(table.columns)
        for name, column in table.columns.items():
            values = raw.tables[source].frame[name].dropna().str.strip()
            said = explain(values, name, table.table, lookups, lexicon) if len(values) else None
            if said is not None:
                columns[name] = replace(column, words=said.words, said_in=said.said_in)
                if column.choice and takes_words(field_of(schema, table.table, column.choice)):
                    explains.setdefault(said.source, []).append(f"{source}.{name}")
        found[source] = replace(table, columns=columns)
    for name, used in explains.items():
        if name in found:
            found[name] = replace(found[name], explains=tuple(used), why=f"left out: its words stand for the codes of {' and '.join(used)}")
    return found


def takes_words(spec: CanonicalField) -> bool:
    """Return whether a code in this field gives way to the words that a table has for it: no id does, a number or name, nor what several
    columns make, of which each has codes of its own."""
    return spec.type in ("code", "text") and not spec.gathers


def value_proposals(
    field: str,
    spec: CanonicalField,
    counts: pd.Series,
    memory: Memory | None = None,
    staff: Mapping[str, str] | None = None,
    words: Mapping[str, Said] | None = None,
) -> tuple[ValueProposal, ...]:
    """Return the proposals for the values of one field, most frequent first. `counts` is rows by value, `words` what a table of the
    export says that a value means. Words that tell most of the codes not apart are shown, and none is meant."""
    ordered = sorted(((str(v), int(n)) for v, n in counts.items()), key=lambda pair: (-pair[1], pair[0]))
    known, words = (memory or Memory()).values.get(field, {}), words or {}
    told = {value: said for value, _ in ordered if (said := words.get(value)) and said[0]}
    if spec.meanings:
        return tuple(
            _told(value, rows, told[value], spec) if value in told else _closed(value, rows, spec, known.get(value, {}))
            for value, rows in ordered
        )
    if len(ordered) - len(told) > _MOST:
        return ()
    spellings: dict[str, str] = {}
    for value, _ in ordered:
        spellings.setdefault(_one_person(value) if spec.name in _PEOPLE else squeeze(value), value)
    alike = len(told) >= _ALIKE and len({text for text, _ in told.values()}) < len(told) / 2
    return tuple(
        ValueProposal(value, None if alike else told[value][0], _EXPLAINED, rows, words=told[value][0], said_in=told[value][1])
        if value in told
        else _open(value, rows, spec, spellings, known.get(value, {}), staff or {})
        for value, rows in ordered
    )


_PEOPLE = ("practitioner_name", "author")


def _coded(raw: RawExport, schema: CanonicalSchema, proposals: Proposals) -> Iterator[tuple[ColumnProposal, str, pd.Series]]:
    """Yield column, field and rows by value of every column that holds codes."""
    for source, table in proposals.tables.items():
        for column in table.columns.values():
            if table.table is None or column.choice is None or not column.profile.filled:
                continue
            spec = field_of(schema, table.table, column.choice)
            explained = bool(column.words) and takes_words(spec)
            if not explained and not may_be_coded(spec):
                continue
            values = raw.tables[source].frame[column.column].dropna().str.strip()
            values = values[~values.isin([text for text in values.unique() if says_nothing(text, spec)])]
            if explained or is_coded(spec, values):
                yield column, column.choice if "." in column.choice else f"{table.table}.{column.choice}", values.value_counts()


def may_be_coded(spec: CanonicalField) -> bool:
    """Return whether a column of this field can hold codes at all."""
    return spec.type in ("boolean", "code") or spec.name in _PEOPLE


def is_coded(spec: CanonicalField, values: pd.Series) -> bool:
    """Return whether the values of a column (text) are codes of its field: of a boolean, where one of them says neither yes nor no."""
    if not may_be_coded(spec):
        return False
    several = values.nunique() <= _MOST
    if spec.type == "boolean":
        return several and len(type_column(values.drop_duplicates(), spec).problems) > 0
    return bool(spec.values) or several


def _closed(value: str, rows: int, spec: CanonicalField, known: Mapping[str, int]) -> ValueProposal:
    if known:
        best = max(known, key=lambda name: (known[name], name))
        return ValueProposal(value, best, 0.98, rows, tuple(n for n in spec.meanings if n != best)[:4])
    spellings = {s: name for name, words in spec.meanings.items() for s in (name.replace("_", " "), *words)}
    squeezed = {squeeze(s): name for s, name in spellings.items()}
    if squeeze(value) in squeezed:
        return ValueProposal(value, squeezed[squeeze(value)], 0.97, rows)
    near = process.extract(squeeze(value), squeezed.keys(), scorer=fuzz.ratio, limit=12) if squeeze(value) else []
    names = list(dict.fromkeys(squeezed[found] for found, _, _ in near))
    said = None if spec.exact else _said(value, spellings)
    if said is not None:
        return ValueProposal(value, said, 0.75, rows, tuple(n for n in names if n != said)[:4])
    is_typo = near and near[0][1] >= _TYPO and len(squeeze(value)) >= _TYPED and not squeeze(value).endswith(near[0][0])
    if is_typo and _NOT.isdisjoint(split_words(value)):
        return ValueProposal(value, names[0], round(0.7 * near[0][1] / 100, 3), rows, tuple(names[1:5]))
    return ValueProposal(value, None, 0.5, rows, tuple(names[:4]))


def _told(value: str, rows: int, told: Said, spec: CanonicalField) -> ValueProposal:
    """Return what a code of a closed vocabulary means whose words are known: what these mean, None where they are no known ones."""
    words, said_in = told
    meant = _closed(words, rows, spec, {})
    return replace(meant, value=value, words=words, said_in=said_in)


def _said(value: str, spellings: Mapping[str, str]) -> str | None:
    """Return what a code of several words says: the known spelling of most words in it, of those the one said first.

    None where it says nothing known, or turns it round: `Cancelled by patient, no charge` is `cancelled`, `Not cancelled` is not, nor is
    `EFTPOS refund` what `EFTPOS` is.
    """
    words, best = split_words(value), (0, 0, "")
    for spelling, name in spellings.items():
        known = split_words(spelling)
        size = len(known)
        if size == 1 and len(known[0]) < 3:
            continue
        for start in range(len(words) - size + 1):
            before, after = words[:start], words[start + size :]
            if words[start : start + size] == known and _NOT.isdisjoint(before) and _GOES_OUT.isdisjoint({*before, *after}):
                best = max(best, (size, -start, name))
    return best[2] or None


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
        found |= _short_forms(names, frame[columns["code"]] if "code" in columns else None)
        found |= {_one_person(str(name)): str(name).strip() for name in names.dropna()}
    return found


def _short_forms(names: pd.Series, codes: pd.Series | None) -> dict[str, str]:
    """Return the codes (`KN`) and initials with last name (`K Nguyen`) that stand for one person alone → the name."""
    full = [str(name).strip() for name in names.dropna().drop_duplicates()]
    pairs = [(_initialled(name), name) for name in full]
    if codes is not None:
        known = pd.DataFrame({"code": codes, "name": names}).dropna().drop_duplicates()
        pairs += [(squeeze(str(code)), str(name).strip()) for code, name in zip(known["code"], known["name"], strict=True)]
    counts = Counter(short for short, _ in set(pairs))
    return {short: name for short, name in pairs if short and counts[short] == 1}


def _initialled(name: str) -> str:
    last, comma, first = name.partition(",")
    words = (f"{first} {last}" if comma else name).split()
    words = [word for word in words if not _TITLES.fullmatch(f"{word} ")]
    return squeeze(f"{words[0][0]} {words[-1]}") if len(words) > 1 else ""


def _one_person(name: str) -> str:
    """Return a name such that `Nguyen, Dr Kim` and `Dr Kim Nguyen` are the same."""
    last, comma, first = name.partition(",")
    ordered = f"{_TITLES.sub('', first.strip())} {last}" if comma else name
    return squeeze(_TITLES.sub("", ordered.strip()))


def _spec(schema: CanonicalSchema, field: str) -> CanonicalField:
    table, _, name = field.partition(".")
    return schema[table].fields[name]
