"""Persons (v2)."""

from __future__ import annotations

from typing import Any

from ..contract import is_date
from ..errors import forbidden, invalid
from ..store import Body
from . import common, values
from .extras import extras
from .filters import narrowed
from .paging import Rows, page_v2
from .registry import Answer, Call, on

SYNCED = ("postal_address", "notes", "im", "birthday", "job_title")
"""Native fields that exist only once contact sync is set up."""
_FORM = ("id", "name", "first_name", "last_name", "owner_id", "org_id", "add_time", "update_time", "emails", "phones", "is_deleted",
         "visible_to", "label_ids", "picture_id")  # fmt: skip


def render(call: Call, body: Body) -> Body:
    """Return a person as v2 shows it."""
    record = {key: body.get(key) for key in _FORM}
    if call.account.switches["contact_sync"] == "on":
        record |= {key: body.get(key) for key in SYNCED} | {"im": body.get("im") or []}
        record |= {"postal_address": values.located(body.get("postal_address"))} if common.is_completed(call) else {}
    record |= {"custom_fields": common.custom(call, "person", body)} | extras(call, "person", body)
    return common.with_labels(call, "person", record)


def _changes(call: Call, before: Body | None) -> Body:
    body, account = call.body, call.account
    changes = common.shared(call, "person", before)
    if sent := [key for key in SYNCED if key in body]:
        if account.switches["contact_sync"] == "off":
            raise forbidden(f"The field {sent[0]} is not available: contact sync is not set up in this company.")
        changes |= _synced(body, sent)
    if "marketing_status" in body:
        raise forbidden("The field marketing_status is not available: the company has no Campaigns product.")
    if before is None or "name" in body:
        changes["name"] = common.name_of(body.get("name"))
        changes["first_name"], changes["last_name"] = split_name(changes["name"], last=account.switches["name_split"] == "last")
    if before and "org_id" in body and body["org_id"] is None and account.switches["person_org_null"] == "refused":
        raise invalid(["org_id: Expected number"])
    if before is None or "org_id" in body:
        changes["org_id"] = common.reference(call, "organization", "org_id")
    for key in ("emails", "phones"):
        if before is None or key in body:
            changes[key] = contacts(body.get(key) or [], key)
    return changes


def _synced(body: Body, sent: list[str]) -> Body:
    changes = {key: body[key] for key in sent}
    if "postal_address" in changes:
        changes["postal_address"] = common.given_address(body["postal_address"], "postal_address")
    if body.get("birthday") is not None and not is_date(body["birthday"]):
        raise invalid(["birthday: This value is not a valid date"])
    if "im" in changes:
        changes["im"] = contacts(body["im"] or [], "im")
    return changes


def split_name(name: str, *, last: bool = True) -> tuple[str, str | None]:
    """Return first name and last name the way the server splits a full name: at its last blank, or at its first."""
    first, _, rest = name.strip().rpartition(" ") if last else name.strip().partition(" ")
    return (first.strip(), rest.strip() or None) if first else (rest.strip(), None)


def contacts(given: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Return e-mails or phones with label and primary filled in: the first is primary where none says so."""
    if sum(bool(each.get("primary")) for each in given) > 1:
        raise invalid([f"{key}: Only one value may be primary"])
    has_primary = any(each.get("primary") for each in given)
    for each in given:
        common.name_of(each["value"], key)
    return [
        {"value": each["value"], "primary": bool(each.get("primary")) if has_primary else index == 0, "label": each.get("label") or "work"}
        for index, each in enumerate(given)
    ]


@on("POST /api/v2/persons")
def create(call: Call) -> Answer:
    """Add a person; `add_time` may be set here and never again."""
    added = common.add_time(call)
    body = {"add_time": added, "update_time": call.account.now(), "is_deleted": False, "picture_id": None, **_changes(call, None)}
    made = call.account.insert("person", body, call.user_id)
    if made["org_id"]:
        call.account.touch("organization", made["org_id"])
    return Answer(common.fresh(call, render(call, made)))


@on("GET /api/v2/persons")
def index(call: Call) -> Answer:
    """List persons."""
    rows = narrowed(call, "people", ("owner_id", "org_id"), more=_of_deal(call))
    return page_v2(call, "person", rows, lambda body: render(call, body))


def _of_deal(call: Call) -> Rows:
    if "deal_id" not in call.query:
        return [], []
    account = call.account
    deal = account.live("deal", call.query["deal_id"]) or {}
    parts = account.store.select(account.id, "participant", ["r.deal_id = ?"], [call.query["deal_id"]])
    ids = sorted({*(part["person_id"] for part in parts), *([deal["person_id"]] if deal.get("person_id") else [])})
    return [f"r.id IN ({', '.join('?' * len(ids))})"], ids


@on("GET /api/v2/persons/{id}")
def show(call: Call) -> Answer:
    """Return one person."""
    return Answer(render(call, common.found(call, "person", call.path["id"])))


@on("PATCH /api/v2/persons/{id}")
def change(call: Call) -> Answer:
    """Change a person; lists are replaced as a whole."""
    before = common.found(call, "person", call.path["id"])
    return Answer(render(call, call.account.update("person", before, _changes(call, before), call.user_id)))


@on("DELETE /api/v2/persons/{id}")
def delete(call: Call) -> Answer:
    """Mark a person as deleted."""
    return common.gone(call, "person", common.found(call, "person", call.path["id"]))
