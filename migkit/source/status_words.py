"""What the cell of a status says beside it: `Cancelled - sick`, `Declined 20/9/26`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pandas as pd

from migkit.model.canonical import CanonicalField, CanonicalTable

from .log import Log

_BESIDE: Mapping[str, Mapping[str, str]] = {
    "appointments": {"cancelled": "cancelled_reason"},
    "treatment_plans": {"accepted": "accepted_date", "completed": "completed_date", "declined": "declined_date"},
}
"""Table → status → the field of what is said beside it."""
_BOOKED, _SAYS_BOOKED = "booked", re.compile(r"(?:booked|scheduled|upcoming|active|open|future|appointment|new)", re.IGNORECASE)
"""The status of what is to come, and the words that say no more than that."""
_EDGES = " \t-–—:;,/()[]"


def said_by_status(table: str) -> frozenset[str]:
    """Return the fields that cells of a table's status may fill."""
    return frozenset({"status_words", *_BESIDE.get(table, {}).values()})


def read_status_words(
    frame: pd.DataFrame, text: pd.Series, spec: CanonicalTable, typed: Callable[[pd.Series, CanonicalField], pd.Series], log: Log
) -> None:
    """Fill (in place) the reason or the day that cells of a status (`text`, by row) say beside it, where no column of its own does.

    `typed` reads texts as a field. A day is taken where nothing else stands beside the status. What an appointment's status says beyond its
    meaning is kept in words: `Confirmed`, which is booked, and the `2nd time` of somebody who did not attend.
    """
    status = spec.fields["status"]
    if "status_words" in frame:
        both = pd.DataFrame({"text": text[frame.index], "value": frame["status"]}).dropna()
        said = {pair: more_than(*pair, status) for pair in set(zip(both["text"], both["value"], strict=True))}
        words = pd.Series([said[pair] or None for pair in zip(both["text"], both["value"], strict=True)], index=both.index, dtype="string")
        frame["status_words"] = words.reindex(frame.index)
    for value, name in _BESIDE.get(spec.name, {}).items():
        rows = frame.index[frame["status"].eq(value).fillna(False) & frame[name].isna()]
        said = text[rows].dropna()
        said = said.map({one: words_beside(one, status) for one in said.unique()})
        said = said[said.ne("")].astype("string")
        if said.empty:
            continue
        found = typed(said, spec.fields[name]).dropna()
        frame.loc[found.index, name] = found
        log.repair(spec.name, name, found.index, "said-beside-status", [None] * len(found), found.astype(str))


def more_than(text: str, value: str, status: CanonicalField) -> str:
    """Return what a cell says beyond the status that it was read as: all of it for a booking that is more than booked, else what stands
    beside; "" where that is nothing."""
    plain = " ".join(text.split()).strip(_EDGES)
    if value == _BOOKED:
        return plain if re.search(r"[^\W\d_]{3}", plain) and not _SAYS_BOOKED.fullmatch(plain) else ""
    return "" if value in _BESIDE["appointments"] else words_beside(plain, status)


def words_beside(text: str, status: CanonicalField) -> str:
    """Return what a cell says after the spelling of a status that it begins with, "" where that is nothing or another status."""
    plain = text.strip()
    known = {spelling.replace("_", " ") for spelling in status.spellings}
    start = next((one for one in sorted(known, key=len, reverse=True) if re.match(rf"{re.escape(one)}\b", plain, re.IGNORECASE)), "")
    rest = plain[len(start) :].strip(_EDGES) if start else ""
    return "" if rest.casefold() in known else rest
