"""The ledger: what was done to the target, on disk before it is done. The one file that must never be lost."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from migkit.model.errors import InUse, UsageError
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.workspace import is_busy

from .entries import Entry, EntryState, Operation, Origin, TargetId, Write, WriteState
from .lease import LEASE_S, Lease
from .store import Claim, LedgerStore
from .stored import Stored, Text

_MIGRATIONS = (
    """
    CREATE TABLE entries (key TEXT PRIMARY KEY, object TEXT NOT NULL, target_id, origin TEXT NOT NULL, state TEXT NOT NULL,
        run TEXT NOT NULL, hashes TEXT NOT NULL, desired TEXT NOT NULL, after_image TEXT NOT NULL, pre_image TEXT NOT NULL,
        sources TEXT NOT NULL, error TEXT NOT NULL);
    CREATE TABLE writes (id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, key TEXT NOT NULL, object TEXT NOT NULL,
        op TEXT NOT NULL, target_id, intended_at TEXT NOT NULL, body TEXT NOT NULL, before TEXT NOT NULL, state TEXT NOT NULL,
        answered_at TEXT, status INTEGER, error TEXT NOT NULL DEFAULT '', tokens INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX writes_by_key ON writes (key);
    CREATE INDEX writes_open ON writes (state) WHERE state IN ('intended', 'in_doubt');
    CREATE TABLE aliases (key TEXT PRIMARY KEY, stands_for TEXT NOT NULL, run TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE runs (id TEXT PRIMARY KEY, step TEXT NOT NULL, company_id INTEGER NOT NULL, started TEXT NOT NULL, ended TEXT,
        counts TEXT NOT NULL DEFAULT '{}') WITHOUT ROWID;
    CREATE TABLE holds (key TEXT PRIMARY KEY, reason TEXT NOT NULL, run TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    UPDATE writes SET state = 'unconfirmed' WHERE state = 'in_doubt';
    UPDATE entries SET state = 'deleted' WHERE state = 'retired';
    DROP INDEX writes_open;
    CREATE INDEX writes_open ON writes (state) WHERE state IN ('intended', 'unconfirmed');
    """,
    """
    CREATE TABLE edits (key TEXT PRIMARY KEY, fields TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    CREATE TABLE lease (number INTEGER NOT NULL, owner TEXT NOT NULL, until REAL NOT NULL);
    INSERT INTO lease VALUES (0, '', 0);
    """,
)
"""One script a schema version; never edit one that was released, add the next."""

_IMAGES = ("desired", "after_image", "pre_image")
"""Columns of an entry that are read when somebody looks at them."""
_ENTRY_COLUMNS = "key, object, target_id, origin, state, run, hashes, desired, after_image, pre_image, sources, error"
_KNOWN_COLUMNS = "key, object, target_id, origin, state, run, hashes, sources, error"
_WRITE_COLUMNS = "id, run, key, object, op, target_id, intended_at, body, before, state, answered_at, status, error, tokens"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Ledger:
    """One customer's ledger (SQLite, WAL, synchronous=FULL, file mode 0600).

    What is known of a record is read from memory, which `catch_up` brings up to date with what other processes wrote; its images from
    the file, when somebody looks at them. Every change is on disk when the method returns. Where it lies on a store, `path` is where it
    would lie without one, and the file is the newest copy on this machine. Raises UsageError where the file is no ledger, was made by a
    newer migkit, or belongs to another account; StoreUnreachable where its store does not answer.
    """

    def __init__(
        self,
        path: Path,
        *,
        store: LedgerStore | None = None,
        clock: Callable[[], str] = _now,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.path = Path(path)
        self.name = store.url if store else str(self.path)
        """What sentences call it."""
        self._clock, self._seconds_now = clock, now
        self._lease: Lease | None = None
        self._store = store
        self._claim: Claim | None = None
        self._lock = threading.RLock()  # the event loop reads and writes beside the thread that commits
        self._opened = 0
        self._open(store.newest() if store else self.path)

    def _open(self, file: Path) -> None:
        """Work on this file from now on."""
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
        file.chmod(0o600)
        try:
            self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._migrate()
            self._file, self._inode, self._seen, self._opened = file, file.stat().st_ino, -1, self._opened + 1
            self._catch_up()
        except sqlite3.DatabaseError as error:
            if is_busy(error):
                raise InUse(f"Another process holds {self.name}: wait until it ends. Nothing was written.") from error
            raise UsageError(
                f"{file} is not a readable ledger ({error}). Move it away with its -wal and -shm files, keep them, and rebuild it "
                f"with `migkit recover {self.path.parent}`; an older copy would write again what it does not know. Nothing was written."
            ) from error

    def catch_up(self) -> None:
        """Know what another process (a terminal beside an open notebook) wrote since this ledger last looked, on its store too.

        Raises UsageError where the file was moved away or replaced: what was written now would be lost with the old one.
        """
        if self._store is not None and self._lease is None and (newest := self._store.newest()) != self._file:
            self._reopen(newest)
        self._catch_up()

    def _reopen(self, file: Path) -> None:
        self.close()
        self._open(file)

    def _catch_up(self) -> None:
        if not self._file.exists() or self._file.stat().st_ino != self._inode:
            raise UsageError(f"{self._file} was moved away or replaced since it was opened: start again. Nothing was written.")
        version = self._db.execute("PRAGMA data_version").fetchone()[0]  # moves with every commit that is not our own
        if version != self._seen:
            self._recall()
            self._seen = version

    @property
    def version(self) -> tuple[int, int, int]:
        """What changes whenever this ledger knows something else than before."""
        return self._opened, self._seen, self._db.total_changes

    def _recall(self) -> None:
        """Take from disk what is kept in memory."""
        self._entries = {row[0]: self._known(row) for row in self._db.execute(f"SELECT {_KNOWN_COLUMNS} FROM entries")}
        self._holders: dict[tuple[ObjectType, TargetId], str] = {}
        for entry in self._entries.values():
            if entry.is_live and entry.target_id is not None:
                self._holders[entry.object, entry.target_id] = entry.key
        self._aliases: dict[str, str] = dict(self._db.execute("SELECT key, stands_for FROM aliases"))

    def _known(self, row: tuple[Any, ...]) -> Entry:
        """Return an entry whose images stay on disk until they are looked at, or the entry is replaced."""
        key, object, target_id, origin, state, run, hashes, sources, error = row
        desired, after, pre = (Stored(partial(self._image, key, column)) for column in _IMAGES)
        from_rows, problem = tuple(msgspec.json.decode(sources)), Message.load(error) if error else None
        kind, begun, now = ObjectType(object), Origin(origin), EntryState(state)
        return Entry(key, kind, target_id, begun, now, run, Text(hashes), desired, after, pre, from_rows, problem)

    def _image(self, key: str, column: str) -> str:
        with self._lock:
            found: str = self._db.execute(f"SELECT {column} FROM entries WHERE key = ?", (key,)).fetchone()[0]
            return found

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _migrate(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > len(_MIGRATIONS):
            raise UsageError(f"{self.name} was written by a newer migkit (ledger version {version}): update migkit.")
        for number, script in enumerate(_MIGRATIONS[version:], start=version + 1):
            self._db.executescript(f"BEGIN; {script} PRAGMA user_version={number}; COMMIT;")

    # -- reading ------------------------------------------------------------------------------------------------

    def entries(self) -> Mapping[str, Entry]:
        """Return all entries by key, deleted, undone and failed ones too."""
        return MappingProxyType(self._entries)

    def entry(self, key: str) -> Entry | None:
        """Return the entry of a record, found by its key or by a key that stands for it; None where there is none."""
        return self._entries.get(self._aliases.get(key, key))

    def holder(self, object: ObjectType, target_id: TargetId) -> Entry | None:
        """Return the live entry of a target record, None where the ledger does not know it."""
        return self._entries.get(self._holders.get((object, target_id), ""))

    def live(self) -> Collection[tuple[ObjectType, TargetId]]:
        """Return (object, target id) of every record of ours that stands in the target."""
        return self._holders.keys()

    def aliases(self) -> Mapping[str, str]:
        """Return key as planned → key as loaded, for records whose cluster or household changed its head."""
        return MappingProxyType(self._aliases)

    def created_before(self, object: ObjectType, write: int, limit: int = 1000) -> set[TargetId]:
        """Return the target ids of what was created and answered, the last `limit` writes of this object that were begun before `write`."""
        query = (
            "SELECT target_id FROM writes WHERE object = ? AND op = 'create' AND id < ? AND state IN ('succeeded', 'resolved') "
            "AND target_id IS NOT NULL ORDER BY id DESC LIMIT ?"
        )
        return {row[0] for row in self._db.execute(query, (object.value, write, limit))}

    def edits(self) -> dict[str, tuple[str, ...]]:
        """Return key → fields that a load left as somebody edited them, and that no run has told yet."""
        return {key: tuple(json.loads(fields)) for key, fields in self._db.execute("SELECT key, fields FROM edits ORDER BY key")}

    def holds(self) -> dict[str, Message]:
        """Return key → reason of what the last apply left waiting."""
        return {key: Message.load(reason) for key, reason in self._db.execute("SELECT key, reason FROM holds")}

    def history(self, key: str) -> list[Write]:
        """Return every write of one record, oldest first."""
        return self._writes("key = ?", self._aliases.get(key, key))

    def unanswered(self) -> list[Write]:
        """Return the writes whose outcome is not known: unconfirmed, or cut short between intent and answer."""
        return self._writes("state IN ('intended', 'unconfirmed')")

    def writes(self, run: str | None = None) -> list[Write]:
        """Return the audit log of one run, of all runs for None, oldest first."""
        return self._writes("run = ?", run) if run else self._writes("1")

    def runs(self) -> list[dict[str, Any]]:
        """Return every run as a dict: id, step, company_id, started, ended (None while it runs), counts; oldest first."""
        rows = self._db.execute("SELECT id, step, company_id, started, ended, counts FROM runs ORDER BY started, id")
        return [{"id": r[0], "step": r[1], "company_id": r[2], "started": r[3], "ended": r[4], "counts": json.loads(r[5])} for r in rows]

    def runs_of(self, step: str) -> frozenset[str]:
        """Return the ids of the runs of a step."""
        return frozenset(run["id"] for run in self.runs() if run["step"] == step)

    def _writes(self, where: str, *values: Any) -> list[Write]:
        return [_write(row) for row in self._db.execute(f"SELECT {_WRITE_COLUMNS} FROM writes WHERE {where} ORDER BY id", values)]

    # -- runs ---------------------------------------------------------------------------------------------------

    def require_account(self, company_id: int) -> None:
        """Raise UsageError where this ledger was first used with another account."""
        row = self._db.execute("SELECT company_id FROM runs ORDER BY started LIMIT 1").fetchone()
        if row and row[0] != company_id:
            raise UsageError(
                f"The ledger {self.name} belongs to Pipedrive company {row[0]}, but the token opens company {company_id}: "
                "use the right token, or a workspace of its own for the other account. Nothing was written."
            )

    def start_run(self, run: str, step: str, company_id: int) -> None:
        """Note that a run begins; the same id again continues it."""
        self.require_account(company_id)
        with self.transaction():
            self._db.execute(
                "INSERT INTO runs (id, step, company_id, started) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET ended = NULL",
                (run, step, company_id, self._clock()),
            )

    def end_run(self, run: str, counts: Mapping[str, int]) -> None:
        """Note that a run ended and what it did; the file alone then holds all of it, in case somebody copies it without its log."""
        with self.transaction():
            self._db.execute("UPDATE runs SET ended = ?, counts = ? WHERE id = ?", (self._clock(), _dump(counts), run))
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def exclusive(self, seconds: float = LEASE_S) -> Iterator[None]:
        """Hold the ledger for one writing process, as the one before left it; inside another such block it is part of that one.

        A killed holder frees it at once; one that does not answer, after `seconds`. Every change of the ledger then raises LeaseLost there.
        Raises InUse while another one holds it.
        """
        if self._lease is not None:
            yield
            return
        with self._claimed(seconds):
            lock = self._file.with_name(f"{self._file.name}.lock")
            lease = Lease(self._db, self.transaction, lock, seconds, self._seconds_now)
            try:
                self._lease = lease
                self.catch_up()
                with lease.renewed():
                    yield
            finally:
                lease.release()
                self._lease = None

    @contextmanager
    def _claimed(self, seconds: float) -> Iterator[None]:
        """Hold what lies on the store, where it does, and work on the copy of it."""
        if self._store is None:
            yield
            return
        with self._store.claimed(seconds) as self._claim:
            try:
                self._reopen(self._claim.file)
                yield
            finally:
                self._claim = None

    def require_lease(self) -> None:
        """Raise LeaseLost where another process took over what this one was about to write; fine where it never held the ledger."""
        if self._lease is not None:
            self._lease.require()
        if self._claim is not None:
            self._claim.require()

    @property
    def is_whole(self) -> bool:
        """Whether it knows all that was done by who held it before; not where one on a store was cut off. `recover` makes it whole."""
        return self._claim is None or self._claim.is_whole

    def note_whole(self) -> None:
        """Note that what who was cut off had done is known now."""
        if self._claim is not None and not self._claim.is_whole:
            self._claim.note_whole()

    def put_back(self) -> None:
        """Put it back on its store now; nothing where it has none, or is not held."""
        if self._claim is not None:
            self._claim.put_back()

    # -- writing ------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Group several changes into one commit; inside another transaction it is part of that one."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                if self._lease is not None:
                    self._lease.require_in_transaction()
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # on a full disk SQLite has taken it back already
                    self._db.execute("ROLLBACK")
                self._recall()
                raise

    def intend(
        self,
        run: str,
        key: str,
        object: ObjectType,
        operation: Operation,
        body: Mapping[str, Any],
        *,
        target_id: TargetId | None = None,
        before: Mapping[str, Any] | None = None,
    ) -> int:
        """Put a write on disk before it is sent; return its number in the audit log."""
        with self.transaction():
            cursor = self._db.execute(
                "INSERT INTO writes (run, key, object, op, target_id, intended_at, body, before, state) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'intended')",
                (run, key, object.value, operation.value, target_id, self._clock(), _dump(body), _dump(before or {})),
            )
            return int(cursor.lastrowid or 0)

    def close_write(
        self, write: int, state: WriteState, *, entry: Entry | None = None, status: int | None = None, error: str = "", tokens: int = 0
    ) -> None:
        """Record how a write ended, together with the entry as it now is."""
        with self.transaction():
            self._db.execute(
                "UPDATE writes SET state = ?, answered_at = ?, status = ?, error = ?, tokens = ?, "
                "target_id = coalesce(target_id, ?) WHERE id = ?",
                (state.value, self._clock(), status, error, tokens, entry.target_id if entry else None, write),
            )
            if entry:
                self.put(entry)

    def put(self, entry: Entry) -> None:
        """Store an entry as it now is."""
        values = ", ".join("?" * 12)
        with self.transaction():
            earlier = self._entries.get(entry.key)
            for image in (earlier.desired, earlier.after_image, earlier.pre_image) if earlier is not None else ():
                len(image)  # whoever still holds the earlier entry sees what it was
            self._db.execute(f"INSERT OR REPLACE INTO entries ({_ENTRY_COLUMNS}) VALUES ({values})", _row(entry))
            if earlier is not None and earlier.is_live and earlier.target_id is not None:
                self._holders.pop((earlier.object, earlier.target_id), None)
            if entry.is_live and entry.target_id is not None:
                self._holders[entry.object, entry.target_id] = entry.key
            self._entries[entry.key] = entry

    def alias(self, key: str, stands_for: str, run: str) -> None:
        """Remember that the plan's `key` is the record that was loaded as `stands_for`."""
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO aliases VALUES (?, ?, ?)", (key, stands_for, run))
            self._aliases[key] = stands_for

    def note_edits(self, key: str, fields: Iterable[str]) -> None:
        """Remember that a load left these fields as somebody edited them, until `take_edits`."""
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO edits VALUES (?, ?)", (key, _dump(list(fields))))

    def take_edits(self) -> dict[str, tuple[str, ...]]:
        """Return `edits`, and forget them: the run that ends now tells them."""
        with self.transaction():
            found = self.edits()
            self._db.execute("DELETE FROM edits")
        return found

    def hold(self, reasons: Mapping[str, Message], run: str, *, seen: Iterable[str]) -> None:
        """Replace what is known about waiting records among `seen` by `reasons`."""
        with self.transaction():
            self._db.executemany("DELETE FROM holds WHERE key = ?", ((key,) for key in seen))
            self._db.executemany("INSERT OR REPLACE INTO holds VALUES (?, ?, ?)", ((key, why.dump(), run) for key, why in reasons.items()))


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _row(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.key,
        entry.object.value,
        entry.target_id,
        entry.origin.value,
        entry.state.value,
        entry.run,
        _dump(dict(entry.hashes)),
        _dump(dict(entry.desired)),
        _dump(dict(entry.after_image)),
        _dump(dict(entry.pre_image)),
        _dump(entry.sources),
        entry.error.dump() if entry.error else "",
    )


def _write(row: tuple[Any, ...]) -> Write:
    id, run, key, object, op, target_id, intended_at, body, before, state, answered_at, status, error, tokens = row
    return Write(
        id,
        run,
        key,
        ObjectType(object),
        Operation(op),
        target_id,
        intended_at,
        json.loads(body),
        json.loads(before),
        WriteState(state),
        answered_at,
        status,
        error,
        tokens,
    )
