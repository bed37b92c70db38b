"""Activity types (v1): named by people, referred to by a key that is made once from the first name."""

from __future__ import annotations

import re

from ..errors import capped, generic, invalid, not_found
from ..store import Body
from . import common
from .registry import Answer, Call, on

_COLOR = re.compile(r"[0-9a-fA-F]{6}")


def render(body: Body) -> Body:
    """Return an activity type as v1 shows it."""
    form = ("id", "order_nr", "name", "key_string", "icon_key", "color", "is_custom_flag")
    return {key: body[key] for key in form} | {
        "active_flag": not body["is_deleted"], "add_time": common.v1_time(body["add_time"]),
        "update_time": common.v1_time(body["update_time"]),
    }  # fmt: skip


def key_of(name: str, taken: set[str]) -> str:
    """Return the key made from a name: lower case, other signs as underscores, numbered when taken."""
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "type"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}{number}"
    return key


def _check(call: Call, besides: int | None = None) -> None:
    if "color" in call.body and not _COLOR.fullmatch(call.body["color"]):
        raise invalid(["color: Expected 6 hexadecimal digits"])
    if "name" in call.body:
        name = common.name_of(call.body["name"])
        same = [each for each in call.account.small("activity_type").values() if each["name"] == name and not each["is_deleted"]]
        if any(each["id"] != besides for each in same):
            raise generic(400, "An activity type of this name exists already.")


@on("GET /api/v1/activityTypes")
def index(call: Call) -> Answer:
    """List all activity types, the inactive ones too."""
    found = sorted(call.account.small("activity_type").values(), key=lambda each: (each["order_nr"], each["id"]))
    return Answer([render(each) for each in found])


@on("POST /api/v1/activityTypes")
def create(call: Call) -> Answer:
    """Add an activity type."""
    call.need_admin()
    _check(call)
    held = call.account.small("activity_type").values()
    if sum(not each["is_deleted"] for each in held) >= int(call.account.switches["activity_type_cap"]):
        raise capped("You've reached the activity type per company limit.")
    now = call.account.now()
    body = {"name": call.body["name"], "icon_key": call.body["icon_key"], "color": call.body.get("color", "FFFFFF").upper(),
            "key_string": key_of(call.body["name"], {each["key_string"] for each in held}), "is_custom_flag": True, "is_deleted": False,
            "order_nr": max((each["order_nr"] for each in held), default=0) + 1, "add_time": now, "update_time": now}  # fmt: skip
    return Answer(render(call.account.insert("activity_type", body, call.user_id)))


def _found(call: Call) -> Body:
    body = call.account.live("activity_type", call.path["id"])
    if body is None:
        raise not_found("Activity type")
    return body


@on("PUT /api/v1/activityTypes/{id}")
def change(call: Call) -> Answer:
    """Change an activity type; its key stays."""
    before = _found(call)
    call.need_admin()
    _check(call, besides=before["id"])
    return Answer(render(call.account.update("activity_type", before, call.body, call.user_id)))


@on("DELETE /api/v1/activityTypes/{id}")
def delete(call: Call) -> Answer:
    """Mark an activity type as deleted: it stays in the list, inactive."""
    before = _found(call)
    call.need_admin()
    if not before["is_custom_flag"]:
        raise generic(400, "A default activity type cannot be deleted.")
    return Answer(render(call.account.update("activity_type", before, {"is_deleted": True}, call.user_id)))
