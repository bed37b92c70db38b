"""A workbook of any kind → its sheets: python-calamine for the values, and beside it what the cells are beyond these."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import python_calamine

from . import xlsb, xlsx
from .archive import MOST_UNPACKED
from .ods import read_ods
from .sheet import Annotations, ForeignSheet, Place, Refused, filled_down
from .text import cell_text
from .xls import read_xls

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""First bytes of an old or an encrypted workbook."""
_ZIP = b"PK"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(path: Path) -> Iterator[ForeignSheet]:
    """Yield every worksheet; cached values of formulas, "" where empty. Raises Refused."""
    _check(path)
    try:
        if not zipfile.is_zipfile(path):
            yield from _old(path)
            return
        with zipfile.ZipFile(path) as bundle:
            names = {name.lstrip("/").casefold() for name in bundle.namelist()}
            unpacked = sum(info.file_size for info in bundle.infolist())
            if unpacked > MOST_UNPACKED:
                raise Refused("workbook-unpacks-too-large")
            if "content.xml" in names:
                yield from read_ods(path)
            elif "xl/workbook.bin" in names:
                yield from _with_annotations(path, xlsb.every_sheet(bundle))
            else:
                yield from _with_annotations(path, xlsx.every_sheet(bundle))
    except Refused:
        raise
    except python_calamine.PasswordError as error:
        raise Refused("file-protected") from error
    except MemoryError:
        raise
    except Exception as error:  # others' readers raise whatever their XML and zip readers raise
        raise Refused("file-damaged") from error


def _old(path: Path) -> Iterator[ForeignSheet]:
    """Yield the sheets of an .xls, by python-calamine where xlrd cannot read it."""
    try:
        sheets = list(read_xls(path))
    except (Refused, MemoryError):
        raise
    except Exception:  # xlrd asserts where a record is not as it expects
        sheets = list(_with_annotations(path, iter(())))
    yield from sheets


def _with_annotations(path: Path, found: Iterator[tuple[str, Annotations, dict[Place, str]]]) -> Iterator[ForeignSheet]:
    # before the values are read: a cell far out is refused here
    known = {name: (annotations, texts) for name, annotations, texts in found}
    book = python_calamine.CalamineWorkbook.from_path(path)
    for about in book.sheets_metadata:
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        convert: Callable[[object], str] = cell_text
        rows = [list(map(convert, row)) for row in sheet.to_python(skip_empty_area=False)]
        annotations, texts = known.get(about.name, (Annotations(), {}))
        for (row, column), text in texts.items():
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = text
        for row, column in annotations.formulas:
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = ""  # also where a nought stands for what was never calculated
        filled_down(rows, list(sheet.merged_cell_ranges or ()))
        yield ForeignSheet(about.name, rows, annotations)


def _check(path: Path) -> None:
    """Raise Refused for what no reader tells apart: encrypted, cut off."""
    with path.open("rb") as file:
        head = file.read(8)
    if head == OLE and _ENCRYPTED in path.read_bytes():  # an encrypted .xlsx is an OLE container
        raise Refused("file-protected")
    if not head.startswith(_ZIP) and path.suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".ods") and head != OLE:
        raise Refused("file-damaged")
    if head.startswith(_ZIP) and not zipfile.is_zipfile(path):
        raise Refused("file-damaged")
