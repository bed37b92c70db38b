"""What this machine refuses is a sentence that says how to go on; anything else is a bug, and keeps its traceback."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from migkit.model.errors import on_this_machine


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/data/x"), "disk is full (/data/x)"),
        (OSError("[Errno 28] Error writing bytes to file. Detail: [errno 28] No space left on device"), "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/data/x"), "may not read or write here (/data/x)"),
        (OSError(errno.EROFS, "Read-only file system", "/data/x"), "may not read or write here (/data/x)"),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory", b"/data/x/y"), "cannot be used (/data/x/y): not a directory"),
        (OSError(errno.ENAMETOOLONG, "File name too long", "w" * 300), "file name too long"),
    ],
)
def test_what_the_system_refuses_is_a_sentence(error: OSError, words: str) -> None:
    """It names the path, and what becomes of the work."""
    said = str(on_this_machine(error))
    assert words in said and "the same command goes on from there" in said


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), OSError("x"), ConnectionResetError(104, "reset"), RuntimeError("x")])
def test_a_bug_is_no_sentence(error: BaseException) -> None:
    """An error without a path, or of another kind, is not hidden."""
    assert on_this_machine(error) is None


def test_what_sqlite_refuses_is_a_sentence(tmp_path: Path) -> None:
    """A full disk, a ledger that may not be written, and one that cannot be opened, as SQLite itself says them."""
    db = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    db.execute("CREATE TABLE t (a)")
    said = []
    for pragma in ("max_page_count = 2", "query_only = 1"):
        db.execute(f"PRAGMA {pragma}")
        with pytest.raises(sqlite3.OperationalError) as refused:
            db.execute("INSERT INTO t VALUES (?)", ("x" * 9000,))
        said.append(str(on_this_machine(refused.value)))
    db.close()
    with pytest.raises(sqlite3.OperationalError) as refused:
        sqlite3.connect(tmp_path / "none" / "x.sqlite")
    said.append(str(on_this_machine(refused.value)))
    assert [words in text for words, text in zip(("disk is full", "may not be written", "cannot be opened"), said, strict=True)] == [
        True
    ] * 3
    assert on_this_machine(sqlite3.OperationalError("no such table: t")) is None
