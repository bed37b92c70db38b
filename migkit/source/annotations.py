"""What a table's cells are beyond their values: comments and links become columns, errors and formulas without results findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from migkit.foreign import Annotations
from migkit.foreign.sheet import Place
from migkit.model.outcomes import Finding, Severity
from migkit.model.words import in_list

from .header import name_columns
from .sheet import Sheet

_ERRORS = pa.array(["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"], pa.large_string())
_NARROW = "^#{4,}$"


def with_annotations(sheet: Sheet, annotations: Annotations, left: int = 0) -> tuple[Sheet, list[Finding]]:
    """Return the sheet with its cells' comments and links as columns, and what there is to say of them.

    `left`: the column of the worksheet, from 0, where the table begins.
    """
    last = sheet.lines.line[-1] if sheet.lines.line else sheet.header_line
    names = dict(enumerate(sheet.own, start=left))

    def here(place: Place) -> bool:
        return sheet.header_line <= place[0] + 1 <= last and place[1] in names

    for word, texts in (("comment", annotations.comments), ("link", annotations.links)):
        sheet = _beside(sheet, word, {(row + 1, names[column]): text for (row, column), text in texts.items() if here((row, column))})
    errors = Counter(names[column] for row, column in annotations.errors if here((row, column)))
    formulas = Counter(names[column] for row, column in annotations.formulas if here((row, column)))
    rows = {line for line, kind in zip(sheet.lines.line, sheet.lines.kind, strict=True) if kind == "row"}
    hidden = sum(row + 1 in rows for row in annotations.hidden_rows)
    unseen = [names[column] for column in annotations.hidden_columns if column in names and names[column] in _filled(sheet)]
    found = [*_found(sheet, "error-cells", errors), *_found(sheet, "formulas-without-results", formulas)]
    if annotations.hidden and rows:
        found.append(Finding.of("hidden-sheet", count=len(rows), keys=(sheet.file,), file=sheet.file))
    if hidden:
        found.append(Finding.of("hidden-rows", count=hidden, keys=(sheet.file,), file=sheet.file))
    if unseen:
        found.append(Finding.of("hidden-columns", count=len(unseen), keys=(sheet.file,), file=sheet.file, columns=in_list(unseen)))
    return sheet, found


def without_errors(sheet: Sheet) -> tuple[Sheet, list[Finding]]:
    """Return the sheet with a spreadsheet's errors that were written out as text (`#REF!`, `########`) emptied, and told."""
    counts: Counter[str] = Counter()
    table = sheet.table
    for position, name in enumerate(table.column_names):
        column = table.column(name)
        if not pa.types.is_large_string(column.type):
            continue
        wrong = pc.or_(pc.is_in(column, value_set=_ERRORS), pc.fill_null(pc.match_substring_regex(column, _NARROW), False))
        if count := pc.sum(wrong).as_py():
            counts[name] = count
            table = table.set_column(position, name, pc.if_else(wrong, pa.scalar(None, pa.large_string()), column))
    if not counts:
        return sheet, []
    sheet = replace(sheet, table=table)
    return sheet, _found(sheet, "error-cells", counts)


def _found(sheet: Sheet, code: str, counts: Mapping[str, int]) -> list[Finding]:
    """Return a critical finding for columns that hold nothing else, a warning for the others."""
    filled = _filled(sheet)
    found = []
    for severity, names in (
        (Severity.CRITICAL, [name for name in counts if name not in filled]),
        (Severity.WARNING, [name for name in counts if name in filled]),
    ):
        if names:
            total, where = sum(counts[name] for name in names), in_list((f"{name} ({counts[name]:,})" for name in names), most=12)
            found.append(Finding.of(code, severity=severity, count=total, keys=(sheet.file,), file=sheet.file, columns=where))
    return found


def _filled(sheet: Sheet) -> frozenset[str]:
    """Return the columns in which at least one row has a value."""
    return frozenset(name for name in sheet.own if sheet.table.column(name).null_count < len(sheet.table))


def _beside(sheet: Sheet, word: str, texts: Mapping[tuple[int, str], str]) -> Sheet:
    """Return the sheet with a column `Name (comment)` for each column whose rows have some. A link that its text says is none."""
    lines = sheet.table.column("_line").to_pylist()
    at = {line: position for position, line in enumerate(lines)}
    for name in sheet.own:
        known = sheet.table.column(name).to_pylist() if any(column == name for _, column in texts) else []
        values: list[str | None] = [None] * len(lines)
        for (line, column), text in texts.items():
            if column == name and line in at and text and not _says(known[at[line]], text):
                values[at[line]] = text
        if any(values):
            label = name_columns([*sheet.header.names, f"{name} ({word})"])[-1]
            header = replace(sheet.header, names=(*sheet.header.names, label), cells=(*sheet.header.cells, label))
            sheet = replace(sheet, header=header, table=sheet.table.append_column(label, pa.array(values, pa.large_string())))
    return sheet


def _says(cell: str | None, target: str) -> bool:
    plain = target.casefold().removeprefix("mailto:").removeprefix("tel:").removeprefix("http://").removeprefix("https://").rstrip("/")
    return bool(cell) and plain in _spellings(str(cell))


def _spellings(cell: str) -> Iterable[str]:
    plain = cell.strip().casefold()
    return {plain, plain.removeprefix("http://").removeprefix("https://").rstrip("/")}
