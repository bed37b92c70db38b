"""Where a table begins and ends in its sheet, and what tables are called."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from migkit.model.errors import DataError, UsageError
from migkit.source import read_export
from migkit.source.header import find_header, name_columns
from migkit.source.names import split_name
from migkit.source.stack import file_order

HEADERS = {
    "first row": ([["ID", "Name"], ["1", "Ng"]], 0),
    "below titles and blanks": ([["Recall Report"], [], ["Period: 1/1/2026"], ["ID", "Name", "Due"], ["1", "Ng", "1/2/2026"]], 3),
    "below a pair": ([["Dentist:", "Ng, Ada"], ["ID", "Name", "Due", "Fee"], ["1", "Ng", "1/2/2026", "5"]], 1),
    "a narrow header": ([["Code", "Name"], ["A", "B"], ["C", "D"]], 0),
    "a header called No": ([["No", "Patient"], ["I1", "2"]], 0),
    "headers only": ([["ID", "Name", "DOB"]], 0),
    "numbers among labels": ([["Patient", "0-30", "31-60", "Current", "Total owing"], ["Ng", "5", "6", "7", "18"]], 0),
    "nothing but numbers": ([["1", "2"], ["3", "4"]], None),
    "one column": ([["Name"], ["Ng"]], None),
    "nothing": ([], None),
}


@pytest.mark.parametrize("case", HEADERS)
def test_the_header_is_the_first_row_that_reads_like_labels_over_the_table(case: str) -> None:
    """Position of the header among the rows, None where there is no table."""
    rows, index = HEADERS[case]
    header = find_header(rows)
    assert (header.index if header else None) == index


def test_columns_get_unique_names() -> None:
    """Repeated, empty and underscored headers."""
    assert name_columns(["Name", "Name", "", " Date\nof birth ", "_id"]) == ("Name", "Name (2)", "column 3", "Date of birth", "id")


def lines(folder: Path, text: str, name: str = "report.csv") -> list[tuple[str, str]]:
    (folder / name).write_text(text, encoding="utf-8")
    found = read_export(folder).lines
    return list(zip(found["kind"], found["reason"], strict=True))


def test_sub_totals_do_not_end_a_table_and_what_stands_below_the_last_total_is_no_row(tmp_path: Path) -> None:
    """Rows after a sub-total go on; a small block below the grand total does not."""
    text = (
        "Dentist,Patient,Day,Fee\nLee,Ng,1/2/2026,5\nLee,Roe,1/2/2026,6\nTotal Lee,,,11\n\nKay,Low,2/2/2026,7\nTotal Kay,,,7\n"
        "Grand total,,,18\n\nMethod,Sum,,\nCash,18,,\nEnd of report,,,\n"
    )
    assert [kind for kind, _ in lines(tmp_path, text)] == ["layout", "row", "row", "layout", "layout", "row", *["layout"] * 6]
    assert read_export(tmp_path).findings == ()


@pytest.mark.parametrize(("stated", "found"), [("18", 0), ("17", 1), ("$18.00", 0), ("(18)", 1)])
def test_a_total_row_that_is_not_the_sum_of_its_rows_is_told(tmp_path: Path, stated: str, found: int) -> None:
    """To the cent; the finding names file and line."""
    lines(tmp_path, f"Patient,Day,Fee\nNg,1/2/2026,5\nRoe,1/2/2026,6\nLow,2/2/2026,7\nTotal,,{stated}\n")
    findings = read_export(tmp_path).findings
    assert [(one.code, one.keys) for one in findings] == [("report-total-mismatch", ("report.csv:5",))] * found


def test_a_total_without_the_rows_that_stand_twice_is_right_too(tmp_path: Path) -> None:
    """Reports sum what they mean, not what they print twice."""
    lines(tmp_path, "No,Patient,Fee\n1,Ng,5\n2,Roe,6\n1,Ng,5\nTotal,,11\n")
    assert read_export(tmp_path).findings == ()


def test_patients_called_total_or_count_are_rows(tmp_path: Path) -> None:
    """A total row has nothing but values beside its word."""
    text = "Last name,First name,Town,Balance\nTotal,Ada,Perth,5\nCount,Sam,Darwin,6\n12 Smith,Kim,Perth,7\n"
    assert [kind for kind, _ in lines(tmp_path, text)] == ["layout", "row", "row", "row"]


def test_rows_cut_off_after_their_last_value_are_whole_where_the_writer_always_does_so(tmp_path: Path) -> None:
    """Short rows are whole where they are common and no full row ends in an empty cell, and ragged where one does."""
    assert lines(tmp_path, "a,b,c\n1,2,\n1,2\n1\n1,2\n")[1:] == [("row", ""), *[("reject", "ragged-row")] * 3]
    assert lines(tmp_path, "a,b,c\n1,2,3\n1,2\n1\n1,2\n1,2,3,4\n")[1:] == [*[("row", "")] * 4, ("reject", "ragged-row")]


STACKS = {
    "months": (["InvoiceCreatedReport 2026-07.csv", "InvoiceCreatedReport 2026-08.csv"], {"InvoiceCreatedReport": 2}),
    "months and dentists": (["Invoices 2026-07 Lee.csv", "Invoices 2026-07 Wong.csv", "Invoices Aug-26 Lee.csv"], {"Invoices": 3}),
    "parts": (["patients part 1.csv", "patients part 2.csv", "patients (3).csv"], {"patients": 3}),
    "underscores": (["treatment_plans_2026_01.csv", "treatment_plans_2026_02.csv"], {"treatment_plans": 2}),
    "archived apart": (["patients.csv", "archived_patients.csv"], {"patients": 1, "archived_patients": 1}),
    "numbers only": (["2026-07.csv"], {"2026-07": 1}),
}


@pytest.mark.parametrize("case", STACKS)
def test_files_of_one_shape_and_name_are_stacked_under_the_words_they_share(tmp_path: Path, case: str) -> None:
    """Months, dentists, numbers and parts are no part of a table's name; words that say something about the rows are."""
    files, tables = STACKS[case]
    for number, name in enumerate(files):
        (tmp_path / name).write_text(f"ID,Total\n{number},5\n", encoding="utf-8")
    assert {name: len(table.frame) for name, table in read_export(tmp_path).tables.items()} == tables


def test_a_column_more_in_a_later_file_is_added_and_another_shape_is_another_table(tmp_path: Path) -> None:
    """Columns are joined by name whatever their order; a like-named file with other columns is kept apart."""
    (tmp_path / "patients 2025.csv").write_text("ID,Name,Town\n1,Ng,Perth\n", encoding="utf-8")
    (tmp_path / "patients 2026.csv").write_text("ID,town,Name,Club\n2,Darwin,Roe,Gold\n", encoding="utf-8")
    (tmp_path / "patients 2027.csv").write_text("Colour,Shape\nred,round\n", encoding="utf-8")
    tables = read_export(tmp_path).tables
    frame = tables["patients"].frame.fillna("")
    assert frame[["ID", "Name", "Town", "Club"]].to_numpy().tolist() == [["1", "Ng", "Perth", ""], ["2", "Roe", "Darwin", "Gold"]]
    assert tables["patients 2"].columns == ["Colour", "Shape"]


def test_a_month_with_a_renamed_column_is_a_table_of_its_own(tmp_path: Path) -> None:
    """Stacked, `Invoice No` and `Number` would be two columns for one field; a column that is only new or only gone is none."""
    for month, header in (("Jan", "Invoice No,Patient,Date,Total"), ("Feb", "Number,Patient,Date,Total"), ("Mar", "Invoice No,Date,Total")):
        row = ",".join(["1"] * (header.count(",") + 1))
        (tmp_path / f"Invoices {month} 2026.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    tables = read_export(tmp_path).tables
    assert {name: (table.columns, len(table.files)) for name, table in tables.items()} == {
        "Invoices": (["Invoice No", "Patient", "Date", "Total"], 2),
        "Invoices 2": (["Number", "Patient", "Date", "Total"], 1),
    }


def test_periods_in_file_names_order_files_by_time() -> None:
    """April comes after March and after February of the same year, whatever the alphabet says."""
    names = ["x Apr 2026", "x Mar 2026", "x 2026-02", "x December 2025", "x"]
    assert sorted(names, key=file_order) == ["x", "x December 2025", "x 2026-02", "x Mar 2026", "x Apr 2026"]
    inside = ["01-2026-11-01-ab/x Apr 2026", "01-2026-11-01-ab/x Mar 2026", "01-2026-11-01-ab/2026-02/x"]
    assert sorted(inside, key=file_order) == inside[::-1]


def test_zips_inside_are_read_and_other_files_listed(tmp_path: Path) -> None:
    """A table in a zip, an attached picture, a readme, a text in the attachments' folder, and files that no one wants."""
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as bundle:
        bundle.writestr("in/patients.csv", "ID,Name\n1,Ng\n")
        bundle.writestr("in/scan.jpg", "jpg")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "x.png").write_bytes(b"\x89PNG")
    (tmp_path / "files" / "letter.txt").write_text("Dear Ada,\nthank you.\n", encoding="utf-8")
    (tmp_path / "README.txt").write_text("Ask Rose, she knows.\n", encoding="utf-8")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "~$patients.xlsx").write_bytes(b"x")
    raw = read_export(tmp_path)
    assert raw.tables["patients"].files == ("more.zip/in/patients.csv",)
    assert raw.attachments[["path", "size", "content_type"]].to_numpy().tolist() == [
        ["files/letter.txt", 21, "text/plain"],
        ["files/x.png", 4, "image/png"],
        ["more.zip/in/scan.jpg", 3, "image/jpeg"],
    ]
    assert [(one.code, one.count, one.keys) for one in raw.findings] == [("attachment-in-zip", 1, ("more.zip",))]
    assert list(raw.documents) == ["README.txt"]


@pytest.mark.parametrize(
    ("name", "body", "code", "words"),
    [
        ("page2.xls", b"<html><body>Please log in</body></html>", "page-without-table", "web page without a table"),
        ("bad.zip", b"PK\3\4 cut off", "zip-damaged", "zip"),
        ("page.xls", b"<html><table><tr><td>ID</td></tr></table></html>", "file-without-table", "header"),
        ("numbers.csv", b"1,2\n3,4\n", "file-without-table", "header"),
        ("picture.csv", bytes(range(256)) * 4, "file-not-text", "not text"),
    ],
)
def test_files_that_are_no_tables_are_refused_in_words(tmp_path: Path, name: str, body: bytes, code: str, words: str) -> None:
    """Broken zips, web pages without a table, tables without a header, pictures called .csv."""
    (tmp_path / name).write_bytes(body)
    (tmp_path / "patients.csv").write_text("ID,Name\n1,Ng\n", encoding="utf-8")
    ((finding),) = read_export(tmp_path).findings
    assert (finding.code, finding.severity) == (code, "critical") and words in str(finding)


def test_text_saved_as_xls_is_read_as_text(tmp_path: Path) -> None:
    """Many systems write tab-separated text and call it a workbook."""
    (tmp_path / "patients.xls").write_bytes(b"ID\tName\n1\tNg\n")
    assert read_export(tmp_path).tables["patients"].frame["Name"].tolist() == ["Ng"]


def test_folders_without_any_table_are_errors(tmp_path: Path) -> None:
    """A missing folder is the user's mistake, an empty one the data's."""
    with pytest.raises(UsageError, match="does not exist"):
        read_export(tmp_path / "nowhere")
    with pytest.raises(DataError, match="No table could be read"):
        read_export(tmp_path)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Weber, Anna (Mrs)", ("Mrs", "Anna", "Weber", "")),
        ("Weber, Tom (Master)", ("Master", "Tom", "Weber", "")),
        ("Anna (Dr) Weber", ("Dr", "Anna", "Weber", "")),
        ("Weber, Anna (Annie)", ("", "Anna", "Weber", "Annie")),
    ],
)
def test_a_title_in_brackets_is_no_preferred_name(name: str, parts: tuple[str, str, str, str]) -> None:
    """Nobody is greeted as `Dear Mrs`."""
    found = split_name(name)
    assert (found.title, found.first, found.last, found.preferred) == parts
