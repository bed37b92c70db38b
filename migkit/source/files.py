"""What lies in an export folder."""

from __future__ import annotations

import mimetypes
import os
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

TEXT_TABLES = frozenset({".csv", ".tsv", ".tab", ".txt", ".psv"})
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
PAGES = frozenset({".htm", ".html", ".xml"})
ARCHIVES = frozenset({".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz"})
DATABASES = frozenset({".mdb", ".accdb", ".bak", ".mdf", ".fdb", ".gdb", ".dbf", ".db", ".sqlite", ".sqlite3", ".sql", ".numbers"})
_CLUTTER = frozenset({"thumbs.db", "desktop.ini"})
DOCUMENTS = frozenset({".md", ".rst", ".yaml", ".yml", ".json", ".toml", ".ini", ".log", ".xml"})


@dataclass(frozen=True)
class Found:
    """One file of the export: where it is, and what it is called in provenance."""

    name: str
    """Path relative to the export, `/` between parts; a member of a zip is `a.zip/inner.csv`."""
    path: Path


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
            _keep_times(bundle, target)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        shutil.rmtree(target, ignore_errors=True)
        return False
    return True


def _keep_times(bundle: zipfile.ZipFile, target: Path) -> None:
    """Give unpacked files the times that the archive has for them; its clock is read as UTC, whatever zone it was in."""
    for info in bundle.infolist():
        path = target / info.filename
        if path.is_file():
            moment = datetime(*info.date_time, tzinfo=UTC).timestamp()
            os.utime(path, (moment, moment))


def time_written(found: Found, times: Mapping[str, str] | None) -> str:
    """Return when a file was last written (ISO), "" where that is not known: as a workbook itself says, else its time on disk.

    `times`: name → time as the file was received, since a copy keeps none; None where the files lie where they were received.
    """
    try:
        with zipfile.ZipFile(found.path) as bundle:
            for member, said in _WRITTEN.items():
                if member in bundle.namelist() and (match := said.search(bundle.read(member))):
                    return match[1].decode("ascii")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, UnicodeDecodeError):
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
