"""Appointments, messages and recalls, as the truth says they must stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from .target import CONTRACT, Record
from .truth import Truth, day

STATUS = {"completed": "Completed", "booked": "Booked", "cancelled": "Cancelled", "did_not_attend": "Did not attend"}
PREFIX = {"cancelled": "Cancelled: ", "did_not_attend": "Did not attend: "}


def activities(truth: Truth, persons: dict[str, Record]) -> dict[str, Record]:
    """Activity key → Activity, but for the payment histories."""
    found = _appointments(truth, persons) | _communications(truth, persons) | _recalls(truth, persons)
    return {key: {name: value for name, value in record.items() if value is not None} for key, record in found.items()}


def _appointments(truth: Truth, persons: dict[str, Record]) -> dict[str, Record]:
    rules = CONTRACT["appointment_types"]
    plans: dict[str, set[str]] = defaultdict(set)
    for item in truth.rows("treatment_items"):
        plans[item["appointment_id"]].add(item["plan_id"])
    kept = _kept_types(truth, rules["cap"])
    found = {}
    for row in truth.rows("appointments"):
        start, status = truth.utc(row["start_at"]), row["status"]
        past = row["date"] < truth.today
        person = truth.person_of[row["patient_id"]]
        done_in = plans[row["appointment_id"]] if len(plans[row["appointment_id"]]) == 1 else set()
        plan = row["plan_id"] or next(iter(done_in), None)
        facts = {
            "Appointment_Type__c": row["type"],
            "Status": STATUS[status],
            "Provider": truth.provider(row["practitioner_id"]),
            "Chair": row["chair"],
            "Location": row["location"],
            "Cancelled because": row["cancelled_reason"],
            "Booked by": row["booked_by"],
            "Booked on": minute(row["booked_at"]),
            "Booked online": "yes" if row["online_booking"] else None,
        }
        found[f"appointment:{row['appointment_id']}"] = {
            "subject": f"{PREFIX.get(status, '')}{row['type']}",
            "type": rules[status] if status in PREFIX else kept.get(row["type"], rules["other"]),
            "due_date": start.date().isoformat(),
            "due_time": start.strftime("%H:%M"),
            "duration": f"{row['duration'] // 60:02d}:{row['duration'] % 60:02d}",
            "done": status != "booked",
            "busy": status == "booked" and not past,
            "location": row["location"],
            "person": person,
            "deal": f"plan:{plan}" if plan else None,
            "owner": truth.user(row["practitioner_id"], persons[person]["owner"]),
            "lines": _lines(facts, row["notes"]),
        }
    return found


def _kept_types(truth: Truth, cap: int) -> dict[str, str]:
    """Appointment type → activity type, for the most frequent ones; one that is called like another activity is told apart."""
    counts = Counter(row["type"] for row in truth.rows("appointments"))
    others = {entry["name"] for entry in CONTRACT["activity_types"].values()}
    assert len(counts) <= cap or counts.most_common()[cap - 1][1] > counts.most_common()[cap][1], "the rarest kept type is a tie"
    return {kind: f"Appointment – {kind}" if kind in others else kind for kind, _ in counts.most_common(cap)}


def _communications(truth: Truth, persons: dict[str, Record]) -> dict[str, Record]:
    authors = {row["full_name"]: row["practitioner_id"] for row in truth.rows("practitioners")}
    ways = {"inbound": "from the patient", "outbound": "to the patient"}
    found = {}
    for row in truth.rows("communications"):
        at, person = truth.utc(row["at"]), truth.person_of[row["patient_id"]]
        way = ways.get(row["direction"])
        kind = CONTRACT["activity_types"][row["kind"]]["name"]
        found[f"communication:{row['communication_id']}"] = {
            "subject": row["subject"] or f"{kind} {way or ''}".strip(),
            "type": kind,
            "due_date": at.date().isoformat(),
            "due_time": at.strftime("%H:%M"),
            "done": True,
            "busy": False,
            "person": person,
            "owner": truth.user(authors.get(row["author"]), persons[person]["owner"]),
            "lines": _lines({"Direction": way, "By": row["author"], "Outcome": row["outcome"]}, row["content"]),
        }
    return found


def _recalls(truth: Truth, persons: dict[str, Record]) -> dict[str, Record]:
    name = CONTRACT["activity_types"]["recall"]["name"]
    found = {}
    for row in truth.rows("recalls"):
        person = truth.person_of[row["patient_id"]]
        facts = {
            "Recall": row["type"],
            "Status": row["status"],
            "Interval": row["interval"],
            "Last sent": day(row["last_sent"]),
            "By": row["method"],
            "Send to": row["send_to"],
        }
        found[f"recall:{row['recall_id']}"] = {
            "subject": f"{'Cancelled: ' if row['status'] == 'cancelled' else ''}{name}: {row['type']}",
            "type": name,
            "due_date": row["due_date"],
            "done": row["status"] not in ("due", "sent"),
            "busy": False,
            "person": person,
            "owner": truth.user(row["practitioner_id"], persons[person]["owner"]),
            "lines": _lines(facts, None),
        }
    return found


def minute(local: str | None) -> str | None:
    """`16 Oct 2025 08:00`, on the practice's clock."""
    return f"{day(local)} {local[11:16]}" if local else None


def _lines(facts: dict[str, Any], text: str | None) -> list[str]:
    lines = [f"{label}: {value}" for label, value in facts.items() if value]
    return sorted(lines + [" ".join(line.split()) for line in (text or "").split("\n") if line.strip()])


def activity_as_found(record: Record) -> Record:
    """An activity as read, its note's lines sorted."""
    return {name: value for name, value in record.items() if value is not None} | {"lines": sorted(record["lines"])}
