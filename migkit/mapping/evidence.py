"""The evidence that a column means a field, as numbers: from names, values, structure, memory and a language model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from migkit.model.canonical import CanonicalField, CanonicalSchema
from migkit.model.country import Country
from migkit.model.tables import RawExport

from .memory import LEFT_OUT, Memory
from .names import Lexicon, NameMatcher, NameScores, is_mute, read_lexicon, split_words
from .shapes import Profile, profile
from .structure import Column, Structure, constant_within, find_structure

NAMES = ("own", "exact", "loose", "covered", "explained", "letters", "foreign")
FEATURES = (
    *NAMES,
    "both",
    "agrees",
    "clashes",
    "mute",
    "fits_mute",
    "fits",
    "against",
    "key",
    "refers",
    "remembered",
    "language_model",
    "parent",
    "shared",
)
"""What is known of a (column, field) pair; the weights of `templates/mapping.yaml` name these."""

REPEATS = 0.75
"""Share of different values below which a column is no key; above it some rows may just be exported twice."""
_FEW = 60
_VOCABULARY = 3
"""Different codes from which they are a vocabulary; two, like M and F or yes and no, stand for many things."""
_SPOKEN = 0.8
"""Share of the codes that must be the field's own."""
_CLEAR = ("date", "datetime", "e-mail", "mobile", "web address")
"""Kinds that no free text, name or code shows by chance."""


@dataclass(frozen=True)
class Knowledge:
    """The parsed `templates/mapping.yaml`: lexicon, expected kinds and weights."""

    lexicon: Lexicon
    kinds_of_type: Mapping[str, tuple[str, ...]]
    kinds_of_field: Mapping[str, tuple[str, ...]]
    type_hints: Mapping[tuple[str, str], frozenset[str]]
    """(first or last, word of a header) → canonical types that its values may have."""
    strict_types: frozenset[str]
    vague_kinds: Mapping[str, float]
    """Kind of value that many columns show → what it counts, where a telling one counts 1."""
    essentials: Mapping[str, tuple[tuple[str, ...], ...]]
    """Canonical table → groups of fields; a table without any field of a group is hardly such a table."""
    second_keys: Mapping[str, str]
    """Canonical table → field that stands in for its key where no column is the key."""
    common: Mapping[str, float]
    """Canonical table → share of the files of exports that are such a table."""
    weights: Mapping[str, Mapping[str, float]]

    def hinted(self, header: str) -> frozenset[str]:
        """Return the types that a header's first or last word leaves possible, () where it tells nothing."""
        words = split_words(header)
        if len(words) < 2:
            return frozenset()
        return self.type_hints.get(("last", words[-1])) or self.type_hints.get(("first", words[0])) or frozenset()

    def pair_weights(self, features: Sequence[str]) -> np.ndarray:
        """Return the weights of a (column, field) pair's features, in their order."""
        return np.array([self.weights["pair"][name] for name in features])

    def kinds(self, spec: CanonicalField) -> tuple[str, ...]:
        """Return the kinds of value that the field is expected to show, () where anything may stand."""
        return self.kinds_of_field.get(spec.name, self.kinds_of_type.get(spec.type, ()))


def read_knowledge(document: Mapping[str, Any]) -> Knowledge:
    """Return what the parsed `templates/mapping.yaml` holds."""
    return Knowledge(
        lexicon=read_lexicon(document),
        kinds_of_type={name: tuple(kinds) for name, kinds in document["kinds_of_type"].items()},
        kinds_of_field={name: tuple(kinds) for name, kinds in document["kinds_of_field"].items()},
        type_hints={
            (place, str(word)): frozenset(hint["types"])
            for place, hints in document["type_hints"].items()
            for hint in hints
            for word in hint["words"]
        },
        strict_types=frozenset(document["strict_types"]),
        vague_kinds=document["vague_kinds"],
        essentials={table: tuple(map(tuple, groups)) for table, groups in document["essentials"].items()},
        second_keys=document["second_keys"],
        common={table: float(share) for table, share in document["common"].items()},
        weights={part: {name: float(w) for name, w in weights.items()} for part, weights in document["weights"].items()},
    )


def targets_of(schema: CanonicalSchema, table: str) -> tuple[str, ...]:
    """Return what a column of a row of `table` can mean: its own fields, then its parent's as `<parent>.<field>`.

    The parent is the table that a required reference points at: an invoice line may carry its invoice's columns.
    """
    own = tuple(schema[table].fields)
    return own + tuple(f"{p}.{name}" for p in parents_of(schema, table) for name in schema[p].fields if name not in schema[p].key)


def parents_of(schema: CanonicalSchema, table: str) -> tuple[str, ...]:
    """Return the tables that required references of `table` point at."""
    return tuple(spec.ref for spec in schema[table].fields.values() if spec.ref and spec.required)


def field_of(schema: CanonicalSchema, table: str, target: str) -> CanonicalField:
    """Return the field that a plain or dotted target names. Raises KeyError where there is none."""
    owner, _, name = target.rpartition(".")
    return schema[owner or table].fields[name]


@dataclass(frozen=True)
class Export:
    """An export with what can be known of it before anything is proposed."""

    raw: RawExport
    profiles: Mapping[Column, Profile]
    words: Mapping[Column, frozenset[str]]
    """Lower-case distinct values of the columns that hold few."""
    structure: Structure


def read_evidence(raw: RawExport, country: Country) -> Export:
    """Return the export with its columns profiled and its references found."""
    profiles = {
        (t.name, c): profile(t.frame[c], t.frame["_file"] if len(t.files) > 1 else None, country)
        for t in raw.tables.values()
        for c in t.columns
    }
    words = {
        (name, column): frozenset(str(v).strip().lower() for v in raw.tables[name].frame[column].dropna().unique())
        for (name, column), seen in profiles.items()
        if 0 < seen.distinct <= _FEW
    }
    return Export(raw, profiles, words, find_structure(raw, profiles))


@dataclass(frozen=True)
class Roles:
    """What was found out so far about the other tables: canonical table → key columns that hold its ids."""

    keys: Mapping[str, Sequence[Column]] = field(default_factory=dict)


@dataclass
class Evidence:
    """Collects the evidence of one export against one schema."""

    schema: CanonicalSchema
    knowledge: Knowledge
    export: Export
    memory: Memory
    matcher: NameMatcher
    _fits: dict[object, tuple[float, float]] = field(default_factory=dict)
    """What values were compared before: many tables have the same fields."""

    def pairs(
        self,
        source: str,
        table: str,
        roles: Roles,
        group: str | None = None,
        ranked: Mapping[str, Sequence[str]] | None = None,
    ) -> tuple[np.ndarray, NameScores]:
        """Return the features of every column of `source` against every target of `table`, and the names' scores.

        Shape: columns, targets, `FEATURES`. `group` is the column that holds the parent's id, where that is known.
        """
        columns, targets = self.export.raw.tables[source].columns, targets_of(self.schema, table)
        names = self._names(columns, table, targets)
        result = np.zeros((len(columns), len(targets), len(FEATURES)))
        for number, part in enumerate(NAMES):
            result[:, :, number] = getattr(names, part)
        result[:, :, len(NAMES)] = names.covered * names.explained
        result[[is_mute(column) for column in columns], :, :] = 0.0
        specs = [field_of(self.schema, table, target) for target in targets]
        remembers = table in self.memory.columns
        for i, column in enumerate(columns):
            mute, hinted = float(is_mute(column)), self.knowledge.hinted(column)
            seen, left_out = self.export.profiles[source, column], self.memory.share(table, column, LEFT_OUT)
            order = {target: 1 / (rank + 1) for rank, target in enumerate((ranked or {}).get(column, ()))}
            steady = group is not None and constant_within(self.export.raw.tables[source].frame, group, column)
            for j, (target, spec) in enumerate(zip(targets, specs, strict=True)):
                dotted = "." in target
                fits, against = self._values((source, column), seen, spec)
                result[i, j, len(NAMES) + 1 :] = (
                    float(spec.type in hinted),
                    float(bool(hinted) and spec.type not in hinted),
                    mute,
                    fits * max(mute, self._speaks((source, column), spec)),
                    fits,
                    against,
                    0.0 if dotted else self._key((source, column), seen, spec, table),
                    max((self.export.structure.refers((source, column), key) for key in roles.keys.get(spec.ref or "", ())), default=0.0),
                    self.memory.share(table, column, target) - left_out if remembers else 0.0,
                    order.get(target, 0.0),
                    float(dotted),
                    (1.0 if steady else -1.0) if dotted and group is not None and column != group else 0.0,
                )
        return result, names

    def _names(self, columns: Sequence[str], table: str, targets: Sequence[str]) -> NameScores:
        owners = list(dict.fromkeys(target.rpartition(".")[0] or table for target in targets))
        parts = [self.matcher.compare(columns, owner) for owner in owners]
        keep = [
            [
                name in targets or f"{owner}.{name}" in targets if owner == table else f"{owner}.{name}" in targets
                for name in self.schema[owner].fields
            ]
            for owner in owners
        ]
        joined = [
            np.concatenate([getattr(p, part)[:, k] for p, k in zip(parts, keep, strict=True)], axis=1) for part in (*NAMES, "nearest")
        ]
        return NameScores(*joined)

    def _values(self, column: Column, seen: Profile, spec: CanonicalField) -> tuple[float, float]:
        """Return how well the values fit the field and how much they speak against it, each 0-1."""
        if not seen.filled:
            return 0.0, 0.0
        asked = (column, spec.name, spec.type, frozenset(spec.values))
        if asked not in self._fits:
            self._fits[asked] = self._compare_values(self.export.words.get(column, frozenset()), seen, spec)
        return self._fits[asked]

    def _compare_values(self, words: frozenset[str], seen: Profile, spec: CanonicalField) -> tuple[float, float]:
        if spec.values:
            spellings = {s for known in spec.values.values() for s in known} | set(spec.values)
            known = len(words & spellings) / len(words) if words else 0.0
            return known, 0.0 if known else 0.5 if words else 1.0
        kinds, vague = self.knowledge.kinds(spec), self.knowledge.vague_kinds
        fits = max((seen.share(kind) * vague.get(kind, 1.0) for kind in kinds), default=0.0)
        if spec.type in self.knowledge.strict_types:
            looks = seen.share(*kinds)
            return fits, 1.0 - looks if looks < 0.5 else 0.0
        clear = seen.share(*_CLEAR)
        return fits, clear if clear > 0.8 and not set(kinds) & set(_CLEAR) else 0.0

    def _speaks(self, column: Column, spec: CanonicalField) -> float:
        """Return 1 where the values are the field's own vocabulary: they say what the column is, whatever it is called."""
        words = self.export.words.get(column, frozenset())
        if not spec.values or len(words) < _VOCABULARY:
            return 0.0
        known = {spelling for spellings in spec.values.values() for spelling in spellings} | set(spec.values)
        return float(len(words & known) >= _SPOKEN * len(words))

    def _key(self, column: Column, seen: Profile, spec: CanonicalField, table: str) -> float:
        """Return 1 for the key of other tables, 0.5 for a column that could be a key, -1 where a key field repeats its values."""
        if self.schema[table].key != (spec.name,) or spec.ref or not seen.filled:
            return 0.0
        if seen.uniqueness < REPEATS:
            return -1.0
        return 1.0 if self.export.structure.referred_by(column) else 0.5 * seen.share("id")
