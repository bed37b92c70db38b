"""A practice's country: from its time zone or named, never Australia in silence. Facts written out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from migkit.cli import main
from migkit.countries import code_of, country_of, gaps, resolve_place
from migkit.model.errors import UsageError
from migkit.workspace import Settings, Workspace


@pytest.mark.parametrize(
    ("zone", "code"),
    [
        ("Australia/Perth", "AU"),
        ("Pacific/Auckland", "NZ"),
        ("NZ", "NZ"),
        ("Europe/London", "GB"),
        ("Eire", "IE"),
        ("US/Pacific", "US"),
        ("America/Toronto", "CA"),
        ("Asia/Singapore", "SG"),
        ("UTC", None),
    ],
)
def test_a_time_zone_lies_in_a_country(zone: str, code: str | None) -> None:
    """Also by its older names; UTC lies in none."""
    assert code_of(zone) == code


@pytest.mark.parametrize(
    ("code", "currency", "order", "fiscal_year", "postcode"),
    [
        ("AU", "AUD", "day", (7, 1), "2000"),
        ("NZ", "NZD", "day", (4, 1), "1010"),
        ("GB", "GBP", "day", (4, 6), "EC1Y 8SY"),
        ("IE", "EUR", "day", (1, 1), "D02 AF30"),
        ("US", "USD", "month", (1, 1), "95014"),
        ("CA", "CAD", "", (1, 1), "H3Z 2Y7"),
    ],
)
def test_a_country_has_its_own_ways(code: str, currency: str, order: str, fiscal_year: tuple[int, int], postcode: str) -> None:
    """Currency, order of dates, financial year, postcodes; Canadians write both orders."""
    import re

    country = country_of(code)
    assert (country.currency, country.date_order, country.fiscal_year) == (currency, order, fiscal_year)
    assert re.fullmatch(country.postcode, postcode) and not re.fullmatch(country.postcode, "nowhere")


def test_the_place_follows_from_what_was_said() -> None:
    """Zone alone, country alone where it has one zone, both; a currency that was given stays."""
    assert (
        resolve_place("Pacific/Auckland", None, None).in_words().startswith("Country New Zealand, time zone Pacific/Auckland, currency NZD")
    )
    assert resolve_place(None, "IE", None).timezone == "Europe/Dublin"
    assert resolve_place("Australia/Perth", "NZ", "AUD").country == "NZ"
    with pytest.raises(UsageError, match="several time zones: give --timezone"):
        resolve_place(None, "NZ", None)
    with pytest.raises(UsageError, match="lies in no country: give --country"):
        resolve_place("UTC", None, None)
    with pytest.raises(UsageError, match="not a country's code"):
        resolve_place("Australia/Perth", "Australia", None)


def test_what_will_not_be_recognised_is_said() -> None:
    """Nothing is missing of Australia and New Zealand; of Germany much is."""
    assert gaps("AU") == gaps("NZ") == []
    assert "phone numbers without their area code" in gaps("GB")
    assert "the numbers that authorities give to patients" in gaps("DE")


def test_a_workspace_keeps_its_country_and_an_older_one_has_its_zone_s(tmp_path: Path) -> None:
    """`migration.toml` of an earlier version has no country: it is the zone's."""
    made = Workspace.create(tmp_path / "w", Settings("P", "Pacific/Auckland", "NZD", "http://localhost:1", "growth", 1, 20, {}))
    text = (tmp_path / "w" / "migration.toml").read_text()
    assert made.settings.country == "NZ" and 'country = "NZ"' in text
    (tmp_path / "w" / "migration.toml").write_text(text.replace('country = "NZ"\n', ""))
    assert Workspace.open(tmp_path / "w").settings == made.settings
    (tmp_path / "w" / "migration.toml").write_text(text.replace('country = "NZ"', 'country = "XX"'))
    with pytest.raises(UsageError, match="'XX' is not a country's code"):
        Workspace.open(tmp_path / "w")


def test_init_says_where_it_takes_the_practice_to_be(tmp_path: Path) -> None:
    """Also where nothing was said, and what it will not recognise there."""
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "patients.csv").write_text("ID,Name\n1,Jo Doe\n")
    begin = ["--export", str(tmp_path / "export"), "--target", "http://localhost:1"]
    said = CliRunner().invoke(main, ["init", str(tmp_path / "a"), *begin]).stderr
    assert "Country Australia, time zone Australia/Sydney, currency AUD" in said and "Not recognised" not in said
    said = CliRunner().invoke(main, ["init", str(tmp_path / "b"), *begin, "--timezone", "Europe/Berlin"]).stderr
    assert "Country Germany" in said and "currency EUR" in said and "Not recognised there: phone numbers without their area code" in said
