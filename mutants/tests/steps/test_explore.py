"""Looking around in the typed tables shows shapes and counts, never a patient's value unless asked for."""

from __future__ import annotations

import pytest

from migkit.model.errors import UsageError
from migkit.report import IN_REPORT
from migkit.steps import Migration
from migkit.steps.audit import audit
from migkit.steps.explore import distribution, flaw_examples, look_at_table, missing_by_column
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})


@pytest.fixture(scope="module")
def migration(tmp_path_factory):
    export = tmp_path_factory.mktemp("made") / "export"
    export.mkdir()
    header = "Patient ID,First Name,Last Name,DOB,Email,Suburb,Status\n"
    rows = [
        f"{n},Ann,Quill{n},0{n}/02/198{n},{'no-at-sign' if n == 3 else ''},Kew,{'Archived' if n == 9 else 'Active'}\n" for n in range(1, 10)
    ]
    (export / "Patients.csv").write_text(header + "".join(rows))
    workspace = Workspace.create(export.parent / "acme", SETTINGS)
    workspace.add_snapshot(export)
    return Migration.open(workspace.path)


@pytest.fixture(autouse=True)
def by_hand(monkeypatch):
    monkeypatch.delenv(IN_REPORT, raising=False)


def test_a_table_is_masked_until_asked(migration):
    """Keys and plain fields are shown; names are shapes, unless the switch is on."""
    masked, shown = look_at_table(migration, "patients"), look_at_table(migration, "patients", show_values=True)
    assert "patient:3" in masked.text and "Quill" not in masked.body + masked.text
    assert "Quill3" in shown.text
    assert "_line" not in masked.text


def test_a_report_shows_no_table_to_explore(migration, monkeypatch):
    """Nobody can filter there."""
    monkeypatch.setenv(IN_REPORT, "1")
    assert look_at_table(migration, "patients") is None


def test_values_of_few_are_counted_not_shown(migration):
    """Eight active are shown, the one archived is among the rare; names are counted by shape; dates by year."""
    assert "active" in distribution(migration, "patients", "status").body
    assert "archived" not in distribution(migration, "patients", "status").body
    assert "rarer values" in distribution(migration, "patients", "status").body
    assert "Quill" not in distribution(migration, "patients", "last_name").body
    assert "1983" in distribution(migration, "patients", "birth_date").body


def test_an_unknown_field_is_answered_with_the_known_ones(migration):
    """A slip of the pen costs a sentence."""
    with pytest.raises(UsageError, match="birth_date"):
        distribution(migration, "patients", "dob")
    with pytest.raises(UsageError, match="patients"):
        missing_by_column(migration, "patient")


def test_missing_values_are_told_by_the_exports_own_columns(migration):
    """E-mail is missing in all nine rows as read; full columns are not drawn."""
    body = missing_by_column(migration, "patients").body
    assert "Email" in body and "100 %" in body and "Suburb" not in body


def test_a_flaw_shows_its_rows_masked(migration):
    """The unreadable address stands with its row, file and line, as a shape; it was left empty."""
    found = flaw_examples(migration, migration.tables.findings)
    row = found[found["finding"] == "unreadable-email"].iloc[0]
    assert (row["row"], row["line"], row["field"], row["in the export"], row["as read"]) == ("patient:3", 4, "email", "nx-xx-xxxx", "")


def test_the_audit_hides_the_extremes_of_sensitive_columns(migration):
    """The oldest patient's birth date is nobody's business."""
    columns = audit(migration).columns.set_index("column")
    assert columns.loc["DOB", "from"] == "" and columns.loc["Patient ID", "type"] == "integer"
