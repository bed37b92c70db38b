"""Policies and privacy are chosen in the notebook: counted before they are kept, kept as their files hold them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from migkit.migration import Migration
from migkit.report import IN_REPORT
from migkit.steps.choices import comments, policies_widget, privacy_widget
from migkit.workspace import Settings, Workspace

PATIENTS = "Patient ID,First Name,Last Name,DOB,Mobile\n1,Ada,Ng,01/02/1980,0412345678\n2,Bo,Li,03/04/1990,0412345679\n"
BOOK = "Appointment ID,Patient ID,Date,Time,Status\n9,1,02/03/2026,09:00,Completed\n10,1,04/03/2026,09:00,Cancelled\n"
BOOK += "11,2,05/03/2026,10:00,Cancelled\n"


@pytest.fixture
def migration(tmp_path: Path) -> Migration:
    """Two patients and three appointments, two of them cancelled."""
    export = tmp_path / "export"
    export.mkdir()
    (export / "Patients.csv").write_text(PATIENTS, encoding="utf-8")
    (export / "Appointments.csv").write_text(BOOK, encoding="utf-8")
    workspace = Workspace.create(tmp_path / "acme", Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {}))
    workspace.add_snapshot(export, taken=date(2026, 10, 31))
    return Migration.open(workspace.path)


def test_leaving_cancelled_visits_out_is_counted_then_kept(migration: Migration) -> None:
    """Two activities and their type fewer; nothing is kept before the second press; the file holds the choice alone."""
    box = policies_widget(migration)
    before = len(migration.desired.records)
    box.fields["cancelled_appointments"].value = "exclude"
    box.buttons[0].click()
    assert f"{before - 3} records (-3)" in box._said.value
    assert migration.workspace.read_decision("policies") == {}
    box.buttons[1].click()
    assert "Kept in decisions/policies.yaml" in box._said.value
    assert migration.workspace.read_decision("policies") == {"cancelled_appointments": "exclude"}
    assert len(Migration.open(migration.workspace.path).desired.records) == before - 3


def test_a_kind_of_data_stays_behind_but_for_a_field(migration: Migration) -> None:
    """Contact stays behind, the birth date too: phones and birth dates leave the plan, and so do the custom fields made for them."""
    box = privacy_widget(migration)
    persons = [record for record in migration.desired.records.values() if record.object == "person"]
    box.fields["classes/contact"].value = "leave_out"
    box.fields["fields/stays"].value = ("Date of birth",)
    box.buttons[0].click()
    assert re.search(r"values \(-\d+\)", box._said.value) and len(persons) == 2
    box.buttons[1].click()
    assert migration.workspace.read_decision("privacy") == {
        "classes": {"contact": "leave_out"},
        "fields": {"Date of birth": "leave_out"},
    }
    kept = Migration.open(migration.workspace.path).desired.records.values()
    assert len([record for record in kept if record.object == "person"]) == 2
    names = {name for record in kept for name in record.fields}
    assert "phones" not in names and "custom:Date of birth" not in names and "custom:Patient status" in names


def test_nobody_is_asked_about_what_the_files_do_not_hold(migration: Migration) -> None:
    """A practice that sent no health funds chooses among names, birth dates and mobiles; the kind says that it covers more."""
    box = privacy_widget(migration)
    offered = {value for _, value in box.fields["fields/stays"].options}
    assert {"Date of birth", "Phones"} <= {*dict(box.fields["fields/stays"].options)}
    assert not {"Insurance_Provider__c", "Occupation", "Emergency contact"} & offered
    shown = "".join(str(getattr(part, "value", "")) for row in box.children for part in getattr(row, "children", ()))
    assert "Insurance_Provider__c" not in shown and "more that these files do not hold" in shown


def test_a_day_that_is_none_is_refused_and_nothing_is_kept(migration: Migration) -> None:
    """The sentence says how a day is written."""
    box = policies_widget(migration)
    box.fields["older_than"].value = "last year"
    box.buttons[1].click()
    assert "last year is no day: write it as 2021-01-01" in box._said.value
    assert migration.workspace.read_decision("policies") == {}


def test_a_report_shows_a_table(migration: Migration, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can choose in a report."""
    monkeypatch.setenv(IN_REPORT, "1")
    assert "Policies that this load follows" in policies_widget(migration)._repr_html_()
    assert "identifier" in privacy_widget(migration)._repr_html_()


def test_what_stands_above_a_key_says_what_it_means() -> None:
    """The comment right above a key is its own; one that a blank line parts from it is nobody's."""
    text = "# About the file.\n\n# Old visits: keep\n# or fold.\n#   keep   as they are\nold: keep\nnew: x\n"
    assert comments(text) == {"old": "Old visits: keep; or fold. keep: as they are", "new": ""}
