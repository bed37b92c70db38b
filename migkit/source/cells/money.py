"""Amounts of money → cents."""

from __future__ import annotations

import re
from decimal import Decimal

_AMOUNT = re.compile(
    r"""(?P<sign>[-+])? \s* (?:AUD|AU\$|A\$)? \s* \$? \s* (?P<sign2>-)?
    (?P<whole>\d{1,3}(?:[ ,]\d{3})+|\d*) (?:\.(?P<part>\d+))? \s* (?:AUD)? \s* (?P<after>-|CR|DR)?""",
    re.IGNORECASE | re.VERBOSE,
)


def parse_money(text: str) -> tuple[int | None, str, str]:
    """Return cents: `$1,234.50`, `($45.00)`, `-45`, `45.00-`, `45.00 CR` (credit: negative).

    A fraction of a cent is rounded half up with the rule `money-rounded`; a decimal comma is not guessed at.
    """
    stripped = text.strip()
    bracketed = stripped.startswith("(") and stripped.endswith(")")
    body = stripped[1:-1].strip() if bracketed else stripped
    if body.startswith("-(") and body.endswith(")"):
        bracketed, body = True, body[2:-1]
    found = _AMOUNT.fullmatch(body.replace("\u2212", "-").replace("\xa0", " "))
    if not found or not (found["whole"] or found["part"]):
        return None, "", "unreadable-money"
    after = (found["after"] or "").strip().upper()
    negative = bracketed or found["sign"] == "-" or found["sign2"] == "-" or after in ("-", "CR")
    exact = Decimal(f"{re.sub('[ ,]', '', found['whole']) or '0'}.{found['part'] or '0'}") * 100
    cents = int(exact.to_integral_value(rounding="ROUND_HALF_UP"))
    rule = "money-rounded" if cents != exact else "money-brackets" if bracketed or after else ""
    if not rule and not re.fullmatch(r"-?\d*(?:\.\d+)?", stripped):
        rule = "money-symbols"
    return (-cents if negative else cents), rule, ""
