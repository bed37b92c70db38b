"""The further fields that `include_fields` asks for: counts of what hangs on a record, null for what the sandbox has none of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..store import Body
from .registry import Call

_OWN = {"person": "person_id", "organization": "org_id", "deal": "deal_id", "product": "product_id"}
_COUNTS: dict[str, tuple[str, Sequence[str]]] = {
    "activities_count": ("activity", ()),
    "done_activities_count": ("activity", ("r.done = 1",)),
    "undone_activities_count": ("activity", ("r.done = 0",)),
    "files_count": ("file", ()),
    "notes_count": ("note", ()),
    "followers_count": ("follower", ()),
    "products_count": ("deal_product", ()),
    "participants_count": ("participant", ()),
    "people_count": ("person", ()),
    "open_deals_count": ("deal", ("r.status = 'open'",)),
    "closed_deals_count": ("deal", ("r.status <> 'open'",)),
    "won_deals_count": ("deal", ("r.status = 'won'",)),
    "lost_deals_count": ("deal", ("r.status = 'lost'",)),
}


def extras(call: Call, kind: str, body: Body) -> Body:
    """Return the fields that the query's `include_fields` adds to a record."""
    asked = call.query.get("include_fields")
    return {name: _extra(call, kind, body, name) for name in asked.split(",")} if asked else {}


def _extra(call: Call, kind: str, body: Body, name: str) -> Any:
    if name in _COUNTS:
        child, where = _COUNTS[name]
        return call.account.store.count(call.account.id, child, [f"r.{_OWN[kind]} = ?", "r.is_deleted = 0", *where], [body["id"]])
    if name in ("participant_open_deals_count", "participant_closed_deals_count"):
        return _taken_part(call, body["id"], is_open="open" in name)
    if name.endswith("_count"):
        return 0
    return body.get(name)


def _taken_part(call: Call, person: int, *, is_open: bool) -> int:
    """Return how many deals, open or closed, a person takes part in beside the one that the deal names."""
    store, account = call.account.store, call.account
    deals = [part["deal_id"] for part in store.select(account.id, "participant", ["r.person_id = ?"], [person])]
    found = [account.live("deal", deal) for deal in deals]
    return sum(1 for deal in found if deal is not None and (deal["status"] == "open") is is_open)
