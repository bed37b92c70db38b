"""Where each object lives in Pipedrive's API and what a call costs: one row per object, one price per operation.

Sources: the OpenAPI documents of API v1 and v2 (paths, verbs, `x-token-cost`) and the guide on pagination (page sizes).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migkit.model.records import ObjectType

FIELD_ENTITIES = ("person", "organization", "deal", "product")
"""The entities that take custom fields; leads share the deal's definitions."""


@dataclass(frozen=True)
class Endpoint:
    """How one object is written and read."""

    path: str
    """Collection path below the host; `{entity}` is filled for fields."""
    one: str
    """Path of one record."""
    update: str
    """Verb that changes a record: PATCH or PUT."""
    paging: str
    """cursor (v2) | offset (v1) | whole (the list comes in one answer)."""
    page_size: int = 0
    """Most records that a list call returns, 0 where it comes whole."""
    sort: str = ""
    """Value of the sort parameter that keeps paging stable, "" where the endpoint takes none."""
    has_one: bool = True
    """Whether a single record can be read by its id."""


def _v2(name: str) -> Endpoint:
    return Endpoint(f"/api/v2/{name}", f"/api/v2/{name}/{{id}}", "PATCH", "cursor", 500, "id")


ENDPOINTS: Mapping[ObjectType, Endpoint] = {
    ObjectType.FIELD: Endpoint("/api/v2/{entity}Fields", "/api/v2/{entity}Fields/{field_code}", "PATCH", "cursor", 500),
    ObjectType.ACTIVITY_TYPE: Endpoint("/api/v1/activityTypes", "/api/v1/activityTypes/{id}", "PUT", "whole", has_one=False),
    ObjectType.PIPELINE: _v2("pipelines"),
    ObjectType.STAGE: _v2("stages"),
    ObjectType.LEAD_LABEL: Endpoint("/api/v1/leadLabels", "/api/v1/leadLabels/{id}", "PATCH", "whole", has_one=False),
    ObjectType.ORGANIZATION: _v2("organizations"),
    ObjectType.PERSON: _v2("persons"),
    ObjectType.PRODUCT: _v2("products"),
    ObjectType.LEAD: Endpoint("/api/v1/leads", "/api/v1/leads/{id}", "PATCH", "offset", 500, "id"),
    ObjectType.DEAL: _v2("deals"),
    ObjectType.ACTIVITY: _v2("activities"),
    ObjectType.NOTE: Endpoint("/api/v1/notes", "/api/v1/notes/{id}", "PUT", "offset", 500, "id ASC"),
    ObjectType.FILE: Endpoint("/api/v1/files", "/api/v1/files/{id}", "PUT", "offset", 100, "id ASC"),
}
"""Object → its endpoint. v1 only where v2 has none."""

ARCHIVES: Mapping[ObjectType, Endpoint] = {
    ObjectType.DEAL: Endpoint("/api/v2/deals/archived", "/api/v2/deals/{id}", "PATCH", "cursor", 500, "id"),
    ObjectType.LEAD: Endpoint("/api/v1/leads/archived", "/api/v1/leads/{id}", "PATCH", "offset", 500, "id"),
}
"""Objects whose archived records are absent from the normal list and have a list of their own."""

SEARCHES = frozenset({"/api/v2/itemSearch/field"})
"""Paths that count against the search limit as well."""

_PRICES = """
/api/v2/persons                           GET 10  POST 5
/api/v2/persons/{id}                      GET 1   PATCH 5   DELETE 3
/api/v2/organizations                     GET 10  POST 5
/api/v2/organizations/{id}                GET 1   PATCH 5   DELETE 3
/api/v2/products                          GET 10  POST 5
/api/v2/products/{id}                     GET 1   PATCH 5   DELETE 3
/api/v2/deals                             GET 10  POST 5
/api/v2/deals/archived                    GET 20
/api/v2/deals/{id}                        GET 1   PATCH 5   DELETE 3
/api/v2/activities                        GET 10  POST 5
/api/v2/activities/{id}                   GET 1   PATCH 5   DELETE 3
/api/v2/pipelines                         GET 5   POST 5
/api/v2/pipelines/{id}                    GET 1   PATCH 5   DELETE 3
/api/v2/stages                            GET 5   POST 5
/api/v2/stages/{id}                       GET 1   PATCH 5   DELETE 3
/api/v2/{entity}Fields                    GET 10  POST 5
/api/v2/{entity}Fields/{field_code}       GET 1   PATCH 5   DELETE 3
/api/v2/{entity}Fields/{field_code}/options       POST 5    PATCH 5   DELETE 3
/api/v2/activityFields                    GET 10
/api/v2/itemSearch/field                  GET 20
/api/v1/leads                             GET 20  POST 10
/api/v1/leads/archived                    GET 40
/api/v1/leads/{id}                        GET 2   PATCH 10  DELETE 6
/api/v1/leadLabels                        GET 10  POST 10
/api/v1/leadLabels/{id}                   PATCH 10          DELETE 6
/api/v1/notes                             GET 20  POST 10
/api/v1/notes/{id}                        GET 2   PUT 10    DELETE 6
/api/v1/files                             GET 20  POST 10
/api/v1/files/{id}                        GET 2   PUT 10    DELETE 6
/api/v1/files/{id}/download               GET 20
/api/v1/activityTypes                     GET 20  POST 10
/api/v1/activityTypes/{id}                PUT 10            DELETE 6
/api/v1/users                             GET 20
/api/v1/users/me                          GET 2
/api/v1/users/{id}/permissions            GET 10
/api/v1/currencies                        GET 20
/api/v1/webhooks                          GET 10
"""


def _parse(table: str) -> dict[tuple[str, str], int]:
    prices = {}
    for path, *pairs in (line.split() for line in table.strip().splitlines()):
        for entity in FIELD_ENTITIES if "{entity}" in path else ("",):
            for verb, tokens in zip(pairs[::2], pairs[1::2], strict=True):
                prices[verb, path.replace("{entity}", entity)] = int(tokens)
    return prices


TOKEN_COSTS: Mapping[tuple[str, str], int] = _parse(_PRICES)
"""(verb, path template) → tokens of one call: every call that this room ever makes."""
