"""What the proposer knows beside the schema: `templates/mapping.yaml`, `templates/values.json` and `templates/tables.json`, parsed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from migkit.model.canonical import CanonicalField

from .names import Lexicon, read_lexicon, split_words
from .table_values import TableModel, read_table_model
from .values import ValueModel, read_value_model


@dataclass(frozen=True)
class Knowledge:
    """Lexicon, expected kinds, weights, and what the values of a column say."""

    lexicon: Lexicon
    kinds_of_type: Mapping[str, tuple[str, ...]]
    kinds_of_field: Mapping[str, tuple[str, ...]]
    type_hints: Mapping[tuple[str, str], frozenset[str]]
    """(first or last, word of a header) → canonical types that its values may have."""
    vocabularies: Mapping[str, frozenset[str]]
    """Vocabulary → words that values of free text are made of, whatever a practice calls its own: `Crown prep`, `Front desk`."""
    vocabulary_of: Mapping[str, str]
    """Field, or `table.field` → vocabulary."""
    ways_to_reach: frozenset[str]
    """Words for ways to reach somebody, which are nobody's name."""
    two_senses: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Header, as letters alone → what it can mean → kinds of value that stand there then."""
    derived: frozenset[str]
    """Fields that reading makes of others: no column is proposed as one."""
    strict_types: frozenset[str]
    vague_kinds: Mapping[str, float]
    """Kind of value that many columns show → what it counts, where a telling one counts 1."""
    flags: frozenset[str]
    """Fields that say that a row does not count: a column that is called just so is never left without a home."""
    second_keys: Mapping[str, str]
    """Canonical table → field that stands in for its key where no column is the key."""
    common: Mapping[str, float]
    """Canonical table → share of the files of exports that are such a table."""
    weights: Mapping[str, Mapping[str, float]]
    values: ValueModel
    tables: TableModel

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


def read_knowledge(document: Mapping[str, Any], values: Mapping[str, Any], tables: Mapping[str, Any]) -> Knowledge:
    """Return what the parsed `templates/mapping.yaml`, `templates/values.json` and `templates/tables.json` hold."""
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
        vocabularies={name: frozenset(words) for name, words in document["vocabularies"].items()},
        vocabulary_of=document["vocabulary_of_field"],
        ways_to_reach=frozenset(document["ways_to_reach"]),
        two_senses={header: {sense: tuple(kinds) for sense, kinds in senses.items()} for header, senses in document["two_senses"].items()},
        derived=frozenset(document["derived"]),
        strict_types=frozenset(document["strict_types"]),
        vague_kinds=document["vague_kinds"],
        flags=frozenset(document["flags"]),
        second_keys=document["second_keys"],
        common={table: float(share) for table, share in document["common"].items()},
        weights={part: {name: float(w) for name, w in weights.items()} for part, weights in document["weights"].items()},
        values=read_value_model(values),
        tables=read_table_model(tables),
    )
