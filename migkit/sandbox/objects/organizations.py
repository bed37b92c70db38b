"""Organizations (v2)."""

from __future__ import annotations

from ..store import Body
from . import common, values
from .extras import extras
from .filters import narrowed
from .paging import page_v2
from .registry import Answer, Call, on

_FORM = ("id", "name", "owner_id", "add_time", "update_time", "is_deleted", "visible_to", "address", "label_ids", "website", "linkedin",
         "industry", "annual_revenue", "employee_count")  # fmt: skip
_PLAIN = ("website", "linkedin", "industry", "annual_revenue", "employee_count")


def render(call: Call, body: Body) -> Body:
    """Return an organization as v2 shows it."""
    record = {key: body.get(key) for key in _FORM} | {"custom_fields": common.custom(call, "organization", body)}
    record |= {"address": values.located(body.get("address"))} if common.is_completed(call) else {}
    return common.with_labels(call, "organization", record | extras(call, "organization", body))


def _changes(call: Call, before: Body | None) -> Body:
    body = call.body
    changes = common.shared(call, "organization", before)
    if before is None or "name" in body:
        changes["name"] = common.name_of(body.get("name"))
    if before is None or "address" in body:
        changes["address"] = common.given_address(body.get("address"), "address")
    for key in _PLAIN:
        if key in body:
            changes[key] = body[key]
    if body.get("industry") is not None:
        field = call.account.field("organization", "industry")
        if field is None or body["industry"] not in {option["id"] for option in field["options"]}:
            call.refuse(f"industry: Option {body['industry']} does not exist")
    for key in ("annual_revenue", "employee_count"):
        if body.get(key) is not None:
            common.number(body[key], key)
    for key in ("website", "linkedin"):
        if body.get(key):
            common.name_of(body[key], key)
    return changes


@on("POST /api/v2/organizations")
def create(call: Call) -> Answer:
    """Add an organization; `add_time` may be set here and never again."""
    added = common.add_time(call)
    body = {"add_time": added, "update_time": call.account.now(), "is_deleted": False, **_changes(call, None)}
    return Answer(common.fresh(call, render(call, call.account.insert("organization", body, call.user_id))))


@on("GET /api/v2/organizations")
def index(call: Call) -> Answer:
    """List organizations."""
    return page_v2(call, "organization", narrowed(call, "org", ("owner_id",)), lambda body: render(call, body))


@on("GET /api/v2/organizations/{id}")
def show(call: Call) -> Answer:
    """Return one organization."""
    return Answer(render(call, common.found(call, "organization", call.path["id"])))


@on("PATCH /api/v2/organizations/{id}")
def change(call: Call) -> Answer:
    """Change an organization; the address is replaced as a whole."""
    before = common.found(call, "organization", call.path["id"])
    return Answer(render(call, call.account.update("organization", before, _changes(call, before), call.user_id)))


@on("DELETE /api/v2/organizations/{id}")
def delete(call: Call) -> Answer:
    """Mark an organization as deleted."""
    return common.gone(call, "organization", common.found(call, "organization", call.path["id"]))
