"""The practice's country: how its phones, postcodes, amounts and dates are written. Nothing is taken for a country that was not named.

The default is no country at all: then only what is written internationally is recognised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DAY, MONTH, UNKNOWN = "day", "month", ""
"""Which number comes first in `03/04/2024`; unknown where a country writes both."""


@dataclass(frozen=True)
class AreaCode:
    """An area code, and the postcodes in which a number without one is certain to have it."""

    code: str
    """Without the trunk nought."""
    postcodes: tuple[tuple[int, int], ...]
    """First and last of each range."""


@dataclass(frozen=True)
class Country:
    """What a country's people write in ways of their own."""

    code: str = ""
    """ISO 3166-1 alpha-2, "" where the country is not known."""
    name: str = ""
    currency: str = ""
    """ISO 4217 code of the practice's currency, "" where it is not known: then an amount in any currency is taken as it stands."""
    own_signs: frozenset[str] = frozenset()
    """Spellings of that currency beside an amount, upper case: `$`, `A$`, `AUD`."""
    other_signs: frozenset[str] = frozenset()
    """Spellings of all other currencies, upper case."""
    date_order: str = UNKNOWN
    fiscal_year: tuple[int, int] = (1, 1)
    """Month and day on which it begins."""
    postcode: str = ""
    """Pattern of a postcode, "" where none is known."""
    short_postcode: str = ""
    """Pattern of a postcode that has lost its leading noughts to a spreadsheet."""
    postcode_digits: int = 0
    """Length to which such a postcode is filled up."""
    states: tuple[str, ...] = ()
    """Short names of its states or provinces, () where addresses have none."""
    local_digits: int = 0
    """Digits of a phone number written without its area code, 0 where that has no fixed length."""
    area_codes: tuple[AreaCode, ...] = ()
    item_code_digits: int = 0
    """Digits of an item of its schedule of dental services, 0 where that is not numeric."""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """Canonical field of a number that the country's authorities give → pattern."""
    shapes: Mapping[str, str] = field(default_factory=dict)
    """Kind of value (`migkit/mapping/shapes.py`) → pattern, for kinds that look different in every country."""

    def area_code(self, postcode: str) -> str | None:
        """Return the area code of a place, None where the postcode does not settle it."""
        number = int(postcode) if postcode.isdecimal() else -1
        return next((area.code for area in self.area_codes for low, high in area.postcodes if low <= number <= high), None)


NO_COUNTRY = Country()
"""No country that is known: only what is written internationally is recognised."""
