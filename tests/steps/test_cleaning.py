"""A cleaning made by hand is data: tried, recorded with who and why, replayed, and refused when somebody changed it."""

from __future__ import annotations

import pytest

from migkit.model.errors import DataError, UsageError
from migkit.steps import Migration, register_cleaning
from migkit.widgets.cleaning_state import CleaningState
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})


@pytest.fixture
def migration(tmp_path):
    export = tmp_path / "export"
    export.mkdir()
    rows = "Patient ID,First Name,Last Name,Title,DOB\n1,Ann,MACLEOD,Ms.,01/02/1980\n2,Bo,Ng,Mr.,03/04/1990\n"
    (export / "Patients.csv").write_text(rows)
    workspace = Workspace.create(tmp_path / "acme", SETTINGS)
    workspace.add_snapshot(export)
    return Migration.open(workspace.path)


def trim_titles(frame):
    frame["title"] = frame["title"].str.rstrip(".")
    return frame


def drop_rows(frame):
    return frame.head(1)


def test_a_registered_step_is_replayed(migration):
    """Opened anew, the workspace cleans the same way, and the change is listed among the repairs."""
    register_cleaning(migration, trim_titles, table="patients", by="Kim", why="titles end in a dot")

    again = Migration.open(migration.workspace.path)
    assert list(again.tables["patients"]["title"]) == ["Ms", "Mr"]
    repairs = again.tables.repairs
    assert set(repairs.loc[repairs["rule"] == "cleaning:trim_titles", "key"]) == {"patient:1", "patient:2"}
    entry = again.workspace.read_decision("cleaning")["cleanings"][0]
    assert (entry["by"], entry["why"]) == ("Kim", "titles end in a dot")


def test_a_step_that_loses_rows_is_refused(migration):
    """Only values may change: the step is not recorded."""
    with pytest.raises(DataError, match="drop_rows"):
        register_cleaning(migration, drop_rows, table="patients", by="Kim", why="fewer")
    assert migration.workspace.read_decision("cleaning") == {}


def test_a_step_needs_somebody_and_a_reason(migration):
    """Nobody cleans without saying why."""
    with pytest.raises(UsageError, match="by whom and why"):
        register_cleaning(migration, trim_titles, table="patients", by="Kim", why=" ")


def test_a_step_that_was_edited_since_is_refused(migration):
    """The function on disk is not what was registered: nothing is loaded with it."""
    register_cleaning(migration, trim_titles, table="patients", by="Kim", why="dots")
    path = migration.workspace.decisions / "cleaning" / "trim_titles.py"
    path.write_text(path.read_text().replace("rstrip", "lstrip"))

    with pytest.raises(DataError, match="register it again"):
        _ = Migration.open(migration.workspace.path).tables


def test_a_vetoed_repair_is_not_made(migration):
    """MACLEOD stays as it was written once the rule is vetoed for that field."""
    assert migration.tables["patients"]["last_name"].iloc[0] != "MACLEOD"

    CleaningState(migration.workspace, migration.tables.repairs, migration.schema, by="Kim").veto(
        ("patients", "last_name", "name-case"), "as on the card"
    )
    assert Migration.open(migration.workspace.path).tables["patients"]["last_name"].iloc[0] == "MACLEOD"
