"""Leads (v1): uuids, custom fields flat at the top level, no custom fields of their own."""

from __future__ import annotations

from ..errors import generic, invalid, not_found
from ..store import Body
from . import common, values, values_v1
from .deals import deals_room
from .deals import render as render_deal
from .filters import narrowed
from .paging import page_v1
from .registry import Answer, Call, on

_FORM = ("id", "title", "owner_id", "creator_id", "label_ids", "person_id", "organization_id", "source_name", "origin", "origin_id",
         "channel",
         "channel_id", "source_deal_id", "is_archived", "was_seen", "value", "expected_close_date", "next_activity_id",
         "cc_email")  # fmt: skip
SORTS = ("id", "title", "owner_id", "creator_id", "was_seen", "expected_close_date", "next_activity_id", "add_time", "update_time")
SOURCES = ("Manually created", "Deal", "Web forms", "Prospector", "Leadbooster", "Live chat", "Import", "Website visitors",
           "Workflow automation", "API")  # fmt: skip


def render(call: Call, body: Body) -> Body:
    """Return a lead as v1 shows it."""
    record = {key: body.get(key) for key in _FORM} | {"visible_to": str(body["visible_to"])}
    record |= {key: body[key].replace("Z", ".000Z") for key in ("add_time", "update_time")}
    return record | values_v1.read_v1(call.account, body["custom_fields"])


def _changes(call: Call, before: Body | None) -> Body:  # noqa: C901 - one branch a field, as the API documents them
    body, account = call.body, call.account
    changes: Body = {key: body[key] for key in ("was_seen", "origin_id", "channel_id", "expected_close_date", "is_archived") if key in body}
    if before is None or body.get("title") is not None:
        changes["title"] = common.name_of(body["title"], "title")
    if before is None or "owner_id" in body:
        changes["owner_id"] = account.require("user", body.get("owner_id", call.user_id), "owner_id")["id"]
    for kind, key in (("person", "person_id"), ("organization", "organization_id")):
        if before is None or key in body:
            changes[key] = common.reference(call, kind, key)
    after = {**(before or {}), **changes}
    if after.get("person_id") is None and after.get("organization_id") is None:
        raise generic(400, "A lead must be linked to a person or an organization.")
    if "organization_id" in changes:
        changes["org_id"] = changes["organization_id"]
    if body.get("channel") is not None:
        raise invalid(["channel: The channel does not exist"])
    if "value" in body:
        amount = common.number(body["value"]["amount"], "value.amount")
        changes["value"] = {"amount": amount, "currency": account.require_currency(body["value"]["currency"], "value.currency")}
    if "label_ids" in body:
        for each in body["label_ids"]:
            if account.live("lead_label", each.lower()) is None:
                raise invalid([f"label_ids: Label {each} does not exist"])
        changes["label_ids"] = list(dict.fromkeys(each.lower() for each in body["label_ids"]))
    if before is None or "visible_to" in body:
        changes["visible_to"] = common.visibility(call, int(body.get("visible_to", account.default_visibility())))
    flat = {key: value for key, value in body.items() if values.HASH.match(key)}
    changes["custom_fields"] = values_v1.write_v1(account, flat, before["custom_fields"] if before else {})
    return changes


def _blank(call: Call) -> Body:
    now = call.account.now()
    return {
        "creator_id": call.user_id, "label_ids": [], "value": None, "expected_close_date": None, "was_seen": False, "origin_id": None,
        "channel": None, "channel_id": None, "source_deal_id": None, "is_archived": False, "source_name": "API", "origin": "API",
        "next_activity_id": None, "cc_email": f"{call.account.domain}+lead@pipedrivemail.com", "is_deleted": False, "add_time": now,
        "update_time": now,
    }  # fmt: skip


@on("POST /api/v1/leads")
def create(call: Call) -> Answer:
    """Add a lead."""
    deals_room(call)
    made = call.account.insert("lead", _blank(call) | _changes(call, None), call.user_id, id=call.account.new_uuid())
    common.touch_parents(call, {"person_id": made["person_id"], "org_id": made["organization_id"]})
    return Answer(render(call, made))


def _index(call: Call, archived: bool) -> Answer:
    where, given = narrowed(call, "leads", ("owner_id", "person_id"))
    if "organization_id" in call.query and "filter_id" not in call.query:
        where, given = [*where, "r.org_id = ?"], [*given, call.query["organization_id"]]
    where = [*where, "r.is_deleted = 0", f"r.is_archived = {int(archived)}"]
    return page_v1(call, "lead", (where, given), lambda body: render(call, body), sorts=SORTS)


@on("GET /api/v1/leads")
def index(call: Call) -> Answer:
    """List leads that are not archived."""
    return _index(call, archived=False)


@on("GET /api/v1/leads/archived")
def archived(call: Call) -> Answer:
    """List archived leads."""
    return _index(call, archived=True)


def found(call: Call) -> Body:
    """Return the lead that the path names."""
    return common.found(call, "lead", str(call.path["id"]).lower())


@on("GET /api/v1/leads/{id}")
def show(call: Call) -> Answer:
    """Return one lead."""
    return Answer(render(call, found(call)))


@on("PATCH /api/v1/leads/{id}")
def change(call: Call) -> Answer:
    """Change a lead. An archived one takes nothing but its unarchiving."""
    before = found(call)
    if before["is_archived"] and call.body.get("is_archived") is not False:
        raise generic(400, "An archived lead cannot be edited.")
    return Answer(render(call, call.account.update("lead", before, _changes(call, before), call.user_id)))


@on("DELETE /api/v1/leads/{id}")
def delete(call: Call) -> Answer:
    """Delete a lead."""
    return common.gone(call, "lead", found(call))


@on("GET /api/v1/leadSources")
def sources(call: Call) -> Answer:
    """List the fixed lead sources."""
    return Answer([{"name": name} for name in SOURCES])


# conversion: an asynchronous job that is done at once, but told of only by its status
@on("POST /api/v2/leads/{id}/convert/deal")
def to_deal(call: Call) -> Answer:
    """Turn a lead into a deal."""
    lead = found(call)
    account = call.account
    stage = account.require("stage", call.body["stage_id"], "stage_id") if "stage_id" in call.body else None
    pipeline = stage["pipeline_id"] if stage else call.body.get("pipeline_id", account.default_pipeline()["id"])
    account.require("pipeline", pipeline, "pipeline_id")
    worth = lead["value"] or {"amount": 0, "currency": call.user["default_currency"]}
    now = account.now()
    stages = account.stages_of(pipeline)
    if stage is None and not stages:
        raise invalid(["pipeline_id: The pipeline has no stages"])
    body = {"title": lead["title"], "owner_id": lead["owner_id"], "person_id": lead["person_id"], "org_id": lead["organization_id"],
            "creator_user_id": call.user_id, "value": worth["amount"], "currency": worth["currency"], "pipeline_id": pipeline,
            "stage_id": (stage or stages[0])["id"], "status": "open", "add_time": now, "update_time": now, "is_deleted": False,
            "is_archived": False, "visible_to": lead["visible_to"], "label_ids": [], "origin": "API", "source_lead_id": lead["id"],
            "expected_close_date": lead["expected_close_date"], "custom_fields": lead["custom_fields"]}  # fmt: skip
    deal = account.insert("deal", body, call.user_id)
    account.update("lead", lead, {"is_deleted": True}, call.user_id)
    return _job(call, {"deal_id": deal["id"]})


@on("POST /api/v2/deals/{id}/convert/lead")
def to_lead(call: Call) -> Answer:
    """Turn a deal into a lead."""
    deal = render_deal(call, common.found(call, "deal", call.path["id"]))
    account = call.account
    held = account.get("deal", deal["id"]) or {}
    if deal["person_id"] is None and deal["org_id"] is None:
        raise generic(400, "A lead must be linked to a person or an organization.")
    taken = {key: deal[key] for key in ("title", "owner_id", "person_id", "org_id", "expected_close_date", "visible_to")}
    worth = {"amount": deal["value"], "currency": deal["currency"]}
    body = _blank(call) | taken | {
        "organization_id": deal["org_id"], "value": worth, "was_seen": True, "source_deal_id": deal["id"], "source_name": "Deal",
        "custom_fields": held["custom_fields"],
    }  # fmt: skip
    lead = account.insert("lead", body, call.user_id, id=account.new_uuid())
    account.update("deal", held, {"is_deleted": True}, call.user_id)
    return _job(call, {"lead_id": lead["id"]})


def _job(call: Call, made: Body) -> Answer:
    id = call.account.new_uuid()
    call.account.store.insert(call.account.id, "conversion", {"made": made}, id=id)
    return Answer({"conversion_id": id})


@on("GET /api/v2/leads/{id}/convert/status/{conversion_id}", "GET /api/v2/deals/{id}/convert/status/{conversion_id}")
def status(call: Call) -> Answer:
    """Say how far a conversion is."""
    id = str(call.path["conversion_id"]).lower()
    job = call.account.get("conversion", id)
    if job is None:
        raise not_found("Conversion")
    return Answer({"conversion_id": id, "status": "completed", **job["made"]})
