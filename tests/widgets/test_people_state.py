"""The review of people without a browser: what is shown, what is saved, what undo takes back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from migkit.identity import resolve
from migkit.widgets.people_card import PeopleCard
from migkit.widgets.people_state import AUTOMATIC, DECIDED, Case, PeopleState
from migkit.workspace import Settings, Workspace
from tests.identity.made import patient, tables

HOME = {"address_line1": "1 Hill St", "suburb": "Kew", "postcode": "3101", "email": "lee@x.example", "mobile": "+61412000111"}
ROWS = [
    patient(1, "Ann Lee", "1980-05-01", **HOME),
    patient(2, "Ann Lee", None, **HOME),
    patient(3, "Ann Lee", "1980-01-05", **HOME),
    patient(4, "Bo Ek", "1971-04-06", email="bo@x.example"),
    patient(5, "Bo Ek", "1971-04-06", email="bo@x.example"),
]
TABLES = tables(patients=ROWS)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "w", Settings("Practice", "Australia/Sydney", "AUD", "http://localhost:1", "lite", 1))


@pytest.fixture(scope="module")
def people() -> object:
    return resolve(TABLES, {})


@pytest.fixture
def state(workspace: Workspace, people: object) -> PeopleState:
    return PeopleState(workspace, people, by="anna", now=lambda: datetime(2026, 11, 22, 10, tzinfo=UTC))  # type: ignore[arg-type]


def pair(state: PeopleState) -> tuple[str, str] | None:
    return (state.current.left, state.current.right) if state.current else None


def test_every_decision_is_saved_at_once_with_who_and_when(state: PeopleState, workspace: Workspace) -> None:
    """A click writes the pair, the decision, who, when and why to the file, and shows the next pair."""
    first = pair(state)
    state.decide("different", "two sisters-in-law")
    saved = workspace.read_decision("identity")["pairs"]
    who = {"by": "anna", "at": "2026-11-22T10:00:00+00:00", "why": "two sisters-in-law"}
    assert saved == [{"left": first[0], "right": first[1], "decision": "different", **who}]
    assert pair(state) != first
    assert state.progress.decided == 1


def test_two_decisions_settle_the_third(state: PeopleState) -> None:
    """With A = B and B = C nobody is asked about A and C; the queue ends empty."""
    assert len(state.listed()) == 3
    state.decide("same")
    state.decide("same")
    assert state.current is None
    assert (state.progress.decided, state.progress.left, state.progress.answered_elsewhere) == (2, 0, 1)


def test_one_same_and_one_different_settle_the_third_too(state: PeopleState) -> None:
    """With A = B and B ≠ C, A and C are told apart without asking."""
    state.decide("same")
    state.decide("different")
    assert (state.current, state.progress.answered_elsewhere) == (None, 1)


def test_undo_takes_back_the_last_decision_and_shows_it_again(state: PeopleState, workspace: Workspace) -> None:
    """Undo restores the file as it was before, also a decision that an earlier session made."""
    first = pair(state)
    state.decide("same")
    state.undo()
    assert workspace.read_decision("identity")["pairs"] == []
    assert pair(state) == first
    assert not state.can_undo


def test_a_skipped_pair_comes_back_at_the_end(state: PeopleState) -> None:
    """Skip decides nothing; the pair is the last of the queue."""
    order = state.listed()
    state.skip()
    assert state.listed() == [*order[1:], order[0]]
    assert state.progress.skipped == 1


def test_the_file_is_the_truth(state: PeopleState, workspace: Workspace, people: object) -> None:
    """A restarted kernel goes on where the file stands; what somebody else wrote meanwhile is kept."""
    state.decide("same")
    document = workspace.read_decision("identity")
    workspace.write_decision("identity", document | {"policy": {"auto_adopt": False}})
    again = PeopleState(workspace, people, by="ben")  # type: ignore[arg-type]
    assert again.progress.decided == 1
    again.decide("different")
    assert workspace.read_decision("identity")["policy"] == {"auto_adopt": False}
    assert [entry["by"] for entry in workspace.read_decision("identity")["pairs"]] == ["anna", "ben"]


def test_a_merge_made_without_asking_can_be_parted(state: PeopleState) -> None:
    """The automatic merges are listed apart; deciding one moves it among the decided, where it can be changed again."""
    state.show(AUTOMATIC)
    assert pair(state) == ("patient:4", "patient:5")
    state.decide("different")
    assert state.current is None
    state.show(DECIDED)
    assert state.decision(state.current) == "different"
    state.decide("same")
    assert state.decision(state.current) == "same"


def test_the_card_masks_values_and_marks_agreement(state: PeopleState, people: object) -> None:
    """Masked, no value of the patient is in the card; shown, it is; each field says how it agrees; joins of dates are warned of."""
    card = PeopleCard(people, TABLES)  # type: ignore[arg-type]
    case = next(case for case in state.listed() if {case.left, case.right} == {"patient:1", "patient:3"})
    masked = card.draw(case, masked=True, joined=["patient:1", "patient:3"])
    shown = card.draw(case, masked=False, joined=["patient:1", "patient:3"])
    assert "lee@x.example" not in masked and "Hill" not in masked and "1980" not in masked
    assert "lee@x.example" in shown and "01 May 1980" in shown
    assert "≈ day and month turned" in masked
    assert "different birth dates" in masked


def test_a_person_of_the_account_is_shown_in_the_patients_fields(people: object) -> None:
    """The one name is taken apart, a day-first date is read day first: first and last name are compared with their like."""
    there = pd.DataFrame([{"person_id": 7, "name": "Lee, Ann", "emails": [], "phones": [], "birth_date": "05/01/1980"}])
    card = PeopleCard(people, TABLES, there)  # type: ignore[arg-type]
    drawn = card.draw(Case("patient:3", "account:7", 0.8, "review", ""), masked=False, joined=[])
    lines = {line.split("</th>")[0].rsplit(">", 1)[-1]: line for line in drawn.split("<tr")}
    assert "Lee" in lines["Last name"] and "✓ same" in lines["Last name"]
    assert "Ann" in lines["First name"] and "✓ same" in lines["First name"]
    assert "05 Jan 1980" in lines["Birth date"] and "✓ same" in lines["Birth date"]
    assert "merged without asking" not in drawn
