"""What a column's values look like, told without repeating any of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from migkit.model.country import NO_COUNTRY, Country

SAMPLE = 400
"""Distinct values that are looked at per column; more say nothing new about their kind."""

_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4})"
_DIGITS = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
"""A day as eight digits, year first."""
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?"
_HOUSE = r"unit\s*\d+|\d+[a-z]?(?:\s*/\s*\d+[a-z]?)?|lot\s*\d+|g?po box\s*\d+|level\s*\d+"
_KINDS: Mapping[str, str] = {
    "date": _DAY + r"(?: 0?0:00(?::00)?)?|" + _DIGITS,
    "datetime": _DAY + r"[ T,]+" + _CLOCK + r"(?:Z|[+-]\d{2}:?\d{2})?",
    "serial day": r"[34]\d{4}(?:\.\d+)?",
    "time": r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?|\d{1,2}\s*[AaPp][Mm]|(?:0[6-9]|1\d)[0-5][05]",
    "money": r"[-(]?\s*(?:[A-Z]{3}|[A-Z]{0,3}[$€£])\s*-?[\d,]+(?:\.\d+)?\)?|[-(]?[\d,]*\d\.\d{2}\)?",
    "whole number": r"-?\d{1,9}",
    "number": r"-?\d+(?:[.,]\d+)?",
    "percent": r"\d{1,3}(?:\.\d+)?\s*%",
    "phone": r"(?!\D*(?:\d\D*){16})\+?[\d(][\d\s().-]{6,17}\d(?:\s*(?:x|ext\.?)\s*\d+)?",
    "e-mail": r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}",
    "web address": r"https?://\S+",
    "path": r"(?:[^/\\:*?\"<>|\n]*[/\\])*[^/\\:*?\"<>|\n]+\.[A-Za-z0-9]{2,4}|(?:[A-Za-z]:)?(?:[/\\][^/\\\n]+)+[/\\]?",
    "item code": r"[0-9]\d{2}|\d{2}|88\d{3}|[DdNn]\d{4}",
    "tooth": r"(?:[1-4][1-8]|[5-8][1-5])(?:[,;/ -]+(?:[1-4][1-8]|[5-8][1-5]))*",
    "surfaces": r"(?i)[modblpidfvc]{1,5}",
    "gender": r"(?i)m|f|male|female|other|unknown|non-?binary|x|u|man|woman|not stated",
    "honorific": r"(?i)(?:mr|mrs|ms|miss|dr|prof|master|mx|mstr|rev|sir)\.?",
    "yes or no": r"(?i)y|n|yes|no|true|false|t|f|0|1|on|off",
    "single digit": r"\d",
    "name, last first": r"[A-Za-z'’\- ]{2,30},\s*(?:(?:Dr|Mr|Mrs|Ms|Miss)\.?\s+)?[A-Za-z'’\- .]{1,30}",
    "person's name": r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Master)\.?\s+)?[A-ZÀ-Þ][\w'’-]*(?:\s+[A-ZÀ-Þ][\w'’.-]*){1,3}",
    "one word": r"[^\W\d_][\w'’-]*(?:[ -][^\W\d_][\w'’-]*)?",
    "short code": r"[A-Z0-9]{1,5}",
    "id": r"[A-Za-z]{0,5}[-_/#]?\d{1,20}|[0-9a-fA-F]{8}-?[0-9a-fA-F-]{24,27}|[0-9a-f]{24}"
    r"|(?:[a-z]{2,4}_)?(?=\w*[A-Za-z])(?=\w*\d)\w{14,28}",
    "street": r"(?i)(?:" + _HOUSE + r")[,\s].*\b[a-z]{2,}.*|p\.?\s?o\.? box.*",
    "minutes": r"(?:[1-9]|[1-9][05]|1\d[05]|2[0-4][05])(?:\s*(?:m|min|mins|minutes))?",
}
PROSE, CODES, MARKUP = "prose", "a few codes", "markup"
"""Kinds that no pattern tells of a whole value: several words, few values for many rows, text with HTML in it."""
_LABELLED = re.compile(
    r"(?i)\(?(?:m|mob|mobile|cell|h|hm|home|w|wk|work|b|bus|a/?h|b/?h|p|ph|phone|t|tel|telephone)\)?\s*[.:]\s*(\+?\(?\d[\d ().-]{6,20}\d)"
)
"""A phone behind what kind it is, as reports print several in one cell: `M: 0491 570 006 (parent) / H: 07 5550 1234`."""
_TAG = re.compile(r"<(?:p|br|div|b|span|ul|li|h\d|strong)\b[^<>]{0,500}>")
LONGEST, LONGEST_MARKUP = 260, 4000
"""Characters beyond which nothing is a path, a name or a phone number, and how many are looked through for a tag.
Every pattern takes time in proportion to what it is given at the most squared, so what it is given is cut."""


@lru_cache(maxsize=64)
def _patterns(here: tuple[tuple[str, str], ...]) -> Mapping[str, re.Pattern[str]]:
    """Return kind → pattern, those that look different in every country as `here` has them."""
    return {kind: re.compile(pattern) for kind, pattern in {**_KINDS, **dict(here)}.items()}


@dataclass(frozen=True)
class Profile:
    """What is known of one column without repeating its values. Shares are 0-1 of the filled, distinct, sampled values."""

    rows: int
    filled: int
    distinct: int
    """Distinct filled values."""
    max_length: int
    kinds: Mapping[str, float] = field(default_factory=dict)
    """Kind → share of values that look like it; kinds that none looks like are left out."""
    unique_in_files: bool = False
    """Whether the values, which repeat from file to file, repeat in none: overlapping periods, or sites that each count from 1."""

    @property
    def uniqueness(self) -> float:
        """Share of the filled values that are different from all before (in their own file, where files repeat each other); 0 for none."""
        return 1.0 if self.unique_in_files else self.distinct / self.filled if self.filled else 0.0

    def share(self, *kinds: str) -> float:
        """Return the largest share among `kinds`."""
        return max((self.kinds.get(kind, 0.0) for kind in kinds), default=0.0)


def profile(column: pd.Series, files: pd.Series | None = None, country: Country = NO_COUNTRY) -> Profile:
    """Return the profile of a text column (NA where empty) of a practice in `country`.

    `files` says which file each value stands in, where there are several.
    """
    filled = column.dropna()
    distinct = filled.drop_duplicates()
    repeated = files is not None and len(distinct) < len(filled)
    own = repeated and not pd.DataFrame({"file": files, "value": column}).dropna().duplicated().any()
    sample = [_bare(str(value).strip()) for value in distinct.head(SAMPLE)]
    short = [value for value in sample if len(value) <= LONGEST]
    kinds = (
        {kind: sum(1 for v in short if p.fullmatch(v)) / len(sample) for kind, p in _patterns(tuple(country.shapes.items())).items()}
        if sample
        else {}
    )
    if sample:
        kinds[MARKUP] = sum(bool(_TAG.search(v[:LONGEST_MARKUP])) for v in sample) / len(sample)
        kinds[PROSE] = sum(len(v.split()) >= 4 for v in sample) / len(sample)
        kinds[CODES] = float(len(filled) >= 10 and len(distinct) <= 40 and len(distinct) <= 0.3 * len(filled))
    longest = int(filled.str.len().max()) if len(filled) else 0
    return Profile(len(column), len(filled), len(distinct), longest, {k: s for k, s in kinds.items() if s}, own)


def _bare(value: str) -> str:
    """Return a phone without its label and what follows it, any other value as it is."""
    found = _LABELLED.match(value)
    return found[1] if found else value


def shape(value: str, limit: int = 24) -> str:
    """Return the shape of a value: `Mary-Ann 0412` → `Aa-Aa 9`. Letters and digits never come through.

    Runs are cut to one sign, so that not even the length of a word is told; at most `limit` signs.
    """
    signs = []
    for char in value.strip()[:200]:
        sign = "9" if char.isnumeric() else ("A" if char.isupper() else "a") if char.isalpha() else " " if char.isspace() else char
        if char.isprintable() or char.isspace():
            signs.append(sign)
    runs = re.sub(r"(.)\1+", r"\1", "".join(signs))
    return runs[:limit]


def shapes(values: Iterable[str], most: int = 4) -> tuple[str, ...]:
    """Return the most frequent shapes of `values`, most frequent first, ties in alphabetical order."""
    counts = pd.Series([shape(str(v)) for v in values], dtype="string").value_counts()
    return tuple(sorted(counts.index, key=lambda s: (-counts[s], s))[:most])


def in_words(seen: Profile, kinds: Collection[str] = ()) -> str:
    """Return one sentence of what the values look like, for people; no value is repeated. `kinds` are named before others."""
    if not seen.filled:
        return "no values" if seen.rows == 0 else "always empty"
    best = max(seen.kinds, key=lambda kind: (round(seen.kinds[kind], 2), kind in kinds), default="")
    looks = f"{seen.kinds[best]:.0%} look like {best}, " if best and seen.kinds[best] >= 0.6 else ""
    return f"{looks}{seen.filled / seen.rows:.0%} filled, {seen.distinct} different"
