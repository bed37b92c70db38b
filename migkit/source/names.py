"""Persons' names as references: which spellings may mean the same record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

_TITLES = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|prof|master|mstr|sir)\b\.?\s*", re.IGNORECASE)


_GENERATIONS = frozenset({"jr", "jnr", "sr", "snr", "junior", "senior", "ii", "iii", "iv"})
_PLAIN = r"(?:mr|mrs|ms|miss|mx|dr|doctor|prof|professor)\b\.?"
_PLAIN_TITLES = re.compile(rf"(?:{_PLAIN}\s+(?:(?:&|and)\s+)?)*{_PLAIN}(?=\s|$)", re.IGNORECASE)
_TITLES_OF_TWO = re.compile(r"(?:master|mstr|sir|dame|rev|reverend)\b\.?(?=\s+\S+\s+\S)", re.IGNORECASE)
"""Words that are first or last names too: titles only where two more words follow."""
_ANY_TITLE = r"(?:mr|mrs|ms|miss|mx|dr|doctor|prof|professor|master|mstr|sir|dame|rev|reverend)\b\.?"
_TITLE_LAST = re.compile(rf",\s*({_ANY_TITLE})\s*$", re.IGNORECASE)
"""A title behind the first names: `Nguyen, Thu, Ms`."""
_TITLE_IN_BRACKETS = re.compile(rf"\s*[(\[]({_ANY_TITLE})[)\]]", re.IGNORECASE)
"""`Weber, Anna (Mrs)`."""
_TWO = 2
_WORDS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"|\S+")
_FORMER = re.compile(r"\s*[(\[](?:n[eé]e|formerly|prev(?:iously)?)\b\.?\s*([^()\[\]]+)[)\]]", re.IGNORECASE)
_NICKNAME = re.compile(r"[(\[\"]([A-ZÀ-Þ][^\W\d_]+(?:[ -][A-ZÀ-Þ][^\W\d_]+)?)[)\]\"](?=\s*\S|$)")
_REMARKS = {
    "do_not_contact": r"(?:do not|don'?t|no) (?:contact|call|ring|phone|email|e-mail|sms|text|mail|book|use)|dnc|no further contact",
    "deceased": r"deceased|dec'?d|passed away|rip",
    "archived": r"archived?|inactive|closed|deleted|old file|z{2,}",
    "duplicate": r"duplicate|dup|merged",
    "test": r"test(?:ing|er)?|dummy|fake",
}
_REMARK = {kind: re.compile(rf"(?<![\w'-])(?:{words})(?![\w'-])", re.IGNORECASE) for kind, words in _REMARKS.items()}


@dataclass(frozen=True)
class NameParts:
    """One name taken apart; every word of it is in one of the parts. What is not there is ""."""

    title: str = ""
    first: str = ""
    last: str = ""
    preferred: str = ""
    former: str = ""


def split_name(text: str) -> NameParts:
    """Return the parts of `Last, First`, `Last, First, Title` or `First Last`.

    Only a plain title (Mr, Mrs, Ms, Miss, Mx, Dr, Prof) is one: Prince Nelson and Guru Singh keep their first names. A name in
    brackets or quotes beside the first name is the preferred one, one after née the former last name; any other bracket stays.
    """
    former = _FORMER.search(text)
    text = _FORMER.sub(" ", text, count=1).replace(" ,", ",").strip() if former else text
    behind = _TITLE_LAST.search(text) if text.count(",") > 1 else None
    text = text[: behind.start()] if behind else text
    if not behind and (bracketed := _TITLE_IN_BRACKETS.search(text)):
        behind, text = bracketed, f"{text[: bracketed.start()]} {text[bracketed.end() :]}".replace(" ,", ",").strip()
    left, comma, right = text.partition(",")
    last, first = (left.strip(), right.strip()) if comma else ("", text.strip())
    title = _PLAIN_TITLES.match(first) or _TITLES_OF_TWO.match(f"{first} {last}")
    if title and not (last or first[title.end() :].strip()):
        title = None
    first = first[title.end() :].strip() if title else first
    first, preferred = _nickname(first, bool(comma))
    if not comma:
        first, last = _at_last_name(first, bool(title))
    said = title[0].strip() if title else behind[1] if behind else ""
    return NameParts(said, first, last, preferred, former[1].strip() if former else "")


def remark_of(name: str) -> str:
    """Return what a name says of its record (`do_not_contact`, `deceased`, `archived`, `duplicate`, `test`), "" where it is only a name."""
    return next((kind for kind, pattern in _REMARK.items() if pattern.search(name)), "")


def _nickname(first: str, alone: bool) -> tuple[str, str]:
    """Part off a name in brackets; after the last name (unless `first` holds first names alone) nobody knows what it is, and it stays."""
    found = _NICKNAME.search(first)
    rest = f"{first[: found.start()].strip()} {first[found.end() :].strip()}".strip() if found else ""
    if not found or not rest or remark_of(found[1]) or not (alone or first[found.end() :].strip()) or not first[: found.start()].strip():
        return first, ""
    return rest, found[1]


def _at_last_name(text: str, has_title: bool) -> tuple[str, str]:
    """Return first and last names: the last word is the last name, with the particles before it and what follows it (Jr, a bracket)."""
    from nameparser.config.particles import PARTICLES  # here, since most commands type nothing

    words = _WORDS.findall(text)
    cut = len(words) - 1
    while cut > 0 and (words[cut][0] in '(["' or words[cut].casefold().strip(".") in _GENERATIONS):
        cut -= 1
    while cut > 1 and words[cut - 1].casefold() in PARTICLES:
        cut -= 1
    if cut <= 0 and not has_title:
        return text, ""
    return " ".join(words[:cut]), " ".join(words[cut:])


def fold(text: str) -> str:
    """Return the spelling under which two writings of one name are exactly the same: case, spaces and apostrophes aside."""
    plain = re.sub("[\u2018\u2019\u02bc\u0060\u00b4]", "'", unicodedata.normalize("NFKC", text)).casefold()
    return re.sub(r"\s+", " ", re.sub(r"\s*,\s*", ", ", plain)).strip()


def loose(text: str) -> str:
    """Return a coarser spelling: titles, accents, hyphens and spaces aside."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", _TITLES.sub("", fold(text))) if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9,]", "", bare.replace("ø", "o").replace("ß", "ss"))


A_NAME = r"[^\W\d_][^\d]*[\s,][^\d]*[^\W\d_][^\d]*"
"""Two words or more and no digit: where an id should stand, a name does."""


def same_person(text: str) -> str:
    """Return the spelling under which two writings of one name, or of one id, are the same."""
    parts = split_name(text)
    return loose(f"{parts.last}, {parts.first}")


@dataclass(frozen=True)
class NameIndex:
    """Ids by the spellings of their names, in tiers from exact to coarse: the first tier that knows a name decides."""

    tiers: tuple[Mapping[str, frozenset[str]], ...]
    same: Mapping[str, str]
    """Id → a number that two rows of one person share (a dentist's registration at two locations)."""

    def candidates(self, text: str) -> list[str]:
        """Return the ids that the name may mean, sorted; rows known to be one person count once."""
        parts = split_name(text)
        bare = f"{parts.last}, {parts.first}" if parts.title or parts.preferred else ""
        for tier, spell in zip(self.tiers, (fold, loose, loose), strict=True):
            if found := tier.get(spell(text)) or (bare and tier.get(spell(bare))):
                return self._one_each(found)
        return []

    def turned(self, text: str) -> list[str]:
        """Return the ids that a name without a comma may mean where it is printed last name first: `NGO BEN`, `VAN DER BERG ANNA`."""
        words = text.split()
        if "," in text or len(words) < _TWO:
            return []
        parted = [f"{' '.join(words[:at])}, {' '.join(words[at:])}" for at in (1, len(words) - 1)]
        return next((found for one in parted if (found := self.candidates(one))), [])

    def _one_each(self, found: frozenset[str]) -> list[str]:
        persons: dict[str, str] = {}
        for one in sorted(found):
            persons.setdefault(self.same.get(one, one), one)
        return sorted(persons.values())


def index_names(frame: pd.DataFrame, key: str) -> NameIndex:
    """Return the index of a typed table of people or families (`full_name` or `name`, `first_name`, `last_name`, `preferred_name`)."""
    exact: dict[str, set[str]] = {}
    coarse: dict[str, set[str]] = {}
    preferred: dict[str, set[str]] = {}
    names = ("full_name", "name", "first_name", "last_name", "preferred_name", "code")
    texts = [list(map(_text, frame[name].tolist())) if name in frame else [""] * len(frame) for name in names]
    for one, full, own, first, last, known, code in zip(map(str, frame[key] if len(frame) else ()), *texts, strict=True):
        whole = full or own
        given = first.split(" ")[0]  # `Lee, Mary` may be Mary Ann Lee, so she is a candidate beside Mary Lee
        spellings = {whole, *_both_ways(first, last), *_both_ways(given, last)} - {""}
        for spelling in spellings:
            exact.setdefault(fold(spelling), set()).add(one)
            coarse.setdefault(loose(spelling), set()).add(one)
        for spelling in {*_both_ways(known, last), code} - {""}:
            preferred.setdefault(loose(spelling), set()).add(one)
    return NameIndex((_frozen(exact), _frozen(coarse), _frozen(preferred)), _pairs(frame, key, "ahpra_number"))


def _both_ways(first: str, last: str) -> Iterable[str]:
    return (f"{last}, {first}", f"{first} {last}") if first and last else ()


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _pairs(frame: pd.DataFrame, key: str, other: str) -> dict[str, str]:
    if other not in frame:
        return {}
    known = frame[frame[other].notna()]
    return dict(zip(known[key].astype(str), known[other].astype(str), strict=True))


def _frozen(index: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {spelling: frozenset(ids) for spelling, ids in index.items()}
