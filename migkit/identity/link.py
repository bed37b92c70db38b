"""Pairs of rows that may be one person: found, scored against strangers and against relatives, put into three bands.

    same        merged without asking: certain, and nothing contradicts
    review      for a person to decide
    different   seen and told apart; listed so that one can see why

A pair is *same* only where the score is near certainty and nothing speaks against it (`certain.py`). A phone, an e-mail or an
address alone never makes a pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .certain import objections
from .comparable import comparable
from .limits import USUAL, DuckdbLimits
from .model import APART, COMPARISONS, Comparison
from .model import SAME as AGREES

if TYPE_CHECKING:
    from .scoring import Scored

SAME, REVIEW, DIFFERENT = "same", "review", "different"
SAME_FROM, REVIEW_FROM, LISTED_FROM = 0.99, 0.15, 0.01
"""Scores from which a pair is certain, worth a look, and worth listing at all."""
RELATIVES_WITHIN, RELATIVES_BETWEEN = 32, 2
"""How many pairs of relatives are taken to be there before any is seen, for one pair of the same person: within one table a second
row is rare and relatives are many; between two tables a person's own row is to be met as well as a relative's."""
PAIR_COLUMNS = {
    "left": "string", "right": "string", "score": "Float64", "band": "string", "evidence": "string", "asked": "string", "weights": "string",
}  # fmt: skip

_BY_NAME = {comparison.name: comparison for comparison in COMPARISONS}
_KINDS = {(comparison.title, level.words): level.kind for comparison in COMPARISONS for level in comparison.levels}
_SHARED = ("street", "phones", "emails")


def deduplicate(people: pd.DataFrame, columns: Sequence[str] | None = None, limits: DuckdbLimits = USUAL) -> pd.DataFrame:
    """Return the pairs of rows of one table that may be one person: left, right (index values), score, band, evidence.

    `people`: any of `COLUMNS`, unique index; `columns` narrows what is looked at. score: probability (0-1) that both rows are one
    person, neither strangers nor relatives. Best first, then by key. The order of the rows makes no difference.
    """
    from .scoring import score_pairs  # Splink and DuckDB cost 0.2 s, which most commands need not spend

    rows = comparable(people if columns is None else people[list(columns)])
    return _judged(score_pairs(rows, limits=limits), rows, rows, RELATIVES_WITHIN)


def link(left: pd.DataFrame, right: pd.DataFrame, limits: DuckdbLimits = USUAL) -> pd.DataFrame:
    """Return the pairs of a row of `left` with a row of `right` that may be one person, as `deduplicate` does."""
    from .scoring import score_pairs

    ours, theirs = comparable(left), comparable(right)
    return _judged(score_pairs(ours, theirs, limits), ours, theirs, RELATIVES_BETWEEN)


def one_to_one(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs in which each row takes its best partner, no row twice: for two tables without duplicates inside."""
    kept, taken = [], set()
    for number, left, right in pairs[["left", "right"]].itertuples():
        if ("left", left) not in taken and ("right", right) not in taken:
            taken |= {("left", left), ("right", right)}
            kept.append(number)
    return pairs.loc[kept]


def read_evidence(evidence: str) -> dict[str, tuple[str, str]]:
    """Return title of the comparison → (what was found, same | near | different), from a pair's evidence."""
    found = {}
    for part in evidence.split("; "):
        title, _, words = part.partition(": ")
        if (title, words) in _KINDS:
            found[title] = (words, _KINDS[title, words])
    return found


def _judged(scored: Scored, left: pd.DataFrame, right: pd.DataFrame, expected: int) -> pd.DataFrame:
    pairs = scored.pairs
    if len(pairs):
        grown = (pairs["left"].map(left["grown"]) & pairs["right"].map(right["grown"])).astype(bool)
        against = _against_relatives(pairs, scored.m, expected, grown)
        odds = np.exp2(-pairs["weight"].clip(-60, 60)) + np.exp2(-against.clip(-60, 60))
        pairs = pairs.assign(score=(1 / (1 + odds)).round(4), against=against)
        pairs = pairs[pairs["score"] >= LISTED_FROM].reset_index(drop=True)
    if pairs.empty:
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in PAIR_COLUMNS.items()})
    band = (pairs["score"] >= REVIEW_FROM).map({True: REVIEW, False: DIFFERENT})
    why = objections(pairs, left, right)
    pairs["band"] = band.mask((pairs["score"] >= SAME_FROM) & (why == ""), SAME)
    pairs["evidence"], pairs["weights"] = _evidence(pairs), _weights(pairs)
    pairs["asked"] = why.mask(why == "", "too little is known to be certain").where(pairs["band"] == REVIEW, "")
    ordered = pairs.sort_values(["score", "left", "right"], ascending=[False, True, True], kind="stable", ignore_index=True)
    return ordered[list(PAIR_COLUMNS)].astype(PAIR_COLUMNS)


def _against_relatives(pairs: pd.DataFrame, m: Mapping[str, Sequence[float]], expected: int, grown: pd.Series) -> pd.Series:
    """Log2 of the odds that both rows are one person rather than two relatives, from what is a person's own.

    What is expected beforehand the table itself shows: rows that share a last name and a home, but neither first name nor birth
    date, are relatives (but for the few that flaws in one person's rows explain); rows with both the same are hardly ever.
    """
    at_home = pd.concat([_kind(pairs, name, AGREES) for name in _SHARED], axis=1).any(axis=1) & _kind(pairs, "last", AGREES)
    named, born = _kind(pairs, "first", AGREES), _kind(pairs, "birth_date", AGREES)
    alike = (named & born).sum()
    flawed = (
        (at_home & _kind(pairs, "first", APART) & born).sum() * (at_home & named & _kind(pairs, "birth_date", APART)).sum() / (alike + 1)
    )
    relatives = max(0.0, (at_home & _kind(pairs, "first", APART) & _kind(pairs, "birth_date", APART)).sum() - flawed)
    weight = pd.Series(np.log2((alike + 1) / (relatives + expected)), index=pairs.index)
    # where relatives are many, the training has taken fathers and sons of one name for one person: there the committed m holds
    trust = max(0.0, 1 - (relatives + expected) / (alike + 1))
    namesakes = (_at(pairs, "first") == 0) & _kind(pairs, "last", AGREES)
    for comparison in COMPARISONS:
        if comparison.name in pairs:
            levels = [*enumerate(comparison.levels)]
            believed = [trust * trained + (1 - trust) * level.m for trained, (_, level) in zip(m[comparison.name], levels, strict=True)]

            def worth(rivals: dict[int, float | None], name: str = comparison.name, believed: list[float] = believed) -> pd.Series:
                known = {n: np.log2(believed[n] / rival) for n, rival in rivals.items() if rival}
                return pairs[name].map(known).astype("float64").fillna(0.0)

            among_namesakes = worth({n: level.namesake or level.h for n, level in levels})
            weight += worth({n: level.h for n, level in levels}).mask(namesakes, among_namesakes)
            weight += worth({n: level.grown for n, level in levels}).where(grown, 0.0)
    return weight


def _kind(pairs: pd.DataFrame, name: str, kind: str) -> pd.Series:
    """Whether the comparison was answered by a level of this kind; False where it was not asked."""
    levels = [n for n, level in enumerate(_BY_NAME[name].levels) if level.kind == kind]
    return _at(pairs, name).isin(levels)


def _at(pairs: pd.DataFrame, name: str) -> pd.Series:
    """The number of the level that applied, -1 where there was none."""
    return pairs[name].fillna(-1).astype("int8") if name in pairs else pd.Series(-1, index=pairs.index, dtype="int8")


def _evidence(pairs: pd.DataFrame) -> pd.Series:
    """In words, without a value: `first name: short form; birth date: same; phone: different`."""
    asked = [comparison for comparison in COMPARISONS if comparison.name in pairs]
    answers = pairs[[comparison.name for comparison in asked]].fillna(-1).astype("int8")
    patterns = [*map(tuple, answers.to_numpy())]
    words = {pattern: _words(asked, pattern) for pattern in {*patterns}}
    return pd.Series([words[pattern] for pattern in patterns], index=pairs.index, dtype="string")


def _weights(pairs: pd.DataFrame) -> pd.Series:
    """What each answer weighs, in log2 of the odds: `to begin with -14.2; first name 7.1; …; rather than a relative 3.4`."""
    parts = [("to begin with", pairs["prior"])]
    parts += [(c.title, pairs[f"weight_{c.name}"].where(pairs[c.name].notna())) for c in COMPARISONS if c.name in pairs]
    parts.append(("rather than a relative", pairs["against"]))
    texts = np.full(len(pairs), "", dtype=object)
    for title, values in parts:
        texts += np.where(values.notna(), f"{title} " + values.map("{:+.1f}".format) + "; ", "").astype(object)
    return pd.Series(texts, index=pairs.index).str.removesuffix("; ").astype("string")


def _words(asked: list[Comparison], pattern: tuple[int, ...]) -> str:
    return "; ".join(f"{c.title}: {c.levels[place].words}" for c, place in zip(asked, pattern, strict=True) if place >= 0)
