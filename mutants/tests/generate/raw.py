"""Reading exports byte by byte, with nothing of the generator or of the reader: csv, openpyxl and a look at the first bytes."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import openpyxl


def decode(path: Path) -> str:
    """Return a text file's text by its byte order mark, else UTF-8, else CP-1252."""
    raw = path.read_bytes()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    if raw[:3] == b"\xef\xbb\xbf":
        return raw.decode("utf-8-sig")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def separator_of(text: str) -> str:
    """Return the separator that the header line has most of."""
    header = text.split("\n", 1)[0]
    return max("\t;,", key=header.count)


class RawFile:
    """One table file: physical lines, and the cells of the record that starts on a line."""

    def __init__(self, folder: Path, name: str) -> None:
        file, _, sheet = name.partition("#")
        self.path = folder / file
        if sheet:
            self.rows = [list(row) for row in openpyxl.load_workbook(self.path)[sheet].iter_rows(values_only=True)]
            self.separator, self.lines = "", []
            self.header_line = next(n for n, row in enumerate(self.rows, 1) if sum(cell is not None for cell in row) > 4)
            self.headers = [str(cell) for cell in self.rows[self.header_line - 1]]
        else:
            text = decode(self.path)
            self.separator, self.lines, self.rows = separator_of(text), text.split("\n"), []
            self.header_line = 1
            self.headers = self.lines[0].rstrip("\r").split(self.separator)

    def cells(self, line: int) -> list[object]:
        """Return the cells of the record that starts on a 1-based line."""
        if not self.lines:
            return self.rows[line - 1]
        rest = io.StringIO("\n".join(self.lines[line - 1 : line + 2000]), newline="")
        return list(next(csv.reader(rest, delimiter=self.separator)))

    def line(self, number: int) -> str:
        """Return one physical line."""
        return self.lines[number - 1].rstrip("\r")

    def lines_of(self, first_cell: object) -> list[int]:
        """Return the lines of the records whose first cell is this."""
        if not self.lines:
            return [n for n, row in enumerate(self.rows, 1) if row[0] == first_cell]
        return [n for n, text in enumerate(self.lines, 1) if text.startswith(f"{first_cell}{self.separator}")]

    def cell(self, line: int, *headers: str) -> object:
        """Return the cell under the first of the headers that there is."""
        return self.cells(line)[next(self.headers.index(h) for h in headers if h in self.headers)]


def digests(folder: Path) -> dict[str, str]:
    """Return relative path → sha256 of every file."""
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}
