"""The evidence that a column means a field, as numbers: from names, values, structure, memory and a language model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from migkit.model.among import among
from migkit.model.canonical import CanonicalField, CanonicalSchema
from migkit.model.country import Country
from migkit.model.tables import RawExport

from .knowledge import Knowledge
from .looks import look
from .memory import LEFT_OUT, Memory
from .names import NameMatcher, NameScores, is_mute
from .shapes import Profile, profile
from .structure import Column, Structure, constant_within, find_structure
from .table_names import TableNames
from .values import concept_of

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
    "unknown",
    "lift",
    "lift_against",
    "lift_unknown",
    "lift_mute",
    "within",
    "within_unknown",
    "common",
    "common_unknown",
    "worded",
)
"""What is known of a (column, field) pair; the weights of `templates/mapping.yaml` name these."""

_WORD = re.compile(r"[^\W\d_]+")
REPEATS = 0.75
"""Share of different values below which a column is no key; above it some rows may just be exported twice."""
_FEW = 60
_SILENCE = 20
"""Values of a column that say half of what many say: two rows may look like anything."""
_LOOK = 20
"""Filled cells of a column that are looked at one by one."""
_VOCABULARY = 3
"""Different codes from which they are a vocabulary; two, like M and F or yes and no, stand for many things."""
_SPOKEN = 0.8
"""Share of the codes that must be the field's own."""
_WORDED = 0.5
"""Share of the values with a word of a vocabulary from which they count as made of it."""
_PHRASE = 6
"""Words of a value above which it is a sentence, which may mention anything."""
_CLEAR = ("date", "datetime", "e-mail", "mobile", "web address")
"""Kinds that no free text, name or code shows by chance."""


def targets_of(schema: CanonicalSchema, table: str) -> tuple[str, ...]:
    """Return what a column of a row of `table` can mean: its own fields, then its parent's as `<parent>.<field>`.

    The parent is the table that a required reference points at: an invoice line may carry its invoice's columns.
    """
    own = tuple(schema[table].fields)
    return own + tuple(f"{p}.{name}" for p in parents_of(schema, table) for name in schema[p].fields if name not in schema[p].key)


def choices_of(schema: CanonicalSchema, table: str) -> tuple[str, ...]:
    """Return what a person may say that a column of a row of `table` means: its targets, and what the row says of who it names."""
    return targets_of(schema, table) + tuple(f"{of}.{name}" for of in schema.flattened_into(table) for name in schema[of].flattened)


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
    looks: Mapping[Column, np.ndarray]
    """`values.LOOKS` of the columns that hold values."""


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
    structure = find_structure(raw, profiles)
    return Export(raw, profiles, words, structure, look(raw, profiles, structure))


Names = frozenset[frozenset[str]]
"""Names of people, each as its words, lower case, without titles."""


@dataclass(frozen=True)
class Roles:
    """What was found out so far about the other tables."""

    keys: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    """Canonical table → key columns that hold its ids."""
    names: Mapping[str, Names] = field(default_factory=dict)
    """Patients and practitioners → the names that they list."""
    staff: Names = frozenset()
    """The names that stand in columns which are called like the practitioner, in any table."""


@dataclass(frozen=True)
class _Targets:
    """The targets of one canonical table, and what is asked of a column for each."""

    names: tuple[str, ...]
    specs: tuple[CanonicalField, ...]
    dotted: np.ndarray
    kinds: np.ndarray
    """Number of the distinct field (`Evidence.fields`): many tables have the same ones."""
    concepts: np.ndarray
    """Number of the concept in the value model, -1 where it knows none."""
    amounts: np.ndarray
    """Which are amounts of money."""
    called: np.ndarray
    """Which are names of people and the like."""
    common: np.ndarray
    """How common it is that such a table has such a column, 0-1."""
    vocabularies: tuple[str, ...]
    """The vocabulary that its values are made of, "" where none is known."""
    keys: tuple[int, ...]
    """Which target is the table's own key."""
    refs: tuple[tuple[int, str], ...]
    """Which targets refer to another table, and to which."""


class Evidence:
    """Collects the evidence of one export against one schema."""

    def __init__(self, schema: CanonicalSchema, knowledge: Knowledge, export: Export, memory: Memory, matcher: NameMatcher) -> None:
        self.schema, self.knowledge, self.export, self.memory, self.matcher = schema, knowledge, export, memory, matcher
        self.table_names = TableNames(schema, matcher.lexicon)
        every = [spec for table in schema.tables.values() for spec in table.fields.values()]
        self._fields = {_asked(spec): spec for spec in every}
        self._numbers = {asked: number for number, asked in enumerate(self._fields)}
        self._targets: dict[str, _Targets] = {}
        self._compared: dict[Column, np.ndarray] = {}
        self._lifts: dict[Column, np.ndarray] = {}
        self._spoken: dict[Column, Mapping[str, float]] = {}
        self._stand_in: dict[tuple[Column, Column], float] = {}
        self._first_cells: dict[Column, list[str]] = {}

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
        columns, targets = self.export.raw.tables[source].columns, self._targets_of(table)
        names = self._names(columns, table, targets.names)
        result = np.zeros((len(columns), len(targets.names), len(FEATURES)))
        at = {name: number for number, name in enumerate(FEATURES)}
        for part in NAMES:
            result[:, :, at[part]] = getattr(names, part)
        result[:, :, at["both"]] = names.covered * names.explained
        result[[is_mute(column) for column in columns], :, :] = 0.0
        result[:, :, at["parent"]] = targets.dotted
        for i, column in enumerate(columns):
            mute, unknown, hinted = float(is_mute(column)), self.matcher.unknown(column), self.knowledge.hinted(column)
            facts, (lift, within) = result[i], self.lift((source, column), targets)
            fits, against, speaks = self._values((source, column))[targets.kinds].T
            if spoken := self._worded((source, column)):
                facts[:, at["worded"]] = [spoken.get(vocabulary, 0.0) for vocabulary in targets.vocabularies]
            if hinted:
                agrees = np.array([spec.type in hinted for spec in targets.specs])
                facts[:, at["agrees"]], facts[:, at["clashes"]] = agrees, ~agrees
            facts[:, at["mute"]], facts[:, at["unknown"]] = mute, unknown
            facts[:, at["fits"]], facts[:, at["against"]], facts[:, at["fits_mute"]] = fits, against, fits * np.maximum(mute, speaks)
            within = self._named_alike(within, table, targets, names.exact[i])
            facts[:, at["lift"]], facts[:, at["lift_against"]] = np.maximum(lift, 0.0), np.maximum(-lift, 0.0)
            if self._are_ways_to_reach((source, column)):
                for part, value in {"lift": 0.0, "lift_against": 1.0, "against": 1.0}.items():
                    facts[targets.called, at[part]] = value
            facts[:, at["within"]], facts[:, at["within_unknown"]] = within, within * unknown
            facts[:, at["lift_unknown"]], facts[:, at["lift_mute"]] = lift * unknown * (1 - mute), lift * mute
            facts[:, at["common"]], facts[:, at["common_unknown"]] = targets.common, targets.common * unknown
            for j in targets.keys:
                facts[j, at["key"]] = self._key((source, column))
            for j, ref in targets.refs:
                keys = roles.keys.get(ref, ())
                facts[j, at["refers"]] = max((self.export.structure.refers((source, column), key) for key in keys), default=0.0)
            self._add_rare(facts, at, source, column, table, targets, group, (ranked or {}).get(column, ()))
        return result, names

    def _add_rare(
        self,
        facts: np.ndarray,
        at: Mapping[str, int],
        source: str,
        column: str,
        table: str,
        targets: _Targets,
        group: str | None,
        ranked: Sequence[str],
    ) -> None:
        """Add what few exports have: a memory, a language model's answer, and rows of one parent."""
        if table in self.memory.columns:
            left_out = self.memory.share(table, column, LEFT_OUT)
            facts[:, at["remembered"]] = [self.memory.share(table, column, target) - left_out for target in targets.names]
        order = {target: 1 / (rank + 1) for rank, target in enumerate(ranked)}
        if order:
            facts[:, at["language_model"]] = [order.get(target, 0.0) for target in targets.names]
        if group is not None and column != group and targets.dotted.any():
            steady = constant_within(self.export.raw.tables[source].frame, group, column)
            facts[:, at["shared"]] = targets.dotted * (1.0 if steady else -1.0)

    def _targets_of(self, table: str) -> _Targets:
        if table not in self._targets:
            names = targets_of(self.schema, table)
            owners = [name.rpartition(".")[0] or table for name in names]
            specs = tuple(self.schema[owner].fields[name.rpartition(".")[2]] for owner, name in zip(owners, names, strict=True))
            numbers = {concept: number for number, concept in enumerate(self.knowledge.values.concepts)}
            known = self.knowledge.vocabulary_of
            concepts = [numbers.get(concept_of(self.schema, owner, spec.name), -1) for owner, spec in zip(owners, specs, strict=True)]
            self._targets[table] = _Targets(
                names,
                specs,
                np.array(["." in name for name in names], dtype=float),
                np.array([self._numbers[_asked(spec)] for spec in specs]),
                np.array(concepts),
                np.array([spec.type == "money" for spec in specs]),
                np.array([spec.type == "name" for spec in specs]),
                np.array([self.knowledge.values.common(table, name) for name in names]),
                tuple(known.get(f"{owner}.{spec.name}") or known.get(spec.name, "") for owner, spec in zip(owners, specs, strict=True)),
                tuple(
                    j for j, (name, spec) in enumerate(zip(names, specs, strict=True)) if (name,) == self.schema[table].key and not spec.ref
                ),
                tuple((j, spec.ref) for j, spec in enumerate(specs) if spec.ref),
            )
        return self._targets[table]

    def _names(self, columns: Sequence[str], table: str, targets: Sequence[str]) -> NameScores:
        owners = list(dict.fromkeys(target.rpartition(".")[0] or table for target in targets))
        parts = self.matcher.compare_together(columns, owners)
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

    def _named_alike(self, within: np.ndarray, table: str, targets: _Targets, exact: np.ndarray) -> np.ndarray:
        """Return `within` with what values cannot tell apart made alike: there the names decide.

        Where every invoice has one line, its number looks as the line's own does; the number by which people know a row looks
        as its key does; and a `tax_amount` may look as another practice's net does.
        """
        alike = within.copy()
        ids = np.array([spec.type == "id" for spec in targets.specs])
        if (named := ids & (exact > 0)).any():
            alike[named] = within[ids].max()
        if (named := targets.amounts & (exact > 0)).any():  # of several that are called so, values still tell
            alike[named] += within[targets.amounts].max() - within[named].max()
        second = self.knowledge.second_keys.get(table)
        if second is not None:
            both = [targets.names.index(name) for name in (second, self.schema[table].key[0])]
            alike[both] = np.maximum(alike[both], within[both].max())
        return alike

    def lift(self, column: Column, targets: _Targets) -> tuple[np.ndarray, np.ndarray]:
        """Return by target how much likelier than usual its values are of its group, and are itself within that; 0 without values."""
        looks = self.export.looks.get(column)
        if looks is None:
            return np.zeros(len(targets.names)), np.zeros(len(targets.names))
        if column not in self._lifts:
            filled = self.export.profiles[column].filled
            group, within = self.knowledge.values.lift(looks)
            self._lifts[column] = np.array([group, within]) * (filled / (filled + _SILENCE))
        lift, within = np.where(targets.concepts >= 0, self._lifts[column][:, targets.concepts], 0.0)
        return lift, within

    def first_cells(self, column: Column) -> list[str]:
        """Return the first filled cells of a column, few of them."""
        if column not in self._first_cells:
            source, name = column
            self._first_cells[column] = self.export.raw.tables[source].frame[name].dropna().head(_LOOK).tolist()
        return self._first_cells[column]

    @cached_property
    def held(self) -> Mapping[str, Mapping[str, float]]:
        """Source table → canonical table → how much likelier it is than none by what it holds, -1 to 1; without those that have no rows."""
        return self.knowledge.tables.lift(self.export, self.schema)

    def stand_in(self, column: Column, key: Column) -> float:
        """Return the share of the filled cells of a column that are values of a key, 0-1, however few they are; 0 where there are none."""
        if (column, key) not in self._stand_in:
            tables = self.export.raw.tables
            here, there = (tables[source].frame[name].dropna() for source, name in (column, key))
            self._stand_in[column, key] = float(among(here, there).mean()) if len(here) else 0.0
        return self._stand_in[column, key]

    def _values(self, column: Column) -> np.ndarray:
        """Return by distinct field how well the values fit it, how much they speak against it, and whether they are its own codes."""
        if column not in self._compared:
            seen, words = self.export.profiles[column], self.export.words.get(column, frozenset())
            fields = self._fields.values()
            alike: dict[tuple[tuple[str, ...], bool], tuple[float, float, float]] = {}
            self._compared[column] = np.array([self._compare_values(words, seen, spec, alike) for spec in fields])
        return self._compared[column]

    def _compare_values(
        self,
        words: frozenset[str],
        seen: Profile,
        spec: CanonicalField,
        alike: dict[tuple[tuple[str, ...], bool], tuple[float, float, float]],
    ) -> tuple[float, float, float]:
        """`alike`: what was found for fields without codes, by the kinds of value that they show and whether these are strict."""
        if not seen.filled:
            return 0.0, 0.0, 0.0
        if spec.values:
            known = len(words & spec.spellings) / len(words) if words else 0.0
            speaks = len(words) >= _VOCABULARY and known >= _SPOKEN
            return known, 0.0 if known else 0.5 if words else 1.0, float(speaks)
        asked = self.knowledge.kinds(spec), spec.type in self.knowledge.strict_types
        if asked not in alike:
            alike[asked] = self._compare_kinds(seen, *asked)
        return alike[asked]

    def _compare_kinds(self, seen: Profile, kinds: tuple[str, ...], is_strict: bool) -> tuple[float, float, float]:
        vague = self.knowledge.vague_kinds
        fits = max((seen.share(kind) * vague.get(kind, 1.0) for kind in kinds), default=0.0)
        if is_strict:
            looks = seen.share(*kinds)
            return fits, 1.0 - looks if looks < 0.5 else 0.0, 0.0
        clear = seen.share(*_CLEAR)
        return fits, clear if clear > 0.8 and not set(kinds) & set(_CLEAR) else 0.0, 0.0

    def _worded(self, column: Column) -> Mapping[str, float]:
        """Return vocabulary → share of the different values that have a word of it, where most have; sentences have none."""
        if column not in self._spoken:
            values = [_WORD.findall(value) for value in self.export.words.get(column, ())]
            shares = {
                name: sum(len(words) <= _PHRASE and not known.isdisjoint(words) for words in values) / max(len(values), 1)
                for name, known in self.knowledge.vocabularies.items()
            }
            self._spoken[column] = {name: share for name, share in shares.items() if share >= _WORDED}
        return self._spoken[column]

    def _are_ways_to_reach(self, column: Column) -> bool:
        """Return whether most of the different values are words for ways to reach somebody: `SMS`, `Home phone`."""
        values = self.export.words.get(column, frozenset())
        said = sum(not self.knowledge.ways_to_reach.isdisjoint(_WORD.findall(value)) for value in values)
        return said > _WORDED * len(values)

    def _key(self, column: Column) -> float:
        """Return 1 for the key of other tables, 0.5 for a column that could be a key, -1 where its values repeat."""
        seen = self.export.profiles[column]
        if not seen.filled:
            return 0.0
        if seen.uniqueness < REPEATS:
            return -1.0
        return 1.0 if self.export.structure.referred_by(column) else 0.5 * seen.share("id")


def _asked(spec: CanonicalField) -> tuple[str, str, frozenset[str]]:
    """Return what of a field decides how values fit it."""
    return spec.name, spec.type, frozenset(spec.values)
