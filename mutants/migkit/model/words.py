"""How a number meets its noun in a sentence."""

from __future__ import annotations


def number_of(number: int, one: str, many: str = "") -> str:
    """Return "1 row", "2 rows": the number, thousands separated, and what there is of it; `many` is `one` with an s unless given.

    >>> number_of(1, "row lies", "rows lie")
    '1 row lies'
    >>> number_of(1200, "seat")
    '1,200 seats'
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
