"""A second reviewer's map is brought into the workspace's own."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from migkit.mapping import leave_out, set_target
from migkit.model.errors import DataError, UsageError
from migkit.model.mapping import SourceMap, dump_mapping
from migkit.steps import Migration, merge_reviews
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})
AT = "2026-11-01T00:00:00+00:00"


@pytest.fixture
def migration(tmp_path: Path) -> Migration:
    export = tmp_path / "export"
    export.mkdir()
    (export / "Patients.csv").write_text("Patient ID,First Name,Mobile,Zibble\n1,Ann,0412 345 678,a\n2,Bo,0412 345 679,b\n")
    workspace = Workspace.create(tmp_path / "acme", SETTINGS)
    workspace.add_snapshot(export)
    return Migration.open(workspace.path)


def write(path: Path, source_map: SourceMap) -> Path:
    path.write_text(yaml.safe_dump(dump_mapping(source_map)))
    return path


def test_what_the_other_confirmed_is_taken_and_what_clashes_is_asked_anew(migration: Migration, tmp_path: Path) -> None:
    """Their column is taken with their name; where both decided otherwise ours stays as a proposal, and the clash is named."""
    proposed = migration.source_map
    ours = set_target(proposed, "Patients", "Mobile", "work_phone", by="Kim", at=AT)
    theirs = set_target(proposed, "Patients", "Mobile", "mobile", by="Lou", at=AT)
    theirs = leave_out(theirs, "Patients", "Zibble", "not needed", by="Lou", at=AT)
    migration.workspace.write_decision("mapping", dump_mapping(ours))
    merged = merge_reviews(migration, write(tmp_path / "lou.yaml", theirs))
    columns = migration.workspace.read_decision("mapping")["tables"]["Patients"]["columns"]
    assert (columns["Zibble"]["reason"], columns["Zibble"]["by"]) == ("not needed", "Lou")
    assert (columns["Mobile"]["to"], columns["Mobile"]["state"]) == ("work_phone", "proposed")
    assert merged.taken == 1
    assert merged.disagreements.to_dict("records") == [
        {
            "source table": "Patients",
            "column": "Mobile",
            "what each says": "Mobile of Patients: work_phone (Kim) against mobile (Lou).",
        }
    ]


def test_tables_of_another_export_stay_out(migration: Migration, tmp_path: Path) -> None:
    """A table that this export does not have is not added to the map."""
    theirs = dump_mapping(migration.source_map)
    theirs["tables"]["Old list"] = {"table": "patients", "columns": {"X": {"to": "mobile"}}}
    (tmp_path / "lou.yaml").write_text(yaml.safe_dump(theirs))
    merge_reviews(migration, tmp_path / "lou.yaml")
    assert set(migration.workspace.read_decision("mapping")["tables"]) == {"Patients"}


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (None, UsageError, "There is no file"),
        ("owners: {}", UsageError, "holds no map"),
        ("tables: [", DataError, "is not valid YAML"),
        ("tables: {Patients: {columns: {Mobile: mobile}}}", DataError, "table Patients, column Mobile"),
    ],
)
def test_a_file_that_is_no_map_changes_nothing(migration: Migration, tmp_path: Path, content: str | None, error: type, said: str) -> None:
    """A missing file, another decision, broken YAML and a column that is no setting are refused in one sentence."""
    path = tmp_path / "lou.yaml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(error, match=said):
        merge_reviews(migration, path)
    assert migration.workspace.read_decision("mapping") == {}
