"""Which rows of a sheet are title, header, data, total, footer: layout told from rows, and bad rows from good ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

LABELS_IN = 0.7
"""Least share of a header's cells that must read like labels."""
HEAD = 60
"""Rows among which the header must be found."""

_VALUE = re.compile(r"[-+($]?\s*[\d$][\d\s.,:/()+$%-]*(?:[ap]m)?|\d{4}-\d\d-\d\d.*", re.IGNORECASE)
_RANGE = re.compile(r"\d{1,3}\s*(?:-|to)\s*\d{1,3}|\d{1,3}\s*\+|>\s*\d{1,3}")
"""Headers of aged balances: `0-30`, `90+`."""
_MAIL = re.compile(r"\S+@\S+\.\S+")
_TOTAL = re.compile(r"(?:grand|sub|report|overall|page|net)?[\s-]*totals?\b.{0,60}|sum\b.{0,20}", re.IGNORECASE)
_COUNT = re.compile(
    r"(?:count|records?|rows?)\s*[:=]?\s*\d+|\d+\s+\w+(?:\s+\w+)?|end of (?:report|file|list)\b.*|page \d+( of \d+)?", re.IGNORECASE
)
_PRINTED = re.compile(
    r"(?:printed|generated|exported|report run|run (?:on|by)|created by|copyright|©|confidential)\b.*", re.IGNORECASE | re.DOTALL
)

_SPECIAL = re.compile(rf"\s|(?:{_TOTAL.pattern})|(?:(?:{_COUNT.pattern}|{_PRINTED.pattern})$)", re.IGNORECASE | re.DOTALL)
"""First cells of rows that are looked at more closely."""


@dataclass(frozen=True)
class Header:
    """Where a table's header stands and what its columns are called."""

    index: int
    """Position of the header among the records, 0-based."""
    cells: tuple[str, ...]
    """The header's cells as they stand, stripped."""
    names: tuple[str, ...]
    """A unique name for each column."""
    titles: tuple[str, ...]
    """The texts of the title rows above it, in order."""


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
    fixed_width: bool
    """True for text files, where a record with fewer cells than the header is broken; False for sheets."""
    totals: list[Total] = field(default_factory=list)
    rows: int = 0
    _closed: bool = False
    _over: bool = False
    _after_blank: bool = False
    _filled: int = 0
    _seen: int = 0

    def plain(self, row: Sequence[str]) -> bool:
        """Return whether the row is certainly data: right width, a first cell that is nothing special."""
        if self._closed or len(row) != len(self.header.names):
            return False
        first = row[0]
        return bool(first) and first != self.header.cells[0] and not _SPECIAL.match(first)

    def take_plain(self, count: int) -> None:
        """Count rows that `plain` let through."""
        self.rows += count
        self._after_blank = False

    def classify(self, line: int, row: Sequence[str]) -> tuple[str, str]:
        """Return (kind, reason): layout, row or reject."""
        cells = [cell.strip() for cell in row]
        filled = [cell for cell in cells if cell]
        if not filled:
            self._after_blank = True
            return "layout", "blank"
        kind, reason = self._kind(line, list(row), cells, filled)
        self._after_blank = False
        if kind == "row":
            self.rows += 1
            self._filled += len(filled)
            self._seen += 1
        return kind, reason

    def _kind(self, line: int, row: list[str], cells: list[str], filled: list[str]) -> tuple[str, str]:
        width = len(self.header.names)
        if _same_header(cells, self.header.cells):
            self._closed = self._over = False
            return "layout", "repeated header"
        if self._is_total(cells, filled):
            self.totals.append(Total(line, row, self.rows))
            self._closed = True
            return "layout", "total"
        if len(filled) == 1 and width > 2 and _is_footer(filled[0]):
            return "layout", "footer"
        if self._closed:
            self._over = self._over or (self._after_blank and len(filled) < width and not any(map(_is_value, filled)))
            if self._over or len(filled) <= max(1.0, 0.5 * self._usual(width)):
                return "layout", "summary below the total"
            self._closed = False
        if len(filled) == 1 and width >= 4 and self._after_blank and not cells[0].isdigit() and not self.fixed_width:
            return "layout", "heading"
        if len(row) > width and any(cells[width:]):
            return "reject", "ragged-row"
        if len(row) < width and self.fixed_width:
            return "reject", "ragged-row"
        return "row", ""

    def _is_total(self, cells: list[str], filled: list[str]) -> bool:
        """A total row: a total's word comes first, and but for the words around it only values stand in it."""
        if not _TOTAL.fullmatch(filled[0]) and not (len(filled) > 1 and _TOTAL.fullmatch(filled[1]) and not cells[0]):
            return False
        values = [cell for cell in filled if _VALUE.fullmatch(cell)]
        words = len(filled) - len(values)
        return len(filled) == 1 or (bool(values) and words <= 2) or len(filled) <= max(2, len(cells) // 3)

    def _usual(self, width: int) -> float:
        return self._filled / self._seen if self._seen else width


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the header of the table that starts among `rows`, None where there is no table.

    The header is the first row that is about as wide as the widest and reads like labels; the rows above it are titles.
    A table has two columns or more, or one column with a header of a single word above single values.
    """
    head = [[cell.strip() for cell in row] for row in rows[:HEAD]]
    counts = [sum(1 for cell in row if cell) for row in head]
    widest = max(counts, default=0)
    if widest < 2:
        return None
    for index, row in enumerate(head):
        if counts[index] < max(2, 0.6 * _width_below(counts, index)) or not _is_label_row(row):
            continue
        below = [r for r in head[index + 1 :] if any(r)]
        if counts[index] == 2 and below and row[0].endswith(":") and max(counts[index + 1 :]) > 2:
            continue  # `Dentist: | Nguyen` above a wider table
        width = _table_width(row, below)
        cells = tuple((row + [""] * width)[:width])
        titles = tuple(" ".join(cell for cell in r if cell) for r in head[:index] if any(r))
        return Header(index, cells, name_columns(cells), titles)
    return None


def name_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """Return unique column names: `Name`, `Name (2)`, `column 7` where the header is empty; never with a leading underscore."""
    names: list[str] = []
    for position, cell in enumerate(cells, start=1):
        base = re.sub(r"\s+", " ", cell).strip().lstrip("_") or f"column {position}"
        name, count = base, 1
        while name in names:
            count += 1
            name = f"{base} ({count})"
        names.append(name)
    return tuple(names)


def _width_below(counts: list[int], index: int) -> int:
    """The usual number of filled cells from here on, so that one long title row does not decide."""
    below = sorted(count for count in counts[index:] if count > 1)
    return below[-1] if len(below) < 3 else below[int(len(below) * 0.8)]


def _table_width(row: list[str], below: list[list[str]]) -> int:
    """The header's width without its empty tail, or the data's where most of the data is wider than the header."""
    named = _reach(row)
    wider = sorted(reach for other in below if (reach := _reach(other)) > named)
    return wider[len(wider) // 2] if len(wider) > len(below) / 2 else named


def _reach(row: list[str]) -> int:
    return max((position for position, cell in enumerate(row, start=1) if cell), default=0)


def _is_label_row(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    labels = [cell for cell in filled if len(cell) <= 60 and not _is_value(cell) and not _MAIL.search(cell)]
    distinct = len({cell.casefold() for cell in filled})
    return len(labels) >= LABELS_IN * len(filled) and distinct >= 0.7 * len(filled) and not _TOTAL.fullmatch(filled[0])


def _is_value(cell: str) -> bool:
    return bool(_VALUE.fullmatch(cell)) and not _RANGE.fullmatch(cell)


def trims_rows(rows: Sequence[Sequence[str]], header: Header) -> bool:
    """Return whether the file's writer leaves out empty cells at the end of a row, as Excel does from the 17th row on.

    So it is where short rows are common, and neither they nor the full ones end in an empty cell.
    """
    below = [row for row in rows[header.index + 1 :] if any(row)]
    short = [row for row in below if len(row) < len(header.names)]
    return len(short) >= max(3, 0.1 * len(below)) and all(row[-1].strip() for row in below)


def _is_footer(text: str) -> bool:
    return bool(_PRINTED.fullmatch(text) or _COUNT.fullmatch(text))


def _same_header(cells: list[str], header: Sequence[str]) -> bool:
    trimmed = [cell.casefold() for cell in cells[: len(header)]] + [""] * (len(header) - len(cells))
    same = sum(a == b.casefold() for a, b in zip(trimmed, header, strict=True) if b)
    named = sum(1 for cell in header if cell)
    return same == named or (named > 3 and same >= named - 1)
