"""OpenDocument spreadsheets → sheets of text: a cell knows its value and the text that is shown for it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from .sheet import MOST_CELLS, Annotations, ForeignSheet, Place, Refused, filled_down
from .text import cell_text

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_X = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_PERIOD = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?")
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)|Err:\d{3}")


def read_ods(path: Path) -> Iterator[ForeignSheet]:
    """Yield the worksheets. Raises Refused for a protected file, whatever the XML parser raises for a damaged one."""
    with zipfile.ZipFile(path) as bundle:
        if b"manifest:encryption-data" in (bundle.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in bundle.namelist() else b""):
            raise Refused("file-protected")
        with bundle.open("content.xml") as content:
            hidden_styles: set[str] = set()
            for _, node in ElementTree.iterparse(content, events=("end",)):
                if node.tag == f"{_STYLE}style" and any(one.get(f"{_T}display") == "false" for one in node):
                    hidden_styles.add(str(node.get(f"{_STYLE}name")))
                elif node.tag == f"{_T}table":
                    yield _sheet(node, hidden_styles)
                    node.clear()


def _sheet(table: ElementTree.Element, hidden_styles: set[str]) -> ForeignSheet:
    annotations = Annotations(hidden=str(table.get(f"{_T}style-name")) in hidden_styles)
    rows: list[list[str]] = []
    merged: list[tuple[Place, Place]] = []
    cells = 0
    for line in _rows(table):
        again = int(line.get(f"{_T}number-rows-repeated", 1))
        row = _row(line, len(rows), annotations, merged)
        if line.get(f"{_T}visibility") in ("collapse", "filter") and row:
            annotations.hidden_rows += range(len(rows), len(rows) + min(again, 100_000))
        cells += len(row) * again
        if cells > MOST_CELLS or len(rows) + again > 50_000_000:
            if not row:
                break
            raise Refused("cell-far-out")
        rows += [list(row) for _ in range(again if row else min(again, 1_048_576))]
    while rows and not any(rows[-1]):
        rows.pop()
    filled_down(rows, merged)
    return ForeignSheet(str(table.get(f"{_T}name", "Sheet")), rows, annotations)


def _rows(table: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield the rows, those within groups and header rows too, not those of a table within a cell."""
    for node in table:
        if node.tag == f"{_T}table-row":
            yield node
        elif node.tag in (f"{_T}table-header-rows", f"{_T}table-row-group", f"{_T}table-rows"):
            yield from _rows(node)


def _row(line: ElementTree.Element, number: int, annotations: Annotations, merged: list[tuple[Place, Place]]) -> list[str]:
    row: list[str] = []
    for cell in line:
        if cell.tag not in (f"{_T}table-cell", f"{_T}covered-table-cell"):
            continue
        again, at = int(cell.get(f"{_T}number-columns-repeated", 1)), (number, len(row))
        text = _cell(cell, at, annotations)
        if not text and again > 16_384:
            break
        if (deep := int(cell.get(f"{_T}number-rows-spanned", 1))) > 1:
            wide = int(cell.get(f"{_T}number-columns-spanned", 1))
            merged.append((at, (number + deep - 1, len(row) + wide - 1)))
        row += [text] * min(again, 16_384)
    while row and not row[-1]:
        row.pop()
    return row


def _cell(cell: ElementTree.Element, at: tuple[int, int], annotations: Annotations) -> str:
    kind = cell.get(f"{_O}value-type") or ""
    paragraphs = [_text(node) for node in cell if node.tag == f"{_X}p"]
    seen = "\n".join(paragraphs)
    note = cell.find(f"{_O}annotation")
    if note is not None:
        annotations.comments[at] = "\n".join(_text(node) for node in note if node.tag == f"{_X}p").strip()
    link = next((node.get(_HREF) for node in cell.iter(f"{_X}a") if node.get(_HREF)), None)
    if link:
        annotations.links[at] = str(link)
    if cell.get(f"{_CALC}value-type") == "error" or (cell.get(f"{_T}formula") and _ERROR.fullmatch(seen)):
        annotations.errors.append(at)
        return ""
    if cell.get(f"{_T}formula") and not kind and not seen:
        annotations.formulas.append(at)
        return ""
    value = cell.get(f"{_O}value")
    if kind in ("float", "percentage", "currency") and value is not None:
        return _number(kind, value, seen, cell.get(f"{_O}currency") or "")
    if kind == "date":
        day = str(cell.get(f"{_O}date-value", ""))
        return re.sub(r"\.\d+$", "", day.removesuffix("T00:00:00").replace("T", " "))
    if kind == "time" and (period := _PERIOD.fullmatch(str(cell.get(f"{_O}time-value", "")))):
        days, hours, minutes, seconds = (float(part or 0) for part in period.groups())
        clock = f"{int(days * 24 + hours):02d}:{int(minutes):02d}"
        return f"{clock}:{int(seconds):02d}" if int(seconds) else clock
    if kind == "boolean":
        return str(cell.get(f"{_O}boolean-value", "")).upper()
    return cell.get(f"{_O}string-value") or seen if kind == "string" else seen


def _number(kind: str, value: str, seen: str, currency: str) -> str:
    """Return a number as text; as it is shown where that says more: a currency, noughts, groups of digits, words."""
    try:
        exact = float(value)
    except ValueError:
        return seen
    plain = cell_text(exact)
    if kind == "percentage":
        return cell_text(round(exact * 100, 10)) + "%"
    if kind == "currency":
        return f"{currency} {max(f'{exact:.2f}', plain, key=len)}" if currency else plain
    digits = re.sub(r"\D", "", seen)
    same = exact.is_integer() and digits.lstrip("0") == str(abs(int(exact))).lstrip("0")
    noughts = same and len(digits) > len(str(abs(int(exact)))) and not re.search(r"[.,]\d", seen)
    words = same and any(map(str.isalpha, seen)) and not re.search(r"\d[eE][+-]?\d", seen)
    return seen if (noughts or words) and "\n" not in seen else plain


def _text(node: ElementTree.Element) -> str:
    """Return a paragraph's text, blanks and line breaks where their elements stand."""
    out = [node.text or ""]
    for child in node:
        if child.tag == f"{_X}s":
            out.append(" " * min(int(child.get(f"{_X}c", 1)), 1000))
        elif child.tag == f"{_X}tab":
            out.append("\t")
        elif child.tag == f"{_X}line-break":
            out.append("\n")
        elif not child.tag.startswith(_O):
            out.append(_text(child))
        out.append(child.tail or "")
    return "".join(out)
