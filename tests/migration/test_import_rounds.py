"""Rounds of an import: kept, waited for, withdrawn; what an account's import gets wrong is learned from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from migkit.import_files import Route
from migkit.migration import import_rounds
from migkit.migration.import_rounds import ADOPTED, ImportFile, Round
from migkit.model.errors import DataError, GateClosed
from migkit.model.objects import ObjectType
from migkit.workspace import Settings, Workspace

PERSON = ObjectType.PERSON
ONE = Round(1, Route.HYBRID, "run", "2026-11-28T00:00:00+00:00", (ImportFile("01-persons.xlsx", PERSON, ("patient:1",)),), {PERSON: 7})


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "w", Settings("Practice", "Australia/Sydney", "AUD", "http://localhost:1", "lite", 1))


def test_a_round_is_read_as_it_was_kept(workspace: Workspace) -> None:
    import_rounds.keep(workspace, ONE)
    assert import_rounds.rounds(workspace) == [ONE] and import_rounds.waiting(workspace) == ONE


def test_a_load_stops_while_a_round_waits_and_keeps_to_its_route(workspace: Workspace) -> None:
    """The sentence names the page and the command; after `adopt` the route stays, after a withdrawal it is the API again."""
    assert import_rounds.route_of(workspace, "", "api") is Route.API
    import_rounds.keep(workspace, replace(ONE, about=4))
    with pytest.raises(
        GateClosed, match=r"Round 1 of about 4 waits for somebody: upload 1 file as .*instructions\.html says, then `migkit adopt"
    ):
        import_rounds.require_imported(workspace)
    import_rounds.keep(workspace, replace(ONE, state=ADOPTED))
    import_rounds.require_imported(workspace)
    assert import_rounds.route_of(workspace, "", "api") is Route.HYBRID and import_rounds.route_of(workspace, "files", "api") is Route.FILES
    import_rounds.keep(workspace, ONE)
    import_rounds.withdraw(workspace)
    assert import_rounds.waiting(workspace) is None and import_rounds.route_of(workspace, "", "api") is Route.API
    assert import_rounds.route_of(workspace, "", "files") is Route.FILES  # as the policies choose, where nothing says otherwise


def test_a_damaged_manifest_is_said(workspace: Workspace) -> None:
    import_rounds.keep(workspace, ONE)
    (workspace.imports / "round-1" / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="put a copy of it back"):
        import_rounds.rounds(workspace)


def test_why_something_did_not_arrive_is_kept(workspace: Workspace) -> None:
    """In Pipedrive's words, where a skip file said so."""
    one = replace(ONE, state=ADOPTED, lacking=("patient:1", "patient:2"), skipped={"patient:1": "Person not found"})
    import_rounds.keep(workspace, one)
    assert import_rounds.tried(import_rounds.rounds(workspace)) == {"patient:1": "Person not found", "patient:2": ""}


@pytest.mark.parametrize(("wrong", "arrived", "learned"), [(20, 20, True), (10, 20, True), (9, 20, False), (2, 3, False), (3, 3, True)])
def test_what_comes_out_wrong_in_half_of_the_records_goes_by_the_api(wrong: int, arrived: int, learned: bool) -> None:
    """One sheet edited by hand teaches nothing: half of them, and at least three, must be wrong."""
    one = replace(ONE, state=ADOPTED, came_wrong={PERSON: {"name": wrong}}, arrived={PERSON: arrived})
    assert import_rounds.not_carried([one]) == {PERSON: frozenset({"name"} if learned else ())}
