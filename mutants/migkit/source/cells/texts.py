"""Texts, names, ids, codes."""

from __future__ import annotations

import re

from nameparser import HumanName

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
_NT_OR_ACT = re.compile(r"(?:8|9|2)\d\d")


def keep(text: str) -> tuple[str | None, str, str]:
    """Text stays as it is."""
    return text, "", ""


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
    if sum(map(str.isalpha, text)) <= 2 or not (text.isupper() or text.islower()):
        return text  # TJ and NG may be initials
    name = HumanName(text)
    name.capitalize(force=True)
    words = {word.casefold(): word for part in (name.title, name.first, name.middle, name.last, name.suffix) for word in part.split()}
    return re.sub(r"[^\s,]+", lambda match: words.get(match[0].casefold(), match[0].title()), text)


def parse_item_code(text: str) -> tuple[str | None, str, str]:
    """ADA items have three digits: a spreadsheet's `11` was 011. CDBS items (88111) and other codes stay."""
    if lost_digits(text):
        return None, "", "lost-digits"
    digits = _DECIMAL_INTEGER.fullmatch(text)
    code = digits[1] if digits else text
    padded = code.zfill(3) if code.isdigit() and len(code) < 3 else code
    return padded, "item-zero" if padded != text else "", ""


def parse_postcode(text: str) -> tuple[str | None, str, str]:
    """Four digits; `800` was 0800 (Northern Territory) and `200` 0200, the only ones that begin with a nought."""
    digits = _DECIMAL_INTEGER.fullmatch(text)
    code = digits[1] if digits else text
    if code.isdigit() and len(code) == 3 and _NT_OR_ACT.fullmatch(code):
        return f"0{code}", "postcode-zero", ""
    if code.isdigit() and len(code) < 4:
        return None, "", "unreadable-postcode"
    return code, "postcode-decimal" if code != text else "", ""


def parse_tooth(text: str) -> tuple[str | None, str, str]:
    """An FDI tooth or several stay text; `36.0` is 36. A date was two teeth, which a spreadsheet misread: it is said."""
    if _DAY.fullmatch(text):
        return None, "", "unreadable-tooth"
    digits = _DECIMAL_INTEGER.fullmatch(text)
    return (digits[1], "tooth-decimal", "") if digits else (text, "", "")


def parse_path(text: str) -> tuple[str | None, str, str]:
    r"""A path gets forward slashes: `Xrays\12\a.jpg` is `Xrays/12/a.jpg`."""
    return (text.replace("\\", "/"), "path-slashes", "") if "\\" in text else (text, "", "")
