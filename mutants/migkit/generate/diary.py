"""The appointment book, recalls and communications."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from .practice import SINCE, Practice, Record, day_of, iso, moment
from .words import stream, words

PER_PATIENT = 3
AHEAD = timedelta(days=150)
OPENS, CLOSES = 8 * 60, 18 * 60
NEVER_HAPPENED = date(2026, 10, 4)
"""Clocks went from 02:00 to 03:00 in New South Wales: 02:30 does not exist."""
HAPPENED_TWICE = date(2026, 4, 5)
"""Clocks went back from 03:00 to 02:00: 02:30 was twice."""


class Diary:
    """Hands out free slots: every practitioner has a chair of their own, so nothing clashes unless it is meant to."""

    def __init__(self, practitioners: list[Record], dice: random.Random) -> None:
        self.clinicians = [p for p in practitioners if p["role"] not in ("Receptionist", "Practice manager") and p["active"]]
        self.free: dict[tuple[str, date], int] = {}
        self.dice = dice

    def slot(self, first: date, last: date, minutes: int, practitioner: Record | None = None) -> tuple[Record, datetime]:
        """Return (practitioner, start) of a free slot on a working day from `first` to `last`."""
        for _ in range(200):
            day = first + timedelta(days=self.dice.randint(0, (last - first).days))
            who = practitioner or self.dice.choice(self.clinicians)
            start = self.free.get((who["practitioner_id"], day), OPENS)
            if day.weekday() < 5 and start + minutes <= CLOSES and _works(who, day):
                self.free[(who["practitioner_id"], day)] = start + minutes
                return who, moment(day, start)
        raise ValueError("the made-up diary is full: there are more appointments than working hours")


def _works(practitioner: Record, day: date) -> bool:
    """Return whether a practitioner is in on that day; the dentist with two locations changes over at midweek."""
    return {"2": day.weekday() < 3, "3": day.weekday() >= 3}.get(practitioner["practitioner_id"], True)


def add_appointments(practice: Practice, seed: int) -> None:
    """Fill appointments for the past year and the months ahead, and the awkward ones that every book has."""
    dice = stream(seed, "appointments")
    diary = Diary(practice["practitioners"], dice)
    types = words("dental")["appointment_types"]
    names, weights = list(types), [weight for _, weight in types.values()]
    long_known = iso(practice.as_of - timedelta(days=30))
    seen = [
        p
        for p in practice["patients"]
        if p["status"] == "active" or (p["status"] not in ("merged", "deleted") and p["created_at"] < long_known)
    ]
    visits: set[tuple[str, date]] = set()
    for _ in range(PER_PATIENT * len(practice["patients"])):
        patient = dice.choice(seen)
        kind = dice.choices(names, weights)[0]
        first, last = max(SINCE, day_of(patient["created_at"])), practice.as_of
        # nobody comes before they were registered, and those who left do not come back
        if last - first < timedelta(days=10) or (patient["status"] == "active" and dice.random() < 0.25):
            first, last = practice.as_of + timedelta(days=3), practice.as_of + AHEAD
        who, start = diary.slot(first, last, types[kind][0])
        if (patient["patient_id"], start.date()) in visits:
            continue  # nobody comes twice a day by chance
        visits.add((patient["patient_id"], start.date()))
        practice["appointments"].append(appointment_record(practice, patient, kind, start, types[kind][0], who, dice))
    _add_awkward(practice, dice)
    practice["appointments"].sort(key=lambda a: (a["start_at"], a["practitioner_id"], a["appointment_id"]))
    note_visits(practice)


def appointment_record(
    practice: Practice, patient: Record | None, kind: str, start: datetime, minutes: int, who: Record, dice: random.Random
) -> Record:
    """Return one booking, its status drawn by whether it lies in the past."""
    lists = words("dental")
    past = start.date() <= practice.as_of
    shares = {"completed": 80, "cancelled": 9, "did_not_attend": 7, "booked": 4} if past else {"booked": 93, "cancelled": 7}
    status = dice.choices(list(shares), list(shares.values()))[0]
    end = start + timedelta(minutes=minutes)
    booked = min(start - timedelta(days=dice.randint(1, 60)), moment(practice.as_of, 1000) - timedelta(days=dice.randint(0, 20)))
    online = dice.random() < 0.2
    return {
        "appointment_id": str(50001 + len(practice["appointments"])), "patient_id": patient["patient_id"] if patient else None,
        "date": iso(start.date()), "start_time": f"{start:%H:%M}", "end_time": f"{end:%H:%M}", "start_at": iso(start), "end_at": iso(end),
        "duration": minutes, "practitioner_id": who["practitioner_id"], "practitioner_name": who["full_name"],
        "chair": f"Chair {who['practitioner_id']}", "location": who["location"], "type": kind, "status": status,
        "notes": dice.choice(lists["appointment_notes"]) if dice.random() < 0.2 else None,
        "booked_by": "Online" if online else dice.choice(["Kim", "Jo"]), "booked_at": iso(booked.replace(second=0)),
        "online_booking": online,
        "cancelled_reason": dice.choice(lists["cancel_reasons"]) if status == "cancelled" else None, "plan_id": None,
        "modified_at": iso(min(end, moment(practice.as_of, 1080))),
    }  # fmt: skip


def _add_awkward(practice: Practice, dice: random.Random) -> None:
    """Add hours that never were or were twice, double bookings, repeated bookings and bookings without a patient."""
    rate = max(1, len(practice["patients"]) // 100)
    book = practice["appointments"]
    active = [p for p in practice["patients"] if p["status"] == "active" and p["created_at"] < "2026-03"]
    first, other = practice["practitioners"][0], practice["practitioners"][3]

    def add(condition: str, patient: Record | None, start: datetime, who: Record, **fields: str) -> None:
        record = appointment_record(practice, patient, "Emergency", start, 30, who, dice) | fields
        book.append(record)
        practice.conditions.append({"kind": condition, "table": "appointments", "keys": [f"appointment:{record['appointment_id']}"]})

    for condition, day in (("nonexistent-local-time", NEVER_HAPPENED), ("ambiguous-local-time", HAPPENED_TWICE)):
        add(condition, dice.choice(active), moment(day, 150), first, status="completed")
        add("daylight-saving-day", dice.choice(active), moment(day, 10 * 60), first, status="completed")
    clean = [a for a in book if a["status"] in ("completed", "booked") and a["duration"] == 45 and a["date"] != iso(NEVER_HAPPENED)]
    chosen = iter(dice.sample(clean, min(len(clean), 3 * rate)))
    for _ in range(rate):
        for condition in ("double-booked-chair", "double-booked-provider", "repeated-booking"):
            _clash(practice, condition, chosen, (first, other), dice.choice(active))
        add("booking-without-patient", None, moment(practice.as_of + timedelta(days=dice.randint(5, 60)), 12 * 60 + 5), first,
            status="booked", type="Lunch", chair="Staff room")  # fmt: skip


def _clash(practice: Practice, condition: str, chosen: Iterator[Record], others: tuple[Record, Record], patient: Record) -> None:
    """Add a copy of an existing booking that clashes with it."""
    old = next(chosen, None)
    if old is None:
        return
    new = dict(old, appointment_id=str(50001 + len(practice["appointments"])))
    if condition == "double-booked-chair":
        who = others[0] if old["practitioner_id"] != others[0]["practitioner_id"] else others[1]
        new |= {"patient_id": patient["patient_id"], "practitioner_id": who["practitioner_id"], "practitioner_name": who["full_name"]}
    elif condition == "double-booked-provider":
        new |= {"patient_id": patient["patient_id"], "chair": "Chair 99"}
    practice["appointments"].append(new)
    keys = [f"appointment:{old['appointment_id']}", f"appointment:{new['appointment_id']}"]
    practice.conditions.append({"kind": condition, "table": "appointments", "keys": keys})


def note_visits(practice: Practice) -> None:
    """Write first, last and next visit into the patients."""
    patients, today = practice.index("patients"), iso(practice.as_of)
    for patient in patients.values():
        patient |= {"first_visit": None, "last_visit": None, "next_visit": None}
    for appointment in practice["appointments"]:
        if appointment["patient_id"] is None:
            continue
        patient = patients[appointment["patient_id"]]
        if appointment["status"] == "completed" and appointment["date"] <= today:
            patient["first_visit"] = patient["first_visit"] or appointment["date"]
            patient["last_visit"] = appointment["date"]
        elif appointment["status"] == "booked" and appointment["date"] > today:
            patient["next_visit"] = patient["next_visit"] or appointment["date"]


def add_recalls(practice: Practice, seed: int) -> None:
    """Fill recalls, three to four patients."""
    dice = stream(seed, "recalls")
    types, staff = words("dental")["recall_types"], practice.index("practitioners")
    for patient in practice["patients"]:
        if patient["status"] not in ("active", "inactive") or dice.random() > 0.85:
            continue
        kind = dice.choice(list(types))
        due = practice.as_of + timedelta(days=dice.randint(-120, 200))
        sent = practice.as_of - timedelta(days=dice.randint(1, 60))
        status = dice.choices(["due", "sent", "booked", "completed", "cancelled"], [50, 20, 12, 10, 8])[0]
        who = dice.choice([staff[place] for place in ("1", "2", "4", "6")])
        practice["recalls"].append({
            "recall_id": str(60001 + len(practice["recalls"])), "patient_id": patient["patient_id"], "type": kind, "interval": types[kind],
            "due_date": iso(due), "last_sent": iso(sent) if status in ("sent", "booked") else None,
            "method": dice.choice(["SMS", "E-mail", "Letter"]), "status": status,
            "send_to": "Family head" if patient["relationship"] == "Child" else "Self",
            "practitioner_id": who["practitioner_id"], "practitioner_name": who["full_name"],
        })  # fmt: skip


def add_communications(practice: Practice, seed: int) -> None:
    """Fill communications, five to four patients."""
    dice = stream(seed, "communications")
    texts, outcomes = words("dental")["communications"], words("dental")["outcomes"]
    known = [p for p in practice["patients"] if p["status"] not in ("merged", "deleted")]
    for number in range(round(1.25 * len(practice["patients"]))):
        patient = dice.choice(known)
        kind, direction, subject, content = dice.choice(texts)
        at = moment(practice.as_of - timedelta(days=dice.randint(0, 360)), dice.randint(480, 1080))
        practice["communications"].append({
            "communication_id": str(80001 + number), "patient_id": patient["patient_id"], "at": iso(at), "kind": kind,
            "direction": direction, "subject": subject, "content": content,
            "author": "Taylor, Kim" if dice.random() < 0.7 else "Bennett, Jo", "outcome": dice.choice(outcomes) or None,
        })  # fmt: skip
