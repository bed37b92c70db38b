"""What a header says: words out of spellings, and how near two names are.

`PtDOB`, `patient_birthdate` and `Date of Birth (Patient)` become the same bag of ideas through a lexicon
(`templates/mapping.yaml`): abbreviations are spelled out, words run together are cut, words of one meaning become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from migkit.model.canonical import CanonicalSchema, CanonicalTable

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_WORD = re.compile(r"[^\W_]+|[%#]")


@dataclass(frozen=True)
class Lexicon:
    """Words of the field: how they are cut, spelled out and brought to one idea."""

    meanings: Mapping[str, tuple[str, ...]]
    """Word → the ideas it stands for: `dob` → (birth, date)."""
    silent: frozenset[str]
    """Words that say nothing: of, the, is."""
    context: Mapping[str, frozenset[str]]
    """Canonical table → ideas that its own name adds to a header and that may be left out."""

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every whole word that a run-together header may be cut into."""
        return frozenset(self.meanings) | frozenset(idea for ideas in self.meanings.values() for idea in ideas) | self.silent

    def ideas(self, text: str) -> tuple[str, ...]:
        """Return the ideas of a header in their order, each once; () for a header without words."""
        found: dict[str, None] = {}
        for word in split_words(text):
            for part in self._cut(word):
                if part not in self.silent:
                    found.update(dict.fromkeys(self.meanings.get(part, (_singular(part),))))
        return tuple(found)

    def _cut(self, word: str) -> list[str]:
        """Return `word` cut into known words when that leaves nothing over, else whole."""
        if word in self.vocabulary or len(word) < 5:
            return [word]
        best: list[list[str] | None] = [[]] + [None] * len(word)
        for end in range(2, len(word) + 1):
            for start in range(end - 1):
                head, part = best[start], word[start:end]
                if head is not None and part in self.vocabulary and (best[end] is None or len(head) + 1 < len(best[end] or ())):
                    best[end] = [*head, part]
        return best[-1] or [word]


def read_lexicon(document: Mapping[str, Any]) -> Lexicon:
    """Return the lexicon held in the parsed `templates/mapping.yaml`."""
    meanings = {str(word): tuple(str(ideas).split()) for word, ideas in document["spelled_out"].items()}
    for idea, words in document["same_meaning"].items():
        meanings[str(idea)] = (str(idea),)
        meanings |= {str(word): (str(idea),) for word in words}
    settled = {word: tuple(i for idea in ideas for i in meanings.get(idea, (idea,))) for word, ideas in meanings.items()}
    context = {table: frozenset(words) for table, words in document["table_words"].items()}
    return Lexicon(settled, frozenset(document["silent"]), context)


def split_words(text: str) -> list[str]:
    """Return the lower-case words of a header: camelCase, snake_case, digits and punctuation cut."""
    return [word.lower() for word in _WORD.findall(_CAMEL.sub(" ", text))]


def squeeze(text: str) -> str:
    """Return the letters and digits of a header, lower case, nothing between them."""
    return "".join(_WORD.findall(text.lower()))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@dataclass(frozen=True)
class NameScores:
    """How near each header is to each field of one canonical table, each 0-1 (headers by row, fields by column)."""

    exact: np.ndarray
    """1 where the header is a known spelling or has exactly its ideas."""
    ideas: np.ndarray
    """Cosine of the ideas, rarer ideas weighing more."""
    letters: np.ndarray
    """Nearness of the spelling."""
    nearest: np.ndarray
    """The known spelling that was nearest, for the evidence."""


class NameMatcher:
    """Compares headers with the known spellings of every field of the schema."""

    def __init__(self, schema: CanonicalSchema, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._phrases = {name: _phrases(table) for name, table in schema.tables.items()}
        corpus = sorted({text for phrases in self._phrases.values() for _, text in phrases})
        self._weigh = TfidfVectorizer(analyzer=lexicon.ideas, sublinear_tf=True).fit(corpus)
        self._bare = {name: self._strip(name, [text for _, text in phrases]) for name, phrases in self._phrases.items()}

    def compare(self, headers: Sequence[str], table: str) -> NameScores:
        """Return the scores of `headers` against the fields of the canonical `table`, in the schema's order."""
        phrases = self._phrases[table]
        fields = list(dict.fromkeys(name for name, _ in phrases))
        owner = np.array([fields.index(name) for name, _ in phrases])
        texts = [text for _, text in phrases]
        bare_headers, bare_texts = self._strip(table, headers), self._bare[table]
        ideas = np.maximum(self._cosine(headers, texts), self._cosine(bare_headers, bare_texts))
        squeezed, known = [squeeze(h) for h in headers], [squeeze(t) for t in texts]
        letters = process.cdist(squeezed, known, scorer=fuzz.ratio, dtype=np.float32) / 100
        same = (np.array(squeezed)[:, None] == np.array(known)[None, :]) | (ideas > 1 - 1e-6)
        overall = same + ideas + letters
        exact, best_ideas, best_letters = (_by_field(m, owner, len(fields)) for m in (same.astype(float), ideas, letters))
        nearest = np.empty((len(headers), len(fields)), dtype=object)
        for index in range(len(fields)):
            mine = np.flatnonzero(owner == index)
            nearest[:, index] = [texts[mine[best]] for best in overall[:, mine].argmax(axis=1)] if len(headers) else []
        return NameScores(exact, best_ideas, best_letters, nearest)

    def compare_tables(self, name: str, tables: Iterable[CanonicalTable]) -> dict[str, float]:
        """Return how near a file or sheet name is to each canonical table's names, 0-1."""
        scores = {}
        for table in tables:
            known = [table.name, table.title, *table.synonyms]
            same = any(squeeze(name) == squeeze(k) for k in known)
            cosine = self._cosine([name], known).max(initial=0)
            letters = max(fuzz.ratio(squeeze(name), squeeze(k)) for k in known) / 100
            scores[table.name] = 1.0 if same else float(max(0.9 * cosine, letters**2))
        return scores

    def _strip(self, table: str, texts: Sequence[str]) -> list[str]:
        """Return the texts as ideas without those of the table's own name; whole where nothing would be left."""
        own = self._lexicon.context.get(table, frozenset())
        ideas = [self._lexicon.ideas(text) for text in texts]
        return [" ".join([i for i in words if i not in own] or words) for words in ideas]

    def _cosine(self, left: Sequence[str], right: Sequence[str]) -> np.ndarray:
        if not left or not right:
            return np.zeros((len(left), len(right)))
        return np.asarray((self._weigh.transform(left) @ self._weigh.transform(right).T).todense())


def _phrases(table: CanonicalTable) -> list[tuple[str, str]]:
    return [
        (name, text) for name, spec in table.fields.items() for text in dict.fromkeys((name.replace("_", " "), spec.title, *spec.synonyms))
    ]


def _by_field(matrix: np.ndarray, owner: np.ndarray, fields: int) -> np.ndarray:
    """Return the best value of each field's phrases; phrases of a field stand side by side."""
    starts = np.searchsorted(owner, np.arange(fields))
    return np.maximum.reduceat(matrix, starts, axis=1) if matrix.size else np.zeros((matrix.shape[0], fields))
