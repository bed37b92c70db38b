"""Merging two persons, organizations or deals (v1): `{id}` is absorbed, `merge_with_id` survives and wins. There is no way back."""

from __future__ import annotations

from ..errors import generic
from ..store import Body
from . import common
from .deals import render_v1 as deal_v1
from .registry import Answer, Call, on

_CHILDREN = {"person": "person_id", "organization": "org_id", "deal": "deal_id"}
_LINKED = ("deal", "lead", "activity", "note", "file", "person", "participant", "follower", "deal_product")
_LISTS = ("emails", "phones")


def _merge(call: Call, kind: str) -> Body:
    account = call.account
    absorbed = common.found(call, kind, call.path["id"])
    survivor = account.require(kind, call.body["merge_with_id"], "merge_with_id")
    if absorbed["id"] == survivor["id"]:
        raise generic(400, "A record cannot be merged with itself.")
    filled = {key: value for key, value in absorbed.items() if survivor.get(key) in (None, "", []) and value not in (None, "", [])}
    for key in _LISTS:
        if key in survivor:
            held = {each["value"] for each in survivor[key]}
            extra = [{**each, "primary": False} for each in absorbed[key] if each["value"] not in held]
            filled[key] = [*survivor[key], *extra] if survivor[key] else absorbed[key]
    filled["custom_fields"] = absorbed["custom_fields"] | survivor["custom_fields"]
    column = _CHILDREN[kind]
    for child in _LINKED:
        for each in account.store.select(account.id, child, [f"r.{column} = ?"], [absorbed["id"]]):
            moved = {column: survivor["id"]} | ({"organization_id": survivor["id"]} if child == "lead" and kind == "organization" else {})
            if child == "activity" and kind == "person":
                people = {person["person_id"]: person for person in each["participants"]}
                renamed = {survivor["id"] if id == absorbed["id"] else id: person for id, person in people.items()}
                moved["participants"] = [{**person, "person_id": id} for id, person in renamed.items()]
            account.store.update(account.id, child, {**each, **moved})
    account.update(kind, absorbed, {"is_deleted": True}, call.user_id)
    return account.update(kind, survivor, filled, call.user_id)


@on("PUT /api/v1/persons/{id}/merge")
def persons(call: Call) -> Answer:
    """Merge two persons."""
    call.need("can_merge_people")
    absorbed = call.path["id"]
    body = _merge(call, "person")
    return Answer({
        "id": body["id"], "company_id": call.account.id, "owner_id": body["owner_id"], "org_id": body["org_id"], "name": body["name"],
        "first_name": body["first_name"], "last_name": body["last_name"], "active_flag": True, "phone": body["phones"],
        "email": body["emails"],
        "first_char": body["name"][:1].lower(), "add_time": common.v1_time(body["add_time"]),
        "update_time": common.v1_time(body["update_time"]),
        "visible_to": str(body["visible_to"]), "label_ids": body["label_ids"], "label": None, "merge_what_id": absorbed,
    })  # fmt: skip


@on("PUT /api/v1/organizations/{id}/merge")
def organizations(call: Call) -> Answer:
    """Merge two organizations."""
    call.need("can_merge_organizations")
    return Answer({"id": _merge(call, "organization")["id"]})


@on("PUT /api/v1/deals/{id}/merge")
def deals(call: Call) -> Answer:
    """Merge two deals."""
    call.need("can_merge_deals")
    return Answer(deal_v1(call, _merge(call, "deal")))
