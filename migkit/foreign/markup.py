"""Tables in web pages and in Excel's XML of 2003, which report writers save under a workbook's name → sheets of text cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from .sheet import Refused

_XML = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet")
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_PAGE = re.compile(rb"<\s*(?:!doctype html|html|table|head|body|meta|div|style)\b", re.IGNORECASE)
_MIDNIGHT = re.compile(r"T00:00:00(?:\.0+)?$")


def markup_kind(head: bytes) -> str:
    """Return `xml` (Excel 2003), `html` or "" by the beginning of a file."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not text.startswith(b"<"):
        return ""
    return "xml" if _XML.search(text) else "html" if _PAGE.search(text) else ""


def read_markup(path: Path, kind: str, encoding: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield (name of the sheet or table, rows of text). Raises Refused for broken XML and for a page without a table."""
    if kind == "xml":
        yield from _workbook(path)
        return
    reader = _Tables()
    with path.open(encoding="utf-8" if encoding in ("", "mixed") else encoding, errors="replace") as text:
        while block := text.read(1 << 20):
            reader.feed(block)
    reader.close()
    if not reader.tables:
        raise Refused("page-without-table")
    for number, rows in enumerate(reader.joined(), start=1):
        yield f"Table {number}", rows


def _workbook(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise Refused("file-damaged") from error
    for sheet in root.iter(f"{_SS}Worksheet"):
        rows: list[list[str]] = []
        for row in sheet.iter(f"{_SS}Row"):
            rows += [[] for _ in range(int(row.get(f"{_SS}Index", len(rows) + 1)) - len(rows) - 1)]
            cells: list[str] = []
            for cell in row.iter(f"{_SS}Cell"):
                cells += [""] * (int(cell.get(f"{_SS}Index", len(cells) + 1)) - len(cells) - 1)
                data = cell.find(f"{_SS}Data")
                cells.append("" if data is None else _typed("".join(data.itertext()), data.get(f"{_SS}Type", "")))
                cells += [""] * int(cell.get(f"{_SS}MergeAcross", 0))
            rows.append(cells)
        yield str(sheet.get(f"{_SS}Name", "Sheet")), rows


def _typed(text: str, kind: str) -> str:
    if kind == "DateTime":
        return _MIDNIGHT.sub("", text).replace("T", " ").removesuffix(".000")
    if kind == "Boolean":
        return "TRUE" if text == "1" else "FALSE"
    return text


class _Tables(HTMLParser):
    """Gathers the tables of a page; a table within a table's cell is its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._below: dict[int, tuple[int, int, str]] = {}
        """Column → the row where its last cell began, the row that it reaches down to, its text."""

    def joined(self) -> Iterator[list[list[str]]]:
        """Yield the tables, those that follow one another in one width or as a title above it as one."""
        whole: list[list[str]] = []
        for rows in self.tables:
            if whole and max(map(len, whole), default=0) > 1 and max(map(len, rows), default=0) != len(whole[-1]):
                yield whole
                whole = []
            whole = [*whole, *rows]
        if whole:
            yield whole

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            if not self.tables[-1]:
                self.tables[-1].append([])
            given = dict(attrs)
            self._span = (_number(given.get("colspan")), _number(given.get("rowspan")))
            self._cell = []
        elif self._cell is not None and tag in ("br", "p", "div") and "".join(self._cell).strip():
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._end_row()
                self._below = {}
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        row, text = self.tables[-1][-1], re.sub(r" *\n *", "\n", "".join(self._cell)).strip()
        self._fill(row)
        here = len(self.tables[-1]) - 1
        for shown in (text, *[""] * (self._span[0] - 1)):
            self._below[len(row)] = (here, here + self._span[1] - 1, shown)
            row.append(shown)
        self._cell = None

    def _fill(self, row: list[str]) -> None:
        """Continue the cells that the rows above stretch down to this one."""
        here = len(self.tables[-1]) - 1
        while (held := self._below.get(len(row))) and held[0] < here <= held[1]:
            row.append(held[2])

    def _end_row(self) -> None:
        self._end_cell()
        if self.tables[-1]:
            self._fill(self.tables[-1][-1])


def _number(text: str | None) -> int:
    return min(int(text), 1000) if text and text.isdecimal() and int(text) else 1
