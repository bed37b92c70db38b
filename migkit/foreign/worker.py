"""The process in which others' readers run: one request a file on stdin, the sheets on stdout, limits on memory and time.

Frames are a length and a marshalled tuple: ("rows", …) as often as needed, ("sheet", …) after a sheet's rows, at last ("end",)
or ("refused", sentence).
"""

from __future__ import annotations

import contextlib
import marshal
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from migkit.foreign.markup import read_markup
from migkit.foreign.sheet import ForeignSheet, Refused
from migkit.foreign.workbook import read_workbook

MEMORY = 2 << 30
"""Bytes of address space that reading may take."""
ROWS_AT_ONCE = 5_000


def main() -> None:
    """Answer requests until stdin ends."""
    out = sys.stdout.buffer
    _limit("RLIMIT_AS", MEMORY)
    while (request := receive(sys.stdin.buffer)) is not None:
        path, kind, encoding, seconds = request
        _limit("RLIMIT_CPU", _used() + seconds)
        try:
            for sheet in _read(Path(path), kind, encoding):
                _give(out, sheet)
            send(out, ("end",))
        except Refused as why:
            send(out, ("refused", why.code))
        except MemoryError:
            send(out, ("refused", "file-too-large"))
        except RecursionError:
            send(out, ("refused", "file-damaged"))


def _read(path: Path, kind: str, encoding: str) -> Iterable[ForeignSheet]:
    if kind == "workbook":
        return read_workbook(path)
    return (ForeignSheet(name, rows) for name, rows in read_markup(path, kind, encoding))


def _give(out: BinaryIO, sheet: ForeignSheet) -> None:
    for begin in range(0, len(sheet.rows), ROWS_AT_ONCE):
        send(out, ("rows", sheet.rows[begin : begin + ROWS_AT_ONCE]))
    send(out, ("sheet", sheet.name, vars(sheet.annotations)))


def send(out: BinaryIO, message: tuple[Any, ...]) -> None:
    """Write one frame."""
    body = marshal.dumps(message)
    out.write(struct.pack("<Q", len(body)) + body)
    out.flush()


def receive(source: BinaryIO) -> Any:
    """Return the next frame's message, None where there is none."""
    head = source.read(8)
    return marshal.loads(source.read(struct.unpack("<Q", head)[0])) if len(head) == 8 else None


def _limit(name: str, most: int) -> None:
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):  # where a system has no such limit, time still is
        import resource

        kind = getattr(resource, name)
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _used() -> int:
    import time

    return int(time.process_time()) + 1


if __name__ == "__main__":
    main()
