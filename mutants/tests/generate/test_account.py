"""The account as it was before: its content, and which of its persons are patients."""

from __future__ import annotations

from .conftest import Made

KEYS = {
    "company", "domain", "users", "fields", "pipelines", "activity_types", "currencies", "organizations", "persons", "products", "deals",
    "activities", "notes", "webhooks",
}  # fmt: skip


def test_the_account_is_lived_in(made: Made) -> None:
    """Forty persons, a sales pipeline with deals, a webhook, fields that carry our labels with another type."""
    account = made.account
    assert set(account) == KEYS
    assert len({p["name"] for p in account["persons"]}) == len(account["persons"]) == 40
    assert [p["name"] for p in account["pipelines"]] == ["Sales"]
    assert {d["pipeline"] for d in account["deals"]} == {"Sales"}
    assert account["webhooks"] == [
        {"subscription_url": "http://127.0.0.1:9/", "event_action": "*", "event_object": "*", "name": "Newsletter tool"}
    ]
    types = {(f["entity"], f["label"]): f["type"] for f in account["fields"]}
    assert types["person", "Date of birth"] == "varchar"
    assert types["deal", "Invoice_Status__c"] == "varchar"
    names = {p["name"] for p in account["persons"]}
    assert all(record["person"] in names for kind in ("deals", "activities", "notes") for record in account[kind])
    organizations = {o["name"] for o in account["organizations"]}
    assert all(p.get("organization") is None or p["organization"] in organizations for p in account["persons"])


def test_users_stand_for_most_practitioners(made: Made) -> None:
    """One practitioner has no user, one user is inactive, one is admin; two provider numbers share a user."""
    users = {u["email"]: u for u in made.account["users"]}
    owners = {o["practitioner"]: o for o in made.truth["owners"]}
    assert [o["practitioner"] for o in owners.values() if o["status"] == "no match found"] == ["practitioner:6"]
    assert owners["practitioner:6"]["email"] not in users
    assert [u["name"] for u in users.values() if not u["active"]] == ["Marco Rossi"]
    assert [u["name"] for u in users.values() if u["is_admin"]] == ["Jo Bennett"]
    assert owners["practitioner:2"]["user_email"] == owners["practitioner:3"]["user_email"] in users
    active = {email for email, user in users.items() if user["active"]}
    assert all(p["owner"] in active for p in made.account["persons"])


def test_ten_persons_are_patients(made: Made) -> None:
    """The truth names ten persons of the account with their patient and what they share with it."""
    patients = {f"patient:{p['patient_id']}": p for p in made.tables["patients"]}
    matches = made.truth["account_persons"]
    assert len(matches) == len({m["patient"] for m in matches}) == 10
    for match in matches:
        person, patient = made.account["persons"][match["index"]], patients[match["patient"]]
        emails = [e["value"] for e in person["emails"]]
        assert person["name"] == match["name"]
        assert patient["status"] == "active"
        if match["how"].startswith("same-email"):
            assert emails == [patient["email"]]
        if match["how"] != "same-email-other-spelling":
            assert person["name"] == f"{patient['first_name']} {patient['last_name']}"
        if match["how"] == "older-phone":
            assert emails == []
    strangers = [p for place, p in enumerate(made.account["persons"]) if place not in {m["index"] for m in matches}]
    taken = {p["email"] for p in patients.values()}
    assert sum(e["value"] in taken for p in strangers for e in p["emails"]) == 2
