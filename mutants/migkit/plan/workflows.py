"""Reminders and workflows → `workflows.json`: structured, and annotated for rebuilding in Pipedrive Automations."""

from __future__ import annotations

import re
from typing import Any

from .context import Context
from .rows import Row

DOCUMENT = "workflows.json"

_TRIGGERS = (
    (
        r"birthday",
        "Person: date field `Date of birth`",
        "Pipedrive has no yearly trigger: use a filter on the field and a scheduled automation",
    ),
    (r"invoice|payment|account|balance|debt", "Deal field `Invoice_Status__c` changes", "Deal-based trigger on the field"),
    (r"recall|due\b", "Activity of type `Recall`: due date", "Activity-based trigger, condition type is Recall and done is false"),
    (r"cancel", "Activity added or updated: type `Appointment – cancelled`", "Activity-based trigger on type"),
    (r"no.?show|attend|fta|dna", "Activity added or updated: type `Appointment – did not attend`", "Activity-based trigger on type"),
    (r"appointment|booking|visit", "Activity of an appointment type: due date", "Activity-based trigger, condition on type and done"),
    (r"plan|quote|treatment|estimate", "Deal in `Treatment plans` enters a stage", "Deal-based trigger on stage"),
    (r"new patient|registration|welcome", "Person added", "Person-based trigger"),
    (r"enquir|lead|prospect", "Lead added", "Lead-based trigger"),
)
_CHANNELS = {
    "sms": "Pipedrive sends no SMS itself: a Marketplace app or a webhook is needed",
    "email": "Send e-mail action; needs e-mail sync and a template",
    "letter": "No action: make an activity for the person who posts it",
    "call": "Make an activity of type Call",
}
_UNITS = {"minute": "minutes", "hour": "hours", "day": "days", "week": "weeks", "month": "months", "year": "years"}


def plan_workflows(context: Context) -> dict[str, Any]:
    """Return the document and settle the rows of workflows as exported."""
    flows = []
    for row in context.rows("workflows"):
        flows.append(_workflow(row))
        context.book.export(row, f"{DOCUMENT}#{row['_key']}")
    on = [flow for flow in flows if flow["enabled"] is not False]
    return {
        "version": 1,
        "automations_needed": len(on),
        "needs_another_app": sum(flow["rebuild"]["needs_another_app"] for flow in on),
        "workflows": flows,
    }


def _workflow(row: Row) -> dict[str, Any]:
    about = " ".join(str(row.get(name) or "") for name in ("trigger", "name")).lower()
    trigger, how = next(((event, hint) for pattern, event, hint in _TRIGGERS if re.search(pattern, about)), ("", ""))
    channels = _channels(row.get("channel"))
    return {
        "id": row["_key"],
        "name": row.get("name") or row["_key"],
        "trigger": row.get("trigger"),
        "timing": {"text": row.get("timing"), **_timing(row.get("timing"))},
        "channel": row.get("channel"),
        "channels": channels,
        "audience": row.get("audience"),
        "message": row.get("message"),
        "placeholders": sorted(set(re.findall(r"[\[{<]{1,2}\s*([A-Za-z][\w .]{1,40}?)\s*[\]}>]{1,2}", row.get("message") or ""))),
        "enabled": row.get("enabled"),
        "rebuild": {
            "pipedrive_trigger": trigger or None,
            "how": how or "No trigger of Pipedrive's fits by its words: decide with the practice",
            "actions": [_CHANNELS.get(channel, "Decide with the practice") for channel in channels] or ["Decide with the practice"],
            "needs_another_app": "sms" in channels,
        },
    }


def _channels(text: str | None) -> list[str]:
    words = (text or "").lower()
    patterns = {"sms": r"sms|text", "email": r"e-?mail", "letter": r"letter|post|mail(?!.*e-?mail)", "call": r"call|phone"}
    found = [name for name, pattern in patterns.items() if re.search(pattern, words)]
    return [name for name in found if not (name == "letter" and "email" in found and "letter" not in words and "post" not in words)]


def _timing(text: str | None) -> dict[str, Any]:
    found = re.search(r"(-?\d+)\s*(minute|hour|day|week|month|year)s?\b\s*(before|after|prior|later)?", (text or "").lower())
    if not found:
        return {"offset": None, "unit": None, "direction": None}
    direction = {"before": "before", "prior": "before", "after": "after", "later": "after"}.get(found[3] or "")
    number = int(found[1])
    return {"offset": abs(number), "unit": _UNITS[found[2]], "direction": direction or ("before" if number < 0 else None)}
