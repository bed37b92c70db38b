"""The tables of one sheet or text file: records sorted into layout, rows and rejects, rows gathered column by column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from .anatomy import Balance, Classifier, Opening, Total
from .blocks import opens_alone
from .csvfile import Records
from .declared import UNDECLARED, Declared
from .header import FIRST_ROWS, Header, another_table, fold, trims_rows
from .sums import proven_totals

SAMPLE = 50
"""Data rows by which the next table is told from this one."""
LOOKED_AT = 2_000
"""Rows below a header by which it is told whether words that stand alone open blocks."""


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

    def make_layout(self, lines: set[int], reason: str) -> None:
        """Account for data rows that turn out to be layout."""
        for position, line in enumerate(self.line):
            if line in lines and self.kind[position] == "row":
                self.kind[position], self.reason[position] = "layout", reason

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
    own: tuple[str, ...]
    """The columns that stand in the file; what headings of groups say comes after them."""
    openings: tuple[Opening, ...] = ()
    """The lines that open its blocks."""
    balances: tuple[Balance, ...] = ()
    """The lines that only say what is owed."""
    said: tuple[str, ...] = ()
    """The columns that hold what these lines and the titles say."""
    footers: tuple[str, ...] = ()
    """What a printer added below its rows."""
    part: str = ""
    """What kind of rows of the table it holds, "" for all."""
    suspicious: bool = True
    """Whether there may be letters in it that went wrong before it was written."""


def read_sheets(
    file: str,
    header: Header,
    chunks: Iterable[Records],
    *,
    in_text: bool,
    encoding: str = "",
    separator: str = "",
    declared: Declared = UNDECLARED,
) -> Iterator[Sheet]:
    """Yield the sheet whose records `chunks` yields in order, and one more for each table that begins below it.

    `in_text`: the records are a text file's, where one with too few cells is broken. A further table is called by the
    heading above it, `file#Appointments`, or by its row. `declared`: what a person said of the file.
    """
    queue, found, name = iter(chunks), header, file
    while True:
        first = next(queue, Records())
        least = 0 if not in_text else 2 if trims_rows(first.rows, found) else len(found.names)
        alone = opens_alone(first.rows[found.index + 1 : found.index + 1 + LOOKED_AT], len(found.names))
        gatherer = _Gatherer(found, Classifier(found, least, alone=alone, declared=declared))
        tables = []
        for chunk in chain([first], queue):
            table = gatherer.take(chunk)
            if table is not None:
                tables.append(table)
            if gatherer.rest is not None:
                break
        yield _finished(name, gatherer, tables, encoding, separator)
        if gatherer.rest is None or gatherer.further is None:
            return
        found, heading = gatherer.further, gatherer.heading
        name = f"{file}{'/' if '#' in file else '#'}{heading or f'row {gatherer.rest.lines[0]}'}"
        queue = chain([gatherer.rest], queue)


def _finished(file: str, gatherer: _Gatherer, tables: list[pa.Table], encoding: str, separator: str) -> Sheet:
    header, sorted_as = gatherer.header, gatherer.classifier
    own = header.names
    table = pa.concat_tables(tables) if tables else _columns(header, [], [])
    proven = proven_totals(table, sorted_as.suspects, sorted_as.totals, [one.rows_above for one in sorted_as.openings])
    if proven:
        gone = [total.rows_above for total in proven]
        table = table.filter(pa.array([row not in set(gone) for row in range(len(table))]))
        gatherer.lines.make_layout({total.line for total in proven}, "total")
    totals = sorted([*sorted_as.totals, *proven], key=lambda total: total.line)
    above = [total.rows_above for total in proven]
    totals = [replace(total, rows_above=total.rows_above - sum(row < total.rows_above for row in above)) for total in totals]
    said_of = {label: _carried(said, above, len(table)) for label, said in sorted_as.groups.items()}
    labels = []
    for label, cells in (said_of | _remarked(sorted_as, above, len(table))).items():
        if fold(label) not in map(fold, header.names):
            labels.append(label)
            table = table.append_column(label, cells)
            header = replace(header, names=(*header.names, label), cells=(*header.cells, label))

    def kept(rows: int) -> int:
        return rows - sum(row < rows for row in above)

    return Sheet(
        file,
        header,
        encoding,
        separator,
        gatherer.header_line,
        table,
        gatherer.lines,
        tuple(totals),
        own,
        tuple(replace(one, rows_above=kept(one.rows_above)) for one in sorted_as.openings),
        tuple(replace(one, rows_above=kept(one.rows_above)) for one in sorted_as.balances),
        tuple(labels),
        tuple(sorted_as.footers),
    )


def _remarked(sorted_as: Classifier, gone: list[int], size: int) -> dict[str, pa.Array]:
    """Return what lines below rows remark on all rows of their block."""
    values: dict[str, list[str | None]] = {}
    for label, begin, end, text in sorted_as.notes:
        column = values.setdefault(label, [None] * size)
        first, until = (row - sum(one < row for one in gone) for row in (begin, end))
        for row in range(first, until):
            column[row] = f"{column[row]}\n{text}" if column[row] else text
    return {label: pa.array(column, pa.large_string()) for label, column in values.items()}


def _carried(said: list[tuple[int, str]], gone: list[int], size: int) -> pa.Array:
    """Return what the headings of groups say of each row: from the heading on until the next one."""
    values: list[str | None] = []
    value: str | None = None
    for rows_above, fact in said:
        until = rows_above - sum(row < rows_above for row in gone)
        values.extend([value] * (until - len(values)))
        value = fact or None
    return pa.array([*values, *[value] * (size - len(values))], pa.large_string())


@dataclass
class _Gatherer:
    """Sorts records as they come; runs of plain data rows are taken whole."""

    header: Header
    classifier: Classifier
    lines: Lines = field(default_factory=Lines)
    header_line: int = 1
    rest: Records | None = None
    """The records from which on another table stands."""
    further: Header | None = None
    """That table's header."""
    heading: str = ""
    """The text above it."""
    _seen: int = 0
    _sample: list[list[str]] = field(default_factory=list)

    def take(self, chunk: Records) -> pa.Table | None:
        """Account for the records of a chunk up to the next table; return its data rows as columns, None where it has none."""
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
            begin = position
            begins = self.classifier.after_blank or self.classifier.is_header_otherwise(row)
            if begins and (start := self._further(chunk, position)) is not None:
                if start > position:
                    self.lines.add(line, "layout", "heading")
                    self.heading = " ".join(cell.strip() for cell in row if cell.strip())
                self.rest = chunk.since(start)
                return _columns(self.header, kept_lines, kept) if kept else None
            begin = position + 1
            kind, reason = self._kind(line, row)
            if kind == "row":
                kept_lines.append(line)
                kept.append(_fit(row, len(self.header.names)))
                if len(self._sample) < SAMPLE:
                    self._sample.append(kept[-1])
            self.lines.add(line, kind, reason, (chunk.texts.get(line) or join_cells(row)) if kind == "reject" else None)
        self._plain(chunk, begin, len(chunk.rows), kept_lines, kept)
        for line, reason, text in broken:
            self.lines.add(line, "reject", reason, text)
        return _columns(self.header, kept_lines, kept) if kept else None

    def _further(self, chunk: Records, position: int) -> int | None:
        """Return where in the chunk another table's header stands: here, or below a heading here; None where there is none."""
        alone = sum(1 for cell in chunk.rows[position] if cell.strip()) == 1
        start = position + alone
        least = 3 if self.classifier.closed and not alone else 2
        self.further = another_table(chunk.rows[start : start + FIRST_ROWS], self.header, self._sample, least)
        return start if self.further else None

    def _plain(self, chunk: Records, begin: int, end: int, kept_lines: list[int], kept: list[list[str]]) -> None:
        if end > begin:
            self.classifier.take_plain(end - begin)
            self.lines.add_rows(chunk.lines[begin:end])
            kept_lines.extend(chunk.lines[begin:end])
            kept.extend(chunk.rows[begin:end])
            if len(self._sample) < SAMPLE:
                self._sample += chunk.rows[begin : min(end, begin + SAMPLE)]

    def _kind(self, line: int, row: list[str]) -> tuple[str, str]:
        self._seen += 1
        if self._seen <= self.header.index + 1:
            if not any(cell.strip() for cell in row):
                return "layout", "blank"
            if self._seen <= self.header.index + 1 - len(self.header.rows):
                return "layout", "title"
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
