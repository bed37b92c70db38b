"""What the practice deleted in Pipedrive is kept deleted at a press, with a name and a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.migration import Migration
from migkit.report import IN_REPORT
from migkit.steps.deleted import deleted_widget
from tests.steps.small import small_workspace


@pytest.fixture
def migration(tmp_path: Path) -> Migration:
    """A workspace of which nothing is loaded."""
    return Migration.open(small_workspace(tmp_path, "1,Ada,Ng").path)


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
