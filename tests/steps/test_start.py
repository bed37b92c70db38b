"""A workspace made without a terminal: the form, the account that answers or not, the notebooks laid out."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from migkit.cli import main
from migkit.model.errors import RemoteError, UsageError
from migkit.model.messages import Message
from migkit.preflight import Check
from migkit.report import IN_REPORT
from migkit.steps import Migration, plan_widget
from migkit.steps.start import ask_target, plans_with, start_widget
from migkit.workspace import Settings, Workspace


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "Patients.csv").write_text("Patient ID,First Name\n1,Ada\n", encoding="utf-8")
    return folder


def test_the_form_makes_a_workspace_and_lays_the_notebooks_out(tmp_path: Path, export: Path) -> None:
    """Filled in and pressed: settings as typed, the export taken in, notebooks with workspace and name; the next page is named."""
    box = start_widget(by="analyst")
    typed = {"export": str(export), "workspace": str(tmp_path / "acme"), "practice": "Acme Dental", "target": "https://acme.pipedrive.com/"}
    for name, value in (typed | {"plan": "premium", "seats": 3, "by": "Kim Lee"}).items():
        box.fields[name].value = value
    box._go.click()
    assert "1 file is taken in." in box._said.value and "10_audit" in box._said.value
    settings = (tmp_path / "acme" / "migration.toml").read_text(encoding="utf-8")
    assert 'name = "Acme Dental"' in settings and 'url = "https://acme.pipedrive.com"' in settings and "seats = 3" in settings
    audit = json.loads((tmp_path / "acme" / "notebooks" / "10_audit.ipynb").read_text(encoding="utf-8"))
    assert 'by = "Kim Lee"' in "".join("".join(cell["source"]) for cell in audit["cells"])


def test_plan_and_seats_are_corrected_from_what_the_account_says(tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it has other tokens, what gives them is offered and kept, and the rest of the file stays; where it agrees, nothing is asked."""
    monkeypatch.delenv(IN_REPORT, raising=False)
    settings = Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1)
    workspace = Workspace.create(tmp_path / "acme", settings)
    workspace.add_snapshot(export)
    path = workspace.path / "migration.toml"
    path.write_text("# asked Kim\n" + path.read_text())
    told = Message.of("limits-differ", tokens=180_000, burst=120, tier="growth", seats=1, tokens_expected=60_000, burst_expected=40)
    migration = Migration.open(workspace.path)
    agreed = Message.of("limits", tokens=60_000, burst=40, tier="growth", seats=1)
    assert plan_widget(migration, SimpleNamespace(checks=(Check(agreed),))) is None
    box = plan_widget(migration, SimpleNamespace(checks=(Check(agreed), Check(told))))
    assert "growth with 3 paid seats" in box.fields["has"].options
    box.fields["has"].value = "growth with 3 paid seats"
    box._button.click()
    kept = Workspace.open(workspace.path).settings
    assert (kept.subscription_plan, kept.seats, kept.practice) == ("growth", 3, "Acme") and "# asked Kim" in path.read_text()


def test_what_is_missing_or_wrong_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    """A field that is empty is named; a path that is not there is said as the terminal says it."""
    box = start_widget(by="")
    box._go.click()
    assert "Fill in first: Export, Workspace, Pipedrive." in box._said.value
    for name, value in {"export": str(tmp_path / "no"), "workspace": str(tmp_path / "w"), "target": "https://a.pipedrive.com"}.items():
        box.fields[name].value = value
    box._go.click()
    assert "does not exist" in box._said.value and not (tmp_path / "w").exists()


def test_an_account_without_token_or_that_does_not_answer_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is made: no token, nobody there."""
    monkeypatch.delenv("PIPEDRIVE_API_TOKEN", raising=False)
    monkeypatch.setattr("migkit.pipedrive.token._from_keyring", lambda host: "")
    with pytest.raises(UsageError, match="There is no API token"):
        ask_target("https://acme.pipedrive.com")
    monkeypatch.setenv("PIPEDRIVE_API_TOKEN", "x" * 40)
    monkeypatch.setattr("migkit.pipedrive.session.BACKOFF", 0.0)
    with pytest.raises(RemoteError):
        ask_target("http://127.0.0.1:1")


@pytest.mark.parametrize(("admin", "said"), [(True, "an administrator."), (False, "no administrator: use the token of one")])
def test_whose_token_it_is_is_told_as_the_preflight_tells_it(monkeypatch: pytest.MonkeyPatch, admin: bool, said: str) -> None:
    """An administrator has the right `admin` of the app `sales`, as Pipedrive's `users/me` has it: it has no field of its own for that."""
    me = {"id": 1, "name": "Kim", "company_name": "Acme", "access": [{"app": "global", "admin": admin}, {"app": "sales", "admin": admin}]}
    monkeypatch.setattr("migkit.steps.start.run", lambda asked: (asked.close(), (me, 0))[1])
    assert f"The account of Acme answers; the token belongs to Kim, {said}" in ask_target("https://acme.pipedrive.com")


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        (180_000, "180,000 tokens a day, as lite with 6 seats or growth with 3 seats is"),
        (210_000, "210,000 tokens a day, as lite with 7 seats or ultimate with 1 seat is"),
        (100_000, "100,000 tokens a day, which no plan gives by itself."),
    ],
)
def test_plan_and_seats_are_read_off_what_the_account_is_given(tokens: int, said: str) -> None:
    """30,000 tokens a seat, times 1, 2, 5 or 7 by the plan: what was chosen wrongly is seen before the workspace is made."""
    assert said in plans_with(tokens)


def test_lab_without_a_workspace_lays_the_start_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`migkit lab --only-files` in an empty folder: 00_start, with the name filled in; a copy that lies there stays."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["lab", "--only-files", "--by", "Kim Lee"])
    assert done.exit_code == 0 and "Begin with 00_start.ipynb" in done.output
    start = tmp_path / "00_start.ipynb"
    assert 'by = \\"Kim Lee\\"' in start.read_text(encoding="utf-8")
    start.write_text("mine", encoding="utf-8")
    CliRunner().invoke(main, ["lab", "--only-files"])
    assert start.read_text(encoding="utf-8") == "mine"


def test_an_option_of_jupyterlab_is_no_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`migkit lab --no-browser`: the start is laid out, and JupyterLab gets the option."""
    opened: list[tuple[Path, tuple[str, ...]]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("migkit.steps.lab.open_lab", lambda folder, options: opened.append((folder, options)))
    assert CliRunner().invoke(main, ["lab", "--no-browser", "--ServerApp.port=1"]).exit_code == 0
    assert opened == [(tmp_path, ("00_start.ipynb", "--no-browser", "--ServerApp.port=1"))]
