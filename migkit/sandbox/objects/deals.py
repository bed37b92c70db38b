"""Deals (v2), archived ones, their participants and the v1 calls that remain."""

from __future__ import annotations

from typing import Any

from ..config import DEAL_CAP
from ..errors import capped, forbidden, generic, invalid
from ..store import Body
from . import common
from .extras import extras
from .filters import narrowed
from .paging import Rows, page_v2
from .registry import Answer, Call, on

_FORM = ("id", "title", "creator_user_id", "owner_id", "value", "person_id", "org_id", "stage_id", "pipeline_id", "currency",
         "archive_time",
         "add_time", "update_time", "stage_change_time", "status", "is_archived", "is_deleted", "probability", "lost_reason", "visible_to",
         "close_time", "won_time", "lost_time", "expected_close_date", "label_ids", "origin", "origin_id", "channel", "channel_id",
         "source_lead_id", "acv", "arr", "mrr")  # fmt: skip
_BLANK: Body = dict.fromkeys(("archive_time", "stage_change_time", "probability", "lost_reason", "close_time", "won_time", "lost_time",
                              "expected_close_date", "origin_id", "channel", "channel_id", "source_lead_id", "acv", "arr",
                              "mrr"))  # fmt: skip
_V2_ONLY = ("owner_id", "is_deleted", "label_ids", "visible_to", "archive_time", "source_lead_id")
FILTERS = ("owner_id", "person_id", "org_id", "pipeline_id", "stage_id")


def render(call: Call, body: Body) -> Body:
    """Return a deal as v2 shows it."""
    record = {key: body.get(key) for key in _FORM}
    for key in ("won", "lost", "close"):
        record[f"local_{key}_date"] = (body.get(f"{key}_time") or "")[:10] or None
    record |= {"custom_fields": common.custom(call, "deal", body)} | extras(call, "deal", body)
    return common.with_labels(call, "deal", record)


def deals_room(call: Call) -> None:
    """Refuse one more deal or lead where the plan's limit is reached."""
    account = call.account
    open_only = account.switches["deals_counted"] == "open"
    deals = account.store.count(account.id, "deal", ["r.is_deleted = 0", *(["r.status = 'open'"] if open_only else [])])
    leads = account.store.count(account.id, "lead", ["r.is_deleted = 0"])
    if deals + leads >= min(300_000, DEAL_CAP[account.config.plan] * account.config.seats):
        raise capped("You have reached the limit of deals and leads of your plan.", "feature_capping_deals_limit")


def _changes(call: Call, before: Body | None) -> Body:
    body = call.body
    changes = common.shared(call, "deal", before)
    if before is None or "title" in body:
        changes["title"] = common.name_of(body.get("title"), "title")
    for kind, key in (("person", "person_id"), ("organization", "org_id")):
        if before is None or key in body:
            changes[key] = common.reference(call, kind, key)
    changes |= _place(call, before) | _worth(call, before) | _closing(call, before)
    if "expected_close_date" in body or "lost_reason" in body or "probability" in body:
        changes |= {key: body[key] for key in ("expected_close_date", "lost_reason", "probability") if key in body}
    if body.get("probability") is not None and not 0 <= body["probability"] <= 100:
        raise invalid(["probability: Expected 0 to 100"])
    return changes


def _place(call: Call, before: Body | None) -> Body:
    body, account = call.body, call.account
    if before and "pipeline_id" not in body and "stage_id" not in body:
        return {}
    if body.get("stage_id") is not None:
        stage = account.require("stage", body["stage_id"], "stage_id")
        if body.get("pipeline_id", stage["pipeline_id"]) != stage["pipeline_id"]:
            raise invalid(["stage_id: The stage does not belong to the pipeline"])
    else:
        pipeline = account.require("pipeline", body["pipeline_id"], "pipeline_id") if "pipeline_id" in body else account.default_pipeline()
        stages = account.stages_of(pipeline["id"])
        if not stages:
            raise invalid(["pipeline_id: The pipeline has no stages"])
        stage = stages[0]
    if before and before["stage_id"] == stage["id"]:
        return {}
    moved = {"stage_change_time": account.now()} if before else {}
    return {"stage_id": stage["id"], "pipeline_id": stage["pipeline_id"], **moved}


def _worth(call: Call, before: Body | None) -> Body:
    body, account = call.body, call.account
    changes: Body = {}
    if "currency" in body:
        changes["currency"] = account.require_currency(body["currency"], "currency")
    elif before is None:
        changes["currency"] = call.user["default_currency"]
    if "value" in body:
        if before and account.store.count(account.id, "deal_product", ["r.deal_id = ?"], [before["id"]]):
            raise generic(400, "The value of a deal with products is computed from them and cannot be set.")
        changes["value"] = common.number(body["value"], "value")
    elif before is None:
        changes["value"] = 0
    return changes


def _closing(call: Call, before: Body | None) -> Body:
    """Status and its times: each time may be set only together with, or under, its status."""
    body, account = call.body, call.account
    was = before["status"] if before else "open"
    status = body.get("status", was)
    changes: Body = {"status": status}
    for key, wanted in (("won_time", ("won",)), ("lost_time", ("lost",)), ("close_time", ("won", "lost"))):
        if body.get(key) is None:
            continue
        if status not in wanted:
            raise invalid([f"{key}: Can only be set if deal status is {' or '.join(wanted)}"])
        if not call.user["permissions"]["can_edit_deals_closed_date"]:
            raise forbidden()
        changes[key] = common.moment(body[key], key)
    if body.get("lost_reason") is not None and status != "lost":
        raise invalid(["lost_reason: Can only be set if deal status is lost"])
    if status != was:
        changes = {"won_time": None, "lost_time": None, "close_time": None, "lost_reason": None} | changes
    own = {"won": "won_time", "lost": "lost_time"}.get(status)
    if own and (status != was or own in changes or "close_time" in changes):
        closed = changes.get(own) or changes.get("close_time") or account.now()
        changes |= {own: closed, "close_time": changes.get("close_time") or closed}
    return changes


@on("POST /api/v2/deals")
def create(call: Call) -> Answer:
    """Add a deal."""
    deals_room(call)
    if call.body.get("is_deleted"):
        raise invalid(["is_deleted: A deal cannot be added as deleted"])
    now = call.account.now()
    added = now
    if "add_time" in call.body and call.account.switches["deal_add_time"] == "accepted":
        added = common.add_time(call)
    body = {**_BLANK, "creator_user_id": call.user_id, "add_time": added, "update_time": now, "is_deleted": False, "origin": "API",
            "is_archived": False, **_changes(call, None), **_archived(call)}  # fmt: skip
    made = call.account.insert("deal", body, call.user_id)
    common.touch_parents(call, {"person_id": made["person_id"], "org_id": made["org_id"]})
    return Answer(common.fresh(call, render(call, made)))


def _archived(call: Call) -> Body:
    body = call.body
    if "is_archived" not in body and "archive_time" not in body:
        return {}
    archived = body.get("is_archived", True)
    given = body.get("archive_time")
    return {
        "is_archived": archived,
        "archive_time": (common.moment(given, "archive_time", spaced=True) if given else call.account.now()) if archived else None,
    }


def _listed(call: Call, archived: bool) -> tuple[Rows, bool]:
    statuses = call.query["status"].split(",") if "status" in call.query else []
    where, values = [f"r.is_archived = {int(archived)}"], []
    plain = [status for status in statuses if status != "deleted"]
    if statuses:
        parts = [f"(r.is_deleted = 0 AND r.status IN ({', '.join('?' * len(plain))}))"] if plain else []
        values += plain
        if "deleted" in statuses:
            parts.append("(r.is_deleted = 1 AND r.update_time >= ?)")
            values.append(call.account.purge_line())
        where.append(f"({' OR '.join(parts)})")
    return narrowed(call, "deals", FILTERS, more=(where, values)), "deleted" in statuses


@on("GET /api/v2/deals")
def index(call: Call) -> Answer:
    """List deals that are not archived."""
    rows, deleted = _listed(call, archived=False)
    return page_v2(call, "deal", rows, lambda body: render(call, body), deleted=deleted)


@on("GET /api/v2/deals/archived")
def archived(call: Call) -> Answer:
    """List archived deals."""
    rows, deleted = _listed(call, archived=True)
    return page_v2(call, "deal", rows, lambda body: render(call, body), deleted=deleted)


@on("GET /api/v2/deals/{id}")
def show(call: Call) -> Answer:
    """Return one deal."""
    body = common.found(call, "deal", call.path["id"], deleted=True)
    return Answer(render(call, {**body, "status": "deleted"} if body["is_deleted"] else body))


@on("PATCH /api/v2/deals/{id}")
def change(call: Call) -> Answer:
    """Change a deal. An archived one takes nothing but its unarchiving."""
    undelete = call.account.switches["deal_undelete"] == "accepted" and call.body.get("is_deleted") is False
    before = common.found(call, "deal", call.path["id"], deleted=undelete)
    if call.body.get("is_deleted"):
        raise invalid(["is_deleted: A deal cannot be deleted by changing it"])
    if before["is_archived"] and call.body.get("is_archived") is not False:
        raise generic(400, "An archived deal cannot be edited.")
    changes = _changes(call, before) | _archived(call) | ({"is_deleted": False} if undelete else {})
    return Answer(render(call, call.account.update("deal", before, changes, call.user_id)))


@on("DELETE /api/v2/deals/{id}")
def delete(call: Call) -> Answer:
    """Mark a deal as deleted."""
    before = common.found(call, "deal", call.path["id"])
    call.need("can_delete_deals")
    return common.gone(call, "deal", before)


@on("POST /api/v1/deals/{id}/duplicate")
def duplicate(call: Call) -> Answer:
    """Add a copy of a deal."""
    before = common.found(call, "deal", call.path["id"])
    deals_room(call)
    now = call.account.now()
    copy = {
        **before,
        "title": f"{before['title']} (copy)"[: common.NAME_MAX],
        "add_time": now,
        "update_time": now,
        "creator_user_id": call.user_id,
    }
    return Answer(render_v1(call, call.account.insert("deal", copy, call.user_id)))


def render_v1(call: Call, body: Body) -> Body:
    """Return a deal in v1's form."""
    record: dict[str, Any] = {key: body.get(key) for key in _FORM if key not in _V2_ONLY}
    for key in ("add_time", "update_time", "stage_change_time", "close_time", "won_time", "lost_time"):
        record[key] = common.v1_time(body.get(key))
    return record | {
        "user_id": body["owner_id"], "deleted": body["is_deleted"], "active": body["status"] == "open" and not body["is_deleted"],
        "visible_to": str(body["visible_to"]), "label": ",".join(map(str, body["label_ids"])) or None,
    }  # fmt: skip
