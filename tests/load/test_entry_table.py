"""The ledger's entries are queries: they give what a dictionary of all entries would, page by page, and nothing stays in memory."""

from __future__ import annotations

import gc
import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from migkit.load import Change, Entry, EntryState, EntrySummary, Ledger, Op, Origin, diff, entry_table
from migkit.load.ledger_schema import _VERSIONS
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord, Plan

PERSON, DEAL, NOTE = ObjectType.PERSON, ObjectType.DEAL, ObjectType.NOTE


def entry(key: str, object: ObjectType = PERSON, id: int | None = 1, state: EntryState = EntryState.LIVE, **more: object) -> Entry:
    return Entry(key, object, id, **{"origin": Origin.CREATED, "state": state, "run": "r"} | more)  # type: ignore[arg-type]


ALL = [
    entry("patient:1", id=1),
    entry("patient:2", id=2, origin=Origin.ADOPTED),
    entry("plan:1", DEAL, 1),
    entry("plan:2", DEAL, 2, EntryState.DELETED),
    entry("note:1", NOTE, None, EntryState.FAILED),
    entry("patient:3", id=None),
]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path / "l.sqlite")
    for one in ALL:
        made.put(one)
    return made


def test_what_is_asked_for_is_what_fits(ledger: Ledger) -> None:
    """By state, object and origin; live is what has an id in the target; in the order in which it came, also when it is written again."""
    ledger.put(replace(ALL[0], run="later"))
    assert list(ledger.entries()) == [one.key for one in ALL] and len(ledger.entries()) == 6
    assert list(ledger.entries(live=True)) == ["patient:1", "patient:2", "plan:1"]
    assert list(ledger.entries(live=True, objects=(DEAL, NOTE))) == ["plan:1"]
    assert list(ledger.entries(state=EntryState.FAILED)) == ["note:1"]
    found = ledger.entries(origin=Origin.CREATED, objects=(PERSON,))
    assert [one.key for one in found.values()] == ["patient:1", "patient:3"]
    assert "patient:2" not in found and found.get("patient:2") is None and found["patient:3"] == ALL[5]


def test_targets_that_stand_there(ledger: Ledger) -> None:
    """(object, id) of live records; a number of one object is none of another."""
    live = ledger.live()
    assert list(live) == [(PERSON, 1), (PERSON, 2), (DEAL, 1)] and len(live) == 3
    assert (DEAL, 1) in live and (DEAL, 2) not in live and (NOTE, 1) not in live
    assert ledger.holder(DEAL, 1) == ALL[2] and ledger.holder(DEAL, 2) is None


def test_pages_end_though_entries_are_written_meanwhile(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is added while somebody reads is not read: each entry comes once."""
    monkeypatch.setattr(entry_table, "_PAGE", 2)
    seen = []
    for one in ledger.entries().values():
        seen.append(one.key)
        ledger.put(entry(f"added:{one.key}", id=None))
        ledger.put(replace(one, run="again"))
    assert seen == [one.key for one in ALL] and len(ledger.entries()) == 12


def test_nothing_is_kept_that_nobody_holds(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for the ones used last; an entry that is held is one object whoever asks."""
    monkeypatch.setattr(entry_table, "_LATEST", 2)
    ledger = Ledger(ledger.path)
    held = ledger.entries()["plan:1"]
    for key in ("note:1", "patient:1", "patient:2"):
        ledger.entry(key)
    gc.collect()
    assert sorted(ledger._entries._held) == ["patient:1", "patient:2", "plan:1"] and ledger.entry("plan:1") is held


def test_what_a_failed_transaction_wrote_is_forgotten(ledger: Ledger) -> None:
    """Inside it its own writes are seen, after it none of them."""
    with pytest.raises(RuntimeError), ledger.transaction():
        ledger.put(replace(ALL[0], target_id=77))
        assert ledger.holder(PERSON, 77) is not None and ledger.known_keys(["patient:1", "patient:3"], live=True) == {"patient:1"}
        raise RuntimeError
    assert ledger.entry("patient:1") == ALL[0] and ledger.holder(PERSON, 77) is None


def record(key: str, **fields: object) -> DesiredRecord:
    return DesiredRecord(key, PERSON, fields, sources=(key,))


def test_a_record_is_unchanged_where_every_field_is(ledger: Ledger) -> None:
    """One field more, less or other is a change; so is what no longer stands there. `diff` names the fields."""
    same, other, less, more, gone = (record(f"patient:{n}", name="Pat", label="A") for n in range(1, 6))
    for one in (same, other, less, more, gone):
        ledger.put(entry(one.key, id=int(one.key[-1]), hashes=one.hashes(), desired=one.unbound()))
    ledger.put(entry(gone.key, id=5, state=EntryState.UNDONE, hashes=gone.hashes()))
    now = [same, record(other.key, name="Pat", label="B"), record(less.key, name="Pat"), record(more.key, name="Pat", label="A", x=1), gone]
    assert ledger.unchanged(now) == {"patient:1"}
    changes = diff(Plan({one.key: one for one in now}, {}, ()), ledger)
    assert [(c.op, c.fields) for c in changes if isinstance(c, Change) and c.object is PERSON] == [
        (Op.SKIP, ()),
        (Op.UPDATE, ("label",)),
        (Op.UPDATE, ("label",)),
        (Op.UPDATE, ("x",)),
        (Op.CREATE, ()),
    ]


def test_how_records_stand_is_told_of_many_at_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Live, deleted, refused and cut short, each by the key that was asked, or by what that stands for; what nobody knows is left out."""
    monkeypatch.setattr(entry_table, "_ASKED", 2)
    refused = Message.of("refused", words="no")
    ledger.put(entry("note:1", NOTE, None, EntryState.FAILED, error=refused))
    ledger.alias("patient:9", "patient:2", "r")
    assert ledger.summaries(["patient:1", "patient:9", "plan:2", "note:1", "patient:3", "patient:77"]) == {
        "patient:1": EntrySummary(True, EntryState.LIVE, Origin.CREATED, "r", None),
        "patient:9": EntrySummary(True, EntryState.LIVE, Origin.ADOPTED, "r", None),
        "plan:2": EntrySummary(False, EntryState.DELETED, Origin.CREATED, "r", None),
        "note:1": EntrySummary(False, EntryState.FAILED, Origin.CREATED, "r", refused),
        "patient:3": EntrySummary(False, EntryState.LIVE, Origin.CREATED, "r", None),
    }


def test_records_are_gone_through_beside_their_entries(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some at once, each with its own entry, found by the key that it stands for too; None where there is none."""
    monkeypatch.setattr("migkit.load.ledger._BESIDE", 2)
    ledger.alias("patient:9", "patient:1", "r")
    wanted = [record("patient:3"), record("patient:9"), record("patient:77"), record("patient:2"), record("patient:1")]
    found = [(one.key, None if entry is None else entry.key) for one, entry in ledger.beside(wanted)]
    beside = ["patient:3", "patient:1", None, "patient:2", "patient:1"]
    assert found == [(one.key, its) for one, its in zip(wanted, beside, strict=True)]


def test_a_ledger_of_before_is_brought_up_to_date(tmp_path: Path) -> None:
    """Entries of version 4, whole in one table, are found with their images, and known as unchanged by the hashes that they hold."""
    wanted = record("patient:1", name="Pat")
    with sqlite3.connect(tmp_path / "old.sqlite") as db:
        for script in _VERSIONS[:4]:
            db.executescript(script)
        db.execute("PRAGMA user_version=4")
        texts = (json.dumps(wanted.hashes()), '{"name":"Pat"}', '{"name":"PAT"}', '{"name":"P."}', '["patient:1"]', "")
        db.execute("INSERT INTO entries VALUES ('patient:1', 'person', 5, 'adopted', 'live', 'r1', ?, ?, ?, ?, ?, ?)", texts)
    ledger = Ledger(tmp_path / "old.sqlite")
    assert ledger.unchanged([wanted]) == {"patient:1"}
    found = ledger.entries()["patient:1"]
    assert (found.origin, found.after_image, found.pre_image) == (Origin.ADOPTED, {"name": "PAT"}, {"name": "P."})
    ledger.put(replace(found, after_image={"name": "Pia"}))
    assert Ledger(tmp_path / "old.sqlite").entries()["patient:1"].after_image == {"name": "Pia"}
