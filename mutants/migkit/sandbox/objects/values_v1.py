"""Custom fields in v1's flat form (`<hash>`, `<hash>_currency`, …), which leads are written and read in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..account import Account
from ..errors import invalid
from ..store import Body
from .values import Wrong, check

_TAIL = re.compile(r"_(currency|until|timezone_id)$")


def write_v1(account: Account, given: Mapping[str, Any], before: Mapping[str, Any]) -> Body:
    """Return a lead's custom fields after a write with flat keys (`<hash>`, `<hash>_currency`, …)."""
    after = dict(before)
    problems = []
    known = {field["field_code"]: field for field in account.fields("deal", custom=True)}
    for code in dict.fromkeys(_TAIL.sub("", key) for key in given):
        field = known.get(code)
        try:
            if field is None:
                raise Wrong(f"Parameter '{code}' is not allowed for this request")
            value = _from_v1(account, field, code, given)
            if value is None:
                after.pop(code, None)
            else:
                after[code] = check(account, field, value)
        except Wrong as error:
            problems.append(f"{code}: {error}")
    if problems:
        raise invalid(problems)
    return after


def _from_v1(account: Account, field: Mapping[str, Any], code: str, given: Mapping[str, Any]) -> Any:
    value, kind = given.get(code), field["field_type"]
    if value is None:
        return None
    if kind == "monetary":
        return {"value": value, "currency": given.get(f"{code}_currency")}
    if kind in ("daterange", "timerange"):
        return {"value": value, "until": given.get(f"{code}_until")}
    if kind == "time":
        return {"value": value}
    if kind == "address" and isinstance(value, str):
        return {"value": value}
    if kind == "enum" and isinstance(value, str) and value.isascii() and value.isdecimal():
        return int(value)
    if kind == "set":
        return _set_from_v1(account, value)
    return value


def _set_from_v1(account: Account, value: Any) -> Any:
    if isinstance(value, list) and account.switches["lead_set_format"] == "text":
        raise Wrong("Expected option ids as a comma-separated string")
    if isinstance(value, str):
        parts = value.split(",")
        if not all(part.isascii() and part.isdecimal() for part in parts):
            raise Wrong("Expected option ids as a comma-separated string")
        return [int(part) for part in parts]
    return value


def read_v1(account: Account, held: Mapping[str, Any], entity: str = "deal") -> Body:
    """Return custom fields as v1's flat keys (by default those that leads share with deals); an unset field does not appear."""
    result: Body = {}
    for field in account.fields(entity, custom=True):
        code, kind = field["field_code"], field["field_type"]
        value = held.get(code)
        if value is None:
            continue
        if kind == "monetary":
            result |= {code: value["value"], f"{code}_currency": value["currency"]}
        elif kind in ("daterange", "timerange"):
            result |= {code: value["value"], f"{code}_until": value["until"]}
        elif kind in ("time", "address"):
            result[code] = value["value"]
        elif kind == "enum":
            result[code] = str(value)
        elif kind == "set":
            result[code] = ",".join(map(str, value)) if account.switches["lead_set_format"] == "text" else value
        else:
            result[code] = value
    return result
