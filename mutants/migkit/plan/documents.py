"""Documents for the handover that are read off the records: who has no e-mail, and which original timestamps were kept where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from migkit.model.records import CUSTOM, DesiredRecord, ObjectType

_DAY = re.compile(r"\(.*\d{4}-\d\d-\d\d\) \[")

_KEPT: Mapping[ObjectType, tuple[str, str]] = {
    ObjectType.PERSON: ("add_time", "settable when the person is created, never later"),
    ObjectType.ORGANIZATION: ("add_time", "settable when the organization is created, never later"),
    ObjectType.NOTE: ("add_time", "settable"),
    ObjectType.DEAL: (f"{CUSTOM}Source created", "a deal's own creation time cannot be set: a field says when the source made it"),
    ObjectType.LEAD: (f"{CUSTOM}Source created", "a lead's own creation time cannot be set: a field says when the source made it"),
    ObjectType.ACTIVITY: ("due_date", "due date and time are the original ones; the time of creation and of completion cannot be set"),
    ObjectType.FILE: ("file_name", "a file's own time cannot be set: its name carries the original day"),
    ObjectType.PRODUCT: ("", "cannot be set"),
}


def no_email(records: Mapping[str, DesiredRecord]) -> dict[str, Any]:
    """Return the persons without an e-mail of their own: key and why; no names, so that the list can travel."""
    flag = f"{CUSTOM}No e-mail"
    persons = [record for record in records.values() if record.object is ObjectType.PERSON]
    found = [{"key": record.key, "why": record.fields[flag]} for record in persons if flag in record.fields]
    return {"version": 1, "persons": len(persons), "without_own_email": len(found), "list": found}


def timestamps(records: Mapping[str, DesiredRecord]) -> dict[str, Any]:
    """Return, per object, in which field the original time stands, on how many records, and why not elsewhere."""
    objects: dict[str, Any] = {}
    for kind, (field, why) in _KEPT.items():
        mine = [record for record in records.values() if record.object is kind]
        if mine:
            kept = sum(
                field in record.fields and (kind is not ObjectType.FILE or bool(_DAY.search(record.fields[field]))) for record in mine
            )
            objects[kind.value] = {"records": len(mine), "kept": kept, "field": field.removeprefix(CUSTOM) or None, "why": why}
    deals = [record for record in records.values() if record.object is ObjectType.DEAL]
    closing = {name: sum(name in record.fields for record in deals) for name in ("won_time", "lost_time")}
    return {
        "version": 1,
        "never": "update times cannot be set on any object",
        "objects": objects,
        "deals_closed_at_their_original_time": closing,
    }
