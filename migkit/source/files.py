"""What lies in an export folder."""

from __future__ import annotations

import mimetypes
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
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
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        shutil.rmtree(target, ignore_errors=True)
        return False
    return True


def content_type(name: str) -> str:
    """Return the media type that the file's name tells."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
