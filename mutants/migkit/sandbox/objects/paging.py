"""Lists: which rows a user sees, in which order, and one page of them in the shape of v2 (cursor) or v1 (offset)."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from ..errors import generic, invalid
from ..store import Body
from .registry import Answer, Call

Rows = tuple[list[str], list[Any]]
"""SQL conditions on `r` and their values."""
DEFAULT_LIMIT = 100
_NULLABLE_SORTS = {"due_date": "coalesce(r.due_date, '')", "name": "json_extract(r.body, '$.name')",
                   "order_nr": "json_extract(r.body, '$.order_nr')",
                   "deal_id": "r.deal_id", "billing_date": "json_extract(r.body, '$.billing_date')"}  # fmt: skip
_VISIBLE_PARENTS = (("person", "person_id"), ("organization", "org_id"), ("deal", "deal_id"), ("lead", "lead_id"))
PARENTED = frozenset({"note", "file", "activity"})
"""Kinds that are seen when what they hang on is seen."""


def visible(call: Call, kind: str) -> Rows:
    """Return what limits a list to the rows that the token's user may see; nothing for an admin."""
    if call.user["is_admin"] or kind not in {"person", "organization", "deal", "lead", "product", *PARENTED}:
        return [], []
    if kind in PARENTED:
        return _parents_visible(call)
    condition, values = _sees(call, "r")
    return [condition], values


def _sees(call: Call, row: str) -> tuple[str, list[Any]]:
    if call.account.config.plan in ("premium", "ultimate"):
        group = [user["id"] for user in call.account.small("user").values() if user["role_id"] == call.user["role_id"]]
        marks = ", ".join("?" * len(group))
        return f"({row}.owner_id = ? OR {row}.visible_to = 7 OR ({row}.visible_to IN (3, 5) AND {row}.owner_id IN ({marks})))", [
            call.user_id,
            *group,
        ]
    return f"({row}.owner_id = ? OR {row}.visible_to >= 3)", [call.user_id]


def _parents_visible(call: Call) -> Rows:
    conditions, values = [], []
    seen, user = _sees(call, "p")
    for parent, column in _VISIBLE_PARENTS:
        held = f"p.account = r.account AND p.kind = '{parent}' AND p.id = r.{column}"
        conditions.append(f"(r.{column} IS NULL OR EXISTS (SELECT 1 FROM records p WHERE {held} AND {seen}))")
        values += user
    return [f"(r.owner_id = ? OR ({' AND '.join(conditions)}))"], [call.user_id, *values]


def may_see(call: Call, kind: str, body: Body) -> bool:
    """Say whether the token's user sees one record."""
    where, values = visible(call, kind)
    if not where:
        return True
    return call.account.store.count(call.account.id, kind, [*where, "r.id = ?"], [*values, body["id"]]) == 1


def chosen(call: Call, names: Sequence[str]) -> Rows:
    """Return conditions for the query's filters that are plain columns."""
    where, values = [], []
    for name in names:
        if name in call.query:
            where.append(f"r.{name} = ?")
            values.append(call.query[name])
    for name, sign in (("updated_since", ">="), ("updated_until", "<")):
        if name in call.query:
            where.append(f"r.update_time {sign} ?")
            values.append(utc(call.query[name]))
    if "ids" in call.query:
        ids = id_list(call.query["ids"])
        where.append(f"r.id IN ({', '.join('?' * len(ids))})")
        values += ids
    return where, values


def utc(moment: str) -> str:
    """Return an RFC 3339 moment in UTC, ending in Z."""
    from datetime import UTC, datetime

    try:
        return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        raise invalid(["updated_since: This value is not a valid datetime"]) from None


def id_list(text: str, limit: int = 100) -> list[int]:
    """Return the ids of a comma-separated list of at most `limit`."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > limit or not all(re.fullmatch(r"[0-9]{1,18}", part) for part in parts):
        raise invalid([f"ids: Expected at most {limit} comma-separated ids"])
    return [int(part) for part in parts]


def page_v2(call: Call, kind: str, rows: Rows, render: Callable[[Body], Any], *, deleted: bool = False) -> Answer:
    """Return one page by cursor. `deleted` leaves the rows' own condition on deletion in force."""
    sort = call.query.get("sort_by", "id")
    down = call.query.get("sort_direction", "asc") == "desc"
    column = _NULLABLE_SORTS.get(sort, f"r.{sort}")
    limit = call.query.get("limit", DEFAULT_LIMIT)
    seen, seen_values = visible(call, kind)
    where, values = [*rows[0], *seen], [*rows[1], *seen_values]
    if not deleted:
        where.append("r.is_deleted = 0")
    if "cursor" in call.query:
        place, id = _read_cursor(call.query["cursor"], sort, down)
        sign = "<" if down else ">"
        where.append(f"r.id {sign} ?" if sort == "id" else f"({column} {sign} ? OR ({column} = ? AND r.id {sign} ?))")
        values += [id] if sort == "id" else [place, place, id]
    way = "DESC" if down else "ASC"
    order = f"r.id {way}" if sort == "id" else f"{column} {way}, r.id {way}"
    found = call.account.store.select(call.account.id, kind, where, values, order=order, limit=limit + 1)
    more = len(found) > limit
    cursor = _write_cursor(sort, found[limit - 1], down) if more else None
    return Answer([render(body) for body in found[:limit]], {"next_cursor": cursor})


def page_of(call: Call, items: Sequence[Any]) -> Answer:
    """Return one page, by cursor, of a list that is held in memory."""
    limit = call.query.get("limit", DEFAULT_LIMIT)
    start = _read_cursor(call.query["cursor"], "#", False)[1] if "cursor" in call.query else 0
    more = len(items) > start + limit
    cursor = _cursor("#", None, start + limit, False) if more else None
    return Answer(list(items[start : start + limit]), {"next_cursor": cursor})


def _write_cursor(sort: str, last: Body, down: bool) -> str:
    return _cursor(sort, last.get(sort) or "" if sort == "due_date" else last.get(sort), last["id"], down)


def _cursor(sort: str, place: Any, id: Any, down: bool) -> str:
    return base64.urlsafe_b64encode(json.dumps([sort, place, id, down]).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, sort: str, down: bool) -> tuple[Any, Any]:
    try:
        written, place, id, way = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, TypeError):
        raise invalid(["cursor: The cursor is not valid"]) from None
    if written != sort or way != down or not isinstance(id, int) or isinstance(place, list | dict) or abs(id) >= 2**63:
        raise invalid(["cursor: The cursor is not valid"])
    return place, id


def page_v1(call: Call, kind: str, rows: Rows, render: Callable[[Body], Any], *, sorts: Sequence[str] = ()) -> Answer:
    """Return one page by offset; `sorts` are the fields that `sort` may name."""
    start, limit = call.query.get("start", 0), call.query.get("limit", DEFAULT_LIMIT)
    seen, seen_values = visible(call, kind)
    order = _v1_order(call.query.get("sort", ""), sorts)
    found = call.account.store.select(
        call.account.id, kind, [*rows[0], *seen], [*rows[1], *seen_values], order=order, limit=limit + 1, offset=start
    )
    return Answer([render(body) for body in found[:limit]], pagination(call, start, limit, len(found) > limit))


def slice_v1(call: Call, items: Sequence[Any]) -> Answer:
    """Return one page, by offset, of a list that is held in memory."""
    start, limit = call.query.get("start", 0), call.query.get("limit", DEFAULT_LIMIT)
    return Answer(list(items[start : start + limit]), pagination(call, start, limit, len(items) > start + limit))


def pagination(call: Call, start: int, limit: int, more: bool) -> dict[str, Any] | None:
    """Return v1's page data: nested under `pagination`, as readers expect of every v1 list, and also flat where the specification
    says that; None where it says that there is none."""
    if call.endpoint.paging is None:
        return None
    flat = {"start": start, "limit": limit, "more_items_in_collection": more}
    nested = flat | ({"next_start": start + limit} if more else {})
    return {"pagination": nested} | (flat if call.endpoint.paging == "flat" else {})


def _v1_order(sort: str, allowed: Sequence[str]) -> str:
    if not sort:
        return "r.seq"
    parts = []
    for part in sort.split(","):
        name, _, way = part.strip().partition(" ")
        if name not in allowed or way.strip().upper() not in ("", "ASC", "DESC"):
            raise generic(400, f"Sorting by this field is not supported; supported are {', '.join(allowed)}.")
        parts.append(f"json_extract(r.body, '$.{name}') {way.strip().upper()}".rstrip())
    return ", ".join([*parts, "r.seq"])
