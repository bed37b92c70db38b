"""What lies in an export folder."""

from __future__ import annotations

import mimetypes
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from migkit.foreign.archive import DAMAGED, no_plain_file, unpack
from migkit.foreign.sheet import Refused

TEXT_TABLES = frozenset({".csv", ".tsv", ".tab", ".txt", ".psv"})
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
PAGES = frozenset({".htm", ".html", ".xml"})
ARCHIVES = frozenset({".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz"})
DATABASES = frozenset({".mdb", ".accdb", ".bak", ".mdf", ".fdb", ".gdb", ".dbf", ".db", ".sqlite", ".sqlite3", ".sql", ".numbers"})
DEEPEST = 3
"""How deep zips may lie within zips."""
_CLUTTER = frozenset({"thumbs.db", "desktop.ini"})
DOCUMENTS = frozenset({".md", ".rst", ".yaml", ".yml", ".json", ".toml", ".ini", ".log", ".xml", ".vcf", ".ics"})


@dataclass(frozen=True)
class Found:
    """One file of the export: where it is, and what it is called in provenance."""

    name: str
    """Path relative to the export, `/` between parts; a member of a zip is `a.zip/inner.csv`."""
    path: Path
    refused: str = ""
    """The code why it is not read, "" where it may be."""


def walk(place: Path, scratch: Path, prefix: str = "", depth: int = 0) -> Iterator[Found]:
    """Yield every file under a folder in name order, or the one file, zips unpacked into `scratch`; hidden and lock files are no
    files of the export.

    A zip that is not unpacked, a link and a device are yielded with the reason why they are refused.
    """
    folder, paths = (place.parent, [place]) if place.is_file() else (place, place.rglob("*"))
    for path in sorted(paths, key=lambda p: p.relative_to(folder).as_posix()):
        relative = path.relative_to(folder)
        hidden = any(part.startswith((".", "__MACOSX", "~$")) for part in relative.parts)
        refused = "" if path == place else no_plain_file(path)
        if hidden or relative.name.casefold() in _CLUTTER or (path.is_dir() and not refused):
            continue
        name = prefix + relative.as_posix()
        if refused:
            yield Found(name, path, refused)
        elif path.suffix.lower() != ".zip":
            yield Found(name, path)
        elif depth >= DEEPEST:
            yield Found(name, path, "zips-too-deep")
        else:
            target = scratch / str(sum(1 for _ in scratch.iterdir()))
            try:
                unpack(path, target)
            except Refused as why:
                yield Found(name, path, why.code)
            else:
                yield from walk(target, scratch, f"{name}/", depth + 1)


def time_written(found: Found, times: Mapping[str, str] | None) -> str:
    """Return when a file was last written (ISO), "" where that is not known: as a workbook itself says, else its time on disk.

    `times`: name → time as the file was received, since a copy keeps none; None where the files lie where they were received.
    """
    try:
        with zipfile.ZipFile(found.path) as bundle:
            for member, said in _WRITTEN.items():
                small = member in bundle.namelist() and bundle.getinfo(member).file_size < 1 << 20
                if small and (match := said.search(bundle.read(member))):
                    return match[1].decode("ascii")
    except DAMAGED:
        pass
    if times is not None and ".zip/" not in found.name.casefold():
        return times.get(found.name, "")
    return datetime.fromtimestamp(found.path.stat().st_mtime, UTC).replace(tzinfo=None).isoformat(timespec="seconds")


_MOMENT = rb"[^>]*>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)"
_WRITTEN = {
    "docProps/core.xml": re.compile(b"<dcterms:modified" + _MOMENT),
    "meta.xml": re.compile(b"<dc:date" + _MOMENT),
}
"""Where workbooks say when they were last saved: Excel's and OpenDocument's."""


def content_type(name: str) -> str:
    """Return the media type that the file's name tells."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
