"""Persons who were in the account before: who is adopted, and who waits for a decision."""

from __future__ import annotations

from typing import Any

import pandas as pd

from migkit.identity import decide_account_pair
from migkit.identity.account import account_frame
from migkit.model.people import People
from tests.identity.made import patient, who_is_who

WHO = {"by": "anna", "at": "2026-11-22T10:00:00+00:00"}


def account(*people: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([{"emails": [], "phones": [], "birth_date": None, "org_name": None} | person for person in people])


def matched(rows: list[dict], people: pd.DataFrame, identity: dict | None = None) -> People:
    return who_is_who(rows, {"identity": identity or {}}, people)


ANN = patient(1, "Ann Lee", "1980-05-01", email="ann@x.example", mobile="+61412000111")


def test_email_and_name_adopt_without_asking() -> None:
    """Exact e-mail and agreeing name (short forms count) adopt; a stranger, and a namesake without e-mail, do not."""
    rows = [patient(1, "Robert Lee", "1980-05-01", email="bob@x.example"), patient(2, "Cy Ek", email="cy@x.example")]
    people = matched(rows, account({"person_id": 77, "name": "Bob Lee", "emails": ["BOB@x.example"]}, {"person_id": 78, "name": "Cy Ek"}))
    assert people.adopted == {"patient:1": 77}
    assert people.account_pairs.set_index("person_id").at[77, "band"] == "same"


def test_policy_can_ask_for_every_match() -> None:
    """With auto_adopt off the same match waits for a decision, and is a finding; a decision adopts it."""
    people = account({"person_id": 77, "name": "Ann Lee", "emails": ["ann@x.example"]})
    waiting = matched([ANN], people, {"policy": {"auto_adopt": False}})
    assert waiting.adopted == {}
    assert [f.code for f in waiting.findings if f.code.startswith("account")] == ["account-match-undecided"]
    decided = decide_account_pair({"policy": {"auto_adopt": False}}, "patient:1", 77, "same", **WHO)
    assert matched([ANN], people, decided).adopted == {"patient:1": 77}
    assert matched([ANN], people, decide_account_pair({}, "patient:1", 77, "different", **WHO)).adopted == {}


def test_a_shared_email_or_a_phone_alone_adopts_nobody() -> None:
    """A child with the mother's e-mail, a namesake with another birth date, and a phone with a name are not adopted."""
    child = patient(2, "Tim Lee", "2012-01-01", email="ann@x.example")
    assert matched([child], account({"person_id": 77, "name": "Ann Lee", "emails": ["ann@x.example"]})).adopted == {}
    senior = account({"person_id": 77, "name": "Ann Lee", "emails": ["ann@x.example"], "birth_date": "1950-01-01"})
    assert matched([ANN], senior).adopted == {}
    assert matched([ANN], account({"person_id": 77, "name": "Ann Lee", "phones": ["0412 000 111"]})).adopted == {}


def test_two_candidates_leave_the_choice_to_a_person() -> None:
    """Father and son with one name and e-mail: neither is adopted until somebody says which."""
    rows = [ANN, patient(2, "Ann Lee", "2005-01-01", email="ann@x.example")]
    people = account({"person_id": 77, "name": "Ann Lee", "emails": ["ann@x.example"]})
    assert matched(rows, people).adopted == {}
    assert matched(rows, people, decide_account_pair({}, "patient:2", 77, "same", **WHO)).adopted == {"patient:2": 77}


def test_a_merged_person_is_found_by_any_of_its_rows() -> None:
    """The e-mail of a tombstone finds the account's person for the survivor."""
    rows = [patient(1, "Ann Lee", "1980-05-01"), patient(2, "Ann Lee", email="ann@old.example", merged_into_id="1")]
    people = account({"person_id": 77, "name": "Ann Lee", "emails": ["ann@old.example"]})
    assert matched(rows, people).adopted == {"patient:1": 77}


def test_birth_dates_of_an_account_are_read_as_they_are_written() -> None:
    """A text field holds what somebody typed: ISO, day first, in words; what is no date says nothing."""
    typed = ["1950-02-01", "01/02/1950", "1 Feb 1950", "2021-02-31", "unknown", None]
    people = account(*({"person_id": number, "name": "Ann Lee", "birth_date": text} for number, text in enumerate(typed)))
    read = account_frame(people)["birth_date"]
    assert [None if pd.isna(date) else str(date.date()) for date in read] == ["1950-02-01"] * 3 + [None] * 3
