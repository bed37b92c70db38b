"""Tasks about patients → Activities of their own type on the day that they are due, open until they are done."""

from __future__ import annotations

from migkit.model.objects import ObjectType

from .activities import Folded, add_activity, due, fold_old
from .context import Context
from .people import Persons


def plan_tasks(context: Context, persons: Persons) -> list[Folded]:
    """Add one activity per task, done once completed or cancelled, else open; on the day of completion where it is due on none.

    Returns what is folded.
    """
    folded = []
    kind = context.map["activity_types"]["task"]["name"]
    for row in context.rows("tasks"):
        key = persons.required(row)
        if key is None:
            continue
        person = persons.records[key]
        day = row.get("due_date") or row.get("completed_date")
        status = row.get("status") or "open"
        subject = context.write.visible(ObjectType.ACTIVITY, "subject", row).get("subject")
        if old := fold_old(context, row, person, day, f"{kind}, {status}", subject or ""):
            folded.append(old)
            continue
        if context.take_over(row, f"note:{row['_key']}"):
            continue
        when = due(context, row, day, timed=False, minutes=None, location=None)
        if when is None:
            continue
        is_open = status == "open"
        prefix = "Cancelled: " if status == "cancelled" else ""
        fields = context.write.fields(ObjectType.ACTIVITY, row, **when, subject=prefix + (subject or kind), done=not is_open, busy=False)
        lines = [
            *context.write.parts("task", row, provider=context.provider(row)),
            *context.write.new_lines(row),
            *context.write.parts("task_notes", row),
        ]
        owner = context.owner(row.get("practitioner_id"), person.owner)
        wave = persons.wave(person, current=is_open)
        add_activity(context, row, kind, fields, lines, person=person, owner=owner, wave=wave)
    return folded
