"""The harmless questions that no document answers, put to one account: records to be loaded in a run of their own and rolled back.

`probe_plan()` is loaded by `load.apply` like any plan; `read_probe_answers` looks at what came of it before the rollback.
Not asked, as asking would harm: what a 429 looks like, how large a file may be, how many types and options there may be, whether
deleting a person deletes what hangs on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from migkit.model.errors import TerminalError
from migkit.model.objects import ObjectType
from migkit.model.records import CUSTOM, DesiredRecord, Plan
from migkit.pipedrive import Data, Id, Pipedrive

LABEL = "migkit probe"
"""Name of everything that a probe makes; whatever a rollback could not take back is known by it."""

CREATED = "2001-02-03T04:05:06Z"
TAGS = ("b", "em", "u", "p", "br", "ul", "li", "a", "h1", "table", "span", "img", "script")
CONTENT = (
    f"<h1>{LABEL}</h1><p><b>b</b> <em>em</em> <u>u</u> <span style='color:red'>s</span><br><a href='https://example.com'>a</a></p>"
    "<ul><li>li</li></ul><table><tr><td>td</td></tr></table><img src='https://example.com/x.png'><script>1</script>"
)


Reader = Callable[[Mapping[str, Any]], tuple[str, str]]
"""A record as read back → (answer, detail)."""


@dataclass(frozen=True)
class ProbeAnswer:
    """One question and what this account answered."""

    code: str
    question: str
    answer: str
    """accepted | refused | ignored | changed | not tried, or what was seen."""
    detail: str = ""


def probe_plan() -> Plan:
    """Return the probe's records: one custom field with two options, an organization, five people, two deals, a lead, two activities,
    a note.

    75 tokens, the reading back of twelve records and up to four updates; a rollback deletes them all.
    """
    records = (
        DesiredRecord(
            f"field:deal/{LABEL}",
            ObjectType.FIELD,
            {"entity": "deal", "field_name": LABEL, "field_type": "set", "options": ["A", "B"]},
        ),
        DesiredRecord("probe:organization", ObjectType.ORGANIZATION, {"name": LABEL}),
        _record("person", ObjectType.PERSON, {"name": LABEL}),
        DesiredRecord("probe:person-of-org", ObjectType.PERSON, {"name": LABEL}, links={"org_id": "probe:organization"}),
        DesiredRecord("probe:deal-set", ObjectType.DEAL, {"title": LABEL, f"{CUSTOM}{LABEL}": ["A", "B"]}),
        _record("person-rfc3339", ObjectType.PERSON, {"name": LABEL, "add_time": CREATED}),
        _record("person-spaced", ObjectType.PERSON, {"name": LABEL, "add_time": "2001-02-03 04:05:06"}),
        _record("person-birthday", ObjectType.PERSON, {"name": LABEL, "birthday": "1990-01-31"}),
        _record("lead-set", ObjectType.LEAD, {"title": LABEL, f"{CUSTOM}{LABEL}": ["A", "B"]}, person=True),
        _record("deal-add-time", ObjectType.DEAL, {"title": LABEL, "add_time": CREATED}, person=True),
        _record("activity-seconds", ObjectType.ACTIVITY, _activity("09:30:00")),
        _record("activity-minutes", ObjectType.ACTIVITY, _activity("09:30")),
        _record("note", ObjectType.NOTE, {"content": CONTENT}, person=True),
    )
    return Plan({record.key: record for record in records}, {}, ())


async def read_probe_answers(
    client: Pipedrive, created: Mapping[str, tuple[ObjectType, Id]], refused: Mapping[str, str]
) -> tuple[ProbeAnswer, ...]:
    """Return this account's answers, reading back each record that was created.

    `created`: probe key → object and target id, as the ledger holds them; `refused`: probe key → why Pipedrive refused it.
    """
    found: dict[str, Data | None] = {}
    refused = {**refused, **await _try_to_empty(client, created)}
    for key, (object, id) in created.items():
        if object is not ObjectType.FIELD:
            found[key] = await client.fetch(object, id, purpose="probe")
    return judge({key: record for key, record in found.items() if record}, refused)


async def _try_to_empty(client: Pipedrive, created: Mapping[str, tuple[ObjectType, Id]]) -> dict[str, str]:
    """Return question → why Pipedrive lets nobody empty that; what it let be emptied is put back, so that a rollback finds its own."""
    refused = {}
    for name in EMPTIED:
        object, id = created.get(f"probe:{name}", (None, 0))
        record = await client.fetch(object, id, purpose="probe") if object else None
        held = _held(name, record or {})
        if object is None or not held:
            continue
        try:
            await client.update(object, id, _emptied(held), purpose="probe")
        except TerminalError as error:
            refused[f"probe:{name}"] = str(error)
        else:
            await client.update(object, id, held, purpose="probe")
    return refused


def _held(name: str, record: Mapping[str, Any]) -> dict[str, Any]:
    if name == "person-of-org":
        return {"org_id": record["org_id"]} if record.get("org_id") else {}
    values = {code: value for code, value in (record.get("custom_fields") or {}).items() if isinstance(value, list) and value}
    return {"custom_fields": values} if values else {}


def _emptied(held: Mapping[str, Any]) -> dict[str, Any]:
    return {name: dict.fromkeys(value) if isinstance(value, Mapping) else None for name, value in held.items()}


def judge(found: Mapping[str, Mapping[str, Any]], refused: Mapping[str, str]) -> tuple[ProbeAnswer, ...]:
    """Return the answers that records as read back, and refusals, give. Pure."""

    def answer(code: str, question: str, name: str, read: Reader) -> ProbeAnswer:
        key = f"probe:{name}"
        if key in refused:
            return ProbeAnswer(code, question, "refused", refused[key])
        return ProbeAnswer(code, question, *(read(found[key]) if key in found else ("not tried", "")))

    return tuple(answer(*each) for each in QUESTIONS)


def _record(name: str, object: ObjectType, fields: Mapping[str, Any], *, person: bool = False) -> DesiredRecord:
    return DesiredRecord(f"probe:{name}", object, fields, links={"person_id": "probe:person"} if person else {})


def _activity(time: str) -> dict[str, Any]:
    return {"subject": LABEL, "due_date": "2001-02-03", "due_time": time, "done": True, "busy": False}


def _created(record: Mapping[str, Any]) -> tuple[str, str]:
    digits = re.sub(r"\D", "", str(record.get("add_time") or ""))[:14]
    return ("accepted", "") if digits == "20010203040506" else ("ignored", "the time of the load stands there")


def _same(name: str, sent: str) -> Reader:
    def read(record: Mapping[str, Any]) -> tuple[str, str]:
        value = record.get(name)
        if value is None:
            return "ignored", ""
        return ("accepted", "") if value == sent else ("changed", f"{sent} came back as {value}")

    return read


def _tags(record: Mapping[str, Any]) -> tuple[str, str]:
    content = str(record.get("content") or "")
    kept = [tag for tag in TAGS if re.search(rf"<{tag}[\s>/]", content, re.IGNORECASE)]
    return ", ".join(kept) or "none", "of " + ", ".join(TAGS)


def _shape(record: Mapping[str, Any]) -> tuple[str, str]:
    values = [value for name, value in record.items() if re.fullmatch(r"[0-9a-f]{40}", name) and value not in (None, "", [])]
    if not values:
        return "ignored", ""
    return ("a list", "") if isinstance(values[0], list) else ("text", "option ids joined by commas")


def _is_there(_: Mapping[str, Any]) -> tuple[str, str]:
    return "accepted", ""


EMPTIED = ("person-of-org", "deal-set")
"""Records of which something is emptied to see whether that is allowed."""

QUESTIONS: tuple[tuple[str, str, str, Reader], ...] = (
    ("deal-add-time", "May a deal be given its original creation time?", "deal-add-time", _created),
    ("person-add-time", "May a person be given its original creation time (RFC 3339)?", "person-rfc3339", _created),
    ("person-add-time-spaced", "May that time be written with a space?", "person-spaced", _created),
    ("birthday", "Does a person take a birthday of its own?", "person-birthday", _same("birthday", "1990-01-31")),
    ("due-time", "Does an activity keep HH:MM:SS as its time in UTC?", "activity-seconds", _same("due_time", "09:30:00")),
    ("due-time-minutes", "Does an activity take HH:MM?", "activity-minutes", _same("due_time", "09:30")),
    ("note-html", "Which tags survive in a note?", "note", _tags),
    ("person-org-null", "May null take a person out of its organization?", "person-of-org", _is_there),
    ("set-null", "May null empty a field with several options?", "deal-set", _is_there),
    ("lead-set", "How does a lead hold a field with several options?", "lead-set", _shape),
)
"""Code, question, the record that answers it, and how its record is read."""
