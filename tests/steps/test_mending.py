"""Rows are mended in a table: offered with what is wrong, kept with who and why, replayed on a later export while they fit."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime

import pytest

from migkit.migration.gates import rules
from migkit.model.errors import UsageError
from migkit.model.outcomes import Outcome
from migkit.steps import Migration
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.steps.mending import MENDED_GROUP, mends_frame, row_of, rows_to_mend
from migkit.widgets import MendState
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})
PATIENTS = """Patient ID,First Name,Last Name,Date of Birth,Mobile,Email,Suburb
1,Ann,Lee,01/02/1980,0412 345 671,ann@example.com,Newtown
2,Bo,Ng,03/04/1990,0412 345 672,,Glebe
3,Cy,Fox,05/06/1970,0412 345 673,cy@example.com,Enmore
"""
APPOINTMENTS = """Appointment ID,Patient ID,Start,Duration (min),Status,Provider
10,1,20/10/2026 09:00,30,Completed,Dr Jo Park
11,,21/10/2026 10:30,45,Booked,Dr Jo Park
12,3,22/10/2026 11:30,45
"""
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mending")
    (folder / "one").mkdir()
    (folder / "one" / "Patients.csv").write_text(PATIENTS)
    (folder / "one" / "Appointments.csv").write_text(APPOINTMENTS)
    workspace = Workspace.create(folder / "acme", SETTINGS)
    workspace.add_snapshot(folder / "one", taken=date(2026, 10, 31))
    confirm_proposals(workspace.path, at_least=0, by="Kim")
    return Migration.open(workspace.path)


@pytest.fixture
def migration(made):
    yield made.refreshed()
    made.workspace.write_decision("cleaning", {"version": 1})


def state(migration, **named):
    return MendState(migration.workspace, rows_to_mend(migration), by="Kim", now=lambda: AT, **named)


def group(state, word):
    return next(rows for name, rows in state.groups.items() if word in name)


def mend(migration, word, column, after):
    shown = state(migration)
    shown.mend(group(shown, word)[0], column, after, "asked by phone")
    return migration.refreshed()


def waiting(migration):
    return {(row.line, str(row.outcome)) for row in migration.tables.row_outcomes if row.outcome in (Outcome.HELD, Outcome.REJECTED)}


def test_what_wants_mending_is_offered_with_its_column(migration):
    """A patient without an e-mail, a visit without a patient, a line that lacks cells: with file and line, each once."""
    rows = {name: [(row.label, row.place, row.column) for row in rows] for name, rows in rows_to_mend(migration).items()}
    assert rows["Patients without an e-mail address"] == [("patient:2", "Patients.csv, line 3", "Email")]
    held = next(found for name, found in rows.items() if "no patient" in name)
    assert held == [("appointment:11", "Appointments.csv, line 3", "Patient ID")]
    assert any(place == "Appointments.csv, line 4" for found in rows.values() for _, place, _ in found)


def test_a_mend_is_kept_with_who_and_why_and_read(migration):
    """The document says all of it; the table has the value, the repairs name it, and the row is no longer offered."""
    after = mend(migration, "e-mail", "Email", " bo@example.com ")
    entry = after.workspace.read_decision("cleaning")["mends"][0]
    assert entry == {
        "source": "Patients", "row": {"column": "Patient ID", "value": "2"}, "column": "Email", "before": "", "after": "bo@example.com",
        "since": after.snapshots[0].name, "by": "Kim", "at": "2026-11-02T09:00:00+00:00", "why": "asked by phone",
    }  # fmt: skip
    patients = after.tables["patients"].set_index("_key")
    assert patients.loc["patient:2", "email"] == "bo@example.com"
    repairs = after.tables.repairs[after.tables.repairs["rule"].eq("mended-by-hand")]
    assert repairs[["table", "field", "key", "line"]].values.tolist() == [["patients", "email", "patient:2", 3]]
    assert rows_to_mend(after)[MENDED_GROUP][0].cells["Patient ID"] == "2"
    assert not any("e-mail" in name for name in rows_to_mend(after))
    told = mends_frame(after).iloc[0]
    assert (told["row"], told["before"], told["state"]) == ("Patients, Patient ID 2", "empty", "in force")
    assert "bo@" not in told["after"]


def test_held_and_unread_rows_go_on_once_they_are_mended(migration):
    """Both wait before; mended, neither does, and the lines add up as rows."""
    assert waiting(migration) == {(3, "held"), (4, "rejected")}
    after = mend(mend(migration, "no patient", "Patient ID", "2"), "Appointments rejected", "Status", "Booked")
    assert waiting(after) == set()
    visits = after.tables["appointments"].set_index("_key")
    assert visits.loc["appointment:11", "patient_id"] == "2" and visits.loc["appointment:12", "status"] == "booked"
    lines = after.lines[after.lines["file"].str.endswith("Appointments.csv")]
    assert lines["kind"].value_counts().to_dict() == {"row": 3, "layout": 1}


def test_undo_takes_it_back_with_who_and_why(migration):
    """The cell counts as written again; what was taken back stays on record."""
    after = mend(migration, "e-mail", "Email", "bo@example.com")
    shown = state(after)
    row = shown.groups[MENDED_GROUP][0]
    shown.undo(row, "Email", "wrong patient")
    document = after.workspace.read_decision("cleaning")
    assert document["mends"] == [] and document["mends_taken_back"][0]["why"] == "wrong patient"
    assert after.refreshed().tables["patients"]["email"].isna().sum() == 1


def test_nothing_is_kept_without_who_why_and_a_change(migration):
    """Each refusal leaves the document as it was."""
    shown = state(migration)
    row = group(shown, "e-mail")[0]
    with pytest.raises(UsageError, match="Say why"):
        shown.mend(row, "Email", "bo@example.com", " ")
    with pytest.raises(UsageError, match="already"):
        shown.mend(row, "Suburb", "Glebe", "asked")
    shown.by = ""
    with pytest.raises(UsageError, match="your name"):
        shown.mend(row, "Email", "bo@example.com", "asked")
    assert not migration.workspace.read_decision("cleaning").get("mends")


def test_a_later_export_gets_the_mend_only_where_the_cell_is_as_it_was(made, tmp_path):
    """Ann's new address is the practice's own and stands; the finding names her row. Bo's mend is replayed."""
    shutil.copytree(made.workspace.path, tmp_path / "acme")
    migration = Migration.open(tmp_path / "acme")
    shown = state(migration)
    bo = group(shown, "e-mail")[0]
    shown.mend(bo, "Email", "bo@example.com", "asked")
    shown.mend(row_of(migration, "patient:1"), "Email", "ann@work.example", "asked")
    (tmp_path / "two").mkdir()
    later = PATIENTS.replace("ann@example.com", "ann@home.example") + "4,Di,Roe,05/06/1971,0412 345 674,di@example.com,Enmore\n"
    (tmp_path / "two" / "Patients.csv").write_text(later)
    (tmp_path / "two" / "Appointments.csv").write_text(APPOINTMENTS)
    migration.workspace.add_snapshot(tmp_path / "two", taken=date(2026, 11, 9))
    merged = migration.refreshed().with_all_received().tables
    found = merged["patients"].set_index("_key")["email"].to_dict()
    assert found == {
        "patient:1": "ann@home.example", "patient:2": "bo@example.com", "patient:3": "cy@example.com", "patient:4": "di@example.com",
    }  # fmt: skip
    told = [finding for finding in merged.findings if finding.code == "mend-outdated"]
    assert [(finding.count, finding.keys) for finding in told] == [(1, ("patient:1",))]


def test_a_mend_is_no_rule_that_the_sample_was_approved_under(migration):
    """A veto or a cleaning changes how records are made and asks for the sample again; one mended cell does not."""
    found = set(rules(migration.inputs))
    assert {"cleaning.vetoes", "cleaning.functions"} <= found and "cleaning.mends" not in found
