"""What is merged without asking: a pair of which two independent personal items agree, and against which nothing speaks.

A merge can't be taken back in Pipedrive, a question can be answered at any time. So a score is not enough, however high: each
objection below is a way in which two people have looked like one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from .model import APART, COMPARISONS, SAME, UNKNOWN_DAY
from .shares import name_share

BIRTH_DATES = 20_000
"""Birth dates that living people have, about; one in so many strangers shares it."""
NAMESAKES = 2e-6
"""Expected namesakes of one birth date, from which on a name and a birth date with nothing beside them are a person's own."""
LEAST_ROWS = 5_000
"""People that a practice has at least, however few of them the table shows."""

_BY_NAME = {comparison.name: comparison for comparison in COMPARISONS}
_CONTACT = ("phones", "emails", "street")


def objections(pairs: pd.DataFrame, left: pd.DataFrame, right: pd.DataFrame) -> pd.Series:
    """Return for each pair what speaks against merging it without asking, in words, joined by `; `; "" where nothing does.

    `pairs`: left, right, and the number of the level for each comparison asked; `left`, `right`: frames of `comparable`.
    """
    answers = _Answers(pairs, left, right)
    named, last = answers.any("first", SAME), answers.any("last", SAME)
    born, carded = answers.any("birth_date", SAME), answers.any("medicare", SAME)
    contact = answers.any("phones", SAME) | answers.any("emails", SAME) | answers.any("street", SAME)
    compared = pd.concat([answers.at(name) >= 0 for name in _CONTACT], axis=1).any(axis=1)
    swapped = answers.says("first", "swapped with the last name")
    kept_last = last | swapped | answers.says("last", "nearly the same") | _married(answers, named & born)
    undated = answers.unknown("birth_date") & carded & last & contact
    found = {
        "the first names are not the same": ~named,
        "the last names differ, and nothing says why": ~kept_last,
        "the birth date is a 1 January, as where the day is unknown": answers.says("birth_date", UNKNOWN_DAY),
        "the birth dates differ": ~born & ~answers.unknown("birth_date") & ~answers.says("birth_date", UNKNOWN_DAY),
        "a birth date is missing or a filler": answers.unknown("birth_date") & ~undated,
        "no phone, e-mail or address agrees": ~contact & ~carded & compared,
        "a common name, and no phone, e-mail or address to compare": ~contact & ~carded & ~compared & ~_rare(answers),
        "the genders differ": answers.any("gender", APART),
        "one title is a child's": answers.any("age_group", APART),
        "one of them is Junior or Senior": answers.differ("generation"),
        "a newborn without a name": answers.either("newborn"),
        "the Medicare card or the place on it differs": answers.any("medicare", APART),
    }  # fmt: skip
    texts = np.full(len(pairs), "", dtype=object)
    for words, mask in found.items():
        texts += np.where(mask, f"{words}; ", "")
    return pd.Series(texts, index=pairs.index).str.removesuffix("; ").astype("string")


class _Answers:
    """What the comparisons found, as masks over the pairs."""

    def __init__(self, pairs: pd.DataFrame, left: pd.DataFrame, right: pd.DataFrame) -> None:
        self.pairs, self.left, self.right = pairs, left, right

    def at(self, name: str) -> pd.Series:
        return self.pairs[name].fillna(-1).astype("int8") if name in self.pairs else pd.Series(-1, index=self.pairs.index, dtype="int8")

    def any(self, name: str, *kinds: str) -> pd.Series:
        return self.at(name).isin([n for n, level in enumerate(_BY_NAME[name].levels) if level.kind in kinds])

    def says(self, name: str, words: str) -> pd.Series:
        return self.at(name).isin([n for n, level in enumerate(_BY_NAME[name].levels) if level.words == words])

    def unknown(self, name: str) -> pd.Series:
        return self.at(name) < 0

    def both(self, column: str, agree: Callable[[Any, Any], bool], among: pd.Series) -> pd.Series:
        """Whether the two rows' values agree, asked of the pairs `among` only."""
        some = self.pairs[among]
        left, right = self.left[column].to_dict(), self.right[column].to_dict()
        agreed = [agree(left[one], right[two]) for one, two in zip(some["left"], some["right"], strict=True)]
        return pd.Series(agreed, index=some.index, dtype=bool).reindex(self.pairs.index, fill_value=False)

    def differ(self, column: str) -> pd.Series:
        one, two = self.pairs["left"].map(self.left[column]), self.pairs["right"].map(self.right[column])
        return (one.fillna("") != two.fillna("")).astype(bool)

    def either(self, column: str) -> pd.Series:
        return self.pairs["left"].map(self.left[column]).astype(bool) | self.pairs["right"].map(self.right[column]).astype(bool)


def _married(answers: _Answers, same_birth: pd.Series) -> pd.Series:
    """Another last name of a woman who has kept her own phone or e-mail: who marries changes the name and no more."""
    renamed = same_birth & answers.any("last", APART)
    renamed &= ~answers.both("gender", lambda one, two: any(sex is not pd.NA and sex == "m" for sex in (one, two)), renamed)
    return answers.both("own", lambda one, two: bool({*one} & {*two}), renamed)


def _rare(answers: _Answers) -> pd.Series:
    """Whether so few people bear the name that nobody else of the same birth date does."""
    rows = max(len(answers.left), LEAST_ROWS)

    def share(kind: str) -> pd.Series:
        shares: Mapping[str, float] = {key: name_share(kind, words) for key, words in answers.left[f"{kind}_words"].items()}
        return answers.pairs["left"].map(shares)

    return share("first") * share("last") * rows / BIRTH_DATES < NAMESAKES
