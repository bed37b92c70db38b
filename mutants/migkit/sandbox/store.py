"""The sandbox's disk: one SQLite file with a row per record, its body as JSON and the columns that lists are filtered by.

Bodies keep the v2 shape, times as RFC 3339 UTC; custom fields only where a value stands. Every method names the account first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

COLUMNS = (
    "owner_id", "person_id", "org_id", "deal_id", "lead_id", "product_id", "pipeline_id", "stage_id", "status",
    "is_archived", "done", "visible_to", "add_time", "update_time", "due_date", "is_deleted",
)  # fmt: skip
"""Keys of a body that are also columns, under the same name."""
LINKS = ("person_id", "org_id", "deal_id", "lead_id", "product_id", "owner_id", "stage_id", "pipeline_id")
SMALL = frozenset({"user", "field", "pipeline", "stage", "activity_type", "lead_label", "currency", "filter", "webhook"})
"""Kinds that are few and asked for at every call; they are also held in memory."""
SCHEMA = f"""
CREATE TABLE IF NOT EXISTS records (
    seq INTEGER PRIMARY KEY, account INTEGER NOT NULL, kind TEXT NOT NULL, id NOT NULL, known_at REAL NOT NULL,
    {", ".join(COLUMNS)}, body TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS records_id ON records (account, kind, id);
CREATE INDEX IF NOT EXISTS records_updated ON records (account, kind, update_time, id);
CREATE INDEX IF NOT EXISTS records_alive ON records (account, kind, is_deleted, status);
CREATE TABLE IF NOT EXISTS counters (account INTEGER, kind TEXT, last INTEGER, PRIMARY KEY (account, kind));
CREATE TABLE IF NOT EXISTS contents (account INTEGER, id INTEGER, content BLOB, PRIMARY KEY (account, id));
CREATE TABLE IF NOT EXISTS accounts (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
""" + "".join(f"CREATE INDEX IF NOT EXISTS records_{name} ON records (account, kind, {name}) WHERE {name} IS NOT NULL;\n" for name in LINKS)

Body = dict[str, Any]


class Store:
    """Records of all accounts. One connection, one thread; `commit` or `rollback` ends what a call did."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;")
        self._db.executescript(SCHEMA)
        self._small: dict[tuple[int, str], dict[Any, Body]] = {}
        self._touched_small = False

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # one call = one transaction
    def begin(self) -> None:
        """Start what must happen wholly or not at all."""
        self._touched_small = False
        self._db.execute("BEGIN")

    def commit(self) -> None:
        """Keep what was done since `begin`."""
        self._db.execute("COMMIT")
        self._touched_small = False

    def rollback(self) -> None:
        """Undo what was done since `begin`."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        if self._touched_small:
            self._small.clear()

    # writing
    def insert(self, account: int, kind: str, body: Body, *, id: Any = None) -> Body:
        """Store a new record and return it with its `id`: the next number of its kind unless one is given."""
        body = {"id": self.next_id(account, kind) if id is None else id, **{key: value for key, value in body.items() if key != "id"}}
        columns = ", ".join(COLUMNS)
        self._db.execute(
            f"INSERT INTO records (account, kind, id, known_at, {columns}, body) VALUES (?, ?, ?, ?{', ?' * len(COLUMNS)}, ?)",
            [account, kind, body["id"], self._clock(), *_columns(body), _dump(body)],
        )
        self._remember(account, kind, body)
        return body

    def update(self, account: int, kind: str, body: Body) -> Body:
        """Store a changed record."""
        columns = ", ".join(f"{name} = ?" for name in COLUMNS)
        self._db.execute(
            f"UPDATE records SET {columns}, body = ?, known_at = ? WHERE account = ? AND kind = ? AND id = ?",
            [*_columns(body), _dump(body), self._clock(), account, kind, body["id"]],
        )
        self._remember(account, kind, body)
        return body

    def remove(self, account: int, kind: str, id: Any) -> None:
        """Take a record away for good."""
        self._db.execute("DELETE FROM records WHERE account = ? AND kind = ? AND id = ?", (account, kind, id))
        if kind in SMALL:
            self._touched_small = True
            self.small(account, kind).pop(id, None)

    def _remember(self, account: int, kind: str, body: Body) -> None:
        if kind in SMALL:
            self._touched_small = True
            self.small(account, kind)[body["id"]] = body

    def next_id(self, account: int, kind: str) -> int:
        """Return the next number of a kind."""
        sql = "INSERT INTO counters VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last"
        return int(self._db.execute(sql, (account, kind)).fetchone()[0])

    # reading
    def get(self, account: int, kind: str, id: Any) -> Body | None:
        """Return a record, deleted ones too; None when there is none."""
        if kind in SMALL:
            return self.small(account, kind).get(id)
        row = self._db.execute("SELECT body FROM records WHERE account = ? AND kind = ? AND id = ?", (account, kind, id)).fetchone()
        return json.loads(row[0]) if row else None

    def small(self, account: int, kind: str) -> dict[Any, Body]:
        """Return all records of a small kind by id, deleted ones too, oldest first."""
        if (account, kind) not in self._small:
            rows = self._db.execute("SELECT body FROM records WHERE account = ? AND kind = ? ORDER BY seq", (account, kind))
            self._small[account, kind] = {body["id"]: body for body in (json.loads(row[0]) for row in rows)}
        return self._small[account, kind]

    def select(
        self,
        account: int,
        kind: str,
        where: Sequence[str] = (),
        values: Sequence[Any] = (),
        *,
        order: str = "seq",
        limit: int = -1,
        offset: int = 0,
    ) -> list[Body]:
        """Return bodies, by default in the order of their making. `where` are SQL conditions on the columns of `r`."""
        conditions = " AND ".join(["r.account = ?", "r.kind = ?", *where])
        sql = f"SELECT r.body FROM records r WHERE {conditions} ORDER BY {order} LIMIT ? OFFSET ?"
        return [json.loads(row[0]) for row in self._db.execute(sql, [account, kind, *values, limit, offset])]

    def count(self, account: int, kind: str, where: Sequence[str] = (), values: Sequence[Any] = ()) -> int:
        """Return how many records meet the conditions."""
        conditions = " AND ".join(["r.account = ?", "r.kind = ?", *where])
        return int(self._db.execute(f"SELECT count(*) FROM records r WHERE {conditions}", [account, kind, *values]).fetchone()[0])

    def sums(self, account: int, kind: str, key: str, by: str, where: Sequence[str], values: Sequence[Any]) -> list[tuple[str, float]]:
        """Return the sum of a number in the bodies per value of another key, largest first."""
        conditions = " AND ".join(["r.account = ?", "r.kind = ?", *where])
        summed = f"SELECT json_extract(r.body, '$.{by}') k, sum(json_extract(r.body, '$.{key}')) s"
        sql = f"{summed} FROM records r WHERE {conditions} GROUP BY k ORDER BY s DESC"
        return [(row[0], row[1]) for row in self._db.execute(sql, [account, kind, *values])]

    # file contents and accounts
    def write_content(self, account: int, id: int, content: bytes) -> None:
        """Keep the bytes of a file."""
        self._db.execute("INSERT OR REPLACE INTO contents VALUES (?, ?, ?)", (account, id, content))

    def read_content(self, account: int, id: int) -> bytes:
        """Return the bytes of a file, empty when there are none."""
        row = self._db.execute("SELECT content FROM contents WHERE account = ? AND id = ?", (account, id)).fetchone()
        return bytes(row[0]) if row else b""

    def accounts(self) -> Iterator[tuple[int, Body]]:
        """Yield what was kept about each account."""
        for id, body in self._db.execute("SELECT id, body FROM accounts ORDER BY id").fetchall():
            yield id, json.loads(body)

    def write_account(self, id: int, body: Mapping[str, Any]) -> None:
        """Keep what is known about an account."""
        self._db.execute("INSERT OR REPLACE INTO accounts VALUES (?, ?)", (id, _dump(body)))


def _columns(body: Mapping[str, Any]) -> list[Any]:
    return [body.get(name) for name in COLUMNS]


def _dump(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
