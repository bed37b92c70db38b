"""What a workspace holds is for its owner alone, and no table that we write runs as a formula."""

from __future__ import annotations

import ast
import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import migkit
from migkit.workspace import Settings, Workspace, csv_text, write_csv, write_rows

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 3, 20, {})


@pytest.fixture
def open_umask() -> Iterator[None]:
    """A process that lets everybody read and write what it makes."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    """Return path → mode of everything below a folder, and of the folder, where others may do anything with it."""
    found = {path: path.stat().st_mode & 0o7777 for path in (folder, *folder.rglob("*"))}
    return {str(path): f"{mode:o}" for path, mode in found.items() if mode & 0o077}


def test_nobody_else_reads_a_workspace(tmp_path: Path, open_umask: None) -> None:
    """Folders are 0700 and files 0600 under any umask: snapshot, decisions, tables, whatever a library writes."""
    export = tmp_path / "export"
    (export / "sub").mkdir(parents=True)
    (export / "sub" / "patients.csv").write_text("Patient ID,Name\n1,Ann\n")
    workspace, snapshot = Workspace.create_from(tmp_path / "acme", SETTINGS, export)
    workspace.write_decision("owners", {"version": 1})
    write_csv(pd.DataFrame({"a": ["x"]}), workspace.work / "a.csv")
    pd.DataFrame({"a": ["x"]}).to_parquet(workspace.work / "a.parquet")
    workspace.start_run("10_audit")
    assert modes(workspace.path) == {}
    assert (workspace.path.stat().st_mode & 0o777, (snapshot.path / "sub/patients.csv").stat().st_mode & 0o777) == (0o700, 0o400)


def test_a_workspace_that_stood_open_is_closed_when_it_is_opened(tmp_path: Path, open_umask: None) -> None:
    """One that an earlier migkit made, or that somebody copied."""
    path = Workspace.create(tmp_path / "acme", SETTINGS).path
    path.chmod(0o755)
    Workspace.open(path)
    assert path.stat().st_mode & 0o777 == 0o700


def test_every_cell_and_header_of_a_table_is_neutral(tmp_path: Path) -> None:
    """Whatever the type of its column; what is empty stays empty."""
    frame = pd.DataFrame({"=head": pd.Series(["=a", None], dtype="string"), "kind": pd.Categorical(["@b", "x"]), "mixed": ["+c", 1]})
    assert csv_text(frame) == "'=head,kind,mixed\n'=a,'@b,'+c\n,x,1\n"
    write_rows([["=head"], ["=a"]], tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["'=head"], ["'=a"]]


WRITERS = frozenset({"to_csv", "to_excel", "writer", "DictWriter", "ExcelWriter", "Workbook", "to_clipboard"})
KNOWN = {
    "workspace/tables.py": "the one place",
    "report/spreadsheet.py": "workbooks, whose texts are texts",
    "sandbox/spreadsheets/workbook.py": "the skip file of a Pipedrive that is none of ours: rows as they came, texts as texts",
    "source/sheet.py": "a row as one line of text, read again by us alone",
}


def test_every_table_is_written_in_one_place() -> None:
    """No other file of the package writes CSV or workbooks; made-up practices write what real ones do, formulas too."""
    root = Path(migkit.__file__).parent
    found = set()
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        named = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
        if named & WRITERS and not name.startswith("generate/"):
            found.add(name)
    assert found == KNOWN.keys()
