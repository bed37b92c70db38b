"""Asks the reading process, and ends it where it takes too long: one process for a whole export, a new one after a bad file."""

from __future__ import annotations

import contextlib
import marshal
import os
import select
import struct
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from .sheet import Annotations, ForeignSheet, Refused

SECONDS, SECONDS_A_MEGABYTE = 30, 2
"""CPU time that a file may take, and what is added for each megabyte of it."""
PATIENCE = 2
"""How many times as long the clock may run as the CPU."""


class ForeignReader:
    """Reads workbooks and pages in a process of its own. Use it in a `with` statement."""

    def __init__(self, seconds: int = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ForeignReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def read(self, path: Path, kind: str, encoding: str = "") -> list[ForeignSheet]:
        """Return the sheets of a `workbook`, an `html` page or an Excel `xml` of 2003. Raises Refused, with the code why."""
        seconds = self._seconds + SECONDS_A_MEGABYTE * (path.stat().st_size >> 20)
        deadline = time.monotonic() + PATIENCE * seconds
        process = self._process if self._process and self._process.poll() is None else self._start()
        body = marshal.dumps((str(path.resolve()), kind, encoding, seconds))
        try:
            assert process.stdin is not None
            process.stdin.write(struct.pack("<Q", len(body)) + body)
            process.stdin.flush()
            return self._sheets(process, deadline)
        except _Refusal:
            raise
        except TimeoutError:
            self._end()
            raise Refused("file-too-large") from None
        except (EOFError, BrokenPipeError):
            self._end()
            raise Refused("file-too-large") from None
        except BaseException:
            self._end()  # what it still has to say belongs to this file
            raise

    def _sheets(self, process: subprocess.Popen[bytes], deadline: float) -> list[ForeignSheet]:
        sheets: list[ForeignSheet] = []
        rows: list[list[str]] = []
        while True:
            kind, *content = _receive(process, deadline)
            if kind == "rows":
                rows += content[0]
            elif kind == "sheet":
                sheets.append(ForeignSheet(content[0], rows, Annotations(**content[1])))
                rows = []
            elif kind == "refused":
                raise _Refusal(content[0])
            else:
                return sheets

    def _start(self) -> subprocess.Popen[bytes]:
        self._end()
        root = str(Path(__file__).resolve().parents[2])
        found = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "migkit.foreign.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": found},
            bufsize=-1,
        )
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close() if pipe else None
        self._process.wait()
        self._process = None


class _Refusal(Refused):
    """The process said so itself, and goes on."""


def _receive(process: subprocess.Popen[bytes], deadline: float) -> Any:
    return marshal.loads(_exactly(process, struct.unpack("<Q", _exactly(process, 8, deadline))[0], deadline))


def _exactly(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    assert process.stdout is not None
    handle = process.stdout.fileno()
    parts = bytearray()
    while len(parts) < size:
        ready, _, _ = select.select([handle], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(handle, min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
