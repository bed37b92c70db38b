"""Between Pipedrive's wire forms and the one flat form that images, comparisons and rollback use.

Flat form: native v2 field names (v1 names for notes and files) and 40-hex codes side by side, one value each:
links are ids, an activity's `person_id` is its primary participant, a lead's organization is `org_id`, money is
{"value", "currency"}, options are ids, sets are lists of ids.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from migkit.compare import three_way
from migkit.model.records import ObjectType

CODE = re.compile(r"[0-9a-f]{40}")
_SUFFIXED = re.compile(r"[0-9a-f]{40}_(currency|until|timezone_id|\w+)")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a person can edit, per object (API reference, request bodies, seen 2026-11). Counters, times of the server and
# names of linked records are left out: a change there is nobody's edit.
EDITABLE: Mapping[ObjectType, frozenset[str]] = {
    ObjectType.PERSON: _names(
        "name owner_id org_id emails phones visible_to label_ids postal_address notes im birthday job_title marketing_status "
        "picture_id add_time"
    ),
    ObjectType.ORGANIZATION: _names(
        "name owner_id visible_to label_ids address website linkedin industry annual_revenue employee_count add_time"
    ),
    ObjectType.DEAL: _names(
        "title owner_id person_id org_id pipeline_id stage_id value currency is_archived status probability lost_reason "
        "visible_to close_time won_time lost_time expected_close_date label_ids"
    ),
    ObjectType.LEAD: _names(
        "title owner_id person_id org_id label_ids value expected_close_date visible_to is_archived channel channel_id"
    ),
    ObjectType.ACTIVITY: _names(
        "subject type owner_id deal_id lead_id person_id org_id project_id due_date due_time duration busy done location "
        "participants attendees public_description priority outcome note"
    ),
    ObjectType.NOTE: _names(
        "content user_id add_time lead_id deal_id person_id org_id project_id task_id pinned_to_lead_flag pinned_to_deal_flag "
        "pinned_to_person_flag pinned_to_organization_flag"
    ),
    ObjectType.FILE: _names("name description file_size deal_id person_id org_id product_id activity_id lead_id"),
    ObjectType.PRODUCT: _names(
        "name code description unit tax category owner_id is_linkable visible_to prices billing_frequency billing_frequency_cycles"
    ),
    ObjectType.ACTIVITY_TYPE: _names("name icon_key color key_string"),
    ObjectType.PIPELINE: _names("name"),
    ObjectType.STAGE: _names("name pipeline_id"),
    ObjectType.LEAD_LABEL: _names("name color"),
    ObjectType.FIELD: _names("field_name field_type field_code"),
}

CREATE_ONLY: Mapping[ObjectType, frozenset[str]] = {
    ObjectType.PERSON: frozenset({"add_time"}),
    ObjectType.ORGANIZATION: frozenset({"add_time"}),
}
"""Fields that the API takes when a record is created and never again."""


EMPTY_WITH: Mapping[ObjectType, Mapping[str, Any]] = {
    ObjectType.PERSON: {"emails": [], "phones": [], "im": [], "label_ids": [], "org_id": None, "job_title": "", "notes": ""},
    ObjectType.ORGANIZATION: {"label_ids": [], "website": "", "linkedin": ""},
    ObjectType.DEAL: {"person_id": None, "org_id": None, "lost_reason": None, "probability": None, "close_time": None, "label_ids": []},
    ObjectType.LEAD: {"org_id": None, "person_id": None, "value": None, "expected_close_date": None, "label_ids": []},
    ObjectType.ACTIVITY: {"person_id": None, "note": "", "public_description": "", "outcome": None, "attendees": []},
    ObjectType.PRODUCT: {"code": "", "description": "", "unit": "", "prices": []},
    ObjectType.FILE: {"description": ""},
}
"""What empties a native field. Null is refused where no document allows it, so the other native fields cannot be emptied."""


def can_empty(object: ObjectType, name: str) -> bool:
    """Return whether a flat field can be emptied once it holds something."""
    return bool(CODE.fullmatch(name)) or name in EMPTY_WITH.get(object, {})


DERIVED: Mapping[ObjectType, frozenset[str]] = {
    ObjectType.DEAL: frozenset({"close_time", "won_time", "lost_time", "lost_reason", "pipeline_id"})
}
"""Fields that the server sets, and empties, by itself when others are written (status, stage)."""


def after_write(
    after: Mapping[str, Any], now: Mapping[str, Any], answered: Mapping[str, Any], sent: Collection[str], *, only_sent: bool
) -> dict[str, Any]:
    """Return the after-image of a record after one more write.

    `now` is its image just before that write. What was sent, and in our own records what the server derived from it, is as
    answered; what somebody had edited before stays out, so that it still counts as theirs. `only_sent`: an adopted record,
    of which we remember nothing but what we wrote.
    """
    if only_sent:
        return {**after, **{name: answered.get(name) for name in sent}}
    theirs = set(three_way(None, after, {**dict.fromkeys(after), **now})) - set(sent)
    kept = {name: after[name] for name in theirs if name in after}
    return {name: value for name, value in answered.items() if name not in theirs} | kept


def image(object: ObjectType, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return the flat form of an answered record: every editable field that is not empty, custom fields by code."""
    if object is ObjectType.LEAD:
        answer = _lead_flat(answer)
    editable = EDITABLE[object]
    flat = {name: value for name, value in answer.items() if name in editable or CODE.fullmatch(name)}
    flat.update(answer.get("custom_fields") or {})
    if object is ObjectType.ACTIVITY:
        people = flat.pop("participants", None) or []
        flat["person_id"] = answer.get("person_id") or next((p["person_id"] for p in people if p.get("primary")), None)
        flat["participants"] = [p["person_id"] for p in people if p["person_id"] != flat["person_id"]]
    return {name: value for name, value in flat.items() if not _empty(value)}


def body(object: ObjectType, flat: Mapping[str, Any]) -> dict[str, Any]:
    """Return the request body of a flat record, the inverse of `image` for what can be written."""
    empty = EMPTY_WITH.get(object, {})
    flat = {name: empty[name] if value is None and name in empty else value for name, value in flat.items()}
    if object is ObjectType.LEAD:
        return _lead_body(flat)
    wire = {name: value for name, value in flat.items() if not CODE.fullmatch(name)}
    custom = {name: (None if value == [] else value) for name, value in flat.items() if CODE.fullmatch(name)}
    if custom:
        wire["custom_fields"] = custom
    if object is ObjectType.ACTIVITY and "person_id" in wire:
        person = wire.pop("person_id")
        wire["participants"] = [{"person_id": person, "primary": True}] if person is not None else []
    return wire


def _lead_flat(answer: Mapping[str, Any]) -> dict[str, Any]:
    # Leads answer in v1 form: custom fields at the top level, money in two keys, sets as "1,2".
    flat = {name: value for name, value in answer.items() if not _SUFFIXED.fullmatch(name)}
    flat["org_id"] = flat.pop("organization_id", None)
    for code in [name for name in flat if CODE.fullmatch(name)]:
        if answer.get(f"{code}_currency") is not None:
            flat[code] = {"value": flat[code], "currency": answer[f"{code}_currency"]}
    return flat


def _lead_body(flat: Mapping[str, Any]) -> dict[str, Any]:
    wire: dict[str, Any] = {}
    for name, value in flat.items():
        if name == "org_id":
            wire["organization_id"] = value
        elif CODE.fullmatch(name) and isinstance(value, Mapping) and "currency" in value:
            wire[name] = value["value"]
            wire[f"{name}_currency"] = value["currency"]
        elif CODE.fullmatch(name) and isinstance(value, list):
            wire[name] = ",".join(str(item) for item in value) or None
        else:
            wire[name] = value
    return wire


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}
