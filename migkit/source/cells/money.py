"""Amounts of money → cents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from babel.numbers import list_currencies

from migkit.model.country import NO_COUNTRY, Country

_CURRENCY = re.compile(
    r"""[^\W\d_]{0,3}[$€£¥￥₹₩₪₫] (?:\s?(?!CR|DR)[^\W\d_]{3}(?![^\W\d_]))?
    | (?<![^\W\d_])(?!CR\b|DR\b)[^\W\d_]+\.?""",
    re.IGNORECASE | re.VERBOSE,
)
"""A currency's sign or code beside an amount; CR and DR say on which side of an account it stands."""
_SYMBOL = re.compile("[$€£¥￥₹₩₪₫]")
_AMOUNT = re.compile(
    r"""(?P<before>CR|DR)? \s* (?P<sign>[-+])? \s* (?P<whole>\d{1,3}(?:[ ,]\d{3})+|\d*) (?:\.(?P<part>\d*))?
    \s* (?P<after>-|CR\.?|DR\.?)?""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTHING = re.compile(r"\s*-\s*(?:\?\?)?")
"""How a spreadsheet's format for accounts shows nought, beside the currency's sign."""

NOUGHT = frozenset({"nil", "zero", "-", "\u2013", "\u2014"})
"""What ledgers write for nought; an empty cell says nothing."""
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(?:\d+(?:\.\d{3})*,\d{1,2}|\d{1,3}(?:\.\d{3}){2,})(?![\d.,])")
"""Amounts of which the comma, or both points, can mean but one thing."""
_DECIMAL_POINT = re.compile(r"\.\d{1,2}(?!\d)|,\d{3}")


def parse_money(text: str, country: Country = NO_COUNTRY) -> tuple[int | None, str, str]:
    """Return cents: `$1,234.50`, `($45.00)`, `-45`, `45.00-`, `45.00 CR` (credit: negative).

    A fraction of a cent is rounded half up with the rule `money-rounded`; a decimal comma is not guessed at here. An amount in
    another currency than the practice's (`USD 100.00`, `US$100`) is no amount of its money: the problem is `foreign-currency`.
    """
    stripped = text.strip()
    if stripped.casefold() in NOUGHT:
        return 0, "nil-amount", ""
    signs = [re.sub(r"[\s.]", "", sign).upper() for sign in _CURRENCY.findall(stripped)]
    if problem := _judged(signs, country):
        return None, "", problem
    bare = re.sub(r"\s+", " ", _CURRENCY.sub("", stripped)).strip()
    if signs and _NOTHING.fullmatch(bare):
        return 0, "money-symbols", ""
    bracketed = bare.startswith("(") and bare.endswith(")")
    body = bare[1:-1].strip() if bracketed else bare
    if body.startswith("-(") and body.endswith(")"):
        bracketed, body = True, body[2:-1]
    found = _AMOUNT.fullmatch(body.replace("\u2212", "-").replace("\u2013", "-"))
    if not found or not (found["whole"] or found["part"]):
        return None, "", "unreadable-money"
    after = (found["after"] or found["before"] or "").strip(" .").upper()
    negative = bracketed or found["sign"] == "-" or after in ("-", "CR")
    exact = Decimal(f"{re.sub('[ ,]', '', found['whole']) or '0'}.{found['part'] or '0'}") * 100
    cents = int(exact.to_integral_value(rounding="ROUND_HALF_UP"))
    rule = "money-rounded" if cents != exact else "money-brackets" if bracketed or after else ""
    if not rule and not re.fullmatch(r"-?\d*(?:\.\d+)?", stripped):
        rule = "money-symbols"
    return (-cents if negative else cents), rule, ""


def _judged(signs: list[str], country: Country) -> str:
    """Return what is wrong with the words and signs beside an amount, "" where they are the practice's currency."""
    if not country.currency:
        return "" if all(_SYMBOL.search(sign) or sign in _codes() for sign in signs) else "unreadable-money"
    if any(sign not in country.own_signs and sign not in country.other_signs for sign in signs):
        return "unreadable-money"
    return "" if all(sign in country.own_signs for sign in signs) else "foreign-currency"


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(list_currencies())


def has_decimal_comma(texts: Iterable[str]) -> bool:
    """Return whether a column writes `1.234,50`: some amounts can be read in no other way (as `1.234.567`), and none in no way but
    `1,234.50`."""
    found = False
    for text in texts:
        if _DECIMAL_POINT.search(text):
            return False
        found = found or bool(_DECIMAL_COMMA.search(text))
    return found


def parse_comma_money(text: str, country: Country = NO_COUNTRY) -> tuple[int | None, str, str]:
    """Return cents of an amount in such a column."""
    value, _, problem = parse_money(text.replace(".", "").replace(",", "."), country)
    return value, "" if problem else "money-comma", problem
