"""Between Pipedrive's wire forms and the one flat form that images, comparisons and rollback use.

Flat form: native v2 field names (v1 names for notes and files) and 40-hex codes side by side, one value each:
links are ids, an activity's `person_id` is its primary participant, a lead's organization is `org_id`, money is
{"value", "currency"}, options are ids, sets are lists of ids.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from migkit.compare import item_key, three_way
from migkit.model.objects import OBJECTS, ObjectType

CODE = re.compile(r"[0-9a-f]{40}")
_SUFFIXED = re.compile(r"[0-9a-f]{40}_(currency|until|timezone_id|\w+)")


def after_write(
    after: Mapping[str, Any], now: Mapping[str, Any], answered: Mapping[str, Any], sent: Collection[str], *, only_sent: bool
) -> dict[str, Any]:
    """Return the after-image of a record after one more write.

    `now` is its image just before that write. What was sent, and in our own records what the server derived from it, is as
    answered; what somebody had edited before stays out, items of lists too, so that it still counts as theirs. `only_sent`: an adopted
    record, of which we remember nothing but what we wrote.
    """
    ours = {**after, **ours_of(after, now, answered, sent, only_sent=only_sent)}
    if only_sent:
        return ours
    theirs = set(three_way(None, after, {**dict.fromkeys(after), **now})) - set(sent)
    kept = {name: after[name] for name in theirs if name in after}
    known = {name: ours[name] for name in sent if ours[name] is not None}
    return {name: value for name, value in answered.items() if name not in theirs and name not in sent} | kept | known


def ours_of(
    after: Mapping[str, Any], now: Mapping[str, Any], answered: Mapping[str, Any], sent: Collection[str], *, only_sent: bool
) -> dict[str, Any]:
    """Return what is ours of the fields that were sent: as answered, without the items of a list that somebody else had added before."""
    found = {}
    for name in sent:
        value = answered.get(name)
        if isinstance(value, list) and (name in after or not only_sent):
            earlier = {item_key(item) for item in after.get(name) or ()}
            theirs = {item_key(item) for item in now.get(name) or ()} - earlier
            value = [item for item in value if item_key(item) not in theirs]
        found[name] = value
    return found


def image(object: ObjectType, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return the flat form of an answered record: every editable field that is not empty, custom fields by code."""
    declared = OBJECTS[object]
    answer = {plain: answer.get(wire) for plain, wire in declared.wire_names.items()} | dict(answer)
    if declared.has_flat_custom_fields:
        answer = _nested_money(answer)
    flat = {name: value for name, value in answer.items() if name in declared.editable or CODE.fullmatch(name)}
    flat.update(answer.get("custom_fields") or {})
    if declared.has_participants:
        people = flat.pop("participants", None) or []
        flat["person_id"] = answer.get("person_id") or next((p["person_id"] for p in people if p.get("primary")), None)
        flat["participants"] = [p["person_id"] for p in people if p["person_id"] != flat["person_id"]]
    return {name: value for name, value in flat.items() if not _empty(value)}


def body(object: ObjectType, flat: Mapping[str, Any]) -> dict[str, Any]:
    """Return the request body of a flat record, the inverse of `image` for what can be written."""
    declared = OBJECTS[object]
    empty = declared.empty_with
    flat = {name: empty[name] if value is None and name in empty else value for name, value in flat.items()}
    wire = {declared.wire_names.get(name, name): value for name, value in flat.items() if not CODE.fullmatch(name)}
    custom = {name: value for name, value in flat.items() if CODE.fullmatch(name)}
    if declared.has_flat_custom_fields:
        wire |= _flat_custom(custom)
    elif custom:
        wire["custom_fields"] = {name: None if value == [] else value for name, value in custom.items()}
    if declared.has_participants and "person_id" in wire:
        person = wire.pop("person_id")
        wire["participants"] = [{"person_id": person, "primary": True}] if person is not None else []
    return wire


def _nested_money(answer: Mapping[str, Any]) -> dict[str, Any]:
    # v1 answers hold money in two keys, the second one with a suffix.
    flat = {name: value for name, value in answer.items() if not _SUFFIXED.fullmatch(name)}
    for code in [name for name in flat if CODE.fullmatch(name)]:
        if answer.get(f"{code}_currency") is not None:
            flat[code] = {"value": flat[code], "currency": answer[f"{code}_currency"]}
    return flat


def _flat_custom(custom: Mapping[str, Any]) -> dict[str, Any]:
    # v1 wants money in two keys, sets as "1,2".
    wire: dict[str, Any] = {}
    for name, value in custom.items():
        if isinstance(value, Mapping) and "currency" in value:
            wire[name] = value["value"]
            wire[f"{name}_currency"] = value["currency"]
        elif isinstance(value, list):
            wire[name] = ",".join(str(item) for item in value) or None
        else:
            wire[name] = value
    return wire


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}
