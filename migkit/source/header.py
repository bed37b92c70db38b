"""Where a table's header stands among the rows, and what its columns are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from .layout import fact, facts, holds_mail, is_page_number, is_total, is_value, pairs, visible

LABELS_IN = 0.7
"""Least share of a header's cells that must read like labels."""
DISTINCT = 0.5
"""Least share of a header's cells that must be unlike each other: `Phone` may stand there three times."""
FIRST_ROWS = 60
"""Rows among which the header must be found."""
LONGEST_LABEL = 60
LONGEST_NAME = 200
"""Characters that a column's name keeps of a header's cell."""
_PERIOD = re.compile(r"(?:FY\s?)?(?:19|20)\d\d(?:\s?[-/]\s?\d{2,4})?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d(?:-\d\d)?", re.IGNORECASE)
"""What a column of counts or amounts may be called though it is a number: a year, a month, a day."""

PEOPLE = frozenset({"dentist", "provider", "practitioner", "doctor", "clinician", "hygienist", "therapist"})
PLACES = frozenset({"location", "practice", "clinic", "branch", "site", "surgery"})
_PERIODS = frozenset({"period", "date range", "dates", "for period", "for the period", "month"})
_SPAN = re.compile(r"(?:from\s+)?\d.*(?:\s(?:to|until|till|-|–|—)\s|\d{4}\s?[-–—]\s?\d{1,2}[/.]).*\d.*|all(?:\s\w+)?", re.IGNORECASE)
"""A period from one day to another: it says which rows a report has, and of none of them when it was."""
_DATED = frozenset({"date", "day", "month", "period", "dated", "when", "start", "due", "time"})
"""Words of columns that say when: beside them a report's period says nothing more of a row."""


@dataclass(frozen=True)
class Header:
    """Where a table's header stands and what its columns are called."""

    index: int
    """Position of the header (of its last row) among the records, 0-based."""
    cells: tuple[str, ...]
    """The header's cells as they stand, stripped; of two rows the upper label before the lower one."""
    names: tuple[str, ...]
    """A unique name for each column."""
    titles: tuple[str, ...]
    """The texts of the title rows above it, in order."""
    rows: tuple[tuple[str, ...], ...] = ()
    """The header's one or two rows as they stand, for knowing them again."""
    above: tuple[tuple[str, ...], ...] = ()
    """The title rows' cells, for knowing them again on the next page."""
    keyed: bool = False
    """Whether numbers or dates stand in the first column, so that words alone there are no record."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What a title row says of every row below it and no column says: `Dentist` → `Nguyen, Thi`."""


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the header of the table that starts among `rows`, None where there is no table.

    The header is the first row that is about as wide as the widest and reads like labels; the rows above it are titles.
    """
    head = [[visible(cell) for cell in row] for row in rows[:FIRST_ROWS]]
    counts = [sum(1 for cell in row if cell) for row in head]
    if max(counts, default=0) < 2:
        return None
    for index, row in enumerate(head):
        if counts[index] < 2 or not (_is_label_row(row) or _names_periods(head, index)):
            continue
        if counts[index] < 0.6 * _width_below(counts, index) and not _is_table_of_its_own(head, index):
            continue
        below = [r for r in head[index + 1 :] if any(r)]
        if counts[index] == 2 and below and row[0].endswith(":") and max(counts[index + 1 :]) > 2:
            continue  # `Dentist: | Nguyen` above a wider table
        if any(map(is_page_number, row)):
            continue  # `Recall List | Page 1` is no upper half of the header below it
        if _is_title_over_header(head, index):
            continue
        return None if _is_a_record(row, below) or _stands_below_records(head, index) else _made(head, index, row, below)
    return None


def given_header(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Header:
    """Return the header of a table that has none, as somebody gave it; a row that says the same is its header."""
    cells = tuple(visible(name) for name in names)
    head = [[visible(cell) for cell in row] for row in rows[:FIRST_ROWS]]
    index = next(
        (place for place, row in enumerate(head) if [one.casefold() for one in row[: len(cells)]] == [one.casefold() for one in cells]), -1
    )
    below = [row for row in head[index + 1 :] if sum(map(bool, row)) > 1]
    own = (cells,) if index >= 0 else ()
    return Header(index, cells, name_columns(cells), (), own, (), _holds_values(below, 0))


def _made(head: list[list[str]], index: int, row: list[str], below: list[list[str]]) -> Header:
    block = list(takewhile(any, head[index + 1 :]))
    width = _table_width(row, block or below)
    own = [(row + [""] * width)[:width]]
    if below and _is_lower_half(row, head[index + 1], [r for r in below[1:] if r not in (row, below[0])]):
        width = max(width, _reach(below[0]))
        own = [(r + [""] * width)[:width] for r in (row, below[0])]
    last, first = index + len(own) - 1, index
    if len(own) == 1 and index and _is_groups(head[index - 1], row):
        own, first = [(r + [""] * width)[:width] for r in (head[index - 1], row)], index - 1
    above = [r for r in head[:first] if any(r) and not r[0].lower().startswith("sep=")]
    cells = _joined(own)
    below = below[last - index :]
    if below and below[0] == head[last + 1] and _is_units(below[0], row):
        own, below, last = [*own, (below[0] + [""] * width)[:width]], below[1:], last + 1
    return Header(
        last,
        cells,
        name_columns(cells),
        tuple(" ".join(cell for cell in r if cell) for r in above),
        tuple(tuple(r) for r in own),
        tuple(tuple(r) for r in above),
        _holds_values([r for r in below if sum(map(bool, r)) > 1], 0),
        dict(_facts(above, cells)),
    )


def another_table(rows: Sequence[Sequence[str]], header: Header, sample: Sequence[Sequence[str]], least: int) -> Header | None:
    """Return the header of another table if `rows`, which stand below a blank one, begin with it; None where they go on as before.

    It is one if it has at least `least` labels where the rows of the first table (`sample`) hold values, and values stand below it.
    """
    cells = [visible(cell) for cell in rows[0]] if rows else []
    filled = [cell for cell in cells if cell]
    if len(filled) < least or not all(map(is_label, filled)) or len(set(filled)) < len(filled):
        return None
    under = next((row for row in rows[1:] if any(cell.strip() for cell in row)), [])
    if not any(cell and p < len(under) and is_value(visible(under[p])) for p, cell in enumerate(cells)):
        return None
    plain = [[visible(cell) for cell in row] for row in sample]
    if plain and not any(cell and _holds_values(plain, p) for p, cell in enumerate(cells)):
        return None
    if any(p < len(row) and row[p] == cell for row in plain for p, cell in enumerate(cells) if cell):
        return None
    found = find_header(list(takewhile(any, ([visible(cell) for cell in row] for row in rows))))
    return found if found and not found.above and found.rows[0] not in header.rows else None


def name_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """Return unique column names: `Name`, `Name (2)`, `column 7` where the header is empty; never with a leading underscore.

    `Notes` and `NOTES` count as one word: sheets are stacked, and databases compare, without case.
    """
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(cells, start=1):
        base = re.sub(r"\s+", " ", cell[:LONGEST_NAME]).strip().lstrip("_") or f"column {position}"
        name, count = base, 1
        while fold(name) in taken:
            count += 1
            name = f"{base} ({count})"
        names.append(name)
        taken.add(fold(name))
    return tuple(names)


def fold(name: str) -> str:
    """Return what two column names have in common that are one word: no case, one way of writing accents."""
    return unicodedata.normalize("NFKC", name).casefold()


def trims_rows(rows: Sequence[Sequence[str]], header: Header) -> bool:
    """Return whether the file's writer leaves out empty cells at the end of a row, as Excel does from the 17th row on.

    So it is where short rows are common, and neither they nor the full ones end in an empty cell. A row of mere words
    tells nothing: it may be a line of a note that a line break tore off.
    """
    below = [row for row in rows[header.index + 1 :] if any(row) and (len(row) > 1 or is_value(row[0].strip()))]
    short = [row for row in below if len(row) < len(header.names)]
    return len(short) >= max(3, 0.1 * len(below)) and all(row[-1].strip() for row in below)


def _is_label_row(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    labels = [cell for cell in filled if is_label(cell)]
    distinct = len({cell.casefold() for cell in filled})
    return len(labels) >= LABELS_IN * len(filled) and distinct >= DISTINCT * len(filled) and not is_total(row, filled)


def is_label(cell: str) -> bool:
    """Return whether a cell may be a column's header."""
    return bool(cell) and len(cell) <= LONGEST_LABEL and not is_value(cell) and not holds_mail(cell)


def _is_table_of_its_own(head: list[list[str]], index: int) -> bool:
    """A narrow table above a wider one, a blank row between them: labels, and below each records that begin with a number."""
    row, block = head[index], list(takewhile(any, head[index + 1 :]))
    reach = _reach(row)
    ends = len(block) < len(head) - index - 1
    return ends and all(map(is_label, filter(None, row))) and all(_reach(r) <= reach for r in block) and _holds_values(block, 0)


def _is_title_over_header(head: list[list[str]], index: int) -> bool:
    """`Report | Appointment List | Run | 1/4/2026` reads like labels, but below it stands a row that does so wholly."""
    row, under = head[index], next((r for r in head[index + 1 :] if any(r)), [])
    filled = [cell for cell in under if cell]
    if all(is_label(cell) for cell in row if cell) and any(map(any, head[index + 1 : index + 2])):
        return False
    if not filled or not all(map(is_label, filled)) or len(filled) < sum(1 for cell in row if cell):
        return False
    after = head[head.index(under, index) + 1 :]
    return any(is_value(cell) for r in after for cell in r) and len({cell.casefold() for cell in filled}) == len(filled)


def _is_a_record(row: list[str], below: list[list[str]]) -> bool:
    """A header's cell is no value of its column; where two are (`NSW`, `Active`), the table has no header."""
    others = [r for r in below if 2 * sum(a == b for a, b in zip(r, row, strict=False) if b) < sum(map(bool, row))]
    again = sum(any(position < len(r) and r[position] == cell for r in others) for position, cell in enumerate(row) if cell)
    has_values = any(is_value(cell) or holds_mail(cell) for cell in row if cell)
    return again >= (1 if has_values else 2)


def _names_periods(head: list[list[str]], index: int) -> bool:
    """`Clinic | 2025 | 2026`: a label, then years or days, each once, and values stand below these."""
    filled = [position for position, cell in enumerate(head[index]) if cell]
    periods = [head[index][position] for position in filled[1:]]
    if len(periods) < 2 or not is_label(head[index][filled[0]]) or len(set(periods)) < len(periods):
        return False
    under = next((row for row in head[index + 1 :] if any(row)), [])
    values = sum(position < len(under) and is_value(under[position]) for position in filled[1:])
    return all(map(_PERIOD.fullmatch, periods)) and values >= 0.5 * len(periods)


def _stands_below_records(head: list[list[str]], index: int) -> bool:
    """A row of words (`void | void | void`) below rows that are like those further down: it is one of them, and no header."""
    width = sum(map(bool, head[index]))
    above = [row for row in reversed(list(takewhile(any, reversed(head[:index])))) if 2 <= sum(map(bool, row)) >= 0.6 * width]
    records = [row for row in above if any(map(is_value, row))]
    below = [row for row in head[index + 1 :] if any(row)]
    if not records or len(records) < len(above):
        return False
    alike = [_likeness(records[0], row) for row in records[1:]]
    further = [_likeness(row, other) for row in records for other in below]
    return all(one > 0.5 for one in alike) and (max(further) > 0.5 if further else len(records) > 1)


def _likeness(row: list[str], other: list[str]) -> float:
    """Return the share of the cells, of those that both rows fill, where both hold a value or both hold words."""
    both = [(is_value(a), is_value(b)) for a, b in zip(row, other, strict=False) if a and b]
    return sum(a == b for a, b in both) / len(both) if any(a and b for a, b in both) else 0.0


def _is_lower_half(upper: list[str], lower: list[str], below: list[list[str]]) -> bool:
    """Whether two rows are one header: below `Name | (empty)` stand `First | Last`, and below these the records begin."""
    filled = [cell for cell in lower if cell]
    padded = upper + [""] * (len(lower) - len(upper))
    if len(filled) < 2 or not all(map(is_label, filled)) or not below:
        return False
    spanned = [p for p, cell in enumerate(lower) if cell and not padded[p] and any(padded[:p])]
    open_ends = [p for p in range(len(lower)) if not lower[p] and not padded[p] and any(p < len(r) and r[p] for r in below)]
    return bool(spanned) and not open_ends and any(_holds_values(below, p) for p in range(len(lower)) if lower[p] or padded[p])


def _is_groups(upper: list[str], row: list[str]) -> bool:
    """Whether the row above a header names groups of its columns: `Patient | | Next of kin | |` over `Id | Name | Name | Phone`."""
    filled, reach = [p for p, cell in enumerate(upper) if cell], _reach(row)
    if len(filled) < 2 or filled[-1] >= reach or not all(is_label(upper[p]) and not upper[p].endswith(":") for p in filled):
        return False
    spans = [end - start for start, end in zip(filled, [*filled[1:], reach], strict=True)]
    return (
        sum(span > 1 for span in spans) > 1 and all(row[p] for p in filled) and fact(upper) is None and not any(map(is_page_number, upper))
    )


_UNIT = re.compile(
    r"[(\[].{0,40}[)\]]|(?:dd|mm|yyyy|yy)(?:[/.-](?:dd|mm|yyyy|yy)){1,2}|hh:mm(?::ss)?|[$%#]|mins?|minutes|hours|years|yes/no|y/n"
    r"|(?:text|string|integer|int|number|numeric|date|datetime|decimal|boolean|bool|varchar|char|money|currency)(?:\(\d+(?:,\d+)?\))?",
    re.IGNORECASE,
)
"""What a row of units or types below a header says of a column: `(mins)`, `dd/mm/yyyy`, `varchar(50)`."""


def _is_units(row: list[str], header: list[str]) -> bool:
    """Whether a row below a header says in what its columns are written, and is no record."""
    filled = [cell for cell in row if cell]
    return len(filled) >= max(2, sum(map(bool, header)) / 2) and all(map(_UNIT.fullmatch, filled)) and len({*map(str.casefold, filled)}) > 1


def _holds_values(rows: list[list[str]], position: int) -> bool:
    cells = [row[position] for row in rows if position < len(row) and row[position]]
    return bool(cells) and sum(map(is_value, cells)) >= 0.8 * len(cells)


def _joined(rows: list[list[str]]) -> tuple[str, ...]:
    if len(rows) == 1:
        return tuple(rows[0])
    cells, last = [], ""
    for upper, lower in zip(*rows, strict=True):
        last = upper or last
        cells.append(" ".join(dict.fromkeys(part for part in (upper or (last if lower else ""), lower) if part)))
    return tuple(cells)


def _facts(above: list[list[str]], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what the titles say of every row and no column says: the dentist, the place, and where no column has a date, the period."""
    named = {word for cell in cells for word in re.findall(r"[a-z]+", cell.casefold())}
    for row in above:
        said = fact(row)
        for label, value in pairs(row) or (facts(*said) if said else []):
            word = label.casefold()
            family = next((words for words in (PEOPLE, PLACES, _PERIODS) if word in words), None)
            if family is _PERIODS and _SPAN.fullmatch(value):
                continue
            if family and value and not (_DATED if family is _PERIODS else family) & named:
                yield label, value


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
