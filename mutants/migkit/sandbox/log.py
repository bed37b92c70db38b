"""The request log: every call, its answer, its tokens; what tests and demos read as proof."""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .wire import read_json

SCHEMA = """CREATE TABLE IF NOT EXISTS requests (
    seq INTEGER PRIMARY KEY, account INTEGER, time TEXT, method TEXT, path TEXT, query TEXT, status INTEGER, tokens INTEGER,
    keys TEXT, fault TEXT, body BLOB, answer BLOB)"""
COMMIT_EVERY = 200


@dataclass(frozen=True)
class Entry:
    """One call as it is logged. `body` and `answer` are what was on the wire, b"" where nothing was."""

    account: int | None
    time: str
    method: str
    path: str
    query: str
    status: int
    tokens: int
    keys: list[str]
    fault: str
    body: bytes
    answer: bytes


class RequestLog:
    """Calls in their order, in a file of their own so that writing it never delays a record."""

    def __init__(self, path: Path, *, record_bodies: bool) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;")
        self._db.execute(SCHEMA)
        self._record_bodies = record_bodies
        self._pending = 0

    def add(self, entry: Entry) -> None:
        """Append one call."""
        if not self._db.in_transaction:
            self._db.execute("BEGIN")
        bodies = (_pack(entry.body), _pack(entry.answer)) if self._record_bodies else (b"", b"")
        names = "account, time, method, path, query, status, tokens, keys, fault, body, answer"
        values = (entry.account, entry.time, entry.method, entry.path, entry.query, entry.status, entry.tokens)
        self._db.execute(f"INSERT INTO requests ({names}) VALUES (?{', ?' * 10})", (*values, json.dumps(entry.keys), entry.fault, *bodies))
        self._pending += 1
        if self._pending >= COMMIT_EVERY:
            self.flush()

    def flush(self) -> None:
        """Put everything on disk."""
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._pending = 0

    def close(self) -> None:
        """Put everything on disk and close."""
        self.flush()
        self._db.close()

    def since(self, seq: int, *, account: int | None, full: bool, limit: int = 10_000, newest: bool = False) -> list[dict[str, Any]]:
        """Return calls after `seq`, oldest first; with `newest`, the last `limit` ones, newest first."""
        names = [
            "seq",
            "account",
            "time",
            "method",
            "path",
            "query",
            "status",
            "tokens",
            "keys",
            "fault",
            *(["body", "answer"] if full else []),
        ]
        where, values = "seq > ?", [seq]
        if account is not None:
            where, values = where + " AND account = ?", [*values, account]
        order = "seq DESC" if newest else "seq"
        rows = self._db.execute(f"SELECT {', '.join(names)} FROM requests WHERE {where} ORDER BY {order} LIMIT ?", [*values, limit])
        return [_entry(dict(zip(names, row, strict=True))) for row in rows]


def _pack(content: bytes) -> bytes:
    return zlib.compress(content, 1) if content else b""


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    row["keys"] = json.loads(row["keys"])
    for key in ("body", "answer"):
        if key in row:
            raw = zlib.decompress(row[key]) if row[key] else b""
            row[key] = _json_or_text(raw)
    return row


def _json_or_text(raw: bytes) -> Any:
    if not raw:
        return None
    try:
        return read_json(raw)
    except ValueError:
        return raw[:2000].decode("utf-8", "replace")
