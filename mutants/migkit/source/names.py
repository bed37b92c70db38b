"""Persons' names as references: which spellings may mean the same record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
from nameparser import HumanName

_TITLES = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|prof|master|mstr|sir)\b\.?\s*", re.IGNORECASE)


def split_name(text: str) -> tuple[str, str, str]:
    """Return (title, first names, last name) of `Last, First` or `First Last`; what is not there is ""."""
    if "," in text:
        last, _, first = text.partition(",")
        title = _TITLES.match(first.strip())
        first = first.strip()[title.end() :] if title else first.strip()
        return (title[0].strip() if title else ""), first, last.strip()
    name = HumanName(text)
    first = " ".join(part for part in (name.first, name.middle) if part)
    return name.title, first, " ".join(part for part in (name.last, name.suffix) if part)


def fold(text: str) -> str:
    """Return the spelling under which two writings of one name are exactly the same: case, spaces and apostrophes aside."""
    plain = re.sub("[\u2018\u2019\u02bc\u0060\u00b4]", "'", unicodedata.normalize("NFKC", text)).casefold()
    return re.sub(r"\s+", " ", re.sub(r"\s*,\s*", ", ", plain)).strip()


def loose(text: str) -> str:
    """Return a coarser spelling: titles, accents, hyphens and spaces aside."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", _TITLES.sub("", fold(text))) if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9,]", "", bare.replace("ø", "o").replace("ß", "ss"))


@dataclass(frozen=True)
class NameIndex:
    """Ids by the spellings of their names, in tiers from exact to coarse: the first tier that knows a name decides."""

    tiers: tuple[Mapping[str, frozenset[str]], ...]
    same: Mapping[str, str]
    """Id → a number that two rows of one person share (a dentist's registration at two locations)."""

    def candidates(self, text: str) -> list[str]:
        """Return the ids that the name may mean, sorted; rows known to be one person count once."""
        for tier, spelling in zip(self.tiers, (fold(text), loose(text), loose(text)), strict=True):
            if found := tier.get(spelling):
                return self._one_each(found)
        return []

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
    for row in frame.to_dict("records"):
        one = str(row[key])
        whole = _text(row.get("full_name")) or _text(row.get("name"))
        first, last, known = _text(row.get("first_name")), _text(row.get("last_name")), _text(row.get("preferred_name"))
        spellings = {whole, *_both_ways(first, last)} - {""}
        for spelling in spellings:
            exact.setdefault(fold(spelling), set()).add(one)
            coarse.setdefault(loose(spelling), set()).add(one)
        for spelling in {*_both_ways(known, last), _text(row.get("code"))} - {""}:
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
