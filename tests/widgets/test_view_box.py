"""The box that makes views: shapes are written by buttons, tried at once, and kept with a name and a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.steps.confirm import views_widget
from migkit.steps.views import drop_view, views_frame
from migkit.widgets.views import ViewBox
from migkit.workspace import Settings, Workspace


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ViewBox, Path]:
    monkeypatch.delenv("MIGKIT_IN_REPORT", raising=False)
    export = tmp_path / "export"
    export.mkdir()
    (export / "visit.csv").write_text("AptNum,Clinic,Status\n1,7,0\n2,8,9\n3,9,0\n")
    (export / "clinic.csv").write_text("Num,Called\n7,Glebe\n8,Newtown\n")
    settings = Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1)
    workspace = Workspace.create(tmp_path / "acme", settings)
    workspace.add_snapshot(export, taken=date(2026, 10, 1))
    return views_widget(Migration.open(workspace.path), by="Kim"), workspace.path


def test_a_join_is_written_tried_and_kept(box: tuple[ViewBox, Path]) -> None:
    """Three visits stay three, the third without a clinic; what is kept names who and why, and is a table from then on."""
    made, path = box
    made.table.value, made.column.value = "visit", "Clinic"
    made.other.value, made.other_column.value, made.taken.value = "clinic", "Num", ("Called",)
    made.buttons["Join by key"].click()
    assert "3 rows of visit become 3." in made.said
    assert "Glebe" not in made.rows
    assert "Gxxxx" in made.rows
    made.reveal.value = True
    assert "Glebe" in made.rows
    made.name.value, made.why.value = "visits", "names of clinics"
    made.buttons["Keep"].click()
    assert "visits" in made.said
    migration = Migration.open(path)
    assert list(migration.raw.tables["visits"].frame["Called"].fillna("")) == ["Glebe", "Newtown", ""]
    (row,) = views_frame(migration).to_dict("records")
    assert (row["made of"], row["rows before"], row["rows after"], row["by"], row["why"]) == (
        "visit, clinic",
        3,
        3,
        "Kim",
        "names of clinics",
    )


def test_lost_rows_are_named_and_a_view_can_be_dropped(box: tuple[ViewBox, Path]) -> None:
    """One of three visits has the code 9."""
    made, path = box
    made.table.value, made.column.value, made.text.value = "visit", "Status", "9"
    made.buttons["Rows of a code"].click()
    assert "2 lost: 01-2026-10-01/visit.csv:2, 01-2026-10-01/visit.csv:4" in made.said
    made.name.value, made.why.value = "missed", "9 is missed"
    made.buttons["Keep"].click()
    drop_view(Migration.open(path), "missed")
    assert "missed" not in Migration.open(path).raw.tables
    with pytest.raises(UsageError, match="no view 'missed'"):
        drop_view(Migration.open(path), "missed")


@pytest.mark.parametrize(
    ("sql", "name", "why", "says"),
    [
        ("DROP TABLE visit", "v", "w", "not one SELECT"),
        ("SELECT * FROM visit", "", "w", "needs a name"),
        ("SELECT * FROM visit", "v", " ", "needs"),
    ],
)
def test_what_cannot_be_kept_is_said_and_not_kept(box: tuple[ViewBox, Path], sql: str, name: str, why: str, says: str) -> None:
    """No view without a SELECT, a name and a reason."""
    made, path = box
    made.sql.value, made.name.value, made.why.value = sql, name, why
    made.buttons["Keep"].click()
    assert says in made.said
    assert not Workspace.open(path).read_decision("views")
