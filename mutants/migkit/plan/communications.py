"""Calls, e-mails, SMS and letters → done Activities at their time; recalls → Activities at their due date, open while due."""

from __future__ import annotations

from .activities import add_activity, due, fold_old
from .context import Context
from .policies import is_table_sent
from .rows import Row
from .setup import new_lines
from .text import short

_DIRECTIONS = {"inbound": "from the patient", "outbound": "to the patient"}
_OPEN_RECALLS = (None, "due", "sent")


def plan_communications(context: Context) -> None:
    """Add one done activity per communication."""
    authors = {row["full_name"].casefold(): row["_key"] for row in context.rows("practitioners") if row.get("full_name")}
    authors |= {name.casefold(): key for key, name in context.practitioners.items()}
    for row in context.rows("communications"):
        if not is_table_sent(context.map, "communications"):
            context.book.exclude(row, "communications are left out by the privacy decision")
        elif not _stays(context, row):
            continue
        else:
            _plan_communication(context, row, authors.get((row.get("author") or "").casefold()))


def plan_recalls(context: Context) -> None:
    """Add one activity per recall: open while due or sent, done once booked, completed or cancelled."""
    kind = context.map["activity_types"]["recall"]["name"]
    for row in context.rows("recalls"):
        if not _stays(context, row) or fold_old(context, row, row.get("due_date"), f"Recall, {row.get('status') or 'due'}"):
            continue
        when = due(context, row, row.get("due_date"), timed=False, minutes=None, location=None)
        if when is None:
            continue
        person = str(context.person(row))
        open_ = row.get("status") in _OPEN_RECALLS
        prefix = "Cancelled: " if row.get("status") == "cancelled" else ""
        facts = [
            ("Recall", row.get("type")),
            ("Status", row.get("status")),
            ("Interval", row.get("interval")),
            ("Last sent", row["last_sent"].strftime("%d %b %Y") if row.get("last_sent") else None),
            ("By", row.get("method")),
            ("Send to", row.get("send_to")),
        ]
        lines = [f"{label}: {value}" for label, value in facts if value] + new_lines(context, row)
        fields = {
            **when,
            "subject": f"{prefix}{kind}: {row['type']}" if row.get("type") else prefix + kind,
            "done": not open_,
            "busy": False,
        }
        owner = context.owner(row.get("practitioner_id"), context.made[person].owner)
        wave = context.wave(person, current=open_, parents=[person])
        add_activity(context, row, row["_key"], kind, fields, lines, person=person, deal=None, owner=owner, wave=wave)


def _plan_communication(context: Context, row: Row, author: str | None) -> None:
    kind = context.map["activity_types"].get(row.get("kind") or "other", context.map["activity_types"]["other"])["name"]
    if fold_old(context, row, row.get("at"), f"{kind}: {short(row.get('subject') or '', 80)}"):
        return
    at = row.get("at")
    timed = at is not None and (at.hour, at.minute, at.second) != (0, 0, 0)  # midnight is how a bare date looks
    when = due(context, row, at, timed=timed, minutes=None, location=None)
    if when is None:
        return
    person = str(context.person(row))
    direction = _DIRECTIONS.get(row.get("direction") or "", "")
    facts = [("Direction", direction), ("By", row.get("author")), ("Outcome", row.get("outcome"))]
    lines = [f"{label}: {value}" for label, value in facts if value] + new_lines(context, row) + [row.get("content") or ""]
    fields = {**when, "subject": row.get("subject") or f"{kind} {direction}".strip(), "done": True, "busy": False}
    owner = context.people.practitioner_owner.get(author or "") or context.made[person].owner or context.people.fallback_owner
    wave = context.wave(person, current=False, parents=[person])
    add_activity(context, row, row["_key"], kind, fields, lines, person=person, deal=None, owner=owner, wave=wave)


def _stays(context: Context, row: Row) -> bool:
    """Return whether a row's patient goes on; settles it otherwise."""
    if context.waits(row, ("patient_id", "patients")):
        return False
    if context.person(row) is None:
        context.note_problem("no-patient", row["_table"], row["_key"])
        context.book.hold(row, "it names no patient")
        return False
    return True
