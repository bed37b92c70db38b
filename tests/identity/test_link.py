"""Which pairs are one person: the hard cases one by one, then counted over made-up people with known duplicates."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

import pandas as pd
import pytest

from migkit.generate import people
from migkit.identity import deduplicate, link
from tests.identity.town import town

HOME: dict[str, Any] = {
    "mobile": "0412 000 111",
    "email": "smith@x.example",
    "address_line1": "5 Wattle Street",
    "suburb": "Kew",
    "postcode": "3101",
    "medicare_number": "2123456701",
}
OTHER: dict[str, Any] = {
    "mobile": "0498 765 432",
    "email": "new@y.example",
    "address_line1": "77 Far Road",
    "suburb": "Ayr",
    "postcode": "4807",
}


def row(first: str, last: str, born: str | None, home: dict[str, Any] = HOME, **more: Any) -> dict[str, Any]:
    return home | {"first_name": first, "last_name": last, "birth_date": born} | more


def band(left: dict[str, Any], right: dict[str, Any]) -> str:
    """The band of two rows in a table of ten other people; `different` where they are no pair at all."""
    names = ("Ada Moss", "Ben Quill", "Cleo Rowe", "Dev Stone", "Eve Thorn", "Finn Upton", "Gus Vale", "Hope West", "Ian Young", "Joy Zell")
    crowd = [row(*name.split(), f"19{50 + n}-03-0{n % 9 + 1}", {"postcode": str(2000 + n)}) for n, name in enumerate(names)]
    pairs = deduplicate(pd.DataFrame([left, right, *crowd], index=["a", "b", *"0123456789"]))
    assert {*pairs["left"], *pairs["right"]} <= {"a", "b"}
    return str(pairs["band"].iloc[0]) if len(pairs) else "different"


ONE_PERSON = {
    "same row twice": (row("Robert", "Smith", "1980-05-01"), row("Robert", "Smith", "1980-05-01")),
    "preferred name": (row("Xiuying", "Smith", "1980-05-01", preferred_name="Cherry"), row("Cherry", "Smith", "1980-05-01")),
    "moved house": (row("Robert", "Smith", "1980-05-01"), row("Robert", "Smith", "1980-05-01", OTHER | {"mobile": HOME["mobile"]})),
    "maiden name told": (row("Jane", "Smith", "1980-05-01", former_last_name="Jones"), row("Jane", "Jones", "1980-05-01")),
    "maiden name not told, same home": (row("Jane", "Smith", "1980-05-01"), row("Jane", "Jones", "1980-05-01")),
    "accents and apostrophes": (row("José", "O'Brien", "1980-05-01"), row("Jose", "OBrien", "1980-05-01")),
    "names swapped": (row("Robert", "Smith", "1980-05-01"), row("Smith", "Robert", "1980-05-01")),
    "no date, but the whole Medicare number": (
        row("Robert", "Smith", "1980-05-01", medicare_irn="1"),
        row("Robert", "Smith", None, medicare_irn="1"),
    ),
}
FOR_REVIEW = {
    "short form": (row("Robert", "Smith", "1980-05-01"), row("Bob", "Smith", "1980-05-01")),
    "moved house, with another phone and e-mail": (row("Robert", "Smith", "1980-05-01"), row("Robert", "Smith", "1980-05-01", OTHER)),
    "day and month turned": (row("Robert", "Smith", "1980-05-01"), row("Robert", "Smith", "1980-01-05")),
    "one digit of the date": (row("Robert", "Smith", "1980-05-01"), row("Robert", "Smith", "1980-05-07")),
    "maiden name not told, new home": (row("Jane", "Smith", "1980-05-01"), row("Jane", "Jones", "1980-05-01", OTHER)),
    "newborn": (row("Baby of Jane", "Smith", "2026-05-01"), row("Thomas", "Smith", "2026-05-01")),
    "date unknown, could be the father": (row("Robert", "Smith", "1980-05-01"), row("Robert", "Smith", None)),
    "typo in the first name": (row("Robert", "Smith", "1980-05-01"), row("Robret", "Smith", "1980-05-01")),
    "brothers, twins": (
        row("William", "Smith", "2012-02-03", gender="m", preferred_name="Bill"),
        row("Robert", "Smith", "2012-02-03", gender="m", preferred_name="Bob"),
    ),
    "one card, two references": (row("Ann", "Lee", "1980-05-01", medicare_irn="1"), row("Ann", "Lee", "1980-05-01", medicare_irn="2")),
}
TWO_PEOPLE = {
    "mother and child": (row("Jane", "Smith", "1980-05-01", gender="f"), row("Emma", "Smith", "2012-02-03", gender="f")),
    "spouses": (row("Jane", "Smith", "1980-05-01", gender="f"), row("Mark", "Smith", "1979-02-03", gender="m")),
    "brother and sister, twins": (row("Emma", "Smith", "2012-02-03", gender="f"), row("Noah", "Smith", "2012-02-03", gender="m")),
    "father and son of one name": (row("Robert", "Smith", "1950-05-01"), row("Robert", "Smith", "1981-09-07")),
    "strangers of one name": (row("Robert", "Smith", "1950-05-01"), row("Robert", "Smith", "1981-09-07", OTHER)),
    "one card without references": (
        row("Jane", "Lee", "1980-05-01", OTHER | {"medicare_number": "2123456701"}),
        row("Tom", "Ray", "2012-02-03"),
    ),
}


@pytest.mark.parametrize("case", ONE_PERSON)
def test_one_person(case: str) -> None:
    """Certain without asking."""
    assert band(*ONE_PERSON[case]) == "same"


@pytest.mark.parametrize("case", FOR_REVIEW)
def test_for_review(case: str) -> None:
    """Probably or possibly one person, never merged without asking."""
    assert band(*FOR_REVIEW[case]) == "review"


@pytest.mark.parametrize("case", TWO_PEOPLE)
def test_two_people(case: str) -> None:
    """Told apart without asking, whatever they share."""
    assert band(*TWO_PEOPLE[case]) == "different"


@pytest.mark.parametrize("shared", ["mobile", "email", "address_line1"])
def test_contact_data_alone_makes_no_pair(shared: str) -> None:
    """Two rows that share a phone, an e-mail or an address and nothing else are not even for review."""
    left = {"first_name": "Jane", "last_name": "Smith", shared: HOME[shared]}
    assert band(left, {"first_name": "Tom", "last_name": "Ray", shared: HOME[shared]}) == "different"


def test_generation_keeps_father_and_son_apart_without_dates() -> None:
    """Robert Smith Snr and Robert Smith Jnr are not merged though nothing else differs."""
    assert band(row("Robert", "Smith Snr", "1980-05-01"), row("Robert", "Smith Jnr", "1980-05-01")) != "same"


@pytest.mark.parametrize(
    ("rows", "columns"),
    [(0, ["first_name", "last_name"]), (1, ["last_name"]), (3, ["last_name"]), (3, ["first_name", "last_name"]), (3, ["email"])],
)
def test_tiny_tables_and_few_columns(rows: int, columns: list[str]) -> None:
    """No rows, one row, a handful, one column: an answer, and never a merge on one column's word."""
    frame = pd.DataFrame([row("Ann", "Lee", "1980-05-01")] * rows, columns=[*row("", "", None)]).set_index(
        pd.Index(range(rows)).astype(str)
    )
    assert "same" not in set(deduplicate(frame, columns)["band"])


def test_evidence_is_in_words_and_without_values() -> None:
    """The evidence names every compared field and how it agrees, and holds nothing of the patient."""
    frame = pd.DataFrame([row("Robert", "Smith", "1980-05-01"), row("Bob", "Smith", "1980-01-05", OTHER)], index=["a", "b"])
    assert deduplicate(frame)["evidence"].iloc[0].split("; ") == [
        "first name: short form",
        "last name: same",
        "birth date: day and month turned",
        "phone: different",
        "e-mail: different",
        "street: different",
        "suburb: different",
        "postcode: different",
    ]


def test_two_tables_are_linked_left_to_right() -> None:
    """`link` pairs rows of the first table with rows of the second, and none within one."""
    left = pd.DataFrame([row("Robert", "Smith", "1980-05-01")] * 2, index=["a", "b"])
    right = pd.DataFrame([row("Bob", "Smith", "1980-05-01")], index=["z"])
    pairs = link(left, right)
    assert [*zip(pairs["left"], pairs["right"], strict=True)] == [("a", "z"), ("b", "z")]


@pytest.fixture(scope="module")
def crowd() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """1,500 made-up people with 75 second records, their truth, and the pairs found."""
    rows, truth = people(1500, seed=5, duplicates=0.05)
    rows, truth = rows.set_index("patient_id"), truth.set_index("patient_id")
    return rows, truth, deduplicate(rows)


def test_no_relatives_are_merged_and_the_duplicates_are_found(crowd: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]) -> None:
    """Over families with twins, sons of their father's name and newborns: no false merge, 95 % or more in same and review."""
    _, truth, pairs = crowd
    true = {pair for ids in truth.groupby("person").groups.values() for pair in combinations(sorted(ids), 2)}
    found = pairs[pairs["band"] != "different"]
    merged = {tuple(sorted(pair)) for pair in zip(*(pairs.loc[pairs["band"] == "same", side] for side in ("left", "right")), strict=True)}
    offered = {tuple(sorted(pair)) for pair in zip(found["left"], found["right"], strict=True)}
    assert len(true) == 75
    assert merged - true == set()
    assert len(merged) >= 0.6 * len(true)
    assert len(offered & true) >= 0.95 * len(true)
    assert len(offered - true) <= 15


def test_the_same_over_a_harder_town() -> None:
    """With two or three flaws in most second rows, swapped names and changed maiden names: still no false merge, and 95 % found."""
    rows, person, _ = town(500)
    pairs = deduplicate(rows)
    one = pairs["left"].map(person) == pairs["right"].map(person)
    true = sum(count * (count - 1) // 2 for count in Counter(person.values()).values())
    assert true == 140
    assert (pairs["band"].eq("same") & ~one).sum() == 0
    assert (pairs["band"].ne("different") & one).sum() >= 0.95 * true
    assert (pairs["band"].eq("review") & ~one).sum() <= 15


def test_the_order_of_rows_makes_no_difference(crowd: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]) -> None:
    """Shuffled rows give the same pairs, scores and evidence."""
    rows, _, pairs = crowd
    pd.testing.assert_frame_equal(deduplicate(rows.sample(frac=1, random_state=3)), pairs)
