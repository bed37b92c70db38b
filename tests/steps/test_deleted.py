"""What the practice deleted in Pipedrive is kept deleted at a press, with a name and a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from migkit.migration import Migration
from migkit.report import IN_REPORT
from migkit.steps.deleted import deleted_widget
from migkit.workspace import Settings, Workspace


@pytest.fixture
def migration(tmp_path: Path) -> Migration:
    """A workspace of which nothing is loaded."""
    export = tmp_path / "export"
    export.mkdir()
    (export / "Patients.csv").write_text("Patient ID,First Name,Last Name\n1,Ada,Ng\n", encoding="utf-8")
    workspace = Workspace.create(tmp_path / "acme", Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {}))
    workspace.add_snapshot(export, taken=date(2026, 10, 31))
    return Migration.open(workspace.path)


@pytest.mark.parametrize(
    ("answers", "says"),
    [({"why": "a test"}, "needs a name and a reason"), ({"by": "Kim", "why": "a test", "keys": "patient:9"}, "patient:9 is no record")],
)
def test_a_refusal_keeps_nothing(migration: Migration, monkeypatch: pytest.MonkeyPatch, answers: dict[str, str], says: str) -> None:
    """Without a name, and for what was never loaded, nothing is decided."""
    monkeypatch.delenv(IN_REPORT, raising=False)
    form = deleted_widget(migration, ["patient:1"])
    for name, text in answers.items():
        form.fields[name].value = text
    form._button.click()
    assert says in form._said.value.replace("<wbr>", "")
    assert not migration.workspace.read_decision("deleted")


def test_nobody_is_asked_where_nothing_is_missing(migration: Migration, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty list leaves no form."""
    monkeypatch.delenv(IN_REPORT, raising=False)
    assert deleted_widget(migration, []) is None
