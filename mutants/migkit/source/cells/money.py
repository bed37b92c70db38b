"""Amounts of money → cents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

_AMOUNT = re.compile(
    r"""(?P<before>CR|DR)? \s* (?P<sign>[-+])? \s* (?:\$?AUD|AU\$|A\$)? \s* \$? \s* (?P<sign2>-)?
    (?P<whole>\d{1,3}(?:[ ,]\d{3})+|\d*) (?:\.(?P<part>\d*))? \s* (?:AUD)? \s* (?P<after>-|CR\.?|DR\.?)?""",
    re.IGNORECASE | re.VERBOSE,
)

_NOTHING = re.compile(r"\$\s*-\s*(?:\?\?)?")
"""How a spreadsheet's format for accounts shows nought."""
_SIGNED = re.compile(r"^(?:A\$|AU\$|AUD|\$)\s*\((?=[\d.])")

_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d+(?:\.\d{3})*,\d{1,2}(?![\d.,])")
_DECIMAL_POINT = re.compile(r"\.\d{1,2}(?!\d)|,\d{3}")


def parse_money(text: str) -> tuple[int | None, str, str]:
    """Return cents: `$1,234.50`, `($45.00)`, `-45`, `45.00-`, `45.00 CR` (credit: negative).

    A fraction of a cent is rounded half up with the rule `money-rounded`; a decimal comma is not guessed at here.
    """
    stripped = text.strip()
    if _NOTHING.fullmatch(stripped):
        return 0, "money-symbols", ""
    stripped = _SIGNED.sub("(", stripped)
    bracketed = stripped.startswith("(") and stripped.endswith(")")
    body = stripped[1:-1].strip() if bracketed else stripped
    if body.startswith("-(") and body.endswith(")"):
        bracketed, body = True, body[2:-1]
    found = _AMOUNT.fullmatch(body.replace("\u2212", "-").replace("\u2013", "-").replace("\xa0", " "))
    if not found or not (found["whole"] or found["part"]):
        return None, "", "unreadable-money"
    after = (found["after"] or found["before"] or "").strip(" .").upper()
    negative = bracketed or found["sign"] == "-" or found["sign2"] == "-" or after in ("-", "CR")
    exact = Decimal(f"{re.sub('[ ,]', '', found['whole']) or '0'}.{found['part'] or '0'}") * 100
    cents = int(exact.to_integral_value(rounding="ROUND_HALF_UP"))
    rule = "money-rounded" if cents != exact else "money-brackets" if bracketed or after else ""
    if not rule and not re.fullmatch(r"-?\d*(?:\.\d+)?", stripped):
        rule = "money-symbols"
    return (-cents if negative else cents), rule, ""


def has_decimal_comma(texts: Iterable[str]) -> bool:
    """Return whether a column writes `1.234,50`: some amounts can be read in no other way, and none in no way but `1,234.50`."""
    found = False
    for text in texts:
        if _DECIMAL_POINT.search(text):
            return False
        found = found or bool(_DECIMAL_COMMA.search(text))
    return found


def parse_comma_money(text: str) -> tuple[int | None, str, str]:
    """Return cents of an amount in such a column."""
    value, _, problem = parse_money(text.replace(".", "").replace(",", "."))
    return value, "" if problem else "money-comma", problem
