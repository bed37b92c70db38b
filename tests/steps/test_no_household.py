"""25_people: who belongs to which household, and a person's word that somebody does not."""

from __future__ import annotations

import pytest

from migkit.model.errors import UsageError
from migkit.steps import Migration, no_household_frame
from migkit.steps.households import live_in_no_household, members_frame
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})
PATIENTS = """Patient ID,First Name,Last Name,Address,Suburb,Postcode,Employer
501,Ian,Thwaite,4 Hill Street,Kew,3101,
502,Owen,Thwaite,4 Hill Street,Kew,3101,
503,Una,Marsh,9 Far Road,Kew,3101,Rivers Council
"""


@pytest.fixture
def migration(tmp_path):
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "Patients.csv").write_text(PATIENTS)
    workspace = Workspace.create(tmp_path / "acme", SETTINGS)
    workspace.add_snapshot(tmp_path / "export")
    return Migration.open(workspace.path)


def test_members_stand_by_name_where_somebody_asks(migration):
    """The household's name and its members' names are masked, and shown at a tick; the head stands first."""
    masked, shown = (members_frame(migration, migration.people, show_values=show).loc[1] for show in (False, True))
    assert list(shown) == ["household:501", "Thwaite family", "household", "patient:501, patient:502", "Ian Thwaite, Owen Thwaite"]
    assert list(masked) == ["household:501", "Txxxxxx xxxxxx", "household", "patient:501, patient:502", "Ixx xxxxxxx, xxxx xxxxxxx"]


def test_a_household_is_said_to_be_none_and_taken_back(migration):
    """A household named by its key puts its members into none, with name and reason; the key of one of them takes that back."""
    assert live_in_no_household(migration, migration.people, ["household:501"], by="Nell", why="father and son, two homes") == 2
    said = migration.refreshed()
    assert [one.key for one in said.people.households] == ["employer:rivers-council"]
    assert list(no_household_frame(said).loc[1]) == ["patient:502", "Nell", "father and son, two homes"]
    live_in_no_household(said, said.people, ["patient:501", "patient:502"], by="Nell", why="", undo=True)
    assert [one.key for one in said.refreshed().people.households] == ["employer:rivers-council", "household:501"]


@pytest.mark.parametrize(
    ("keys", "why", "says"),
    [
        (["household:501"], " ", "Say why"),
        (["household:9"], "moved", "There is no household and no patient household:9"),
        (["employer:rivers-council"], "moved", "employer:rivers-council is an employer"),
        ([], "moved", "Name a household or a patient"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_is_written(migration, keys, why, says):
    """No reason, a key that is nobody's, an employer, nothing at all: a sentence each, and the decisions stay as they were."""
    with pytest.raises(UsageError, match=says):
        live_in_no_household(migration, migration.people, keys, by="Nell", why=why)
    assert not migration.workspace.read_decision("identity").get("no_household")
