"""Values that stand in the first of several rows only: the day of an appointment book, the dentist of a page.

What is carried down without being asked is certain: days that never go back and are never repeated, or dentists and places that are
never repeated, in the first columns of the sheet, from the first row on. An empty cell that may simply be empty is left empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate, count, islice

import pyarrow as pa

from migkit.model.words import NUMBERS

from .cells.dates import parse_date
from .header import PEOPLE, PLACES, fold
from .layout import is_amount
from .sheet import Sheet

DAYS = 0.95
"""Least share of a column's values that must be days."""
REPEATED = 0.05
"""Most of the rows that may say again what the row above says: where a page begins."""

_OF_A_PERSON = frozenset(
    {
        "account", "address", "age", "birth", "birthdate", "card", "chart", "client", "code", "contact", "customer", "date", "dob", "email",
        "file", "first", "full", "gender", "given", "guest", "id", "last", "member", "mobile", "mrn", "name", "no", "number", "of",
        "patient", "person", "phone", "ref", "sex", "surname", "title", "ur",
    }
)  # fmt: skip
"""Words of headers that say nothing but who it is."""
_OF_SOME = re.compile(
    r"void|cancel|delet|death|deceas|died|birth|dob|refund|revers|expir|archiv|inactiv|complet|clos|left|last|next", re.IGNORECASE
)
"""Headers of days that some rows have and others have not: an empty cell says that it never happened."""
_OF_LINES = frozenset({"ada", "card", "code", "item", "line", "medicare", "phone", "product", "provider", "row", "seq", "service", "tooth"})
"""Words of numbers that are of no record of its own."""


@dataclass(frozen=True)
class Column:
    """A column's values from top to bottom, "" where empty, with the block that each row stands in."""

    values: Sequence[str]
    blocks: Sequence[int]

    def runs(self) -> list[tuple[int, int]]:
        """Return the runs of empty cells as (first, up to), one that begins in another block being another one."""
        found: list[tuple[int, int]] = []
        for row, value in enumerate(self.values):
            if value:
                continue
            if found and found[-1][1] == row and self.blocks[row] == self.blocks[row - 1]:
                found[-1] = (found[-1][0], row + 1)
            else:
                found.append((row, row + 1))
        return found

    def beside(self) -> Iterator[tuple[str, str]]:
        """Yield each two values that stand in rows of one block with nothing but empty cells between them, and the rows' distance."""
        last = -1
        for row, value in enumerate(self.values):
            if value:
                if last >= 0 and self.blocks[row] == self.blocks[last]:
                    yield self.values[last], value
                last = row

    def begins_filled(self) -> bool:
        """Return whether the first row of every block has a value."""
        return all(value or (row and self.blocks[row] == self.blocks[row - 1]) for row, value in enumerate(self.values))

    def down(self) -> list[str]:
        """Return the values with each carried down to the next one or the end of its block."""
        carried: list[str] = []
        for row, value in enumerate(self.values):
            same = row and self.blocks[row] == self.blocks[row - 1]
            carried.append(value or (carried[-1] if same else ""))
        return carried


def carry_down(sheet: Sheet, wanted: Sequence[str] | None = None) -> tuple[Sheet, dict[str, int]]:
    """Return the sheet with values carried down, and how many by column. `wanted`: the columns, None where nobody said which."""
    table, counts = sheet.table, dict[str, int]()
    blocks = blocks_of(sheet)
    names = {fold(name) for name in wanted} if wanted is not None else None
    leading = True
    for name in sheet.own:
        empty = table.column(name).null_count
        if not empty and names is None:
            break
        column = Column(["" if value is None else value for value in table.column(name).to_pylist()], blocks)
        if names is not None:
            carried = fold(name) in names
        else:
            carried = leading and bool(empty) and _is_shown_once(name, column)
            leading = carried or empty == len(blocks)
            if not leading and not carried:
                break
        if carried and empty:
            down = column.down()
            counts[name] = empty - sum(not value for value in down)
            table = table.set_column(table.column_names.index(name), name, pa.array([value or None for value in down], pa.large_string()))
    return (replace(sheet, table=table), {name: count for name, count in counts.items() if count}) if counts else (sheet, {})


def carry_heads(sheet: Sheet) -> tuple[Sheet, dict[str, int], tuple[str, ...]]:
    """Return the sheet with the heads of its records carried down, how many by column, and which columns were left as they are since
    nothing proves that they are heads.

    A head is several first columns that are empty in the same rows, a reference of its own in each among them, as an invoice's number,
    day and patient above its further items: rows that lack all of these are no records by themselves. Rows with a day or a number of
    their own that lack nothing but the patient are: a break in the book, a sale over the counter.
    """
    if not sheet.own or not sheet.table.column(sheet.own[0]).null_count:
        return sheet, {}, ()
    texts = {name: ["" if value is None else value for value in sheet.table.column(name).to_pylist()] for name in sheet.own[:6]}
    head: list[str] = []
    for name, values in texts.items():
        if not any(values) or [bool(value) for value in values] != [bool(value) for value in texts[sheet.own[0]]]:
            break
        head.append(name)
    blocks = blocks_of(sheet)
    first = Column(texts[sheet.own[0]], blocks) if head else None
    if first is None or len(head) < 2 or not first.runs() or not first.begins_filled():
        return sheet, {}, ()
    if not any(_are_references([value for value in texts[name] if value]) for name in head):
        return sheet, {}, ()
    others = {name: sheet.table.column(name).to_pylist() for name in sheet.own if name not in head}
    further = [[cell for cells in others.values() if (cell := cells[row])] for begin, end in first.runs() for row in range(begin, end)]
    if any(len(cells) < 2 or all(map(is_amount, cells)) for cells in further):  # nothing but amounts: a sum below the rows
        return sheet, {}, ()
    is_grouped = sheet.lines.reason.count("total") > 1  # sums below groups prove these
    return (*carry_down(sheet, head), ()) if is_grouped or not _are_records(head, others) else (sheet, {}, tuple(head))


def _are_records(head: Sequence[str], others: Mapping[str, Sequence[str | None]]) -> bool:
    """Return whether every row is a record by itself: by a number of its own, or by a day where the head says nothing but who it is."""
    filled = {name: [cell for cell in cells if cell] for name, cells in others.items() if all(cells)}
    numbered = (cells for name, cells in filled.items() if (words := set(fold(name).split())) & NUMBERS and not words & _OF_LINES)
    if any(_are_references(cells) for cells in numbered):
        return True
    is_person = all(set(fold(name).split()) <= _OF_A_PERSON for name in head)
    return is_person and any(all(map(_day, cells)) for cells in filled.values())


def _are_references(filled: Sequence[str]) -> bool:
    return len(set(filled)) == len(filled) and all(any(char.isdecimal() for char in value) and _day(value) is None for value in filled)


def _is_shown_once(name: str, column: Column) -> bool:
    filled = [value for value in column.values if value]
    if not filled or not column.begins_filled():
        return False
    pairs = list(column.beside())
    if sum(before == after for before, after in pairs) > REPEATED * len(filled):
        return False
    return (not _OF_SOME.search(name) and _are_days(filled, pairs, column)) or _are_people(name, filled, column)


def _are_days(filled: Sequence[str], pairs: Sequence[tuple[str, str]], column: Column) -> bool:
    """Days that only go on, or only go back, with empty cells not merely at the end."""
    days = {value: _day(value) for value in set(filled)}
    if sum(days[value] is not None for value in filled) < DAYS * len(filled):
        return False
    steps = [(one, other) for before, after in pairs if (one := days[before]) and (other := days[after])]
    if any(one > other for one, other in steps) and any(one < other for one, other in steps):
        return False
    return len(column.runs()) > 1 or not pairs or bool(column.values[-1])


def _are_people(name: str, filled: Sequence[str], column: Column) -> bool:
    """Dentists or places: at least half of the cells are empty, and no other value stands there."""
    known = set(fold(name).split()) & (PEOPLE | PLACES)
    return bool(known) and 2 * len(filled) <= len(column.values) and not any(char.isdecimal() for value in filled for char in value)


def _day(text: str) -> datetime | None:
    return parse_date(text)[0] if len(text) <= 40 else None


def blocks_of(sheet: Sheet) -> list[int]:
    """Return the number of the block that each row stands in."""
    begins = Counter(one.rows_above for one in sheet.openings if not one.again)
    return list(islice(accumulate(begins[row] for row in count()), len(sheet.table)))
