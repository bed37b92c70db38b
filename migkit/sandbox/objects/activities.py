"""Activities (v2): dates and times apart, persons as participants, no custom fields, no times that may be set."""

from __future__ import annotations

import re
from typing import Any

from ..contract import is_date
from ..errors import generic, invalid
from ..store import Body
from . import common, values
from .filters import narrowed
from .paging import page_v2
from .registry import Answer, Call, on

NOTE_MAX = 102_400
_FORM = ("id", "subject", "type", "owner_id", "creator_user_id", "is_deleted", "add_time", "update_time", "deal_id", "lead_id", "person_id",
         "org_id", "project_id", "due_date", "due_time", "duration", "busy", "done", "marked_as_done_time", "location", "participants",
         "conference_meeting_client", "conference_meeting_url", "conference_meeting_id", "public_description", "priority", "outcome",
         "note")  # fmt: skip
_PLAIN = ("subject", "busy", "done", "public_description", "priority", "outcome", "note")
_BLANK: Body = dict.fromkeys(_FORM) | {"busy": False, "done": False, "participants": [], "attendees": [], "is_deleted": False}
_SECONDS = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d")
_MINUTES = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_LENGTH = re.compile(r"\d\d:[0-5]\d(:[0-5]\d)?")


def render(call: Call, body: Body) -> Body:
    """Return an activity as v2 shows it."""
    record = {key: body.get(key) for key in _FORM}
    record |= {"location": values.located(body.get("location"))} if common.is_completed(call) else {}
    if call.account.switches["due_time_format"] == "minutes":
        record |= {key: body[key] and body[key][:5] for key in ("due_time", "duration")}
    return record | ({"attendees": body.get("attendees", [])} if call.query.get("include_fields") else {})


def _clock(call: Call, key: str) -> str | None:
    value = call.body[key]
    if value in (None, ""):
        return None
    short = call.account.switches["due_time_format"] == "minutes"
    forms = (_LENGTH,) if key == "duration" else (_SECONDS, _MINUTES)
    if not any(form.fullmatch(value) for form in forms) or (len(value) == 5 and not short):
        raise invalid([f"{key}: This value is not a valid datetime"])
    return value if len(value) == 8 else f"{value}:00"


def _changes(call: Call, before: Body | None) -> Body:
    body, account = call.body, call.account
    changes: Body = {key: body[key] for key in _PLAIN if key in body}
    if before is None or "type" in body:
        changes["type"] = _type(call)
    if before is None and not body.get("subject"):
        changes["subject"] = next(each["name"] for each in account.small("activity_type").values() if each["key_string"] == changes["type"])
    if changes.get("subject"):
        common.name_of(changes["subject"], "subject")
    if before is None or "owner_id" in body:
        changes["owner_id"] = account.require("user", body.get("owner_id", call.user_id), "owner_id")["id"]
    if len((body.get("note") or "").encode()) > NOTE_MAX:
        raise invalid(["note: The note is larger than 100 KB"])
    if body.get("project_id") is not None:
        raise invalid(["project_id: Project does not exist"])
    if "due_date" in body and not is_date(body["due_date"]):
        raise invalid(["due_date: This value is not a valid date"])
    changes |= {key: _clock(call, key) for key in ("due_time", "duration") if key in body}
    changes |= {"due_date": body["due_date"]} if "due_date" in body else {}
    changes |= {"location": common.given_address(body["location"], "location")} if "location" in body else {}
    changes |= _coded(call) | _links(call) | _people(call)
    done = changes.get("done", before["done"] if before else False)
    if done != (before["done"] if before else False):
        changes["marked_as_done_time"] = account.now() if done else None
    return changes


def _type(call: Call) -> str:
    types = [each for each in call.account.small("activity_type").values() if not each["is_deleted"]]
    wanted = call.body.get("type") or next((each["key_string"] for each in types if each["key_string"] == "call"), types[0]["key_string"])
    if all(each["key_string"] != wanted for each in types):
        raise invalid([f"type: Activity type '{wanted[:60]}' does not exist"])
    return str(wanted)


def _coded(call: Call) -> Body:
    """Check the keys whose values are options of activityFields."""
    for key in ("priority", "outcome"):
        value = call.body.get(key)
        field = call.account.field("activity", key)
        if value is not None and (field is None or value not in {option["id"] for option in field["options"]}):
            raise invalid([f"{key}: Option {value} does not exist"])
    return {}


def _links(call: Call) -> Body:
    """Return the links to a deal or a lead, and to an organization; a deal beats a lead."""
    links: Body = {}
    for kind, key in (("deal", "deal_id"), ("lead", "lead_id"), ("organization", "org_id")):
        if key in call.body:
            links[key] = common.reference(call, kind, key)
    if links.get("deal_id") is not None:
        links["lead_id"] = None
    elif links.get("lead_id") is not None:
        links["deal_id"] = None
    return links


def _people(call: Call) -> Body:
    changes: Body = {}
    if "participants" in call.body:
        given = call.body["participants"]
        if any("person_id" not in each for each in given):
            raise invalid(["participants: Parameter 'person_id' is required"])
        ids = [call.account.require("person", each["person_id"], "participants.person_id")["id"] for each in given]
        if len(set(ids)) != len(ids) or sum(bool(each.get("primary")) for each in given) > 1:
            raise invalid(["participants: Each person once, and one of them primary"])
        primary = next((each["person_id"] for each in given if each.get("primary")), ids[0] if ids else None)
        changes["participants"] = [{"person_id": id, "primary": id == primary} for id in ids]
        changes["person_id"] = primary
    if "attendees" in call.body:
        if any(not re.fullmatch(r"[^@\s]+@[^@\s]+", each.get("email", "")) for each in call.body["attendees"]):
            raise invalid(["attendees: An attendee needs a valid email"])
        changes["attendees"] = call.body["attendees"]
    return changes


@on("POST /api/v2/activities")
def create(call: Call) -> Answer:
    """Add an activity."""
    now = call.account.now()
    body: dict[str, Any] = {**_BLANK, "creator_user_id": call.user_id, "add_time": now, "update_time": now, **_changes(call, None)}
    body.pop("id")
    if body["due_date"] is None and call.account.switches["missing_due_date"] == "today":
        body["due_date"] = now[:10]
    made = call.account.insert("activity", body, call.user_id)
    common.touch_parents(call, made)
    return Answer(render(call, made))


@on("GET /api/v2/activities")
def index(call: Call) -> Answer:
    """List activities."""
    rows = narrowed(call, "activity", ("owner_id", "deal_id", "lead_id", "person_id", "org_id", "done"))
    return page_v2(call, "activity", rows, lambda body: render(call, body))


@on("GET /api/v2/activities/{id}")
def show(call: Call) -> Answer:
    """Return one activity."""
    return Answer(render(call, common.found(call, "activity", call.path["id"])))


@on("PATCH /api/v2/activities/{id}")
def change(call: Call) -> Answer:
    """Change an activity."""
    before = common.found(call, "activity", call.path["id"])
    return Answer(render(call, call.account.update("activity", before, _changes(call, before), call.user_id)))


@on("DELETE /api/v2/activities/{id}")
def delete(call: Call) -> Answer:
    """Mark an activity as deleted."""
    before = common.found(call, "activity", call.path["id"])
    if not call.user["permissions"]["can_delete_activities"] and before["owner_id"] != call.user_id:
        raise generic(403, "You do not have permissions to do this.")
    return common.gone(call, "activity", before)
