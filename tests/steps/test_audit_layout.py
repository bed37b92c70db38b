"""The audit shows what a report's layout was taken to mean, masked; a person's word is kept, and counts for later exports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.report import IN_REPORT
from migkit.steps import declare_layout, layout_read, layout_widget
from migkit.workspace import Settings, Workspace

PLANS = """Patient ID,Item,Description,Fee
Plan: Crown   Dated: 02/03/2026,,,
7,613,Crown,1500.00
7,627,Core,250.00
Plan: Hygiene   Dated: 03/03/2026,,,
8,114,Scale,120.00
"""
LATER = """Patient ID,Item,Description,Fee
>> Whitening,,,
9,118,Bleach,400.00
"""


@pytest.fixture
def migration(tmp_path: Path) -> Migration:
    export = tmp_path / "export"
    export.mkdir()
    (export / "plans.csv").write_text(PLANS, encoding="utf-8")
    (export / "patients.csv").write_text("Patient ID,First Name,Last Name\n7,Ann,Lee\n8,Bob,Ng\n", encoding="utf-8")
    settings = Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 2)
    Workspace.create(tmp_path / "acme", settings).add_snapshot(export, taken=date(2026, 3, 31))
    return Migration.open(tmp_path / "acme")


def test_a_line_stands_beside_the_row_that_it_belongs_to(migration: Migration) -> None:
    """Values are masked until somebody asks for them."""
    columns = ["line", "taken for", "the line", "first row below", "rows"]
    assert layout_read(migration)[columns].to_numpy().tolist() == [
        ["2", "opens a block", "Plan: xxxxx   Dated: 99/99/9999", "9 | 999 | xxxxx | 9999.99", 2],
        ["5", "opens a block", "Plan: xxxxxxx   Dated: 99/99/9999", "9 | 999 | xxxxx | 999.99", 1],
    ]
    shown = layout_read(migration, show_values=True)
    assert shown["the line"].tolist() == ["Plan: Crown   Dated: 02/03/2026", "Plan: Hygiene   Dated: 03/03/2026"]
    assert shown["first row below"].tolist() == ["7 | 613 | Crown | 1500.00", "8 | 114 | Scale | 120.00"]


def test_what_is_said_is_kept_and_replayed(migration: Migration, tmp_path: Path) -> None:
    """The export is read anew at once, and a later one by the same word."""
    before = migration.raw.tables["plans"]
    assert before.columns[4:] == ["Plan", "Dated", "Block"] and len(before.frame) == 3
    named = layout_read(migration)["file"].iloc[0]
    again = declare_layout(migration, named, by="Kim", why="plans are marked so from May on", opens=["Plan: *", ">> *"])
    assert again is not migration and again.raw.tables["plans"].columns[4:] == ["Plan", "Dated", "Block"]
    (entry,) = again.workspace.read_decision("files")["files"]
    assert (entry["file"], entry["by"], entry["opens"]) == ("plans.csv", "Kim", ["Plan: *", ">> *"])
    later = tmp_path / "later"
    later.mkdir()
    (later / "plans.csv").write_text(LATER, encoding="utf-8")
    added = again.workspace.add_snapshot(later, kind="window", taken=date(2026, 5, 31))
    frame = Migration.open(tmp_path / "acme").readings.raw(added).tables["plans"].frame
    assert frame[["Patient ID", "Group"]].to_numpy().tolist() == [["9", ">> Whitening"]]


def test_it_is_said_in_a_form_and_the_export_is_read_so(migration: Migration, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, what is true of it, the lines or columns, why: kept as a cell of code would keep it; without lines nothing is."""
    monkeypatch.delenv(IN_REPORT, raising=False)
    box = layout_widget(migration, by="Kim")
    said = {"file": box.fields["file"].options[1], "what": "these lines, and no others, open a block", "why": "from May on"}
    for name, value in said.items():
        box.fields[name].value = value
    box._button.click()
    assert "Write which lines or columns" in box._said.value and not migration.workspace.read_decision("files")
    box.fields["which"].value = "Plan: *; >> *"
    box._button.click()
    (entry,) = migration.workspace.read_decision("files")["files"]
    assert (entry["file"], entry["by"], entry["opens"], entry["why"]) == ("plans.csv", "Kim", ["Plan: *", ">> *"], "from May on")
    box.fields["what"].value, box.fields["which"].value = "these lines are no rows", "Plan: Hygiene*; 8 114*"
    box._button.click()
    frame = Migration.open(migration.workspace.path).raw.tables["plans"].frame
    assert frame["Patient ID"].tolist() == ["7", "7"]
    box.fields["what"].value = "it has no header: its columns are these"
    box.fields["which"].value = "A; B"
    box._button.click()
    (entry,) = migration.workspace.read_decision("files")["files"]
    assert (entry["header"], entry["holds"]) == (["A", "B"], "table")


def test_what_cannot_be_said_changes_nothing(migration: Migration) -> None:
    """One sentence."""
    with pytest.raises(UsageError, match=r"'holds' must be table or nothing. Nothing was decided."):
        declare_layout(migration, "plans.csv", by="Kim", why="so it is", holds="plans")
    assert not migration.workspace.read_decision("files")
