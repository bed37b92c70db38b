"""The Pipedrive account as it was before the move: lived in, with some of the practice's patients already in it."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from typing import Any

from .practice import DOMAIN, PRACTICE, Practice, Record, iso
from .render import local_phone
from .staff import WITHOUT_USER
from .words import plain, stream, words

PERSONS = 40
DEALS = (("Enquiry", "open"), ("Visit booked", "open"), ("Quote sent", "won"), ("Quote sent", "lost"), ("Enquiry", "open"))
KNOWN = ("same-email-and-name",) * 4 + ("older-phone",) * 3 + ("same-email-other-spelling",) * 2 + ("same-phone-and-name",)
"""How each of the ten patients who are there already looks."""


def make_account(practice: Practice, seed: int) -> tuple[dict[str, Any], list[Record]]:
    """Return (account.json, which of its persons is which patient: index, name, patient, how)."""
    dice = stream(seed, "account")
    users = _users(practice)
    owners = [user["email"] for user in users if user["active"]]
    persons, matches = _persons(practice, owners, dice)
    names = [person["name"] for person in persons]
    day = practice.as_of
    account = {
        "company": PRACTICE, "domain": "harbourdental", "users": users,
        "fields": [
            {"entity": "person", "label": "Date of birth", "type": "varchar", "options": []},
            {"entity": "person", "label": "Newsletter", "type": "enum", "options": ["Yes", "No"]},
            {"entity": "organization", "label": "Suburb", "type": "varchar", "options": []},
            {"entity": "deal", "label": "Invoice_Status__c", "type": "varchar", "options": []},
            {"entity": "product", "label": "Supplier", "type": "double", "options": []},
        ],
        "pipelines": [{"name": "Sales", "stages": ["Enquiry", "Visit booked", "Quote sent"]}],
        "activity_types": [{"name": "Site visit", "icon_key": "camera"}],
        "currencies": ["AUD", "NZD"],
        "organizations": [
            {"name": "Parramatta High School", "address": "1 Great Western Hwy, Parramatta NSW 2150"},
            {"name": "Redgum Civil Engineering", "address": "9 Industrial Dr, Granville NSW 2142"},
            {"name": "Newtown Gym"},
        ],
        "persons": persons,
        "products": [{"name": "Voucher", "code": "VOUCH", "prices": [{"price": 50.0, "currency": "AUD"}]}],
        "deals": [_deal(place, name) for place, name in enumerate(names[12 : 12 + len(DEALS)])],
        "activities": [
            {"subject": f"Call {name}", "type": "call", "person": name, "due_date": iso(day + timedelta(days=place - 3)), "done": place < 3}
            for place, name in enumerate(names[15:21])
        ],
        "notes": [{"content": f"<p>Met at the fair, note {place + 1}</p>", "person": name} for place, name in enumerate(names[10:15])],
        "webhooks": [{"subscription_url": "http://127.0.0.1:9/", "event_action": "*", "event_object": "*", "name": "Newsletter tool"}],
    }  # fmt: skip
    return account, matches


def _users(practice: Practice) -> list[dict[str, Any]]:
    """Return a user for most practitioners: the manager is the admin, whoever has left is inactive."""
    users: dict[str, dict[str, Any]] = {}
    for staff in practice["practitioners"]:
        if staff["practitioner_id"] in WITHOUT_USER:
            continue
        name = f"{staff['first_name']} {staff['last_name']}"
        admin = staff["role"] == "Practice manager"
        users[staff["email"]] = {"name": name, "email": staff["email"], "is_admin": admin, "active": staff["active"]}
    ordered = sorted(users.values(), key=lambda user: not user["is_admin"])
    return [*ordered, {"name": "Marketing Agency", "email": f"agency@{DOMAIN}", "is_admin": False, "active": True}]


def owners(practice: Practice) -> list[Record]:
    """Return who should own each practitioner's records: practitioner, email, user_email (None: nobody), status."""
    found = []
    for staff in practice["practitioners"]:
        has_user = staff["practitioner_id"] not in WITHOUT_USER
        status = "no match found" if not has_user else "matched by e-mail" if staff["active"] else "inactive user"
        user = staff["email"] if status == "matched by e-mail" else None
        found.append(
            {"practitioner": f"practitioner:{staff['practitioner_id']}", "email": staff["email"], "user_email": user, "status": status}
        )
    return found


def _persons(practice: Practice, owners: list[str], dice: random.Random) -> tuple[list[dict[str, Any]], list[Record]]:
    known = dice.sample(_well_known(practice), min(len(KNOWN), len(_well_known(practice))))
    persons, matches = [], []
    for index, (patient, how) in enumerate(zip(known, KNOWN, strict=False)):
        person = _as_person(patient, how)
        persons.append(person)
        matches.append({"index": index, "name": person["name"], "patient": f"patient:{patient['patient_id']}", "how": how})
    # two strangers who share something with a patient and are nobody's record: a partner's e-mail, a namesake
    for patient in known[:2]:
        persons.append(_stranger(len(persons), dice) | {"emails": [_value(patient["email"])]})
    taken = {person["name"] for person in persons}
    while len(persons) < PERSONS:
        stranger = _stranger(len(persons), dice)
        if stranger["name"] not in taken:  # deals and notes name their person
            taken.add(stranger["name"])
            persons.append(stranger)
    for person in persons:
        person["owner"] = dice.choice(owners)
    return persons, matches


def _well_known(practice: Practice) -> list[Record]:
    """Return grown-up active patients with e-mail, mobile and birth date who have no second record and share their e-mail with nobody."""
    doubled = {practice.persons[p] for p in practice.variations} | set(practice.variations)
    emails = Counter(p["email"] for p in practice["patients"] if p["email"])
    grown = [p for p in practice["patients"] if p["status"] == "active" and p["birth_date"] and p["birth_date"] < "2005"]
    reachable = [p for p in grown if p["mobile"] and emails[p["email"]] == 1]
    return [p for p in reachable if p["patient_id"] not in doubled and p["patient_id"] not in practice.traits]


def _value(value: str, label: str = "work") -> dict[str, Any]:
    return {"value": value, "label": label, "primary": True}


def _deal(place: int, name: str) -> dict[str, Any]:
    stage, status = (("Enquiry", "open"), ("Visit booked", "open"), ("Quote sent", "won"), ("Quote sent", "lost"), ("Enquiry", "open"))[
        place
    ]
    deal = {"title": f"School talk {place + 1}", "person": name, "pipeline": "Sales", "stage": stage, "value": 250.0 * (place + 1)}
    return deal | {"currency": "AUD", "status": status}


def _as_person(patient: Record, how: str) -> dict[str, Any]:
    name = f"{patient['first_name']} {patient['last_name']}"
    person: dict[str, Any] = {
        "name": name,
        "emails": [_value(patient["email"])],
        "phones": [_value(local_phone(patient["mobile"]), "mobile")],
    }
    year, month, day = patient["birth_date"].split("-")
    person["custom"] = {"Date of birth": f"{day}/{month}/{year}"}
    if how == "older-phone":
        person |= {"emails": [], "phones": [_value("0400 000 111", "mobile")]}
    elif how == "same-email-other-spelling":
        person |= {"name": f"{patient['first_name'][0]}. {patient['last_name']}", "custom": {}}
    elif how == "same-phone-and-name":
        person["emails"] = []
    return person


def _stranger(number: int, dice: random.Random) -> dict[str, Any]:
    names = words("names")
    first, last = dice.choice(names[("female", "male")[number % 2]]), dice.choice(names["surnames"])
    person: dict[str, Any] = {
        "name": f"{first} {last}", "emails": [_value(f"{plain(first)}.{plain(last)}.crm{number}@example.com")],
        "phones": [_value(f"04{dice.randint(10**7, 4 * 10**7 - 1)}", "mobile")],
        "custom": {"Newsletter": dice.choice(["Yes", "No"])},
    }  # fmt: skip
    if number % 7 == 0:
        person["organization"] = dice.choice(["Parramatta High School", "Redgum Civil Engineering", "Newtown Gym"])
    return person
