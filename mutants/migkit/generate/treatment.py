"""Treatment plans with their items, and clinical notes.

A plan's total is the sum of quantity × fee of its items that are not cancelled; a fee includes its GST.
"""

from __future__ import annotations

import random
from datetime import timedelta

from .practice import SINCE, Practice, Record, day_of, iso, moment
from .words import stream, words

UPPER_FDI = [*range(11, 19), *range(21, 29)]
LOWER_FDI = [*range(31, 39), *range(41, 49)]
MILK_FDI = [*range(51, 56), *range(61, 66), *range(71, 76), *range(81, 86)]
LARGE_NOTES = 3
LARGE_SIZE = 102_400
"""A note longer than this must be split (bytes)."""


def add_plans(practice: Practice, seed: int) -> None:
    """Fill treatment_plans and treatment_items: three plans to five patients, three to four items each."""
    dice = stream(seed, "plans")
    visits = practice.grouped("appointments", "patient_id")
    patients = [p for p in practice["patients"] if p["status"] not in ("merged", "deleted") and p["patient_id"] in visits]
    for number in range(round(0.6 * len(practice["patients"]))):
        add_plan(practice, dice.choice(patients), str(20001 + number), visits, dice)


def add_plan(
    practice: Practice, patient: Record, plan_id: str, visits: dict[str, list[Record]], dice: random.Random, *, new: bool = False
) -> None:
    """Add a plan with its items; `new` ones were proposed yesterday."""
    name = dice.choice(list(words("dental")["plans"]))
    if _is_child(patient):
        name = "Children's care"
    status = dice.choices(["proposed", "accepted", "in_progress", "completed", "declined"], [28, 16, 18, 26, 12])[0]
    if new:
        status = "proposed"
    latest = practice.as_of - timedelta(days=1 if new else dice.randint(5, 330))
    created = max(SINCE, day_of(patient["created_at"]), latest)
    presented = min(created + timedelta(days=dice.randint(0, 5)), practice.as_of)
    accepted = min(presented + timedelta(days=dice.randint(0, 20)), practice.as_of)
    finished = min(accepted + timedelta(days=dice.randint(1, 60)), practice.as_of)
    who = next(p for p in practice["practitioners"] if p["practitioner_id"] == patient["practitioner_id"])
    plan = {
        "plan_id": plan_id, "patient_id": patient["patient_id"], "name": name, "status": status, "created_date": iso(created),
        "presented_date": iso(presented), "accepted_date": iso(accepted) if status in ("accepted", "in_progress", "completed") else None,
        "completed_date": iso(finished) if status == "completed" else None,
        "declined_date": iso(accepted) if status == "declined" else None,
        "practitioner_id": who["practitioner_id"], "practitioner_name": who["full_name"], "total": 0,
        "notes": dice.choice([None, None, "Pt to think about it", "Pre-approval sent; wait for the fund"]),
    }  # fmt: skip
    visit = next((a for a in visits[patient["patient_id"]] if a["status"] == "completed" and a["date"] >= iso(created)), None)
    if visit and status in ("in_progress", "completed") and not visit["plan_id"]:
        visit["plan_id"] = plan_id
    for place, code in enumerate(words("dental")["plans"][name]):
        item = _item(practice, plan, code, place + 1, patient, dice)
        done = status == "completed" or (status == "in_progress" and place == 0)
        item["status"] = "completed" if done else "cancelled" if place and dice.random() < 0.04 else "planned"
        if done:
            item["completed_date"] = visit["date"] if visit else iso(finished)
            item["appointment_id"] = visit["appointment_id"] if visit else None
        practice["treatment_items"].append(item)
        if item["status"] != "cancelled":
            plan["total"] += item["quantity"] * item["fee"]
    practice["treatment_plans"].append(plan)


def _item(practice: Practice, plan: Record, code: str, visit: int, patient: Record, dice: random.Random) -> Record:
    description, fee, site = words("dental")["items"][code]
    fee += dice.choice([0, 0, 0, 150, -50, 1005])
    rebate = fee * dice.choice([0, 50, 60]) // 100 if patient["health_fund"] else 0
    one_two_three = {"1": dice.choice(["O", "B", "M"]), "2": dice.choice(["MO", "DO"]), "3": "MOD"}
    return {
        "item_id": str(30001 + len(practice["treatment_items"])), "plan_id": plan["plan_id"], "visit": visit, "item_code": code,
        "description": description, "tooth": tooth_of(patient, code, dice) if site else None,
        "surfaces": one_two_three[code[2]] if site == "surfaces" else None,
        "quantity": 2 if code == "022" and dice.random() < 0.3 else 1, "fee": fee,
        "gst": round(fee / 11) if code in words("dental")["taxable"] else 0, "fund_rebate": rebate, "gap": fee - rebate, "status": "",
        "completed_date": None, "appointment_id": None, "practitioner_id": plan["practitioner_id"],
        "practitioner_name": plan["practitioner_name"],
    }  # fmt: skip


def tooth_of(patient: Record, code: str, dice: random.Random) -> str:
    """Return an FDI tooth: milk teeth for small children, the front for anterior fillings."""
    if code == "521":
        return str(dice.choice([11, 12, 13, 21, 22, 23, 31, 41]))
    return str(dice.choice(MILK_FDI if _is_child(patient) else UPPER_FDI + LOWER_FDI))


def _is_child(patient: Record) -> bool:
    return bool(patient["birth_date"] and patient["birth_date"] > "2015")


def add_notes(practice: Practice, seed: int) -> None:
    """Fill clinical_notes: one to a patient, some with unsafe markup, a few over 100 KB."""
    dice = stream(seed, "notes")
    texts = words("dental")["notes"]
    done = [a for a in practice["appointments"] if a["status"] == "completed" and a["patient_id"]]
    plans = practice.grouped("treatment_plans", "patient_id")
    for number in range(len(practice["patients"])):
        visit = dice.choice(done)
        title, content = dice.choice(texts)
        if number < LARGE_NOTES:
            title, content = "Imported chart", _long_chart(dice)
        plan = next(iter(plans.get(visit["patient_id"], ())), None) if dice.random() < 0.2 else None
        written = moment(day_of(visit["date"]), 60 * int(visit["end_time"][:2]) + int(visit["end_time"][3:]) + dice.randint(0, 25))
        practice["clinical_notes"].append({
            "note_id": str(90001 + number), "patient_id": visit["patient_id"], "at": iso(written),
            "practitioner_id": visit["practitioner_id"], "author": visit["practitioner_name"], "title": title, "content": content,
            "appointment_id": visit["appointment_id"],
            "plan_id": plan["plan_id"] if plan else None,
        })  # fmt: skip


def _long_chart(dice: random.Random) -> str:
    line = "<p>{day:%d/%m/%Y}: tooth {tooth}, probing {a} {b} {c} mm, “stable” – review.</p>\n"
    parts: list[str] = []
    size = 0
    day = SINCE
    while size < LARGE_SIZE + 8000:
        day -= timedelta(days=3)
        parts.append(line.format(day=day, tooth=dice.choice(UPPER_FDI), a=dice.randint(1, 6), b=dice.randint(1, 6), c=dice.randint(1, 6)))
        size += len(parts[-1].encode())
    return "".join(parts).rstrip()
