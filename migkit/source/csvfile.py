"""Text files → records with their lines, as the csv module reads them, and tolerant where it would damage or swallow.

The csv module in strict mode is right about every well-formed file and says so when it is not; then the record at hand, and
only it, is read line by line: quotes that mean themselves are kept, a quote that never closes rejects its line and no more.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from .dialect import SAMPLE_LINES, Dialect

CHUNK = 20_000
LONGEST = 5_000
"""Lines after which an open quote is taken for one that never closes."""
LONGEST_LOOSE = 1_000_000
"""Characters beyond which no way is looked for to close an open quote: each line more is looked at with all before it."""


@dataclass
class Records:
    """A run of records: where each starts, its cells, and the text of those that need a second look."""

    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    """Line → text of records whose number of cells is not the table's."""
    broken: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, reason, text of lines that are no records."""

    def since(self, position: int) -> Records:
        """Return the records from `position` on."""
        line = self.lines[position]
        return Records(self.lines[position:], self.rows[position:], self.texts, [one for one in self.broken if one[0] > line])


def read_first_lines(path: Path, dialect: Dialect) -> list[list[str]]:
    """Return the first records, loosely read, for finding the header."""
    with dialect.open(path) as text:
        rows = dialect.reader(dialect.lines(islice(text, SAMPLE_LINES)))
        return [list(map(dialect.cell, row)) for row in rows]


def read_records(path: Path, dialect: Dialect, width: int) -> Iterator[Records]:
    """Yield all records of the file in order; `width` is the header's number of cells.

    Every physical line belongs to exactly one record or broken line, blank ones to a record without cells.
    """
    with dialect.open(path) as text:
        source = dialect.lines(text)
        lines: list[str] = []
        first = 1
        while True:
            more = list(islice(source, CHUNK))
            lines += more
            chunk = Records()
            done = _read_block(lines, first, bool(more), dialect, width, chunk)
            if not dialect.plain:
                _show(chunk, dialect)
            yield chunk
            if not more:
                return
            lines = lines[done:]
            first += done


def _show(chunk: Records, dialect: Dialect) -> None:
    """Give the cells their meaning where the dialect hid it from the csv module."""
    chunk.rows = [list(map(dialect.cell, row)) for row in chunk.rows]
    chunk.texts = {line: dialect.raw(text) for line, text in chunk.texts.items()}
    chunk.broken = [(line, reason, dialect.raw(text)) for line, reason, text in chunk.broken]


def _read_block(lines: list[str], first: int, more: bool, dialect: Dialect, width: int, chunk: Records) -> int:
    """Read the records of a block whose first line has the number `first`; return how many lines they take.

    A record that is open at the block's end is left to the next block, if there is `more` and it is not too long already.
    """
    done = 0
    while done < len(lines):
        begin = done
        reader = dialect.reader(islice(lines, begin, None), strict=True)
        try:
            for row in reader:
                end = begin + reader.line_num
                if len(row) != width and row:
                    if end > done + 1:
                        raise csv.Error
                    chunk.texts[first + done] = lines[done]
                if row or lines[done]:  # a line that the one before took in is ""
                    chunk.lines.append(first + done)
                    chunk.rows.append(row)
                done = end
        except csv.Error:
            end = begin + reader.line_num
            if more and end == len(lines) and end - done <= LONGEST:
                return done
            done += _resolve(lines[done:end], first + done, dialect, width, chunk)
    return done


def _resolve(lines: list[str], line: int, dialect: Dialect, width: int, chunk: Records) -> int:
    """Read one record that strict reading refuses; return how many lines it takes."""
    used, row, reason = _mend(lines, dialect, width)
    text = "".join(lines[:used])
    if row is None:
        chunk.broken.append((line, reason, text))
        return used
    if len(row) != width:
        chunk.texts[line] = text
    chunk.lines.append(line)
    chunk.rows.append(row)
    return used


def _mend(lines: list[str], dialect: Dialect, width: int) -> tuple[int, list[str] | None, str]:
    """Return how many lines the record takes, its cells (None: it is broken) and the reason why it is."""
    first = split_loosely(lines[0], dialect)
    if first is not None and len(first) == width:
        return 1, first, ""
    if first is None:  # a quote is open at the end of the line
        text = lines[0]
        whole = None
        for used, line in enumerate(lines[1:200], start=2):
            if _stands_alone(line, dialect, width):
                return 1, None, "unclosed-quote"
            text += line
            if len(text) > LONGEST_LOOSE:
                break
            row = split_loosely(text, dialect)
            if row is not None and len(row) == width:
                return used, row, ""
            whole = whole or (row and (used, row, ""))
        return whole or (1, None, "unclosed-quote")
    return 1, (first if dialect.quote not in lines[0] else None), "stray-quote"


def _stands_alone(line: str, dialect: Dialect, width: int) -> bool:
    row = split_loosely(line, dialect)
    return width > 2 and row is not None and len(row) == width


def split_loosely(text: str, dialect: Dialect) -> list[str] | None:
    """Split one record so that a quote closes only before a separator or the end; None where one stays open.

    A quote elsewhere means itself: `"un"x` stays `"un"x`, `"Said "fine" after"` becomes `Said "fine" after`.
    """
    body, quote = text.removesuffix("\n").removesuffix("\r"), dialect.quote
    cells, at = [], 0
    while True:
        at += _blanks(body, at, dialect)
        if body.startswith(quote, at):
            end = _closing(body, at + 1, dialect)
            if end is not None:
                cells.append(body[at + 1 : end].replace(2 * quote, quote))
                at = end + 1 + _blanks(body, end + 1, dialect)
            else:
                stop = body.find(dialect.separator, at)
                cell = body[at : stop if stop >= 0 else len(body)]
                if cell.count(quote) % 2:
                    return None
                cells.append(cell)
                at += len(cell)
        else:
            stop = body.find(dialect.separator, at)
            cells.append(body[at : stop if stop >= 0 else len(body)])
            at = stop if stop >= 0 else len(body)
        if at >= len(body):
            return cells
        at += 1


def _blanks(body: str, at: int, dialect: Dialect) -> int:
    """Return how many blanks stand here that are no part of a cell."""
    end = at
    while dialect.blanks and end < len(body) and body[end] == " ":
        end += 1
    return end - at


def _closing(body: str, at: int, dialect: Dialect) -> int | None:
    """Return where the quote closes: the first one before a separator or the end that is not half of a doubled one."""
    while (at := body.find(dialect.quote, at)) >= 0:
        run = 1
        while body.startswith(dialect.quote, at + run):
            run += 1
        after = at + run
        beside = after + _blanks(body, after, dialect)
        if run % 2 and (beside == len(body) or body[beside] == dialect.separator):
            return after - 1
        at = after
    return None
