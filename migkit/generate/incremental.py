"""The practice nine days on: what a second export shows."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

from .diary import Diary, appointment_record, note_visits
from .money import Ledger, set_balances, settle_invoices
from .papers import FOLDER, add_file
from .patients import patient_record
from .population import people
from .practice import KEYS, SECOND_DAY, Practice, Record, iso, moment
from .treatment import add_plan
from .words import stream, words

REFERENCES = ("patient_id", "bill_to_id", "head_id", "family_head_id", "merged_into_id", "converted_patient_id")


def nine_days_on(before: Practice, seed: int) -> Practice:
    """Return the practice on `SECOND_DAY`: new, changed and gone records, a household that moved, an earlier month altered."""
    practice = replace(
        before, as_of=SECOND_DAY, tables={table: [dict(record) for record in records] for table, records in before.tables.items()},
        persons=dict(before.persons), households=[{**home, "members": list(home["members"])} for home in before.households],
    )  # fmt: skip
    dice = stream(seed, "later")
    few = max(2, len(practice["patients"]) // 50)
    _live_on(practice, dice)
    _change_patients(practice, few, dice)
    _move(practice, dice)
    newcomers = _register(practice, few, seed, dice)
    _book(practice, newcomers, dice)
    _bill(practice, few, dice)
    _alter_an_earlier_month(practice, dice)
    _lose(practice, dice)
    settle_invoices(practice)
    set_balances(practice)
    note_visits(practice)
    return practice


def _live_on(practice: Practice, dice: random.Random) -> None:
    """Let the booked visits of the nine days happen; plans and recalls move on."""
    for appointment in practice["appointments"]:
        if appointment["status"] == "booked" and "2026-10-31" < appointment["date"] < iso(SECOND_DAY) and appointment["patient_id"]:
            appointment["status"] = "did_not_attend" if dice.random() < 0.1 else "completed"
            appointment["modified_at"] = appointment["end_at"]
    proposed = [p for p in practice["treatment_plans"] if p["status"] == "proposed"]
    for plan in dice.sample(proposed, min(3, len(proposed))):
        plan |= {"status": "accepted", "accepted_date": iso(SECOND_DAY - timedelta(days=2))}
    due = [r for r in practice["recalls"] if r["status"] == "due"]
    for recall in dice.sample(due, min(4, len(due))):
        recall |= {"status": "sent", "last_sent": iso(SECOND_DAY - timedelta(days=3))}


def _change_patients(practice: Practice, few: int, dice: random.Random) -> None:
    """Give some patients a new phone or e-mail, let some leave, and merge one open second record into its first."""
    patients = practice.index("patients")
    firsts = {practice.persons[p] for p in practice.variations}
    plain = [p for p in patients.values() if p["status"] == "active" and p["patient_id"] not in practice.variations and p["mobile"]]
    plain = [p for p in plain if p["patient_id"] not in firsts]
    changed = dice.sample(plain, min(len(plain), 2 * few + 1))
    for place, patient in enumerate(changed):
        if place == 0:
            patient["status"] = "inactive"
        elif place % 2:
            patient["mobile"] = f"+61400{dice.randint(100000, 999999)}"
        else:
            patient["email"] = f"new.address{patient['patient_id']}@example.org"
    tombs = [patients[p] for p in practice.variations if patients[p]["status"] == "active"][:1]
    for patient in tombs:
        patient |= {"status": "merged", "archived": True, "merged_into_id": practice.persons[patient["patient_id"]]}
    for patient in [*changed, *tombs]:
        patient["modified_at"] = iso(moment(SECOND_DAY - timedelta(days=1), 700))


def _move(practice: Practice, dice: random.Random) -> None:
    """Move one family to another address, and one partner out of another family."""
    patients, families = practice.index("patients"), practice.index("families")
    named = [h for h in practice.households if h["kind"] == "household" and h["name"]]
    if not named:
        return
    suburb, state, postcode = words("places")["suburbs"][1]
    address = {"address_line1": f"{dice.randint(1, 90)} Moving Pde", "suburb": suburb, "state": state, "postcode": postcode}
    moving = named[0]
    families[moving["key"].removeprefix("family:")] |= address
    for key in moving["members"]:
        patients[key.removeprefix("patient:")] |= address | {"modified_at": iso(moment(SECOND_DAY - timedelta(days=1), 800))}
    splitting = next((h for h in named[1:] if len(h["members"]) > 2), None)
    if splitting:
        leaver = splitting["members"][1]
        splitting["members"].remove(leaver)
        alone = {"family_id": None, "family_head_id": None, "family_head_name": None, "relationship": None}
        patients[leaver.removeprefix("patient:")] |= address | alone | {"address_line1": "7 Own Ct", "home_phone": None}


def _register(practice: Practice, few: int, seed: int, dice: random.Random) -> list[Record]:
    """Add new patients, each living alone."""
    frame, truth = people(8 * few, seed + 1_000_003, 0)
    frame = frame[(truth["position"] == 0) & frame["mobile"].notna()].head(few)
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    start = max(int(p["patient_id"]) for p in practice["patients"]) + 1
    added = []
    for number, row in enumerate(rows, start):
        row["patient_id"] = str(number)
        fact = {"patient_id": row["patient_id"], "person": row["patient_id"], "variation": "", "trait": "", "position": 0}
        patient = patient_record(row, fact, True, practice, dice)
        registered = moment(SECOND_DAY - timedelta(days=dice.randint(1, 7)), dice.randint(500, 1000))
        patient |= {"created_at": iso(registered), "modified_at": iso(registered)}
        practice["patients"].append(patient)
        practice.persons[row["patient_id"]] = row["patient_id"]
        added.append(patient)
    return added


def _book(practice: Practice, newcomers: list[Record], dice: random.Random) -> None:
    """Book visits further ahead than anything in the first export, so that nothing clashes by chance; propose a plan."""
    diary = Diary(practice["practitioners"], dice)
    regulars = dice.sample([p for p in practice["patients"] if p["status"] == "active"], len(newcomers))
    number = max(int(a["appointment_id"]) for a in practice["appointments"])
    for patient in [*newcomers, *regulars]:
        number += 1
        who, start = diary.slot(SECOND_DAY + timedelta(days=160), SECOND_DAY + timedelta(days=190), 45)
        booked = appointment_record(practice, patient, "Check-up & clean", start, 45, who, dice)
        practice["appointments"].append(booked | {"appointment_id": str(number), "status": "booked", "cancelled_reason": None})
    visits = practice.grouped("appointments", "patient_id")
    plan = max(int(p["plan_id"]) for p in practice["treatment_plans"]) + 1
    add_plan(practice, newcomers[0], str(plan), visits, dice, new=True)


def _bill(practice: Practice, few: int, dice: random.Random) -> None:
    """Pay some open invoices and invoice some of the visits of the nine days."""
    ledger, day = Ledger(practice, dice), SECOND_DAY - timedelta(days=2)
    owing = [i for i in practice["invoices"] if i["balance"] > 0 and i["status"] != "void"]
    for invoice in dice.sample(owing, min(few, len(owing))):
        payer = invoice["bill_to_id"] or invoice["patient_id"]
        number, who = invoice["invoice_id"], invoice["practitioner_name"]
        ledger.payment(day, payer, who, "payment", "eftpos", invoice["balance"], invoice_id=number)
    staff, patients = practice.index("practitioners"), practice.index("patients")
    code = "012"
    description, fee, _ = words("dental")["items"][code]
    seen = [a for a in practice["appointments"] if a["status"] == "completed" and a["date"] > "2026-10-31" and a["patient_id"]]
    for visit in seen[: 2 * few]:
        line = {"item_code": code, "description": description, "tooth": None, "quantity": 1, "fee": fee, "discount": 0, "gst": 0}
        patient, who = patients[visit["patient_id"]], staff[visit["practitioner_id"]]
        invoice = ledger.invoice(SECOND_DAY - timedelta(days=3), patient, who, None, [line], "unpaid")
        ledger.payment(day, patient["patient_id"], who["full_name"], "payment", "eftpos", fee // 2, invoice_id=invoice["invoice_id"])
    new = practice["invoices"][-1]
    path = f"{FOLDER}/invoices/{new['invoice_id']}.pdf"
    add_file(practice, new["patient_id"], path, "Invoice", new["date"], invoice_id=new["invoice_id"])


def _alter_an_earlier_month(practice: Practice, dice: random.Random) -> None:
    """Change a payment and an invoice line of the summer."""
    paid = [
        p for p in practice["payments"] if p["kind"] == "payment" and not p["reversed"] and p["date"] < "2026-07" and p["amount"] > 5000
    ]
    paid[dice.randrange(len(paid))]["amount"] -= 1500
    lines = practice.grouped("invoice_lines", "invoice_id")
    old = [i for i in practice["invoices"] if i["status"] == "overdue" and i["date"] < "2026-08" and i["net"] > 5000]
    if old:
        invoice = dice.choice(old)
        for record in (lines[invoice["invoice_id"]][0], invoice):
            record["total"] += 1000
        lines[invoice["invoice_id"]][0]["fee"] += 1000
        lines[invoice["invoice_id"]][0]["discount"] += 1000 * (lines[invoice["invoice_id"]][0]["quantity"] - 1)
        invoice["net"] += 1000


def _lose(practice: Practice, dice: random.Random) -> None:
    """Drop records that nothing else needs: bookings, a lead, a message, a patient without any history."""
    used = {a["appointment_id"] for t in ("clinical_notes", "treatment_items") for a in practice[t] if a["appointment_id"]}
    spare = [
        a for a in practice["appointments"] if a["status"] == "booked" and a["date"] > iso(SECOND_DAY) and a["appointment_id"] not in used
    ]
    awkward = {key for condition in practice.conditions for key in condition["keys"]}
    spare = [a for a in spare if f"appointment:{a['appointment_id']}" not in awkward]
    gone = _without_history(practice)[:1]
    for table, lost in (
        ("appointments", dice.sample(spare, min(2, len(spare)))),
        ("leads", practice["leads"][3:4]),
        ("communications", practice["communications"][5:6]),
        ("patients", gone),
        ("health_funds", [c for c in practice["health_funds"] if c["patient_id"] in {p["patient_id"] for p in gone}]),
    ):
        ids = {record[KEYS[table]] for record in lost}
        practice.tables[table] = [record for record in practice[table] if record[KEYS[table]] not in ids]
    left = {p["patient_id"] for p in practice["patients"]}
    practice.persons = {patient: person for patient, person in practice.persons.items() if patient in left}


def _without_history(practice: Practice) -> list[Record]:
    """Return first records that live alone and that no other record but cover refers to."""
    seen = {
        record[name]
        for table, records in practice.tables.items()
        for record in records
        for name in REFERENCES
        if record.get(name) and table != "health_funds" and not (table == "patients" and name == "patient_id")
    }
    seen |= {practice.persons[p] for p in practice.variations} | set(practice.variations)
    seen |= {key.removeprefix("patient:") for household in practice.households for key in household["members"]}
    return [p for p in practice["patients"] if p["patient_id"] not in seen]


def changes(before: Practice, after: Practice) -> dict[str, Any]:
    """Return {table: {new: records, changed: {id: {field: value}}, gone: ids}} between two days."""
    found: dict[str, Any] = {}
    for table in KEYS:
        old, new = before.index(table), after.index(table)
        changed = {key: {f: v for f, v in new[key].items() if old[key].get(f) != v} for key in new if key in old and new[key] != old[key]}
        found[table] = {
            "new": [new[key] for key in new if key not in old],
            "changed": changed,
            "gone": [key for key in old if key not in new],
        }
    return found
