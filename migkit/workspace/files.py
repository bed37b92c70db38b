"""Files and folders of a workspace: for their owner alone, whatever the process's umask, and whole or not there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from migkit.model.errors import UsageError

PRIVATE = 0o077
"""The umask of a process that works on a workspace: others neither read nor enter."""


def keep_private(folder: Path) -> None:
    """Close `folder` to everybody but its owner, and let this process and those that it starts make nothing that others may read."""
    os.umask(PRIVATE)
    mode = folder.stat().st_mode
    if mode & PRIVATE:
        with contextlib.suppress(PermissionError):  # somebody else's folder: theirs to close
            folder.chmod(mode & 0o7700)


def made(folder: Path) -> Path:
    """Return `folder`, made with mode 0700 where it is not there. Raises UsageError where a file has its name."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise UsageError(f"{folder} is a file where a folder must be: move it away, then run the same command again.") from None
    return folder


def write_atomically(path: Path, text: str) -> None:
    """Write `text` beside `path`, with mode 0600, and move it into place."""
    with moved_into_place(path) as file:
        file.write(text)


@contextmanager
def moved_into_place(path: Path, encoding: str = "utf-8", newline: str | None = None) -> Iterator[TextIO]:
    """Yield a file of mode 0600 beside `path`, which takes its place when the block ends, and leaves nothing behind where that fails."""
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp's own mode is 0600
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline=newline) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(scratch).replace(path)
    except BaseException:  # a full disk: what was there stays, and nothing half-written lies beside it
        Path(scratch).unlink(missing_ok=True)
        raise


def file_digest(path: Path) -> str:
    """Return the sha256 of a file's bytes, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "gpfs", "beegfs", "glusterfs", "fuse.glusterfs", "fuse.sshfs",
    "fuse.s3fs", "fuse.rclone", "fuse.gcsfuse", "fuse.blobfuse2", "fuse.mount-s3",
})  # fmt: skip
"""Kinds of file systems that other machines may write to at the same time: SQLite's locks and its log do not hold there."""
MOUNTS = Path("/proc/self/mounts")


def network_file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """Return the kind of the network file system that `path` lies on, "" for a disk of this machine, and where the system does not say."""
    if not mounts.is_file():
        return ""
    place, found = path.resolve(), (Path("/"), "")
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, point, kind, *_ = line.split(" ")
        folder = Path(point.replace("\\040", " "))
        if place.is_relative_to(folder) and len(folder.parts) >= len(found[0].parts):
            found = folder, kind
    return found[1] if found[1] in NETWORK else ""
