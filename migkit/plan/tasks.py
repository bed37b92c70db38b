"""Tasks about patients → Activities of their own type on the day that they are due, open until they are done."""

from __future__ import annotations

from migkit.model.objects import ObjectType

from .activities import Folded, add_to_do, fold_old
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
        lines = [
            *context.write.parts("task", row, provider=context.provider(row)),
            *context.write.new_lines(row),
            *context.write.parts("task_notes", row),
        ]
        add_to_do(context, persons, person, row, kind, day, subject=subject or kind, is_open=status == "open", lines=lines)
    return folded
