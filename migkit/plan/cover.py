"""Health fund cover → fields of the Person: the first cover in fields, all others in one text field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .context import Context
from .rows import Row
from .text import day


def cover_values(context: Context, patient: Mapping[str, Any], covers: Sequence[Row]) -> dict[str, Any]:
    """Return the values `cover_fund`, `cover_number`, `cover_pct`, `cover_card`, `cover_span`, `cover_others` of a person.

    `covers` are in order of priority. Cover that has ended comes after cover that has not. The fund on the patient's own
    row counts first, and fills what the same fund's cover row leaves blank.
    """
    ended = [row for row in covers if row.get("valid_to") and row["valid_to"].date() < context.today]
    funds: list[dict[str, Any]] = [dict(row) for row in covers if row not in ended] + [dict(row) for row in ended]
    own = {
        "_table": "health_funds",
        "fund": patient.get("health_fund"),
        "member_number": patient.get("health_fund_number"),
        "card_ref": patient.get("health_fund_card_ref"),
    }
    if any(own[name] for name in _OWN):
        same = next((fund for fund in funds if _same(fund, own)), None)
        if same is None:
            funds.insert(0, own)
        else:
            same |= {name: same.get(name) or value for name, value in own.items()}
    if not funds:
        return {}
    first, *others = funds
    return {
        "cover_fund": first.get("fund"),
        "cover_number": first.get("member_number"),
        "cover_pct": first.get("coverage"),
        "cover_card": first.get("card_ref"),
        "cover_span": _span(first),
        "cover_others": "\n".join(context.write.line("other_cover", fund, span=_span(fund)) for fund in others),
    }


_OWN = ("fund", "member_number", "card_ref")


def _same(fund: Mapping[str, Any], own: Mapping[str, Any]) -> bool:
    return all(not own[n] or not fund.get(n) or str(own[n]).casefold() == str(fund[n]).casefold() for n in ("fund", "member_number"))


def _span(fund: Mapping[str, Any]) -> str:
    since = f"from {day(fund['valid_from'])}" if fund.get("valid_from") else ""
    until = f"until {day(fund['valid_to'])}" if fund.get("valid_to") else ""
    return " ".join(part for part in (since, until) if part)
