"""What lies in an export folder, and how its text files are encoded and separated."""

from __future__ import annotations

import codecs
import csv
import io
import mimetypes
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

TEXT_TABLES = frozenset({".csv", ".tsv", ".tab", ".txt", ".psv"})
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
PAGES = frozenset({".htm", ".html", ".xml"})
ARCHIVES = frozenset({".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz"})
DATABASES = frozenset({".mdb", ".accdb", ".bak", ".mdf", ".fdb", ".gdb", ".dbf", ".db", ".sqlite", ".sqlite3", ".sql", ".numbers"})
_CLUTTER = frozenset({"thumbs.db", "desktop.ini"})
DOCUMENTS = frozenset({".md", ".rst", ".yaml", ".yml", ".json", ".toml", ".ini", ".log", ".xml"})
SEPARATORS = (",", ";", "\t", "|")
SAMPLE_LINES = 400
BLOCK = 1 << 20
_TEXT_CONTROLS = b"\t\n\r\f\x1a"
_MOST_CONTROLS = 0.05
"""Share of control characters from which a file is not text; a stray NUL in a note is."""

csv.field_size_limit(2**31 - 1)  # clinical notes are longer than the csv module's 128 KB


class Unreadable(Exception):
    """This file cannot be read as a table. `code` is the finding's code, the text one sentence without the file's name."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Found:
    """One file of the export: where it is, and what it is called in provenance."""

    name: str
    """Path relative to the export, `/` between parts; a member of a zip is `a.zip/inner.csv`."""
    path: Path


@dataclass(frozen=True)
class Dialect:
    """How a text file is written."""

    encoding: str
    """utf-8 | utf-8-sig | utf-16 | utf-32 | cp1252 | mixed (UTF-8 with CP-1252 bytes among it)."""
    separator: str

    def open(self, path: Path) -> io.TextIOBase:
        """Return the decoded text, line ends as they are; bytes that are no UTF-8 are read as CP-1252."""
        codec = {"mixed": "utf-8", "cp1252": "utf-8"}.get(self.encoding, self.encoding)
        return path.open(encoding=codec, errors="migkit-cp1252" if codec.startswith("utf-8") else "replace", newline="")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: each byte that is no UTF-8 is the CP-1252 character that it would be there."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    try:
        return byte.decode("cp1252"), error.start + 1
    except UnicodeDecodeError:
        return byte.decode("latin-1"), error.start + 1


codecs.register_error("migkit-cp1252", _as_cp1252)


def walk(place: Path, scratch: Path, prefix: str = "") -> Iterator[Found]:
    """Yield every file under a folder in name order, or the one file, zips unpacked into `scratch`; hidden and lock files are no
    files of the export.

    A zip that cannot be unpacked is yielded itself, so that it can be refused by name.
    """
    folder, paths = (place.parent, [place]) if place.is_file() else (place, place.rglob("*"))
    for path in sorted(paths, key=lambda p: p.relative_to(folder).as_posix()):
        relative = path.relative_to(folder)
        hidden = any(part.startswith((".", "__MACOSX", "~$")) for part in relative.parts)
        if not path.is_file() or hidden or relative.name.casefold() in _CLUTTER:
            continue
        name = prefix + relative.as_posix()
        target = scratch / str(sum(1 for _ in scratch.iterdir())) if path.suffix.lower() == ".zip" else None
        if target is not None and _unzip(path, target):
            yield from walk(target, scratch, f"{name}/")
        else:
            yield Found(name, path)


def _unzip(archive: Path, target: Path) -> bool:
    try:
        with zipfile.ZipFile(archive) as bundle:
            bundle.extractall(target)  # strips absolute paths and ".." itself; raises RuntimeError where a password is needed
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        shutil.rmtree(target, ignore_errors=True)
        return False
    return True


def content_type(name: str) -> str:
    """Return the media type that the file's name tells."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def detect_dialect(path: Path) -> Dialect:
    """Return encoding and separator of a text file. Raises Unreadable for an empty or a binary one."""
    encoding = detect_encoding(path)
    with Dialect(encoding, ",").open(path) as text:
        lines = list(islice(text, SAMPLE_LINES))
    if not any(line.strip() for line in lines):
        raise Unreadable("empty-file", "is empty")
    hint = lines[0].strip().lower()
    if hint.startswith("sep=") and len(lines[0].rstrip("\r\n")) == 5:
        return Dialect(encoding, lines[0].rstrip("\r\n")[4])
    return Dialect(encoding, _detect_separator(lines))


def detect_encoding(path: Path) -> str:
    """Return the encoding of a text file as `Dialect` names it. Raises Unreadable for an empty or a binary one."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise Unreadable("empty-file", "is empty")
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if b"\0" in head:
        pairs = len(head) // 2
        if head[1::2].count(0) > pairs * 0.6:
            return "utf-16-le"
        if head[0::2].count(0) > pairs * 0.6:
            return "utf-16-be"
    if sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head) > 2 + len(head) * _MOST_CONTROLS:
        raise Unreadable("unreadable-file", "is not text although its name says so")
    return _detect_8_bit(path)


def _detect_8_bit(path: Path) -> str:
    """Tell UTF-8 from CP-1252 by reading the whole file: one stray byte at its end counts as well."""
    good, bad = 0, 0
    tail = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            data = tail + block
            if data.isascii():
                tail = b""
                continue
            data, tail = _whole_characters(data)
            try:
                good += len(data) - len(data.decode("utf-8"))
            except UnicodeDecodeError:
                high = [char for char in data.decode("utf-8", errors="surrogateescape") if char > "\x7f"]
                wrong = sum("\udc80" <= char <= "\udcff" for char in high)
                good, bad = good + len(high) - wrong, bad + wrong
    bad += len(tail)
    return "utf-8" if not bad else ("mixed" if good > 0 and good * 20 > bad else "cp1252")


def _whole_characters(data: bytes) -> tuple[bytes, bytes]:
    """Split off the bytes at the end that may be the beginning of a character of the next block."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return (data[:-back], data[-back:]) if needed > back else (data, b"")
        if byte < 0x80:
            break
    return data, b""


def _detect_separator(lines: list[str]) -> str:
    """Return the separator under which most records have the same number of cells, more cells before fewer."""
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if any(cell.strip() for cell in row)]
        wide = Counter(width for width in widths if width > 1)
        if not wide:
            continue
        width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
        score = (count / len(widths)) * (1 + min(width, 30) / 30)
        if score > best_score:
            best, best_score = separator, score
    return best
