"""Texts, names, ids, codes."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from migkit.model.country import NO_COUNTRY, Country

NO_VALUE = frozenset(
    {
        "null",
        "n/a",
        "na",
        "none",
        "nil",
        "-",
        "--",
        "\\n",
        "#n/a",
        "#ref!",
        "#value!",
        "#name?",
        "#div/0!",
        "#null!",
        "#num!",
        "(null)",
        "(blank)",
    }
)
"""Spellings of an empty cell, lower case."""

_SCIENTIFIC = re.compile(r"[-+]?\d(?:[.,]\d+)?[eE]\+\d{1,3}")
_DECIMAL_INTEGER = re.compile(r"(\d+)[.,]0+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}-[A-Z][a-z]{2}(?:-\d\d)?|[A-Z][a-z]{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}")
_WORD = re.compile(r"[^\W\d_]+(?:[\u2019'][^\W\d_]+)*")
_PARTICLES = re.compile(r"\b(?:Van|Von) (?:Der|Den)(?= \w)|\bDe La(?= \w)")
"""Particles that are small wherever they stand; of one alone (Van, De, Le) nobody can know: it may be a Vietnamese name."""
_GENERATIONS = frozenset({"ii", "iii", "iv", "vi", "vii"})


def keep(text: str) -> tuple[str | None, str, str]:
    """Text stays as it is."""
    return text, "", ""


def keep_prose(text: str) -> tuple[str | None, str, str]:
    """Text stays as it is, but for a word processor's own form (RTF): what a reader sees of it is kept, one line a paragraph."""
    if not text.startswith("{\\rtf"):
        return text, "", ""
    plain = rtf_to_text(text, errors="ignore").strip()
    return plain or None, "rtf-text", ""


def parse_id(text: str) -> tuple[str | None, str, str]:
    """An id stays text; `12.0` is 12; in `1.23E+09` digits are gone for good."""
    if lost_digits(text):
        return None, "", "lost-digits"
    if whole := _DECIMAL_INTEGER.fullmatch(text):
        return whole[1], "id-decimal", ""
    return text, "", ""


def lost_digits(text: str) -> bool:
    """Return whether a spreadsheet has written a long number as `1.23E+09`."""
    return bool(_SCIENTIFIC.fullmatch(text))


def parse_name(text: str) -> tuple[str | None, str, str]:
    """A name, or one side of `LAST, First`, all in capitals or all small gets its usual case; any other spelling is the person's."""
    cased = _capitalise(text) if text.isupper() or text.islower() else ",".join(map(_capitalise, text.split(",")))
    return (cased, "name-case", "") if cased != text else (text, "", "")


def _capitalise(text: str) -> str:
    """Return a name in one case as names are written, as far as that is certain: McDonald and O'Brien, but Macdonald and Machado."""
    if sum(map(str.isalpha, text)) <= 2 or not (text.isupper() or text.islower()):
        return text  # TJ and NG may be initials
    cased = _WORD.sub(lambda word: _word(word[0], text[word.end() :]), text)
    return _PARTICLES.sub(lambda found: found[0].lower(), cased)


def _word(word: str, rest: str) -> str:
    folded = word.casefold()
    if folded in _GENERATIONS and not rest.strip():
        return word.upper()
    if re.fullmatch(r"[^\W\d_]['\u2019][^\W\d_]{2,}", word):
        return word[:2].upper() + word[2].upper() + word[3:].lower()
    if re.fullmatch(r"mc[^\W\d_]{2,}", folded):
        return "Mc" + word[2].upper() + word[3:].lower()
    return word[0].upper() + word[1:].lower()


def parse_item_code(text: str, country: Country = NO_COUNTRY) -> tuple[str | None, str, str]:
    """An item of a numeric schedule has all its digits: a spreadsheet's `11` was 011. Longer codes and those with letters stay."""
    if lost_digits(text):
        return None, "", "lost-digits"
    digits = _DECIMAL_INTEGER.fullmatch(text)
    code = digits[1] if digits else text
    padded = code.zfill(country.item_code_digits) if code.isdecimal() else code
    return padded, "item-zero" if padded != text else "", ""


def parse_postcode(text: str, country: Country = NO_COUNTRY) -> tuple[str | None, str, str]:
    """The noughts that a spreadsheet took from a postcode are put back where its country has such; any other is kept as written.

    One that cannot be of the country is kept too, with the problem `unproven-postcode`: it may be another country's.
    """
    digits = _DECIMAL_INTEGER.fullmatch(text)
    code = digits[1] if digits else text
    if country.short_postcode and re.fullmatch(country.short_postcode, code):
        return code.zfill(country.postcode_digits), "postcode-zero", ""
    strange = bool(country.postcode) and not re.fullmatch(country.postcode, code, re.IGNORECASE)
    return code, "postcode-decimal" if code != text else "", "unproven-postcode" if strange else ""


def parse_tooth(text: str) -> tuple[str | None, str, str]:
    """An FDI tooth or several stay text; `36.0` is 36. A date was two teeth, which a spreadsheet misread: it is said."""
    if _DAY.fullmatch(text):
        return None, "", "unreadable-tooth"
    digits = _DECIMAL_INTEGER.fullmatch(text)
    return (digits[1], "tooth-decimal", "") if digits else (text, "", "")


def parse_path(text: str) -> tuple[str | None, str, str]:
    r"""A path gets forward slashes: `Xrays\12\a.jpg` is `Xrays/12/a.jpg`."""
    return (text.replace("\\", "/"), "path-slashes", "") if "\\" in text else (text, "", "")
