"""One value as it is compared: names folded, nicknames resolved, phones, e-mails and addresses in one spelling."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from nicknames import NickNamer

PHONE_DIGITS = 9  # an Australian number without trunk 0 or +61; spellings of one number agree on these
MEDICARE_DIGITS = 9  # the tenth digit is the card's issue number and changes with every new card

_SUFFIX = re.compile(r"\b(jr|jnr|junior|sr|snr|senior|ii|iii|iv)\b")
_GENERATION = {"jr": "junior", "jnr": "junior", "sr": "senior", "snr": "senior", "ii": "junior"}
_NEWBORN = re.compile(r"^(baby|bub|infant|newborn|twin)\b")
_NO_EMAIL = frozenset(
    [
        "none",
        "no",
        "noemail",
        "noemails",
        "noemailaddress",
        "nomail",
        "na",
        "nil",
        "null",
        "test",
        "unknown",
        "notprovided",
        "noreply",
        "donotreply",
        "email",
        "x",
        "xx",
        "xxx",
    ]
)
_FILLED_PHONE = re.compile(r"(\d)\1{6}$|123456789?$")
_FILLED_DATE = frozenset(["1900-01-01", "1900-01-02", "1901-01-01", "1910-01-01", "1911-11-11", "1970-01-01", "1980-01-01", "2000-01-01"])
_FIRST_DATE = "1900-01-03"  # before it stand the zero days of spreadsheets and systems: 1899-12-30, 1753-01-01, 1800-01-01
_PARTICLES = frozenset(
    [
        "van",
        "der",
        "den",
        "del",
        "della",
        "dela",
        "las",
        "los",
        "san",
        "saint",
        "abd",
        "abdul",
        "abdel",
        "abu",
        "bin",
        "bint",
        "ibn",
    ]
)
_TITLES: dict[str, tuple[str | None, str | None]] = {
    "mr": ("m", "grown"), "mister": ("m", "grown"), "mrs": ("f", "grown"), "ms": ("f", None), "miss": ("f", None), "master": ("m", "child"),
    "mstr": ("m", "child"), "mast": ("m", "child"), "mst": ("m", "child"), "dr": (None, "grown"), "prof": (None, "grown"),
    "professor": (None, "grown"), "fr": ("m", "grown"), "rev": (None, "grown"), "sr": ("f", "grown"), "sir": ("m", "grown"),
    "lady": ("f", "grown"), "dame": ("f", "grown"), "baby": (None, "child"),
}  # fmt: skip
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
    """Return the digits by which two spellings of one phone number agree; None for fewer than six, and for a filler (0400 000 000)."""
    digits = re.sub(r"\D", "", text)
    return digits[-PHONE_DIGITS:] if len(digits) >= 6 and not _FILLED_PHONE.search(digits) else None


def email_key(text: str) -> str | None:
    """Return an e-mail address in the form that is compared; None where it is none, or says that there is none (`none@none.com`)."""
    folded = text.strip().lower()
    name, _, host = folded.partition("@")
    return None if not host or name in _NO_EMAIL or name == host.partition(".")[0] else folded


def street_key(text: str) -> str | None:
    """Return house number and street with the usual abbreviations, `unit 3 12 Smith Street` as `3 12 smith st`."""
    words = re.findall(r"[a-z0-9]+", _fold(text))
    return " ".join(filter(None, (_STREET.get(word, word) for word in words))) or None


def date_key(text: str) -> str | None:
    """Return eight digits or an ISO date as `YYYY-MM-DD`, also one that no calendar has: a typo still agrees in its other digits.

    None for a filler: where a date is demanded and unknown, desks and systems write the first that they can.
    """
    digits = re.sub(r"\D", "", text[:10])
    date = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    return date if len(digits) == 8 and date not in _FILLED_DATE and date >= _FIRST_DATE else None


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


@dataclass(frozen=True)
class FirstName:
    """What a first name and a preferred one are compared by."""

    words: list[str]
    """The words of the first name."""
    names: list[str]
    """What the person is called: the first name and the preferred one."""
    calls: list[str]
    """The same, and the first word of several."""
    forms: list[str]
    """Names that any of `calls` may be short for."""
    loose: list[str]
    """The same for those only that are no formal names themselves: two short forms may meet in a third name (Bob, Bobby: Robert),
    two formal names never do (Robert, William: Bill)."""

    def is_short_of(self, other: FirstName) -> bool:
        """Return whether one may be the short form of the other, or both of a third."""
        direct = {*self.calls} & {*other.forms} or {*self.forms} & {*other.calls}
        return bool(direct or {*self.loose} & {*other.loose})

    def agrees(self, other: FirstName) -> bool:
        """Return whether both may be one person's: the same name, preferred name or short form."""
        return bool({*self.names} & {*other.names}) or self.is_short_of(other)


def first_name(first: str | None, preferred: str | None) -> FirstName:
    """Return the forms of a first and a preferred name, each list sorted."""
    words = name_words(first)
    names = {name for name in (name_key(first), name_key(preferred)) if name}
    calls = {*names, *words[:1]}
    forms = {name: _formal_names(name) for name in calls}
    loose = {form for name, found in forms.items() if not _short_names(name) for form in found}
    return FirstName(words, sorted(names), sorted(calls), sorted({form for found in forms.values() for form in found}), sorted(loose))


def last_forms(last: str | None, former: str | None) -> list[str]:
    """Return the last name, the former one, and the parts of double names (`Garcia Lopez`, `Smith-Jones`), sorted."""
    forms = set()
    for name in filter(None, (last, former)):
        forms |= {name_key(name), *(word for word in name_words(name) if len(word) > 2 and word not in _PARTICLES)}
    return sorted(filter(None, forms))


def name_words(name: str | None) -> list[str]:
    """Return the words of a name, each as `name_key` has it."""
    parts = re.split(r"[-/ ]+", _SUFFIX.sub("", _fold(name))) if name else []
    return [word for part in parts if (word := _letters(part))]


def title_says(title: str | None) -> tuple[str | None, str | None]:
    """Return sex (f or m) and age group (child or grown) as a title says them: `Mstr` → m, child; `Dr` → unknown, grown."""
    return _TITLES.get(_letters(_fold(title or "")) or "", (None, None))


@lru_cache(maxsize=100_000)
def _formal_names(name: str) -> frozenset[str]:
    return frozenset(_nicknames().canonicals_of(name))


@lru_cache(maxsize=100_000)
def _short_names(name: str) -> frozenset[str]:
    return frozenset(_nicknames().nicknames_of(name))


@lru_cache(maxsize=1)
def _nicknames() -> NickNamer:
    return NickNamer()


def _fold(text: str) -> str:
    """Lower case without accents; apostrophes joined (`o'brien` → `obrien`)."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9/\- ]+", " ", re.sub(r"['’`.]", "", bare.lower())).strip()


def _letters(text: str) -> str | None:
    return re.sub(r"[^a-z]+", "", text) or None
