"""How common a name is: by a committed table for each origin, and by the table of people itself as it grows.

A rare name in common says more than a common one. What is rare a small table can't tell, and a general list can't either: Nguyen is
one name of a hundred in Australia and every third in some suburbs. So a name's share is what it would be where its origin is usual
(`name_shares.tsv`), joined with the count in the table of people, which weighs more the larger it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import prod
from pathlib import Path

import pandas as pd

RARE = {"first": 0.0003, "last": 0.00005}
"""Share of a name that the table of shares does not know."""
AT_HOME = 0.4
"""Share of people of one origin where it is usual: about what the suburbs reach that are known for one."""
COMMITTED = 1_000
"""How many rows of a table of people the committed shares weigh."""

_TABLE = Path(__file__).parent / "name_shares.tsv"


def name_share(kind: str, words: Sequence[str]) -> float:
    """Return the share of people who bear the name of these words (`kind`: first, last), where its origin is usual.

    Several words are as rare together as the product of them.
    """
    known = _shares()[kind]
    if not words or any(word not in known for word in words):
        return RARE[kind]
    return max(RARE[kind] / 30, prod(known[word] for word in words) * AT_HOME)


def smoothed(kind: str, names: pd.DataFrame) -> pd.Series:
    """Return key → share for the names of a table: `key` (the name's letters, with repeats, no NA) and `words` of each row."""
    counts = names["key"].value_counts()
    words = dict(zip(names["key"], names["words"], strict=True))
    committed = pd.Series({key: name_share(kind, words[key]) for key in counts.index}, dtype="float64")
    return (counts + COMMITTED * committed) / (counts.sum() + COMMITTED)


@lru_cache(maxsize=1)
def _shares() -> dict[str, dict[str, float]]:
    """Kind → name → the greatest share that it has in any origin."""
    found: dict[str, dict[str, float]] = {"first": {}, "last": {}}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, names = line.split("\t")
            for entry in names.split(", "):
                name, percent = entry.split(" ")
                found[kind][name] = max(found[kind].get(name, 0.0), float(percent) / 100)
    return found
