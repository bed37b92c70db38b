"""One table-bearing sheet or text file: records sorted into layout, rows and rejects, rows gathered column by column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from .anatomy import Classifier, Header, Total
from .csvfile import Records


@dataclass
class Lines:
    """What became of every line: parallel lists."""

    line: list[int] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    reason: list[str] = field(default_factory=list)
    text: list[str | None] = field(default_factory=list)

    def add(self, line: int, kind: str, reason: str, text: str | None = None) -> None:
        """Account for one record."""
        self.line.append(line)
        self.kind.append(kind)
        self.reason.append(reason)
        self.text.append(text)

    def add_rows(self, lines: list[int]) -> None:
        """Account for a run of data rows."""
        self.line.extend(lines)
        self.kind.extend(["row"] * len(lines))
        self.reason.extend([""] * len(lines))
        self.text.extend([None] * len(lines))


@dataclass(frozen=True)
class Sheet:
    """One table as it stands in one file or sheet."""

    file: str
    header: Header
    encoding: str
    separator: str
    header_line: int
    table: pa.Table
    """The data rows: one string column per header name (null where empty) and `_line`."""
    lines: Lines
    totals: tuple[Total, ...]


def read_sheet(
    file: str, header: Header, chunks: Iterable[Records], *, fixed_width: bool, encoding: str = "", separator: str = ""
) -> Sheet:
    """Return the sheet whose records `chunks` yields in order."""
    gatherer = _Gatherer(header, Classifier(header, fixed_width))
    tables = [table for chunk in chunks if (table := gatherer.take(chunk)) is not None]
    table = pa.concat_tables(tables) if tables else _columns(header, [], [])
    totals = tuple(gatherer.classifier.totals)
    return Sheet(file, header, encoding, separator, gatherer.header_line, table, gatherer.lines, totals)


@dataclass
class _Gatherer:
    """Sorts records as they come; runs of plain data rows are taken whole."""

    header: Header
    classifier: Classifier
    lines: Lines = field(default_factory=Lines)
    header_line: int = 1
    _seen: int = 0

    def take(self, chunk: Records) -> pa.Table | None:
        """Account for every record of a chunk; return its data rows as columns, None where it has none."""
        kept_lines: list[int] = []
        kept: list[list[str]] = []
        broken = list(chunk.broken)
        begin = 0
        for position, row in enumerate(chunk.rows):
            line = chunk.lines[position]
            if broken and broken[0][0] < line:
                self._plain(chunk, begin, position, kept_lines, kept)
                begin = position
                while broken and broken[0][0] < line:
                    self.lines.add(broken[0][0], "reject", *broken.pop(0)[1:])
            if self._seen > self.header.index and self.classifier.plain(row):
                continue
            self._plain(chunk, begin, position, kept_lines, kept)
            begin = position + 1
            kind, reason = self._kind(line, row)
            if kind == "row":
                kept_lines.append(line)
                kept.append(_fit(row, len(self.header.names)))
            self.lines.add(line, kind, reason, (chunk.texts.get(line) or join_cells(row)) if kind == "reject" else None)
        self._plain(chunk, begin, len(chunk.rows), kept_lines, kept)
        for line, reason, text in broken:
            self.lines.add(line, "reject", reason, text)
        return _columns(self.header, kept_lines, kept) if kept else None

    def _plain(self, chunk: Records, begin: int, end: int, kept_lines: list[int], kept: list[list[str]]) -> None:
        if end > begin:
            self.classifier.take_plain(end - begin)
            self.lines.add_rows(chunk.lines[begin:end])
            kept_lines.extend(chunk.lines[begin:end])
            kept.extend(chunk.rows[begin:end])

    def _kind(self, line: int, row: list[str]) -> tuple[str, str]:
        self._seen += 1
        if self._seen <= self.header.index:
            return "layout", "title" if any(cell.strip() for cell in row) else "blank"
        if self._seen == self.header.index + 1:
            self.header_line = line
            return "layout", "header"
        return self.classifier.classify(line, row)


def join_cells(row: list[str]) -> str:
    """Return cells as one line of comma-separated text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row)
    return out.getvalue()


def _fit(row: list[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _columns(header: Header, lines: list[int], rows: list[list[str]]) -> pa.Table:
    cells = zip(*rows, strict=True) if rows else ((),) * len(header.names)
    arrays = []
    for column in cells:
        array = pa.array(column, pa.large_string())
        arrays.append(pc.if_else(pc.equal(array, ""), pa.scalar(None, pa.large_string()), array) if "" in column else array)
    return pa.table([*arrays, pa.array(lines, pa.int64())], names=[*header.names, "_line"])
