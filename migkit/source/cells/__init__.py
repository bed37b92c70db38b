"""One text cell → one typed value: what is certain is repaired with the rule named, what is not is named a problem.

A parser takes the trimmed text of a cell and returns `(value, rule, problem)`: the typed value (None where there is none),
the repair rule that was needed ("" where the text said it plainly), and the finding code of what is wrong ("" for nothing).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from migkit.model.country import Country

from .contacts import parse_email, parse_phone
from .dates import parse_date, parse_datetime, parse_time
from .money import NOUGHT, parse_money
from .numbers import parse_boolean, parse_integer, parse_minutes, parse_number, parse_percent
from .texts import NO_VALUE, keep, keep_prose, parse_id, parse_item_code, parse_name, parse_path, parse_postcode, parse_tooth

Cell = tuple[Any, str, str]
Parser = Callable[[str], Cell]

_EVERYWHERE: dict[str, Parser] = {
    "id": parse_id,
    "text": keep_prose,
    "name": parse_name,
    "code": keep,
    "tooth": parse_tooth,
    "email": parse_email,
    "html": keep_prose,
    "path": parse_path,
    "url": keep,
    "date": parse_date,
    "datetime": parse_datetime,
    "time": parse_time,
    "integer": parse_integer,
    "minutes": parse_minutes,
    "number": parse_number,
    "percent": parse_percent,
    "boolean": parse_boolean,
}
_BY_COUNTRY: dict[str, Callable[..., Cell]] = {
    "postcode": parse_postcode,
    "item_code": parse_item_code,
    "phone": parse_phone,
    "money": parse_money,
}
TYPES = (*_EVERYWHERE, *_BY_COUNTRY)
"""The canonical types that have a parser: all."""


def parsers(country: Country) -> Mapping[str, Parser]:
    """Return canonical type → its parser in a country."""
    return {**_EVERYWHERE, **{kind: partial(parse, country=country) for kind, parse in _BY_COUNTRY.items()}}


__all__ = ["NOUGHT", "NO_VALUE", "TYPES", "Cell", "Parser", "parsers"]
