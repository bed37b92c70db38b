"""People as they are compared: names folded, nicknames resolved, contact data as plain comparable strings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

import pandas as pd
from nameparser import HumanName
from nicknames import NickNamer

COLUMNS = (
    "first_name", "last_name", "former_last_name", "preferred_name", "birth_date", "mobile", "home_phone", "email",
    "address_line1", "suburb", "postcode", "medicare_number", "medicare_irn", "gender", "family_head_id",
)  # fmt: skip
"""Columns of a table of people that are looked at; any may be missing. Two more are understood: `full_name`, `work_phone`."""

PHONE_DIGITS = 9  # an Australian number without trunk 0 or +61; spellings of one number agree on these
MEDICARE_DIGITS = 9  # the tenth digit is the card's issue number and changes with every new card

_SUFFIX = re.compile(r"\b(jr|jnr|junior|sr|snr|senior|ii|iii|iv)\b")
_SENIOR = {"jr": "junior", "jnr": "junior", "sr": "senior", "snr": "senior", "ii": "junior"}
_NEWBORN = re.compile(r"^(baby|bub|infant|newborn|twin)\b")
_STREET = {
    "street": "st", "road": "rd", "avenue": "ave", "av": "ave", "drive": "dr", "court": "ct", "crescent": "cres", "place": "pl",
    "lane": "ln", "parade": "pde", "highway": "hwy", "terrace": "tce", "close": "cl", "circuit": "cct", "boulevard": "bvd",
    "unit": "", "flat": "", "apartment": "", "apt": "", "u": "",
}  # fmt: skip


def comparable(people: pd.DataFrame) -> pd.DataFrame:
    """Return one row per row of `people`, same index, in columns made for comparing.

    first, last: lower-case letters only; first_forms, last_forms: lists of spellings that mean the same name
    (short forms, maiden names, halves of double names); suffix: junior, senior or NA; newborn: a "Baby of …" row;
    birth_date: ISO text; phones, emails: lists, [] where there are none; street, suburb, postcode; medicare: number *and*
    reference number, NA where either is missing; gender: first letter. Absent is NA (or [] in lists), never "".
    """
    first, last = _names(people)
    former, preferred = _text(people, "former_last_name"), _text(people, "preferred_name")
    out = pd.DataFrame(index=people.index)
    out["newborn"] = first.fillna("").str.lower().str.match(_NEWBORN).astype(bool)
    out["first"] = _each(first, _letters).mask(out["newborn"])
    out["last"] = _each(last, lambda name: _letters(_SUFFIX.sub("", _fold(name) or "")))
    out["suffix"] = _each(first.fillna("") + " " + last.fillna(""), _suffix)
    named = first.mask(out["newborn"])
    out["first_forms"] = pd.Series(
        [_first_forms(*pair) for pair in zip(_listed(named), _listed(preferred), strict=True)], index=people.index, dtype=object
    )
    out["last_forms"] = pd.Series(
        [_last_forms(*pair) for pair in zip(_listed(last), _listed(former), strict=True)], index=people.index, dtype=object
    )
    out["birth_date"] = _birth_date(people)
    phones = [_listed(_each(_text(people, name), phone_key)) for name in ("mobile", "home_phone", "work_phone")]
    out["phones"] = pd.Series(
        [sorted({number for number in row if number}) for row in zip(*phones, strict=True)], index=people.index, dtype=object
    )
    out["emails"] = pd.Series(
        [[email] if email else [] for email in _listed(_each(_text(people, "email"), email_key))], index=people.index, dtype=object
    )
    out["street"] = _each(_text(people, "address_line1"), street_key)
    out["suburb"] = _each(_text(people, "suburb"), _letters)
    out["postcode"] = _each(_text(people, "postcode"), lambda text: text.strip().zfill(4))
    out["medicare"] = _medicare(people)
    out["gender"] = _each(_text(people, "gender"), lambda text: text.strip().lower()[:1] or None)
    out["gender"] = out["gender"].where(out["gender"].isin(["f", "m"]))
    return out


def name_key(name: str | None) -> str | None:
    """Return a name as lower-case letters without accents, spaces or punctuation; None where nothing is left."""
    return _letters(name) if name else None


def phone_key(text: str) -> str | None:
    """Return the digits by which two spellings of one phone number agree; None for fewer than six digits."""
    digits = re.sub(r"\D", "", text)
    return digits[-PHONE_DIGITS:] if len(digits) >= 6 else None


def email_key(text: str) -> str | None:
    """Return an e-mail address in the form that is compared; None where it is none."""
    folded = text.strip().lower()
    return folded if "@" in folded else None


def street_key(text: str) -> str | None:
    """Return house number and street with the usual abbreviations, `unit 3 12 Smith Street` as `3 12 smith st`."""
    words = re.findall(r"[a-z0-9]+", _ascii(text).lower())
    return " ".join(filter(None, (_STREET.get(word, word) for word in words))) or None


@lru_cache(maxsize=1)
def _namer() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=100_000)
def short_forms(name: str) -> frozenset[str]:
    """Return the formal names that `name` may be short for, itself included: `bob` → {bob, bobby, bert, robert}."""
    return frozenset({name, *_namer().canonicals_of(name)})


def _names(people: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    first, last = _text(people, "first_name"), _text(people, "last_name")
    full = _text(people, "full_name").where(first.isna() & last.isna())
    if full.notna().any():
        parsed = {name: HumanName(name) for name in full.dropna().unique()}
        first = first.fillna(full.map({name: human.first or None for name, human in parsed.items()}).astype("string"))
        last = last.fillna(full.map({name: human.last or None for name, human in parsed.items()}).astype("string"))
    return first, last


def _first_forms(first: str | None, preferred: str | None) -> list[str]:
    names = {
        form for name in (first, preferred) if name for form in (_letters(name), _letters(name.split()[0] if name.split() else "")) if form
    }
    return sorted({form for name in names for form in short_forms(name)})


def _last_forms(last: str | None, former: str | None) -> list[str]:
    forms = set()
    for name in filter(None, (last, former)):
        bare = _SUFFIX.sub("", _fold(name) or "")
        forms |= {_letters(bare), *(_letters(half) for half in re.split(r"[-/]", bare) if len(half.strip()) > 2)}
    return sorted(filter(None, forms))


def _suffix(name: str) -> str | None:
    found = _SUFFIX.findall(_fold(name) or "")
    return _SENIOR.get(found[-1], found[-1]) if found else None


def _birth_date(people: pd.DataFrame) -> pd.Series:
    if "birth_date" not in people:
        return pd.Series(pd.NA, index=people.index, dtype="string")
    return pd.to_datetime(people["birth_date"], errors="coerce").dt.strftime("%Y-%m-%d").astype("string")


def _medicare(people: pd.DataFrame) -> pd.Series:
    number = _each(_text(people, "medicare_number"), lambda text: re.sub(r"\D", "", text)[:MEDICARE_DIGITS] or None)
    reference = _each(_text(people, "medicare_irn"), lambda text: re.sub(r"\D", "", text) or None)
    return (number + "-" + reference).astype("string").where(number.str.len() == MEDICARE_DIGITS)


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


def _ascii(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _fold(text: str) -> str | None:
    return re.sub(r"[^a-z0-9/\- ]+", "", _ascii(text).lower()).strip() or None


def _letters(text: str) -> str | None:
    return re.sub(r"[^a-z]+", "", _ascii(text).lower()) or None
