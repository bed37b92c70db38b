"""The plan of a tiny practice, written out."""

from __future__ import annotations

from .frames import people, plan


def test_a_patient_becomes_a_person_with_native_and_custom_fields() -> None:
    """Name, e-mail, phones with labels, address, birth date, status and creation time land in Pipedrive's shapes, times in UTC."""
    row = {
        "patient_id": "12", "first_name": "Anna", "last_name": "Rossi", "birth_date": "1980-05-03", "status": "active",
        "mobile": "+61412345678", "home_phone": "+61293001234", "email": "anna@example.com", "practitioner_id": "1",
        "address_line1": "1 Sea St", "suburb": "Bondi", "state": "NSW", "postcode": "2026", "created_at": "2015-03-02 09:30",
    }  # fmt: skip
    made = plan({"patients": [row]}, who=people(owners={"practitioner:1": "jane@example.com"}))
    record = made.records["patient:12"]
    assert record.fields == {
        "name": "Anna Rossi",
        "emails": [{"value": "anna@example.com", "label": "home", "primary": True}],
        "phones": [
            {"value": "+61412345678", "label": "mobile", "primary": True},
            {"value": "+61293001234", "label": "home", "primary": False},
        ],
        "add_time": "2015-03-01T22:30:00Z",
        "custom:Source_System_ID__c": "patient:12",
        "custom:Date of birth": "1980-05-03",
        "custom:Address": {"value": "1 Sea St, Bondi NSW 2026"},
        "custom:Patient status": "Active",
    }
    assert record.owner == "jane@example.com"
    assert made.rows == {"patients.csv:2": "patient:12"}
