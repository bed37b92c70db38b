"""Tables of phones, e-mails and addresses, a row each, with a word that says which it is: the value of each kind stands in a column of its
own beside, and what is home or primary stands first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from migkit.model.tables import SourceTable

from .cells.numbers import parse_boolean
from .header import fold

_KINDS: Mapping[str, str] = {
    "mobile": "Mobile", "mob": "Mobile", "cell": "Mobile", "cell phone": "Mobile", "mobile phone": "Mobile", "cellphone": "Mobile",
    "m": "Mobile", "sms": "Mobile", "home": "Home Phone", "home phone": "Home Phone", "h": "Home Phone", "landline": "Home Phone",
    "phone": "Home Phone", "telephone": "Home Phone", "tel": "Home Phone", "private": "Home Phone", "ah": "Home Phone",
    "after hours": "Home Phone", "work": "Work Phone", "work phone": "Work Phone", "w": "Work Phone", "business": "Work Phone",
    "bh": "Work Phone", "office": "Work Phone", "other": "Other Phone", "other phone": "Other Phone", "emergency": "Other Phone",
    "email": "Email", "e-mail": "Email", "e": "Email", "email address": "Email", "personal email": "Email", "home email": "Email",
    "work email": "Email", "fax": "Fax", "work fax": "Fax", "home fax": "Fax",
}  # fmt: skip
"""Word of a kind → the column in which such values stand."""
_PLACES = frozenset(
    {"home", "residential", "postal", "mailing", "billing", "work", "business", "street", "primary", "main", "other", "physical"}
)
"""Words that say which of a patient's addresses one is."""
_FIRST = ("primary", "main", "home", "residential", "street", "physical")
_TYPE = re.compile(r"(?:type|kind|label|usage|category)\b|(?:type|kind|label|usage|category)$", re.IGNORECASE)
_PRIMARY = re.compile(r"primary|preferred|default|main", re.IGNORECASE)
_LEAST = 2
"""Kinds from which a column of words tells them apart."""
_MAIL, _NUMBER = re.compile(r"[^@\s]+@[^@\s]+"), re.compile(r"[+(]?\d(?:[\s().-]*\d){5,}.*")
_NEARLY_ALL = 0.9


def spread_kinds(table: SourceTable) -> tuple[SourceTable, tuple[str, ...]]:
    """Return the table with a column for each kind of phone and e-mail, and these columns; the table as it is where it is none of ways to
    reach somebody.

    Rows of such a table, and of one of addresses, stand in the order in which they count; their lines stay with them.
    """
    frame = table.frame
    kinds = next((name for name in table.columns if _TYPE.search(name) and _says(frame[name], {*_KINDS, *_PLACES})), None)
    if kinds is None:
        return table, ()
    words = frame[kinds].str.strip().str.casefold()
    others = [name for name in table.columns if name != kinds]
    values = [name for name in others if _reaches(frame[name])]
    if len(values) != 1 or not _says(frame[kinds], set(_KINDS)) or words.nunique() < _LEAST:
        return (replace(table, frame=_in_order(frame, words, others)), ()) if not values and _says(frame[kinds], _PLACES) else (table, ())
    value = frame[values[0]]
    column = words.map(_KINDS).mask(value.str.strip().str.fullmatch(_MAIL).fillna(False), "Email")
    known = {fold(name) for name in table.columns}
    further = {name: value.where(column.eq(name).fillna(False)) for name in sorted(column.dropna().unique()) if fold(name) not in known}
    place = len(table.columns)
    wider = pd.concat([frame.iloc[:, :place], pd.DataFrame(further, index=frame.index), frame.iloc[:, place:]], axis=1)
    return replace(table, frame=_in_order(wider, words, others)), tuple(further)


def _says(values: pd.Series, known: set[str] | frozenset[str]) -> bool:
    """Return whether every cell is a word of these."""
    said = set(values.dropna().str.strip().str.casefold())
    return bool(said) and said <= known and bool(values.notna().all())


def _reaches(values: pd.Series) -> bool:
    """Return whether nearly every cell is a phone number or an e-mail address."""
    said = values.dropna().str.strip()
    return bool(len(said)) and bool((said.str.fullmatch(_MAIL) | said.str.fullmatch(_NUMBER)).mean() >= _NEARLY_ALL)


def _in_order(frame: pd.DataFrame, words: pd.Series, others: list[str]) -> pd.DataFrame:
    """Return the rows with those first that a flag calls primary, then those whose word does."""
    flag, nobody = next((name for name in others if _PRIMARY.search(name)), None), pd.Series(False, index=frame.index)
    is_first = frame[flag].map(lambda text: parse_boolean(text.strip())[0], na_action="ignore").eq(True) if flag else nobody
    rank = words.map({word: place for place, word in enumerate(_FIRST)}).fillna(len(_FIRST))
    order = pd.DataFrame({"flag": ~is_first.fillna(False).astype(bool), "rank": rank}).sort_values(["flag", "rank"], kind="stable").index
    return frame.loc[order].reset_index(drop=True)
