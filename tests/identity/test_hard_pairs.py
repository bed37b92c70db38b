"""The adversarial table and a crowd that identity does not know: nobody is fused with another, and the same person is found."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from migkit.identity import deduplicate
from tests.identity.crowd import population
from tests.identity.hard_pairs import Pair, hard_pairs, table_of

PAIRS = hard_pairs()


@pytest.fixture(scope="module")
def bands() -> dict[tuple[str, str], str]:
    """Band of every pair found in the one table of all the hard rows."""
    found = deduplicate(table_of(PAIRS))
    return {tuple(sorted(pair)): band for *pair, band in found[["left", "right", "band"]].itertuples(index=False)}  # type: ignore[misc]


def test_the_table_is_as_large_as_it_should_be() -> None:
    """242 pairs in 23 kinds: 150 of two people, 77 of one, 15 that the rows do not tell."""
    assert Counter(pair.right for pair in PAIRS) == {"different": 150, "same": 77, "may ask": 15}
    assert len({pair.kind for pair in PAIRS}) == 23


def test_nobody_is_merged_with_somebody_else(bands: dict[tuple[str, str], str]) -> None:
    """Without asking only pairs of one person are merged, also across the table's own pairs."""
    one = {pair.keys for pair in PAIRS if pair.right == "same"}
    assert {keys for keys, band in bands.items() if band == "same"} - one == set()


def test_everybody_is_found(bands: dict[tuple[str, str], str]) -> None:
    """Every pair of one person is merged or asked; of the 77, 31 without asking."""
    of_one = Counter(bands.get(pair.keys, "not found") for pair in PAIRS if pair.right == "same")
    assert of_one == {"same": 31, "review": 46}


@pytest.mark.parametrize("kind", ["twins", "namesakes in one suburb", "copied Medicare cards", "default birth dates"])
def test_a_small_table_is_no_more_daring(kind: str) -> None:
    """In a table of one kind's rows alone, too small to learn from, nobody is merged with somebody else either."""
    pairs = [pair for pair in PAIRS if pair.kind == kind]
    found = deduplicate(table_of(pairs))
    merged = {tuple(sorted(keys)) for keys in found.loc[found["band"] == "same", ["left", "right"]].itertuples(index=False)}
    assert merged <= {pair.keys for pair in pairs if pair.right == "same"}


ALONE = {
    ("namesakes in one suburb", 6): "no phone, e-mail or address agrees",
    ("share houses", 9): "the last names differ, and nothing says why; no phone, e-mail or address agrees",
    ("default birth dates", 1): "a birth date is missing or a filler; one title is a child's",
    ("default birth dates", 2): "a birth date is missing or a filler",
    ("twins", 1): "the first names are not the same",
    ("twins", 2): "the first names are not the same",
    ("title and age in conflict", 3): "one title is a child's",
}


@pytest.mark.parametrize(("kind", "number"), ALONE)
def test_two_rows_alone_are_asked_and_it_is_said_why(kind: str, number: int) -> None:
    """A file of two rows, the smallest there is: strangers of one name and twins are asked, with the reason in words."""
    pair = next(pair for pair in PAIRS if (pair.kind, pair.number) == (kind, number))
    found = deduplicate(table_of([pair])).iloc[0]
    assert (found["band"], found["asked"]) == ("review", ALONE[kind, number])


def test_a_common_name_needs_more_than_a_birth_date() -> None:
    """With nothing but name and birth date to go by, a rare name's two rows are one person and a common name's are asked."""
    born = {"birth_date": "1977-03-14"}
    rows = [("Olympia", "Quackenbush"), ("Thi Lan", "Nguyen"), ("David", "Smith")]
    table = pd.DataFrame([{"first_name": f, "last_name": n, **born} for f, n in rows for _ in range(2)], index=[*"abcdef"])
    found = deduplicate(table)
    listed = found[found["band"] != "different"]
    bands = {(left, right): band for left, right, band in listed[["left", "right", "band"]].itertuples(index=False)}
    assert bands == {("a", "b"): "same", ("c", "d"): "review", ("e", "f"): "review"}


def test_a_crowd() -> None:
    """1,500 people with families, twins, flatmates and nursing homes: no wrong merge, 99 % found, and few questions."""
    made = population(1_500, seed=4)
    found = deduplicate(pd.DataFrame(made.rows).set_index("patient_id").replace("", None))
    one = found["left"].map(made.person) == found["right"].map(made.person)
    merged, asked = found["band"] == "same", found["band"] == "review"
    assert (merged & ~one).sum() == 0
    assert ((merged | asked) & one).sum() >= 0.99 * len(made.pairs())
    assert asked.sum() <= 0.02 * len(made.rows)


def test_the_pairs_name_their_rows() -> None:
    """A value in brackets stands for the two rows, one value for both."""
    pair = next(pair for pair in PAIRS if pair.keys[0] == "twins:1:a")
    assert isinstance(pair, Pair)
    assert [row["first_name"] for row in pair.rows] == ["Thi Lan", "Thi Hoa"]
    assert {(row["last_name"], row["suburb"], row["postcode"]) for row in pair.rows} == {("Nguyen", "Preston", "3072")}
