"""The ledger's tables, version by version."""

from __future__ import annotations

import sqlite3

import msgspec

from migkit.model.errors import UsageError
from migkit.model.records import hashes_digest

_VERSIONS = (
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
    CREATE TABLE holds (key TEXT PRIMARY KEY, reason TEXT NOT NULL, run TEXT NOT NULL) WITHOUT ROWID
    """,
    """
    UPDATE writes SET state = 'unconfirmed' WHERE state = 'in_doubt';
    UPDATE entries SET state = 'deleted' WHERE state = 'retired';
    DROP INDEX writes_open;
    CREATE INDEX writes_open ON writes (state) WHERE state IN ('intended', 'unconfirmed')
    """,
    """
    CREATE TABLE edits (key TEXT PRIMARY KEY, fields TEXT NOT NULL) WITHOUT ROWID
    """,
    """
    CREATE TABLE lease (number INTEGER NOT NULL, owner TEXT NOT NULL, until REAL NOT NULL);
    INSERT INTO lease VALUES (0, '', 0)
    """,
    """
    ALTER TABLE entries RENAME TO whole_entries;
    CREATE TABLE entries (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, object TEXT NOT NULL, target_id, origin TEXT NOT NULL,
        state TEXT NOT NULL, run TEXT NOT NULL, digest TEXT NOT NULL, sources TEXT NOT NULL, error TEXT NOT NULL);
    CREATE TABLE images (id INTEGER PRIMARY KEY, hashes TEXT NOT NULL, desired TEXT NOT NULL, after_image TEXT NOT NULL,
        pre_image TEXT NOT NULL);
    INSERT INTO entries SELECT rowid, key, object, target_id, origin, state, run, digest_of(hashes), sources, error FROM whole_entries;
    INSERT INTO images SELECT rowid, hashes, desired, after_image, pre_image FROM whole_entries;
    DROP TABLE whole_entries;
    CREATE INDEX entries_live ON entries (object, target_id) WHERE state = 'live' AND target_id IS NOT NULL
    """,
)
"""One script a version, its statements parted by semicolons; never edit one that was released, add the next."""


def bring_up_to_date(db: sqlite3.Connection, name: str) -> None:
    """Give a ledger the tables of this version; another process that does the same is waited for. Raises UsageError for a newer one."""
    if _version(db, name) == len(_VERSIONS):
        return
    db.create_function("digest_of", 1, lambda hashes: hashes_digest(msgspec.json.decode(hashes)), deterministic=True)
    db.execute("BEGIN IMMEDIATE")
    try:
        for script in _VERSIONS[_version(db, name) :]:
            for statement in script.split(";"):
                db.execute(statement)
        db.execute(f"PRAGMA user_version={len(_VERSIONS)}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _version(db: sqlite3.Connection, name: str) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(_VERSIONS):
        raise UsageError(f"{name} was written by a newer migkit (ledger version {version}): update migkit.")
    return version
