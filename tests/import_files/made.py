"""A tiny plan, and what an account would know of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord, Plan

Obj = ObjectType
OWNER = "ann@clinic.example"


def field(entity: str, label: str, kind: str) -> DesiredRecord:
    return DesiredRecord(f"field:{entity}/{label}", Obj.FIELD, {"entity": entity, "field_name": label, "field_type": kind})


FIELDS = [
    field("person", "Source_System_ID__c", "varchar"), field("organization", "Source_System_ID__c", "varchar"),
    field("deal", "Source_System_ID__c", "varchar"), field("person", "Date of birth", "date"), field("person", "Alerts", "set"),
    field("deal", "Total", "monetary"),
]  # fmt: skip


def person(number: int, name: str = "", **fields: Any) -> DesiredRecord:
    links = {"org_id": fields.pop("org")} if "org" in fields else {}
    usual = {"name": name or f"Pat {number}", "custom:Source_System_ID__c": f"patient:{number}"}
    return DesiredRecord(f"patient:{number}", Obj.PERSON, usual | fields, links=links, owner=OWNER)


def organization(number: int, name: str, address: str = "") -> DesiredRecord:
    fields: dict[str, Any] = {"name": name, "custom:Source_System_ID__c": f"family:{number}"}
    fields |= {"address": {"value": address}} if address else {}
    return DesiredRecord(f"family:{number}", Obj.ORGANIZATION, fields, owner=OWNER)


def phone(value: str, label: str = "mobile", *, primary: bool = True) -> Mapping[str, Any]:
    return {"value": value, "label": label, "primary": primary}


def note(number: int, content: str, **fields: Any) -> DesiredRecord:
    marked = f"{content}<p>Source: note:{number}</p>"
    return DesiredRecord(f"note:{number}", Obj.NOTE, {"content": marked, **fields}, links={"person_id": "patient:1"})


def plan(*records: DesiredRecord) -> Plan:
    return Plan(records={record.key: record for record in [*FIELDS, *records]}, rows={}, row_outcomes=())


class Binding:
    """An account in which everything has the id 7, and whose user lives in Sydney."""

    zone = ZoneInfo("Australia/Sydney")

    def id_of(self, key: str) -> int:
        return {"patient:1": 71, "family:1": 72, "plan:1": 73}[key]

    def name_of(self, key: str) -> str:
        return key.rpartition("/")[2].rpartition(":")[2]

    def user_name(self, email: str) -> str:
        return {OWNER: "Ann Lee"}[email]

    def field(self, entity: str, label: str) -> tuple[str, str]:
        types = {(each.fields["entity"], each.fields["field_name"]): str(each.fields["field_type"]) for each in FIELDS}
        return label, types[entity, label]
