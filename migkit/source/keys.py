"""Source ids and record keys."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence

import pandas as pd

from migkit.model.canonical import CanonicalTable

SPLITS = {"payments": (("invoice_id", "kind", "prepayment_number", "allocated_date"), ("method",))}
"""Fields that tell apart rows of one id which are parts of one thing: a receipt allocated to several invoices, and what these leave, paid
in several ways."""
PARTED_BY = {"payments": (("practitioner_name",),)}
"""The same, where the amounts differ too: one that stands beside each dentist may be the whole receipt's."""

OWN = ("_file", "_line", "_key", "_synthetic")
COUNTED = ("payments", "treatment_items", "clinical_notes", "communications", "tasks", "leads")
"""Tables of which every row is something that happened: two rows of one file are one only where all their cells are the same."""
ALIKE = ("treatment_items",)
"""Of these, tables of which a file may well hold rows that are alike in all cells: two X-rays of one plan."""
ALL_CELLS = "_cells"
"""Column of what tells a row apart from others of its file: a hash of all cells, also of those that have no home, or its number where
rows may be alike; only while ids are given."""
PLACE = "_place"
"""Column of which of several files that hold different things a row stands in, where they show it alike; only while ids are given."""


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
    if passing := [name for name in (ALL_CELLS, PLACE) if name in frame]:
        frame = frame.drop(columns=passing)
    frame[name] = _split_ids(frame, spec)
    frame["_key"] = (spec.prefix + ":" + frame[name].astype("string")).astype("string")
    return frame


def _hashes(frame: pd.DataFrame, spec: CanonicalTable, fields: Sequence[str]) -> list[str]:
    """Return `~` ids. A natural key that is empty, or shared by different rows of one file, is widened to the whole row."""
    files, whole = frame["_file"].tolist(), row_text(frame, spec).tolist()
    natural = _joined(frame, fields, spec) if fields else whole
    natural = [text if text.strip("\x1f") else row for text, row in zip(natural, whole, strict=True)]
    first: dict[tuple[str, str], str] = {}
    clashing = {text for file, text, row in zip(files, natural, whole, strict=True) if first.setdefault((file, text), row) != row}
    texts = (row if text in clashing else text for text, row in zip(natural, whole, strict=True))
    return [made_id(text + number) for text, number in zip(texts, _numbers(frame, files, whole), strict=True)]


def made_id(text: str) -> str:
    """Return the id of a record that has none of its own, made of what tells it apart."""
    return "~" + hashlib.sha256(text.encode()).hexdigest()[:10]


def row_text(frame: pd.DataFrame, spec: CanonicalTable) -> pd.Series:
    """Return one normalised text per row over all that it says but its id."""
    return joined_text(frame, [column for column in frame.columns if column not in (*OWN, ALL_CELLS, PLACE, spec.key[0])])


def _numbers(frame: pd.DataFrame, files: Sequence[str], whole: Sequence[str]) -> list[str]:
    """Return what tells apart rows that say the same in all columns with a home; "" for the first.

    Of one file they differ in the other columns or are as many things, or they stand in files that hold different things. They are
    numbered, and not told by those: a later export gives the same ids to as many rows.
    """
    places = [("" if pd.isna(place) else f"\x1f@{place}") for place in frame[PLACE]] if PLACE in frame else [""] * len(frame)
    if ALL_CELLS not in frame:
        return places
    different: dict[tuple[str, str], dict[str, int]] = {}
    found = []
    for place, file, text, cells in zip(places, files, whole, frame[ALL_CELLS].fillna(""), strict=True):
        rows = different.setdefault((file, text), {})
        number = rows.setdefault(str(cells), len(rows))
        found.append(f"{place}\x1f#{number + 1}" if number else place)
    return found


def prefix_ids(frame: pd.DataFrame, spec: CanonicalTable, prefixes: Mapping[str, str]) -> pd.DataFrame:
    """Return the frame in which ids of a folder or file with numbers of its own, and references to them, begin with its prefix.

    `prefixes`: folder or file → prefix; the longest that a row lies in counts.
    """
    places = sorted(prefixes, key=len, reverse=True)
    found = {str(file): next((prefixes[p] for p in places if lies_in(str(file), p)), "") for file in frame["_file"].unique()}
    if not any(found.values()):
        return frame
    before = frame["_file"].astype(str).map(found).astype("string")
    linked = {name for name, field in spec.fields.items() if field.ref} | {
        *spec.key,
        *(name for level in SPLITS.get(spec.name, ()) for name in level),
    }
    ids = [name for name in spec.fields if name in linked and spec.fields[name].type == "id"]
    return frame.assign(**{name: (before + frame[name]).where(frame[name].notna() & frame[name].ne("0"), frame[name]) for name in ids})


def lies_in(file: str, place: str) -> bool:
    """Return whether a file is the place, or lies in the folder of that name."""
    return re.search(rf"(?:^|/){re.escape(place.strip('/'))}(?:[/#]|$)", file) is not None


def joined_text(frame: pd.DataFrame, fields: Sequence[str], spec: CanonicalTable | None = None) -> pd.Series:
    """Return one normalised text per row over `fields`; with `spec`, a reference without an id is told by its name."""
    return pd.Series(_joined(frame, fields, spec), index=frame.index, dtype="str")


def _joined(frame: pd.DataFrame, fields: Sequence[str], spec: CanonicalTable | None = None) -> list[str]:
    columns = []
    for name in fields:
        values = [normalise(value) for value in frame[name].tolist()]
        stand_in = spec.fields[name].ref_name if spec and name in spec.fields else None
        if stand_in and not all(values):
            values = [value or normalise(named) for value, named in zip(values, frame[stand_in].tolist(), strict=True)]
        columns.append(values)
    return ["".join(f"{value}\x1f" for value in row) for row in zip(*columns, strict=True)] if columns else [""] * len(frame)


def _split_ids(frame: pd.DataFrame, spec: CanonicalTable) -> pd.Series:
    """Return ids in which the parts of one receipt are told apart by what they were paid for, `R-12/INV-7`, and how: `R-12/cash`."""
    ids = frame[spec.key[0]].astype("string")
    for level in SPLITS.get(spec.name, ()):
        ids = _split(frame, ids, [field for field in level if field in frame])
    for fields in PARTED_BY.get(spec.name, ()):
        ids = _split(frame, ids, list(fields), differing="amount")
    return ids


def _split(frame: pd.DataFrame, ids: pd.Series, fields: list[str], differing: str = "") -> pd.Series:
    again = ids.duplicated(keep=False)
    if again.any():
        again = again & ~ids.str.startswith("~")
    if not fields or not again.any():
        return ids
    rows = frame[again]
    several = joined_text(rows, fields).groupby([rows["_file"], ids[again]]).transform("nunique") > 1
    if differing:
        several &= rows[differing].groupby([rows["_file"], ids[again]]).transform("nunique") > 1
    split = again & ids.isin(set(ids[rows.index[several]]))
    if not split.any():
        return ids
    labels = frame.loc[split, fields].apply(lambda row: "/".join(normalise(value) for value in row if normalise(value)), axis=1)
    return ids.where(~split, ids + "/" + labels.astype("string"))
