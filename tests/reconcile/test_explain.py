"""One row's life is told from its line to what stands in Pipedrive."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from migkit.load import Entry, EntryState, Ledger, Operation, Origin, WriteState
from migkit.model.canonical import parse_schema
from migkit.model.errors import UsageError
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.model.records import DesiredRecord, Plan
from migkit.model.tables import CanonicalTables
from migkit.reconcile import ReadBack, explain
from migkit.resources import load_yaml

SCHEMA = parse_schema(load_yaml("canonical.yaml"))

NOTHING = pd.DataFrame(columns=["table", "field", "key", "file", "line", "rule", "before", "after"])
PERSON = DesiredRecord("patient:1", ObjectType.PERSON, {"name": "Pat Mild"}, sources=("patient:1", "patient:2"))
NOTE = DesiredRecord("note:patient:1", ObjectType.NOTE, {"content": "x"}, {"person_id": "patient:1"}, sources=("patient:1",))
MERGED = RowOutcome(
    "patients.csv", 3, "patients", "patient:2", Outcome.MERGED_INTO, Message.of("certain-match", evidence="same birth date"), "patient:1"
)
PLAN = Plan({"patient:1": PERSON, "note:patient:1": NOTE}, {"patients.csv:2": "patient:1"}, (MERGED,))


@pytest.fixture
def tables(typed: Callable[[str, list[dict[str, Any]]], pd.DataFrame]) -> CanonicalTables:
    frame = typed("patients", [{"patient_id": "1", "full_name": "MILD, Pat"}])
    repairs = pd.DataFrame(
        [("patients", "full_name", "patient:1", "patients.csv", 2, "last-first", "MILD, Pat", "Pat Mild")], columns=NOTHING.columns
    )
    return CanonicalTables({"patients": frame}, (), repairs, pd.DataFrame())


@pytest.fixture
def loaded(ledger: Ledger) -> Ledger:
    write = ledger.intend("first", "patient:1", ObjectType.PERSON, Operation.CREATE, {"name": "Pat Mild"})
    state = EntryState.LIVE
    entry = Entry(
        "patient:1", ObjectType.PERSON, 5, Origin.CREATED, state, "first", PERSON.hashes(), PERSON.unbound(), {"name": "Pat Mild"}
    )
    ledger.close_write(write, WriteState.SUCCEEDED, entry=entry)
    return ledger


def test_a_row_is_followed_to_the_target(tables: CanonicalTables, loaded: Ledger) -> None:
    """Line, typed values, repairs, desired, sent and read back, in this order."""
    told = explain("patient:1", PLAN, tables, SCHEMA, loaded)
    assert told.ids == ((ObjectType.PERSON, 5),)
    told = told.beside(ReadBack(7, {ObjectType.PERSON: {5: {"name": "Pat Mild"}}}))
    assert (told.file, told.line, told.table, told.outcome) == ("patients.csv", 2, "patients", "created")
    assert [story.record.key for story in told.stories if story.record] == ["patient:1", "note:patient:1"]
    assert told.stories[0].now == {"name": "Pat Mild"} and told.stories[1].entry is None
    steps = told.to_frame()["step"].tolist()
    assert steps == sorted(steps, key=["line", "typed", "repaired", "desired patient:1", "write patient:1", "read back patient:1",
                                       "desired note:patient:1", "outcome"].index)  # fmt: skip
    document = json.loads(told.to_json())
    assert document["records"][0]["sent"][0]["body"] == {"name": "Pat Mild"} and document["repairs"][0]["rule"] == "last-first"


def test_a_merged_row_leads_to_its_survivor(tables: CanonicalTables, loaded: Ledger) -> None:
    """The story of a merged row is that of the person it went into."""
    told = explain("patient:2", PLAN, tables, SCHEMA, loaded)
    assert (told.outcome, str(told.reason), told.ref) == ("merged-into", "They are one person: same birth date.", "patient:1")
    assert told.line == 3 and told.stories[0].entry is not None and told.stories[0].now is None


def test_an_unknown_key_is_one_clear_sentence(tables: CanonicalTables, ledger: Ledger) -> None:
    """What keys look like is said."""
    with pytest.raises(UsageError, match="patient:12"):
        explain("patient:99", PLAN, tables, SCHEMA, ledger)
