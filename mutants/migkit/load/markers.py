"""By what a record of ours is known in the target: the source id field, the marker in its text, its uploaded name. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from migkit.model.records import CUSTOM, SOURCE_ID, ObjectType

from .bind import Binder

_MARKER = re.compile(r"Source: ([^<\n]+?)\s*(?:<[^>]*>\s*)*$")
_TEXT = {ObjectType.ACTIVITY: "note", ObjectType.NOTE: "content"}


def mark(object: ObjectType, flat: Mapping[str, Any], binder: Binder) -> str | None:
    """Return what tells a flat record of ours (as sent, or as read) from all others; None where it carries nothing of ours.

    Two records of one object never share a mark: source keys are unique, and so are the names that files are uploaded under.
    """
    if object in _TEXT:
        found = _MARKER.search(str(flat.get(_TEXT[object]) or ""))
        return html.unescape(found.group(1)) if found else None
    if object is ObjectType.FILE:
        name = flat.get("name") or flat.get("file_name")
        return str(name) if name else None
    code = binder.name(object, CUSTOM + SOURCE_ID)
    value = flat.get(code) if code else None
    return str(value).partition(",")[0] if value else None  # a merged person names all its sources, its own key first
