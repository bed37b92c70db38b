"""`make test-faults`: the table of all faults, printed row by row."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import astuple, fields

from .faults import FAULTS, Row, table
from .real import REAL, real_row

NAMES = [field.name.replace("_", " ") for field in fields(Row)]
WIDTHS = [max(map(len, [NAMES[0], *FAULTS, *REAL])), *(max(6, len(name)) for name in NAMES[1:])]


def rows(tries: int) -> Iterator[Row]:
    """Yield the rows as they are known; real processes are ended twice as often."""
    for name in REAL:
        yield real_row(name, 2 * tries)
    for name in FAULTS:
        yield from table(tries, names=[name])


def main(tries: int) -> int:
    """Print the table; return 1 where anything is not zero that has to be."""
    harm = False
    _print(NAMES)
    for row in rows(tries):
        harm |= any(row.harm)
        _print(list(astuple(row)))
    return int(harm)


def _print(cells: list[object]) -> None:
    first, *rest = (str(cell).rjust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    sys.stdout.write("  ".join([first.strip().ljust(WIDTHS[0]), *rest]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 25))
