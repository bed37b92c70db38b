"""Recent changes over all kinds of records (v1), in v1's form of dates."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import generic
from ..store import Body
from . import activity_types, common, files, filters, notes, users
from .deals import render_v1
from .paging import pagination
from .registry import Answer, Call, on

LOOK_BACK = "The since_timestamp must not lie further back than one month."


def _plain(call: Call, body: Body) -> Body:
    hidden = {"emails", "phones", "custom_fields", "owner_id", "is_deleted", "label_ids"}
    record = {key: value for key, value in body.items() if key not in hidden}
    for key in [key for key in record if key.endswith("_time")]:
        record[key] = common.v1_time(record[key])
    if "visible_to" in record:
        record["visible_to"] = str(record["visible_to"])
    return record | body.get("custom_fields", {}) | {"owner_id": body.get("owner_id"), "active_flag": not body.get("is_deleted", False)}


def _person(call: Call, body: Body) -> Body:
    return _plain(call, body) | {"email": body["emails"], "phone": body["phones"]}


def _activity(call: Call, body: Body) -> Body:
    short = {key: body[key] and body[key][:5] for key in ("due_time", "duration")}
    place = (body.get("location") or {}).get("value")
    return _plain(call, body) | short | {"user_id": body["owner_id"], "busy_flag": body["busy"], "location": place}


_ITEMS: dict[str, tuple[str, Callable[[Call, Body], Body]]] = {
    "activity": ("activity", _activity),
    "activityType": ("activity_type", lambda call, body: activity_types._render(body)),
    "deal": ("deal", render_v1),
    "file": ("file", files.render),
    "filter": ("filter", lambda call, body: filters.render(call, body, whole=False)),
    "note": ("note", notes.render),
    "person": ("person", _person),
    "organization": ("organization", _plain),
    "pipeline": ("pipeline", _plain),
    "product": ("product", _plain),
    "stage": ("stage", _plain),
    "user": ("user", users.render),
}


@on("GET /api/v1/recents")
def recents(call: Call) -> Answer:
    """List what changed since a time, deleted records too; the time must not lie too far back."""
    since = common.moment(call.query["since_timestamp"], "since_timestamp", spaced=True)
    if since < call.account.purge_line():
        raise generic(400, LOOK_BACK)
    wanted = call.query["items"].split(",") if "items" in call.query else list(_ITEMS)
    start, limit = call.query.get("start", 0), call.query.get("limit", 100)
    found: list[tuple[str, str, Body]] = []
    for item in wanted:
        kind, _ = _ITEMS[item]
        bodies = call.account.store.select(
            call.account.id, kind, ["r.update_time >= ?"], [since], order="r.update_time, r.id", limit=start + limit + 1
        )
        found += [(body["update_time"], item, body) for body in bodies]
    found.sort(key=lambda each: (each[0], each[1], str(each[2]["id"]).zfill(12)))
    page = found[start : start + limit]
    last = page[-1][0] if page else since
    return Answer(
        [{"item": item, "id": body["id"], "data": _ITEMS[item][1](call, body)} for _, item, body in page],
        {
            "since_timestamp": call.query["since_timestamp"],
            "last_timestamp_on_page": common.v1_time(last),
            **pagination(start, limit, len(found) > start + limit),
        },
    )
