"""An export that would take more memory than it may stops before its first file is read; one that fits is read as ever."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from migkit.model.errors import MachineError
from migkit.source import read_export

PATIENTS = "Patient ID,First Name,Last Name\n1,Ann,Lee\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "Patients.csv").write_text(PATIENTS, encoding="utf-8")
    return folder


def _large(export: Path, what: str) -> str:
    """Add 4 MB of something; return the name that it has in messages."""
    name = "Notes.csv"
    if what == "many rows":
        (export / name).write_text("Patient ID,Note\n" + "1,a\n" * 1_000_000, encoding="utf-8")
    elif what == "one cell":
        (export / name).write_text(f"Patient ID,Note\n1,{'long ' * 20_000_000}\n", encoding="utf-8")
    elif what == "rejects":
        (export / name).write_text("Patient ID,Note\n" + '1,"a\n' * 800_000, encoding="utf-8")
    else:
        with zipfile.ZipFile(export / "All.zip", "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr(name, "Patient ID,Note\n" + "".join(f"{n},{n}\n" for n in range(500_000)))
        name = "All.zip/Notes.csv"
    return name


@pytest.mark.parametrize("what", ["many rows", "one cell", "rejects", "zip"])
def test_what_does_not_fit_stops_before_it_is_read(export: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it would take, what may be taken, which file and which setting are said; no file was opened for reading."""
    name = _large(export, what)
    monkeypatch.setattr("migkit.source.export._read_file", lambda *_: pytest.fail("a file was read"))
    said = rf'{name} alone .* 400 MB may be taken.*Nothing was read.*`memory = "\d GB"` under \[machine\]'
    with pytest.raises(MachineError, match=said):
        read_export(export, memory=400_000_000)


def test_a_workbook_is_counted_as_it_unpacks(export: Path) -> None:
    """A workbook of 200 KB whose XML takes many times that."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(8_000):
        sheet.append([number, "Ann", "Lee", "2026-01-02"])
    book.save(export / "Book.xlsx")
    with pytest.raises(MachineError, match=r"Book\.xlsx alone"):
        read_export(export, memory=301_000_000)


def test_what_is_no_table_takes_nothing(export: Path) -> None:
    """Pictures and papers of any size are listed, not read; an ordinary export fits into little."""
    (export / "Scan.png").write_bytes(bytes(50_000_000))
    read = read_export(export, memory=301_000_000)
    assert read.tables["Patients"].frame["Last Name"].tolist() == ["Lee"] and list(read.attachments["path"]) == ["Scan.png"]


@pytest.mark.parametrize("at", [0, 4, 20, 28, 42])
def test_a_workbook_with_a_damaged_list_of_its_parts_is_one_finding(tmp_path: Path, at: int) -> None:
    """Whether it fits is asked before anything is read: what cannot be counted is left to the reader, and the other files are read."""
    path = tmp_path / "Broken.xlsx"
    openpyxl.Workbook().save(path)
    whole = bytearray(path.read_bytes())
    begin = whole.index(b"PK\x01\x02") + at  # the first record of the list of parts
    whole[begin : begin + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(bytes(whole))
    (tmp_path / "Patients.csv").write_text("Patient ID,First Name\n1,Ada\n2,Bo\n", encoding="utf-8")
    raw = read_export(tmp_path)
    assert [len(table.frame) for table in raw.tables.values()] == [2]
    assert "Broken.xlsx" in " ".join(str(finding) for finding in raw.findings)


def test_a_workbook_that_does_not_say_when_it_was_written_is_read(tmp_path: Path) -> None:
    """The part that says so is damaged, the tables are not."""
    book = openpyxl.Workbook()
    for row in (["Patient ID", "First Name"], ["1", "Ada"], ["2", "Bo"]):
        book.active.append(row)
    path = tmp_path / "Patients.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as bundle:
        part = bundle.getinfo("docProps/core.xml")
    whole = bytearray(path.read_bytes())
    begin = part.header_offset + 30 + len(part.filename)
    whole[begin : begin + part.compress_size] = b"\xff" * part.compress_size
    path.write_bytes(bytes(whole))
    (table,) = read_export(tmp_path).tables.values()
    assert table.frame["First Name"].tolist() == ["Ada", "Bo"]
