"""A small plan and an account that it fits: what the faults are planted into."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from migkit.model.records import SOURCE_ID, DesiredRecord, ObjectType, Plan
from migkit.workspace import Settings

OWNER = "ada@smiles.example"

ACCOUNT: dict[str, Any] = {
    "company": "Smiles",
    "domain": "smiles",
    "users": [
        {"name": "Ada Admin", "email": OWNER, "is_admin": True, "active": True},
        {"name": "Ben Booker", "email": "ben@smiles.example", "is_admin": False, "active": True},
    ],
    "currencies": ["AUD", "NZD"],
}


def account(**changes: Any) -> dict[str, Any]:
    """Return the account's document with some of its parts replaced."""
    return deepcopy(ACCOUNT) | changes


def records() -> list[DesiredRecord]:
    """Return a field each on person and deal, a household, three people, two deals, an appointment to come, a note."""
    money = {"value": 120.5, "currency": "AUD"}
    return [
        DesiredRecord("field:person/Fund", ObjectType.FIELD, {"entity": "person", "field_name": "Fund", "field_type": "varchar"}),
        DesiredRecord("field:person/Key", ObjectType.FIELD, {"entity": "person", "field_name": SOURCE_ID, "field_type": "varchar"}),
        DesiredRecord("field:deal/Total", ObjectType.FIELD, {"entity": "deal", "field_name": "Total", "field_type": "monetary"}),
        DesiredRecord("household:1", ObjectType.ORGANIZATION, {"name": "Example family"}, owner=OWNER),
        *(
            DesiredRecord(
                f"patient:{number}",
                ObjectType.PERSON,
                {
                    "name": f"Ann Example {number}",
                    "emails": [{"value": f"ann{number}@example.com"}],
                    "phones": [{"value": f"+6149157010{number}"}],
                    "custom:Fund": "Bupa",
                },
                owner=OWNER,
            )
            for number in (1, 2, 3)
        ),
        *(
            DesiredRecord(
                f"plan:{number}",
                ObjectType.DEAL,
                {
                    "title": "Crown",
                    "value": 120.5,
                    "currency": "AUD",
                    "status": "won",
                    "won_time": "2026-01-05T00:00:00Z",
                    "custom:Total": money,
                },
                links={"person_id": f"patient:{number}"},
                owner=OWNER,
            )
            for number in (1, 2)
        ),
        DesiredRecord(
            "appointment:1",
            ObjectType.ACTIVITY,
            {"subject": "Check-up", "due_date": "2026-12-24", "due_time": "01:30:00", "done": False},
            owner=OWNER,
        ),
        DesiredRecord("note:1", ObjectType.NOTE, {"content": "Seen"}, links={"person_id": "patient:1"}),
    ]


def plan(*more: DesiredRecord) -> Plan:
    """Return the plan of the records, and more."""
    return Plan({record.key: record for record in (*records(), *more)}, {}, ())


def settings(plan_name: str = "lite", seats: int = 1) -> Settings:
    """Return the workspace's settings."""
    return Settings("Smiles Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", plan_name, seats)
