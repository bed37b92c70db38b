"""Patients, families, employers and health-fund cover."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pandas as pd

from .population import people
from .practice import Practice, Record, iso, moment
from .words import stream, words

SECOND_RECORDS = 0.05
"""Share of rows that are second records of somebody."""
TOMBSTONES = (2, 4)
"""Of every five second records these are tombstones; the others still pass for patients."""


def add_patients(practice: Practice, count: int, seed: int) -> None:
    """Fill patients, families and health_funds, and say who is one person and who lives together."""
    frame, truth = people(count, seed, SECOND_RECORDS)
    order = truth["patient_id"].astype(int).argsort()
    rows = frame.iloc[order].astype(object).where(frame.iloc[order].notna(), None).to_dict("records")
    facts = truth.iloc[order].to_dict("records")
    doubled = {fact["person"] for fact in facts if fact["variation"]}
    dice = stream(seed, "patients")
    for row, fact in zip(rows, facts, strict=True):
        practice.persons[fact["patient_id"]] = fact["person"]
        if fact["variation"]:
            practice.variations[fact["patient_id"]] = fact["variation"]
            fact["serial"] = len(practice.variations)
        if fact["trait"]:
            practice.traits[fact["patient_id"]] = fact["trait"]
        practice["patients"].append(patient_record(row, fact, fact["patient_id"] in doubled, practice, dice))
    _show_every_status(practice, facts)
    _add_families(practice, facts, dice)
    _add_cover(practice, facts, stream(seed, "cover"))


def patient_record(row: Record, fact: Record, is_doubled: bool, practice: Practice, dice: random.Random) -> Record:
    """Return one patient from a row of `people()`; a doubled one stays active."""
    lists = words("dental")
    born: date | None = row["birth_date"].date() if isinstance(row["birth_date"], pd.Timestamp) else None
    age = (practice.as_of - born).days // 365 if born else 40
    grown = "adult" if age >= 18 else "child"
    newborn = fact["trait"] == "newborn"
    registered = practice.as_of - timedelta(days=dice.randint(1, 40 if newborn else 4000))
    if born:
        registered = max(registered, born + timedelta(days=3))
    status = _status(fact, is_doubled, age, dice)
    place = {name: row[name] for name in ("address_line1", "suburb", "state", "postcode")}
    dentist = dice.choice([p for p in practice["practitioners"] if p["role"] == "Dentist"])
    return {
        "patient_id": row["patient_id"], "patient_number": f"H{int(row['patient_id']):06d}",
        "title": None if newborn else dice.choice(lists["titles"][f"{grown}_{row['gender']}"]),
        "first_name": row["first_name"], "middle_name": None, "last_name": row["last_name"],
        "former_last_name": row["former_last_name"], "preferred_name": row["preferred_name"], "full_name": None,
        "birth_date": iso(born) if born else None, "gender": row["gender"], "mobile": row["mobile"],
        "home_phone": row["home_phone"], "work_phone": None, "email": row["email"], **place, "country": "Australia",
        "occupation": dice.choice(lists["occupations"]) if age >= 18 and dice.random() < 0.5 else None, "employer": None,
        "family_id": None, "family_head_id": None, "family_head_name": None, "relationship": None,
        "health_fund": None, "health_fund_number": None, "health_fund_card_ref": None,
        "medicare_number": row["medicare_number"], "medicare_irn": row["medicare_irn"],
        "medicare_expiry": f"{dice.randint(1, 12):02d}/{dice.randint(2027, 2031)}" if row["medicare_number"] else None,
        "dva_number": f"NX{dice.randint(100000, 999999)}" if age > 75 and dice.random() < 0.2 else None,
        "practitioner_id": dentist["practitioner_id"], "practitioner_name": dentist["full_name"],
        "referred_by": dice.choice(lists["referrers"]) if dice.random() < 0.6 else None,
        "alerts": dice.choice(lists["alerts"]) if dice.random() < 0.15 else None,
        "first_visit": None, "last_visit": None, "next_visit": None, "balance": 0,
        "sms_opt_out": dice.random() < 0.08, "status": status, "archived": status in ("archived", "merged", "deleted"),
        "merged_into_id": fact["person"] if status == "merged" else None, "notes": None,
        "created_at": iso(moment(registered, dice.randint(480, 1050))), "modified_at": iso(moment(registered, 1080)),
        "custom:Hygiene Club": dice.choice(lists["clubs"]) if age >= 18 and dice.random() < 0.2 else None,
        "custom:Favourite Music": dice.choice(lists["music"]) if dice.random() < 0.3 else None,
    }  # fmt: skip


def _status(fact: Record, is_doubled: bool, age: int, dice: random.Random) -> str:
    chance = dice.random()
    if fact["variation"]:
        return "merged" if fact["serial"] % 5 in TOMBSTONES else "active"
    if is_doubled or fact["trait"]:
        return "active"
    if age > 70 and chance < 0.12:
        return "deceased"
    if chance > 0.97 and fact["position"] == 0:
        return "deleted"
    return "archived" if 0.92 < chance <= 0.97 else "inactive" if 0.82 < chance <= 0.92 else "active"


def _show_every_status(practice: Practice, facts: list[Record]) -> None:
    """Make sure that even a small practice has a patient of every status, and a deleted one who lived alone."""
    firsts = {fact["person"] for fact in facts if fact["variation"]}
    homes = Counter(fact["household"] for fact in facts)
    alone = [fact["patient_id"] for fact in facts if homes[fact["household"]] == 1 and fact["person"] not in firsts]
    patients = practice.index("patients")
    there = {patient["status"] for patient in practice["patients"]} - {"deleted"} | {patients[p]["status"] for p in alone}
    spare = [patient for patient in alone if patients[patient]["status"] == "active"]
    for status, patient in zip(sorted({"inactive", "archived", "deceased", "deleted"} - there), reversed(spare), strict=False):
        patients[patient] |= {"status": status, "archived": status in ("archived", "deleted")}


def _add_families(practice: Practice, facts: list[Record], dice: random.Random) -> None:
    patients = practice.index("patients")
    homes: dict[int, list[Record]] = {}
    for fact in facts:
        if not fact["variation"]:
            homes.setdefault(int(fact["household"]), []).append(fact)
    employers: dict[str, list[str]] = {}
    for members in homes.values():
        ids = [fact["patient_id"] for fact in sorted(members, key=lambda fact: fact["position"])]
        head = patients[ids[0]]
        if len(ids) > 1:
            _add_household(practice, [patients[patient] for patient in ids], named=dice.random() < 0.85)
        elif dice.random() < 0.12 and head["status"] == "active":
            employers.setdefault(dice.choice(words("dental")["employers"]), []).append(ids[0])
    for name, ids in sorted(employers.items()):
        _add_employer(practice, name, [patients[patient] for patient in ids], dice)


def _next_family(practice: Practice) -> str:
    return f"F{501 + len(practice['families'])}"


def _add_household(practice: Practice, members: list[Record], named: bool) -> None:
    head = members[0]
    keys = [f"patient:{member['patient_id']}" for member in members]
    if not named:  # they live together, and no table says so
        practice.households.append(
            {"key": f"household:{head['patient_id']}", "kind": "household", "name": None, "head": keys[0], "members": keys}
        )
        return
    family, name = _next_family(practice), f"{head['last_name']} family"
    practice["families"].append({
        "family_id": family, "name": name, "kind": "household", "head_id": head["patient_id"],
        "head_name": f"{head['last_name']}, {head['first_name']}", "address_line1": head["address_line1"], "address_line2": None,
        "suburb": head["suburb"], "state": head["state"], "postcode": head["postcode"], "phone": head["home_phone"] or head["mobile"],
        "email": head["email"], "created_at": head["created_at"],
    })  # fmt: skip
    for place, member in enumerate(members):
        member["family_id"], member["family_head_id"] = family, head["patient_id"]
        member["family_head_name"] = f"{head['last_name']}, {head['first_name']}"
        member["relationship"] = ("Head", "Spouse", "Child")[min(place, 2)]
    practice.households.append({"key": f"family:{family}", "kind": "household", "name": name, "head": keys[0], "members": keys})


def _add_employer(practice: Practice, name: str, members: list[Record], dice: random.Random) -> None:
    family = _next_family(practice)
    suburb, state, postcode = dice.choice(words("places")["suburbs"])
    practice["families"].append({
        "family_id": family, "name": name, "kind": "employer", "head_id": None, "head_name": None,
        "address_line1": f"{dice.randint(1, 200)} Industrial Dr", "address_line2": None, "suburb": suburb, "state": state,
        "postcode": postcode, "phone": f"+612{dice.randint(60000000, 69999999)}", "email": None,
        "created_at": iso(moment(practice.as_of - timedelta(days=dice.randint(30, 2000)), 600)),
    })  # fmt: skip
    for member in members:
        member["family_id"], member["employer"] = family, name
    keys = [f"patient:{member['patient_id']}" for member in members]
    practice.households.append({"key": f"family:{family}", "kind": "employer", "name": name, "head": None, "members": keys})


def _add_cover(practice: Practice, facts: list[Record], dice: random.Random) -> None:
    """Give cover: a family shares fund and member number and differs by card reference."""
    patients = practice.index("patients")
    home_card: dict[int, tuple[str, str]] = {}
    for fact in facts:
        patient, home = patients[fact["patient_id"]], int(fact["household"])
        chance = dice.random()
        if fact["variation"] or chance > 0.6:
            continue
        card = home_card.setdefault(home, (dice.choice(words("dental")["funds"]), f"{dice.randint(10**6, 10**8 - 1):08d}"))
        cards = [card] + [(dice.choice(words("dental")["funds"]), f"{dice.randint(10**6, 10**8 - 1):08d}") for _ in range(2)]
        for priority in range(1, 1 + (3 if chance < 0.02 else 2 if chance < 0.08 else 1)):
            fund, number = cards[priority - 1]
            practice["health_funds"].append({
                "cover_id": str(7001 + len(practice["health_funds"])), "patient_id": patient["patient_id"], "fund": fund,
                "member_number": number, "card_ref": str(int(fact["position"]) + 1), "coverage": dice.choice([50, 55, 60, 70, 80, 100]),
                "priority": priority, "valid_from": iso(practice.as_of - timedelta(days=dice.randint(100, 3000))), "valid_to": None,
            })  # fmt: skip
        patient["health_fund"], patient["health_fund_number"] = card
        patient["health_fund_card_ref"] = str(int(fact["position"]) + 1)
