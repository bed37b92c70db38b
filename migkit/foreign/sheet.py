"""What a foreign reader yields: a grid of text and what its cells are beyond their values. Positions are (row, column) from 0."""

from __future__ import annotations

from dataclasses import dataclass, field

Place = tuple[int, int]
MOST_CELLS = 60_000_000
"""Cells of a sheet, empty ones among them, beyond which something stands far outside of its table."""


@dataclass
class Annotations:
    """What a sheet's cells are beyond their values."""

    errors: list[Place] = field(default_factory=list)
    """Cells that show #REF!, #N/A and their like; they are read as empty."""
    formulas: list[Place] = field(default_factory=list)
    """Formulas whose result the file does not have."""
    comments: dict[Place, str] = field(default_factory=dict)
    links: dict[Place, str] = field(default_factory=dict)
    """Where a click on the cell leads."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden: bool = False
    """Whether the sheet itself is hidden."""


@dataclass
class ForeignSheet:
    """One worksheet, row 1 first."""

    name: str
    rows: list[list[str]]
    annotations: Annotations = field(default_factory=Annotations)


class Refused(Exception):
    """The file cannot be read; `code` is the catalogue's word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def letters(column: int) -> str:
    """Return a column's letters: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place(ref: str) -> Place:
    """Return where `AB12` is."""
    column = row = 0
    for char in ref.upper():
        if char.isdecimal():
            row = row * 10 + int(char)
        elif "A" <= char <= "Z":
            column = column * 26 + ord(char) - 64
    return max(row - 1, 0), max(column - 1, 0)


def area(ref: str) -> list[Place]:
    """Return the cells of `A1:B3`, at the most ten thousand."""
    first, _, last = ref.partition(":")
    (top, left), (bottom, right) = place(first), place(last or first)
    cells = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    return [cell for cell, _ in zip(cells, range(10_000), strict=False)]


def filled_down(rows: list[list[str]], merged: list[tuple[Place, Place]]) -> None:
    """Give the value of a cell that was merged over several rows to each of these."""
    for (top, left), (bottom, _) in merged:
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for row in rows[top + 1 : bottom + 1] if value else ():
            row += [""] * (left + 1 - len(row))
            row[left] = row[left] or value
