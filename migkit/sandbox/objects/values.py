"""Values of custom fields: what may be written per field type, and how they read in v2."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..account import Account
from ..contract import is_date
from ..errors import invalid
from ..store import Body

HASH = re.compile(r"[0-9a-f]{40}")
TEXT_MAX = {"varchar": 255, "varchar_auto": 255, "phone": 255, "text": 65_535}
DIGITS_MAX = 14
ADDRESS_PARTS = ("value", "country", "admin_area_level_1", "admin_area_level_2", "locality", "sublocality", "route", "street_number",
                 "subpremise", "postal_code")  # fmt: skip
REFERS = {"user": "user", "org": "organization", "people": "person"}
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d")


class Wrong(Exception):
    """A value that its field does not take; the message says what was expected."""


def write_v2(account: Account, entity: str, given: Mapping[str, Any], before: Mapping[str, Any]) -> Body:
    """Return the custom fields after a v2 write: `before` with `given` laid over it, null taking a value away.

    Raises the validation refusal for an unknown key or a value that its field does not take.
    """
    after = dict(before)
    problems, codes = [], []
    known = {field["field_code"]: field for field in account.fields(entity, custom=True)}
    for code, value in given.items():
        field = known.get(code)
        try:
            if field is None:
                raise Wrong(f"Parameter '{code}' is not allowed for this request")
            is_set = field["field_type"] == "set" and account.switches["set_null"] == "refused"
            if value is None and is_set:
                raise Wrong("Expected non-empty 'array'")
            if value is None or (value == [] and field["field_type"] == "set" and not is_set):
                after.pop(code, None)
            else:
                after[code] = check(account, field, value)
        except Wrong as error:
            problems.append(f"custom_fields.{code}: {error}")
            codes.append(code)
    if problems:
        raise invalid(problems, field_code=codes[0])
    return after


def check(account: Account, field: Mapping[str, Any], value: Any) -> Any:  # noqa: C901 - one branch a field type
    """Return the value as it is kept; raise Wrong where the field does not take it."""
    kind = field["field_type"]
    if kind in TEXT_MAX:
        return _text(value, TEXT_MAX[kind])
    if kind == "double":
        return _number(value)
    if kind == "monetary":
        return _monetary(account, _keys(value, ("value", "currency"), ()))
    if kind == "date":
        return _date(value)
    if kind == "daterange":
        return {name: _date(part) for name, part in _keys(value, ("value", "until"), ()).items()}
    if kind == "time":
        return _times(_keys(value, ("value",), ("timezone_id", "timezone_name")))
    if kind == "timerange":
        return _times(_keys(value, ("value", "until"), ("timezone_id", "timezone_name")))
    if kind == "enum":
        return _option(field, value)
    if kind == "set":
        if not isinstance(value, list) or not value:
            raise Wrong("Expected non-empty 'array'")
        return [_option(field, each) for each in dict.fromkeys(map(_hashable, value))]
    if kind in REFERS:
        return _reference(account, REFERS[kind], value)
    if kind == "address":
        return address(value)
    raise Wrong(f"Fields of type {kind} cannot be written")


def _hashable(value: Any) -> Any:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong("Expected option ids")
    return value


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise Wrong("Expected string")
    if len(value) > longest:
        raise Wrong(f"The value is longer than {longest} characters")
    return value


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong("Expected number")
    if too_long(value):
        raise Wrong(f"The value has more than {DIGITS_MAX} digits")
    return value


def too_long(value: float) -> bool:
    """Say whether a number has more than the 14 digits that Pipedrive keeps."""
    number = Decimal(repr(value))
    if not number.is_finite():
        return True
    _, digits, exponent = number.normalize().as_tuple()
    return len(digits) > DIGITS_MAX or (isinstance(exponent, int) and len(digits) + exponent > DIGITS_MAX)


def _monetary(account: Account, value: Mapping[str, Any]) -> Body:
    if not isinstance(value["currency"], str):
        raise Wrong("Expected a currency code")
    if not any(each["code"] == value["currency"] and each["active_flag"] for each in account.small("currency").values()):
        raise Wrong(f"Currency '{value['currency']}' is not available in this account")
    return {"value": _number(value["value"]), "currency": value["currency"]}


def _date(value: Any) -> str:
    if not isinstance(value, str) or not is_date(value):
        raise Wrong("Expected a date YYYY-MM-DD")
    return value


def _times(value: Mapping[str, Any]) -> Body:
    for name in ("value", "until"):
        if name in value and not (isinstance(value[name], str) and _TIME.fullmatch(value[name])):
            raise Wrong("Expected a time HH:MM:SS")
    if not isinstance(value.get("timezone_name", ""), str) or not isinstance(value.get("timezone_id", 0), int):
        raise Wrong("Expected timezone_name as string")
    return dict(value)


def _keys(value: Any, needed: tuple[str, ...], optional: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict) or any(name not in value for name in needed) or any(name not in (*needed, *optional) for name in value):
        raise Wrong(f"Expected an object with {', '.join(needed)}")
    return value


def _option(field: Mapping[str, Any], value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong("Expected an option id")
    if all(option["id"] != value for option in field["options"]):
        raise Wrong(f"Option {value} does not exist")
    return value


def _reference(account: Account, kind: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**63:
        raise Wrong("Expected an id")
    if account.live(kind, value) is None:
        raise Wrong(f"{kind} {value} does not exist")
    return value


def address(value: Any) -> Body:
    """Return an address with every part, the omitted ones null."""
    if not isinstance(value, dict) or not isinstance(value.get("value"), str) or any(key not in ADDRESS_PARTS for key in value):
        raise Wrong("Expected an address object with value")
    if any(part is not None and not isinstance(part, str) for part in value.values()):
        raise Wrong("Expected the parts of an address as strings")
    return {part: value.get(part) for part in ADDRESS_PARTS}


def located(place: Any) -> Any:
    """Return an address as the map service completes it: the parts that were not sent, made up from its text."""
    if not isinstance(place, dict) or not place.get("value"):
        return place
    words = place["value"].replace(",", " ").split()
    found = {"street_number": words[0] if words[0].isdecimal() else None, "locality": words[-1], "route": " ".join(words[1:-1]) or None}
    return {part: value if value is not None else found.get(part) for part, value in place.items()}


def read_v2(
    account: Account, entity: str, held: Mapping[str, Any], *, only: list[str] | None = None, labels: bool = False, completed: bool = False
) -> Body:
    """Return the `custom_fields` object: every field of the entity, null where no value stands."""
    result: Body = {}
    for field in account.fields(entity, custom=True):
        code = field["field_code"]
        if only is not None and code not in only:
            continue
        value = located(held.get(code)) if completed and field["field_type"] == "address" else held.get(code)
        result[code] = _labelled(field, value) if labels and value is not None else value
    return result


def _labelled(field: Mapping[str, Any], value: Any) -> Any:
    names = {option["id"]: option["label"] for option in field["options"]}
    if field["field_type"] == "enum":
        return {"id": value, "label": names.get(value)}
    if field["field_type"] == "set":
        return [{"id": each, "label": names.get(each)} for each in value]
    return value
