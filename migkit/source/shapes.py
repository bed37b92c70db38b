"""What a report's layout means: blocks, values carried down, rows of several kinds, cells of two values; and what was made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from migkit.model.tables import SourceTable

from .carried import carry_down, carry_heads
from .declared import APART, UNDECLARED, Declared
from .movements import part_movements, without_columns
from .parted import part_cells
from .repeating import part_groups
from .sheet import Lines, Sheet
from .ways_to_reach import spread_kinds

SHAPES = ["file", "line", "what", "text", "below", "columns", "rows"]
"""Columns of `RawExport.shapes`."""
NOT_CARRIED = "not-carried"
"""What a shape is that nothing proves: the cells stay empty."""


@dataclass(frozen=True)
class Shape:
    """One thing that the layout was taken to mean."""

    file: str
    line: int
    """The line that says so, 0 where it is no single one."""
    what: str
    text: str = ""
    """The line, or the figures that prove it."""
    below: str = ""
    """The first row that it belongs to."""
    columns: tuple[str, ...] = ()
    rows: int = 0
    """Rows that have something from it."""


RUNNING = "running-balance"
"""What columns are whose amounts run over the rows of an account."""


def shaped(sheet: Sheet, declared: Declared = UNDECLARED, running: tuple[str, ...] = ()) -> tuple[list[Sheet], list[Shape]]:
    """Return the tables that a sheet holds once its layout is understood, and what it was taken to mean.

    `running`: its columns of running balances, which prove what its rows are and are read as nothing more.
    """
    shapes = list(_openings(sheet))
    sheet, carried = carry_down(sheet, declared.carry)
    shapes += [Shape(sheet.file, 0, "carried-down", columns=(name,), rows=rows) for name, rows in carried.items()]
    parts, witness = part_movements(sheet, declared.rows == APART if declared.rows else None)
    if len(parts) > 1 or parts[0].part:
        proof = (
            f"{witness.lines_right} of {witness.lines}; {witness.steps_right} of {witness.steps}" if witness.lines or witness.steps else ""
        )
        parts = [replace(part, file=_named(sheet.file, part.part), lines=_lines_of(sheet, parts, k)) for k, part in enumerate(parts)]
        shapes += [Shape(part.file, 0, "kind-of-row", proof, rows=len(part.table)) for part in parts]
    elif declared.carry is None:
        headed, heads, left = carry_heads(sheet)
        parts = [headed]
        if left:
            shapes.append(Shape(sheet.file, 0, NOT_CARRIED, columns=left, rows=sheet.table.column(left[0]).null_count))
        shapes += [Shape(sheet.file, 0, "carried-down", columns=(name,), rows=rows) for name, rows in heads.items()]
    if left := tuple(name for name in running if all(name in part.own for part in parts)):
        parts = [without_columns(part, left) for part in parts]
        shapes.append(Shape(sheet.file, 0, RUNNING, columns=left, rows=len(sheet.table)))
    return parts, shapes


def parted(tables: Mapping[str, SourceTable]) -> tuple[dict[str, SourceTable], list[Shape]]:
    """Return the tables with what their cells of two values hold beside these, and which columns were taken apart."""
    done, shapes = {}, []
    for name, table in tables.items():
        grouped, repeating = part_groups(table)
        if repeating:
            shapes.append(Shape(table.files[0], 0, "columns-repeat", columns=repeating, rows=len(grouped.frame)))
        spread, kinds = spread_kinds(grouped)
        if kinds:
            shapes.append(Shape(table.files[0], 0, "column-a-kind", columns=kinds, rows=len(spread.frame)))
        done[name], cells = part_cells(spread)
        shapes += [Shape(table.files[0], 0, "cell-of-two", of, columns=names, rows=len(table.frame)) for of, names in cells.items()]
    return done, shapes


def shapes_frame(shapes: list[Shape]) -> pd.DataFrame:
    """Return shapes as a table with the columns `SHAPES`."""
    frame = pd.DataFrame(
        [{name: getattr(one, name) for name in SHAPES} | {"columns": ", ".join(one.columns)} for one in shapes], columns=SHAPES
    )
    return frame.astype({"line": "int64", "rows": "int64"} | dict.fromkeys(("file", "what", "text", "below", "columns"), "string"))


def _openings(sheet: Sheet) -> Iterator[Shape]:
    opened = [one for one in sheet.openings if not one.again]
    for number, one in enumerate(opened):
        end = opened[number + 1].rows_above if number + 1 < len(opened) else len(sheet.table)
        first = sheet.table.slice(one.rows_above, 1).to_pylist() if end > one.rows_above else []
        below = " | ".join(str(first[0][name]) for name in sheet.own if first[0][name]) if first else ""
        yield Shape(sheet.file, one.line, "opens-block", one.text, below, sheet.said, end - one.rows_above)


def _named(file: str, part: str) -> str:
    return f"{file}{'/' if '#' in file else '#'}{part}"


def _lines_of(sheet: Sheet, parts: list[Sheet], number: int) -> Lines:
    """Return the lines of a part: its rows; the first part also has all that is no row."""
    own = set(parts[number].table.column("_line").to_pylist())
    lines = Lines()
    for line, kind, reason, text in zip(sheet.lines.line, sheet.lines.kind, sheet.lines.reason, sheet.lines.text, strict=True):
        if line in own if kind == "row" else number == 0:
            lines.add(line, kind, reason, text)
    return lines
