"""What python-calamine leaves out of an .xlsx: number formats, error cells, formulas without results, comments, links, hidden rows.

The sheet's XML is not parsed: what is looked for is rare, and its tags are found in the bytes.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

from .formats import adds, shown
from .sheet import MOST_CELLS, Annotations, Place, Refused, area, place

_BUILT_IN = {9: "0%", 10: "0.00%"}
"""Number formats that need no declaration and add something (ECMA-376, 18.8.30)."""
_CELL = rb"<(?:\w+:)?c\b(?P<about>[^>]*?)(?:/>|>(?P<body>.*?)</(?:\w+:)?c>)"
_REF = re.compile(rb'\br="([A-Za-z]+\d+)"')
_TYPE = re.compile(rb'\bt="(\w+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*?)/?>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b([^>]*)>")
_CALCULATED_AT_OPENING = re.compile(rb'<(?:\w+:)?calcPr\b[^>]*fullCalcOnLoad="(?:1|true)"')


class Package:
    """An opened .xlsx: its sheets' parts and its styles."""

    def __init__(self, bundle: zipfile.ZipFile) -> None:
        self._bundle = bundle
        book = self._read("xl/workbook.xml")
        self._unsaved = bool(_CALCULATED_AT_OPENING.search(book))
        self._formats = _formats(self._read("xl/styles.xml"))
        targets = {key: target for key, (_, target) in self._relations("xl/workbook.xml").items()}
        self.sheets: dict[str, str] = {}
        self.hidden: set[str] = set()
        for tag in re.finditer(rb"<(?:\w+:)?sheet\b([^>]*)>", book):
            about = tag[1]
            name, key = _attribute(about, b"name"), _attribute(about, rb"\w+:id")
            if name and key in targets:
                self.sheets[name] = targets[key]
            if _attribute(about, b"state") in ("hidden", "veryHidden"):
                self.hidden.add(name)

    def annotations(self, name: str) -> tuple[Annotations, dict[Place, str]]:
        """Return what the cells of a sheet are beyond their values, and the text of cells whose format adds to them."""
        part = self.sheets.get(name, "")
        xml = self._read(part)
        annotations, texts = Annotations(hidden=name in self.hidden), {}
        _check_extent(xml)
        places = _Places(xml)
        wanted = b"|".join(b"%d" % style for style in self._formats)
        pattern = [rb"\bt=\"e\"", *([rb'\bs="(?:' + wanted + rb')"'] if wanted else [])]
        if b't="e"' in xml or any(b's="%d"' % style in xml for style in self._formats):  # the bytes are searched at once, a pattern is slow
            cell = re.compile(rb"<(?:\w+:)?c\b(?=[^>]*(?:" + b"|".join(pattern) + rb"))" + _CELL.partition(rb"\b")[2], re.DOTALL)
            for found in cell.finditer(xml):
                at = places(found)
                if (kind := _TYPE.search(found["about"])) and kind[1] == b"e":
                    annotations.errors.append(at)
                elif (text := self._shown(found)) is not None:
                    texts[at] = text
        annotations.formulas = self._without_results(xml, places)
        _hidden(xml, annotations)
        self._beside(part, xml, annotations)
        return annotations, texts

    def _shown(self, cell: re.Match[bytes]) -> str | None:
        kind, style, value = _TYPE.search(cell["about"]), _STYLE.search(cell["about"]), _RESULT.search(cell["body"] or b"")
        if style is None or value is None or (kind and kind[1] != b"n"):
            return None
        try:
            return shown(float(value[1]), self._formats[int(style[1])]) if int(style[1]) in self._formats else None
        except ValueError:
            return None

    def _without_results(self, xml: bytes, places: _Places) -> list[Place]:
        """Return the formulas whose result is not in the file: empty, or all nought where the file asks to be calculated first."""
        if b"<f" not in xml and b":f" not in xml:
            return []
        empty, noughts, others = [], [], 0
        for cell in re.finditer(_CELL, xml, re.DOTALL):
            body = cell["body"]
            if not body or not _FORMULA.search(body):
                continue
            value = _RESULT.search(body)
            kind = _TYPE.search(cell["about"])
            if (value is None or not value[1]) and not (kind and kind[1] in (b"str", b"s")):
                empty.append(places(cell))
            elif self._unsaved and value is not None and value[1] == b"0":
                noughts.append(places(cell))
            else:
                others += 1
        return empty if others else [*empty, *noughts]

    def _beside(self, part: str, xml: bytes, annotations: Annotations) -> None:
        relations = self._relations(part)
        for tag in _LINK.finditer(xml) if b"hyperlink" in xml else ():
            about = tag[1]
            _, target = relations.get(_attribute(about, rb"\w+:id"), ("", ""))
            spot = _attribute(about, b"location")
            where = "#".join(filter(None, (target, spot))) if target else f"#{spot}" if spot else ""
            annotations.links.update(dict.fromkeys(area(_attribute(about, b"ref")), where) if where else {})
        for kind, target in relations.values():
            if kind.endswith("/comments"):
                for comment in _xml(self._read(target)).iter():
                    if comment.tag.endswith("}comment") and comment.get("ref"):
                        text = "".join(node.text or "" for node in comment.iter() if node.tag.endswith("}t"))
                        annotations.comments[place(str(comment.get("ref")))] = text.strip()

    def _read(self, part: str) -> bytes:
        try:
            return self._bundle.read(part)
        except KeyError:
            match = next((name for name in self._bundle.namelist() if name.lstrip("/").casefold() == part.casefold()), None)
            return self._bundle.read(match) if match else b""

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return id → (kind, part or address) of what belongs to a part."""
        folder, name = posixpath.split(part)
        root = _xml(self._read(f"{folder}/_rels/{name}.rels"))
        found = {}
        for one in root.iter():
            target = str(one.get("Target", ""))
            if one.get("TargetMode") != "External" and target:
                target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if one.get("Id"):
                found[str(one.get("Id"))] = (str(one.get("Type", "")), target)
        return found


class _Places:
    """Says where a cell is: by its reference, or by counting where a writer left the references out."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._counted: dict[int, Place] | None = None

    def __call__(self, cell: re.Match[bytes]) -> Place:
        if ref := _REF.search(cell["about"]):
            return place(ref[1].decode())
        if self._counted is None:
            self._counted = dict(_count(self._xml))
        return self._counted.get(cell.start(), (0, 0))


def _count(xml: bytes) -> Iterator[tuple[int, Place]]:
    """Yield where each cell's tag stands in the bytes, and where the cell is."""
    row, column = -1, -1
    for tag in _ROW_OR_CELL.finditer(xml):
        if tag[1] == b"row":
            number = _NUMBER.search(tag[2])
            row, column = int(number[1]) - 1 if number else row + 1, -1
        else:
            ref = _REF.search(tag[2])
            row, column = place(ref[1].decode()) if ref else (row, column + 1)
            yield tag.start(), (row, column)


def _check_extent(xml: bytes) -> None:
    """Raise Refused where a cell stands so far out that the sheet could not be held as a grid."""
    last = xml.rfind(b'<row r="')
    row = int(digits[1]) if last >= 0 and (digits := re.match(rb'<row r="(\d+)"', xml[last : last + 30])) else 0
    if row * 16_384 <= MOST_CELLS or row * 800 <= len(xml) or row * 200 <= 10 * xml.count(b"<c "):
        return
    column = max((place(ref.decode())[1] for ref in set(re.findall(rb'<c r="([A-Z]+)', xml))), default=0)
    if row * (column + 1) > MOST_CELLS:
        raise Refused("cell-far-out")


def _hidden(xml: bytes, annotations: Annotations) -> None:
    if b"hidden=" not in xml:
        return
    for number, tag in enumerate(_ROW.finditer(xml), start=1):
        if _attribute(tag[1], b"hidden") in ("1", "true"):
            annotations.hidden_rows.append(int(_attribute(tag[1], b"r") or number) - 1)
    for tag in _COLUMN.finditer(xml[:100_000]):
        if _attribute(tag[1], b"hidden") in ("1", "true"):
            first, last = int(_attribute(tag[1], b"min") or 1), int(_attribute(tag[1], b"max") or 1)
            annotations.hidden_columns += range(first - 1, min(last, first + 200))


def _formats(styles: bytes) -> dict[int, str]:
    """Return style number → number format, for the styles whose format may add something."""
    root = _xml(styles)
    own = {int(one.get("numFmtId", -1)): str(one.get("formatCode", "")) for one in root.iter() if one.tag.endswith("}numFmt")}
    cells = next((one for one in root.iter() if one.tag.endswith("}cellXfs")), ())
    codes = {style: own.get(number, _BUILT_IN.get(number, "")) for style, number in enumerate(int(xf.get("numFmtId", 0)) for xf in cells)}
    return {style: code for style, code in codes.items() if code and adds(code)}


def _xml(data: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(data) if data else ElementTree.Element("none")
    except ElementTree.ParseError:
        return ElementTree.Element("none")


def _attribute(about: bytes, name: bytes) -> str:
    found = re.search(rb"(?:^|\s)" + name + rb'="([^"]*)"', about)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""


def every_sheet(bundle: zipfile.ZipFile) -> Iterator[tuple[str, Annotations, dict[Place, str]]]:
    """Yield name, annotations and shown texts of every sheet of an opened .xlsx."""
    package = Package(bundle)
    for name in package.sheets:
        yield name, *package.annotations(name)
