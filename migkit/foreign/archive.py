"""Unpacks zips within limits, and names what in a folder is no plain file."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

from .sheet import Refused

MOST_BYTES = 8 << 30
MOST_FILES = 200_000
MOST_RATIO = 200
"""How many times its own size a zip of more than `SMALL` bytes may unpack to: scans hardly shrink, tables to a twentieth."""
SMALL = 100 << 20
MOST_UNPACKED = 1 << 30
"""Bytes that a workbook may unpack to."""
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, OSError, EOFError, ValueError)
"""What reading a damaged or protected zip raises."""
OURS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)
"""What this machine refused: no fault of the zip's."""
_OUTSIDE = re.compile(r"^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)")


def unpack(archive: Path, target: Path) -> None:
    """Unpack a zip into `target`, which is made. Raises Refused, and leaves nothing, where it is damaged, protected, or breaks a limit."""
    try:
        with zipfile.ZipFile(archive) as bundle:
            _check(bundle.infolist(), archive.stat().st_size)
            target.mkdir(parents=True, exist_ok=True)  # also for a zip without entries
            bundle.extractall(target)
            _keep_times(bundle, target)
    except DAMAGED as error:
        shutil.rmtree(target, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in OURS:
            raise
        raise Refused("zip-damaged") from error


def _check(members: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(member.file_size for member in members)
    if any(member.flag_bits & 0x1 for member in members):
        raise Refused("zip-damaged")
    if any(_OUTSIDE.search(one.orig_filename) for one in members):
        raise Refused("zip-reaches-outside")
    if any(stat.S_ISLNK(one.external_attr >> 16) for one in members):
        raise Refused("zip-holds-link")
    if len(members) > MOST_FILES or total > MOST_BYTES or (total > SMALL and total > MOST_RATIO * size):
        raise Refused("zip-too-large")


def _keep_times(bundle: zipfile.ZipFile, target: Path) -> None:
    """Give unpacked files the times that the archive has for them; its clock is read as UTC, whatever zone it was in."""
    for info in bundle.infolist():
        path = target / info.filename
        if path.is_file():
            with contextlib.suppress(ValueError):  # a zip may say month 0
                moment = datetime(*info.date_time, tzinfo=UTC).timestamp()
                os.utime(path, (moment, moment))


def no_plain_file(path: Path) -> str:
    """Return the code why a path of an export is neither a folder nor a file of its own, "" where it is."""
    if path.is_symlink():
        return "file-is-link"
    return "" if path.is_dir() or path.is_file() else "file-is-device"
