"""people(): as many rows as asked for, families that share contact data, second records that differ as said."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from migkit.generate import people


@pytest.fixture(scope="module")
def crowd() -> pd.DataFrame:
    frame, truth = people(8000, 11, 0.05)
    assert len(frame) == len(truth) == 8000
    return frame.merge(truth, on="patient_id", validate="one_to_one")


def test_the_same_seed_gives_the_same_people() -> None:
    """Two calls agree; another seed gives others."""
    assert_frame_equal(people(500, 2)[0], people(500, 2)[0])
    assert not people(500, 2)[0].equals(people(500, 3)[0])


def test_second_records_are_as_many_as_asked_for(crowd: pd.DataFrame) -> None:
    """5 % of the rows are second records; each points at a first record that is its own."""
    second = crowd[crowd["variation"] != ""]
    assert len(second) == 400
    assert (crowd.loc[crowd["variation"] == "", "person"] == crowd.loc[crowd["variation"] == "", "patient_id"]).all()
    assert set(second["person"]) <= set(crowd.loc[crowd["variation"] == "", "patient_id"])
    assert set(second["variation"]) >= {
        "typo",
        "nickname",
        "day-month-swapped",
        "no-birth-date",
        "new-mobile",
        "moved",
        "no-contact",
        "same-again",
    }


def test_second_records_differ_as_their_variation_says(crowd: pd.DataFrame) -> None:
    """Each variation changes its own columns and leaves a name or a birth date to know the person by."""
    pairs = crowd[crowd["variation"] != ""].merge(crowd, left_on="person", right_on="patient_id", suffixes=("", "_first"))
    by = dict(iter(pairs.groupby("variation")))
    assert (by["typo"]["last_name"] != by["typo"]["last_name_first"]).all()
    assert by["no-birth-date"]["birth_date"].isna().all()
    swapped = by["day-month-swapped"]
    assert (swapped["birth_date"].dt.day == swapped["birth_date_first"].dt.month).all()
    assert (by["new-mobile"]["mobile"] != by["new-mobile"]["mobile_first"]).all()
    assert by["no-contact"]["email"].isna().all()
    same = by["same-again"]
    assert (same[["first_name", "last_name"]].to_numpy() == same[["first_name_first", "last_name_first"]].to_numpy()).all()
    kept = (pairs["first_name"] == pairs["first_name_first"]) | (pairs["birth_date"] == pairs["birth_date_first"])
    assert kept.all()


def test_families_share_what_families_share(crowd: pd.DataFrame) -> None:
    """Members of a household have one address; most children carry the head's mobile; a Medicare card is told apart by its IRN."""
    first = crowd[crowd["variation"] == ""]
    assert (first.groupby("household")["address_line1"].nunique() == 1).all()
    head = first[first["position"] == 0].set_index("household")["mobile"]
    child = first[(first["position"] >= 2) & first["mobile"].notna()]
    assert (child["mobile"] == child["household"].map(head))[child["household"].map(head).notna()].mean() > 0.9
    cards = first[first["medicare_number"].notna()]
    assert not cards.duplicated(["medicare_number", "medicare_irn"]).any()
    assert cards.duplicated("medicare_number").any()
    assert (cards.groupby("medicare_number")["household"].nunique() == 1).all()


def test_twins_and_namesakes_are_different_people(crowd: pd.DataFrame) -> None:
    """Twins share the birth date, not the name; other siblings not the birth date; a same-name child the head's name only."""
    twins = crowd[crowd["trait"] == "twin"]
    assert len(twins) > 50
    assert not twins.duplicated(["household", "birth_date", "first_name"]).any()
    others = crowd[(crowd["variation"] == "") & (crowd["position"] >= 2) & ~crowd["trait"].isin(["twin", "newborn"])]
    assert not others.duplicated(["household", "birth_date"]).any()
    sons = crowd[crowd["trait"] == "same-name-child"]
    heads = crowd[(crowd["position"] == 0) & (crowd["variation"] == "")].set_index("household")
    assert len(sons) > 5
    assert (sons["first_name"].to_numpy() == heads.loc[sons["household"], "first_name"].to_numpy()).all()
    assert (sons["birth_date"].to_numpy() > heads.loc[sons["household"], "birth_date"].to_numpy()).all()


def test_impossible_wishes_are_refused() -> None:
    """No people, or more second records than people, is an error."""
    with pytest.raises(ValueError, match="at least 1"):
        people(0)
    with pytest.raises(ValueError, match="more second records"):
        people(10, 1, 0.9)
