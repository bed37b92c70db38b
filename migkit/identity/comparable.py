"""A table of people as it is compared: one row per row, in columns made for comparing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter

import pandas as pd

from .clean import (
    FirstName,
    date_key,
    email_key,
    first_name,
    generation,
    is_newborn,
    last_forms,
    medicare_key,
    name_key,
    name_words,
    phone_key,
    place_key,
    street_key,
    title_says,
)

COLUMNS = (
    "title", "first_name", "last_name", "former_last_name", "preferred_name", "full_name", "birth_date", "gender", "mobile", "home_phone",
    "work_phone", "email", "address_line1", "address_line2", "suburb", "postcode", "medicare_number", "medicare_irn", "family_head_id",
)  # fmt: skip
"""Columns of a table of people that are looked at; any may be missing."""

FIRST_NAME = tuple(field.name for field in fields(FirstName))
SHARED_BY = 8
"""A phone or e-mail that more rows share is an institution's (a school, the clinic's own number): no evidence of anything."""
FILLER_SHARE, FILLER_ROWS = 0.005, 40
"""A birth date that more than this share of the rows, and more than this many, have in common means "unknown", whatever it is."""
GROWN_UP = 18
"""Years from which on a phone and an e-mail are taken for a person's own."""


def comparable(people: pd.DataFrame) -> pd.DataFrame:
    """Return one row per row of `people` (any of `COLUMNS`), same index, in columns made for comparing.

    first, last: lower-case letters; first_words, last_words: lists of their words; first_names, first_calls, first_forms,
    first_loose: lists, as `FirstName` has them; last_forms: list, with the former name and the parts of a double one;
    generation: junior, senior, … ; newborn: a "Baby of …" row; birth_date: ISO text, fillers left out; age_group: child or
    grown, as the title says; grown: whether the row is of a grown-up, as far as birth dates tell; phones, emails: lists,
    without what is the family head's (`family_head_id`), what more than `SHARED_BY` rows share, and fillers; own: mobiles and
    e-mails; street, line2, suburb, postcode; medicare: number *and* reference number; gender: f or m, from the title where the
    row does not say. Absent is NA, [] in lists.
    """
    first, last = _names(people)
    named = first.mask(first.fillna("").map(is_newborn).astype(bool))
    out = pd.DataFrame(index=people.index)
    out["newborn"] = first.notna() & named.isna()
    out["first"] = _each(named, name_key)
    out["last"] = _each(last, name_key)
    out["generation"] = _each(first.fillna("") + " " + last.fillna(""), generation)
    forms = _pairwise(first_name, named, _text(people, "preferred_name"))
    for name in FIRST_NAME:
        out[f"first_{name}"] = forms.map(attrgetter(name))
    out["last_words"] = pd.Series([name_words(name) for name in _listed(last)], index=people.index, dtype=object)
    out["last_forms"] = _pairwise(last_forms, last, _text(people, "former_last_name"))
    out["birth_date"] = _without_fillers(_birth_date(people))
    titles = _text(people, "title")
    sex = _each(_text(people, "gender"), lambda text: letter if (letter := text.lower()[:1]) in ("f", "m") else None)
    out["gender"] = sex.fillna(_each(titles, lambda title: title_says(title)[0]))
    out["age_group"] = _each(titles, lambda title: title_says(title)[1])
    out["grown"] = _grown(out["birth_date"], people)
    out["phones"] = _contacts(people, ("mobile", "home_phone", "work_phone"), phone_key)
    out["emails"] = _contacts(people, ("email",), email_key)
    out["own"] = _contacts(people, ("mobile",), phone_key) + out["emails"]
    out["street"] = _each(_text(people, "address_line1"), street_key)
    out["line2"] = _each(_text(people, "address_line2"), street_key)
    out["suburb"] = _each(_text(people, "suburb"), place_key)
    out["postcode"] = _each(_text(people, "postcode"), lambda text: text.zfill(4))
    out["medicare"] = pd.Series(_pairwise(medicare_key, _text(people, "medicare_number"), _text(people, "medicare_irn")), dtype="string")
    return out


def _grown(born: pd.Series, people: pd.DataFrame) -> pd.Series:
    """Whether a row was born `GROWN_UP` years before the newest date that the table holds; False where the date is not known."""
    newest = born.max() if born.notna().any() else ""
    for name in ("created_at", "modified_at", "last_visit"):
        if name in people and pd.api.types.is_datetime64_any_dtype(people[name]) and people[name].notna().any():
            newest = max(newest, people[name].max().strftime("%Y-%m-%d"))
    if not newest[:4].isdecimal():
        return pd.Series(False, index=born.index)
    return born.le(f"{int(newest[:4]) - GROWN_UP:04d}{newest[4:]}").fillna(False).astype(bool)


def _names(people: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """First and last name, taken from the full name (`Last, First` too) where the row has neither."""
    first, last = _text(people, "first_name"), _text(people, "last_name")
    full = _text(people, "full_name").where(first.isna() & last.isna())
    if full.notna().any():
        first = first.fillna(_each(full, lambda name: _parsed(name)[0]))
        last = last.fillna(_each(full, lambda name: _parsed(name)[1]))
    return first, last


@lru_cache(maxsize=100_000)
def _parsed(full_name: str) -> tuple[str | None, str | None]:
    """First and last name of a full one: a millisecond each, and those of an account are looked at twice."""
    from nameparser import HumanName  # here, since most commands link nobody

    found = HumanName(full_name)
    return found.first or None, found.last or None


def _birth_date(people: pd.DataFrame) -> pd.Series:
    if "birth_date" in people and pd.api.types.is_datetime64_any_dtype(people["birth_date"]):
        return people["birth_date"].dt.strftime("%Y-%m-%d").astype("string")
    return _each(_text(people, "birth_date"), date_key)


def _without_fillers(dates: pd.Series) -> pd.Series:
    counts = dates.value_counts()
    common = counts[(counts > FILLER_ROWS) & (counts > FILLER_SHARE * len(dates))].index
    return dates.mask(dates.isin(common))


def _contacts(people: pd.DataFrame, names: tuple[str, ...], key: Callable[[str], str | None]) -> pd.Series:
    """Each row's own values: without those of its family head, and without those that too many rows share."""
    columns = [_listed(_each(_text(people, name), key)) for name in names]
    rows = [{value for value in row if value} for row in zip(*columns, strict=True)]
    shared = pd.Series([value for row in rows for value in row], dtype="string").value_counts()
    of_many = {*shared[shared > SHARED_BY].index}
    heads = _listed(_text(people, "family_head_id"))
    place = {str(key).rpartition(":")[2]: number for number, key in enumerate(people.index)} if any(heads) else {}
    own = []
    for number, (values, head) in enumerate(zip(rows, heads, strict=True)):
        at = place.get(head, number) if head else number
        own.append(sorted(values - of_many - (rows[at] if at != number else set())))
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
    listed = _listed(values)
    changed: dict[str | None, str | None] = {value: change(value) for value in {*listed} if value is not None}
    return pd.Series([changed.get(value) for value in listed], index=values.index, dtype="string")


def _listed(values: pd.Series) -> list[str | None]:
    return values.astype("string").to_numpy(dtype=object, na_value=None).tolist()  # type: ignore[no-any-return]
