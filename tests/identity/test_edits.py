"""Spellings that are so many edits apart are found as such, although DuckDB is first asked something cheaper."""

from __future__ import annotations

import random

import duckdb
import pandas as pd
import pytest
from rapidfuzz.distance import DamerauLevenshtein

from migkit.identity.model import COMPARISONS

NAMES = ("smith", "smyth", "mcdonald", "nguyễn", "zoë", "o brien", "lee", "li", "anne", "ann", "jürgen", "björn")
DAYS = ("1980-02-11", "1980-11-02", "1999-12-31", "2001-01-01", "1947-07-04")


def _edited(word: str, edits: int, letters: str, chance: random.Random) -> str:
    """Return the word with so many changes: a letter more, less, another one, or two neighbours that changed places."""
    for _ in range(edits):
        at = chance.randrange(max(1, len(word)))
        letter = chance.choice(letters)
        word = chance.choice(
            (
                word[:at] + letter + word[at:],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
            )
        )
    return word


@pytest.mark.parametrize(
    ("comparison", "level", "words", "most"),
    [("birth_date", "one digit off", DAYS, 1), ("birth_date", "two digits off", DAYS, 2), ("last", "similar", NAMES, 2)],
)
def test_at_most_so_many_edits_is_what_rapidfuzz_counts(comparison: str, level: str, words: tuple[str, ...], most: int) -> None:
    """Of 3,000 pairs that are nought to five edits apart, the level holds for those that rapidfuzz counts to be as near, by bytes."""
    chance = random.Random(7)
    letters = "".join(sorted({letter for word in words for letter in word}))
    pairs = [(word, _edited(word, number % 6, letters, chance)) for number in range(3000) for word in (chance.choice(words),)]
    table = pd.DataFrame(pairs, columns=[f"{comparison}_l", f"{comparison}_r"])
    levels = next(one for one in COMPARISONS if one.name == comparison).levels
    condition = next(one.sql for one in levels if one.words == level).partition(" OR jaro")[0]

    with duckdb.connect() as connection:
        connection.register("pairs_of_words", table)
        found = connection.sql(f"SELECT {condition} AS near FROM pairs_of_words").df()["near"].tolist()

    truth = [DamerauLevenshtein.distance(a.encode(), b.encode()) <= most for a, b in pairs]
    assert 300 < sum(truth) < 2700
    assert found == truth
