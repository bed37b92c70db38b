"""Text files: the records are those of the csv module wherever it is right, and nothing is swallowed where it is not."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migkit.source.csvfile import read_records, split_loosely
from migkit.source.dialect import Dialect, detect_dialect
from migkit.source.encoding import Unreadable
from migkit.source.export import read_export

SETTINGS = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELLS = st.text(st.sampled_from("abcé \t,;|\"'\n\r0123\u2028-"), max_size=8)
WIDTH = 3
ROWS = st.lists(st.lists(CELLS, min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=12)


def records(path: Path, separator: str = ",", width: int = WIDTH) -> tuple[list[int], list[list[str]], list[tuple[int, str, str]]]:
    lines, rows, broken = [], [], []
    for chunk in read_records(path, Dialect("utf-8", separator), width):
        lines += chunk.lines
        rows += chunk.rows
        broken += chunk.broken
    return lines, rows, broken


@SETTINGS
@given(ROWS, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n"]))
def test_what_the_csv_module_writes_is_read_back_as_it_was(tmp_path: Path, rows: list[list[str]], separator: str, end: str) -> None:
    """Any table of any cells survives: every cell the same, each record's line the physical line it begins on, nothing broken."""
    path = tmp_path / "a.csv"
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    path.write_bytes(out.getvalue().encode())
    lines, found, broken = records(path, separator)
    assert found == rows and broken == []
    starts, at = [], 1
    for row in rows:
        starts.append(at)
        at += 1 + sum(cell.replace("\r\n", "\n").replace("\r", "\n").count("\n") for cell in row)
    assert lines == starts


@SETTINGS
@given(st.text(st.sampled_from('ab," \n;é'), max_size=60))
def test_any_text_is_partitioned_into_records_and_broken_lines(tmp_path: Path, text: str) -> None:
    """Whatever stands in the file: each physical line belongs to exactly one record or broken line, in order, and no line is lost."""
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8", newline="")
    lines, rows, broken = records(path)
    starts = sorted([*lines, *(line for line, _, _ in broken)])
    physical = text.split("\n")
    count = len(physical) - (physical[-1] == "")
    assert len(starts) == len(set(starts)) and starts[:1] == ([1] if count else [])
    assert all(1 <= line <= count for line in starts)
    letters = sorted(char for char in text if char in "abé;")
    kept = [cell for row in rows for cell in row] + [text for _, _, text in broken]
    assert sorted(char for cell in kept for char in cell if char in "abé;") == letters


@SETTINGS
@given(
    st.lists(st.lists(st.text(st.sampled_from("abc 12"), min_size=1, max_size=5), min_size=4, max_size=4), min_size=4, max_size=15),
    st.data(),
)
def test_an_unclosed_quote_costs_its_own_line_only(tmp_path: Path, rows: list[list[str]], data: st.DataObject) -> None:
    """One cell opens a quote and never closes it: that line is broken, every other record is read."""
    hurt = data.draw(st.integers(0, len(rows) - 1))
    text = [",".join(row) for row in rows]
    text[hurt] = ",".join([*rows[hurt][:2], '"' + rows[hurt][2], rows[hurt][3]])
    path = tmp_path / "a.csv"
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    _, found, broken = records(path, width=4)
    assert [(line, reason) for line, reason, _ in broken] == [(hurt + 1, "unclosed-quote")]
    assert found == [row for index, row in enumerate(rows) if index != hurt]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a,b,c", ["a", "b", "c"]),
        ('"a,b",c', ["a,b", "c"]),
        ('"a ""b"" c",d', ['a "b" c', "d"]),
        ('5" probe,x', ['5" probe', "x"]),
        ('"un"x,y', ['"un"x', "y"]),
        ('"Said "fine" after",y', ['Said "fine" after', "y"]),
        ('a,"', None),
        ('a,"b', None),
        ("", [""]),
        (",", ["", ""]),
        ('"",""', ["", ""]),
        ('"a\nb",c\r\n', ["a\nb", "c"]),
    ],
)
def test_a_quote_closes_only_before_a_separator_or_the_end(text: str, cells: list[str] | None) -> None:
    """Quotes elsewhere mean themselves; None says that one stays open."""
    assert split_loosely(text, Dialect("utf-8", ",")) == cells


AWKWARD = {
    "stray quotes in a quoted cell": ('a,b,c\n1,"x "y" z",3\n', [["1", 'x "y" z', "3"]], []),
    "text after a closed quote": ('a,b,c\n1,"un"x,3\n', [["1", '"un"x', "3"]], []),
    "quote inside an unquoted cell": ('a,b,c\n1,5" pin,3\n', [["1", '5" pin', "3"]], []),
    "long row": ("a,b,c\n1,2,3,4\n5,6,7\n", [["5", "6", "7"]], [(2, "ragged-row")]),
    "long row of empty cells": ("a,b,c\n1,2,3,,\n", [["1", "2", "3"]], []),
    "short row": ("a,b,c\n1,2\n5,6,7\n", [["5", "6", "7"]], [(2, "ragged-row")]),
    "unclosed quote at the end": ('a,b,c\n1,2,3\n4,"5,6\n', [["1", "2", "3"]], [(3, "unclosed-quote")]),
    "unclosed quote before a quoted cell": ('a,b,c\n1,"2,3\n4,"5",6\n', [["4", "5", "6"]], [(2, "unclosed-quote")]),
    "lines in a cell": ('a,b,c\n1,"2\n\n3",4\n5,6,7\n', [["1", "2\n\n3", "4"], ["5", "6", "7"]], []),
    "carriage returns only": ("a,b,c\r1,2,3\r4,5,6\r", [["1", "2", "3"], ["4", "5", "6"]], []),
    "blank lines": ("a,b,c\n\n1,2,3\n,,\n4,5,6\n\n", [["1", "2", "3"], ["4", "5", "6"]], []),
    "no line end at the end": ("a,b,c\n1,2,3", [["1", "2", "3"]], []),
    "nul byte": ("a,b,c\n1,\x00x,3\n", [["1", "\x00x", "3"]], []),
    "line separator character": ("a,b,c\n1,x\u2028y,3\n", [["1", "x\u2028y", "3"]], []),
}


@pytest.mark.parametrize("case", AWKWARD)
def test_awkward_files_are_read_right_or_refused_line_by_line(tmp_path: Path, case: str) -> None:
    """Rows and rejects of a table of awkward files, written out by hand."""
    text, rows, rejects = AWKWARD[case]
    (tmp_path / "patients.csv").write_text(text, encoding="utf-8", newline="")
    raw = read_export(tmp_path)
    frame = raw.tables["patients"].frame
    assert frame[["a", "b", "c"]].fillna("").to_numpy().tolist() == rows
    bad = raw.lines[raw.lines["kind"].eq("reject")]
    assert list(zip(bad["line"], bad["reason"], strict=True)) == rejects


@pytest.mark.parametrize(
    ("body", "encoding", "separator"),
    [
        ("Name,Town\nZoë,Fitzroy\n".encode(), "utf-8", ","),
        ("Name,Town\nZoë,Fitzroy\n".encode("utf-8-sig"), "utf-8-sig", ","),
        ("Name;Town\r\nZoë;Fitzroy\r\n".encode("cp1252"), "cp1252", ";"),
        ("Name\tTown\nZoë\tFitzroy\n".encode("utf-16"), "utf-16", "\t"),
        ("Name\tTown\nZoe\tFitzroy\n".encode("utf-16-le"), "utf-16-le", "\t"),
        ("Name|Town\nZoë|Fitzroy\n".encode("utf-16-be"), "utf-16-be", "|"),
        ("Name,Town\nZoë,Fitz\n".encode() + "Ása,Perth\n".encode("cp1252"), "mixed", ","),
        (b"sep=;\nName;Town\nZoe;Perth, WA\n", "utf-8", ";"),
        (b"Name,Note\nA,x;y;z\nB,x;y;z;w\n", "utf-8", ","),
    ],
)
def test_encoding_and_separator_are_told_from_the_bytes(tmp_path: Path, body: bytes, encoding: str, separator: str) -> None:
    """With or without a byte order mark, and when the encodings are mixed in one file."""
    path = tmp_path / "a.csv"
    path.write_bytes(body)
    assert detect_dialect(path) == Dialect(encoding, separator)
    raw = read_export(tmp_path)
    names = set(next(iter(raw.tables.values())).frame["Name"])
    assert names <= {"Zoë", "Zoe", "Ása", "A", "B"}


def test_undecodable_bytes_are_kept_as_characters_not_dropped(tmp_path: Path) -> None:
    """A byte that is neither UTF-8 nor CP-1252 (0x81) still counts as a character."""
    (tmp_path / "a.csv").write_bytes(b"Name,Town\nA\x81B,Perth\n")
    assert read_export(tmp_path).tables["a"].frame["Name"].tolist() == ["A\x81B"]


@pytest.mark.parametrize(("body", "code"), [(b"", "empty-file"), (b"\n \n\n", "empty-file"), (b"%PDF\0\1\2\0\3" * 9, "file-not-text")])
def test_files_without_text_are_refused_by_name(tmp_path: Path, body: bytes, code: str) -> None:
    """Empty and binary files named .csv raise with the finding's code."""
    path = tmp_path / "a.csv"
    path.write_bytes(body)
    with pytest.raises(Unreadable) as told:
        detect_dialect(path)
    assert told.value.code == code
