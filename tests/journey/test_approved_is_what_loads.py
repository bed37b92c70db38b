"""On a loaded workspace: a rule that changes closes its gate and says what a load would now change; much, or a deletion, is asked again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from migkit.migration import Migration, state
from migkit.model.errors import GateClosed
from migkit.steps.approvals import approve_gate
from migkit.steps.cleaning import register_cleaning
from migkit.steps.load import load
from migkit.workspace import Workspace

from .conftest import Journey
from .prepared import Practice

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def loaded(practice: Practice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    """A prepared practice, loaded as a whole."""
    with pytest.MonkeyPatch.context() as patch, practice.before(tmp_path_factory.mktemp("approved") / "loaded", patch) as journey:
        assert not load(Migration.open(journey.workspace), run_id="load").failures
        yield journey


@pytest.fixture
def edited(loaded: Journey) -> Iterator[Journey]:
    """The same, to be edited: settings and decisions are put back afterwards; nothing may have been written meanwhile."""
    before, kept = loaded.last_request(), loaded.folder / "kept"
    shutil.copytree(loaded.workspace / "decisions", kept)
    settings = (loaded.workspace / "migration.toml").read_text()
    yield loaded
    shutil.rmtree(loaded.workspace / "decisions")
    kept.rename(loaded.workspace / "decisions")
    (loaded.workspace / "migration.toml").write_text(settings)
    assert loaded.writes_since(before) == []


def sample_says(journey: Journey) -> str:
    """What the gate of the sample says, which a load must stop at."""
    with pytest.raises(GateClosed) as stopped:
        load(Migration.open(journey.workspace), run_id="again")
    assert stopped.value.gate == "sample"
    found = state(Migration.open(journey.workspace), "sample")
    assert not found.approved and str(found.message) in str(stopped.value)
    return str(found.message)


def move_to_perth(path: Path) -> None:
    settings = path / "migration.toml"
    settings.write_text(settings.read_text().replace("Australia/Sydney", "Australia/Perth"))


def win_what_is_open(path: Path) -> None:
    won = {name: {"status": "won"} for name in ("proposed", "accepted", "in_progress")}
    Workspace.open(path).write_decision("pipedrive", {"plan_status": won})


def everybody(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(last_name="X", full_name="X X")


def test_nothing_needs_an_approval_while_nothing_changed(edited: Journey) -> None:
    """After the load every gate is passed, and a second load has nothing to write."""
    migration = Migration.open(edited.workspace)
    assert state(migration, "sample").approved and state(migration, "changes").approved
    assert not [change for change in migration.changes() if change.op in ("create", "update", "delete")]


def test_another_time_zone_closes_the_sample(edited: Journey) -> None:
    """The setting is named, and the appointments whose time would move are counted by field."""
    move_to_perth(edited.workspace)
    said = sample_says(edited)
    assert "(timezone in migration.toml)" in said
    appointments = int(re.search(r"(\d+) activity: .*due_time (\d+)", said)[1])
    assert appointments > 20 and "for instance " in said


def test_another_map_to_pipedrive_closes_the_sample(edited: Journey) -> None:
    """Open treatment plans that would be won: as many deals as the truth has open plans, by the field status."""
    win_what_is_open(edited.workspace)
    said = sample_says(edited)
    assert "(decisions/pipedrive.yaml)" in said
    deals, statuses = (int(number) for number in re.search(r"(\d+) deal: .*status (\d+)", said).groups())
    assert deals == statuses >= 3 and re.search(r"for instance .*plan:\d+", said)


def test_a_cleaning_step_closes_the_sample(edited: Journey) -> None:
    """Every patient's last name would become X: as many updates as there are persons who are patients, and no name is said."""
    migration = Migration.open(edited.workspace)
    persons = sum(1 for key, entry in migration.ledger.entries().items() if entry.is_live and key.startswith("patient:"))
    register_cleaning(migration, everybody, table="patients", by="test", why="to see what happens")
    said = sample_says(edited)
    assert "(decisions/cleaning.yaml)" in said and re.search(rf"update \d+ records \({persons} person: ", said)
    assert not any(name in said for name in migration.tables["patients"]["last_name"].dropna() if len(name) > 3)


def test_much_is_asked_again(edited: Journey) -> None:
    """The sample approved anew, a load that would change more than the policy lets pass stops until these very changes are approved."""
    register_cleaning(Migration.open(edited.workspace), everybody, table="patients", by="test", why="to see what happens")
    approve_gate(edited.workspace, "sample", by="test")
    with pytest.raises(GateClosed, match="policy max_changed_pct") as stopped:
        load(Migration.open(edited.workspace), run_id="again")
    assert stopped.value.gate == "changes"

    approve_gate(edited.workspace, "changes", by="test")
    assert state(Migration.open(edited.workspace), "changes").approved
    kept = next((edited.workspace / "decisions" / "changes").glob("*.csv"))
    assert "X X" not in kept.read_text()
    kept.write_text(kept.read_text().replace("person,update", "person,update", 1) + "patient:999,person,update,name,deleted\n")
    assert not state(Migration.open(edited.workspace), "changes").approved, "a set that somebody edited holds nothing"


def test_a_change_set_holds_only_what_it_held(edited: Journey) -> None:
    """Approved for the time zone, the same records changed by another rule too are not covered."""
    Workspace.open(edited.workspace).write_decision("policies", {"max_changed_pct": 0})
    approve_gate(edited.workspace, "policies", by="test")
    win_what_is_open(edited.workspace)
    approve_gate(edited.workspace, "sample", by="test")
    approve_gate(edited.workspace, "changes", by="test")
    assert state(Migration.open(edited.workspace), "changes").approved
    move_to_perth(edited.workspace)
    approve_gate(edited.workspace, "sample", by="test")
    said = str(state(Migration.open(edited.workspace), "changes").message)
    assert "activity" in said and "deal: " not in said.partition("activity")[0]


def test_deletions_that_nobody_decided_are_asked_again(edited: Journey) -> None:
    """A policy that makes other records of the same rows deletes those that were loaded: whatever their share, that is asked."""
    Workspace.open(edited.workspace).write_decision("policies", {"invoices_without_plan": "person_note", "max_changed_pct": 100})
    for gate in ("policies", "sample"):
        approve_gate(edited.workspace, gate, by="test")
    migration = Migration.open(edited.workspace)
    gone = [change.key for change in migration.changes() if change.op == "delete"]
    assert len(gone) > 3
    with pytest.raises(GateClosed, match="nobody decided these deletions row by row") as stopped:
        load(migration, run_id="again")
    assert stopped.value.gate == "changes" and gone[0] in str(stopped.value)


def test_a_delta_is_approved_as_what_it_writes(edited: Journey) -> None:
    """Another rule after the approval: the delta would write more than was approved, and says so; the sample stays approved with it."""
    workspace = Workspace.open(edited.workspace)
    later = workspace.add_snapshot(edited.folder / "practice" / "export_delta")
    approve_gate(edited.workspace, "delta", by="test")
    migration = Migration.open(edited.workspace)
    assert [snapshot.name for snapshot in migration.snapshots][-1] == later.name
    assert state(migration, "delta").approved and state(migration, "sample").approved
    win_what_is_open(edited.workspace)
    said = str(state(Migration.open(edited.workspace), "delta").message)
    assert said.startswith("the changes are no longer those that were approved") and "deal" in said
    shutil.rmtree(later.path, ignore_errors=True)
    (workspace.exports / f"{later.name}.json").unlink()
