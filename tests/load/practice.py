"""A tiny made-up practice as a plan: one of everything that Pipedrive holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from migkit.model.objects import ObjectType
from migkit.model.outcomes import RowOutcome
from migkit.model.records import DesiredRecord, Plan

DRILL = "drill@practice.example"
X_RAY = b"made-up x-ray"
Obj = ObjectType


def record(key: str, object: ObjectType, fields: Mapping[str, Any], **rest: Any) -> DesiredRecord:
    """Return a record of the first wave, made from the row of its own key."""
    is_setup = key.split(":")[0] in ("field", "activity_type", "pipeline", "stage", "lead_label")
    return DesiredRecord(key, object, fields, **({"wave": 0 if is_setup else 1, "sources": () if is_setup else (key,)} | rest))


def field(entity: str, label: str, kind: str = "varchar", options: list[str] | None = None) -> DesiredRecord:
    fields: dict[str, Any] = {"entity": entity, "field_name": label, "field_type": kind}
    return record(f"field:{entity}/{label}", Obj.FIELD, fields | ({"options": options} if options else {}))


def person(number: int, **fields: Any) -> DesiredRecord:
    """Return patient `number`; `fields` are added or replace what is usual."""
    links = {"org_id": "household:1"} if number <= 2 else {}
    usual = {
        "name": f"Pat Number{number}",
        "emails": [{"value": f"pat{number}@mail.example", "label": "home", "primary": True}],
        "phones": [{"value": f"+6141200000{number}", "label": "mobile", "primary": True}],
        "add_time": "2019-03-01T00:00:00Z",
        "custom:Source_System_ID__c": f"patient:{number}",
        "custom:Patient status": "Active",
    }
    return record(f"patient:{number}", Obj.PERSON, usual | fields, links=links, owner=DRILL)


def setup() -> list[DesiredRecord]:
    return [
        *(field(entity, "Source_System_ID__c") for entity in ("person", "organization", "deal", "product")),
        field("person", "Patient status", "enum", ["Active", "Archived"]),
        field("deal", "Total_Invoice__c", "monetary"),
        record("activity_type:Check-up", Obj.ACTIVITY_TYPE, {"name": "Check-up", "icon_key": "calendar"}),
        record("pipeline:Treatment plans", Obj.PIPELINE, {"name": "Treatment plans"}),
        record("stage:Treatment plans/Accepted", Obj.STAGE, {"name": "Accepted"}, links={"pipeline_id": "pipeline:Treatment plans"}),
        record("lead_label:New", Obj.LEAD_LABEL, {"name": "New", "color": "blue"}),
    ]


def matters() -> list[DesiredRecord]:
    digest = hashlib.sha256(X_RAY).hexdigest()
    in_stage = {"person_id": "patient:1", "stage_id": "stage:Treatment plans/Accepted", "pipeline_id": "pipeline:Treatment plans"}
    money = {"value": 120.5, "currency": "AUD"}
    appointment = {
        "subject": "Check-up",
        "due_date": "2026-03-02",
        "due_time": "23:30:00",
        "duration": "00:30:00",
        "done": True,
        "busy": False,
        "note": "<p>Chair 2</p><p>Source: appointment:7</p>",
    }
    home = {"name": "Household One", "custom:Source_System_ID__c": "household:1"}
    note = {"content": "<p>All well</p><p>Source: note:5</p>", "add_time": "2025-01-02 03:04:05"}
    return [
        record(
            "household:1",
            Obj.ORGANIZATION,
            home,
            sources=("patient:1", "patient:2"),
        ),
        *(person(number) for number in (1, 2, 3)),
        record("product:1", Obj.PRODUCT, {"name": "Mouthguard", "code": "MG", "custom:Source_System_ID__c": "product:1"}),
        record(
            "lead:1",
            Obj.LEAD,
            {"title": "Enquiry", "label_ids": ["New"], "custom:Source_System_ID__c": "lead:1", "custom:Total_Invoice__c": money},
            links={"person_id": "patient:3"},
            owner=DRILL,
        ),
        record(
            "plan:1",
            Obj.DEAL,
            {
                "title": "Crown",
                "value": 1200.0,
                "currency": "AUD",
                "status": "open",
                "custom:Source_System_ID__c": "plan:1",
                "custom:Total_Invoice__c": money,
            },
            links=in_stage,
            owner=DRILL,
        ),
        record(
            "appointment:7",
            Obj.ACTIVITY,
            appointment,
            links={"person_id": "patient:1", "deal_id": "plan:1", "type": "activity_type:Check-up"},
            owner=DRILL,
            external_id="Source: appointment:7",
        ),
        record("note:5", Obj.NOTE, note, links={"person_id": "patient:1"}, owner=DRILL, external_id="Source: note:5"),
        record(
            "attachment:9",
            Obj.FILE,
            {"path": "xrays/9.png", "sha256": digest, "file_name": "x-ray [attachment-9].png"},
            links={"person_id": "patient:1"},
            external_id="[attachment-9]",
        ),
    ]


def plan(records: Iterable[DesiredRecord] | None = None, *, row_outcomes: Iterable[RowOutcome] = ()) -> Plan:
    """Return a plan of set-up and these records; each record's row stands in `<prefix>.csv`, on the line of its number + 1."""
    chosen = [*setup(), *(matters() if records is None else records)]
    rows = {}
    for item in chosen:
        prefix, _, number = item.key.partition(":")
        if number.isdigit() and prefix != "household":
            rows[f"{prefix}.csv:{int(number) + 1}"] = item.key
    return Plan(records={item.key: item for item in chosen}, rows=rows, row_outcomes=tuple(row_outcomes))


def changed(plan: Plan, key: str, **fields: Any) -> Plan:
    """Return the plan with some fields of one record replaced; None takes a field out of the plan."""
    old = plan.records[key]
    new = {name: value for name, value in {**old.fields, **fields}.items() if value is not None}
    return replace(plan, records={**plan.records, key: old.changed(fields=new)})


def without(plan: Plan, *keys: str) -> Plan:
    return replace(plan, records={key: item for key, item in plan.records.items() if key not in keys})


def snapshot(folder: Path) -> Path:
    """Write the practice's one attachment."""
    (folder / "xrays").mkdir(parents=True, exist_ok=True)
    (folder / "xrays" / "9.png").write_bytes(X_RAY)
    return folder
