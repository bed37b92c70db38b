"""Which records below a header are data, totals, headings, footers: layout told from rows, and bad rows from good ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .header import Header
from .layout import fact, is_footer, is_page_line, is_special, is_total, is_value, may_be_total, visible

GROUP = "Group"
"""The column of the headings that name no column: `Dr Lee` alone above the rows of Dr Lee."""


@dataclass
class Total:
    """A total row: where it stands, its cells, and how many data rows stood above it."""

    line: int
    cells: list[str]
    rows_above: int


@dataclass
class Classifier:
    """Sorts the records below the header one by one, in order; remembers what the next one's meaning depends on."""

    header: Header
    least: int
    """Number of cells below which a record is broken: in text files the header's, or 2 where their writer trims rows."""
    totals: list[Total] = field(default_factory=list)
    suspects: list[int] = field(default_factory=list)
    """Numbers of the rows that are totals if their amounts are sums."""
    groups: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """What the headings of groups say of the rows below them: label → (data rows above, value)."""
    rows: int = 0
    after_blank: bool = False
    """Whether nothing but blank records and a heading stand between this record and the last data row."""
    closed: bool = False
    """Whether the last filled record was a total, or stood below one as part of a summary."""
    _over: bool = False
    _filled: int = 0
    _seen: int = 0
    _firsts: frozenset[str] = frozenset()
    _titles: frozenset[str] = frozenset()
    _labels: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        known = (*self.header.rows, *self.header.above)
        self._firsts = frozenset(cell for row in known for cell in row[:1] if cell)
        self._titles = frozenset(_masked(row) for row in self.header.above)
        self._labels = frozenset(said[0] for row in self.header.above if (said := fact(row))) - self.header.facts.keys()
        self.groups = {label: [(0, value)] for label, value in self.header.facts.items()}

    def plain(self, row: Sequence[str]) -> bool:
        """Return whether the row is certainly data: right width, a first cell that is nothing special, others beside it."""
        if self.closed or self.after_blank or not self.rows or len(row) != len(self.header.names):
            return False
        first = row[0]
        return bool(first) and bool(row[1] or row[-1]) and first not in self._firsts and not is_special(first)

    def take_plain(self, count: int) -> None:
        """Count rows that `plain` let through."""
        self.rows += count

    def classify(self, line: int, row: Sequence[str]) -> tuple[str, str]:
        """Return (kind, reason): layout, row or reject."""
        cells = [visible(cell) for cell in row]
        filled = [cell for cell in cells if cell]
        if not filled:
            self.after_blank = True
            return "layout", "blank"
        kind, reason = self._kind(line, list(row), cells, filled)
        self.after_blank = reason == "heading"
        if kind == "row":
            if may_be_total(cells, filled):
                self.suspects.append(self.rows)
            self.rows += 1
            self._filled += len(filled)
            self._seen += 1
        return kind, reason

    def _kind(self, line: int, row: list[str], cells: list[str], filled: list[str]) -> tuple[str, str]:
        width = len(self.header.names)
        if any(_same_header(cells, known) for known in self.header.rows):
            self.closed = self._over = False
            return "layout", "repeated header"
        said = fact(cells)
        if (said and said[0] in self._labels) or (_masked(cells) in self._titles and not (said and said[0] in self.groups)):
            return "layout", "repeated title"
        if is_total(cells, filled):
            self.totals.append(Total(line, row, self.rows))
            self.closed = True
            return "layout", "total"
        if (len(filled) == 1 and width > 2 and is_footer(filled[0])) or (len(filled) < width and is_page_line(filled)):
            return "layout", "footer"
        if (group := self._group(row, said, filled)) is not None:
            self.groups.setdefault(group[0], []).append((self.rows, group[1]))
            self.closed = self._over = False
            return "layout", "group"
        if self.closed:
            self._over = self._over or (self.after_blank and len(filled) < width and not any(map(is_value, filled)))
            if self._over or len(filled) <= max(1.0, 0.5 * self._usual(width)):
                return "layout", "summary below the total"
            self.closed = False
        if len(filled) == 1 and width >= 4 and self.after_blank and not cells[0].isdigit() and len(row) >= self.least:
            return "layout", "heading"
        if self.header.keyed and _is_words(filled) and cells[0] and len(row) >= width > 2:
            return "layout", "remark"
        if len(row) > width and any(cells[width:]):
            return "reject", "ragged-row"
        if len(row) < self.least and not (self.least < width and self.header.keyed and is_value(cells[0])):
            return "reject", "ragged-row"
        return "row", ""

    def _group(self, row: list[str], said: tuple[str, str] | None, filled: list[str]) -> tuple[str, str] | None:
        """Return label and value of a group's heading.

        The first record of all is one if it says one thing (`Dentist: Dr Lee`, or only `Dr Lee` where a number or date should
        stand), and so are the later ones like it. A line of a note that a line break tore off is never first.
        """
        width = len(self.header.names)
        if said and width > 2 and (said[0] in self.groups or not self.rows):
            return said
        bare = self.header.keyed and _is_words(filled) and bool(row[0].strip()) and len(row) >= width > 2
        return (GROUP, filled[0]) if bare and (GROUP in self.groups or not self.rows) else None

    def _usual(self, width: int) -> float:
        return self._filled / self._seen if self._seen else width


def _is_words(filled: Sequence[str]) -> bool:
    return len(filled) == 1 and not any(char.isdigit() for char in filled[0])


def _masked(cells: Sequence[str]) -> str:
    """Return a row's text with its numbers masked, so that the title of page 2 is that of page 1."""
    return re.sub(r"\d+", "#", " ".join(cell for cell in cells if cell)).casefold()


def _same_header(cells: list[str], header: Sequence[str]) -> bool:
    trimmed = [cell.casefold() for cell in cells[: len(header)]] + [""] * (len(header) - len(cells))
    same = sum(a == b.casefold() for a, b in zip(trimmed, header, strict=True) if b)
    named = sum(1 for cell in header if cell)
    return same == named or (named > 3 and same >= named - 1)
