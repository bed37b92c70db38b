"""What persons, organizations, deals and products have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ..account import WHAT
from ..errors import forbidden, invalid, not_found
from ..store import Body
from . import values
from .paging import may_see
from .registry import Answer, Call

NAME_MAX = 255
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
_SPACED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def found(call: Call, kind: str, id: Any, *, deleted: bool = False) -> Body:
    """Return the record that a path names; 404 where there is none, it is deleted (unless asked for) or not visible."""
    body = call.account.get(kind, id)
    if body is None or (body.get("is_deleted") and not (deleted and body["update_time"] >= call.account.purge_line())):
        raise not_found(WHAT.get(kind, kind))
    if not may_see(call, kind, body):
        raise not_found(WHAT.get(kind, kind))
    return body


def moment(text: str, key: str, *, spaced: bool = False, both: bool = False) -> str:
    """Return a time as RFC 3339 UTC. `spaced` asks for v1's `YYYY-MM-DD HH:MM:SS`, `both` takes either."""
    forms = [_RFC3339, _SPACED] if both else [_SPACED if spaced else _RFC3339]
    try:
        if not any(form.fullmatch(text) for form in forms):
            raise ValueError
        read = datetime.fromisoformat(text)
        return (read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
    except (ValueError, OverflowError):
        raise invalid([f"{key}: This value is not a valid datetime"]) from None


def v1_time(text: str | None) -> str | None:
    """Return a kept time the way v1 writes it."""
    return text.replace("T", " ").rstrip("Z") if text else None


def name_of(text: Any, key: str = "name", longest: int = NAME_MAX) -> str:
    """Return a name that is neither blank nor too long."""
    if not isinstance(text, str) or not text.strip():
        raise invalid([f"{key}: The value must not be blank"])
    if len(text) > longest:
        raise invalid([f"{key}: The value is longer than {longest} characters"])
    return text


def number(value: float, key: str) -> float:
    """Return a number of at most 14 digits."""
    if values.too_long(value):
        raise invalid([f"{key}: The value has more than {values.DIGITS_MAX} digits"])
    return value


def add_time(call: Call) -> str:
    """Return the creation time that the body asks for, else now."""
    given = call.body.get("add_time")
    if given is None:
        return call.account.now()
    if call.account.switches["add_time_needs_admin"] == "yes" and not call.user["is_admin"]:
        raise forbidden("Only an admin may set add_time.")
    return moment(given, "add_time", both=call.account.switches["add_time_format"] == "either")


def shared(call: Call, entity: str, before: Body | None) -> Body:
    """Return the checked changes to owner, visibility, labels and custom fields that a v2 body asks for."""
    body, account = call.body, call.account
    changes: Body = {}
    if before is None or "owner_id" in body:
        changes["owner_id"] = account.require("user", body.get("owner_id", call.user_id), "owner_id")["id"]
    if before is None or "visible_to" in body:
        changes["visible_to"] = visibility(call, body.get("visible_to", account.default_visibility()))
    if entity != "product" and (before is None or "label_ids" in body):
        changes["label_ids"] = labels(call, entity, body.get("label_ids") or [])
    if before is None or "custom_fields" in body:
        held = before["custom_fields"] if before else {}
        changes["custom_fields"] = values.write_v2(account, entity, body.get("custom_fields") or {}, held)
    return changes


def visibility(call: Call, value: int) -> int:
    """Return a visibility that the plan knows."""
    allowed = (1, 3, 5, 7) if call.account.config.plan in ("premium", "ultimate") else (1, 3)
    if value not in allowed:
        raise invalid([f"visible_to: The value is not one of {', '.join(map(str, allowed))}"])
    return value


def labels(call: Call, entity: str, ids: list[int]) -> list[int]:
    """Return label ids that exist as options of the entity's label field."""
    field = call.account.field(entity, "label_ids")
    known = {option["id"] for option in field["options"]} if field else set()
    if unknown := [each for each in ids if each not in known]:
        raise invalid([f"label_ids: Label {unknown[0]} does not exist"])
    return list(dict.fromkeys(ids))


def reference(call: Call, kind: str, key: str, *, required: bool = False) -> int | None:
    """Return the id that the body's `key` refers to, checked; None where the body empties it."""
    value = call.body.get(key)
    if value is None and not required:
        return None
    record = call.account.require(kind, value, key)
    if kind != "user" and not may_see(call, kind, record):
        raise invalid([f"{key}: {WHAT.get(kind, kind)} with id {value} does not exist"])
    return record["id"]


def given_address(value: Any, key: str) -> Body | None:
    """Return a native address with all its parts, the omitted ones null."""
    try:
        return None if value is None else values.address(value)
    except values.Wrong as error:
        raise invalid([f"{key}: {error}"]) from None


def custom(call: Call, entity: str, body: Mapping[str, Any]) -> Body:
    """Return `custom_fields` as the query asks for them."""
    only = call.query.get("custom_fields")
    codes = only.split(",") if only else None
    if codes and len(codes) > 15:
        raise invalid(["custom_fields: Expected at most 15 keys"])
    labels = bool(call.query.get("include_option_labels"))
    return values.read_v2(call.account, entity, body["custom_fields"], only=codes, labels=labels, completed=is_completed(call))


def is_completed(call: Call) -> bool:
    """Return whether an answer comes after the map service has looked addresses up: every reading, no answer to a write."""
    return call.endpoint.method == "GET" and call.account.switches["address_parts"] == "later"


def fresh(call: Call, record: Body) -> Body:
    """Return the answer to a new record: its update_time may come only after it."""
    return record | ({"update_time": None} if call.account.switches["new_update_time"] == "null" else {})


def of_deal(call: Call, links: Body) -> Body:
    """Return the links of a new note or file, completed by those of its deal where it names nothing else."""
    alone = links.get("deal_id") is not None and all(links.get(key) is None for key in ("person_id", "org_id", "lead_id"))
    if not alone or call.account.switches["links_of_deal"] == "none":
        return links
    deal = call.account.get("deal", links["deal_id"]) or {}
    return {**links, "person_id": deal.get("person_id"), "org_id": deal.get("org_id")}


def with_labels(call: Call, entity: str, record: Body) -> Body:
    """Return the record with its labels named where the query asks for that."""
    if not call.query.get("include_labels"):
        return record
    field = call.account.field(entity, "label_ids")
    named = {option["id"]: option for option in field["options"]} if field else {}
    return {**record, "labels": [{"id": each, "label": named[each]["label"]} for each in record["label_ids"] if each in named]}


def gone(call: Call, kind: str, body: Body) -> Answer:
    """Mark a record as deleted, its children too where the switch says so."""
    account = call.account
    account.update(kind, body, {"is_deleted": True}, call.user_id)
    column = {"person": "person_id", "organization": "org_id", "deal": "deal_id"}.get(kind)
    if column and account.switches["delete_cascade"] == "children":
        for child in ("note", "activity", "file"):
            for each in account.store.select(account.id, child, [f"r.{column} = ?", "r.is_deleted = 0"], [body["id"]]):
                account.update(child, each, {"is_deleted": True}, call.user_id)
    return Answer({"id": body["id"]})


def touch_parents(call: Call, body: Mapping[str, Any]) -> None:
    """Move the update_time of what a new note, file or activity hangs on."""
    for kind, key in (("person", "person_id"), ("organization", "org_id"), ("deal", "deal_id"), ("lead", "lead_id")):
        if body.get(key) is not None:
            call.account.touch(kind, body[key])
