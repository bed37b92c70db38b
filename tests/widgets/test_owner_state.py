"""The choice of owners without a browser."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from migkit.identity import resolve
from migkit.widgets.owner_state import OwnerState
from migkit.workspace import Settings, Workspace
from tests.identity.made import tables, user

STAFF = [
    {"practitioner_id": "1", "full_name": "Jo Park", "email": "jo@clinic.example", "role": "Dentist"},
    {"practitioner_id": "2", "full_name": "Bob Ng", "role": "Hygienist"},
    {"practitioner_id": "3", "full_name": "Una Known", "role": "Receptionist"},
]
USERS = [
    user(1, "Jo Park", "jo@clinic.example"),
    user(2, "Robert Ng", "bob@clinic.example"),
    user(3, "Gone", "gone@clinic.example", active=False),
]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "w", Settings("Practice", "Australia/Sydney", "AUD", "http://localhost:1", "lite", 1))


@pytest.fixture
def state(workspace: Workspace) -> OwnerState:
    people = resolve(tables(practitioners=STAFF), {}, users=USERS, fallback_owner="jo@clinic.example")
    return OwnerState(workspace, people, users=USERS, by="anna", now=lambda: datetime(2026, 11, 22, 10, tzinfo=UTC))


def seen(state: OwnerState) -> list[tuple[str, str | None, str, bool]]:
    return [(row.match.practitioner, row.chosen, row.status, row.needs_look) for row in state.rows()]


def test_what_needs_a_look_comes_first(state: OwnerState) -> None:
    """Matches by name and staff without a user stand before those that an e-mail matched; inactive users cannot be chosen."""
    assert seen(state) == [
        ("practitioner:2", None, "matched by name", True),
        ("practitioner:3", None, "no match found", True),
        ("practitioner:1", "jo@clinic.example", "matched by e-mail", False),
    ]
    assert [*state.users] == ["jo@clinic.example", "bob@clinic.example"]
    assert (state.fallback, state.fallback_is_decided) == ("jo@clinic.example", False)


def test_each_choice_is_saved_and_can_be_undone(state: OwnerState, workspace: Workspace) -> None:
    """Confirming names, choosing nobody and choosing the fallback are written at once, and taken back one by one."""
    assert state.confirm_names() == 1
    state.choose("practitioner:3", None)
    state.choose_fallback("bob@clinic.example")
    who = {"by": "anna", "at": "2026-11-22T10:00:00+00:00"}
    assert workspace.read_decision("owners") == {
        "version": 1,
        "owners": {
            "practitioner:2": {"user": "bob@clinic.example", **who, "why": "matched by name"},
            "practitioner:3": {"user": None, **who, "why": ""},
        },
        "fallback": {"user": "bob@clinic.example", **who, "why": ""},
    }
    assert not any(row.needs_look for row in state.rows())
    state.undo()
    assert not state.fallback_is_decided
    state.undo()
    state.undo()
    assert not state.can_undo
    assert seen(state)[0] == ("practitioner:2", None, "matched by name", True)


def test_no_row_moves_under_a_click(state: OwnerState) -> None:
    """A decided row stays in its place: the next click must not land on another practitioner."""
    before = [row.match.practitioner for row in state.rows()]
    state.choose("practitioner:2", None)
    assert [row.match.practitioner for row in state.rows()] == before


def test_a_choice_counts_for_every_row_of_a_practitioner(workspace: Workspace) -> None:
    """A dentist of two provider numbers is shown once; what is chosen is written for both rows, over what was written for one before."""
    staff = [*STAFF, {"practitioner_id": "4", "full_name": "Bob Ng", "role": "Hygienist", "location": "North"}]
    who = {"by": "anna", "at": "2026-11-22T10:00:00+00:00", "why": ""}
    workspace.write_decision("owners", {"version": 1, "owners": {"practitioner:4": {"user": None, **who}}})
    people = resolve(tables(practitioners=staff), {"owners": workspace.read_decision("owners")}, users=USERS)
    state = OwnerState(workspace, people, users=USERS, by="anna", now=lambda: datetime(2026, 11, 22, 10, tzinfo=UTC))
    assert [row.status for row in state.rows() if row.match.name == "Bob Ng"] == ["left to the fallback by anna"]
    state.choose("practitioner:2", "bob@clinic.example")
    chosen = {"user": "bob@clinic.example", **who}
    assert workspace.read_decision("owners")["owners"] == {"practitioner:2": chosen, "practitioner:4": chosen}
