"""Pairs of rows that may be one person, scored, in three bands."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from .clean import comparable
from .decisions import DIFFERENT, SAME, pair_key

REVIEW = "review"
PAIR_COLUMNS = {"left": "string", "right": "string", "score": "Float64", "band": "string", "evidence": "string"}


def deduplicate(people: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of rows (by index) that may be one person: left, right, score, band, evidence."""
    rows = comparable(people)
    candidates: set[tuple[str, str]] = set()
    name = rows["first"] + " " + rows["last"]
    for values in (rows["emails"].explode().dropna(), name.dropna(), (rows["last"] + " " + rows["birth_date"]).dropna()):
        for group in values.groupby(values).groups.values():
            if len(group) <= 50:
                candidates |= {pair_key(str(a), str(b)) for a, b in combinations(group, 2)}
    records = rows.to_dict("index")
    found = []
    for left, right in sorted(candidates):
        a, b = records[left], records[right]
        if pd.notna(a["birth_date"]) and pd.notna(b["birth_date"]) and a["birth_date"] != b["birth_date"]:
            continue
        first = bool({*a["first_forms"]} & {*b["first_forms"]})
        last = bool({*a["last_forms"]} & {*b["last_forms"]})
        born = pd.notna(a["birth_date"]) and a["birth_date"] == b["birth_date"]
        email = bool({*a["emails"]} & {*b["emails"]})
        if not first or not (last or born):
            continue
        band, score = (SAME, 0.99) if email or (born and last) else (REVIEW, 0.6)
        said = [("same first name", first), ("same last name", last), ("same birth date", born), ("same e-mail", email)]
        found.append((left, right, score, band, "; ".join(words for words, true in said if true)))
    return pd.DataFrame(found, columns=list(PAIR_COLUMNS)).astype(PAIR_COLUMNS)


def link(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of a row of `left` and a row of `right` that may be one person, best first for each left row."""
    pairs = deduplicate(pd.concat([left, right]))
    turned = pairs["left"].isin([str(key) for key in right.index])
    pairs[["left", "right"]] = pairs[["left", "right"]].where(~turned, pairs[["right", "left"]].set_axis(["left", "right"], axis=1))
    ours, theirs = {str(key) for key in left.index}, {str(key) for key in right.index}
    return pairs[pairs["left"].isin(ours) & pairs["right"].isin(theirs)].reset_index(drop=True)


__all__ = ["DIFFERENT", "PAIR_COLUMNS", "REVIEW", "SAME", "deduplicate", "link"]
