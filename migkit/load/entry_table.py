"""What the ledger knows of each record, as queries over its file: what is kept in memory is what somebody holds, and what was used last."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, ValuesView
from functools import partial
from itertools import islice
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import msgspec

from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import hashes_digest

from .entries import Entry, EntryState, EntrySummary, Origin, TargetId
from .stored import Stored

_IMAGES = ("hashes", "desired", "after_image", "pre_image")
"""What is read when somebody looks at it."""
_COLUMNS = "id, key, object, target_id, origin, state, run, sources, error"
_LIVE = "state = 'live' AND target_id IS NOT NULL"
_PAGE = 1_000
"""Entries read at once: no query stays open while somebody works on what it gave."""
_ASKED = 10_000
"""Keys asked about at once."""
_LATEST = 1_000
"""Entries kept as they were used last: set-up, and the parents of what is written now."""

T = TypeVar("T")


class EntryTable:
    """The entries of one ledger. `read` returns the connection to read by; who writes gives the one that holds the transaction."""

    def __init__(self, read: Callable[[], sqlite3.Connection]) -> None:
        self._read = read
        self._held: WeakValueDictionary[str, Entry] = WeakValueDictionary()
        self._latest: dict[str, Entry] = {}
        self._lock = threading.Lock()  # the event loop reads beside the thread that commits

    def forget(self) -> None:
        """Read everything anew from now on: another process wrote, or a transaction was taken back."""
        with self._lock:
            self._held.clear()
            self._latest.clear()

    def get(self, key: str) -> Entry | None:
        """Return the entry of this very key, None where there is none."""
        found = self._latest.get(key) or self._held.get(key)
        if found is None:
            row = self._read().execute(f"SELECT {_COLUMNS} FROM entries WHERE key = ?", (key,)).fetchone()
            found = self._entry(row) if row else None
        if found is not None:
            with self._lock:
                self._use(self._held.setdefault(key, found))
        return found

    def some(self, keys: Collection[str]) -> dict[str, Entry]:
        """Return the entries of these very keys, of those that there are."""
        found = {key: entry for key in keys if (entry := self._held.get(key)) is not None}
        query = f"SELECT {_COLUMNS} FROM entries WHERE key IN (SELECT value FROM json_each(?))"
        for row in self._read().execute(query, (_encoded([key for key in keys if key not in found]),)).fetchall():
            found[row[1]] = self._entry(row)
        return found

    def _use(self, entry: Entry) -> None:
        self._latest.pop(entry.key, None)
        self._latest[entry.key] = entry
        if len(self._latest) > _LATEST:
            del self._latest[next(iter(self._latest))]

    def put(self, db: sqlite3.Connection, entry: Entry) -> None:
        """Store an entry as it now is; whoever still holds the earlier one sees what it was."""
        earlier = self._held.get(entry.key)
        for image in _images_of(earlier) if earlier is not None else ():
            len(image)
        hashes, error = dict(entry.hashes), entry.error.dump() if entry.error else ""
        known = (entry.key, entry.object.value, entry.target_id, entry.origin.value, entry.state.value, entry.run)
        (number,) = db.execute(
            "INSERT INTO entries (key, object, target_id, origin, state, run, digest, sources, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (key) DO UPDATE SET object = excluded.object, target_id = excluded.target_id, origin = excluded.origin, "
            "state = excluded.state, run = excluded.run, digest = excluded.digest, sources = excluded.sources, error = excluded.error "
            "RETURNING id",
            (*known, hashes_digest(hashes), _dump(entry.sources), error),
        ).fetchone()
        texts = [_dump(dict(image)) for image in _images_of(entry)]
        db.execute("INSERT OR REPLACE INTO images (id, hashes, desired, after_image, pre_image) VALUES (?, ?, ?, ?, ?)", (number, *texts))
        with self._lock:
            self._held[entry.key] = entry
            self._use(entry)

    # -- what is asked of many ----------------------------------------------------------------------------------

    def select(
        self, *, state: EntryState | None = None, live: bool = False, objects: Collection[ObjectType] = (), origin: Origin | None = None
    ) -> Entries:
        """Return the entries by key that fit everything that is given, in the order in which they came."""
        wanted = [("state = ?", state), ("origin = ?", origin)]
        conditions = [text for text, value in wanted if value is not None] + ([_LIVE] if live else [])
        if objects:
            conditions.append(f"object IN ({', '.join('?' * len(objects))})")
        values = [value.value for _, value in wanted if value is not None] + [object.value for object in objects]
        return Entries(self, " AND ".join(conditions) or "1", tuple(values))

    def holder(self, object: ObjectType, target_id: TargetId) -> Entry | None:
        """Return the live entry of a target record, None where the ledger does not know it."""
        query = f"SELECT key FROM entries WHERE object = ? AND target_id = ? AND {_LIVE} ORDER BY id DESC LIMIT 1"
        row = self._read().execute(query, (object.value, target_id)).fetchone()
        return self.get(row[0]) if row else None

    def known_keys(self, keys: Iterable[str], *, live: bool = False) -> set[str]:
        """Return those of `keys` under which a record is known, or a live one."""
        query = f"SELECT e.key FROM json_each(?) AS asked JOIN entries AS e ON e.key = asked.value WHERE {_LIVE if live else '1'}"
        return {row[0] for part in _parts(keys) for row in self._read().execute(query, (_encoded(part),))}

    def summaries(self, keys: Iterable[str]) -> dict[str, EntrySummary]:
        """Return how the records of these very keys stand, of those that are known."""
        query = (
            f"SELECT e.key, {_LIVE}, e.state, e.origin, e.run, e.error FROM json_each(?) AS asked JOIN entries AS e ON e.key = asked.value"
        )
        return {
            key: EntrySummary(bool(live), EntryState(state), Origin(origin), run, Message.load(error) if error else None)
            for part in _parts(keys)
            for key, live, state, origin, run, error in self._read().execute(query, (_encoded(part),))
        }

    def unchanged(self, digests: Iterable[tuple[str, str]]) -> set[str]:
        """Return the keys, of (key, digest of a record's hashes), of live records that were last written just so."""
        query = f"SELECT e.key FROM json_each(?) AS asked JOIN entries AS e ON e.key = asked.key WHERE e.digest = asked.value AND {_LIVE}"
        return {row[0] for part in _parts(digests) for row in self._read().execute(query, (_encoded(dict(part)),))}

    def pages(self, columns: str, where: str, values: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        """Yield rows, id first, as they stand when their page is read; what is added meanwhile is not among them."""
        (last,) = self._read().execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()
        query, after = f"SELECT {columns} FROM entries NOT INDEXED WHERE id > ? AND id <= ? AND ({where}) ORDER BY id LIMIT {_PAGE}", 0
        while page := self._read().execute(query, (after, last, *values)).fetchall():
            yield from page
            after = page[-1][0]

    def number(self, where: str, values: tuple[Any, ...]) -> int:
        """Return how many entries there are."""
        found: int = self._read().execute(f"SELECT count(*) FROM entries WHERE {where}", values).fetchone()[0]
        return found

    def entries(self, where: str, values: tuple[Any, ...]) -> Iterator[Entry]:
        """Yield entries, read page by page."""
        for row in self.pages(_COLUMNS, where, values):
            yield self._held.get(row[1]) or self._entry(row)

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        number, key, object, target_id, origin, state, run, sources, error = row
        hashes, desired, after, pre = (Stored(partial(self._image, number, column)) for column in _IMAGES)
        from_rows, problem = tuple(msgspec.json.decode(sources)), Message.load(error) if error else None
        kind, begun, now = ObjectType(object), Origin(origin), EntryState(state)
        found = Entry(key, kind, target_id, begun, now, run, hashes, desired, after, pre, from_rows, problem)
        with self._lock:
            return self._held.setdefault(key, found)  # put meanwhile: that one is newer

    def _image(self, number: int, column: str) -> str:
        found: str = self._read().execute(f"SELECT {column} FROM images WHERE id = ?", (number,)).fetchone()[0]
        return found


class Entries(Mapping[str, Entry]):
    """Entries by key, each looked up or read in pages when it is asked for."""

    def __init__(self, table: EntryTable, where: str, values: tuple[Any, ...]) -> None:
        self._table, self._where, self._values = table, where, values

    def __getitem__(self, key: str) -> Entry:
        if (found := self._table.get(key)) is None or not (self._where == "1" or self._has(key)):
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return self._has(key)

    def _has(self, key: object) -> bool:
        return bool(self._table.number(f"key = ? AND {self._where}", (key, *self._values)))

    def __iter__(self) -> Iterator[str]:
        return (row[1] for row in self._table.pages("id, key", self._where, self._values))

    def __len__(self) -> int:
        return self._table.number(self._where, self._values)

    def values(self) -> ValuesView[Entry]:
        """Return the entries, read page by page."""
        return _Values(self)

    def each(self) -> Iterator[Entry]:
        """Yield the entries, read page by page."""
        return self._table.entries(self._where, self._values)


class _Values(ValuesView[Entry]):
    """Entries, read page by page."""

    def __init__(self, entries: Entries) -> None:
        super().__init__(entries)
        self._entries = entries

    def __iter__(self) -> Iterator[Entry]:
        return self._entries.each()


class LiveTargets(Collection[tuple[ObjectType, TargetId]]):
    """(object, target id) of every record of ours that stands in the target."""

    def __init__(self, table: EntryTable) -> None:
        self._table = table

    def __contains__(self, node: object) -> bool:
        object, id = node if isinstance(node, tuple) else ("", "")
        return bool(self._table.number(f"object = ? AND target_id = ? AND {_LIVE}", (str(object), id)))

    def __iter__(self) -> Iterator[tuple[ObjectType, TargetId]]:
        return ((ObjectType(object), id) for _, object, id in self._table.pages("id, object, target_id", _LIVE, ()))

    def __len__(self) -> int:
        return self._table.number(_LIVE, ())


def _images_of(entry: Entry) -> tuple[Mapping[str, Any], ...]:
    return entry.hashes, entry.desired, entry.after_image, entry.pre_image


def _parts(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while part := list(islice(left, _ASKED)):
        yield part


def _encoded(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
