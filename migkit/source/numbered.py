"""Records that a report of their lines numbers otherwise than their own table: `INV-00012` there, `12` here."""

from __future__ import annotations

import re

import pandas as pd

from migkit.model.canonical import CanonicalTable

from .log import Log

_NUMBER = re.compile(r"\D*?0*(\d+)")
"""An id of one number, with what stands before it."""
_AGREE = ("patient_id", "patient_name", "date", "total")
"""What both say of a record, and must say alike, at least once."""


def numbered_otherwise(own: pd.DataFrame, repeated: pd.DataFrame, spec: CanonicalTable, log: Log) -> dict[str, str]:
    """Return id in the report of the lines (`repeated`: the records that its rows name) → id in the table of the records (`own`).

    Only where none of the report's ids is one of the table's, their numbers are the same but for letters and noughts before them, and no
    record that both have is another's or of another day. It is said.
    """
    if own.empty or repeated.empty:
        return {}
    key = spec.key[0]
    theirs, ours = repeated[key].dropna().unique(), own[key].dropna().unique()
    if set(theirs) & set(ours):
        return {}
    bare: dict[str, list[str]] = {}
    for one in ours:
        if number := _NUMBER.fullmatch(str(one)):
            bare.setdefault(number[1], []).append(str(one))
    pairs = {}
    for one in theirs:
        number = _NUMBER.fullmatch(str(one))
        same = bare.get(number[1], []) if number else []
        if len(same) == 1:
            pairs[str(one)] = same[0]
    if not pairs or len(set(pairs.values())) < len(pairs):
        return {}
    mine = own.drop_duplicates(key).set_index(key).reindex(pairs.values())
    lines = repeated.drop_duplicates(key).set_index(key).reindex(pairs.keys())
    agreed = pd.Series(False, index=range(len(pairs)))
    for name in (name for name in _AGREE if name in spec.fields):
        one, other = mine[name].reset_index(drop=True), lines[name].reset_index(drop=True)
        both = one.notna() & other.notna()
        if (both & one.ne(other)).fillna(False).any():
            return {}
        agreed |= both
    if not agreed.all():
        return {}
    log.find("numbered-otherwise", spec.name, [f"{spec.prefix}:{one}" for one in pairs.values()])
    return pairs
