"""Which records below a header are data, totals, headings, footers: layout known from rows, and bad rows from good ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .blocks import is_alone, is_day, label_of
from .declared import UNDECLARED, Declared
from .header import Header, fold
from .layout import (
    LONGEST,
    balance_of,
    fact,
    facts,
    is_amount,
    is_continued,
    is_footer,
    is_page_line,
    is_page_number,
    is_special,
    is_summary,
    is_total,
    is_value,
    may_be_total,
    note_of,
    pairs,
    visible,
)

BLOCK = "Block"
"""The column of the headings that a row stands below, the outermost first, where they say more than one thing: what tells apart
two plans of one name."""
_HEADED = frozenset({"patient", "client", "customer", "account", "guarantor", "debtor", "family", "statement", "invoice", "plan", "name"})
"""Words of a title that say whose the rows below are, where each block has one."""
_LASTING = re.compile(r"\b(?:id|no|nr|num|number|ref|code|dob|born|birth date|date of birth|date|dated|created)\b", re.IGNORECASE)
_LABELS, _ALIKE = 3, 0.8
"""Labels, and the share of all of either, that two headers have in common where one is the other in another order."""
_TOTAL_OF = re.compile(r"(?:sub[\s-]*)?totals?\s+(\S.*)", re.IGNORECASE)


@dataclass
class Total:
    """A total row: where it stands, its cells, and how many data rows stood above it."""

    line: int
    cells: list[str]
    rows_above: int


@dataclass(frozen=True)
class Opening:
    """A line that opens a block: where it stands, its text, and how many data rows stood above it."""

    line: int
    text: str
    rows_above: int
    again: bool = False
    """Whether it only says again, on a further page, what stands above it already."""


@dataclass(frozen=True)
class Balance:
    """A line that only says what is owed: where it stands, how many data rows stood above it, the amount as written."""

    line: int
    rows_above: int
    stated: str


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
    """What the headings of groups say of the rows below them: label → (data rows above, value); "" where one says it no longer."""
    alone: bool = False
    """Whether words that stand alone in the first column open a block, as far as the rows tell."""
    declared: Declared = UNDECLARED
    openings: list[Opening] = field(default_factory=list)
    balances: list[Balance] = field(default_factory=list)
    notes: list[tuple[str, int, int, str]] = field(default_factory=list)
    """What lines below rows remark on the whole block: label, rows above the block, rows above the line, text."""
    footers: list[str] = field(default_factory=list)
    """What a printer added below rows: pages, days, counts."""
    rows: int = 0
    after_blank: bool = False
    """Whether nothing but blank records and a heading stand between this record and the last data row."""
    closed: bool = False
    """Whether the last filled record was a total, or stood below one as part of a summary."""
    _over: bool = False
    _paged: bool = False
    """Whether nothing but layout stands between this record and the head of a page."""
    _filled: int = 0
    _seen: int = 0
    _firsts: frozenset[str] = frozenset()
    _titles: frozenset[str] = frozenset()
    _labels: frozenset[str] = frozenset()
    _words: frozenset[str] = frozenset()
    _headings: dict[str, str] = field(default_factory=dict)
    """First label → the newest heading that begins with it, the outermost first."""
    _said: dict[str, set[str]] = field(default_factory=dict)
    """First label → all labels that headings of this kind had."""

    def __post_init__(self) -> None:
        above = (cell for row in self.header.above for cell in row[:1])
        self._firsts = frozenset(cell for cell in (*above, *(cell for row in self.header.rows for cell in row)) if cell)
        self._titles = frozenset(_masked(row) for row in self.header.above)
        self._labels = frozenset(said[0] for row in self.header.above if (said := fact(row))) - self.header.facts.keys()
        self._words = frozenset(word for row in self.header.above for cell in row for word in re.findall(r"\w+", cell.casefold()))
        self.groups = {label: [(0, value)] for label, value in self.header.facts.items()}

    def plain(self, row: Sequence[str]) -> bool:
        """Return whether the row is certainly data: right width, a first cell that is nothing special, others beside it."""
        if (
            self.closed
            or self.after_blank
            or not self.rows
            or len(row) != len(self.header.names)
            or self.declared.opens is not None
            or self.declared.skip
        ):
            return False
        first = row[0]
        if ":" in first:
            return False
        return bool(first) and bool(row[1] or row[-1]) and first not in self._firsts and not is_special(first)

    def is_header_otherwise(self, row: Sequence[str]) -> bool:
        """Return whether a record has the header's own labels, but for a few, in other places: below it the columns are others."""
        cells = [visible(cell) for cell in row]
        labels = self.header.rows[-1] if self.header.rows else ()
        said, known = ({fold(cell) for cell in some if cell} for some in (cells, labels))
        shared = len(said & known)
        alike = shared >= _LABELS and shared >= _ALIKE * max(len(said), len(known))
        return alike and not any(_same_header(cells, header) for header in self.header.rows)

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
        self._paged = kind == "layout" and (self._paged or reason.startswith("repeated"))
        if kind == "row":
            if may_be_total(cells, filled):
                self.suspects.append(self.rows)
            self.rows += 1
            self._filled += len(filled)
            self._seen += 1
        return kind, reason

    def _kind(self, line: int, row: list[str], cells: list[str], filled: list[str]) -> tuple[str, str]:  # noqa: C901, PLR0912 - the kinds of line in the order in which they are told apart
        width = len(self.header.names)
        if any(_same_header(cells, known) for known in self.header.rows):
            self.closed = self._over = False
            return "layout", "repeated header"
        said = fact(cells)
        if said and self._begins_block_by_title(said):
            self._open_by_title(said[0])
            return self._opened(line, cells, filled, facts(*said))
        if len(filled) == 1 and is_day(filled[0]) and (above := self._day_above()):
            label = label_of(filled[0], self.header.titles, self.header.names)
            if not self.groups.get(label) and filled != above:  # the day of printing stands on every page alike
                self._open_first(above, facts(label, above[0]))
            if self.groups.get(label):
                return self._opened(line, cells, filled, facts(label, filled[0]))
        if (said and said[0] in self._labels) or (_masked(cells) in self._titles and not (said and said[0] in self.groups)):
            return "layout", "repeated title"
        if len(filled) < width and self._is_page_head(filled):
            return "layout", "repeated title"
        if self.declared.is_no_row(" ".join(filled)):
            return "layout", "said to be no row"
        if self.declared.opens_block(" ".join(filled)):
            return self._opened(line, cells, filled, self._declared_group(cells, said, filled))
        if is_total(cells, filled) or self._is_total_of_group(filled):
            self.totals.append(Total(line, row, self.rows))
            self.closed = True
            return "layout", "total"
        if len(filled) < width and is_summary(filled):
            if (stated := balance_of(filled)) is not None:
                self.balances.append(Balance(line, self.rows, stated))
            return "layout", "summary"
        if len(filled) == 1 and width > 2 and is_footer(filled[0], counts=bool(cells[0])):
            self.footers.append(filled[0])
            return "layout", "footer"
        if len(filled) < width and is_page_line(filled):
            return "layout", "footer"
        if group := self._group(row, cells, said, filled):
            return self._opened(line, cells, filled, group)
        if width > 3 and not cells[0] and len(filled) == 1 and self.openings and (note := note_of(filled[0])):
            self.notes.append((note[0], self.openings[-1].rows_above, self.rows, note[1]))
            return "layout", "remark on its block"
        if self.closed:
            self._over = self._over or (self.after_blank and len(filled) < width and not any(map(is_value, filled)))
            if self._over or len(filled) <= max(1.0, 0.5 * self._usual(width)):
                return "layout", "summary below the total"
            self.closed = False
        if len(filled) == 1 and width >= 4 and self.after_blank and not cells[0].isdecimal() and len(row) >= self.least:
            return "layout", "heading"
        if self.header.keyed and _is_words(filled) and cells[0] and len(row) >= width > 2:
            return "layout", "remark"
        if len(row) > width and any(cells[width:]):
            return "reject", "ragged-row"
        if len(row) < self.least and not (self.least < width and self.header.keyed and is_value(cells[0])):
            return "reject", "ragged-row"
        return "row", ""

    def _group(self, row: list[str], cells: list[str], said: tuple[str, str] | None, filled: list[str]) -> list[tuple[str, str]]:
        """Return what a line that opens a block says, [] where it opens none.

        The first record of all opens one if it only says things by their labels (`Dentist: Dr Lee`), or says one without (`Dr Lee`) where
        a number or date should stand or such lines are seen to open blocks; so do the later ones like it. A line of a note that a line
        break tore off is never first.
        """
        width = len(self.header.names)
        if width <= 2 or self.declared.opens is not None:
            return []
        several = pairs(cells)
        if several and (several[0][0] in self.groups or not self.rows):
            return several
        if said and (said[0] in self.groups or not self.rows):
            return facts(*said)
        label = label_of(filled[0], self.header.titles, self.header.names)
        if self.alone and is_alone(cells):
            return facts(label, filled[0])
        bare = self.header.keyed and _is_words(filled) and bool(row[0].strip()) and len(row) >= width
        return facts(label, filled[0]) if bare and (label in self.groups or not self.rows) else []

    def _begins_block_by_title(self, said: tuple[str, str]) -> bool:
        """Return whether a line says of somebody else what the last title says: each block has its heading and the header below it."""
        title = fact(self.header.above[-1]) if self.header.above else None
        if title is None or title[0] != said[0] or not set(fold(said[0]).split()) & _HEADED:
            return False
        return bool(self.openings) or facts(*said)[0][1] != facts(*title)[0][1]

    def _open_by_title(self, label: str) -> None:
        """Let the title above the header open the first block, as its likes below open theirs."""
        title = fact(self.header.above[-1])
        if title and not any(said[0] == 0 for said in self.groups.get(label, ())):
            self._open_first([cell for cell in self.header.above[-1] if cell], facts(*title))

    def _day_above(self) -> list[str]:
        """Return the title that is a day and nothing else, [] where there is none: of the first block alone, where others have days too."""
        titles = ([cell for cell in row if cell] for row in self.header.above)
        return next((title for title in titles if len(title) == 1 and is_day(title[0])), [])

    def _open_first(self, title: Sequence[str], said: list[tuple[str, str]]) -> None:
        rows, self.rows = self.rows, 0
        self.openings.insert(0, Opening(self.header.index, " ".join(title), 0))
        self._open(said)
        self.rows = rows

    def _declared_group(self, cells: list[str], said: tuple[str, str] | None, filled: list[str]) -> list[tuple[str, str]]:
        if several := pairs(cells):
            return several
        first = facts(*(said or (label_of(filled[0], self.header.titles, self.header.names), filled[0])))
        return first if said else [*first, *((f"{first[0][0]} {number}", cell) for number, cell in enumerate(filled[1:], start=2))]

    def _opened(self, line: int, cells: list[str], filled: list[str], said: list[tuple[str, str]]) -> tuple[str, str]:
        again = (self._paged or is_continued(filled[-1])) and all(
            told and told[-1][1] == what for told, what in ((self.groups.get(name), what) for name, what in said)
        )
        self.openings.append(Opening(line, " ".join(filled), self.rows, again))
        if not again:  # nor does it end what began below it
            self._open(said)
        self.closed = self._over = False
        return "layout", "group"

    def _open(self, said: list[tuple[str, str]]) -> None:
        """Begin a group: what its heading says belongs to all rows below, until the next heading of its kind."""
        label = said[0][0]
        known = self._said.setdefault(label, set())
        now = dict.fromkeys(sorted(known), "") | dict(said)
        known.update(now)
        if len(said) > 1 or BLOCK in self.groups:
            kinds = list(self._said)
            for inner in kinds[kinds.index(label) + 1 :]:  # what stands within a block ends with it
                now = dict.fromkeys(sorted(self._said[inner] - now.keys()), "") | now
                self._headings.pop(inner, None)
            lasting = [*said[:1], *(one for one in said[1:] if _tells_apart(one[0]))]
            self._headings[label] = " ".join(f"{name}: {what}" for name, what in lasting)
            now[BLOCK] = " / ".join(self._headings.values()).replace(",", "")  # it serves as a key, and keys are listed with commas
        for name, what in now.items():
            self.groups.setdefault(name, []).append((self.rows, what))

    def _is_total_of_group(self, filled: Sequence[str]) -> bool:
        """Return whether a row is the total of what a heading above it names: `Total Lee, Ann` below `Patient: Lee, Ann   DOB: …`."""
        named = _TOTAL_OF.fullmatch(filled[0]) if len(filled[0]) <= LONGEST else None
        name = named[1].casefold() if named else ""
        said = any(known[-1][1].casefold().startswith(name) for label, known in self.groups.items() if label != BLOCK)
        return bool(name) and said and all(map(is_amount, filled[1:]))

    def _is_page_head(self, filled: Sequence[str]) -> bool:
        """Return whether a row is a page's number beside words of the report's titles."""
        rest = [cell for cell in filled if not is_page_number(cell)]
        return len(rest) < len(filled) <= 3 and all(self._words.issuperset(re.findall(r"\w+", cell.casefold())) for cell in rest)

    def _usual(self, width: int) -> float:
        return self._filled / self._seen if self._seen else width


def _tells_apart(label: str) -> bool:
    """Return whether what stands behind a label stays what it is: a number, a birth date, the day of a plan; no status and no balance."""
    return bool(_LASTING.search(label))


def _is_words(filled: Sequence[str]) -> bool:
    return len(filled) == 1 and not any(char.isdecimal() for char in filled[0])


def _masked(cells: Sequence[str]) -> str:
    """Return a row's text with its numbers masked, so that the title of page 2 is that of page 1."""
    return re.sub(r"\d+", "#", " ".join(cell for cell in cells if cell)).casefold()


def _same_header(cells: list[str], header: Sequence[str]) -> bool:
    trimmed = [cell.casefold() for cell in cells[: len(header)]] + [""] * (len(header) - len(cells))
    same = sum(a == b.casefold() for a, b in zip(trimmed, header, strict=True) if b)
    named = sum(1 for cell in header if cell)
    return same == named or (named > 3 and same >= named - 1)
