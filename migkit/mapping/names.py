"""What a header says: words out of spellings, and how near two names are.

`PtDOB`, `patient_birthdate` and `Date of Birth (Patient)` become the same set of ideas through a lexicon
(`templates/mapping.yaml`): abbreviations are spelled out, words run together are cut, words of one meaning become one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from migkit.model.canonical import CanonicalSchema, CanonicalTable

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_WORD = re.compile(r"[^\W_]+|[%#]")
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}[A-Za-z]?|\b[A-Za-z](?:/[A-Za-z])+\b")
_HINT = re.compile(
    r"(?<=[^\s(\[])\s*[(\[]\s*(?:"
    r"[dmyh]{1,4}(?:[\s/.:-]+(?:[dmyh]{1,4}|ss?|[ap]m))+|[dmy]{6,8}"  # dd/mm/yyyy, hh:mm
    r"|yes\s*[/,|]\s*no|\w(?:\s*[/,|]\s*\w)+"  # Y/N, B/C/X
    r"|[$£€]|aud|nzd|usd|gbp|eur"
    r")\s*[)\]]",
    re.IGNORECASE,
)
"""What a header says in brackets of how its values are written: `DOB (dd/mm/yyyy)`, `Status (B/C/X)`, `Fee ($)`."""
_STEP = re.compile(r"\s*(?:\[\])?(?:\.|:{1,2}|->|>)\s*(?=\w)")
"""Between the steps of a path: `patient.name.first`, `Contact: Email`, `employees[].id`."""
_NOTHING = frozenset({"column", "col", "field", "unnamed", "var", "header", "blank"})
_ENDINGS = (("ies", "y"), ("ses", "s"), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))
_VOWEL, _DOUBLED = re.compile("[aeiou]"), re.compile(r"(.)\1")
_SHORTEST = 3
"""Letters of the shortest word that is read as another one without its vowels."""
_SLIGHT = 0.15
"""Weight of an idea that a field's type implies (`number` of a phone), or that hardly ever matters (`primary`)."""
_GROUP = 3
"""Columns that share a word from which it marks a group of its own."""
_FAR = 0.6
"""Nearness of spelling up to which two names have nothing in common but frequent letters."""
_PREFIX = 0.6
"""Share of a table's columns that begin with one word from which that word says nothing (`pc_title`, `pc_time`, …)."""
_GLUED = 3
"""Columns that one unknown beginning must make readable before it is taken off (`pfirstname`, `plastname`, `pcity`)."""
_OWN_WORD = 0.6
"""What a file's name counts that has a word of the table's own among others: `persons` for patients."""
_PARTLY = 0.9
"""What a file's name counts of which only some words are known, where one of known words alone counts 1."""


@dataclass(frozen=True)
class Lexicon:
    """Words of the field: how they are cut, spelled out and brought to one idea."""

    meanings: Mapping[str, tuple[str, ...]]
    """Word → the ideas it stands for: `dob` → (birth, date)."""
    silent: frozenset[str]
    """Words that say nothing: of, the, is."""
    slight: frozenset[str]
    """Ideas that hardly ever tell two fields apart: primary, mailing."""
    implied: Mapping[str, frozenset[str]]
    """Canonical type or field → ideas that it implies, so that a header may carry them or not."""
    context: Mapping[str, frozenset[str]]
    """Canonical table → ideas that its own name adds to a header and that may be left out."""
    anybodys: frozenset[str]
    """Ideas that say nothing of whose they are: id, name, status."""
    file_words: frozenset[str]
    """Ideas of a file's name that say nothing of what is in it: report, list."""
    letters: Mapping[str, Mapping[str, str]]
    """Idea → what letters beside it say: `h` of a phone → home."""
    words: frozenset[str] = frozenset()
    """Further whole words, from the schema's own spellings."""

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every whole word that a run-together header may be cut into."""
        return self.words | frozenset(self.meanings) | frozenset(i for ideas in self.meanings.values() for i in ideas) | self.silent

    def with_words(self, texts: Iterable[str]) -> Lexicon:
        """Return the lexicon that also knows those words of `texts` that cannot be cut into known ones."""
        words = {word for text in texts for word in split_words(text)}
        return replace(self, words=frozenset(word for word in words if len(word) > 2 and self._cut(word) == [word]))

    def ideas(self, text: str) -> tuple[str, ...]:
        """Return the ideas of a header in their order, each once; () for a header without words."""
        if text not in self._read_before:
            self._read_before[text] = self._ideas(text)
        return self._read_before[text]

    @cached_property
    def _read_before(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _ideas(self, text: str) -> tuple[str, ...]:
        parts = [part for word in split_words(text) for whole in self._cut(word) for part in self._without_letters(whole)]
        meant = [self._meaning(part) for part in parts]
        letters = {part: idea for ideas in meant for one in ideas for part, idea in self.letters.get(one, {}).items()}
        found: dict[str, None] = {}
        for part, ideas in zip(parts, meant, strict=True):
            if part in letters:
                found[letters[part]] = None
            elif part not in self.silent and (len(part) > 1 or part.isdecimal() or not part.isalnum()):
                found.update(dict.fromkeys(ideas))
        return tuple(found)

    def _without_letters(self, word: str) -> list[str]:
        """Return an unknown word parted from letters that say something beside the rest: `hphone`, `phonew`."""
        if word in self.vocabulary:
            return [word]
        for idea, letters in self.letters.items():
            for letter in letters:
                for parts in ([letter, word.removeprefix(letter)], [word.removesuffix(letter), letter]):
                    if "".join(parts) == word and (idea,) in map(self._meaning, parts):
                        return parts
        return [word]

    def unglued(self, headers: Sequence[str]) -> list[str]:
        """Return the headers without one short beginning that most of those which cannot be read share, where the rest can be read."""
        strange = [header for header in headers if len(words := split_words(header)) == 1 and not self._known(words[0])]
        counts = Counter(header[:size].lower() for header in strange for size in (1, 2, 3) if self._known(header[size:].lower()))
        glued = next((start for start, n in counts.most_common(1) if n >= _GLUED), None)
        return [header[len(glued) :] if glued and header in strange and header.lower().startswith(glued) else header for header in headers]

    def _known(self, word: str) -> bool:
        return word in self.vocabulary or self._cut(word) != [word]

    def _meaning(self, word: str) -> tuple[str, ...]:
        """Return the ideas of one word; an ending is taken off only where that leads to a known word."""
        stems = [word, *(word.removesuffix(end) + new for end, new in _ENDINGS if word.endswith(end) and len(word) > len(end) + 2)]
        known = next((stem for stem in stems if stem in self.meanings), None) or next((s for s in stems[1:] if s in self.words), word)
        return self.meanings.get(known) or (self._shortened.get(known) if known not in self.vocabulary else None) or (known,)

    @cached_property
    def _shortened(self) -> Mapping[str, tuple[str, ...]]:
        """Word without its vowels, but a first one → the ideas of the one known word that it is short for: `mthd`, `alrt`.

        What may be short for several, or has two letters (`th`, `st`), stands for none.
        """
        found: dict[str, set[tuple[str, ...]]] = {}
        for word in self.vocabulary - self.silent:
            bare = word[0] + _VOWEL.sub("", word[1:])
            for short in {bare, _DOUBLED.sub(r"\1", bare)} - {word}:
                if len(short) >= _SHORTEST:
                    found.setdefault(short, set()).add(self._meaning(word))
        return {short: next(iter(ideas)) for short, ideas in found.items() if len(ideas) == 1}

    def _cut(self, word: str) -> list[str]:
        """Return `word` cut into as few known words as possible when that leaves nothing over, else whole."""
        if word in self.vocabulary or len(word) < 5:
            return [word]
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(2, len(word) + 1):
            for start in range(end - 1):
                head, tail = best[start], best[end]
                if head is not None and word[start:end] in self.vocabulary and (tail is None or len(head) + 1 < len(tail)):
                    best[end] = [*head, word[start:end]]
        return best[-1] or [word]


def read_lexicon(document: Mapping[str, Any]) -> Lexicon:
    """Return the lexicon held in the parsed `templates/mapping.yaml`."""
    meanings = {str(word): tuple(str(ideas).split()) for word, ideas in document["spelled_out"].items()}
    for idea, words in document["same_meaning"].items():
        meanings |= {str(word): (str(idea),) for word in (idea, *words)}
    expanded = {word: tuple(i for idea in ideas for i in meanings.get(idea, (idea,))) for word, ideas in meanings.items()}

    def sets(part: str) -> dict[str, frozenset[str]]:
        return {name: frozenset(map(str, words)) for name, words in document[part].items()}

    return Lexicon(
        expanded,
        frozenset(document["silent"]),
        frozenset(document["slight"]),
        sets("implied_by_type") | sets("implied_by_field"),
        sets("table_words"),
        frozenset(document["anybodys"]),
        frozenset(document["file_words"]),
        document["letters_beside"],
    )


def is_mute(header: str) -> bool:
    """Return whether a header says nothing: `c1`, `Column 7`, `Unnamed: 3`."""
    return all(len(word) < 2 or word.isdecimal() or word in _NOTHING for word in split_words(header))


@lru_cache(maxsize=50_000)
def split_words(text: str) -> tuple[str, ...]:
    """Return the lower-case words of a header: camelCase, snake_case, digits and punctuation cut; `D.O.B.` and `O/S` are one word.

    What stands in brackets of how values are written says nothing of what they are.
    """
    whole = _INITIALS.sub(lambda found: re.sub(r"[./]", "", found[0]).lower(), _HINT.sub("", text))
    return tuple(word.lower() for word in _WORD.findall(_CAMEL.sub(" ", whole)))


@lru_cache(maxsize=50_000)
def squeeze(text: str) -> str:
    """Return the letters and digits of a header, lower case, nothing between them."""
    return "".join(_WORD.findall(_HINT.sub("", text).lower()))


@dataclass(frozen=True)
class NameScores:
    """How near each header is to each field of one canonical table, each 0-1 (headers by row, fields by column)."""

    own: np.ndarray
    """1 where the header is the field's own name or title."""
    exact: np.ndarray
    """1 where the header is a known spelling or has exactly its ideas."""
    loose: np.ndarray
    """1 where it has, but for ideas that the field's type implies and slight ones."""
    covered: np.ndarray
    """Share of what the header says that the nearest spelling says too."""
    explained: np.ndarray
    """Share of what the nearest spelling says that the header says too."""
    letters: np.ndarray
    """Nearness of the spelling."""
    foreign: np.ndarray
    """1 where the header has a word that the spelling lacks and that marks a group of columns (`school_city`, `school_state`, …)."""
    nearest: np.ndarray
    """The known spelling that was nearest, for the evidence."""


@dataclass(frozen=True)
class _Known:
    """Phrases that many headers are compared with."""

    count: int
    at: Mapping[str, int]
    """Each idea of theirs → its column in `flags`."""
    flags: np.ndarray
    """1 where a phrase (row) has an idea (column)."""
    light: Sequence[tuple[frozenset[str], np.ndarray, np.ndarray]]
    """Ideas that go without saying; the phrases of which that is so, by number; and the weight of each of these."""
    places: Mapping[frozenset[str], Sequence[int]]
    """Ideas → the phrases that have exactly these."""


@dataclass(frozen=True)
class _Phrases:
    """The known spellings of one table's fields, those of one field side by side."""

    texts: list[str]
    squeezed: list[str]
    full: _Known
    """Their ideas."""
    bare: _Known
    """Their ideas without those of the table's own name."""
    starts: np.ndarray
    """Where each field's spellings begin."""
    names: np.ndarray
    """Whether it is the field's own name or title."""


class NameMatcher:
    """Compares headers with the known spellings of every field of the schema."""

    def __init__(self, schema: CanonicalSchema, lexicon: Lexicon) -> None:
        texts = [text for table in schema.tables.values() for _, text, _, _ in _spellings(table, schema)]
        self._lexicon = lexicon.with_words(texts)
        counts = Counter(idea for text in set(texts) for idea in self._lexicon.ideas(text))
        self._rarity = {idea: float(np.log((1 + len(texts)) / (1 + n))) for idea, n in counts.items()}
        self._unknown = max(self._rarity.values())
        self._telling = self._tell_tables(schema)
        self._phrases = {name: self._read(table, schema) for name, table in schema.tables.items()}
        self._called: dict[str, tuple[list[str], _Known]] = {}
        self._seen: dict[tuple[tuple[str, ...], tuple[str, ...]], list[NameScores]] = {}

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon with the schema's own words."""
        return self._lexicon

    def anew(self) -> NameMatcher:
        """Return a matcher that knows the same and has compared nothing yet."""
        one = copy(self)
        one._seen = {}
        return one

    def compare(self, headers: Sequence[str], table: str) -> NameScores:
        """Return the scores of `headers` against the fields of the canonical `table`, in the schema's order."""
        return self.compare_together(headers, [table])[0]

    def compare_together(self, headers: Sequence[str], tables: Sequence[str]) -> list[NameScores]:
        """Return the scores by table where a row may carry the columns of all these: `Plan Total` is the plan's, not the item's."""
        key = (tuple(headers), tuple(tables))
        if key not in self._seen:
            spoken = self._spoken(headers, [self._phrases[table] for table in tables])
            self._seen[key] = [self._compare(headers, self._phrases[table], table, spoken) for table in tables]
        return self._seen[key]

    def _spoken(self, headers: Sequence[str], known: Sequence[_Phrases]) -> np.ndarray:
        """Return which headers are some field's spelling as they stand."""
        squeezed = frozenset(text for phrases in known for text in phrases.squeezed)
        ideas = frozenset(words for phrases in known for words in phrases.full.places)
        said = self._without_prefix([self._lexicon.ideas(header) for header in self._lexicon.unglued(headers)])
        whole = [squeeze(header) in squeezed for header in headers]
        meant = [bool(words) and frozenset(words) in ideas for words in said]
        return np.array(whole, dtype=bool) | np.array(meant, dtype=bool)

    def compare_tables(self, name: str, tables: Iterable[CanonicalTable]) -> dict[str, float]:
        """Return how near a file or sheet name is to each canonical table's names, 0-1. Words that the schema lacks hardly count."""
        scores = {}
        every = self._lexicon.ideas(name)
        telling = tuple(i for i in every if i in self._rarity and i not in self._lexicon.file_words)
        for table in tables:
            known, ideas = self._names_of(table)
            same = squeeze(name) in known
            both = 0.0 if self._lexicon.context.get(table.name, frozenset()).isdisjoint(telling) else _OWN_WORD
            for said, counts in ((every, 0.95), (telling, _PARTLY)):
                covered, explained = self._shares([said], ideas)
                both = max(both, counts * float(np.sqrt(covered * explained).max(initial=0.0)))
            letters = max(fuzz.ratio(squeeze(name), text) for text in known) / 100
            scores[table.name] = 1.0 if same else max(both, letters**3)
        return scores

    def _names_of(self, table: CanonicalTable) -> tuple[list[str], _Known]:
        """Return what a table is called, as letters alone and as ideas."""
        if table.name not in self._called:
            names = [table.name, table.title, *table.synonyms]
            ideas = [self._lexicon.ideas(text) for text in names]
            self._called[table.name] = [squeeze(text) for text in names], self._known(ideas, {frozenset(): range(len(names))})
        return self._called[table.name]

    def mentions(self, headers: Sequence[str], table: str) -> np.ndarray:
        """Return how surely each header speaks of the canonical `table` by its own words, 0-1: `Appointment Date` of appointments.

        A word that the fields of many tables hold says little: patients are named in nearly all.
        """
        words = self._lexicon.context.get(table, frozenset())
        said = [self._lexicon.ideas(header) for header in headers]
        return np.array([max((self._telling.get(idea, 0.0) for idea in ideas if idea in words), default=0.0) for ideas in said])

    def speaks(self, name: str) -> bool:
        """Return whether a name has a word that the schema knows."""
        return any(idea in self._rarity for idea in self._lexicon.ideas(name))

    def unknown(self, header: str) -> float:
        """Return the share of a header's words that the schema does not know, 1 where it has none: then its values must speak."""
        ideas = self._lexicon.ideas(header)
        return sum(idea not in self._rarity for idea in ideas) / len(ideas) if ideas else 1.0

    def _tell_tables(self, schema: CanonicalSchema) -> dict[str, float]:
        """Return how surely each idea tells the tables apart, 0-1: 1 for an idea of one table's fields, 0 for one of all tables'."""
        tables = [{i for _, text, _, _ in _spellings(table, schema) for i in self._lexicon.ideas(text)} for table in schema.tables.values()]
        counts = Counter(idea for ideas in tables for idea in ideas)
        counts.update(dict.fromkeys((i for words in self._lexicon.context.values() for i in words), 1))
        most = np.log(len(tables) + 1)
        return {idea: float(1 - np.log(n) / most) for idea, n in counts.items()}

    def _read(self, table: CanonicalTable, schema: CanonicalSchema) -> _Phrases:
        spellings = _spellings(table, schema)
        texts = [text for _, text, _, _ in spellings]
        fields = list(dict.fromkeys(name for name, _, _, _ in spellings))
        starts = np.searchsorted([fields.index(name) for name, _, _, _ in spellings], np.arange(len(fields)))
        full = [self._lexicon.ideas(text) for text in texts]
        names = np.array([own for _, _, _, own in spellings])
        by_light: dict[frozenset[str], list[int]] = {}
        for number, (name, _, kind, _) in enumerate(spellings):
            by_light.setdefault(self._implied(kind) | self._implied(name), []).append(number)
        squeezed = [squeeze(text) for text in texts]
        return _Phrases(texts, squeezed, self._known(full, by_light), self._known(self._strip(table.name, full), by_light), starts, names)

    def _implied(self, name: str) -> frozenset[str]:
        return self._lexicon.implied.get(name, frozenset())

    def _compare(self, headers: Sequence[str], known: _Phrases, table: str, spoken: np.ndarray) -> NameScores:
        if not headers:
            empty = np.zeros((0, len(known.starts)))
            return NameScores(empty, empty, empty, empty, empty, empty, empty, empty.astype(object))
        full = self._without_prefix([self._lexicon.ideas(header) for header in self._lexicon.unglued(headers)])
        covered, explained = self._shares(full, known.full)
        ends_of_paths = [self._end_of_path(header) or ideas for header, ideas in zip(headers, full, strict=True)]
        squeezed = [squeeze(header) for header in headers]
        ratios = process.cdist(squeezed, known.squeezed, scorer=fuzz.ratio, dtype=np.float32) / 100
        letters = np.maximum(ratios - _FAR, 0.0) / (1 - _FAR)
        whole = (letters > 0.999) | _same(full, known.full)
        # Words are left out only of headers that are no field's spelling as they stand: `Patient Name` is no `account name`.
        unknown = ~spoken[:, None]
        others = ((self._strip(table, full), known.bare), (ends_of_paths, known.full))
        for said, phrases in others if ends_of_paths != full else others[:1]:
            other_covered, other_explained = self._shares(said, phrases)
            better = unknown & (other_covered * other_explained > covered * explained)
            covered, explained = np.where(better, other_covered, covered), np.where(better, other_explained, explained)
        exact = (whole | unknown & np.logical_or.reduce([_same(*other) for other in others])).astype(float)
        letters = np.maximum(letters, exact)
        loose = np.maximum(exact, ((covered > 0.8) & (explained > 0.8)).astype(float))
        overall = 2 * exact + loose + np.sqrt(covered * explained) + 0.2 * letters
        ends = [*known.starts[1:], len(known.texts)]
        best = np.stack([s + overall[:, s:e].argmax(axis=1) for s, e in zip(known.starts, ends, strict=True)], axis=1)

        def at_best(matrix: np.ndarray) -> np.ndarray:
            return np.take_along_axis(matrix, best, axis=1)

        def top(matrix: np.ndarray) -> np.ndarray:
            return np.maximum.reduceat(matrix, known.starts, axis=1)

        nearest = np.array(known.texts, dtype=object)[best]
        covered, explained = np.maximum(at_best(covered), at_best(exact)), np.maximum(at_best(explained), at_best(exact))
        foreign = at_best(self._foreign(self._strip(table, full), known.full)) * (1 - at_best(exact))
        return NameScores(top(exact * known.names), top(exact), top(loose), covered, explained, top(letters), foreign, nearest)

    def _strip(self, table: str, ideas: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Return the ideas without those of the table's own name; whole where nothing would be left."""
        own = self._lexicon.context.get(table, frozenset())
        return [tuple(i for i in words if i not in own) or words for words in ideas]

    def _end_of_path(self, header: str) -> tuple[str, ...]:
        """Return the ideas of the last step of a path, of its last two where the last alone could be anybody's; () for no path."""
        steps = [ideas for step in _STEP.split(header) if (ideas := self._lexicon.ideas(step))]
        if len(steps) < 2:
            return ()
        return steps[-1] if not set(steps[-1]) <= self._lexicon.anybodys else tuple(dict.fromkeys((*steps[-2], *steps[-1])))

    def _without_prefix(self, ideas: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Return the ideas of a table's headers without a first word that most of them share and that means nothing."""
        first = Counter(words[0] for words in ideas if len(words) > 1)
        shared = {w for w, n in first.items() if len(ideas) >= 5 and n >= _PREFIX * len(ideas) and w not in self._lexicon.vocabulary}
        return [words[1:] if len(words) > 1 and words[0] in shared else words for words in ideas]

    def _foreign(self, said: Sequence[tuple[str, ...]], known: _Known) -> np.ndarray:
        """Return 1 where a header has a word that no phrase of the table has and that at least `_GROUP` headers share."""
        spoken = known.at.keys() | self._lexicon.slight
        counts = Counter(idea for words in said for idea in words if idea not in spoken)
        groups = {idea for idea, n in counts.items() if n >= _GROUP}
        return np.array([[float(not groups.isdisjoint(words))] for words in said]) * np.ones(known.count)

    def _shares(self, said: Sequence[tuple[str, ...]], known: _Known) -> tuple[np.ndarray, np.ndarray]:
        """Return (share of each header's ideas in each phrase, share of each phrase's ideas in each header), by weight."""
        index = {idea: number for number, idea in enumerate(dict.fromkeys(i for words in said for i in words))}
        both = [idea for idea in index if idea in known.at]
        ours = _flags(said, index)
        left, right = ours[:, [index[idea] for idea in both]], known.flags[:, [known.at[idea] for idea in both]]
        covered, explained = np.zeros((len(said), len(right))), np.zeros((len(said), len(right)))
        for implied, mine, whole in known.light:
            shared = (left * self._weights(both, implied)) @ right[mine].T
            covered[:, mine] = shared / np.maximum(ours @ self._weights(index, implied), 1e-9)[:, None]
            explained[:, mine] = shared / whole[None, :]
        return covered, explained

    def _known(self, phrases: Sequence[tuple[str, ...]], light: Mapping[frozenset[str], Sequence[int]]) -> _Known:
        ideas = list(dict.fromkeys(idea for words in phrases for idea in words))
        at = {idea: number for number, idea in enumerate(ideas)}
        flags = _flags(phrases, at)
        weighed = [
            (implied, np.array(mine), np.maximum(flags[mine] @ self._weights(ideas, implied), 1e-9)) for implied, mine in light.items()
        ]
        places: dict[frozenset[str], list[int]] = {}
        for number, words in enumerate(phrases):
            places.setdefault(frozenset(words), []).append(number)
        return _Known(len(phrases), at, np.asfortranarray(flags), weighed, places)

    def _weights(self, ideas: Iterable[str], implied: frozenset[str]) -> np.ndarray:
        """Return what each idea counts: more the rarer it is, little where it is slight or goes without saying."""
        slight = self._lexicon.slight
        return np.array(
            [self._rarity.get(idea, self._unknown) * (_SLIGHT if idea in implied or idea in slight else 1.0) for idea in ideas], dtype=float
        )


_NEWEST: list[tuple[CanonicalSchema, Lexicon, NameMatcher]] = []
"""The matcher made last: one process knows one schema."""


def matcher_of(schema: CanonicalSchema, lexicon: Lexicon) -> NameMatcher:
    """Return a matcher that has compared nothing yet; what it knows of the schema is found once."""
    if not _NEWEST or _NEWEST[0][0] is not schema or _NEWEST[0][1] is not lexicon:
        _NEWEST[:] = [(schema, lexicon, NameMatcher(schema, lexicon))]
    return _NEWEST[0][2].anew()


def _spellings(table: CanonicalTable, schema: CanonicalSchema) -> list[tuple[str, str, str, bool]]:
    """Return (field, known spelling, type, whether it is the field's own name) of every field.

    A reference is also spelled as the key of the table that it refers to, where that is more than a bare `id`.
    """
    found = []
    for name, spec in table.fields.items():
        own = (name.replace("_", " "), spec.title)
        keys = [schema[spec.ref].fields[key] for key in schema[spec.ref].key] if spec.ref and spec.ref != table.name else []
        theirs = [text for key in keys for text in key.synonyms if text != "id"] if spec.name in schema[spec.ref or table.name].key else []
        found += [(name, text, spec.type, text in own) for text in dict.fromkeys((*own, *spec.synonyms, *theirs))]
    return found


def _flags(ideas: Sequence[tuple[str, ...]], index: Mapping[str, int]) -> np.ndarray:
    flags = np.zeros((len(ideas), len(index)))
    for row, words in enumerate(ideas):
        flags[row, [index[word] for word in words]] = 1.0
    return flags


def _same(said: Sequence[tuple[str, ...]], known: _Known) -> np.ndarray:
    """Return where a header has exactly a phrase's ideas."""
    result = np.zeros((len(said), known.count), dtype=bool)
    for i, words in enumerate(said):
        if words:
            result[i, known.places.get(frozenset(words), [])] = True
    return result
