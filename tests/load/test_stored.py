"""The ledger is asked, not held in memory: entries by query, images when somebody looks."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from migkit.load import Entry, EntryState, Ledger, Origin
from migkit.model.objects import ObjectType

HASHES, DESIRED, AFTER = {"name": "a1", "title": "b2"}, {"name": "Pat", "org_id": "@household:3"}, {"name": "Pat", "phones": ["1"]}
ENTRY = Entry(
    "patient:1", ObjectType.PERSON, 5, Origin.ADOPTED, EntryState.LIVE, "r1", HASHES, DESIRED, AFTER, {"name": "P."}, ("patient:1",)
)


def reopened(path: Path) -> Ledger:
    first = Ledger(path)
    first.put(ENTRY)
    first.close()
    return Ledger(path)


def test_an_entry_reads_as_it_was_written(tmp_path: Path) -> None:
    """Equal in every field, images as plain mappings, its links too."""
    found = reopened(tmp_path / "l.sqlite").entries()["patient:1"]
    assert found == ENTRY
    assert (dict(found.hashes), {**found.after_image}, list(found.pre_image)) == (HASHES, AFTER, ["name"])
    assert found.links == {"org_id": "household:3"} and "phones" in found.after_image and len(found.desired) == 2
    assert repr(found.after_image) == repr(AFTER)


def test_images_are_not_read_before_somebody_looks(tmp_path: Path) -> None:
    """Opening a ledger whose images are no JSON at all fails for none that is not looked at."""
    reopened(tmp_path / "l.sqlite").close()
    with sqlite3.connect(tmp_path / "l.sqlite") as database:
        database.execute("UPDATE images SET after_image = 'x'")
    found = Ledger(tmp_path / "l.sqlite").entry("patient:1")
    assert found is not None and found.desired == DESIRED and found.hashes == HASHES


def test_who_holds_an_entry_sees_it_as_it_was(tmp_path: Path) -> None:
    """An entry in hand does not change when a newer one takes its place, nor when that is taken back."""
    ledger = reopened(tmp_path / "l.sqlite")
    earlier = ledger.entries()["patient:1"]
    ledger.put(replace(earlier, after_image={"name": "New"}, desired={"name": "New"}))
    assert (earlier.after_image, earlier.desired) == (AFTER, DESIRED)
    assert Ledger(tmp_path / "l.sqlite").entries()["patient:1"].after_image == {"name": "New"}
