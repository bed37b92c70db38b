"""Every canonical field that an export fills changes the plan, or stands in the list of those that cannot, with the reason."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import pytest

from migkit.migration.defaults import load_map
from migkit.model.canonical import CanonicalField
from migkit.model.landing import parse_landing
from migkit.model.people import Household
from migkit.plan.rows import Row, records

from .frames import SCHEMA, people, plan

BASE: dict[str, dict[str, Any]] = {
    "practitioners": {"practitioner_id": "1", "full_name": "Wong, Jane"},
    "families": {"family_id": "1", "name": "Rossi"},
    "patients": {"patient_id": "12", "first_name": "Anna", "last_name": "Rossi"},
    "appointments": {"appointment_id": "123", "patient_id": "12", "start_at": "2026-04-10 09:00", "practitioner_id": "1"},
    "treatment_plans": {"plan_id": "7", "patient_id": "12"},
    "treatment_items": {"item_id": "1", "plan_id": "7"},
    "invoices": {"invoice_id": "77", "patient_id": "12"},
    "invoice_lines": {"line_id": "1", "invoice_id": "77"},
    "payments": {"payment_id": "1", "patient_id": "12", "amount": 4200},
    "health_funds": {"cover_id": "1", "patient_id": "12", "fund": "HCF"},
    "clinical_notes": {"note_id": "5", "patient_id": "12", "content": "x"},
    "attachments": {"attachment_id": "1", "patient_id": "12", "path": "a.png"},
    "products": {"product_id": "3", "name": "Brush"},
    "leads": {"lead_id": "9", "full_name": "Bob Lee"},
    "communications": {"communication_id": "4", "patient_id": "12", "at": "2026-02-10 09:00"},
    "recalls": {"recall_id": "2", "patient_id": "12", "due_date": "2026-05-01"},
    "tasks": {"task_id": "1", "patient_id": "12", "subject": "Call back", "due_date": "2026-05-01"},
    "workflows": {"workflow_id": "1", "name": "Reminder"},
    "reports": {"report_id": "1", "name": "Production"},
}
"""One plain row per table; where a field stands in it, leaving it out must change the plan."""

SAMPLES: dict[str, Any] = {
    "date": "2025-05-03", "datetime": "2025-05-03 10:15", "time": "10:15", "money": 12345, "integer": 3, "minutes": 35, "number": 2.0,
    "percent": 40.0, "boolean": True, "path": "b.png", "email": "x@example.com", "phone": "+61400000001",
}  # fmt: skip

SPECIAL: dict[tuple[str, str], dict[str, Any]] = {
    ("appointments", "date"): {"start_at": None},
    ("appointments", "start_time"): {"start_at": None, "date": "2026-04-10"},
    ("appointments", "end_at"): {"end_at": "2026-04-10 09:40"},
    ("attachments", "file_name"): {"path": None, "file_name": "b.png"},
    ("communications", "direction"): {"direction": "inbound"},
    ("practitioners", "first_name"): {"last_name": "Wong"},
    ("practitioners", "last_name"): {"first_name": "Jane"},
    ("practitioners", "title"): {"first_name": "Jane", "last_name": "Wong"},
    ("patients", "other_phones"): {"other_phones": "mobile +61400000002"},
    ("patients", "other_emails"): {"other_emails": "email b@example.com"},
    ("patients", "contact_remarks"): {"contact_remarks": "mobile 0400 000 002 wife"},
    ("leads", "other_phones"): {"other_phones": "phone +61400000002"},
    ("leads", "other_emails"): {"other_emails": "email b@example.com"},
    ("leads", "contact_remarks"): {"contact_remarks": "phone 0400 000 002 wife"},
    ("leads", "first_name"): {"full_name": None},
    ("leads", "last_name"): {"full_name": None},
    ("leads", "converted_patient_id"): {"converted_patient_id": "12"},
    ("patients", "full_name"): {"first_name": None, "last_name": None},
    ("patients", "archived"): {"status": "active"},
    ("patients", "country"): {"suburb": "Bondi"},
    ("payments", "reversed"): {"amount": 100},
    ("payments", "status"): {"status": "pending"},
    ("payments", "invoice_id"): {"invoice_id": "77", "amount": 100},
    ("treatment_plans", "completed_date"): {"status": "completed"},
    ("treatment_plans", "declined_date"): {"status": "declined"},
    ("treatment_items", "appointment_id"): {"appointment_id": "123"},
    ("clinical_notes", "plan_id"): {"plan_id": "7"},
    ("appointments", "plan_id"): {"plan_id": "7"},
    ("invoices", "plan_id"): {"plan_id": "7"},
    ("attachments", "invoice_id"): {"invoice_id": "77"},
    ("attachments", "note_id"): {"patient_id": None, "note_id": "5"},
    ("reports", "measure"): {"measure": "count of patients"},
    ("invoices", "bill_to_id"): {"bill_to_id": "13"},
    ("products", "active"): {"active": False},
    ("invoices", "paid"): {"total": 50000},
    ("invoices", "due_date"): {"total": 100},
}
"""(table, field) → what else the row holds, where the plain row would not show the field."""

ELSEWHERE = {
    "families": {
        "head_id": "identity makes households from it", "head_name": "identity makes households from it",
        "kind": "identity tells them apart",
        "name": "identity names the household", "phone": "an Organization has no phone", "email": "an Organization has no e-mail",
    },
    "patients": {
        "family_id": "identity makes households from it", "family_head_id": "identity makes households from it",
        "family_head_name": "identity makes households from it", "merged_into_id": "identity follows it",
        "deceased": "the reader makes it the status", "active": "the reader makes it the status",
        "name_remark": "the reader tells it of the name; policies decide",
    },
    "practitioners": dict.fromkeys(
        ("code", "role", "provider_number", "ahpra_number", "email", "phone", "location", "active"), "stands in the owner report"
    ),
    "treatment_items": {
        "invoice_id": "says which plan the invoice belongs to", "option": "the reader makes alternatives plans of their own",
        "accepted": "the reader makes it the status",
    },
    "appointments": dict.fromkeys(("cancelled", "attended", "did_not_attend"), "the reader makes it the status"),
    "invoices": {"kind": "the reader gives a credit note its sign", "is_paid": "the reader makes it the status"},
    "treatment_plans": {"active": "the reader makes it the status"},
    "recalls": dict.fromkeys(("do_not_recall", "active", "completed_date"), "the reader makes it the status"),
    "invoice_lines": {
        "status": "the reader leaves out what is void",
        "line_no": "orders the lines", "plan_id": "says which plan the invoice belongs to",
        "item_id": "says which plan the invoice belongs to",
    },
    "health_funds": {"priority": "orders the covers"},
    "clinical_notes": {
        "status": "the reader leaves out what is deleted and marks drafts", "appointment_id": "a note hangs on the person",
        "line_no": "the reader joins the lines of a note",
    },
    "attachments": {"url": "the reader fetches it into the snapshot"},
}  # fmt: skip
"""Fields whose value lands through another room, or that Pipedrive cannot hold; `modified_at` says which version of a row counts."""

RESOLVED = {"patient_name", "practitioner_name"}
"""Names beside ids of the same row: the reader resolves them to the id."""

TOLD_APART = {"patient_birth_date", "patient_phone", "patient_email"}
"""By these the reader tells namesakes apart."""

EVERYTHING = load_map(privacy={"classes": {"identifier": "send"}})
"""Nothing stays behind."""
LANDING = parse_landing(EVERYTHING, SCHEMA)

CASES = [
    (name, field)
    for name, table in SCHEMA.tables.items()
    for field in table.fields
    if field not in {"modified_at", *TOLD_APART}
    and field not in ELSEWHERE.get(name, {})
    and not (field in RESOLVED and field.replace("_name", "_id") in table.fields)
]


def value_of(table: str, field: CanonicalField) -> Any:
    """Return a made-up value of a field's type."""
    if field.values:
        return list(field.values)[-1]
    return SAMPLES.get(field.type, "1" if field.ref == "practitioners" else "88" if field.type == "id" else f"some {field.name}")


@pytest.mark.parametrize(("table", "field"), CASES)
def test_every_field_lands_somewhere(table: str, field: str) -> None:
    """The plan with the value differs from the plan without it."""
    row = {**BASE[table], **SPECIAL.get((table, field), {})}
    given = row.get(field) if field in row else value_of(table, SCHEMA[table].fields[field])
    assert picture(table, {**row, field: given}) != picture(table, {**row, field: None})


def picture(table: str, row: dict[str, Any]) -> object:
    return _picture(table, tuple((name, value) for name, value in row.items() if value is not None))


@lru_cache(maxsize=64)
def _picture(table: str, given: tuple[tuple[str, Any], ...]) -> object:
    rows = {name: [dict(base)] for name, base in BASE.items()}
    rows["patients"].append({"patient_id": "13", "first_name": "Mia", "last_name": "Rossi"})
    rows[table][0] = dict(given)
    who = people(
        households=[Household("family:1", "household", "Rossi", ("patient:13",), "patient:13")], owners={"practitioner:1": "j@x.example"}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("migkit.plan.context.records", rows_of)
        patch.setattr("migkit.plan.build.parse_landing", lambda *_: LANDING)
        made = plan(rows, who=who, files={"a.png": "aa", "b.png": "bb"}, pipedrive_map=EVERYTHING)
    return made.digest(), made.documents, [(row.key, row.outcome, row.ref) for row in made.row_outcomes], made.rows


_ROWS: dict[int, tuple[pd.DataFrame, list[Row]]] = {}
"""Frames by identity, each kept so that no other gets its own, with their rows."""


def rows_of(table: str, frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame, taken once: cases share the frames of the tables that they leave alone, and no planner changes a row."""
    if id(frame) not in _ROWS:
        _ROWS[id(frame)] = (frame, records(table, frame))
    return _ROWS[id(frame)][1]
