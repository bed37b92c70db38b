"""Keep derived values under `work/`, each named by the digest of what it was made from: frames in Arrow's format, the rest as JSON.

One way for every result: a frozen value is written by what its class declares and read by the same declaration. Nothing here is
needed: delete `work/` and the same bytes are made again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pandas as pd
import pyarrow as pa

T = TypeVar("T")

KEPT = 2
"""How many results of a stage are kept: as it is, and as it would be if a later export counted."""
VALUE, FRAMES = "value.json", "frames.arrow"


def staged(folder: Path, key: str, kind: Any, make: Callable[[], T]) -> T:
    """Return what is kept under `folder/key`, or make it and keep it there; of what was kept before only the newest stays.

    `kind` is the type of the value: dataclasses, containers and plain values, and DataFrames wherever they are declared.
    """
    place = folder / key
    with suppress(FileNotFoundError):  # nothing is kept, or another process took it away just now since it keeps newer results
        os.utime(place)
        found: T = recall(place, kind)
        return found
    value = make()
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=folder, prefix="."))
    keep(value, scratch)
    earlier = sorted((one for one in folder.iterdir() if one != scratch), key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for old in earlier[KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
    try:
        scratch.rename(place)
    except OSError:  # somebody else made the same meanwhile
        shutil.rmtree(scratch, ignore_errors=True)
    return value


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

        (folder / VALUE).write_bytes(msgspec.json.encode(value, enc_hook=plain))


def recall(folder: Path, kind: Any) -> Any:
    """Return what `keep` wrote."""
    frames = pa.memory_map(str(folder / FRAMES)).read_buffer() if (folder / FRAMES).stat().st_size else pa.py_buffer(b"")

    def whole(wanted: type, part: Any) -> Any:
        if wanted is pd.DataFrame:
            start, length = part
            return pa.ipc.open_stream(frames.slice(start, length)).read_pandas()
        raise TypeError(f"{wanted} cannot be kept")

    return msgspec.json.decode((folder / VALUE).read_bytes(), type=kind, dec_hook=whole)
