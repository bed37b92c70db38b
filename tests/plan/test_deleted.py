"""What was deleted in Pipedrive, by decision kept so: what is then still wanted, and what became of every row."""

from __future__ import annotations

from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.outcomes import Outcome, RowOutcome
from migkit.model.records import DesiredRecord, Plan
from migkit.plan import leave_deleted

from .frames import SCHEMA

WHY = Message.of("deleted-by-decision", by="anna", why="moved away")


def record(key: str, object: ObjectType, *, sources: tuple[str, ...] = (), **links: str) -> DesiredRecord:
    return DesiredRecord(key, object, {"name": key}, links, sources=sources or (key,))


RECORDS = (
    record("household:1", ObjectType.ORGANIZATION),
    record("patient:1", ObjectType.PERSON, org_id="household:1"),
    record("plan:7", ObjectType.DEAL, person_id="patient:1", org_id="household:1"),
    record("appointment:3", ObjectType.ACTIVITY, person_id="patient:1", deal_id="plan:7"),
    record("note:plan:7", ObjectType.NOTE, deal_id="plan:7", sources=("plan:7",)),
)
PLAN = Plan(
    {item.key: item for item in RECORDS},
    {"P.csv:2": "patient:1", "T.csv:2": "plan:7", "A.csv:2": "appointment:3"},
    (
        RowOutcome("P.csv", 3, "patients", "patient:2", Outcome.MERGED_INTO, None, "patient:1"),
        RowOutcome("I.csv", 2, "treatment_items", "plan_item:1", Outcome.FOLDED_INTO, None, "plan:7"),
        RowOutcome("P.csv", 4, "patients", "patient:4", Outcome.HELD, Message.of("no-name")),
    ),
)


def links(plan: Plan) -> dict[str, dict[str, str]]:
    return {key: dict(record.links) for key, record in plan.records.items()}


def test_what_stands_stays_planned_without_its_link_to_what_is_deleted() -> None:
    """The deal and the appointment of a deleted person stand there and stay ours."""
    assert links(leave_deleted(PLAN, {"patient:1": WHY}, SCHEMA, set(PLAN.records))) == {
        "household:1": {},
        "plan:7": {"org_id": "household:1"},
        "appointment:3": {"deal_id": "plan:7"},
        "note:plan:7": {"deal_id": "plan:7"},
    }


def test_what_does_not_stand_yet_is_not_made_for_a_deleted_person() -> None:
    """Nor is what would hang on that in turn; each says what it belongs to."""
    found = leave_deleted(PLAN, {"patient:1": WHY}, SCHEMA, {"household:1", "patient:1"})
    assert set(found.records) == {"household:1"}
    assert found.deleted == {
        "patient:1": WHY,
        "plan:7": Message.of("parent-deleted", key="patient:1"),
        "appointment:3": Message.of("parent-deleted", key="patient:1"),
        "note:plan:7": Message.of("parent-deleted", key="plan:7"),
    }


def test_a_deleted_deal_or_household_takes_nobody_with_it() -> None:
    """A new appointment of a person whose deal was deleted is made for the person; a new member needs no household."""
    assert links(leave_deleted(PLAN, {"plan:7": WHY}, SCHEMA, set()))["appointment:3"] == {"person_id": "patient:1"}
    assert "note:plan:7" not in leave_deleted(PLAN, {"plan:7": WHY}, SCHEMA, set()).records
    assert links(leave_deleted(PLAN, {"household:1": WHY}, SCHEMA, set()))["plan:7"] == {"person_id": "patient:1"}


def test_the_rows_behind_it_are_excluded_by_decision() -> None:
    """The row itself, what was merged into it and what was folded into it; the other rows are as they were."""
    found = leave_deleted(PLAN, {"patient:1": WHY, "plan:7": WHY}, SCHEMA, set(PLAN.records))
    assert found.rows == {"A.csv:2": "appointment:3"}
    assert {(row.file, row.line): (row.table, row.outcome, row.reason) for row in found.row_outcomes} == {
        ("P.csv", 2): ("patients", Outcome.EXCLUDED, WHY),
        ("P.csv", 3): ("patients", Outcome.EXCLUDED, WHY),
        ("T.csv", 2): ("treatment_plans", Outcome.EXCLUDED, WHY),
        ("I.csv", 2): ("treatment_items", Outcome.EXCLUDED, WHY),
        ("P.csv", 4): ("patients", Outcome.HELD, Message.of("no-name")),
    }


def test_without_a_decision_the_plan_is_the_same() -> None:
    """Nothing decided, nothing changed; where no ledger tells what stands, everything counts as existing."""
    assert leave_deleted(PLAN, {}, SCHEMA) is PLAN
    assert set(leave_deleted(PLAN, {"patient:1": WHY}, SCHEMA).records) == set(PLAN.records) - {"patient:1"}
