"""A notebook runs as a report from wherever the command is typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from migkit.model.errors import MachineError, UsageError
from migkit.report import run_notebook
from migkit.resources import folder
from migkit.running import NotebookFailed, render
from migkit.workspace import Run

TEMPLATES = folder("templates")


def test_a_relative_folder_is_as_good_as_an_absolute_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`migkit run acme audit`, typed beside the folder `acme`: the kernel starts, its sentence comes back, the page is written."""
    monkeypatch.chdir(tmp_path)
    run = Run("r1", "10_audit", Path("runs/r1"))
    run.path.mkdir(parents=True)

    with pytest.raises(UsageError, match="not a migkit workspace"):
        run_notebook("10_audit", {"workspace": "nowhere"}, run)
    assert {path.name for path in run.path.glob("10_audit.*")} == {"10_audit.ipynb", "10_audit.html"}


ENDS = {
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "asked to end": "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "aborted": "import os; os.abort()",
    "gone without a word": "import os; os._exit(3)",
    "killed later": "import os, signal, threading\nthreading.Timer(0.2, os.kill, (os.getpid(), 9)).start()\nthreading.Event().wait(60)",
}


@pytest.mark.parametrize("end", ENDS)
def test_a_kernel_that_was_killed_is_one_sentence(tmp_path, monkeypatch, end):
    """The system ends the largest process when memory is short: what happened and what to do, no traceback."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(ENDS[end])])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, notebooks / "10_audit.ipynb")
    monkeypatch.setattr("migkit.resources.folder", lambda name: notebooks)
    (tmp_path / "run").mkdir()

    with pytest.raises(NotebookFailed, match="ended from outside, probably for want of memory: run the same command again"):
        run_notebook("10_audit", {}, Run("id", "audit", tmp_path / "run"))


def test_a_full_disk_stops_a_notebook_with_a_sentence(tmp_path, monkeypatch):
    """What the system refuses inside a kernel comes out as the same sentence as at the door, and says how to go on."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    full = "import errno\nfrom migkit.report import one_sentence_errors\none_sentence_errors()\n"
    cells = [nbformat.v4.new_code_cell(full + "raise OSError(errno.ENOSPC, 'No space left on device', '/data/acme/x')")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, notebooks / "10_audit.ipynb")
    monkeypatch.setattr("migkit.running.notebooks.resources.folder", lambda name: notebooks if name == "notebooks" else TEMPLATES)
    (tmp_path / "run").mkdir()

    with pytest.raises(MachineError, match=r"disk is full \(/data/acme/x\): make room.* the same command goes on") as stopped:
        run_notebook("10_audit", {}, Run("id", "audit", tmp_path / "run"))
    assert stopped.value.exit_code == 2
    page = (tmp_path / "run" / "10_audit.html").read_text(encoding="utf-8")
    assert "The disk is full" in page and "Traceback" not in page


def test_a_kernel_sees_the_variables_that_it_is_given_and_this_process_keeps_its_own(tmp_path, monkeypatch):
    """What one workspace needs is no matter of another one that the same process works on: tokens and switches go to its kernel alone."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    told = tmp_path / "told"
    tell = f"import os, pathlib\npathlib.Path({str(told)!r}).write_text(' '.join(sorted(os.environ)))"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(tell)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, notebooks / "10_audit.ipynb")
    monkeypatch.setattr("migkit.running.notebooks.resources.folder", lambda name: notebooks if name == "notebooks" else TEMPLATES)
    monkeypatch.setenv("OF_ANOTHER", "secret")
    before = dict(os.environ)
    (tmp_path / "run").mkdir()

    run_notebook("10_audit", {}, Run("id", "audit", tmp_path / "run"), {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "OWN": "1"})
    seen = told.read_text().split()
    assert {"OWN", "MIGKIT_IN_REPORT"} <= set(seen) and "OF_ANOTHER" not in seen
    assert dict(os.environ) == before


ASKING = """
import sys
from pathlib import Path
from migkit import resources
from migkit.report import run_notebook
from migkit.workspace import Run

if __name__ == "__main__":
    resources.folder = lambda name: Path(sys.argv[1]) / "notebooks"
    run_notebook("10_audit", {}, Run("id", "audit", Path(sys.argv[1]) / "run"))
"""


def test_a_kernel_ends_with_who_asked_for_it(tmp_path: Path) -> None:
    """Whoever runs a notebook is killed: its kernel, though forked from another process, does not go on."""
    (tmp_path / "run").mkdir()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "ask.py").write_text(ASKING)
    os.mkfifo(tmp_path / "alive")
    works = (
        f"line = open({str(tmp_path / 'alive')!r}, 'w')\nimport threading\nthreading.Event().wait(60)\nline.write('went on')\nline.close()"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(works)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "notebooks" / "10_audit.ipynb")

    command = [sys.executable, tmp_path / "ask.py", tmp_path]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as asking, (tmp_path / "alive").open() as line:
        asking.kill()  # the line opens as soon as the kernel has opened it
        assert line.read() == ""  # closed, and nothing was written: the kernel is gone


def test_a_report_names_the_next_notebook_without_a_link_to_it(tmp_path: Path) -> None:
    """In JupyterLab the next notebook is a click away; in a report, which lies alone, only its name stands."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Audit\n\nOpen [`25_people`](25_people.ipynb), [help](x.html).")]
    )
    nbformat.write(notebook, tmp_path / "10_audit.ipynb")
    page = render(tmp_path / "10_audit.ipynb").read_text(encoding="utf-8")
    assert "<code>25_people</code>" in page and "25_people.ipynb" not in page and 'href="x.html"' in page
