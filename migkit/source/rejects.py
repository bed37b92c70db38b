"""Rejected rows as files that load again once they are mended: the original columns, then why and where from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from migkit.model.messages import Message
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.model.tables import RawExport, SourceTable
from migkit.workspace import write_rows

from .csvfile import split_loosely
from .dialect import Dialect
from .stack import REJECT_COLUMNS


def write_rejects(raw: RawExport, row_outcomes: Iterable[RowOutcome], folder: Path) -> list[Path]:
    """Write `<table>.rejects.csv` for every source table with rejected rows; return the paths.

    Columns: the table's own, `reject_reason` (a sentence), `reject_code`, `reject_file`, `reject_line`, and `reject_extra` where rows
    had cells too many.
    A mended file put into an export folder is read as rows of the same table. Lines of files that could not be read at all
    have no table and are not written.
    """
    rejected = {(row.file, row.line): row.reason for row in row_outcomes if row.outcome is Outcome.REJECTED and row.reason}
    texts = raw.lines[raw.lines["kind"].eq("reject")]
    separators = dict(zip(raw.anatomy["file"], raw.anatomy["separator"], strict=True)) if len(raw.anatomy) else {}
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for source in (table for table in raw.tables.values() if table.drawn is None):
        unread = texts[texts["file"].isin(source.files)]
        rows = [
            (str(file), int(line), Message.of(str(reason)), *_placed(_cells(str(text), separators.get(file) or ","), source, str(file)))
            for file, line, reason, text in zip(unread["file"], unread["line"], unread["reason"], unread["text"], strict=True)
        ]
        rows += [(file, line, rejected[file, line], cells, []) for file, line, cells in _typed_rejects(source, rejected)]
        if rows:
            path = folder / f"{re.sub(r'[^A-Za-z0-9_-]+', '_', source.name)}.rejects.csv"
            _write(path, source.columns, sorted(rows))
            written.append(path)
    return written


def _typed_rejects(source: SourceTable, rejected: dict[tuple[str, int], Message]) -> list[tuple[str, int, list[str]]]:
    lines = {line for _, line in rejected}
    some = source.frame[source.frame["_line"].isin(lines) & source.frame["_file"].isin({file for file, _ in rejected})]
    cells = some[source.columns].astype(object).where(some[source.columns].notna(), "")
    return [
        (str(file), int(line), [str(cell) for cell in row])
        for file, line, row in zip(some["_file"], some["_line"], cells.itertuples(index=False), strict=True)
        if (str(file), int(line)) in rejected
    ]


def cells_of_line(text: str, separator: str | None, source: SourceTable, file: str) -> dict[str, str]:
    """Return column → cell of a line that could not be read as a row; cells beyond the table's columns are left out."""
    return dict(zip(source.columns, _placed(_cells(text, separator or ","), source, file)[0], strict=True))


def _cells(text: str, separator: str) -> list[str]:
    """Return the cells of a rejected line; an open quote is closed at its end, so that what was typed stands in its columns."""
    dialect = Dialect("utf-8", separator)
    whole = split_loosely(text, dialect) or split_loosely(f'{text.rstrip()}"', dialect)
    return whole if whole is not None else text.rstrip("\r\n").split(separator)


def _placed(cells: list[str], source: SourceTable, file: str) -> tuple[list[str], list[str]]:
    """Return the cells in the table's columns, as the line's own file has them in order, and the cells beyond these."""
    order = source.orders.get(file) or tuple(source.columns)
    known = dict(zip(order, cells, strict=False))
    return [known.get(column, "") for column in source.columns], cells[len(order) :]


def _write(path: Path, columns: list[str], rows: list[tuple[str, int, Message, list[str], list[str]]]) -> None:
    more = any(extra for *_, extra in rows)
    head = [*columns, *(REJECT_COLUMNS if more else REJECT_COLUMNS[:-1])]
    lines = (
        [*cells, str(reason), reason.code, source, line, *([" | ".join(extra)] if more else [])]
        for source, line, reason, cells, extra in rows
    )
    write_rows([head, *lines], path)
