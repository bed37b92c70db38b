"""What a number format adds to the number: a stated currency, percent, noughts, literal words.

A number that the format rounds is kept whole, and a format that only groups digits or colours them adds nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from .text import cell_text

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<clock>AM/PM|A/P)|(?P<one>.)',
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "US$": "USD",
    "NZ$": "NZD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "S$": "SGD",
    "HK$": "HKD",
    "₹": "INR",
    "Kč": "CZK",
    "zł": "PLN",
    "CHF": "CHF",
    "Fr.": "CHF",
    "₩": "KRW",
    "₺": "TRY",
    "₽": "RUB",
}
"""Signs that are one currency's alone."""
_PLACES = {
    "C09": "AUD",
    "1409": "NZD",
    "1009": "CAD",
    "1004": "SGD",
    "4809": "SGD",
    "C04": "HKD",
    "3C09": "HKD",
    "411": "JPY",
    "804": "CNY",
    "41D": "SEK",
    "406": "DKK",
    "414": "NOK",
    "1C09": "ZAR",
    "405": "CZK",
    "415": "PLN",
    "807": "CHF",
    "4009": "INR",
    "439": "INR",
}
"""Windows' number of a language and country, hexadecimal → that country's currency. The United States (409) are left out: programs
write that where nobody chose a country."""
_SCALE = re.compile(r"[0#?],+(?![0#?,])")


@dataclass
class _Section:
    parts: list[tuple[str, str]] = field(default_factory=list)
    """kind (text | digit | sign | general), characters: from left to right."""
    currency: str = ""
    condition: tuple[str, float] | None = None
    is_date: bool = False


def shown(value: float, number_format: str) -> str | None:
    """Return the text that `value` stands for under a number format; None where the format adds nothing."""
    sections = _sections(number_format)
    if any(section.is_date for section in sections):
        return None
    position = _chosen(sections, value)
    if position is None:
        return None
    return _applied(sections[position], value, negative=position == 1 and sections[position].condition is None)


@cache
def adds(number_format: str) -> bool:
    """Return whether a number format may add anything to any number."""
    return any(shown(value, number_format) is not None for value in (7.0, -7.0, 0.0, 1.0, 2.0, 1234567.0))


@cache
def _sections(number_format: str) -> tuple[_Section, ...]:  # noqa: C901, PLR0912 - the states of a number format, character by character
    sections = [_Section()]
    for token in _TOKEN.finditer(number_format):
        now = sections[-1]
        if (text := token["quoted"] if token["quoted"] is not None else token["escaped"]) is not None:
            now.parts.append(("text", text))
        elif (bracket := token["bracket"]) is not None:
            _in_brackets(bracket, now)
        elif token["general"]:
            now.parts.append(("general", ""))
        elif token["clock"]:
            now.is_date = True
        elif one := token["one"]:
            if one == ";":
                sections.append(_Section())
            elif one in "0#?":
                now.parts.append(("digit", one))
            elif one in ".,%/@E":
                now.parts.append(("sign", one))
            elif one.casefold() in "dmyhsbg":
                now.is_date = True
            else:
                now.parts.append(("text", one))
    for section in sections:
        words = "".join(text for kind, text in section.parts if kind == "text").strip()
        if not section.currency and (code := _code(words, "")):
            section.currency = code
            section.parts = [part for part in section.parts if part[0] != "text"]
    return tuple(sections)


def _in_brackets(bracket: str, section: _Section) -> None:
    if bracket.startswith("$"):
        sign, _, place = bracket[1:].rpartition("-") if "-" in bracket else (bracket[1:], "", "")
        section.currency = _code(sign.strip(), place.lstrip("0").upper()[-4:])
        if not section.currency and sign.strip() not in ("", "$"):
            section.parts.append(("text", sign))
    elif condition := _CONDITION.fullmatch(bracket.strip()):
        section.condition = (condition[1], float(condition[2]))
    elif _ELAPSED.fullmatch(bracket):
        section.is_date = True


def _code(sign: str, place: str) -> str:
    """Return the currency that a sign (and a country beside it) states, "" where it states none."""
    if len(sign) == 3 and sign.isascii() and sign.isalpha() and sign.isupper():
        return sign if sign in _CODES else ""
    return _SIGNS.get(sign, "") or (_PLACES.get(place, "") if sign in ("$", "¥", "kr", "R") else "")


_CODES = frozenset(
    re.findall(
        "...",
        "AEDARSAUDBGNBRLCADCHFCLPCNYCOPCZKDKKEGPEURFJDGBPHKDHUFIDRILSINRISKJPYKRWKWDLKRMXNMYRNOKNPRNZDPGKPHPPKRPLNQARRONRSDRUBSARSBD"
        "SEKSGDTHBTOPTRYTWDUAHUSDVNDVUVWSTXPFZAR",
    )
)
"""ISO 4217."""


def _chosen(sections: tuple[_Section, ...], value: float) -> int | None:
    """Return which section formats the value: by its condition, else by its sign; None where none does."""
    if any(section.condition for section in sections):
        for position, section in enumerate(sections):
            if section.condition is None or _holds(value, *section.condition):
                return position
        return None
    numbers = sections[:3]
    if value < 0 and len(numbers) > 1:
        return 1
    return 2 if value == 0 and len(numbers) > 2 else 0


def _holds(value: float, sign: str, other: float) -> bool:
    return {
        "<=": value <= other, ">=": value >= other, "<>": value != other, "<": value < other, ">": value > other, "=": value == other,
    }[sign]  # fmt: skip


def _applied(section: _Section, value: float, *, negative: bool) -> str | None:
    kinds = [kind for kind, _ in section.parts]
    code = "".join(text for kind, text in section.parts if kind in ("digit", "sign"))
    words = "".join(text for kind, text in section.parts if kind == "text")
    if section.currency:
        return f"{section.currency} {_amount(value, code)}"
    if "digit" not in kinds and "general" not in kinds:
        return words.strip() if any(map(str.isalpha, words)) and "@" not in code else None
    if "%" in code:
        return cell_text(round(value * 100, 10)) + "%"
    if _SCALE.search(code) or "/" in code or "E" in code:
        return None
    if float(value).is_integer() and abs(value) < 1e16 and (figures := _figures(section, value, negative=negative)):
        return figures
    if not any(char.isalnum() or char in "%+" for char in words):
        return None
    first = kinds.index("digit" if "digit" in kinds else "general")
    last = max(position for position, kind in enumerate(kinds) if kind != "text")
    before = "".join(text for _, text in section.parts[:first])
    after = "".join(text for _, text in section.parts[last + 1 :])
    return (before + cell_text(abs(value) if negative else value) + after).strip()


def _amount(value: float, code: str) -> str:
    """Return an amount with at least the decimals that the format shows, and all that it has."""
    exact = Decimal(repr(float(value)))
    least = len(re.sub(r"[^0#?]", "", code.partition(".")[2]))
    digits = max(least, -min(0, int(exact.normalize().as_tuple().exponent)))
    return f"{exact:.{digits}f}"


def _figures(section: _Section, value: float, *, negative: bool) -> str | None:
    """Return an integer laid into figures like `00000`, `0000 000 000` or `000-000`; None where the format is no such thing."""
    parts = section.parts
    if any(kind == "general" or (kind == "sign" and text in ".,") for kind, text in parts):
        return None
    places = [position for position, (kind, _) in enumerate(parts) if kind == "digit"]
    parted = any(kind == "text" for kind, _ in parts[places[0] : places[-1]])
    noughts = sum(text == "0" for _, text in parts if _ == "digit")
    if noughts < 2 and not (parted and len(places) > 3):
        return None
    digits = list(str(abs(int(value))).rjust(noughts, "0"))
    out: list[str] = []
    for position in range(len(parts) - 1, -1, -1):
        kind, text = parts[position]
        if kind != "digit":
            out.append(text if kind == "text" else "")
        elif position == places[0]:
            out.append("".join(digits))
            digits = []
        elif digits:
            out.append(digits.pop())
    sign = "-" if value < 0 and not negative else ""
    return sign + "".join(reversed(out)).strip()
