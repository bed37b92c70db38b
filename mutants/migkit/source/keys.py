"""Source ids, record keys, and rows that stand there more than once."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from migkit.model.canonical import CanonicalTable
from migkit.model.outcomes import Outcome, Severity
from migkit.model.words import number_of

from .log import Log
from .stack import file_order

SPLITS = {"payments": ("invoice_id", "kind", "prepayment_number", "allocated_date")}
"""Fields that tell apart rows of one id which are parts of one thing: a receipt allocated to several invoices."""

OWN = ("_file", "_line", "_key", "_synthetic")


def normalise(value: object) -> str:
    """Return the spelling under which two natural-key values are the same."""
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", str(value))).strip().casefold()


def give_keys(frame: pd.DataFrame, spec: CanonicalTable) -> pd.DataFrame:
    """Return the frame with the id field filled where it was empty (`~` and a hash of the natural key) and `_key`."""
    name = spec.key[0]
    frame = frame.copy()
    without = frame[name].isna()
    if without.any():
        fields = [field for field in spec.natural_key if field != name]
        frame.loc[without, name] = _hashes(frame[without], spec, fields)
    frame[name] = _split_ids(frame, spec)
    frame["_key"] = (spec.prefix + ":" + frame[name].astype("string")).astype("string")
    return frame


def settle_repeats(frame: pd.DataFrame, spec: CanonicalTable, log: Log) -> pd.DataFrame:
    """Return the frame with unique keys: the same row again is settled as repeated, of two versions the later counts."""
    doubled = frame[frame["_key"].duplicated(keep=False)]
    if doubled.empty:
        return frame
    content = _joined(doubled, [column for column in frame.columns if column not in OWN])
    order = {file: file_order(file) for file in doubled["_file"].astype(str).unique()}
    places = sorted(
        (str(key), order[str(file)], int(line), row, text)
        for key, file, line, row, text in zip(doubled["_key"], doubled["_file"], doubled["_line"], doubled.index, content, strict=True)
    )
    winners: dict[int, int] = {}
    again: list[int] = []
    stale: list[int] = []
    for _, group in groupby(places, key=lambda place: place[0]):
        rows = [(row, text) for *_, row, text in group]
        newest = rows[-1][1]
        winner = next(row for row, text in rows if text == newest)
        for row, text in rows:
            if row != winner:
                winners[row] = winner
                (again if text == newest else stale).append(row)
    _settle(frame, spec, again, winners, "same-row", log)
    _settle(frame, spec, stale, winners, "older-version", log)
    log.find(
        "repeated-rows",
        Severity.INFO,
        f"{number_of(len(again), f'row of {spec.name} stands', f'rows of {spec.name} stand')} "
        "in the export more than once (overlapping periods); the first counts.",
        spec.name,
        frame.loc[again, "_key"],
    )
    changed = _changed_fields(frame, stale, winners)
    amounts = any(spec.fields[field].type == "money" for field in changed if field in spec.fields)
    log.find(
        "changed-amount" if amounts else "changed-row",
        Severity.WARNING,
        f"{number_of(len(stale), f'row of {spec.name} stands', f'rows of {spec.name} stand')} "
        "in the export in several versions that differ in "
        f"{', '.join(changed)}; "
        "the later file's counts.",
        spec.name,
        frame.loc[stale, "_key"],
    )
    return frame.drop(index=[*again, *stale])


def _changed_fields(frame: pd.DataFrame, stale: Sequence[int], winners: dict[int, int]) -> list[str]:
    """Return the fields in which older versions differ from the rows that count."""
    old, now = frame.loc[list(stale)], frame.loc[[winners[row] for row in stale]]
    content = [name for name in frame.columns if name not in OWN]
    return sorted(name for name in content if list(old[name].map(normalise)) != list(now[name].map(normalise)))


def _settle(frame: pd.DataFrame, spec: CanonicalTable, rows: Sequence[int], winners: dict[int, int], code: str, log: Log) -> None:
    places = [f"{frame.at[winners[row], '_file']}:{frame.at[winners[row], '_line']}" for row in rows]
    log.settle(
        spec.name,
        frame.loc[rows],
        Outcome.REPEATED,
        [f"{code}: {place} counts" for place in places],
        [str(frame.at[row, "_key"]) for row in rows],
    )


def _hashes(frame: pd.DataFrame, spec: CanonicalTable, fields: Sequence[str]) -> pd.Series:
    """Return `~` ids. A natural key that is empty, or shared by different rows of one file, is widened to the whole row."""
    content = [column for column in frame.columns if column not in OWN and column != spec.key[0]]
    whole = _joined(frame, content)
    natural = _joined(frame, fields, spec) if fields else whole
    natural = natural.where(natural.str.strip("\x1f").ne(""), whole)
    pairs = pd.DataFrame({"file": frame["_file"], "natural": natural, "whole": whole})
    several = pairs.groupby(["file", "natural"])["whole"].transform("nunique") > 1
    clashing = natural.isin(set(natural[several]))
    text = natural.where(~clashing, whole)
    return text.map(lambda value: "~" + hashlib.sha256(value.encode()).hexdigest()[:10]).astype("string")


def _joined(frame: pd.DataFrame, fields: Sequence[str], spec: CanonicalTable | None = None) -> pd.Series:
    joined = pd.Series("", index=frame.index)
    for name in fields:
        values = frame[name].map(normalise)
        stand_in = spec.fields[name].ref_name if spec and name in spec.fields else None
        if stand_in:
            values = values.where(values.ne(""), frame[stand_in].map(normalise))
        joined = joined + values.astype(object) + "\x1f"
    return joined


def _split_ids(frame: pd.DataFrame, spec: CanonicalTable) -> pd.Series:
    """Return ids in which the parts of one receipt are told apart by what they were paid for: `R-12/INV-7`."""
    ids = frame[spec.key[0]].astype("string")
    fields = [field for field in SPLITS.get(spec.name, ()) if field in frame]
    if not fields or not ids.duplicated().any():
        return ids
    parts = _joined(frame, fields)
    several = pd.DataFrame({"file": frame["_file"], "id": ids, "part": parts}).groupby(["file", "id"])["part"].transform("nunique") > 1
    split = ids.isin(set(ids[several])) & ~ids.str.startswith("~")
    labels = (
        frame[fields].apply(lambda row: "/".join(normalise(value) for value in row if normalise(value)), axis=1) if split.any() else parts
    )
    return ids.where(~split, ids + "/" + labels.astype("string"))
