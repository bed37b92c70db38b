"""Small workbooks of every kind: a sheet is rows of cells, a cell a value, or (value, number format), or one of the classes below."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
import xlwt

_ERROR_CODES = {"#REF!": 0x17, "#N/A": 0x2A, "#DIV/0!": 0x07}
Rows = Iterable[Iterable[Any]]


@dataclass(frozen=True)
class Error:
    """A cell that shows an error."""

    shown: str = "#REF!"


def _parted(cell: Any) -> tuple[Any, str]:
    return cell if isinstance(cell, tuple) else (cell, "General")


def xlsx(path: Path, rows: Rows) -> None:
    """By XlsxWriter."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            value, shown = _parted(cell)
            if isinstance(value, Error):
                sheet.write_formula(r, c, "=Gone!A1", None, value.shown)
            elif value is not None:
                sheet.write(r, c, value, book.add_format({"num_format": shown}))
    book.close()


def xls(path: Path, rows: Rows) -> None:
    """By xlwt, as Excel 97 has it."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            value, shown = _parted(cell)
            if isinstance(value, Error):
                sheet.row(r).set_cell_error(c, _ERROR_CODES[value.shown])
            elif value is not None:
                sheet.write(r, c, value, xlwt.easyxf(num_format_str=shown))
    book.save(str(path))


def xlsb(path: Path, rows: Rows) -> None:
    """By hand, record by record (MS-XLSB)."""
    every = [[_parted(cell) for cell in row] for row in rows]
    formats = sorted({shown for row in every for _, shown in row} - {"General"})
    styles = _record(278) + _record(615, struct.pack("<I", len(formats)))
    styles += b"".join(_record(44, struct.pack("<H", 164 + number) + _wide(shown)) for number, shown in enumerate(formats))
    styles += _record(616) + _record(617, struct.pack("<I", len(formats) + 1))
    styles += b"".join(_record(47, struct.pack("<HH", 0, code) + b"\0" * 12) for code in [0, *range(164, 164 + len(formats))])
    styles += _record(618) + _record(279)
    data = _record(129) + _record(148, struct.pack("<IIII", 0, max(len(every) - 1, 0), 0, 20)) + _record(145)
    for r, row in enumerate(every):
        data += _record(0, struct.pack("<II", r, 0) + b"\0" * 9)
        for c, (value, shown) in enumerate(row):
            place = struct.pack("<II", c, formats.index(shown) + 1 if shown != "General" else 0)
            if isinstance(value, Error):
                data += _record(3, place + bytes([_ERROR_CODES[value.shown]]))
            elif isinstance(value, str):
                data += _record(6, place + _wide(value))
            elif value is not None:
                data += _record(5, place + struct.pack("<d", value))
    data += _record(146) + _record(130)
    sheet = _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet1"))
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("[Content_Types].xml", "<Types/>")
        bundle.writestr("xl/workbook.bin", _record(131) + _record(143) + sheet + _record(144) + _record(132))
        bundle.writestr("xl/styles.bin", styles)
        bundle.writestr("xl/worksheets/sheet1.bin", data)
        bundle.writestr(
            "xl/_rels/workbook.bin.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{rels}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        )


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return head + size + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def ods(path: Path, rows: Rows) -> None:
    """By hand; a cell that begins with `office:` or `table:` is taken as it stands, up to its end tag."""
    body = "".join(f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in rows)
    write_ods(path, f'<table:table table:name="Sheet1">{body}</table:table>')


def write_ods(path: Path, tables: str) -> None:
    """Tables as they stand in content.xml."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in {"office": "office", "table": "table", "text": "text", "style": "style"}.items()
    )
    extra = (
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        bundle.writestr(
            "content.xml",
            f'<office:document-content {spaces} {extra} office:version="1.2"><office:body><office:spreadsheet>{tables}'
            "</office:spreadsheet></office:body></office:document-content>",
        )


def _open_cell(cell: Any) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, Error):
        return (
            '<table:table-cell table:formula="of:=[#REF!.A1]" office:value-type="string" office:string-value="" '
            f'calcext:value-type="error"><text:p>{cell.shown}</text:p></table:table-cell>'
        )
    if isinstance(cell, str) and cell.startswith(("office:", "table:")):
        return f"<table:table-cell {cell}</table:table-cell>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value={quoteattr(str(cell))}><text:p>{cell}</text:p></table:table-cell>'


WRITERS: dict[str, Callable[[Path, Rows], None]] = {"xlsx": xlsx, "xls": xls, "xlsb": xlsb, "ods": ods}
