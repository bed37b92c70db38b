"""Whose value wins in a record that was there before. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migkit.compare import put_back
from migkit.model.errors import UsageError

KEEP_THEIRS = "keep_theirs"
FILL_BLANKS = "fill_blanks"
OURS = "ours"
_NEVER_BLANK = frozenset({"owner_id", "visible_to", "user_id"})  # the server fills them, so only `ours` moves them


def wanted_fields(wanted: Mapping[str, Any], now: Mapping[str, Any], policies: Mapping[str, str]) -> dict[str, Any]:
    """Return the flat values to write into a record that holds `now`.

    Lists are joined item by item under `fill_blanks` and `ours`: what stands there stays. A field without a policy is
    filled where it is blank. Nothing is returned for a field that already is as it should be, and None never empties theirs.
    """
    found = {}
    for name, value in wanted.items():
        policy = policies.get(name) or FILL_BLANKS
        if policy not in (KEEP_THEIRS, FILL_BLANKS, OURS):
            raise UsageError(f"There is no policy {policy!r}: choose {KEEP_THEIRS}, {FILL_BLANKS} or {OURS}.")
        theirs = now.get(name)
        if policy == KEEP_THEIRS or value is None or value == [] or value == theirs:
            continue
        if isinstance(value, list):
            value = joined(name, value, theirs or [])
            if len(value) == len(theirs or []):
                continue
        elif policy == FILL_BLANKS and (theirs is not None or name in _NEVER_BLANK):
            continue
        found[name] = value
    return found


def joined(name: str, ours: list[Any], theirs: list[Any]) -> list[Any]:
    """Return their items of a list field followed by those of ours that they lack; their primary stays the primary.

    Phones are one number however they are written: `0412 345 678` is `+61412345678`.
    """
    if name == "phones":
        ours = [item for item in ours if not any(_one_number(item, other) for other in theirs)]
    if theirs:
        ours = [{**item, "primary": False} if isinstance(item, Mapping) and "primary" in item else item for item in ours]
    return list(put_back(ours, [], theirs))


def _one_number(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    from phonenumbers import MatchType, is_number_match  # here, since most commands write nothing

    return is_number_match(str(left.get("value")), str(right.get("value"))) in (MatchType.NSN_MATCH, MatchType.EXACT_MATCH)
