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
    width = len(header.names)
    classifier = Classifier(header, fixed_width)
    lines, tables, seen, header_line = Lines(), [], 0, 1
    for chunk in chunks:
        kept: list[tuple[int, list[str]]] = []
        broken = iter([*chunk.broken, (0, "", "")])
        next_broken = next(broken)
        for line, row in zip(chunk.lines, chunk.rows, strict=True):
            while next_broken[0] and next_broken[0] < line:
                lines.add(next_broken[0], "reject", next_broken[1], next_broken[2])
                next_broken = next(broken)
            if seen > header.index and classifier.plain(row):
                classifier.take_plain(1)
                kept.append((line, row))
                lines.add(line, "row", "")
                seen += 1
                continue
            kind, reason = _kind(classifier, header, seen, line, row)
            if seen == header.index:
                header_line = line
            seen += 1
            if kind == "row":
                kept.append((line, _fit(row, width)))
            lines.add(line, kind, reason, chunk.texts.get(line) or join_cells(row) if kind == "reject" else None)
        while next_broken[0]:
            lines.add(next_broken[0], "reject", next_broken[1], next_broken[2])
            next_broken = next(broken)
        if kept:
            tables.append(_columns(header, kept))
    table = pa.concat_tables(tables) if tables else _columns(header, [])
    return Sheet(file, header, encoding, separator, header_line, table, lines, tuple(classifier.totals))


def join_cells(row: list[str]) -> str:
    """Return cells as one line of comma-separated text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row)
    return out.getvalue()


def _kind(classifier: Classifier, header: Header, seen: int, line: int, row: list[str]) -> tuple[str, str]:
    if seen < header.index:
        return ("layout", "title") if any(cell.strip() for cell in row) else ("layout", "blank")
    if seen == header.index:
        return "layout", "header"
    return classifier.classify(line, row)


def _fit(row: list[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _columns(header: Header, kept: list[tuple[int, list[str]]]) -> pa.Table:
    cells = zip(*(row for _, row in kept), strict=True) if kept else ((),) * len(header.names)
    arrays = []
    for column in cells:
        array = pa.array(column, pa.large_string())
        arrays.append(pc.if_else(pc.equal(array, ""), pa.scalar(None, pa.large_string()), array))
    return pa.table([*arrays, pa.array([line for line, _ in kept], pa.int64())], names=[*header.names, "_line"])
