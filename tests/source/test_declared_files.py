"""What a person says of a file where the reader guesses wrong, and files that are no data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migkit.model.errors import DataError, UsageError
from migkit.model.outcomes import Severity
from migkit.model.tables import RawExport
from migkit.source import declare_file, parse_files, read_export

PATIENTS = "1|Ann|Lee|0412345678\n2|Bob|Ng|0412345679\n3|Cy|Oz|0412345680\n"
HEADER = ["Patient ID", "First Name", "Last Name", "Mobile"]
GOOD = "Patient ID,First Name\n7,Di\n"


def read(folder: Path, files: dict[str, str], *said: dict[str, Any]) -> RawExport:
    for name, body in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(body, encoding="utf-8")
    return read_export(folder, declarations=parse_files({"files": list(said)}))


def rows(raw: RawExport, table: str) -> list[list[str]]:
    frame = raw.tables[table].frame
    return [raw.tables[table].columns, *frame[raw.tables[table].columns].fillna("").to_numpy().tolist()]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("patients.dat", {"holds": "table", "header": HEADER}),
        ("patients.dat", {"holds": "table", "header": HEADER, "separator": "|"}),
        ("patients.out", {"holds": "table", "header": HEADER}),
        ("PATIENTS", {"holds": "table", "header": HEADER}),
        ("patients.csv", {"header": HEADER}),
        ("patients.txt", {"holds": "table", "header": HEADER}),
    ],
)
def test_a_table_under_another_ending_without_a_header(name: str, said: dict[str, Any], tmp_path: Path) -> None:
    """Its first line is a patient; the names of the columns are given."""
    raw = read(tmp_path, {name: PATIENTS, "good.csv": GOOD}, {"file": name, **said})
    assert rows(raw, name.partition(".")[0]) == [HEADER, *[line.split("|") for line in PATIENTS.splitlines()]]
    assert not raw.findings and raw.lines["kind"].value_counts().to_dict() == {"row": 4, "layout": 1}


def test_a_given_header_may_stand_there_already(tmp_path: Path) -> None:
    """Then that line is the header, and no patient."""
    raw = read(
        tmp_path,
        {"patients.dat": "patient id|first name|last name|mobile\n" + PATIENTS},
        {"file": "*.dat", "holds": "table", "header": HEADER},
    )
    assert len(raw.tables["patients"].frame) == 3 and raw.lines["kind"].tolist() == ["layout", "row", "row", "row"]


@pytest.mark.parametrize("name", ["patients.dat", "patients.lst", "patients"])
def test_what_reads_like_a_table_is_asked_about(name: str, tmp_path: Path) -> None:
    """It is not read unasked, nor passed over in silence."""
    body = "Patient ID|First Name|Last Name\n1|Ann|Lee\n2|Bob|Ng\n3|Cy|Oz\n"
    raw = read(tmp_path, {name: body, "good.csv": GOOD})
    assert [(finding.code, finding.keys) for finding in raw.findings] == [("table-under-other-ending", (name,))]
    named = read(tmp_path, {}, {"file": name, "holds": "table"})
    assert not named.findings and len(named.tables["patients"].frame) == 3
    assert not read(tmp_path, {}, {"file": name, "holds": "nothing"}).findings


TAB = "Patient ID\tLast Name\tFirst Name\n1\tNg\tAda\n2\tRoe\tSam\n"
TEXT_TABLES = {
    "as it is": (TAB, 2),
    "with lines of the printer below": (TAB + "\n2 records selected\nEnd of report\n", 2),
    "with a title above and its end below": ("Patient list\nas at 1 March\n" + TAB + "End\n", 2),
    "with commas": ("Patient ID,Last Name,First Name\n1,Ng,Ada\n2,Roe,Sam\n3,Low,Kim\nPrinted by Kim\n", 3),
    "with bars": ("Patient ID|Last Name|First Name\n1|Ng|Ada\n2|Roe|Sam\n(2 rows)\n", 2),
    "of one row": ("Patient ID;Last Name;First Name\n1;Ng;Ada\n", 1),
}
PROSE = {
    "a letter": "Dear Ada,\nthank you for your visit.\nYours, Kim\n",
    "a list of notes": "Please note, all is exported.\nPatients, invoices, payments: see there.\nAsk Kim, or Rose.\n",
    "one line": "Exported on 1 March, complete\n",
    "lines of a log": "started\nreading patients, 200 rows\nwriting\nreading fees, 12 rows\ndone\n",
    "an address": "Harbourside Dental\n1 High St, Newtown, NSW\nTel 02 9555 0100\n",
}


@pytest.mark.parametrize("case", TEXT_TABLES)
def test_a_table_in_a_text_file_is_read_with_what_is_printed_around_it(case: str, tmp_path: Path) -> None:
    """A .txt is a table where its lines with cells have the header's number of them."""
    body, size = TEXT_TABLES[case]
    raw = read(tmp_path, {"patients.txt": body, "good.csv": GOOD})
    (found,) = [table for name, table in raw.tables.items() if name != "good"]
    assert (len(found.frame), found.columns, found.files) == (size, ["Patient ID", "Last Name", "First Name"], ("patients.txt",))


@pytest.mark.parametrize("case", PROSE)
def test_a_text_that_is_not_read_is_said(case: str, tmp_path: Path) -> None:
    """Nothing of it becomes a row, and the file is named, until somebody says that it holds nothing."""
    raw = read(tmp_path, {"notes.txt": PROSE[case], "good.csv": GOOD})
    assert list(raw.tables) == ["good"] and [(f.code, f.keys) for f in raw.findings] == [("text-without-table", ("notes.txt",))]
    assert not read(tmp_path, {}, {"file": "notes.txt", "holds": "nothing"}).findings


NO_DATA = {
    "schema.sql": "CREATE TABLE patients (\n  id INT PRIMARY KEY,\n  name TEXT\n);\nCREATE INDEX a ON patients (name);\n",
    "db/Structure.sql": "-- the tables\ncreate table a (b int);\nalter table a add c int;\n",
    "README": "Exported by Kim on 1 March. Rows: 7.\n",
    "readme.txt": "File, what it holds\npatients.csv, all patients\nfees.csv, all fees\n",
    "read_me.md": "# Export\n",
    "patients.csv.sha256": "0f0f patients.csv\n",
    "docs/LICENSE.txt": "Whoever, reads, this\nmay, use, it\n",
    "manifest.txt": "patients.csv 12\n",
}


@pytest.mark.parametrize("name", NO_DATA)
def test_a_file_that_is_no_data_is_named_as_such(name: str, tmp_path: Path) -> None:
    """It is no finding, no table and no attached file."""
    raw = read(tmp_path, {name: NO_DATA[name], "good.csv": GOOD})
    assert list(raw.documents) == [name] and list(raw.tables) == ["good"]
    assert not raw.findings and raw.attachments.empty


@pytest.mark.parametrize(
    "body",
    ["CREATE TABLE a (b int);\nINSERT INTO a VALUES (1);\n", "create table a (b int);\nCOPY a (b) FROM stdin;\n1\n\\.\n", "SELECT 1;\n"],
)
def test_a_dump_with_rows_stops_the_load(body: str, tmp_path: Path) -> None:
    """Patients may be in there."""
    raw = read(tmp_path, {"dump.sql": body, "good.csv": GOOD})
    assert [(finding.code, finding.severity) for finding in raw.findings] == [("file-is-database", Severity.CRITICAL)]
    assert not read(tmp_path, {}, {"file": "dump.sql", "holds": "nothing"}).findings


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"holds": "table"}, "'file' must name a file"),
        ({"file": "a.csv", "holds": "maybe"}, "'holds' must be table or nothing"),
        ({"file": "a.csv", "opens": "Account*"}, "'opens' must be a list of texts"),
        ({"file": "a.csv", "header": [1, 2]}, "'header' must be a list of texts"),
        ({"file": "a.csv", "separator": "||"}, "'separator' must be one character"),
        ({"file": "a.csv", "colour": "red"}, "'colour' is nothing that can be said of a file"),
    ],
)
def test_a_malformed_entry_is_told_by_its_number(entry: dict[str, Any], problem: str) -> None:
    """In the file, and before it is written."""
    with pytest.raises(DataError, match=r"decisions/files.yaml, entry 2: " + problem):
        parse_files({"files": [{"file": "b.csv", "rows": "apart"}, entry]})
    if "file" in entry:
        said = {name: value for name, value in entry.items() if name != "file"}
        with pytest.raises(UsageError, match=f"{problem}.* Nothing was decided"):
            declare_file({}, "a.csv", said, by="Kim", at="2026-03-01", why="so it is")


def test_what_is_said_again_replaces_what_was_said() -> None:
    """Of one file; a name and a reason are needed."""
    first = declare_file({}, "a.csv", {"opens": ["A*"]}, by="Kim", at="2026-03-01", why="seen")
    both = declare_file(first, "b.csv", {"rows": "apart"}, by="Kim", at="2026-03-01", why="seen")
    again = declare_file(both, "a.csv", {"carry": ["Date"]}, by="Lee", at="2026-03-02", why="looked again")
    assert [entry["file"] for entry in again["files"]] == ["b.csv", "a.csv"]
    assert parse_files(again).of("a.csv").carry == ("Date",) and parse_files(again).of("A.CSV").opens is None
    with pytest.raises(UsageError, match="needs a name and a reason"):
        declare_file({}, "a.csv", {"rows": "apart"}, by="Kim", at="", why=" ")
