"""What python-calamine leaves out of an .xlsb: number formats, error cells, hidden rows. Records as in MS-XLSB, read one by one."""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from .formats import adds, shown
from .sheet import MOST_CELLS, Annotations, Place, Refused

_ROW, _RK, _ERROR, _REAL, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 2, 3, 5, 9, 11
_LAST_CELL = 11
_FORMAT, _XF, _CELL_XFS, _END_CELL_XFS = 44, 47, 617, 618
_SHEET = 156
_BUILT_IN = {9: "0%", 10: "0.00%"}


def every_sheet(bundle: zipfile.ZipFile) -> Iterator[tuple[str, Annotations, dict[Place, str]]]:
    """Yield name, annotations and shown texts of every sheet of an opened .xlsb."""
    formats = _formats(_read(bundle, "xl/styles.bin"))
    targets = _targets(_read(bundle, "xl/_rels/workbook.bin.rels"))
    for kind, body in _records(_read(bundle, "xl/workbook.bin")):
        if kind == _SHEET:
            hidden = struct.unpack_from("<I", body)[0] != 0
            key, at = _wide(body, 8)
            name, _ = _wide(body, at)
            yield (name, *_annotations(_read(bundle, targets.get(key, "")), formats, hidden))


def _annotations(data: bytes, formats: dict[int, str], hidden: bool) -> tuple[Annotations, dict[Place, str]]:
    annotations, texts = Annotations(hidden=hidden), {}
    row = widest = 0
    for kind, body in _records(data):
        if kind == _ROW and len(body) >= 12:
            row = struct.unpack_from("<I", body)[0]
            if body[11] & 0x10:
                annotations.hidden_rows.append(row)
        elif kind <= _LAST_CELL and len(body) >= 8:
            column, style = struct.unpack_from("<II", body)
            widest = max(widest, column)
            if (row + 1) * (widest + 1) > MOST_CELLS:
                raise Refused("cell-far-out")
            if kind in (_ERROR, _FORMULA_ERROR):
                annotations.errors.append((row, column))
            elif (code := formats.get(style & 0xFFFFFF)) and kind in (_RK, _REAL, _FORMULA_NUMBER):
                value = _rk(body[8:12]) if kind == _RK else struct.unpack_from("<d", body, 8)[0]
                if (text := shown(value, code)) is not None:
                    texts[row, column] = text
    return annotations, texts


def _rk(data: bytes) -> float:
    raw = struct.unpack("<i", data)[0]
    value = float(raw >> 2) if raw & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", raw & 0xFFFFFFFC))[0]
    return value / 100 if raw & 1 else value


def _formats(data: bytes) -> dict[int, str]:
    own: dict[int, str] = {}
    styles: list[int] = []
    inside = False
    for kind, body in _records(data):
        if kind == _FORMAT:
            own[struct.unpack_from("<H", body)[0]] = _wide(body, 2)[0]
        elif kind in (_CELL_XFS, _END_CELL_XFS):
            inside = kind == _CELL_XFS
        elif kind == _XF and inside:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    codes = {style: own.get(number, _BUILT_IN.get(number, "")) for style, number in enumerate(styles)}
    return {style: code for style, code in codes.items() if code and adds(code)}


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (kind, body) of every record: kind in one or two bytes, length in up to four, seven bits each."""
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < end and shift < 28:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, data[at : at + size]
        at += size


def _wide(body: bytes, at: int) -> tuple[str, int]:
    size = struct.unpack_from("<I", body, at)[0]
    if size == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * size
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _targets(data: bytes) -> dict[str, str]:
    if not data:
        return {}
    found = {}
    for one in ElementTree.fromstring(data):
        target = str(one.get("Target", ""))
        found[str(one.get("Id"))] = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
    return found


def _read(bundle: zipfile.ZipFile, part: str) -> bytes:
    known = {re.sub(r"^/", "", name).casefold(): name for name in bundle.namelist()}
    return bundle.read(known[part.casefold()]) if part.casefold() in known else b""
