"""No file brings the reading down: what loops, unpacks without end or reaches far out costs one finding, the others are read."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from migkit.foreign import ForeignReader
from migkit.foreign.sheet import Refused, area, letters, place
from migkit.model.outcomes import Severity
from migkit.model.tables import RawExport
from migkit.source import read_export

from .books import write_ods


def _looped_xls(path: Path) -> None:
    """An OLE container whose directory chain runs in a circle."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0) + struct.pack("<108I", *[free] * 108)
    name = "Root Entry".encode("utf-16-le").ljust(64, b"\0")
    entry = name + struct.pack("<HBBIII", 22, 5, 1, free, free, 1) + b"\0" * 36 + struct.pack("<IQ", 1, 10**6)
    path.write_bytes(head[:512] + struct.pack("<128I", fat, 2, 1, *[free] * 125) + entry.ljust(512, b"\0") * 2)


def _far_cell(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Patient ID", "Name"])
    sheet.write(1_048_575, 16_383, "x")
    book.close()


def _far_cell_of_ods(path: Path) -> None:
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    write_ods(
        path, f'<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row></table:table>'
    )


def _bomb(path: Path) -> None:
    """A workbook whose sheet unpacks to 1.1 GB of blanks."""
    book = openpyxl.Workbook()
    book.save(path.with_name("whole.bin"))
    with zipfile.ZipFile(path.with_name("whole.bin")) as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
        for name in whole.namelist():
            if not name.endswith("sheet1.xml"):
                bundle.writestr(name, whole.read(name))
        with bundle.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            for _ in range(1100):
                out.write(b" " * 1_000_000)
    path.with_name("whole.bin").unlink()


def _entities(path: Path) -> None:
    """Excel's XML of 2003 with entities made of entities."""
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{lines}]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&e11;</Data></Cell></Row></Table>'
        "</Worksheet></Workbook>",
        encoding="utf-8",
    )


def _zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle, bundle.open("all.csv", "w", force_zip64=True) as out:
        for _ in range(150):
            out.write(b"0" * 1_000_000)


def _zips_in_zips(path: Path) -> None:
    inner = path.with_name("inner.bin")
    inner.write_bytes(b"")
    for _ in range(12):
        with zipfile.ZipFile(path.with_name("outer.bin"), "w") as bundle:
            bundle.write(inner, "again.zip")
        path.with_name("outer.bin").replace(inner)
    inner.replace(path)


@pytest.mark.parametrize(
    ("name", "make", "codes"),
    [
        ("Old.xls", _looped_xls, "file-damaged|file-too-large"),
        ("Far.xlsx", _far_cell, "cell-far-out"),
        ("Far.ods", _far_cell_of_ods, "cell-far-out"),
        ("Bomb.xlsx", _bomb, "workbook-unpacks-too-large"),
        ("Entities.xml", _entities, "file-damaged"),
        ("Bomb.zip", _zip_bomb, "zip-too-large"),
        ("Nested.zip", _zips_in_zips, "zips-too-deep"),
    ],
)
def test_a_file_made_to_bring_a_reader_down_costs_one_finding(tmp_path: Path, name: str, make: object, codes: str) -> None:
    """It is named with the limit that it breaks, and the others of the export are read."""
    make(tmp_path / name)  # type: ignore[operator]
    (tmp_path / "patients.csv").write_text("Patient ID,First Name,Last Name\n1,Ann,Lee\n", encoding="utf-8")
    raw: RawExport = read_export(tmp_path)
    assert list(raw.tables) == ["patients"]
    ((finding),) = raw.findings
    assert finding.severity is Severity.CRITICAL and finding.keys[0].startswith(name)
    assert finding.code in codes.split("|")


def _put(body: bytes, offset: int, form: str, *values: int) -> bytes:
    changed = bytearray(body)
    struct.pack_into(form, changed, offset, *values)
    return bytes(changed)


def _first(body: bytes, offset: int) -> int:
    """Where the sector begins whose number stands at `offset`."""
    return 512 * (struct.unpack_from("<I", body, offset)[0] + 1)


def _chains_in_circles(body: bytes) -> bytes:
    """Every sector but the directory's leads to the one before it."""
    table, directory = _first(body, 76), struct.unpack_from("<I", body, 48)[0]
    for sector in range(128):
        if sector != directory and struct.unpack_from("<I", body, table + 4 * sector)[0] < 0xFFFFFFF0:
            body = _put(body, table + 4 * sector, "<I", max(sector - 1, 0))
    return body


def _directory_in_a_circle(body: bytes) -> bytes:
    (directory,) = struct.unpack_from("<I", body, 48)
    return _put(body, _first(body, 76) + 4 * directory, "<I", directory)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut in the middle": lambda body: body[: len(body) // 2],
    "nothing but its head": lambda body: body[:512],
    "sectors of 2 to the 65,535 bytes": lambda body: _put(body, 30, "<H", 0xFFFF),
    "sectors of one byte": lambda body: _put(body, 30, "<H", 0),
    "two thousand million allocation tables": lambda body: _put(body, 44, "<I", 0x7FFFFFFF),
    "a list of tables without end": lambda body: _put(body, 68, "<II", 0, 0x00FFFFFF),
    "chains in circles": _chains_in_circles,
    "a directory in a circle": _directory_in_a_circle,
    "entries that are their own neighbours": lambda body: _put(body, _first(body, 48) + 128 + 68, "<III", 1, 1, 1),
    "a record longer than the file": lambda body: _put(body, body.find(struct.pack("<HH", 0x809, 16), 512) + 2, "<H", 0xFFFF),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_old_workbook_is_a_finding_or_read_as_it_was(tmp_path: Path, name: str) -> None:
    """Where the damage does not matter every cell is right; where it does, the file is named and the others are read."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Visits")
    rows = [["Visit ID", "Patient", "Reason"], *[[f"V{n}", f"Ann {n}", f"Reason {n}"] for n in range(300)]]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.save(str(tmp_path / "Old.xls"))
    (tmp_path / "Old.xls").write_bytes(DAMAGES[name]((tmp_path / "Old.xls").read_bytes()))
    (tmp_path / "patients.csv").write_text("Patient ID,First Name,Last Name\n1,Ann,Lee\n", encoding="utf-8")
    raw = read_export(tmp_path)
    assert len(raw.tables["patients"].frame) == 1
    if "Visits" in raw.tables:
        table = raw.tables["Visits"]
        assert [table.columns, *table.frame[table.columns].to_numpy().tolist()] == rows and not raw.findings
    else:
        assert [(finding.code in ("file-damaged", "file-too-large"), finding.keys) for finding in raw.findings] == [(True, ("Old.xls",))]


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    """The reading process is ended, and a new one reads on."""
    for name in ("a.xlsx", "b.xlsx"):
        book = openpyxl.Workbook()
        book.active.append(["Code", "Name"])
        book.save(tmp_path / name)
    with ForeignReader(seconds=0) as reader, pytest.raises(Refused, match="file-too-large"):
        reader.read(tmp_path / "a.xlsx", "workbook")
    with ForeignReader() as reader:
        first = reader.read(tmp_path / "a.xlsx", "workbook")
        assert reader._process is not None
        running = reader._process.pid
        assert [sheet.rows for sheet in first] == [sheet.rows for sheet in reader.read(tmp_path / "b.xlsx", "workbook")]
        assert reader._process.pid == running
        reader._process.kill()
        reader._process.wait()
        assert reader.read(tmp_path / "b.xlsx", "workbook")[0].rows == [["Code", "Name"]]


def test_places_of_cells() -> None:
    """Letters and numbers as Excel counts."""
    assert [letters(column) for column in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert place("XFD1048576") == (1_048_575, 16_383) and place("$B$2") == (1, 1)
    assert area("A1:B2") == [(0, 0), (0, 1), (1, 0), (1, 1)] and len(area("A1:XFD1048576")) == 10_000
