"""A later export whose columns changed: what was decided goes on, what is new waits, what is missing tells of no change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.mapping import confirm, extend, replay, set_new_field
from migkit.model.errors import DataError
from migkit.model.mapping import NewField, dump_mapping
from migkit.model.messages.mapping import QUESTIONS
from migkit.model.outcomes import Outcome
from migkit.report import IN_REPORT
from migkit.steps import Migration
from migkit.steps.approvals import approve_gate
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.steps.delta import look_at_delta
from migkit.steps.gone import decide_gone, gone_frame, gone_widget
from migkit.steps.live import Live
from migkit.widgets import MappingReview
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})
FIRST = """Patient ID,First Name,Last Name,Mobile,DOB
1,Ann,Lee,0412 345 671,01/02/1980
2,Bo,Ng,0412 345 672,03/04/1990
3,Cy,Fox,0412 345 673,05/06/1970
"""
LATER = """Patient ID,First Name,Family name,Mobile Phone,DOB,Hygiene club
1,Anne,Lee,0412 345 671,01/02/1980,Gold
2,Bo,Ng,0499 999 999,03/04/1990,
3,Cy,Fox,0412 345 673,05/06/1970,
"""
STRANGE = "Widget,Colour\nA7,red\nB2,blue\n"
AT = "2026-11-01T00:00:00+00:00"


@pytest.fixture
def migration(tmp_path: Path) -> Migration:
    """A workspace whose map is approved, with a later export: one first name changed, two headers renamed, a column and a table new."""
    for name, patients in (("first", FIRST), ("later", LATER)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "Patients.csv").write_text(patients)
    (tmp_path / "later" / "Widgets.csv").write_text(STRANGE)
    workspace = Workspace.create(tmp_path / "acme", SETTINGS)
    workspace.add_snapshot(tmp_path / "first", taken=date(2026, 11, 1))
    confirm_proposals(workspace.path, at_least=0, by="Kim")
    approve_gate(workspace.path, "mapping", by="Kim")
    workspace.add_snapshot(tmp_path / "later", taken=date(2026, 11, 3))
    return Migration.open(workspace.path)


def changes(migration: Migration) -> dict[str, str]:
    """Key → changed fields, of what the later export changes."""
    assert migration.delta is not None
    found = migration.delta.merged.classes
    return {row.key: row.fields for row in found[found["class"] != "unchanged"].itertuples()}


def test_two_exports_that_came_before_an_approval_both_count(migration: Migration, tmp_path: Path) -> None:
    """What is shown and approved is what both change: a window that was overtaken by the next one is not lost."""
    head, *rows = FIRST.splitlines()
    for number, row in enumerate((rows[1].replace("Bo,", "Bob,"), rows[2].replace("Cy,", "Cyril,"))):
        folder = tmp_path / f"window{number}"
        folder.mkdir()
        (folder / "Patients.csv").write_text(f"{head}\n{row}\n")
        migration.workspace.add_snapshot(folder, kind="window", taken=date(2026, 11, 4 + number))
    approve_gate(migration.workspace.path, "delta", by="Jo")
    counting = migration.refreshed()
    assert [snapshot.name[:2] for snapshot in counting.snapshots] == ["01", "02", "03", "04"]
    assert counting.tables["patients"].set_index("_key")["first_name"].to_dict() == {
        "patient:1": "Anne",
        "patient:2": "Bob",
        "patient:3": "Cyril",
    }


def test_only_what_was_decided_counts(migration: Migration) -> None:
    """Under headers that nobody confirmed stand no changes: names and mobiles stay as they were, and the full name follows the parts."""
    assert changes(migration) == {"patient:1": "first_name,full_name"}
    assert migration.delta is not None
    patients = migration.delta.merged.tables["patients"].set_index("_key")
    assert patients.loc["patient:1", ["first_name", "last_name", "full_name"]].tolist() == ["Anne", "Lee", "Anne Lee"]
    assert patients["mobile"].tolist() == ["+61412345671", "+61412345672", "+61412345673"]


def test_rows_that_no_decision_covers_hold_only_themselves(migration: Migration) -> None:
    """A table that nobody decided on waits row by row; the patients beside it go on."""
    assert migration.delta is not None
    tables = migration.delta.merged.tables
    waiting = [(row.file.rsplit("/")[-1], row.line) for row in tables.row_outcomes if row.outcome is Outcome.HELD]
    assert waiting == [("Widgets.csv", 2), ("Widgets.csv", 3)]
    asked = {finding.code for finding in tables.findings if finding.code in QUESTIONS}
    assert asked == {"new-table", "new-column", "renamed-column"}
    assert len(tables["patients"]) == 3


def test_the_review_asks_about_the_difference_alone(migration: Migration) -> None:
    """What is new or renamed is open, what was confirmed is not; confirming keeps the first export's own columns in the map."""
    review = MappingReview(
        migration.workspace, migration.readings.raw(migration.under_review), migration.proposals_of(migration.under_review), by="Kim"
    )
    state = review.state
    assert {(q.kind, q.column) for q in state.questions} == {
        ("renamed-column", "Family name"), ("renamed-column", "Mobile Phone"), ("new-column", "Hygiene club"), ("new-table", ""),
    }  # fmt: skip
    state.accept("Patients", "Family name")
    state.accept("Patients", "Mobile Phone")
    columns = migration.workspace.read_decision("mapping")["tables"]["Patients"]["columns"]
    assert {"Last Name", "Mobile", "Family name", "Mobile Phone"} <= columns.keys()
    assert changes(Migration.open(migration.workspace.path)) == {"patient:1": "first_name,full_name", "patient:2": "mobile"}


def test_a_new_column_travels_once_it_is_confirmed(migration: Migration) -> None:
    """As a custom field of its own: rows with a value in it are changed."""
    raw = migration.readings.raw(migration.under_review)
    shown, _ = replay(migration.source_map, raw, migration.proposals_of(migration.under_review))
    decided = set_new_field(shown, "Patients", "Hygiene club", NewField("Hygiene club", "varchar"), by="Kim", at=AT)
    decided = confirm(decided, table="Patients", by="Kim", at=AT)
    migration.workspace.write_decision("mapping", dump_mapping(extend(migration.source_map, decided)))
    again = changes(Migration.open(migration.workspace.path))
    assert again == {"patient:1": "first_name,full_name,custom:Hygiene club", "patient:2": "mobile"}


def test_freeze_stops_and_discard_leaves_out(migration: Migration) -> None:
    """By policy a difference stops the delta in one sentence, or is left out without asking."""
    migration.workspace.write_decision("policies", {"incremental_columns": "freeze"})
    with pytest.raises(DataError, match="differs from the confirmed map"):
        _ = Migration.open(migration.workspace.path).delta
    migration.workspace.write_decision("policies", {"incremental_columns": "discard"})
    again = Migration.open(migration.workspace.path)
    assert again.reading_of(again.under_review).questions == ()
    assert again.delta is not None
    assert {row.outcome for row in again.delta.merged.tables.row_outcomes if "Widgets" in row.file} == {Outcome.EXCLUDED}


@pytest.mark.parametrize("header", ["Patient No", "Chart"], ids=["looks renamed", "another word"])
def test_a_key_column_under_a_new_name_is_known_by_its_numbers(migration: Migration, tmp_path: Path, header: str) -> None:
    """Nobody is gone and nobody new but who was not there before; the finding says which column, and where it is confirmed."""
    (tmp_path / "renamed").mkdir()
    rows = FIRST.replace("Patient ID", header).replace("Lee", "Li") + "4,Di,Orr,0412 345 674,07/08/1960\n"
    (tmp_path / "renamed" / "Patients.csv").write_text(rows)
    approve_gate(migration.workspace.path, "delta", by="Kim")
    migration.workspace.add_snapshot(tmp_path / "renamed", taken=date(2026, 11, 5))
    later = Migration.open(migration.workspace.path)
    assert later.delta is not None
    found = later.delta.merged.classes
    new = found.loc[found["class"].eq("new"), "key"].tolist()
    gone = found.loc[found["class"].eq("gone"), "key"].tolist()
    said = [str(f.message) for f in later.delta.merged.tables.findings if f.code == "renamed-id"]
    assert (new, gone) == (["patient:4"], [])
    assert "".join(said) == (
        f"{header} of Patients has the numbers that Patient ID had: the column seems to be renamed, and its rows are recognised by them. "
        "Confirm it in 20_mapping_review, or say there what the column is."
    )


def test_other_numbers_under_a_new_name_are_not_taken_for_the_key(migration: Migration, tmp_path: Path) -> None:
    """Numbers that the earlier export did not have say nothing: the column waits for somebody."""
    (tmp_path / "renamed").mkdir()
    (tmp_path / "renamed" / "Patients.csv").write_text("Chart,First Name,Last Name\n71,Ann,Lee\n72,Bo,Ng\n73,Cy,Fox\n")
    approve_gate(migration.workspace.path, "delta", by="Kim")
    migration.workspace.add_snapshot(tmp_path / "renamed", taken=date(2026, 11, 5))
    later = Migration.open(migration.workspace.path)
    assert later.delta is not None
    assert not [f for f in later.delta.merged.tables.findings if f.code == "renamed-id"]
    assert "patient:71" not in set(later.delta.merged.classes["key"])


def test_bookings_that_were_moved_are_decided_in_one_press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One gone and a new one like it: shown until somebody decides; deleted, only the new one is planned."""
    for name, day in (("first", "04/12/2026"), ("later", "07/12/2026")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "Patients.csv").write_text(FIRST)
        diary = (
            f"Patient ID,Date,Start Time,Duration,Provider,Type\n1,{day},09:00,30,Dr Ash,Examination\n2,09/12/2026,10:00,30,Dr Ash,Clean\n"
        )
        (tmp_path / name / "Appointments.csv").write_text("Patient ID,Date,Start Time,Duration,Provider,Type\n" + diary)
    workspace = Workspace.create(tmp_path / "acme", SETTINGS)
    workspace.add_snapshot(tmp_path / "first", taken=date(2026, 11, 1))
    confirm_proposals(workspace.path, at_least=0, by="Kim")
    workspace.add_snapshot(tmp_path / "later", taken=date(2026, 11, 3))
    shown = look_at_delta(Migration.open(workspace.path), "run")
    assert shown is not None
    assert [(row.patient_id, f"{row.was:%d.%m.}", f"{row.is_now:%d.%m.}") for row in shown.moved.itertuples()] == [
        ("1", "04.12.", "07.12.")
    ]
    decide_gone(Migration.open(workspace.path), list(shown.moved["key"]), "delete", "Kim")
    after = Migration.open(workspace.path)
    again = look_at_delta(after, "run")
    assert again is not None and again.moved.empty
    planned = [record for record in after.with_all_received().plan.records.values() if str(record.object) == "activity"]
    assert sorted(record.fields["due_date"] for record in planned) == ["2026-12-06", "2026-12-08"]

    monkeypatch.delenv(IN_REPORT, raising=False)
    form = gone_widget(after, Live(after, look_at_delta, "run"), by="Kim").children[0]
    form._button.click()
    assert "Nothing is undecided" in form._said.value
    form.fields["which"].value, form.fields["what"].value = shown.moved["key"][0], "that is taken back: undecided"
    form._button.click()
    assert "Decided for 1 row" in form._said.value and not workspace.read_decision("delta")["gone"]
    assert list(gone_frame(Migration.open(workspace.path).delta.merged, {})[["patient", "when", "decided"]].loc[0]) == [
        "patient:1",
        "2026-12-04 09:00:00",
        "undecided",
    ]


def test_what_a_status_says_besides_stays_with_it(tmp_path: Path) -> None:
    """A later export whose status stands under a name that nobody confirmed changes nothing of what it said."""
    for name, header in (("first", "Status"), ("later", "Appt Status")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "Patients.csv").write_text(FIRST)
        diary = f"Appointment ID,Patient ID,Date,Start Time,{header}\n71,1,04/12/2026,09:00,Confirmed\n72,2,05/12/2026,09:00,Booked\n"
        (tmp_path / name / "Appointments.csv").write_text(diary)
    workspace = Workspace.create(tmp_path / "acme", SETTINGS)
    workspace.add_snapshot(tmp_path / "first", taken=date(2026, 11, 1))
    confirm_proposals(workspace.path, at_least=0, by="Kim")
    workspace.add_snapshot(tmp_path / "later", taken=date(2026, 11, 3))
    assert changes(Migration.open(workspace.path)) == {}
