"""Spellings of codes that may be one: of the same letters and words, or nearly so, as OpenRefine clusters them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz

from migkit.mapping import ValueProposal

NEAR = 88.0
"""Nearness of spelling (rapidfuzz, 0-100) from which two long codes may be one."""
LONG = 6
"""Letters below which codes of other letters are others: `DNA` and `DNR` are two."""


def clusters(codes: Sequence[ValueProposal]) -> list[tuple[ValueProposal, ...]]:
    """Return groups of codes that may be one, each with its most frequent spelling first; codes that differ in a digit are others."""
    groups: dict[str, list[ValueProposal]] = defaultdict(list)
    for code in sorted(codes, key=lambda one: (-one.rows, one.value)):
        key = fingerprint(code.value)
        near = next((known for known in groups if known and _near(known, key)), key)
        groups[near].append(code)
    return [tuple(group) for key, group in groups.items() if key and len(group) > 1]


def fingerprint(text: str) -> str:
    """Return the words of a code in order of the alphabet, without case, accents, signs and doubles."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and ")).encode("ascii", "ignore").decode()
    return " ".join(sorted(set(re.findall(r"[a-z]+|\d+", plain))))


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    if re.findall(r"\d+", one) != re.findall(r"\d+", other) or min(len(one), len(other)) < LONG:
        return False
    close, whole = one.replace(" ", ""), other.replace(" ", "")
    return close == whole or fuzz.ratio(close, whole) >= NEAR
