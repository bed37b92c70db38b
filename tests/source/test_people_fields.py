"""Phones, e-mails, names, amounts and dates as strangers write them: `tests/fixtures/people_fields.yaml` says what is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from migkit.countries import country_of
from migkit.model.canonical import CanonicalField
from migkit.source.cells.contacts import read_emails, read_phones, with_area_code
from migkit.source.cells.money import parse_money
from migkit.source.cells.texts import parse_name
from migkit.source.columns import Reading, type_column

RIGHT: dict[str, list[Any]] = yaml.safe_load((Path(__file__).parents[1] / "fixtures" / "people_fields.yaml").read_text(encoding="utf-8"))
COUNTRY_OF = {"AUD": "AU", "NZD": "NZ", "GBP": "GB", "EUR": "IE", "USD": "US", "CAD": "CA"}


@pytest.mark.parametrize(("code", "postcode", "text", "numbers", "remark"), RIGHT["phones"])
def test_every_number_of_a_cell_is_read(code: str, postcode: str, text: str, numbers: list[str], remark: str) -> None:
    """In the practice's country; what cannot be proven stays as written, and words are kept with the cell."""
    country = country_of(code)
    found = read_phones(text, country)
    assert [with_area_code(one, postcode, country) or one for one in found.values] == numbers
    assert found.remark == (text if remark else "")
    assert bool(found.problem) == (bool(remark) or len(numbers) != 1 or not found.values[0].startswith("+"))


@pytest.mark.parametrize(("code", "text"), RIGHT["filler_phones"])
def test_a_filler_is_no_number(code: str, text: str) -> None:
    """What a reception types where there is none."""
    found = read_phones(text, country_of(code))
    assert (found.values, found.remark, found.problem) == ((), "", "filler-phone")


@pytest.mark.parametrize(("code", "text"), RIGHT["real_phones"])
def test_an_odd_number_is_still_a_number(code: str, text: str) -> None:
    """Many equal digits are no filler by themselves."""
    assert len(read_phones(text, country_of(code)).values) == 1


def test_without_a_country_only_international_numbers_are_proven() -> None:
    """Nothing is silently taken for Australian."""
    assert read_phones("+61 412 345 678").values == ("+61412345678",)
    assert (read_phones("0412 345 678").values, read_phones("0412 345 678").problem) == (("0412 345 678",), "unproven-phone")


@pytest.mark.parametrize(("text", "addresses", "remark"), RIGHT["emails"])
def test_every_address_of_a_cell_is_read(text: str, addresses: list[str], remark: str) -> None:
    """What is no address is kept as a remark, a filler is nothing."""
    found = read_emails(text)
    assert list(found.values) == addresses and found.remark == (text if remark else "")


@pytest.mark.parametrize("text", RIGHT["filler_emails"])
def test_an_address_that_means_none_is_none(text: str) -> None:
    """none@…, the same word on both sides of the @."""
    assert (read_emails(text).values, read_emails(text).problem) == ((), "filler-email")


@pytest.mark.parametrize("text", RIGHT["real_emails"])
def test_an_address_that_looks_like_a_filler_is_kept(text: str) -> None:
    """Nona is no none."""
    assert (read_emails(text).values, read_emails(text).problem) == ((text,), "")


def test_a_real_name_on_both_sides_of_the_at_is_not_lost() -> None:
    """smith@smith.com.au may be Smith's own: no contact that ties people together, but kept as it was written."""
    assert (read_emails("smith@smith.com.au").values, read_emails("smith@smith.com.au").remark) == ((), "smith@smith.com.au")
    assert read_emails("none@none.com").remark == ""


@pytest.mark.parametrize(("written", "right"), RIGHT["capitals"])
def test_capitals_become_what_is_certain(written: str, right: str) -> None:
    """McDonald and O'Brien, but Macdonald and Machado; a name in both cases is the person's own spelling."""
    assert parse_name(written)[0] == right


@pytest.mark.parametrize(("currency", "text", "amount"), RIGHT["money"])
def test_an_amount_is_the_practice_s_only_in_its_currency(currency: str, text: str, amount: str | None) -> None:
    """As text, and as the reader writes a cell's currency; another currency is a problem, not the same figure."""
    value, _, problem = parse_money(text, country_of(COUNTRY_OF[currency], currency))
    assert (value, problem) == ((None, "foreign-currency") if amount is None else (int(amount.replace(".", "")), ""))


@pytest.mark.parametrize(("code", "text", "right"), RIGHT["dates"])
def test_a_slashed_date_is_read_as_its_country_writes_it(code: str, text: str, right: str | None) -> None:
    """Where a country writes both orders and the column shows neither, no day is made up."""
    column = type_column(pd.Series([text], dtype="string"), CanonicalField("f", "date", "f"), Reading(country=country_of(code)))
    assert column.values.dt.strftime("%Y-%m-%d").fillna("").tolist() == [right or ""]
    assert column.problems["code"].tolist() == ([] if right else ["date-order-doubtful"])


def test_a_column_shows_its_order_where_the_country_has_none() -> None:
    """One date of the 25th says how all were written; a person's word says it too, against the country's usual way."""
    canada = Reading(country=country_of("CA"))
    for other, right in (("25/03/2024", "2024-04-03"), ("03/25/2024", "2024-03-04")):
        column = type_column(pd.Series(["03/04/2024", other], dtype="string"), CanonicalField("f", "date", "f"), canada)
        assert column.values.iloc[0] == pd.Timestamp(right) and column.problems.empty
    said = Reading(country=country_of("AU"), date_order="month")
    assert type_column(pd.Series(["03/04/2024"], dtype="string"), CanonicalField("f", "date", "f"), said).values[0] == pd.Timestamp(
        "2024-03-04"
    )
