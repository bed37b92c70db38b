"""Lead labels (v1)."""

from __future__ import annotations

from ..errors import generic, not_found
from ..store import Body
from . import common
from .registry import Answer, Call, on


def _render(body: Body) -> Body:
    times = {key: body[key].replace("Z", ".000Z") for key in ("add_time", "update_time")}
    return {key: body[key] for key in ("id", "name", "color")} | times


def _found(call: Call) -> Body:
    body = call.account.live("lead_label", str(call.path["id"]).lower())
    if body is None:
        raise not_found("Lead label")
    return body


@on("GET /api/v1/leadLabels")
def index(call: Call) -> Answer:
    """List lead labels."""
    return Answer([_render(each) for each in call.account.small("lead_label").values() if not each["is_deleted"]])


@on("POST /api/v1/leadLabels")
def create(call: Call) -> Answer:
    """Add a lead label."""
    call.need("can_modify_labels")
    _free(call)
    now = call.account.now()
    body = {
        "name": common.name_of(call.body["name"]),
        "color": call.body["color"],
        "is_deleted": False,
        "add_time": now,
        "update_time": now,
    }
    return Answer(_render(call.account.insert("lead_label", body, call.user_id, id=call.account.new_uuid())))


def _free(call: Call, besides: str | None = None) -> None:
    for each in call.account.small("lead_label").values():
        if not each["is_deleted"] and each["id"] != besides and each["name"] == call.body.get("name"):
            raise generic(400, "A lead label of this name exists already.")


@on("PATCH /api/v1/leadLabels/{id}")
def change(call: Call) -> Answer:
    """Change a lead label."""
    before = _found(call)
    call.need("can_modify_labels")
    _free(call, before["id"])
    if "name" in call.body:
        common.name_of(call.body["name"])
    return Answer(_render(call.account.update("lead_label", before, call.body, call.user_id)))


@on("DELETE /api/v1/leadLabels/{id}")
def delete(call: Call) -> Answer:
    """Delete a lead label."""
    before = _found(call)
    call.need("can_modify_labels")
    call.account.update("lead_label", before, {"is_deleted": True}, call.user_id)
    return Answer({"id": before["id"]})
