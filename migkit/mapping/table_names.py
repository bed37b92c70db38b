"""What the name of a file or sheet says its rows are: the noun that the others only describe."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from migkit.model.canonical import CanonicalField, CanonicalSchema

from .names import Lexicon, split_words

_PREPOSITIONS = frozenset({"of", "for", "by", "from", "with", "without", "since", "per", "to", "until", "between", "excluding"})
"""Words before which the noun stands: the rows of `payments by dentist` are payments."""
_AFTER = frozenset(
    {"active", "inactive", "unpaid", "overdue", "outstanding", "current", "former", "past", "future", "open", "final", "old", "new", "raw"}
    | {"copy", "backup", "full", "recent", "today", "daily", "weekly", "monthly", "yearly"}
)
"""Words that may follow the noun without being it: `invoices unpaid`; those that end in -ed are known by that."""


@dataclass(frozen=True)
class TableName:
    """A name in two parts, as ideas of the lexicon."""

    noun: str
    """What one row is (`tags` of `patient_tags`), "" where the name says nothing."""
    described: tuple[str, ...]
    """What stands before it."""
    plural: bool = False
    """Whether it is the word for many: the rows of `stock movements` are movements, those of `stock Sydney` are no Sydney."""


def read_name(name: str, lexicon: Lexicon) -> TableName:
    """Return the noun of a file's name and what describes it; dates, numbers and words like report are passed over."""
    for phrase in _phrases(split_words(name)):
        words = list(phrase)
        while len(words) > 1 and (words[-1] in _AFTER or words[-1] in lexicon.file_words or words[-1].endswith("ed")):
            words.pop()
        ideas = [i for i in lexicon.ideas(" ".join(words)) if i not in lexicon.file_words and not any(map(str.isdecimal, i))]
        if ideas:
            return TableName(ideas[-1], tuple(ideas[:-1]), words[-1].endswith("s"))
    return TableName("", ())


def _phrases(words: tuple[str, ...]) -> list[list[str]]:
    phrases: list[list[str]] = [[]]
    for word in words:
        if word in _PREPOSITIONS:
            phrases.append([])
        else:
            phrases[-1].append(word)
    return phrases


class TableNames:
    """The known names of all canonical tables, read so."""

    def __init__(self, schema: CanonicalSchema, lexicon: Lexicon) -> None:
        self._schema, self._lexicon = schema, lexicon

    def read(self, name: str) -> TableName:
        """Return what a file's or sheet's name says its rows are."""
        return read_name(name, self._lexicon)

    @cached_property
    def _nouns(self) -> dict[str, frozenset[str]]:
        return {
            table.name: frozenset(self.read(known).noun for known in (table.name, table.title, *table.synonyms)) - {""}
            for table in self._schema.tables.values()
        }

    @cached_property
    def _around(self) -> dict[str, frozenset[str]]:
        """By table, ideas that may describe its noun: of its own names, its fields' and of the tables that its rows name."""
        own = {
            name: frozenset(i for text in (table.name, table.title, *table.synonyms, *table.fields) for i in self._lexicon.ideas(text))
            for name, table in self._schema.tables.items()
        }
        refs = {name: {spec.ref for spec in table.fields.values() if spec.ref} for name, table in self._schema.tables.items()}
        return {name: words | {i for ref in refs[name] for i in self._lexicon.ideas(ref)} for name, words in own.items()}

    def nouns(self, table: str) -> frozenset[str]:
        """Return the ideas that are what one row of the table is."""
        return self._nouns[table]

    def ideas_of(self, field: CanonicalField) -> frozenset[str]:
        """Return the ideas of all known spellings of a field."""
        return frozenset(idea for text in (field.name, field.title, *field.synonyms) for idea in self._lexicon.ideas(text))

    def says(self, header: str, table: str) -> bool:
        """Return whether a header names what one row of the table is: `Product ID` of products."""
        return not self._nouns[table].isdisjoint(self._lexicon.ideas(header))

    def same_noun(self, name: TableName, table: str) -> bool:
        """Return whether a name's noun is one of the table's own."""
        return name.noun in self._nouns[table]

    def strange(self, name: TableName, table: str) -> float:
        """Return the share of what describes the noun that such a table has nothing to do with, 0-1: `stock` of `stock items` invoiced."""
        unknown = [idea for idea in name.described if idea not in self._around[table]]
        return len(unknown) / len(name.described) if name.described else 0.0
