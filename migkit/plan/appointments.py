"""Appointments → Activities: type, time, status, provider, chair; linked to person and to the plan's deal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord

from .activities import Folded, add_activity, due, fold_old
from .context import Context
from .deals import Deals
from .people import Persons
from .rows import Row
from .times import to_utc

_STATUS = {"completed": "Completed", "booked": "Booked", "cancelled": "Cancelled", "did_not_attend": "Did not attend"}
_OVER = frozenset(_STATUS) - {"booked"}
"""What is known to be over; a status that nobody knows is as open as a booking."""
_PREFIX = {"cancelled": "Cancelled: ", "did_not_attend": "Did not attend: "}


def plan_appointments(context: Context, persons: Persons, deals: Deals, types: Mapping[str, str]) -> list[Folded]:
    """Add one activity per appointment that goes on, and settle all rows of the table; return what the policy `older_than` folds.

    `types` is appointment type → activity type, as `appointment_types` finds them over the whole practice.
    """
    folded = []
    plan_of = _plans_by_appointment(context)
    for row in context.rows("appointments"):
        person = persons.required(row, ("plan_id", "treatment_plans"))
        if person is None:
            continue
        if row.get("status") in _PREFIX and context.policies["cancelled_appointments"] == "exclude":
            context.book.exclude(row, Message.of("cancelled-left-out"))
            continue
        deal = deals.of_treatment_plan(row.get("plan_id") or plan_of.get(row["appointment_id"]))
        folded += _plan_appointment(context, row, types, persons, persons.records[person], deal)
    return folded


def _plan_appointment(
    context: Context, row: Row, types: Mapping[str, str], persons: Persons, person: DesiredRecord, deal: DesiredRecord | None
) -> list[Folded]:
    status = row.get("status") or "booked"
    kind = row.get("type") or "Appointment"
    start, timed = starts(row)
    if old := fold_old(context, row, person, start, f"{kind}, {_STATUS.get(status, status).lower()}"):
        return [old]
    if context.take_over(row, f"note:{row['_key']}"):
        return []
    minutes = _minutes(context, row, start) if timed else None
    when = due(context, row, start, timed=timed, minutes=minutes, location=row.get("location"))
    if when is None or start is None:
        return []
    past = start.date() < context.today
    if past and status == "booked":
        context.note_problem("past-booking", "appointments", row["_key"])
    fields = context.write.fields(
        ObjectType.ACTIVITY,
        row,
        **when,
        subject=f"{_PREFIX.get(status, '')}{kind}",
        done=status in _OVER or (past and context.policies["past_bookings"] == "done"),
        busy=not past and status not in _OVER,
    )
    lines = [
        *context.write.parts("appointment", row, kind=kind, status=_in_words(row, status), provider=context.provider(row)),
        *context.write.new_lines(row),
        *context.write.parts("appointment_notes", row),
    ]
    activity_type = context.map["appointment_types"][status] if status in _PREFIX else types[kind]
    owner = context.owner(row.get("practitioner_id"), person.owner)
    wave = persons.wave(person, current=not past, parents=[deal])
    add_activity(context, row, activity_type, fields, lines, person=person, deal=deal, owner=owner, wave=wave)
    return []


def _in_words(row: Row, status: str) -> str:
    """Return a status as the note has it, with what the practice system says besides: `Booked (Confirmed)`."""
    label = _STATUS.get(status, status)
    return f"{label} ({row['status_words']})" if row.get("status_words") else label


def starts(row: Row) -> tuple[datetime | None, bool]:
    """Return when an appointment starts on the practice's wall clock, and whether the time of day is known."""
    if row.get("start_at"):
        return row["start_at"], True
    day: datetime | None = row.get("date")
    if day is None:
        return None, False
    at = _at(day, row.get("start_time"))
    return (at, True) if at else (day, False)


def _minutes(context: Context, row: Row, start: datetime | None) -> int | None:
    """Return the length in minutes: as exported, else from start to end as time really passed."""
    if row.get("duration"):
        return int(row["duration"])
    if start is None:
        return None
    end = row.get("end_at") or _at(start, row.get("end_time"))
    if end is None:
        return None
    if end < start:
        context.note_problem("ends-before-start", "appointments", row["_key"])
        return None
    zone = context.settings.zone_of(row.get("location"))
    instants = [to_utc(local, zone, ambiguous="earlier", nonexistent="shift")[0] for local in (start, end)]
    first, last = (instant for instant in instants if instant)
    return int((last - first) / timedelta(minutes=1)) or None


def _at(day: datetime, time: str | None) -> datetime | None:
    if not time:
        return None
    hours, minutes = time.split(":")[:2]
    return day.replace(hour=int(hours), minute=int(minutes), second=0)


def appointment_types(context: Context) -> dict[str, str]:
    """Return appointment type → activity type name: the most frequent ones keep their own, the rest share one.

    Spellings that differ only in case and punctuation are one type, since Pipedrive makes its key from the name. A type
    that is called like another kind of activity (`Recall`) is told apart from it.
    """
    rules = context.map["appointment_types"]
    taken = {_bare(spec["name"]) for spec in context.map["activity_types"].values()}
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for row in context.rows("appointments"):
        kind = row.get("type") or "Appointment"
        spellings[_bare(kind)][kind] += 1
    keep = {_bare(name) for name in rules["keep"]}
    ranked = sorted(spellings, key=lambda bare: (bare not in keep, -spellings[bare].total(), bare))
    room = max(rules["cap"], len(keep))
    found: dict[str, str] = {}
    for index, bare in enumerate(ranked):
        name = min(spellings[bare], key=lambda spelling: (-spellings[bare][spelling], spelling))
        if index >= room:
            context.note_problem("appointment-types-folded", "appointments", name)
        own = f"Appointment – {name}" if bare in taken else name
        found |= dict.fromkeys(spellings[bare], own if index < room else rules["other"])
    return found


def _bare(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum()) or name


def _plans_by_appointment(context: Context) -> dict[str, str]:
    """Return appointment id → plan id, where the items of exactly one plan were done in that appointment."""
    plans: dict[str, set[str]] = defaultdict(set)
    for item in context.rows("treatment_items"):
        if item.get("appointment_id"):
            plans[item["appointment_id"]].add(item["plan_id"])
    return {appointment: next(iter(found)) for appointment, found in plans.items() if len(found) == 1}
