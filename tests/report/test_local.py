"""Numbers, money, days and moments as the practice's country writes them."""

from __future__ import annotations

from datetime import date

import pytest

from migkit.report import Local


@pytest.mark.parametrize(
    ("country", "currency", "zone", "money", "day", "moment"),
    [
        ("AU", "AUD", "Australia/Sydney", "$1,234.50", "7 December 2026", "7 December 2026, 14:04"),
        ("GB", "GBP", "Europe/London", "£1,234.50", "7 December 2026", "7 December 2026, 03:04"),
        ("US", "USD", "America/New_York", "$1,234.50", "December 7, 2026", "December 6, 2026, 10:04 PM"),
        ("", "AUD", "UTC", "A$1,234.50", "7 December 2026", "7 December 2026, 03:04"),
        ("XX", "AUD", "UTC", "A$1,234.50", "7 December 2026", "7 December 2026, 03:04"),
    ],
)
def test_a_country_writes_as_it_does(country: str, currency: str, zone: str, money: str, day: str, moment: str) -> None:
    """Order of the date, sign of the currency, hour of the practice's own clock; a country that is not known writes internationally."""
    local = Local(country, currency, zone)
    assert local.money(1234.5) == money
    assert local.day(date(2026, 12, 7)) == local.day("2026-12-07") == day
    assert local.moment("2026-12-07T03:04:05+00:00").replace("\u202f", " ") == moment


def test_any_cell_is_written_as_people_read_it() -> None:
    """Numbers with thousands, truth as yes and no, nothing as a dash."""
    local = Local("AU", "AUD", "Australia/Sydney")
    assert [local.value(value) for value in (1234567, 2.5, -3, True, None, "x", float("nan"))] == [
        "1,234,567",
        "2.5",
        "-3",
        "yes",
        "–",
        "x",
        "–",
    ]
