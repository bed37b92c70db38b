"""Keep derived values under `work/`, each named by the digest of what it was made from: frames in Arrow's format, the rest as JSON.

One way for every result: a frozen value is written by what its class declares and read by the same declaration. Nothing here is
needed: delete `work/` and the same bytes are made again. Two processes that want the same make it once: the second waits for the first.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pandas as pd
import pyarrow as pa

from migkit.model.digest import digest
from migkit.workspace import locked

T = TypeVar("T")

KEPT = 2
"""How many results of a stage are kept: as it is, and as it would be if a later export counted."""
VALUE, FRAMES = "value.json", "frames.arrow"
LOCK = ".lock"
BATCH = 1_000
"""How many items of a container are encoded at once."""
PATIENCE_S = 600.0
"""Seconds after which a result that another process makes is made here too: that process stands still."""


def staged(folder: Path, key: str, kind: Any, make: Callable[[], T]) -> T:
    """Return what is kept under `folder/key`, or make it and keep it there; of what was kept before only the newest stays.

    `kind` is the type of the value: dataclasses, containers and plain values, and DataFrames wherever they are declared. While another
    process makes something under `folder` it is waited for: it may be the same.
    """
    place = folder / key
    with suppress(FileNotFoundError):  # nothing is kept, or another process took it away just now since it keeps newer results
        return _kept(place, kind)
    folder.mkdir(parents=True, exist_ok=True)
    lock = await_turn(folder)
    try:
        with suppress(FileNotFoundError):  # another process made it meanwhile
            return _kept(place, kind)
        value = make()
        _keep_newest(value, folder, place)
        return value
    finally:
        if lock is not None:
            lock.close()


def frame_digest(frame: pd.DataFrame) -> str:
    """Return what tells a frame from any other by what it holds: columns, types, all values in their order; not by its index."""
    rows = pd.util.hash_pandas_object(frame, index=False).to_numpy()
    return digest([[*map(str, frame.columns)], [*map(str, frame.dtypes)], hashlib.sha256(rows.tobytes()).hexdigest()])


def await_turn(folder: Path) -> sqlite3.Connection | None:
    """Return the lock under which results are made in a folder; None where whoever has it stands still, or none can be had.

    Results are whole or not there, and two that make the same make the same bytes: without it work is done twice, and nothing is spoiled.
    """
    with suppress(sqlite3.OperationalError):
        return locked(folder / LOCK, PATIENCE_S)
    return None


def _kept(place: Path, kind: Any) -> Any:
    os.utime(place)
    return recall(place, kind)


def _keep_newest(value: Any, folder: Path, place: Path) -> None:
    scratch = Path(tempfile.mkdtemp(dir=folder, prefix="."))
    keep(value, scratch)
    others = (one for one in folder.iterdir() if one != scratch and not one.name.startswith(LOCK))
    for old in sorted(others, key=lambda one: one.stat().st_mtime_ns, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
    try:
        scratch.rename(place)
    except OSError:  # somebody else made the same meanwhile
        shutil.rmtree(scratch, ignore_errors=True)


def keep(value: Any, folder: Path) -> None:
    """Write a value: `value.json` with the place of each frame, and the frames one after the other in `frames.arrow`."""
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with (folder / FRAMES).open("wb") as file:

        def plain(part: Any) -> Any:
            if isinstance(part, pd.DataFrame):
                start, table = file.tell(), pa.Table.from_pandas(part)
                with pa.ipc.new_stream(file, table.schema, options=options) as stream:
                    stream.write_table(table)
                return [start, file.tell() - start]
            if isinstance(part, Mapping):
                return dict(part)
            raise TypeError(f"{type(part).__name__} cannot be kept")

        with (folder / VALUE).open("wb") as written:
            written.writelines(_pieces(value, msgspec.json.Encoder(enc_hook=plain).encode))


def _pieces(value: Any, encode: Callable[[Any], bytes]) -> Iterator[bytes]:
    """Yield a value as JSON piece by piece: what a large plan holds would be a gigabyte in one."""
    if is_dataclass(value) and not isinstance(value, type):
        named = [(part.name, getattr(value, part.name)) for part in fields(value)]
        for number, (name, part) in enumerate(named):
            yield (b"," if number else b"{") + encode(name) + b":"
            yield from _pieces(part, encode)
        yield b"}" if named else b"{}"
    elif isinstance(value, Mapping):
        yield from _batched(b"{", (dict(batch) for batch in _batches(value.items())), b"}", encode)
    elif isinstance(value, list | tuple):
        yield from _batched(b"[", (list(batch) for batch in _batches(value)), b"]", encode)
    else:
        yield encode(value)


def _batched(opened: bytes, batches: Iterator[Any], closed: bytes, encode: Callable[[Any], bytes]) -> Iterator[bytes]:
    """Yield the batches of a container as one: each encoded without its own brackets."""
    yield opened
    for number, batch in enumerate(batches):
        yield (b"," if number else b"") + encode(batch)[1:-1]
    yield closed


def _batches(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    left = iter(items)
    while batch := tuple(islice(left, BATCH)):
        yield batch


def recall(folder: Path, kind: Any) -> Any:
    """Return what `keep` wrote. What its class declares as raw (`msgspec.Raw`) stays on the disk until somebody reads it."""
    frames = _mapped(folder / FRAMES)

    def whole(wanted: type, part: Any) -> Any:
        if wanted is pd.DataFrame:
            start, length = part
            return pa.ipc.open_stream(frames.slice(start, length)).read_pandas()
        raise TypeError(f"{wanted} cannot be kept")

    return msgspec.json.decode(_mapped(folder / VALUE), type=kind, dec_hook=whole)


def _mapped(path: Path) -> pa.Buffer:
    """Return a file's bytes, which come from the disk as they are looked at: what is kept is never written again, only taken away."""
    return pa.memory_map(str(path)).read_buffer() if path.stat().st_size else pa.py_buffer(b"")
