"""The ledger keeps what was done, for one account, by one writer at a time."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from migkit.load import Entry, EntryState, Ledger, Operation, Origin, WriteState
from migkit.model.errors import UsageError
from migkit.model.messages import Message
from migkit.model.objects import ObjectType

ENTRY = Entry("patient:1", ObjectType.PERSON, 5, Origin.CREATED, EntryState.LIVE, "r", {"name": "x"}, {"name": "Pat"}, {"name": "Pat"})


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite")


def test_what_was_put_is_there_after_reopening(ledger: Ledger) -> None:
    """Entries, writes, aliases, holds and runs survive the process."""
    ledger.start_run("r", "load", 7)
    write = ledger.intend("r", "patient:1", ObjectType.PERSON, Operation.CREATE, {"name": "Pat"})
    ledger.close_write(write, WriteState.SUCCEEDED, entry=ENTRY, tokens=5)
    ledger.alias("patient:2", "patient:1", "r")
    ledger.hold({"note:1": Message.of("no-date")}, "r", seen=["note:1"])
    ledger.close()
    again = Ledger(ledger.path)
    assert again.entry("patient:2") == again.entries()["patient:1"] == ENTRY
    assert again.holder(ObjectType.PERSON, 5) == ENTRY
    assert [(w.state, w.target_id, w.body) for w in again.history("patient:1")] == [("succeeded", 5, {"name": "Pat"})]
    assert again.holds() == {"note:1": Message.of("no-date")} and again.runs()[0]["company_id"] == 7


def test_an_intent_is_on_disk_before_anything_is_sent(ledger: Ledger) -> None:
    """Another connection sees the intent at once."""
    ledger.intend("r", "patient:1", ObjectType.PERSON, Operation.CREATE, {"name": "Pat"})
    with sqlite3.connect(ledger.path) as other:
        assert other.execute("SELECT key, state FROM writes").fetchall() == [("patient:1", "intended")]
    assert [write.key for write in ledger.unanswered()] == ["patient:1"]


def test_durability_is_full(ledger: Ledger) -> None:
    """Write-ahead log, and a commit that waits for the disk."""
    assert ledger._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ledger._db.execute("PRAGMA synchronous").fetchone() == (2,)


def test_only_its_owner_may_read_it(ledger: Ledger) -> None:
    """The ledger and its write-ahead log have mode 0600: they hold patients' data."""
    ledger.put(ENTRY)
    assert {stat.S_IMODE(path.stat().st_mode) for path in ledger.path.parent.glob("ledger.sqlite*")} == {0o600}


def test_one_writer_at_a_time(ledger: Ledger) -> None:
    """A second load on the same ledger is refused while the first runs, and may go on after it."""
    other = Ledger(ledger.path)
    with ledger.exclusive(), pytest.raises(UsageError, match="Another load"), other.exclusive():
        pass
    with other.exclusive():
        pass


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    """Garbage is one clear sentence that names the file and the way out."""
    (tmp_path / "ledger.sqlite").write_bytes(b"not a database, " * 100)
    with pytest.raises(UsageError, match="migkit recover"):
        Ledger(tmp_path / "ledger.sqlite")


def test_a_newer_ledger_is_refused(ledger: Ledger) -> None:
    """A ledger of a later version is not touched."""
    ledger._db.execute("PRAGMA user_version=99")
    ledger.close()
    with pytest.raises(UsageError, match="newer migkit"):
        Ledger(ledger.path)


def test_a_failed_transaction_leaves_nothing(ledger: Ledger) -> None:
    """What belongs together is on disk together or not at all."""
    with pytest.raises(RuntimeError), ledger.transaction():
        ledger.intend("r", "patient:1", ObjectType.PERSON, Operation.CREATE, {})
        raise RuntimeError
    assert ledger.unanswered() == []
