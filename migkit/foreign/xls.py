"""Workbooks of Excel 97 and before, by xlrd: values and what the cells are beyond them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import xlrd

from .formats import shown
from .sheet import Annotations, ForeignSheet, Refused, filled_down
from .text import cell_text


def read_xls(path: Path) -> Iterator[ForeignSheet]:
    """Yield the worksheets. Raises Refused for a protected file, whatever xlrd raises for a damaged one."""
    with Path(os.devnull).open("w") as nowhere:
        try:
            book = xlrd.open_workbook(str(path), formatting_info=True, logfile=nowhere)
        except xlrd.XLRDError as error:
            if "encrypted" in str(error).casefold():
                raise Refused("file-protected") from error
            raise
    for sheet in book.sheets():
        yield _sheet(book, sheet)


def _sheet(book: Any, sheet: Any) -> ForeignSheet:
    annotations = Annotations(hidden=bool(sheet.visibility))
    rows = []
    for r in range(sheet.nrows):
        row = []
        for c in range(sheet.row_len(r)):
            kind, value = sheet.cell_type(r, c), sheet.cell_value(r, c)
            if kind == xlrd.XL_CELL_ERROR:
                annotations.errors.append((r, c))
                row.append("")
            elif kind == xlrd.XL_CELL_NUMBER:
                text = shown(value, _format(book, sheet, r, c))
                row.append(cell_text(value) if text is None else text)
            elif kind == xlrd.XL_CELL_DATE:
                row.append(_moment(value, book.datemode))
            elif kind == xlrd.XL_CELL_BOOLEAN:
                row.append("TRUE" if value else "FALSE")
            else:
                row.append(cell_text(value))
        rows.append(row)
    filled_down(rows, [((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells])
    annotations.comments = {at: note.text.strip() for at, note in sheet.cell_note_map.items()}
    for link in sheet.hyperlink_list:
        target = "#".join(filter(None, (link.url_or_path, link.textmark)))
        target = target.decode("latin-1") if isinstance(target, bytes) else target
        for r in range(link.frowx, min(link.lrowx, link.frowx + 1000) + 1):
            for c in range(link.fcolx, min(link.lcolx, link.fcolx + 50) + 1):
                annotations.links[r, c] = str(target)
    annotations.hidden_rows = [r for r, about in sorted(sheet.rowinfo_map.items()) if about.hidden]
    annotations.hidden_columns = [c for c, about in sorted(sheet.colinfo_map.items()) if about.hidden and c < sheet.ncols]
    return ForeignSheet(sheet.name, rows, annotations)


def _format(book: Any, sheet: Any, row: int, column: int) -> str:
    try:
        return str(book.format_map[book.xf_list[sheet.cell_xf_index(row, column)].format_key].format_str)
    except (IndexError, KeyError):
        return "General"


def _moment(value: float, datemode: int) -> str:
    try:
        if 0 <= value < 1:
            seconds = round(value * 86_400) % 86_400
            return cell_text(time(seconds // 3600, seconds // 60 % 60, seconds % 60))
        return cell_text(datetime(*xlrd.xldate_as_tuple(value, datemode)))
    except (xlrd.xldate.XLDateError, ValueError):
        return cell_text(value)
