"""Participants of a deal (v1): persons beside the one that the deal names."""

from __future__ import annotations

from ..errors import generic, not_found
from ..store import Body
from . import common
from .paging import slice_v1
from .registry import Answer, Call, on


@on("GET /api/v1/deals/{id}/participants")
def participants(call: Call) -> Answer:
    """List a deal's participants."""
    deal = common.found(call, "deal", call.path["id"])
    found = call.account.store.select(call.account.id, "participant", ["r.deal_id = ?"], [deal["id"]])
    return slice_v1(call, [_participant(call, each) for each in found])


@on("POST /api/v1/deals/{id}/participants")
def take_part(call: Call) -> Answer:
    """Add a person to a deal."""
    deal = common.found(call, "deal", call.path["id"])
    person = call.account.require("person", call.body["person_id"], "person_id")
    taken = call.account.store.count(call.account.id, "participant", ["r.deal_id = ?", "r.person_id = ?"], [deal["id"], person["id"]])
    if taken:
        raise generic(400, "This person is already a participant of the deal.")
    body = {"deal_id": deal["id"], "person_id": person["id"], "add_time": call.account.now(), "is_deleted": False}
    return Answer(_participant(call, call.account.store.insert(call.account.id, "participant", body)))


@on("DELETE /api/v1/deals/{id}/participants/{deal_participant_id}")
def leave(call: Call) -> Answer:
    """Take a participant off a deal."""
    deal = common.found(call, "deal", call.path["id"])
    held = call.account.get("participant", call.path["deal_participant_id"])
    if held is None or held["deal_id"] != deal["id"]:
        raise not_found("Participant")
    call.account.store.remove(call.account.id, "participant", held["id"])
    return Answer({"id": held["id"]})


def _participant(call: Call, body: Body) -> Body:
    person = call.account.get("person", body["person_id"]) or {}
    deal = call.account.get("deal", body["deal_id"]) or {}
    card = {"name": person.get("name"), "active_flag": not person.get("is_deleted"), "owner_id": person.get("owner_id"),
            "value": body["person_id"],
            "email": person.get("emails", []), "phone": person.get("phones", []), "company_id": call.account.id}  # fmt: skip
    return {"id": body["id"], "person_id": card, "add_time": common.v1_time(body["add_time"]), "active_flag": True,
            "related_item_data": {"deal_id": body["deal_id"], "title": deal.get("title")}}  # fmt: skip
