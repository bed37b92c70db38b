"""Before a later export is written, a file says field by field what stands and what would; and which past months change."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace

import pandas as pd
import pytest

from migkit.load import Change, Op
from migkit.load.entries import Entry, EntryState, Origin
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord
from migkit.model.tables import CanonicalTables
from migkit.report import IN_REPORT
from migkit.source import Merged
from migkit.steps.delta import updates_widget
from migkit.steps.delta_file import field_changes, past_months

OLD = {"name": "Ann Lee", "phones": [{"value": "+61412345671"}], "custom:Patient status": "Active", "owner_id": "@user:a@x.example"}
NEW = DesiredRecord("patient:1", ObjectType.PERSON, {"name": "Anne Lee", "custom:Patient status": "Active"}, wave=1, sources=("patient:1",))


def entry(key: str) -> Entry:
    return Entry(key, ObjectType.PERSON, target_id=7, state=EntryState.LIVE, run="r", origin=Origin.CREATED, desired=OLD)


def test_each_field_has_its_before_and_after() -> None:
    """A change of a name, a value that leaves, a new record and one that goes; what waits is not written and not in the file."""
    todo = [
        Change("patient:1", ObjectType.PERSON, Op.UPDATE, ("name", "phones"), record=NEW),
        Change("patient:2", ObjectType.PERSON, Op.CREATE, record=NEW.changed(key="patient:2")),
        Change("patient:3", ObjectType.PERSON, Op.DELETE),
        Change("patient:4", ObjectType.PERSON, Op.HOLD),
    ]
    known = {key: entry(key) for key in ("patient:1", "patient:3", "patient:4")}

    shown = field_changes(todo, known, show_values=True)

    assert shown[shown["key"] == "patient:1"].to_numpy().tolist() == [
        ["patient:1", "person", "update", "name", "Ann Lee", "Anne Lee"],
        ["patient:1", "person", "update", "phones", "+61412345671", ""],
    ]
    made = shown[shown["key"] == "patient:2"]
    assert made[["operation", "field", "before", "after"]].to_numpy().tolist() == [
        ["create", "Patient status", "", "Active"], ["create", "name", "", "Anne Lee"],
    ]  # fmt: skip
    gone = shown[shown["key"] == "patient:3"]
    assert set(gone["field"]) == {"Patient status", "name", "phones", "owner_id"} and set(gone["after"]) == {""}
    assert "patient:4" not in set(shown["key"])


def test_values_are_masked_unless_somebody_asks_for_them() -> None:
    """Shapes of values, which tell a date from a name and a long from a short one."""
    change = Change("patient:1", ObjectType.PERSON, Op.UPDATE, ("name",), record=NEW)
    assert field_changes([change], {"patient:1": entry("patient:1")})[["before", "after"]].to_numpy().tolist() == [["Axx xxx", "Axxx xxx"]]


def test_months_that_were_over_are_named() -> None:
    """A payment that somebody dated back, an invoice that is gone from a month before the earlier export; the running month is none."""
    classes = pd.DataFrame(
        [
            ("payments", "payment:1", "new", ""), ("payments", "payment:2", "changed", "amount"), ("payments", "payment:3", "new", ""),
            ("payments", "payment:4", "unchanged", ""), ("invoices", "invoice:1", "gone", ""), ("patients", "patient:1", "new", ""),
        ],
        columns=["table", "key", "class", "fields"],
    )  # fmt: skip
    days = {"payment:1": (2026, 9, 30), "payment:2": (2026, 9, 1), "payment:3": (2026, 10, 2), "payment:4": (2026, 8, 1)}
    frames = {
        "payments": pd.DataFrame({"_key": list(days), "date": [datetime(*day) for day in days.values()]}),
        "invoices": pd.DataFrame({"_key": ["invoice:1"], "date": [datetime(2026, 7, 5)]}),
    }
    tables = CanonicalTables.__new__(CanonicalTables)
    object.__setattr__(tables, "frames", frames)

    found = past_months(Merged(tables, classes), date(2026, 10, 31))

    assert found.to_numpy().tolist() == [
        ["invoices", "2026-07", "gone", 1], ["payments", "2026-09", "changed", 1], ["payments", "2026-09", "new", 1],
    ]  # fmt: skip
    assert past_months(Merged(tables, classes), date(2026, 7, 1)).empty


def test_old_and_new_values_are_shown_at_a_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Masked they may look the same: who approves them can see them, and nothing stands there where nothing is updated."""
    monkeypatch.delenv(IN_REPORT, raising=False)
    row = {"key": "patient:1", "object": "person", "field": "phones", "before": "+61412345671", "after": "+61412345672"}
    frame = pd.DataFrame([row])
    box = updates_widget(SimpleNamespace(now=SimpleNamespace(updates=frame)))  # type: ignore[arg-type]
    shown = box.children[1]
    assert "+61412345672" not in shown.outputs[0]["data"]["text/html"]
    box.values.value = True
    assert "+61412345671" in shown.outputs[0]["data"]["text/html"] and "+61412345672" in shown.outputs[0]["data"]["text/html"]
    none = updates_widget(SimpleNamespace(now=SimpleNamespace(updates=frame.head(0))))  # type: ignore[arg-type]
    assert not none.children[1].outputs and (none.values.layout.display, box.values.layout.display) == ("none", "flex")
