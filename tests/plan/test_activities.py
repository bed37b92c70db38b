"""Appointments, communications, recalls and tasks."""

from __future__ import annotations

from typing import Any

import pytest

from migkit.migration.defaults import load_map
from migkit.model.messages import Message
from migkit.model.outcomes import Outcome

from .frames import people, plan

PATIENT = {"patient_id": "12", "first_name": "Anna", "last_name": "Rossi", "status": "active"}
VISIT = {
    "appointment_id": "123", "patient_id": "12", "start_at": "2026-04-10 09:00", "duration": 45, "type": "Check-up", "status": "booked",
    "practitioner_id": "1", "chair": "2", "location": "Bondi", "notes": "Brings <x-rays>", "booked_by": "Kim",
}  # fmt: skip


def test_an_appointment_becomes_an_activity() -> None:
    """Type, time in UTC, duration, owner, chair, location and note land; the note ends in the line that names the source."""
    rows = {
        "practitioners": [{"practitioner_id": "1", "full_name": "Dr Jane Wong"}],
        "patients": [PATIENT],
        "appointments": [VISIT],
    }
    record = plan(rows, who=people(owners={"practitioner:1": "jane@example.com"})).records["appointment:123"]
    assert record.fields == {
        "subject": "Check-up",
        "due_date": "2026-04-09",
        "due_time": "23:00:00",
        "duration": "00:45:00",
        "done": False,
        "busy": True,
        "location": {"value": "Bondi"},
        "note": "<p>Appointment_Type__c: Check-up</p><p>Status: Booked</p><p>Provider: Dr Jane Wong</p><p>Chair: 2</p>"
        "<p>Location: Bondi</p><p>Booked by: Kim</p><p>Brings &lt;x-rays&gt;</p><p>Source: appointment:123</p>",
    }
    assert record.links == {"type": "activity_type:Check-up", "person_id": "patient:12"}
    assert record.owner == "jane@example.com"
    assert record.external_id == "Source: appointment:123"


@pytest.mark.parametrize(
    ("status", "start", "kind", "subject", "done", "busy"),
    [
        ("completed", "2026-02-10 09:00", "Check-up", "Check-up", True, False),
        ("cancelled", "2026-04-10 09:00", "Appointment – cancelled", "Cancelled: Check-up", True, False),
        ("did_not_attend", "2026-02-10 09:00", "Appointment – did not attend", "Did not attend: Check-up", True, False),
        ("booked", "2026-02-10 09:00", "Check-up", "Check-up", False, False),
        ("booked", "2026-04-10 09:00", "Check-up", "Check-up", False, True),
    ],
)
def test_status_is_done_type_and_subject(status: str, start: str, kind: str, subject: str, done: bool, busy: bool) -> None:
    """Activities have no status: done, an activity type of its own and a prefix say it. Nothing of the past makes anybody busy."""
    record = plan({"patients": [PATIENT], "appointments": [{**VISIT, "status": status, "start_at": start}]}).records["appointment:123"]
    assert (record.links["type"], record.fields["subject"]) == (f"activity_type:{kind}", subject)
    assert (record.fields["done"], record.fields["busy"]) == (done, busy)


def test_without_a_time_it_is_a_task_on_its_local_day() -> None:
    """A date without a time keeps its day and has neither time nor duration; without a date it is held."""
    bare = {**VISIT, "start_at": None, "duration": None}
    rows = [{**bare, "appointment_id": "1", "date": "2026-04-10"}, {**bare, "appointment_id": "2"}]
    made = plan({"patients": [PATIENT], "appointments": rows})
    fields = made.records["appointment:1"].fields
    assert fields["due_date"] == "2026-04-10"
    assert not {"due_time", "duration"} & set(fields)
    assert [(row.key, row.outcome, row.reason) for row in made.row_outcomes] == [("appointment:2", Outcome.HELD, Message.of("no-date"))]


def test_the_duration_is_the_time_that_passes() -> None:
    """From 1:30 to 3:30 in the night in which the clocks go back, three hours pass."""
    night = {**VISIT, "start_at": "2026-04-05 01:30", "end_at": "2026-04-05 03:30", "duration": None}
    assert plan({"patients": [PATIENT], "appointments": [night]}).records["appointment:123"].fields["duration"] == "03:00:00"


def test_rare_types_share_one_activity_type() -> None:
    """The most frequent types keep their own, spellings that differ in case are one, and the type still stands in the note."""
    kinds = ["Clean"] * 3 + ["CLEAN"] + ["Check-up"] * 2 + ["Implant review"] + ["Recall"] * 4
    visits = [{**VISIT, "appointment_id": str(n), "type": kind} for n, kind in enumerate(kinds)]
    made = plan({"patients": [PATIENT], "appointments": visits}, pipedrive_map=load_map({"appointment_types": {"cap": 3}}))
    types = {key: record.links["type"] for key, record in made.records.items() if key.startswith("appointment:")}
    assert set(types.values()) == {
        "activity_type:Clean", "activity_type:Check-up", "activity_type:Appointment – other", "activity_type:Appointment – Recall",
    }  # fmt: skip
    assert types["appointment:3"] == "activity_type:Clean"
    assert "<p>Appointment_Type__c: Implant review</p>" in made.records["appointment:6"].fields["note"]
    assert {key for key in made.records if key.startswith("activity_type:")} == set(types.values())


def test_an_appointment_hangs_on_its_plans_deal() -> None:
    """By its own plan, or by the one plan whose items were done in it."""
    rows = {
        "patients": [PATIENT],
        "treatment_plans": [{"plan_id": "7", "patient_id": "12", "total": 0}, {"plan_id": "8", "patient_id": "12", "total": 0}],
        "treatment_items": [
            {"item_id": "1", "plan_id": "7", "appointment_id": "2"},
            {"item_id": "2", "plan_id": "7", "appointment_id": "3"},
            {"item_id": "3", "plan_id": "8", "appointment_id": "3"},
        ],
        "appointments": [
            {**VISIT, "appointment_id": "1", "plan_id": "8"},
            {**VISIT, "appointment_id": "2"},
            {**VISIT, "appointment_id": "3"},
        ],
    }
    made = plan(rows)
    assert [made.records[f"appointment:{n}"].links.get("deal_id") for n in (1, 2, 3)] == ["plan:8", "plan:7", None]


def test_cancelled_and_old_appointments_by_policy() -> None:
    """Cancelled ones can be excluded; those before a date fold into one note per patient, newest first."""
    visits = [
        {**VISIT, "appointment_id": "1", "status": "cancelled"},
        {**VISIT, "appointment_id": "2", "status": "completed", "start_at": "2019-05-01 10:00"},
        {**VISIT, "appointment_id": "3", "status": "completed", "start_at": "2020-05-01 10:00", "type": "Clean"},
    ]
    made = plan({"patients": [PATIENT], "appointments": visits}, policies={"cancelled_appointments": "exclude", "older_than": "2022-01-01"})
    assert {row.key: (row.outcome, row.ref) for row in made.row_outcomes} == {
        "appointment:1": (Outcome.EXCLUDED, ""),
        "appointment:2": (Outcome.FOLDED_INTO, "note:older:patient:12"),
        "appointment:3": (Outcome.FOLDED_INTO, "note:older:patient:12"),
    }
    assert made.records["note:older:patient:12"].fields == {
        "content": "<p>Earlier history, summarised</p><p>01 May 2020 · Clean, completed (appointment:3)</p>"
        "<p>01 May 2019 · Check-up, completed (appointment:2)</p><p>Source: note:older:patient:12</p>",
        "add_time": "2020-05-01 00:00:00",
    }


COMMUNICATION: dict[str, Any] = {
    "communication_id": "4",
    "patient_id": "12",
    "at": "2026-02-10 09:00",
    "kind": "sms",
    "direction": "outbound",
}


def test_communications_are_done_activities_at_their_time() -> None:
    """Kind is the type, author the owner where a practitioner; a bare date has no time of day."""
    rows = {
        "practitioners": [{"practitioner_id": "1", "full_name": "Jane Wong"}],
        "patients": [PATIENT],
        "communications": [
            {**COMMUNICATION, "content": "See you\nsoon", "author": "jane wong"},
            {**COMMUNICATION, "communication_id": "5", "at": "2026-02-10", "kind": "fax", "subject": "Referral"},
        ],
    }
    made = plan(rows, who=people(owners={"practitioner:1": "jane@example.com"}))
    first, second = made.records["communication:4"], made.records["communication:5"]
    assert first.fields == {
        "subject": "SMS to the patient",
        "due_date": "2026-02-09",
        "due_time": "22:00:00",
        "done": True,
        "busy": False,
        "note": "<p>Direction: to the patient</p><p>By: jane wong</p><p>See you<br>soon</p><p>Source: communication:4</p>",
    }
    assert first.owner == "jane@example.com"
    assert second.links["type"] == "activity_type:Communication – other"
    assert (second.fields["due_date"], "due_time" in second.fields) == ("2026-02-10", False)


def test_recalls_are_open_while_they_are_due() -> None:
    """Due and sent recalls are open activities at their due date, the others are done; none makes anybody busy."""
    states = {"1": "due", "2": "sent", "3": "booked", "4": "completed", "5": "cancelled"}
    rows = [{"recall_id": n, "patient_id": "12", "type": "6 months", "due_date": "2026-05-01", "status": s} for n, s in states.items()]
    made = plan({"patients": [PATIENT], "recalls": rows})
    assert {n: made.records[f"recall:{n}"].fields["done"] for n in states} == {"1": False, "2": False, "3": True, "4": True, "5": True}
    assert made.records["recall:1"].fields["subject"] == "Recall: 6 months"
    assert made.records["recall:5"].fields["subject"] == "Cancelled: Recall: 6 months"
    assert made.records["recall:1"].fields["due_date"] == "2026-05-01"


def test_a_text_too_long_for_an_activity_goes_on_in_notes() -> None:
    """Nothing is cut: the rest stands in notes of the person, each part within 100 KB and with its own marker."""
    rows = {"patients": [PATIENT], "communications": [{**COMMUNICATION, "kind": "email", "content": "wörds " * 40_000}]}
    made = plan(rows)
    parts = [made.records["communication:4"].fields["note"], *(made.records[f"note:communication:4#{n}"].fields["content"] for n in (2, 3))]
    assert sum(part.count("wörds") for part in parts) == 40_000
    assert max(len(part.encode()) for part in parts) < 100_000
    assert parts[1].endswith("<p>Source: note:communication:4#2</p>")


TASK = {
    "task_id": "7",
    "patient_id": "12",
    "subject": "Call about the crown",
    "due_date": "2026-04-10",
    "practitioner_id": "1",
    "priority": "High",
}


@pytest.mark.parametrize(
    ("changed", "subject", "day", "done"),
    [
        ({}, "Call about the crown", "2026-04-10", False),
        ({"status": "open"}, "Call about the crown", "2026-04-10", False),
        ({"status": "completed"}, "Call about the crown", "2026-04-10", True),
        ({"status": "cancelled"}, "Cancelled: Call about the crown", "2026-04-10", True),
        ({"status": "completed", "due_date": None, "completed_date": "2026-04-02"}, "Call about the crown", "2026-04-02", True),
        ({"subject": None}, "Task", "2026-04-10", False),
    ],
)
def test_a_task_is_an_activity_of_its_own_type(changed: dict[str, Any], subject: str, day: str, done: bool) -> None:
    """Without a time, on the day that it is due, with whom it is assigned to; open until it is done."""
    rows = {"practitioners": [{"practitioner_id": "1", "full_name": "Kim Lee"}], "patients": [PATIENT], "tasks": [{**TASK, **changed}]}
    record = plan(rows, who=people(owners={"practitioner:1": "kim@example.com"})).records["task:7"]
    fields = record.fields
    assert (fields["subject"], fields["due_date"], fields["done"], fields["busy"], fields.get("due_time")) == (
        subject,
        day,
        done,
        False,
        None,
    )
    assert "<p>Assigned to: Kim Lee</p><p>Priority: High</p>" in fields["note"]
    assert record.links == {"type": "activity_type:Task", "person_id": "patient:12"}
    assert record.owner == "kim@example.com"


def test_a_task_without_a_day_is_held() -> None:
    """Pipedrive takes no activity without one: the row waits with its reason."""
    made = plan({"patients": [PATIENT], "tasks": [{**TASK, "due_date": None}]})
    held = [row for row in made.row_outcomes if row.key == "task:7"]
    assert [(row.outcome, row.reason and row.reason.code) for row in held] == [(Outcome.HELD, "no-date")]
