"""Reject files that load again, the audit scan, fetched links, cleaning by hand."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from migkit.model.errors import DataError
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.source import Cleaning, apply_cleanings, fetch_links, read_export, scan, type_tables, write_rejects
from migkit.source.audit import HIDDEN

from . import maps

MAP = maps.source_map(
    maps.table_map("patients", "patients", {"Patient ID": "patient_id", "Name": "full_name", "Town": "suburb", "Balance": "balance"})
)
DAMAGED = (
    'Patient ID,Name,Town,Balance\n1,"Ng, Ada",Perth,5\n2,"Roe, Sam",Perth\n3,"Low, Kim",Unit 3, Darwin,7\n'
    '4,"Kay,Perth,1\n,"Day, Jo",Perth,2\n'
)


def put(folder: Path, files: Mapping[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


# -- rejects ----------------------------------------------------------------------------------------------------------


def test_reject_files_hold_the_original_columns_and_the_reason(tmp_path: Path) -> None:
    """Short, long and unclosed rows and a row without its key, each with file and line; cells too many stand apart."""
    raw = read_export(put(tmp_path / "export", {"patients.csv": DAMAGED}))
    tables = type_tables(raw, MAP, maps.schema(), country=maps.AU, today=date(2026, 11, 1))
    (path,) = write_rejects(raw, tables.row_outcomes, tmp_path / "rejects")
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert path.name == "patients.rejects.csv"
    assert header == ["Patient ID", "Name", "Town", "Balance", "reject_reason", "reject_code", "reject_file", "reject_line", "reject_extra"]
    ragged = "The line has more or fewer cells than its header."
    assert rows == [
        ["2", "Roe, Sam", "Perth", "", ragged, "ragged-row", "patients.csv", "3", ""],
        ["3", "Low, Kim", "Unit 3", " Darwin", ragged, "ragged-row", "patients.csv", "4", "7"],
        ["4", "Kay,Perth,1", "", "", "A quotation mark in the line is never closed.", "unclosed-quote", "patients.csv", "5", ""],
        ["", "Day, Jo", "Perth", "2", "It has no patient id.", "missing-field", "patients.csv", "6", ""],
    ]


def test_a_mended_reject_file_loads_as_rows_of_its_table(tmp_path: Path) -> None:
    """Put beside the export it completes the table; its columns of reasons are no columns of the practice."""
    export = put(tmp_path / "export", {"patients.csv": DAMAGED})
    raw = read_export(export)
    (path,) = write_rejects(raw, type_tables(raw, MAP, maps.schema(), country=maps.AU, today=date(2026, 11, 1)).row_outcomes, export)
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    mended = [
        ["2", "Roe, Sam", "Perth", ""],
        ["3", "Low, Kim", "Unit 3, Darwin", "7"],
        ["4", "Kay", "Perth", "1"],
        ["5", "Day, Jo", "Perth", "2"],
    ]
    frame[["Patient ID", "Name", "Town", "Balance"]] = mended
    frame.to_csv(path, index=False, encoding="utf-8-sig")
    again = read_export(export)
    assert list(again.tables) == ["patients"] and again.tables["patients"].columns == ["Patient ID", "Name", "Town", "Balance"]
    tables = type_tables(again, MAP, maps.schema(), country=maps.AU, today=date(2026, 11, 1))
    assert sorted(tables["patients"]["patient_id"]) == ["1", "2", "3", "4", "5"]
    assert tables["patients"].set_index("patient_id").at["3", "suburb"] == "Unit 3, Darwin"
    assert set(tables["patients"].loc[tables["patients"]["patient_id"].ne("1"), "_file"]) == {"patients.rejects.csv"}


def test_a_reject_file_loads_again_as_it_is_where_cells_look_like_formulas(tmp_path: Path) -> None:
    """No spreadsheet runs a cell of it, and no cell and no column of the table is another one when it is read again."""
    cells = ["=1+1", "-5 mg", "'=2", "@home", "'s Town", "-12.50", "+61 2 9999 0000"]
    text = "Patient ID,- Name,Town\n1,Ng,Perth\n" + "".join(f"{n},{cell},{cell}\n" for n, cell in enumerate(cells, 2))
    raw = read_export(put(tmp_path / "export", {"patients.csv": text}))
    refused = [RowOutcome("patients.csv", n, "patient", f"patient:{n}", Outcome.REJECTED, Message.of("missing-field", field="name"))
               for n in range(3, 3 + len(cells))]  # fmt: skip
    put(tmp_path / "again", {"patients.csv": "Patient ID,- Name,Town\n1,Ng,Perth\n"})
    (path,) = write_rejects(raw, refused, tmp_path / "again")
    with path.open(encoding="utf-8-sig", newline="") as file:
        written = [row[1] for row in csv.reader(file)]
    assert written == ["'- Name", "'=1+1", "'-5 mg", "''=2", "'@home", "'s Town", "-12.50", "+61 2 9999 0000"]
    again = read_export(tmp_path / "again").tables["patients"]
    assert again.columns == ["Patient ID", "- Name", "Town"]
    for column in ("- Name", "Town"):
        assert again.frame[column].tolist() == ["Ng" if column == "- Name" else "Perth", *cells]


def test_a_link_in_an_export_is_named_and_not_followed(tmp_path: Path) -> None:
    """A file, and a folder, that only point elsewhere: what lies there is no table and no attachment of the export."""
    elsewhere = put(tmp_path / "elsewhere", {"secret.csv": "Patient ID,Name\n9,Zed\n"})
    export = put(tmp_path / "export", {"patients.csv": "Patient ID,Name\n1,Ng\n"})
    (export / "more.csv").symlink_to(elsewhere / "secret.csv")
    (export / "folder").symlink_to(elsewhere)
    raw = read_export(export)
    assert [list(table.frame["Name"]) for table in raw.tables.values()] == [["Ng"]]
    assert sorted((f.code, *f.keys) for f in raw.findings) == [("file-is-link", "folder"), ("file-is-link", "more.csv")]


def test_an_export_without_rejects_has_no_reject_file(tmp_path: Path) -> None:
    """Nothing to mend, nothing written."""
    raw = read_export(put(tmp_path / "export", {"patients.csv": "Patient ID,Name\n1,Ng\n"}))
    assert write_rejects(raw, (), tmp_path / "rejects") == []


# -- scan -------------------------------------------------------------------------------------------------------------


def test_the_scan_profiles_columns_and_hides_rare_values(tmp_path: Path) -> None:
    """Types, emptiness, uniqueness, extremes; no value of fewer than five rows is shown."""
    rows = "".join(f"{n},{'F' if n % 3 else 'M'},{n:02d}/02/2026,$1{n}.50,{'rare' if n == 7 else ''}\n" for n in range(1, 13))
    raw = read_export(put(tmp_path / "export", {"patients.csv": f"ID,Sex,Seen,Paid,Note\n{rows}", "bad.xlsx": "no workbook"}))
    found = scan(raw)
    columns = found.columns.set_index("column")
    assert columns["type"].to_dict() == {"ID": "integer", "Sex": "text", "Seen": "date", "Paid": "money", "Note": "text"}
    assert columns.loc["Note", ["rows", "fraction_empty", "unique", "max_length"]].tolist() == [12, round(11 / 12, 4), 1, 4]
    assert columns.loc["Seen", ["minimum", "maximum"]].tolist() == ["2026-02-01", "2026-02-12"]
    assert columns.loc["Paid", ["minimum", "maximum"]].tolist() == ["11.5", "112.5"]
    values = found.values[found.values["column"].eq("Sex")]
    assert values[["value", "rows"]].to_numpy().tolist() == [["F", 8], [HIDDEN, 4]]
    assert set(found.values.loc[found.values["column"].isin(["Note", "ID"]), "value"]) == {HIDDEN}
    assert found.tables[["table", "rows", "columns", "empty_columns"]].to_numpy().tolist() == [["patients", 12, 5, 0]]
    assert found.files[["file", "rejects"]].to_numpy().tolist() == [["patients.csv", 0], ["bad.xlsx", 1]]


def test_a_table_of_headers_only_is_scanned(tmp_path: Path) -> None:
    """No rows, no extremes, type empty."""
    found = scan(read_export(put(tmp_path / "export", {"patients.csv": "ID,Name\n"})))
    assert found.columns[["column", "type", "rows", "unique"]].to_numpy().tolist() == [["ID", "empty", 0, 0], ["Name", "empty", 0, 0]]


# -- links ------------------------------------------------------------------------------------------------------------


def test_https_links_are_fetched_once_hashed_and_failures_told(tmp_path: Path) -> None:
    """A second run asks nobody for what is there; http and failing links are findings without a path."""
    index = pd.DataFrame(
        {
            "url": pd.array(["https://x.example/a.pdf", "https://x.example/b.pdf", "http://x.example/c.pdf", None], dtype="string"),
            "path": pd.array([None, None, None, "files/d.pdf"], dtype="string"),
            "file_name": pd.array(["Invoice 1.pdf", None, None, None], dtype="string"),
            "_key": pd.array(["attachment:1", "attachment:2", "attachment:3", "attachment:4"], dtype="string"),
        }
    )
    asked: list[str] = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        if url.endswith("b.pdf"):
            raise OSError("gone")
        return b"%PDF"

    first = fetch_links(index, tmp_path / "fetched", fetch)
    second = fetch_links(index, tmp_path / "fetched", fetch)
    assert asked == ["https://x.example/a.pdf", "https://x.example/b.pdf", "https://x.example/b.pdf"]
    name = first.attachments["path"].iloc[0]
    assert first.attachments.to_numpy().tolist() == [
        [name, "315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027", 4, "application/pdf"]
    ]
    assert name.endswith("-Invoice_1.pdf") and (tmp_path / "fetched" / name).read_bytes() == b"%PDF"
    assert first.index["path"].fillna("").tolist() == [name, "", "", "files/d.pdf"] and second.index.equals(first.index)
    assert [(one.code, one.count, one.keys) for one in first.findings] == [("link-not-fetched", 2, ("attachment:2", "attachment:3"))]


# -- cleaning by hand -------------------------------------------------------------------------------------------------


def typed(tmp_path: Path):  # type: ignore[no-untyped-def]
    raw = read_export(
        put(tmp_path / "export", {"patients.csv": 'Patient ID,Name,Town,Balance\n1,"NGUYEN, Ada",perth,5\n2,"Roe, Sam",Perth,\n'})
    )
    return type_tables(raw, MAP, maps.schema(), country=maps.AU, today=date(2026, 11, 1))


def test_a_step_changes_values_and_each_change_is_a_repair(tmp_path: Path) -> None:
    """The step's name is the rule; tables before the step are left as they were."""
    tables = typed(tmp_path)
    step = Cleaning("title-case towns", "patients", lambda frame: frame.assign(suburb=frame["suburb"].str.title()), "Rose", "mixed case")
    after = apply_cleanings(tables, [step])
    assert after["patients"]["suburb"].tolist() == ["Perth", "Perth"] and tables["patients"]["suburb"].tolist() == ["perth", "Perth"]
    mine = after.repairs[after.repairs["rule"].eq("cleaning:title-case towns")]
    assert mine[["table", "field", "key", "file", "line", "before", "after"]].to_numpy().tolist() == [
        ["patients", "suburb", "patient:1", "patients.csv", 2, "perth", "Perth"]
    ]


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("colours", lambda frame: frame, "no canonical table"),
        ("patients", lambda frame: frame.iloc[1:], "only change values"),
        ("patients", lambda frame: frame.drop(columns="suburb"), "only change values"),
        ("patients", lambda frame: frame["nothing"], "failed (KeyError)"),
    ],
)
def test_a_step_that_does_more_than_change_values_is_refused(tmp_path: Path, table: str, change: object, words: str) -> None:
    """Rows, keys and columns stay; an error inside names the step and not the data."""
    with pytest.raises(DataError) as told:
        apply_cleanings(typed(tmp_path), [Cleaning("s", table, change, "Rose", "why")])  # type: ignore[arg-type]
    assert words in str(told.value)
