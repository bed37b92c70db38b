"""What every call that this room makes costs: those on an object as its declaration says, and the few others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migkit.model.objects import ENTITIES, OBJECTS, PipedriveObject

SEARCHES = frozenset({"/api/v2/itemSearch/field"})
"""Paths that count against the search limit as well."""

_OTHERS = """
/api/v2/{entity}Fields/{field_code}/options       POST 5    PATCH 5   DELETE 3
/api/v2/deals/products                    GET 10
/api/v2/activityFields                    GET 10
/api/v2/itemSearch/field                  GET 20
/api/v1/files/{id}/download               GET 20
/api/v1/users                             GET 20
/api/v1/users/me                          GET 2
/api/v1/users/{id}/permissions            GET 10
/api/v1/currencies                        GET 20
/api/v1/webhooks                          GET 10
"""
"""Calls that are on no object of a plan."""


def _calls(declared: PipedriveObject) -> Iterator[tuple[str, str, int]]:
    endpoint, price = declared.endpoint, declared.price
    yield "GET", endpoint.path, price.page
    yield "POST", endpoint.path, price.create
    yield endpoint.update, endpoint.one, price.update
    yield "DELETE", endpoint.one, price.delete
    if price.one:
        yield "GET", endpoint.one, price.one
    if declared.archive:
        yield "GET", declared.archive.path, declared.archive_page


def _costs() -> dict[tuple[str, str], int]:
    calls = [call for declared in OBJECTS.values() for call in _calls(declared)]
    for path, *pairs in (line.split() for line in _OTHERS.strip().splitlines()):
        calls += [(verb, path, int(tokens)) for verb, tokens in zip(pairs[::2], pairs[1::2], strict=True)]
    return {
        (verb, path.replace("{entity}", entity)): tokens
        for verb, path, tokens in calls
        for entity in (ENTITIES if "{entity}" in path else ("",))
    }


TOKEN_COSTS: Mapping[tuple[str, str], int] = _costs()
"""(verb, path template) → tokens of one call: every call that this room ever makes."""
