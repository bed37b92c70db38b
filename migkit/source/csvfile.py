"""Text files → records with their lines, as the csv module reads them, and tolerant where it would damage or swallow.

The csv module in strict mode is right about every well-formed file and says so when it is not; then the record at hand, and
only it, is read line by line: quotes that mean themselves are kept, a quote that never closes rejects its line and no more.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from .files import SAMPLE_LINES, Dialect

CHUNK = 20_000
LONGEST = 5_000
"""Lines after which an open quote is taken for one that never closes."""


@dataclass
class Records:
    """A run of records: where each starts, its cells, and the text of those that need a second look."""

    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    """Line → text of records whose number of cells is not the table's."""
    broken: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, reason, text of lines that are no records."""


class _OpenTooLong(Exception):
    """A record went on for more lines than any record does."""


class _Tape:
    """The file's lines, remembering those of the record that is being read."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text
        self._again: list[str] = []
        self.record: list[str] = []

    def __iter__(self) -> _Tape:
        return self

    def __next__(self) -> str:
        if len(self.record) > LONGEST:
            raise _OpenTooLong
        line = self._again.pop() if self._again else self._text.readline()
        if not line:
            raise StopIteration
        self.record.append(line)
        return line

    def put_back(self, lines: list[str]) -> None:
        self._again.extend(reversed(lines))


def read_head(path: Path, dialect: Dialect) -> list[list[str]]:
    """Return the first records, loosely read, for finding the header."""
    with dialect.open(path) as text:
        return list(islice(csv.reader(islice(text, SAMPLE_LINES), delimiter=dialect.separator), SAMPLE_LINES))


def read_records(path: Path, dialect: Dialect, width: int) -> Iterator[Records]:
    """Yield all records of the file in order; `width` is the header's number of cells.

    Every physical line belongs to exactly one record or broken line, blank ones to a record without cells.
    """
    with dialect.open(path) as text:
        tape, chunk, start = _Tape(text), Records(), 1
        while True:
            tape.record.clear()
            try:
                for row in csv.reader(tape, delimiter=dialect.separator, strict=True):
                    count = len(tape.record)
                    if len(row) != width and row:
                        if count > 1:
                            raise csv.Error
                        chunk.texts[start] = tape.record[0]
                    chunk.lines.append(start)
                    chunk.rows.append(row)
                    start += count
                    tape.record.clear()
                    if len(chunk.lines) >= CHUNK:
                        yield chunk
                        chunk = Records()
                break
            except (csv.Error, _OpenTooLong):
                if not tape.record:
                    raise
                start = _resolve(tape, chunk, start, dialect.separator, width)
        yield chunk


def _resolve(tape: _Tape, chunk: Records, start: int, separator: str, width: int) -> int:
    """Read one record that strict reading refuses, put the rest back, return the line that comes next."""
    lines = list(tape.record)
    used, row, reason = _mend(lines, separator, width)
    text = "".join(lines[:used])
    if row is None:
        chunk.broken.append((start, reason, text))
    else:
        if len(row) != width:
            chunk.texts[start] = text
        chunk.lines.append(start)
        chunk.rows.append(row)
    tape.put_back(lines[used:])
    tape.record.clear()
    return start + used


def _mend(lines: list[str], separator: str, width: int) -> tuple[int, list[str] | None, str]:
    """Return how many lines the record takes, its cells (None: it is broken) and the reason why it is."""
    first = split_loosely(lines[0], separator)
    if first is not None and len(first) == width:
        return 1, first, ""
    if first is None:  # a quote is open at the end of the line
        text = lines[0]
        whole = None
        for used, line in enumerate(lines[1:200], start=2):
            if _stands_alone(line, separator, width):
                return 1, None, "unclosed-quote"
            text += line
            row = split_loosely(text, separator)
            if row is not None and len(row) == width:
                return used, row, ""
            whole = whole or (row and (used, row, ""))
        return whole or (1, None, "unclosed-quote")
    return 1, (first if '"' not in lines[0] else None), "stray-quote"


def _stands_alone(line: str, separator: str, width: int) -> bool:
    row = split_loosely(line, separator)
    return width > 2 and row is not None and len(row) == width


def split_loosely(text: str, separator: str) -> list[str] | None:
    """Split one record so that a quote closes only before a separator or the end; None where one stays open.

    A quote elsewhere means itself: `"un"x` stays `"un"x`, `"Said "fine" after"` becomes `Said "fine" after`.
    """
    body = text.removesuffix("\n").removesuffix("\r")
    cells, at = [], 0
    while True:
        if body.startswith('"', at):
            end = _closing(body, at + 1, separator)
            if end is not None:
                cells.append(body[at + 1 : end].replace('""', '"'))
                at = end + 1
            else:
                stop = body.find(separator, at)
                cell = body[at : stop if stop >= 0 else len(body)]
                if cell.count('"') % 2:
                    return None
                cells.append(cell)
                at += len(cell)
        else:
            stop = body.find(separator, at)
            cells.append(body[at : stop if stop >= 0 else len(body)])
            at = stop if stop >= 0 else len(body)
        if at >= len(body):
            return cells
        at += 1


def _closing(body: str, at: int, separator: str) -> int | None:
    """Return where the quote closes: the first one before a separator or the end that is not half of a doubled one."""
    while (at := body.find('"', at)) >= 0:
        run = 1
        while body.startswith('"', at + run):
            run += 1
        after = at + run
        if run % 2 and (after == len(body) or body[after] == separator):
            return after - 1
        at = after
    return None
