"""Recent changes over all kinds of records (v1), in v1's form of dates."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import generic
from ..store import Body
from . import activity_types, common, files, filters, notes, users, values_v1
from .deals import render_v1
from .paging import pagination
from .registry import Answer, Call, on

LOOK_BACK = "The since_timestamp must not lie further back than one month."


def _v1(call: Call, body: Body, *names: str) -> Body:
    """Return what all records share in v1, and the named keys as they are."""
    record = {"id": body["id"], "add_time": common.v1_time(body["add_time"]), "update_time": common.v1_time(body["update_time"])}
    return record | {name: body.get(name) for name in names}


def _labelled(call: Call, body: Body, entity: str) -> Body:
    shared = {"visible_to": str(body["visible_to"]), "label_ids": body["label_ids"], "active_flag": not body["is_deleted"]}
    return (
        shared
        | {"company_id": call.account.id, "first_char": body["name"][:1].lower()}
        | values_v1.read_v1(call.account, body["custom_fields"], entity)
    )


def _person(call: Call, body: Body) -> Body:
    record = _v1(call, body, "name", "first_name", "last_name", "owner_id", "org_id") | _labelled(call, body, "person")
    return record | {"email": body["emails"], "phone": body["phones"]}


def organization(call: Call, body: Body) -> Body:
    """Return an organization in v1's form."""
    owner = call.account.get("user", body["owner_id"]) or {}
    card = {"id": body["owner_id"], "name": owner.get("name"), "email": owner.get("email"), "active_flag": True, "value": body["owner_id"]}
    place = (body["address"] or {}).get("value")
    return _v1(call, body, "name") | _labelled(call, body, "organization") | {"owner_id": card, "address": place}


def _product(call: Call, body: Body) -> Body:
    record = _v1(call, body, "name", "code", "description", "unit", "tax", "owner_id", "visible_to", "prices")
    return record | {"active_flag": not body["is_deleted"]} | values_v1.read_v1(call.account, body["custom_fields"], "product")


def _activity(call: Call, body: Body) -> Body:
    record = _v1(
        call,
        body,
        "subject",
        "type",
        "deal_id",
        "lead_id",
        "person_id",
        "org_id",
        "due_date",
        "note",
        "done",
        "public_description",
        "participants",
    )
    short = {key: body[key] and body[key][:5] for key in ("due_time", "duration")}
    more = {"user_id": body["owner_id"], "busy_flag": body["busy"], "location": (body["location"] or {}).get("value"),
            "active_flag": not body["is_deleted"], "marked_as_done_time": common.v1_time(body["marked_as_done_time"])}  # fmt: skip
    return record | short | more


def _pipeline(call: Call, body: Body) -> Body:
    return _v1(call, body, "name", "order_nr") | {"active": not body["is_deleted"], "deal_probability": body["is_deal_probability_enabled"]}


def _stage(call: Call, body: Body) -> Body:
    record = _v1(call, body, "name", "order_nr", "deal_probability", "pipeline_id")
    return record | {
        "active_flag": not body["is_deleted"],
        "rotten_flag": body["is_deal_rot_enabled"],
        "rotten_days": body["days_to_rotten"],
    }


ITEMS: dict[str, tuple[str, Callable[[Call, Body], Body | list[Body]]]] = {
    "activity": ("activity", _activity),
    "activityType": ("activity_type", lambda call, body: activity_types.render(body)),
    "deal": ("deal", render_v1),
    "file": ("file", files.render),
    "filter": ("filter", lambda call, body: filters.render(call, body, whole=False)),
    "note": ("note", notes.render),
    "person": ("person", _person),
    "organization": ("organization", organization),
    "pipeline": ("pipeline", _pipeline),
    "product": ("product", _product),
    "stage": ("stage", _stage),
    "user": ("user", lambda call, body: [users.render(call, body)]),
}
"""Item as recents calls it → kind, and its form; a user comes as a list of one, as three public clients expect it.
Projects and tasks, which clients ask for too, no account of the sandbox has."""


@on("GET /api/v1/recents")
def recents(call: Call) -> Answer:
    """List what changed since a time, deleted records too; the time must not lie too far back."""
    since = common.moment(call.query["since_timestamp"], "since_timestamp", spaced=True)
    if since < call.account.purge_line() and call.account.switches["old_recents"] == "refused":
        raise generic(400, LOOK_BACK)
    since = max(since, call.account.purge_line())
    wanted = call.query["items"].split(",") if "items" in call.query else list(ITEMS)
    start, limit = call.query.get("start", 0), call.query.get("limit", 100)
    found: list[tuple[str, str, Body]] = []
    for item in ITEMS.keys() & set(wanted):
        kind, _ = ITEMS[item]
        bodies = call.account.store.select(
            call.account.id, kind, ["r.update_time >= ?"], [since], order="r.update_time, r.id", limit=start + limit + 1
        )
        found += [(body["update_time"], item, body) for body in bodies]
    found.sort(key=lambda each: (each[0], each[1], str(each[2]["id"]).zfill(12)))
    page = found[start : start + limit]
    last = page[-1][0] if page else since
    return Answer(
        [{"item": item, "id": body["id"], "data": ITEMS[item][1](call, body)} for _, item, body in page],
        {
            "since_timestamp": call.query["since_timestamp"],
            "last_timestamp_on_page": common.v1_time(last),
            **(pagination(call, start, limit, len(found) > start + limit) or {}),
        },
    )
