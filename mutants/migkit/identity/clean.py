"""One value as it is compared: names folded, nicknames resolved, phones, e-mails and addresses in one spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nicknames import NickNamer

PHONE_DIGITS = 9  # an Australian number without trunk 0 or +61; spellings of one number agree on these
MEDICARE_DIGITS = 9  # the tenth digit is the card's issue number and changes with every new card

_SUFFIX = re.compile(r"\b(jr|jnr|junior|sr|snr|senior|ii|iii|iv)\b")
_GENERATION = {"jr": "junior", "jnr": "junior", "sr": "senior", "snr": "senior", "ii": "junior"}
_NEWBORN = re.compile(r"^(baby|bub|infant|newborn|twin)\b")
_STREET = {
    "street": "st", "road": "rd", "avenue": "ave", "av": "ave", "drive": "dr", "court": "ct", "crescent": "cres", "place": "pl",
    "lane": "ln", "parade": "pde", "highway": "hwy", "terrace": "tce", "close": "cl", "circuit": "cct", "boulevard": "bvd",
    "unit": "", "flat": "", "apartment": "", "apt": "", "u": "",
}  # fmt: skip


def name_key(name: str | None) -> str | None:
    """Return a name as lower-case letters without accents, spaces, punctuation or Jnr/Snr; None where nothing is left."""
    return _letters(_SUFFIX.sub("", _fold(name))) if name else None


def place_key(text: str) -> str | None:
    """Return a suburb or town as lower-case letters."""
    return _letters(_fold(text))


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
    words = re.findall(r"[a-z0-9]+", _fold(text))
    return " ".join(filter(None, (_STREET.get(word, word) for word in words))) or None


def date_key(text: str) -> str | None:
    """Return eight digits or an ISO date as `YYYY-MM-DD`, also one that no calendar has: a typo still agrees in its other digits."""
    digits = re.sub(r"\D", "", text[:10])
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 else None


def medicare_key(number: str | None, reference: str | None) -> str | None:
    """Return card and reference number as `212345670-1`; None where either is missing, since a card names a family, not a person."""
    card, person = re.sub(r"\D", "", number or "")[:MEDICARE_DIGITS], re.sub(r"\D", "", reference or "")
    return f"{card}-{int(person)}" if len(card) == MEDICARE_DIGITS and person else None


def generation(name: str) -> str | None:
    """Return `junior`, `senior`, `iii` or `iv` where the name says so."""
    found = _SUFFIX.findall(_fold(name))
    return _GENERATION.get(found[-1], found[-1]) if found else None


def is_newborn(first_name: str) -> bool:
    """Return whether a first name only says that the child had none yet: `Baby of Jane`, `Twin 2`."""
    return bool(_NEWBORN.match(_fold(first_name)))


def first_forms(first: str | None, preferred: str | None) -> list[str]:
    """Return all names that the first or preferred name may be short for, themselves included, sorted."""
    names = {form for name in (first, preferred) if name for form in (name_key(name), name_key(name.partition(" ")[0])) if form}
    return sorted({form for name in names for form in short_forms(name)})


def last_forms(last: str | None, former: str | None) -> list[str]:
    """Return the last name, the former one, and the halves of double names, sorted."""
    forms = set()
    for name in filter(None, (last, former)):
        halves = [half for half in re.split(r"[-/]", _fold(name)) if len(half.strip()) > 2]
        forms |= {name_key(name), *(name_key(half) for half in halves)}
    return sorted(filter(None, forms))


_NO_FORM_OF = {"bill": frozenset({"robert"}), "billy": frozenset({"robert"}), "robert": frozenset({"bill", "billy"})}
"""What the list of short forms has wrong: twins called William and Robert, Bill and Bob, would be one person."""


@lru_cache(maxsize=100_000)
def short_forms(name: str) -> frozenset[str]:
    """Return the formal names that `name` may be short for, itself included: `bob` → {bob, bobby, bert, robert}."""
    return frozenset({name, *_namer().canonicals_of(name)} - _NO_FORM_OF.get(name, frozenset()))


@lru_cache(maxsize=1)
def _namer() -> NickNamer:
    return NickNamer()


def _fold(text: str) -> str:
    """Lower case without accents; apostrophes joined (`o'brien` → `obrien`)."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9/\- ]+", " ", re.sub(r"['’`.]", "", bare.lower())).strip()


def _letters(text: str) -> str | None:
    return re.sub(r"[^a-z]+", "", text) or None
