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
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from migkit.model.errors import InUse, UsageError
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord
from migkit.workspace import is_busy

from .entries import Entry, EntryState, EntrySummary, Operation, Origin, TargetId, Write, WriteState
from .entry_table import Entries, EntryTable, LiveTargets
from .lease import LEASE_S, Lease
from .ledger_schema import bring_up_to_date
from .store import Claim, LedgerStore
from .stored import Stored

_WRITE_COLUMNS = "id, run, key, object, op, target_id, intended_at, body, before, state, answered_at, status, error, tokens"

_BESIDE = 1_000
"""Records whose entries are read at once."""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Ledger:
    """One customer's ledger (SQLite, WAL, synchronous=FULL, file mode 0600).

    What is known of a record is read from the file when it is asked for, its images when somebody looks at them. Every change is on disk
    when the method returns. Where it lies on a store, `path` is where it would lie without one, and the file is the newest copy on this
    machine. Raises UsageError where the file is no ledger, was made by a newer migkit, or belongs to another account; StoreUnreachable
    where its store does not answer.
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
        self._writing: int | None = None
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
            bring_up_to_date(self._db, self.name)
            self._reader = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
            self._reader.execute("PRAGMA query_only=ON")
            self._entries = EntryTable(self._reading)
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
        self._entries.forget()
        self._aliases: dict[str, str] = dict(self._db.execute("SELECT key, stands_for FROM aliases"))

    def _reading(self) -> sqlite3.Connection:
        """Return the connection to read by: inside a transaction its own, elsewhere one that does not wait while another thread commits."""
        return self._db if self._writing == threading.get_ident() else self._reader

    def close(self) -> None:
        """Close the file."""
        self._reader.close()
        self._db.close()

    # -- reading ------------------------------------------------------------------------------------------------

    def entries(
        self, *, state: EntryState | None = None, live: bool = False, objects: Collection[ObjectType] = (), origin: Origin | None = None
    ) -> Entries:
        """Return the entries by key that fit everything that is given; all of them, deleted, undone and failed ones too, for nothing.

        `live`: only what stands in the target. It is a query: its length is counted, its values are read page by page.
        """
        return self._entries.select(state=state, live=live, objects=objects, origin=origin)

    def entry(self, key: str) -> Entry | None:
        """Return the entry of a record, found by its key or by a key that stands for it; None where there is none."""
        return self._entries.get(self._aliases.get(key, key))

    def beside(self, records: Iterable[DesiredRecord]) -> Iterator[tuple[DesiredRecord, Entry | None]]:
        """Yield each record with its entry, as `entry` returns it. Entries are read many at once, those that the records point at too:
        as long as somebody goes through the same many, asking for one of these costs nothing."""
        left = iter(records)
        while part := list(islice(left, _BESIDE)):
            keys = {key for record in part for key in (record.key, *record.links.values())}
            found = self._entries.some({self._aliases.get(key, key) for key in keys})
            yield from ((record, found.get(self._aliases.get(record.key, record.key))) for record in part)

    def holder(self, object: ObjectType, target_id: TargetId) -> Entry | None:
        """Return the live entry of a target record, None where the ledger does not know it."""
        return self._entries.holder(object, target_id)

    def live(self) -> Collection[tuple[ObjectType, TargetId]]:
        """Return (object, target id) of every record of ours that stands in the target."""
        return LiveTargets(self._entries)

    def known_keys(self, keys: Iterable[str], *, live: bool = False) -> set[str]:
        """Return those of `keys` under which, or under what they stand for, there is an entry; `live`: one that stands in the target."""
        named = {key: self._aliases.get(key, key) for key in keys}
        found = self._entries.known_keys(set(named.values()), live=live)
        return {key for key, own in named.items() if own in found}

    def summaries(self, keys: Iterable[str]) -> dict[str, EntrySummary]:
        """Return key → how its record stands, found by the key or by what stands for it; of those that are known."""
        named = {key: self._aliases.get(key, key) for key in keys}
        found = self._entries.summaries(set(named.values()))
        return {key: found[own] for key, own in named.items() if own in found}

    def unchanged(self, records: Iterable[DesiredRecord]) -> set[str]:
        """Return the keys of records that stand in the target and were last written in every field as they are now."""
        return self._entries.unchanged((record.key, record.digest()) for record in records)

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

    def writes(self, run: str | None = None, *, after: int = 0) -> list[Write]:
        """Return the audit log of one run, of all runs for None, oldest first; only what came after the write of that number."""
        return self._writes("id > ? AND run = ?", after, run) if run else self._writes("id > ?", after)

    def newest_writes(self) -> dict[str, int]:
        """Return run → number of its newest write, of the runs that wrote."""
        return dict(self._db.execute("SELECT run, max(id) FROM writes GROUP BY run"))

    def last_write(self) -> datetime | None:
        """Return when the newest write was answered, or begun where it has no answer; None before the first."""
        found = self._db.execute("SELECT max(coalesce(answered_at, intended_at)) FROM writes").fetchone()[0]
        return datetime.fromisoformat(found) if found else None

    def runs(self) -> list[dict[str, Any]]:
        """Return every run as a dict: id, step, company_id, started, ended (None while it runs), counts; oldest first."""
        rows = self._db.execute("SELECT id, step, company_id, started, ended, counts FROM runs ORDER BY started, id")
        return [{"id": r[0], "step": r[1], "company_id": r[2], "started": r[3], "ended": r[4], "counts": json.loads(r[5])} for r in rows]

    def newest_step(self) -> tuple[str, datetime] | None:
        """Return the step that wrote last, and when; None before the first write. A run may have gone on long after it began."""
        row = self._db.execute(
            "SELECT runs.step, writes.intended_at FROM writes JOIN runs ON runs.id = writes.run ORDER BY writes.id DESC LIMIT 1"
        ).fetchone()
        return (str(row[0]), datetime.fromisoformat(row[1])) if row else None

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
            self._writing = threading.get_ident()
            try:
                if self._lease is not None:
                    self._lease.require_in_transaction()
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # on a full disk SQLite has taken it back already
                    self._db.execute("ROLLBACK")
                self._writing = None
                self._recall()
                raise
            finally:
                self._writing = None

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
        with self.transaction():
            self._entries.put(self._db, entry)

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
        Stored(lambda: body),
        Stored(lambda: before),
        WriteState(state),
        answered_at,
        status,
        error,
        tokens,
    )
