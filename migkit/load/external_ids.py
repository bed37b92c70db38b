"""By what a record of ours is known in the target: the source id field, the external id in its text, its uploaded name. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping
from typing import Any

from migkit.model.objects import OBJECTS, KnownBy, ObjectType
from migkit.model.records import CUSTOM, SOURCE_ID, DesiredRecord, keys_in

from .bind import Binder
from .entries import TargetId

_LINE = re.compile(r"Source: ([^<\n]+?)\s*(?:<[^>]*>\s*)*$")


def external_id_of(object: ObjectType, flat: Mapping[str, Any], binder: Binder) -> str | None:
    """Return what tells a flat record of ours (as sent, or as read) from all others; None where it carries nothing of ours.

    Two records of one object never share one: source keys are unique, and so are the names that files are uploaded under.
    """
    declared = OBJECTS[object]
    if declared.known_by is KnownBy.TEXT:
        found = _LINE.search(str(flat.get(declared.text) or ""))
        return html.unescape(found.group(1)) if found else None
    if declared.known_by is KnownBy.FILE_NAME:
        name = flat.get("name") or flat.get("file_name")
        return str(name) if name else None
    code = binder.name(object, CUSTOM + SOURCE_ID)
    value = flat.get(code) if code else None
    return keys_in(value)[0] if value else None  # a merged person names all its sources, its own key first


def code_of_converted(object: ObjectType, binder: Binder) -> str | None:
    """Return the field in which a deal that somebody made of a lead carries the lead's key; None for anything but leads."""
    return binder.name(ObjectType.DEAL, CUSTOM + SOURCE_ID) if object is ObjectType.LEAD else None


def converted_leads(leads: Collection[str], deals: Mapping[TargetId, Mapping[str, Any]], binder: Binder) -> dict[str, TargetId]:
    """Return key → id of the deal that somebody made of it, for those of our `leads` that are among these flat deals."""
    code = code_of_converted(ObjectType.LEAD, binder)
    carried = {keys_in(flat[code])[0]: id for id, flat in deals.items() if code and flat.get(code)}
    return {key: carried[key] for key in leads if key in carried}


def planned_external_id(record: DesiredRecord, binder: Binder) -> str:
    """Return what a planned record is known by in the target once it is written, "" where the account cannot hold it yet."""
    flat = {binder.name(record.object, name): value for name, value in record.fields.items()}
    return external_id_of(record.object, {name: value for name, value in flat.items() if name}, binder) or ""
