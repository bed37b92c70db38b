"""`make test-faults`: the table of all faults, printed."""

from __future__ import annotations

import sys
from dataclasses import astuple, fields

from .faults import Row, table
from .real import REAL, real_row


def main(tries: int) -> int:
    """Print the table, twice as many ends of real processes; return 1 where anything is not zero that has to be."""
    rows = [*table(tries), *(real_row(name, 2 * tries) for name in REAL)]
    names = [field.name.replace("_", " ") for field in fields(Row)]
    lines = [names, *([str(value) for value in astuple(row)] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(names))]
    for line in lines:
        first, *rest = (cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join([first.strip().ljust(widths[0]), *rest]) + "\n")
    return int(any(any(row.harm) for row in rows))


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 25))
