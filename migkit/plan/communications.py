"""Calls, e-mails, SMS and letters → done Activities at their time; recalls → Activities at their due date, open while due."""

from __future__ import annotations

from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord

from .activities import Folded, add_activity, add_to_do, due, fold_old
from .context import Context
from .people import Persons
from .policies import is_table_sent
from .rows import Row
from .text import short

_DIRECTIONS = {"inbound": "from the patient", "outbound": "to the patient"}
_CLOSED_RECALLS = ("booked", "completed", "cancelled")


def plan_communications(context: Context, persons: Persons) -> list[Folded]:
    """Add one done activity per communication; return what the policy `older_than` folds."""
    folded = []
    authors = {row["full_name"].casefold(): row["_key"] for row in context.rows("practitioners") if row.get("full_name")}
    authors |= {name.casefold(): key for key, name in context.practitioners.items()}
    for row in context.rows("communications"):
        if not is_table_sent(context.map["privacy"], "communications"):
            context.book.exclude(row, Message.of("private-left-out", table="communications"))
        elif person := persons.required(row):
            author = authors.get((row.get("author") or "").casefold(), "")
            folded += _plan_communication(context, row, persons, persons.records[person], context.people.practitioner_owner.get(author))
    return folded


def plan_recalls(context: Context, persons: Persons) -> list[Folded]:
    """Add one activity per recall: open while due or sent, done once booked, completed or cancelled; return what is folded."""
    folded = []
    kind = context.map["activity_types"]["recall"]["name"]
    for row in context.rows("recalls"):
        key = persons.required(row)
        if key is None:
            continue
        person = persons.records[key]
        if old := fold_old(context, row, person, row.get("due_date"), f"Recall, {row.get('status') or 'due'}"):
            folded.append(old)
            continue
        subject = f"{kind}: {row['type']}" if row.get("type") else kind
        lines = context.write.parts("recall", row) + context.write.new_lines(row)
        is_open = row.get("status") not in _CLOSED_RECALLS
        add_to_do(context, persons, person, row, kind, row.get("due_date"), subject=subject, is_open=is_open, lines=lines)
    return folded


def _plan_communication(context: Context, row: Row, persons: Persons, person: DesiredRecord, author: str | None) -> list[Folded]:
    kind = context.map["activity_types"].get(row.get("kind") or "other", context.map["activity_types"]["other"])["name"]
    if old := fold_old(context, row, person, row.get("at"), f"{kind}:", short(row.get("subject") or "", 80)):
        return [old]
    if context.take_over(row, f"note:{row['_key']}"):
        return []
    at = row.get("at")
    timed = at is not None and (at.hour, at.minute, at.second) != (0, 0, 0)  # midnight is how a bare date looks
    when = due(context, row, at, timed=timed, minutes=None, location=None)
    if when is None:
        return []
    direction = _DIRECTIONS.get(row.get("direction") or "", "")
    subject = context.write.visible(ObjectType.ACTIVITY, "subject", row).get("subject") or f"{kind} {direction}".strip()
    fields = context.write.fields(ObjectType.ACTIVITY, row, **when, subject=subject, done=True, busy=False)
    lines = [
        *context.write.parts("communication", row, direction=direction),
        *context.write.new_lines(row),
        *context.write.parts("communication_text", row),
    ]
    owner = author or person.owner or context.people.fallback_owner
    wave = persons.wave(person, current=False)
    add_activity(context, row, kind, fields, lines, person=person, owner=owner, wave=wave)
    return []
