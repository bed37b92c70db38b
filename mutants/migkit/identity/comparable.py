"""A table of people as it is compared: one row per row, in columns made for comparing."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from nameparser import HumanName

from .clean import (
    date_key,
    email_key,
    first_forms,
    generation,
    is_newborn,
    last_forms,
    medicare_key,
    name_key,
    phone_key,
    place_key,
    street_key,
)

COLUMNS = (
    "first_name", "last_name", "former_last_name", "preferred_name", "full_name", "birth_date", "gender", "mobile", "home_phone",
    "work_phone", "email", "address_line1", "address_line2", "suburb", "postcode", "medicare_number", "medicare_irn", "family_head_id",
)  # fmt: skip
"""Columns of a table of people that are looked at; any may be missing."""

CROWD = 8
"""A phone or e-mail that more rows share is an institution's (a school, the clinic's own number): no evidence of anything."""
PLACEHOLDER_SHARE, PLACEHOLDER_ROWS = 0.005, 40
"""A birth date that more than this share of the rows, and more than this many, have in common means "unknown" (1900-01-01)."""


def comparable(people: pd.DataFrame) -> pd.DataFrame:
    """Return one row per row of `people` (any of `COLUMNS`), same index, in columns made for comparing.

    first, last: lower-case letters; first_forms, last_forms: lists of spellings that may mean the same name (short forms, former
    names, halves of double names); generation: junior, senior, … ; newborn: a "Baby of …" row; birth_date: ISO text, placeholders
    left out; phones, emails: lists, without what is the family head's (`family_head_id`) or a crowd's; street, line2, suburb,
    postcode; medicare: number *and* reference number; gender: f or m. Absent is NA, [] in lists.
    """
    first, last = _names(people)
    named = first.mask(first.fillna("").map(is_newborn).astype(bool))
    out = pd.DataFrame(index=people.index)
    out["newborn"] = first.notna() & named.isna()
    out["first"] = _each(named, name_key)
    out["last"] = _each(last, name_key)
    out["generation"] = _each(first.fillna("") + " " + last.fillna(""), generation)
    out["first_forms"] = _pairwise(first_forms, named, _text(people, "preferred_name"))
    out["last_forms"] = _pairwise(last_forms, last, _text(people, "former_last_name"))
    out["birth_date"] = _without_placeholders(_birth_date(people))
    out["gender"] = _each(_text(people, "gender"), lambda text: letter if (letter := text.lower()[:1]) in ("f", "m") else None)
    out["phones"] = _contacts(people, ("mobile", "home_phone", "work_phone"), phone_key)
    out["emails"] = _contacts(people, ("email",), email_key)
    out["street"] = _each(_text(people, "address_line1"), street_key)
    out["line2"] = _each(_text(people, "address_line2"), street_key)
    out["suburb"] = _each(_text(people, "suburb"), place_key)
    out["postcode"] = _each(_text(people, "postcode"), lambda text: text.zfill(4))
    out["medicare"] = pd.Series(_pairwise(medicare_key, _text(people, "medicare_number"), _text(people, "medicare_irn")), dtype="string")
    return out


def _names(people: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """First and last name, taken from the full name (`Last, First` too) where the row has neither."""
    first, last = _text(people, "first_name"), _text(people, "last_name")
    full = _text(people, "full_name").where(first.isna() & last.isna())
    if full.notna().any():
        parsed = {name: HumanName(name) for name in full.dropna().unique()}
        first = first.fillna(_each(full, lambda name: parsed[name].first or None))
        last = last.fillna(_each(full, lambda name: parsed[name].last or None))
    return first, last


def _birth_date(people: pd.DataFrame) -> pd.Series:
    if "birth_date" in people and pd.api.types.is_datetime64_any_dtype(people["birth_date"]):
        return people["birth_date"].dt.strftime("%Y-%m-%d").astype("string")
    return _each(_text(people, "birth_date"), date_key)


def _without_placeholders(dates: pd.Series) -> pd.Series:
    counts = dates.value_counts()
    crowded = counts[(counts > PLACEHOLDER_ROWS) & (counts > PLACEHOLDER_SHARE * len(dates))].index
    return dates.mask(dates.isin(crowded))


def _contacts(people: pd.DataFrame, names: tuple[str, ...], key: Callable[[str], str | None]) -> pd.Series:
    """Each row's own values: without those of its family head, and without those that a crowd shares."""
    columns = [_listed(_each(_text(people, name), key)) for name in names]
    rows = [{value for value in row if value} for row in zip(*columns, strict=True)]
    shared = pd.Series([value for row in rows for value in row], dtype="string").value_counts()
    crowded = {*shared[shared > CROWD].index}
    heads = _listed(_text(people, "family_head_id"))
    place = {str(key).rpartition(":")[2]: number for number, key in enumerate(people.index)} if any(heads) else {}
    own = []
    for number, (values, head) in enumerate(zip(rows, heads, strict=True)):
        at = place.get(head, number) if head else number
        own.append(sorted(values - crowded - (rows[at] if at != number else set())))
    return pd.Series(own, index=people.index, dtype=object)


def _pairwise(change: Callable[[str | None, str | None], object], left: pd.Series, right: pd.Series) -> pd.Series:
    pairs = [*zip(_listed(left), _listed(right), strict=True)]
    changed = {pair: change(*pair) for pair in {*pairs}}
    return pd.Series([changed[pair] for pair in pairs], index=left.index, dtype=object)


def _text(people: pd.DataFrame, name: str) -> pd.Series:
    if name not in people:
        return pd.Series(pd.NA, index=people.index, dtype="string")
    text = people[name].astype("string").str.strip()
    return text.mask(text == "")


def _each(values: pd.Series, change: Callable[[str], str | None]) -> pd.Series:
    """Apply `change` once per distinct value, as `string`; NA stays NA."""
    changed = {value: change(value) for value in values.dropna().unique()}
    return pd.Series([changed.get(value) for value in _listed(values)], index=values.index, dtype="string")


def _listed(values: pd.Series) -> list[str | None]:
    return [None if value is pd.NA or value is None or value != value else str(value) for value in values]
