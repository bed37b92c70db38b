"""Sheets of one shape → one source table with a name that stays the same from export to export."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import pandas as pd
import pyarrow as pa

from migkit.model.formulas import as_written
from migkit.model.tables import SourceTable

from .header import fold
from .sheet import Sheet

REJECT_COLUMNS = ("reject_reason", "reject_code", "reject_file", "reject_line", "reject_extra")
"""Columns that a reject file adds to the original ones; ignored when it is read again. The last one is there only where rows
had more cells than their header, and holds these."""

SIMILAR = 0.6
"""Least share of common columns at which two sheets of one name are one table."""

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOISE = re.compile(
    rf"(?<![a-z])(?:{_MONTHS})(?![a-z])|\b(?:part|copy|final|export(?:ed)?|rejects?|page|v\d+|fy|q[1-4])\b|\d+|[()\[\]]|\b(?:to|of|for|on)\b",
    re.IGNORECASE,
)
_GENERIC_SHEET = re.compile(
    r"(?:sheet|tabelle|worksheet|table|page)\s*\d*|row \d+|column [a-z]+|report|export|data|results?|query", re.IGNORECASE
)
_REPORT = re.compile(r"\w*(?:report|list|listing|register|schedule|book|index|statement|summary)s?\b", re.IGNORECASE)
QUALIFIERS = frozenset(
    {
        *("archived", "archive", "inactive", "deleted", "deceased", "merged", "active", "past", "future"),
        *("cancelled", "canceled", "cancellation", "standby", "waitlist"),
    }
)
"""Words of a file name that say something about its rows: files that differ in them are never stacked."""


@dataclass(frozen=True)
class Named:
    """A sheet and the words of its name once dates and numbers are taken out."""

    sheet: Sheet
    words: tuple[str, ...]
    joiner: str
    """What stands between the words in the name: `_` where it did."""


def stack(sheets: Sequence[Sheet]) -> dict[str, SourceTable]:
    """Return the source tables by name: sheets of the same report, or of like name and like columns, under one another."""
    groups: list[list[Named]] = []
    for named in (name_sheet(_as_exported(sheet)) for sheet in sorted(sheets, key=lambda s: file_order(s.file))):
        home = next((group for group in groups if _belongs(named, group)), None)
        if home is None:
            groups.append([named])
        else:
            home.append(named)
    tables: dict[str, SourceTable] = {}
    for group in groups:
        name = _free(group[0].joiner.join(_common_words(group)) or "table", tables)
        tables[name] = _stacked(name, [named.sheet for named in group])
    return tables


def _as_exported(sheet: Sheet) -> Sheet:
    """Return the sheet of a reject or skip file with its cells as the export had them: it was written so that no cell runs as a formula."""
    if not set(REJECT_COLUMNS[:-1]) <= set(sheet.header.names):
        return sheet
    cells, names = (tuple(map(as_written, texts)) for texts in (sheet.header.cells, sheet.header.names))
    columns = {
        as_written(name): pa.array([text and as_written(text) for text in sheet.table.column(name).to_pylist()], pa.large_string())
        for name in sheet.table.column_names
        if name != "_line"
    }
    table = pa.table({**columns, "_line": sheet.table.column("_line")})
    return replace(sheet, header=replace(sheet.header, cells=cells, names=names), table=table, own=tuple(map(as_written, sheet.own)))


def file_order(file: str) -> tuple[str, str]:
    """Sort key of a file name: the period it names first, so that `… Apr 2026` comes after `… Mar 2026`; else its folder's."""
    return _period(file.rpartition("/")[2]) or _period(file), file


def name_sheet(sheet: Sheet) -> Named:
    """Name a sheet by the report title, else by the sheet's name, else by the file's, without dates, months and numbers."""
    file = sheet.file.removesuffix(sheet.part)[:-1] if sheet.part else sheet.file
    path, _, within = file.partition("#")
    tab = within.rpartition("/")[2]
    title = next((t for t in sheet.header.titles if len(t) <= 60 and _REPORT.search(t) and _words(t)), "")
    stem = PurePosixPath(path).stem
    candidates = (title, "" if _GENERIC_SHEET.fullmatch(tab.strip()) else tab, stem)
    text, words = next(((text, words) for text in candidates if (words := _words(text))), ("", (stem,)))
    return Named(sheet, (*words, *sheet.part.split()), "_" if "_" in text and " " not in text else " ")


def source_columns(sheet: Sheet) -> list[str]:
    """Return the sheet's columns without those that a reject file adds and those that have neither name nor value."""
    named = zip(sheet.header.names, sheet.header.cells, strict=True)
    own = [(name, cell) for name, cell in named if name not in REJECT_COLUMNS]
    return [name for name, cell in own if cell or sheet.table.column(name).null_count < len(sheet.table)]


def _words(text: str) -> tuple[str, ...]:
    spaced = re.sub(r"[_\-.,:/\\&+]+", " ", text)
    return tuple(_NOISE.sub(" ", spaced).split())


def _belongs(named: Named, group: list[Named]) -> bool:
    mine, first = _shape(named.sheet), group[0]
    if named.sheet.part != first.sheet.part:
        return False
    shapes = [_shape(other.sheet) for other in group]
    theirs, always = frozenset().union(*shapes), frozenset.intersection(*shapes)
    alike = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    if mine - theirs and always - mine:
        return False  # columns gone and others come may be renamed ones: one column of two names could not be mapped
    if _qualifiers(named.words) != _qualifiers(first.words):
        return False
    if _fold(named.words) == _fold(first.words):
        return alike >= SIMILAR
    common = _common_words([*group, named])
    return mine == _shape(first.sheet) and bool(common) and len("".join(common)) >= 4


def _shape(sheet: Sheet) -> frozenset[str]:
    return frozenset(fold(name) for name in source_columns(sheet))


def _qualifiers(words: Sequence[str]) -> frozenset[str]:
    return QUALIFIERS & {word.casefold() for word in words}


def _fold(words: Sequence[str]) -> str:
    return "".join(words).casefold()


def _common_words(group: Sequence[Named]) -> tuple[str, ...]:
    first = group[0].words
    shared = [word for word in first if all(word.casefold() in {w.casefold() for w in other.words} for other in group)]
    return first if all(_fold(other.words) == _fold(first) for other in group) else tuple(shared)


def _free(name: str, taken: dict[str, SourceTable]) -> str:
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name} {count}"
    return free


def _stacked(name: str, sheets: Sequence[Sheet]) -> SourceTable:
    columns: dict[str, str] = {}
    for sheet in sheets:
        for column in source_columns(sheet):
            columns.setdefault(fold(column), column)
    parts = []
    for sheet in sheets:
        mine = source_columns(sheet)
        renamed = sheet.table.select([*mine, "_line"]).rename_columns([*(columns[fold(column)] for column in mine), "_line"])
        files = pa.array([sheet.file] * len(renamed), pa.large_string())
        parts.append(renamed.append_column("_file", files))
    table = pa.concat_tables(parts, promote_options="default")
    frame = table.select([*columns.values(), "_file", "_line"]).to_pandas(types_mapper={pa.large_string(): pd.StringDtype("pyarrow")}.get)
    titles = next((" · ".join(sheet.header.titles) for sheet in sheets if sheet.header.titles), "")
    orders = {sheet.file: tuple(_home(name, columns) for name in sheet.own) for sheet in sheets}
    return SourceTable(name, frame, tuple(sheet.file for sheet in sheets), titles, orders)


def _home(name: str, columns: dict[str, str]) -> str:
    return name if name in REJECT_COLUMNS else columns.get(fold(name), "")


def _period(file: str) -> str:
    """Return `YYYYMM` or `YYYYMMDD` of the (last) period in a file name, "" where it names none."""
    text = file.casefold()
    if numeric := re.findall(r"(?<!\d)(20\d\d)[-_ .]?(0[1-9]|1[0-2])(?:[-_ .]?([0-2]\d|3[01]))?(?!\d)", text):
        return "".join(numeric[-1])
    if worded := re.findall(rf"(?<![a-z])({_MONTHS})(?![a-z])[-_ .]*(20\d\d|\d\d)(?!\d)", text):
        month, year = worded[-1]
        return f"{'20' if len(year) == 2 else ''}{year}{_MONTH_NAMES.index(month[:3]) + 1:02d}"
    return ""
