"""The workspace's own copy of the notebooks."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from migkit.cli import main
from migkit.report import NOTEBOOKS
from migkit.steps.lab import lay_out, open_lab
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "acme dental", SETTINGS)


def parameters(notebook: Path) -> dict[str, object]:
    """What the parameters cell of a notebook sets."""
    cells = json.loads(notebook.read_text())["cells"]
    (source,) = ("".join(cell["source"]) for cell in cells if "parameters" in cell["metadata"].get("tags", []))
    names: dict[str, object] = {}
    exec(source, names)
    return names


def test_every_notebook_is_laid_out_with_the_workspace_and_the_name_filled_in(workspace):
    """Each copy opens this workspace by its absolute path; `by` is the analyst's name, quotes included."""
    folder = lay_out(workspace, 'Kim "KL" Lee')

    assert {path.stem for path in folder.glob("*.ipynb")} == set(NOTEBOOKS)
    for path in folder.glob("*.ipynb"):
        assert parameters(path)["workspace"] == str(workspace.path)
        assert parameters(path).get("by", 'Kim "KL" Lee') == 'Kim "KL" Lee'
    assert "notebooks/" in (workspace.path / ".gitignore").read_text()


def test_a_copy_that_somebody_worked_in_is_kept_and_an_untouched_one_follows(workspace):
    """A second call replaces no notebook that was edited; one that nobody touched takes the new name."""
    folder = lay_out(workspace, "Kim")
    worked_in = folder / "10_audit.ipynb"
    worked_in.write_text(worked_in.read_text().replace("# Audit", "# My audit"))

    lay_out(workspace, "Alex")

    assert "# My audit" in worked_in.read_text() and parameters(worked_in)["by"] == "Kim"
    assert parameters(folder / "20_mapping_review.ipynb")["by"] == "Alex"


def test_the_command_lays_out_and_says_where(workspace):
    """`migkit lab W --only-files` names the folder and opens nothing."""
    done = CliRunner().invoke(main, ["lab", os.fspath(workspace.path), "--only-files"])

    assert done.exit_code == 0 and str(workspace.path / "notebooks") in done.output
    assert (workspace.path / "notebooks" / "90_handover.ipynb").exists()


def test_a_notebook_without_a_workspace_says_so():
    """Nothing defaults to another practice's workspace."""
    with pytest.raises(Exception, match="migkit lab WORKSPACE"):
        Workspace.open("")


def test_jupyterlab_opens_with_a_button_that_runs_everything_and_without_news(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder that it is told to take its settings from holds them; the options of whoever opens it come last and win."""
    started: list[list[str]] = []
    monkeypatch.setattr("os.execve", lambda _, command, environ: started.append(command))
    monkeypatch.chdir(workspace.path)
    open_lab(workspace.path, ("--no-browser",))
    (option,) = [word for word in started[0] if word.startswith("--LabApp.app_settings_dir=")]
    settings = json.loads((Path(option.partition("=")[2]) / "overrides.json").read_text(encoding="utf-8"))
    assert settings["@jupyterlab/notebook-extension:panel"]["toolbar"][0]["command"] == "runmenu:run-all"
    assert settings["@jupyterlab/apputils-extension:notification"] == {"fetchNews": "false", "checkForUpdates": False}
    assert started[0][-1] == "--no-browser"
