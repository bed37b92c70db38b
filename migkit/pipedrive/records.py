"""Answers as records, and lists as pages: pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migkit.model.records import ObjectType

from .calls import Call, in_doubt
from .endpoints import Endpoint

Id = int | str
"""A record's id: int; a uuid for leads and lead labels; `<entity>/<field code>` for fields."""

Data = dict[str, Any]
"""A record as Pipedrive answered it; always with an `id`, a field also with its `entity`."""

Rows = list[Data]


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
    """Return an answered record with its `id`. Raises InDoubt (after a write) or TransientError where the answer holds none."""
    if isinstance(data, dict):
        if entity and "field_code" in data:
            return data | {"entity": entity, "id": f"{entity}/{data['field_code']}"}
        if data.get("id") is not None:
            return data
    raise in_doubt(call, "was answered without the record's id")


def rows_of(data: Any) -> list[Data]:
    """Return a list answer's rows: v1 may say null where it means none, searches wrap theirs."""
    if isinstance(data, dict):
        data = [row.get("item", row) for row in data.get("items", [])]
    return list(data or [])


def is_deleted(record: Data) -> bool:
    """Return whether an answered record is a deleted one (v2 `is_deleted`, v1 `active_flag`)."""
    return record.get("is_deleted") is True or record.get("active_flag") is False


def first_page(endpoint: Endpoint, filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of a list's first page: the largest that there is, in a stable order."""
    page = dict(filters)
    if endpoint.page_size:
        page.setdefault("limit", endpoint.page_size)
    if endpoint.sort and endpoint.paging == "cursor":
        page |= {"sort_by": endpoint.sort, "sort_direction": "asc"}
    elif endpoint.sort:
        page["sort"] = endpoint.sort
    return page


def next_page(endpoint: Endpoint, page: Mapping[str, Any], envelope: Mapping[str, Any], rows: int) -> dict[str, Any] | None:
    """Return the parameters of the page after `page`, None after the last."""
    more = envelope.get("additional_data") or {}
    if endpoint.paging == "cursor":
        return {**page, "cursor": more["next_cursor"]} if more.get("next_cursor") else None
    if endpoint.paging == "whole":
        return None
    start = int(page.get("start", 0)) + rows
    pagination = more.get("pagination")
    if pagination is None:  # documented for notes and files, missing from the leads' example: a full page may not be the last
        return {**page, "start": start} if rows and rows >= int(page["limit"]) else None
    return {**page, "start": pagination.get("next_start") or start} if pagination.get("more_items_in_collection") else None
