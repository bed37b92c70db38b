"""How a text file is written: blanks beside separators, the quoting character, escapes, encodings. Cells are what a person reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from migkit.model.tables import RawExport
from migkit.source import read_export


def read(folder: Path, body: str | bytes, name: str = "patients.csv") -> RawExport:
    (folder / name).write_bytes(body.encode() if isinstance(body, str) else body)
    return read_export(folder)


def cells(raw: RawExport) -> list[list[str]]:
    ((_, table),) = raw.tables.items()
    return [table.columns, *table.frame[table.columns].fillna("").to_numpy().tolist()]


BLANKS = {
    "after each comma": (
        (
            'Patient ID, First Name, Last Name, Notes\n1, Ann, Lee, "Allergic to penicillin, asthma"\n'
            '2, Bob, Ray, "ok"\n3, Cy, Fox, "call mum, not dad"\n'
        ),
        [
            ["Patient ID", "First Name", "Last Name", "Notes"],
            ["1", "Ann", "Lee", "Allergic to penicillin, asthma"],
            ["2", "Bob", "Ray", "ok"],
            ["3", "Cy", "Fox", "call mum, not dad"],
        ],
    ),
    "after semicolons": (
        'ID; Name; Note\n1; Ann; "a; b"\n2; Bob; "c"\n',
        [["ID", "Name", "Note"], ["1", "Ann", "a; b"], ["2", "Bob", "c"]],
    ),
    "before and after": (
        'ID , Name , Note\n1 , "Lee, Ann" , "x, y"\n2 , "Ng, Bob" , z\n',
        [["ID", "Name", "Note"], ["1", "Lee, Ann", "x, y"], ["2", "Ng, Bob", "z"]],
    ),
    "after pipes": ('ID| Name| Note\n1| Ann| "a|b"\n2| Bob| "c"\n', [["ID", "Name", "Note"], ["1", "Ann", "a|b"], ["2", "Bob", "c"]]),
    "with doubled quotes": (
        'ID, Name, Note\n1, Ann, "said ""hi"", twice"\n2, Bob, "ok"\n',
        [["ID", "Name", "Note"], ["1", "Ann", 'said "hi", twice'], ["2", "Bob", "ok"]],
    ),
    "with a line break in a cell": (
        'ID, Name, Note\n1, Ann, "line one\nline two, still"\n2, Bob, "ok"\n',
        [["ID", "Name", "Note"], ["1", "Ann", "line one\nline two, still"], ["2", "Bob", "ok"]],
    ),
    "one note that begins with a blank and a quotation": (
        'ID,Name,Note\n1,Ann, "sore" is what she said\n2,Bob,"a, b"\n3,Cy,"c, d"\n',
        [["ID", "Name", "Note"], ["1", "Ann", '"sore" is what she said'], ["2", "Bob", "a, b"], ["3", "Cy", "c, d"]],
    ),
}
"""Name → (file, header and rows). Blanks around a cell are nothing that a person reads; cells are compared without them."""

SINGLE = {
    "where needed": (
        (
            "Patient ID,First Name,Last Name,Notes\n1,Ann,Lee,'Allergic to penicillin, asthma'\n"
            "2,Bob,Ray,'ok'\n3,Cy,Fox,'call mum, not dad'\n4,Di,Poe,'fine'\n"
        ),
        [
            ["Patient ID", "First Name", "Last Name", "Notes"],
            ["1", "Ann", "Lee", "Allergic to penicillin, asthma"],
            ["2", "Bob", "Ray", "ok"],
            ["3", "Cy", "Fox", "call mum, not dad"],
            ["4", "Di", "Poe", "fine"],
        ],
    ),
    "every cell": (
        "'ID','Name','Note'\n'1','O''Brien','a, b'\n'2','Ng','c'\n",
        [["ID", "Name", "Note"], ["1", "O'Brien", "a, b"], ["2", "Ng", "c"]],
    ),
    "escaped by a backslash": (
        "'ID','Name','Note'\n'1','O\\'Brien, Pat','a'\n'2','Ng','b, c'\n",
        [["ID", "Name", "Note"], ["1", "O'Brien, Pat", "a"], ["2", "Ng", "b, c"]],
    ),
    "over lines": (
        "ID,Name,Note\n1,Ann,'one\ntwo'\n2,Bob,'x, y'\n3,Cy,'z'\n",
        [["ID", "Name", "Note"], ["1", "Ann", "one\ntwo"], ["2", "Bob", "x, y"], ["3", "Cy", "z"]],
    ),
    "semicolons": ("ID;Name;Note\n1;Ann;'a; b'\n2;Bob;'c'\n", [["ID", "Name", "Note"], ["1", "Ann", "a; b"], ["2", "Bob", "c"]]),
    "after blanks": (
        "ID, Name, Note\n1, 'Ann', 'a, b'\n2, 'Bob', 'c'\n",
        [["ID", "Name", "Note"], ["1", "Ann", "a, b"], ["2", "Bob", "c"]],
    ),
    "apostrophes that quote nothing": (
        "ID,Name,Note\n1,O'Brien,'Tis fine\n2,D'Arcy,\"a, 'b'\"\n3,Ng,the Smiths'\n",
        [["ID", "Name", "Note"], ["1", "O'Brien", "'Tis fine"], ["2", "D'Arcy", "a, 'b'"], ["3", "Ng", "the Smiths'"]],
    ),
}

ESCAPES = {
    "quotes by backslash": (
        'ID,Name,Note\n1,Ann,"said \\"hi, all\\" twice"\n2,Bob,"ok, fine"\n',
        [["ID", "Name", "Note"], ["1", "Ann", 'said "hi, all" twice'], ["2", "Bob", "ok, fine"]],
    ),
    "separators by backslash": (
        "ID,Name,Note\n1,Ann,a\\, b\n2,Bob,\\N\n3,Cy,c\n",
        [["ID", "Name", "Note"], ["1", "Ann", "a, b"], ["2", "Bob", ""], ["3", "Cy", "c"]],
    ),
    "a folder's last backslash is none": (
        'ID,Folder,Note\n1,"C:\\scans\\","a, b"\n2,"C:\\x\\","c"\n',
        [["ID", "Folder", "Note"], ["1", "C:\\scans\\", "a, b"], ["2", "C:\\x\\", "c"]],
    ),
    "a dump of tabs": (
        "ID\tName\tNote\n1\tAnn\tone\\ttwo\\nthree\n2\tBob\t\\N\n3\tCy\ta\\\\b\n",
        [["ID", "Name", "Note"], ["1", "Ann", "one\ttwo\nthree"], ["2", "Bob", ""], ["3", "Cy", "a\\b"]],
    ),
    "line ends by backslash": (
        "ID,Name,Note\n1,Ann,one\\\ntwo\n2,Bob,\\N\n3,Cy,a\\, b\n",
        [["ID", "Name", "Note"], ["1", "Ann", "one\ntwo"], ["2", "Bob", ""], ["3", "Cy", "a, b"]],
    ),
    "inches": ('ID,Name,Note\n1,Ann,"5\'9"" tall, fit"\n', [["ID", "Name", "Note"], ["1", "Ann", "5'9\" tall, fit"]]),
    "a network path without quotes": (
        'ID,Path,Note\n1,\\\\server\\share\\new,ok\n2,\\\\server\\share\\north,"a, b"\n',
        [["ID", "Path", "Note"], ["1", "\\\\server\\share\\new", "ok"], ["2", "\\\\server\\share\\north", "a, b"]],
    ),
}


@pytest.mark.parametrize(("body", "right"), [*BLANKS.values(), *SINGLE.values(), *ESCAPES.values()], ids=[*BLANKS, *SINGLE, *ESCAPES])
def test_a_dialect_is_more_than_a_separator(tmp_path: Path, body: str, right: list[list[str]]) -> None:
    """Rows and cells as a person reads them, nothing rejected, no column invented."""
    raw = read(tmp_path, body)
    assert [[cell.strip(" ") for cell in row] for row in cells(raw)] == right
    assert "reject" not in set(raw.lines["kind"]) and not raw.findings


NAMES = "ID,Name,Town\n1,{},{}\n2,{},{}\n3,Ann,Lee\n"

ENCODINGS = {
    "utf-8": ("utf-8", "Zoë", "Café – “x”", "Ünal", "Łódź"),
    "cp1252": ("cp1252", "Zoë", "Café – “x”", "Müller", "Señor"),
    "cp1250": ("cp1250", "Dvořák", "Plzeň", "Kowalczyk-Wąs", "Łódź"),
    "mac": ("mac_roman", "Zoë", "Café “x”", "Müller", "Peña"),
    "dos": ("cp850", "Zoë", "Café", "Müller", "Peña"),
    "utf-16 little with mark": ("utf-16", "Zoë", "Łódź", "Ng", "Perth"),
    "utf-16 little": ("utf-16-le", "Zoë", "Łódź", "Ng", "Perth"),
    "utf-16 big": ("utf-16-be", "Zoë", "Łódź", "Ng", "Perth"),
    "utf-32 with mark": ("utf-32", "Zoë", "Łódź", "Ng", "Perth"),
    "utf-32 little": ("utf-32-le", "Zoë", "Łódź", "Ng", "Perth"),
    "utf-32 big": ("utf-32-be", "Zoë", "Łódź", "Ng", "Perth"),
}


@pytest.mark.parametrize(("encoding", "texts"), [(value[0], value[1:]) for value in ENCODINGS.values()], ids=list(ENCODINGS))
def test_an_encoding_is_proven_by_the_letters_that_it_makes(tmp_path: Path, encoding: str, texts: tuple[str, ...]) -> None:
    """Whatever the program wrote, names are names."""
    raw = read(tmp_path, NAMES.format(*texts).encode(encoding))
    assert cells(raw)[1:3] == [["1", texts[0], texts[1]], ["2", texts[2], texts[3]]]
    assert [finding.code for finding in raw.findings] == (["guessed-encoding"] if encoding in ("cp1250", "mac_roman", "cp850") else [])


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("GarcÃ­a", "García"),
        ("ZoÃ«", "Zoë"),
        ("BjÃ¶rk", "Björk"),
        ("O’Brien".encode().decode("cp1252"), "O’Brien"),
        ("Łódź".encode().decode("latin-1"), "Łódź"),
        ("CAFÉ”", "CAFÉ”"),
        ("Dvořák".encode().decode("latin-1"), "Dvořák"),
        ("JOÃO", "JOÃO"),
        ("Ã", "Ã"),
        ("Zoë", "Zoë"),
    ],
)
def test_a_text_that_was_encoded_twice_is_repaired_and_told(tmp_path: Path, name: str, right: str) -> None:
    """Only where it is certain: what is a valid text as it stands stays."""
    raw = read(tmp_path, f"ID,Name,Town\n1,{name},Perth\n2,Ng,Zürich\n")
    assert cells(raw)[1:] == [["1", right, "Perth"], ["2", "Ng", "Zürich"]]
    assert [(finding.code, finding.count) for finding in raw.findings] == ([] if name == right else [("encoded-twice", 1)])
    for finding in raw.findings:
        assert "Name" in str(finding) and "patients.csv" in str(finding)


def test_letters_that_were_lost_before_are_told(tmp_path: Path) -> None:
    """A replacement character stands for something that nobody knows any more; a damaged byte in UTF-8 is the same."""
    raw = read(tmp_path, "ID,Name\n1,Garc\ufffda\n2,Zoë\n")
    assert [(finding.code, finding.count) for finding in raw.findings] == [("lost-letters", 1)]
