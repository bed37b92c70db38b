"""Lines above blocks of rows: which line of a printed report opens one, and what it says of every row below.

A line that opens a block says one thing (`Dr Lee`, `Monday, 2 March 2026`) or several, each with its label (`Account: | 1042 | DOB: |
15/01/1997`, or the same in one cell, two blanks apart).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from .cells.dates import parse_date
from .layout import fact, is_footer, is_page_line, is_summary, is_total, is_value, pairs, visible

GROUP = "Group"
"""The column of what stands above a block without a label, and of which nothing says what it is."""
DAY = "Day"
_BY = re.compile(r"\b(?:by|per)\s+((?!date\b)[a-z]+)(?:\s+(?:account|name))?\s*(?:$|[-–,(:]|\b(?:as at|for|from|to|on)\b)", re.IGNORECASE)
"""`Treatment Plans by Patient`."""


def is_day(text: str) -> bool:
    """Return whether a text is a day and nothing else: `Monday, 2 March 2026`, `02/03/2026`."""
    return len(text) <= 40 and any(char.isdecimal() for char in text) and parse_date(text)[0] is not None


def label_of(text: str, titles: Sequence[str], columns: Sequence[str]) -> str:
    """Return what a line without a label is called: the day, or what the report's title says that it is laid out by."""
    if is_day(text):
        return "Date" if "date" not in {column.casefold() for column in columns} else DAY
    named = next((found[1] for title in titles if not is_footer(title) and (found := _BY.search(title))), "")
    return named.capitalize() if named and named.casefold() not in {column.casefold() for column in columns} else GROUP


def opens_alone(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Return whether words that stand alone in the first column open blocks, as far as the rows below a header (`rows`) tell.

    So it is where the first of them is such a line, the rows are usually at least three cells wide, and these lines are the fewer.
    """
    seen = [cells for cells in ([visible(cell) for cell in row] for row in rows) if any(cells)]
    seen = list(dropwhile(_is_labelled, (cells for cells in seen if not _is_layout(cells))))
    if width < 3 or not seen or not is_alone(seen[0]):
        return False
    usual = sorted(sum(map(bool, cells)) for cells in seen if not is_alone(cells))
    return 2 * len(usual) >= len(seen) and usual[len(usual) // 2] >= max(3, width // 3)


def _is_labelled(cells: Sequence[str]) -> bool:
    return bool(fact(cells) or pairs(cells))


def is_alone(cells: Sequence[str]) -> bool:
    """Return whether words or a day stand alone in a row's first column."""
    filled = [cell for cell in cells if cell]
    return len(filled) == 1 and bool(cells[0]) and (not is_value(filled[0]) or is_day(filled[0]))


def _is_layout(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return is_total(cells, filled) or is_page_line(filled) or (len(filled) == 1 and is_footer(filled[0])) or is_summary(filled)
