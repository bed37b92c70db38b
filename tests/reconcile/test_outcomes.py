"""Every physical row has one outcome, and they add up to the lines of the files."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pytest

from migkit.load import Entry, EntryState, Ledger, Operation, Origin, WriteState
from migkit.model.canonical import parse_schema
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.model.records import DesiredRecord, Plan
from migkit.reconcile import outcome_table, row_outcomes
from migkit.resources import load_yaml

SCHEMA = parse_schema(load_yaml("canonical.yaml"))

REFUSED = Message.of("refused", words="refused")
WAITS = Message.of("link-waits", link="org_id", key="household:1")
KINDS = ["layout", "layout", "row", "row", "row", "row", "row", "reject", "row"]


def lines(kinds: Iterable[str] = KINDS) -> pd.DataFrame:
    rows = [
        ("patients.csv", number, kind, "ragged-row" if kind == "reject" else pd.NA, pd.NA) for number, kind in enumerate(kinds, start=1)
    ]
    return pd.DataFrame(rows, columns=["file", "line", "kind", "reason", "text"])


def person(number: int) -> DesiredRecord:
    return DesiredRecord(f"patient:{number}", ObjectType.PERSON, {"name": f"P{number}"}, sources=(f"patient:{number}",))


def settled(line: int, outcome: Outcome, ref: str = "", table: str = "patients") -> RowOutcome:
    return RowOutcome("patients.csv", line, table, f"patient:{line - 2}", outcome, None, ref)


@pytest.fixture
def plan() -> Plan:
    """Lines 3 to 5 are persons 1 to 3; line 6 was merged into person 1, line 7 folded into person 2, line 9 left out."""
    merged = [settled(6, Outcome.MERGED_INTO, "patient:1"), settled(7, Outcome.FOLDED_INTO, "patient:2"), settled(9, Outcome.EXCLUDED)]
    rows = {f"patients.csv:{number + 2}": f"patient:{number}" for number in (1, 2, 3)}
    return Plan({f"patient:{n}": person(n) for n in (1, 2, 3)}, rows, tuple(merged))


def load(ledger: Ledger, number: int, *, run: str = "first", origin: Origin = Origin.CREATED, state: EntryState = EntryState.LIVE) -> None:
    record = person(number)
    target = None if state is EntryState.FAILED else number
    error = REFUSED if state is EntryState.FAILED else None
    ledger.put(
        Entry(record.key, record.object, target, origin, state, run, record.hashes(), record.unbound(), error=error, sources=record.sources)
    )


def outcomes(frame: pd.DataFrame) -> dict[int, str]:
    return dict(zip(frame["line"], frame["outcome"], strict=True))


def test_before_any_load_rows_are_pending(plan: Plan, ledger: Ledger) -> None:
    """What the plan settled is settled, unless its carrier does not stand in Pipedrive yet."""
    found = row_outcomes(plan, ledger, lines(), SCHEMA)
    assert outcomes(found) == {3: "pending", 4: "pending", 5: "pending", 6: "pending", 7: "pending", 8: "rejected", 9: "excluded"}
    assert found.set_index("line").loc[8, "reason"] == Message.of("ragged-row")


def test_after_the_load_each_row_has_its_own_outcome(plan: Plan, ledger: Ledger) -> None:
    """Created, matched, failed; the merged row follows its survivor, the folded one its carrier."""
    load(ledger, 1)
    load(ledger, 2, origin=Origin.ADOPTED)
    load(ledger, 3, state=EntryState.FAILED)
    found = row_outcomes(plan, ledger, lines(), SCHEMA)
    assert outcomes(found) == {3: "created", 4: "matched", 5: "failed", 6: "merged-into", 7: "folded-into", 8: "rejected", 9: "excluded"}
    assert found.set_index("line").loc[5, "reason"] == REFUSED
    assert found.set_index("line").loc[6, "ref"] == "patient:1"
    assert set(found[found["line"] < 8]["table"]) == {"patients"}


def test_a_row_carried_by_a_failed_record_failed_too(plan: Plan, ledger: Ledger) -> None:
    """Nothing is called merged or folded into a record that is not there."""
    load(ledger, 1, state=EntryState.FAILED)
    ledger.hold({"patient:2": WAITS}, "first", seen=["patient:2"])
    found = row_outcomes(plan, ledger, lines(), SCHEMA).set_index("line")
    assert (found.loc[6, "outcome"], found.loc[6, "reason"]) == ("failed", Message.of("carrier-waits", key="patient:1", why=REFUSED))
    assert (found.loc[7, "outcome"], found.loc[7, "reason"]) == ("held", Message.of("carrier-waits", key="patient:2", why=WAITS))


def test_one_run_tells_created_updated_and_unchanged(plan: Plan, ledger: Ledger) -> None:
    """Relative to the delta's run, what it did not touch is unchanged; over the whole migration that was created, and what a later export
    changed is updated."""
    for number in (1, 2):
        load(ledger, number)
    load(ledger, 3, run="delta")
    ledger.start_run("delta", "delta", 1)
    write = ledger.intend("delta", "patient:2", ObjectType.PERSON, Operation.UPDATE, {"name": "P2"})
    ledger.close_write(write, WriteState.SUCCEEDED)
    delta = outcomes(row_outcomes(plan, ledger, lines(), SCHEMA, run="delta"))
    assert (delta[3], delta[4], delta[5]) == ("unchanged", "updated", "created")
    whole = outcomes(row_outcomes(plan, ledger, lines(), SCHEMA))
    assert (whole[3], whole[4], whole[5]) == ("created", "updated", "created")


def test_a_row_that_waits_says_why(plan: Plan, ledger: Ledger) -> None:
    """It was rolled back, deleted, cut short, or nobody loaded it."""
    for number, state in enumerate((EntryState.UNDONE, EntryState.DELETED, EntryState.PENDING), start=1):
        load(ledger, number, state=state)
    found = row_outcomes(plan, ledger, lines(), SCHEMA).set_index("line")
    assert list(found.loc[3:5, "outcome"]) == ["pending", "pending", "pending"]
    assert list(found.loc[3:5, "reason"]) == [Message.of(code) for code in ("rolled-back", "was-deleted", "write-cut-short")]
    new = row_outcomes(plan, Ledger(ledger.path.with_name("new.sqlite")), lines(), SCHEMA)
    assert new.set_index("line").loc[3, "reason"] == Message.of("not-loaded")


def test_the_table_adds_up_to_the_lines(plan: Plan, ledger: Ledger) -> None:
    """Outcomes and layout make the number of physical lines, per file and in all."""
    load(ledger, 1)
    table = outcome_table(row_outcomes(plan, ledger, lines(), SCHEMA), lines()).set_index("file")
    assert table.loc["patients.csv"].to_dict() == {
        "created": 1, "merged-into": 1, "excluded": 1, "rejected": 1, "pending": 3, "layout": 2, "lines": 9, "adds_up": True,
    }  # fmt: skip
    assert table.loc["all", "lines"] == 9 and bool(table.loc["all", "adds_up"])


def test_a_row_that_nobody_knows_breaks_the_sum(plan: Plan, ledger: Ledger) -> None:
    """A line without an outcome is shown as unaccounted, and the proof fails."""
    more = lines([*KINDS, "row"])
    rows = row_outcomes(plan, ledger, more, SCHEMA)
    assert outcomes(rows)[10] == "unaccounted"
    table = outcome_table(rows, more).set_index("file")
    assert table.loc["all", "unaccounted"] == 1 and not table.loc["all", "adds_up"]
    assert not outcome_table(rows, more, by="table")["adds_up"].all()


def test_a_file_without_rows_is_in_the_table(plan: Plan, ledger: Ledger) -> None:
    """A file of layout only is counted like the others."""
    more = pd.concat([lines(), pd.DataFrame([("empty.csv", 1, "layout", pd.NA, pd.NA)], columns=lines().columns)], ignore_index=True)
    table = outcome_table(row_outcomes(plan, ledger, more, SCHEMA), more).set_index("file")
    assert table.loc["empty.csv", "layout"] == table.loc["empty.csv", "lines"] == 1 and bool(table.loc["empty.csv", "adds_up"])
