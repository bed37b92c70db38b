"""`migkit identity FILE`: any table of people, answered by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.model.errors import DataError, UsageError
from migkit.steps.any_people import pairs_in


def test_pairs_are_named_by_the_lines_of_the_file(tmp_path: Path) -> None:
    """John Smith twice is one, whatever the columns are called; Johnny of the same day is asked, his wife at the same phone is neither."""
    file = tmp_path / "contacts.csv"
    file.write_text(
        "Full name;D.O.B.;Cell;Street\nSMITH, John;3/4/1980;0412 345 678;1 High St\nJohnny Smith;03/04/1980;+61 412 345 678;1 High Street\n"
        "Mary Smith;25/6/1982;0412 345 678;1 High St\nJohn Smith;3/4/1980;;1 high st\n"
    )
    found = pairs_in(file)
    pairs = {tuple(sorted((row.left, row.right))): row.band for row in found.itertuples()}
    assert pairs["contacts.csv:2", "contacts.csv:5"] == "same"
    assert pairs["contacts.csv:2", "contacts.csv:3"] == "review"
    assert "contacts.csv:4" not in {*found.loc[found["band"] != "different", ["left", "right"]].to_numpy().ravel()}


def test_a_table_of_no_people_is_one_sentence(tmp_path: Path) -> None:
    """Prices are not compared, an empty file is named."""
    (tmp_path / "fees.csv").write_text("Item,Fee\n011,55.00\n012,60.00\n")
    with pytest.raises(DataError, match="no table that looks like people"):
        pairs_in(tmp_path / "fees.csv")
    (tmp_path / "none.csv").write_text("")
    with pytest.raises(DataError, match=r"none\.csv is empty"):
        pairs_in(tmp_path / "none.csv")


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """The path is named."""
    with pytest.raises(UsageError, match="does not exist"):
        pairs_in(tmp_path / "nothing.csv")


def test_dates_are_read_as_the_named_country_writes_them(tmp_path: Path) -> None:
    """3/4/1980 beside 1980-03-04 is one day to an American and two to an Australian; a country that there is not is one sentence."""
    file = tmp_path / "people.csv"
    file.write_text("First name,Last name,Birth date,Town\nOlga,Quist,3/4/1980,Kew\nOlga,Quist,1980-03-04,Kew\n")
    american, australian = (pairs_in(file, country) for country in ("US", "AU"))
    assert [row.band for row in american.itertuples()] == ["same"]
    assert "same" not in [row.band for row in australian.itertuples()]
    with pytest.raises(UsageError):
        pairs_in(file, "XX")


def test_a_row_entered_twice_is_found_where_nothing_numbers_the_rows(tmp_path: Path) -> None:
    """Without ids two rows of one name and birth date are still two rows of the file, and one person."""
    file = tmp_path / "people.csv"
    file.write_text(
        "First name,Last name,Birth date,Street,Town\nOlga,Quist,1980-05-03,1 High St,Kew\nOlga,Quist,1980-05-03,1 High St,Kew\n"
    )
    found = pairs_in(file)
    assert [(row.left, row.right, row.band) for row in found.itertuples()] == [("people.csv:2", "people.csv:3", "same")]
