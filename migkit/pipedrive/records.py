"""Answers as records, and lists as pages: pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from migkit.model.objects import Endpoint, ObjectType

from .calls import Call, unconfirmed

Id = int | str
"""A record's id: int; a uuid for leads and lead labels; `<entity>/<field code>` for fields."""

Data = dict[str, Any]
"""A record as Pipedrive answered it; always with an `id`, a field also with its `entity`."""

Rows = list[Data]

First = Literal["oldest", "newest", "changed"]
"""Which end of a list comes first: what was created first, created last, or changed last."""


def of_entity(path: str, entity: str | None) -> str:
    """Return a path of fields with its entity filled in; any other path as it is."""
    return path.replace("{entity}", entity) if entity else path


def option_path(entity: str | None) -> str:
    """Return the path of a field's options."""
    return of_entity("/api/v2/{entity}Fields/{field_code}/options", entity)


def address(object: ObjectType, id: Id) -> tuple[str | None, dict[str, Id]]:
    """Return (a field's entity or None, placeholder → value) of one record's path."""
    if object is not ObjectType.FIELD:
        return None, {"id": id}
    entity, _, code = str(id).partition("/")
    return entity, {"field_code": code}


def record_of(call: Call, data: Any, entity: str | None) -> Data:
    """Return an answered record with its `id`. Raises UnconfirmedWrite (after a write) or TransientError where the answer holds none."""
    if isinstance(data, dict):
        if entity and "field_code" in data:
            return data | {"entity": entity, "id": f"{entity}/{data['field_code']}"}
        if data.get("id") is not None:
            return data
    raise unconfirmed(call, "was answered without the record's id")


def rows_of(call: Call, data: Any) -> Rows:
    """Return a list answer's rows: v1 may say null where it means none, searches wrap theirs. Raises as `record_of` does."""
    if isinstance(data, dict) and isinstance(data.get("items"), list):
        data = [row.get("item", row) if isinstance(row, dict) else row for row in data["items"]]
    if not isinstance(data, list | None) or not all(isinstance(row, dict) for row in data or ()):
        raise unconfirmed(call, "was answered with something that is no list of records")
    return data or []


def is_deleted(record: Data) -> bool:
    """Return whether an answered record is a deleted one (v2 `is_deleted`, v1 `active_flag`)."""
    return record.get("is_deleted") is True or record.get("active_flag") is False


def first_page(endpoint: Endpoint, filters: Mapping[str, Any], first: First = "oldest") -> dict[str, Any]:
    """Return the parameters of a list's first page: the largest that there is, in a stable order."""
    page = dict(filters)
    if endpoint.page_size:
        page.setdefault("limit", endpoint.page_size)
    sort = {"oldest": endpoint.sort, "newest": endpoint.newest, "changed": endpoint.changed}[first]
    if sort and endpoint.paging == "cursor":
        page |= {"sort_by": sort, "sort_direction": "asc" if first == "oldest" else "desc"}
    elif sort:
        page["sort"] = sort
    return page


def next_page(endpoint: Endpoint, call: Call, envelope: Mapping[str, Any], rows: int) -> dict[str, Any] | None:
    """Return the parameters of the page after `call`'s, None after the last. Raises TransientError where the answer leads nowhere."""
    page, more = dict(call.params), envelope.get("additional_data") or {}
    if endpoint.paging == "whole":
        return None
    pagination = more.get("pagination") if isinstance(more, dict) else 0
    if not isinstance(pagination, dict | None):
        raise unconfirmed(call, "was answered without usable paging")
    if endpoint.paging == "cursor":
        cursor = more.get("next_cursor")
        if cursor and cursor == page.get("cursor"):
            raise unconfirmed(call, "was answered with its own page as the next one")
        return {**page, "cursor": cursor} if cursor else None
    start = int(page.get("start", 0)) + rows
    if pagination is None:  # documented for notes and files, missing from the leads' example: a full page may not be the last
        return {**page, "start": start} if rows and rows >= int(page["limit"]) else None
    if not pagination.get("more_items_in_collection"):
        return None
    following = pagination.get("next_start", start)
    if not isinstance(following, int) or following <= int(page.get("start", 0)):
        raise unconfirmed(call, "was answered with its own page as the next one")
    return {**page, "start": following}
