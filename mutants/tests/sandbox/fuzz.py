"""Requests made up from the contract: mostly almost right, each with a chance of being wrong in some place."""

from __future__ import annotations

import random
from typing import Any

from migkit.sandbox.contract import Endpoint, contract

TEXTS = ("", " ", "a", "Ann Example", "x" * 300, "x" * 70_000, "<b>hi</b><script>1</script>", "2024-02-29", "2024-13-41",
         "2020-01-01T00:00:00Z", "09:30:00",
         "25:61", "AUD", "XTS", "call", "%", "_", "'; DROP TABLE records; --", "\u0000", "🦷", "null", "1", "-1", "é" * 20,
         "a@b.c", "\\", '"',
         "0000-00-00 00:00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "https://example.com", "[]", "{}")  # fmt: skip
NUMBERS: tuple[Any, ...] = (0, 1, 2, 3, -1, 5, 100, 10**6, 2**31, 2**63 - 1, 2**63, 10**40, 1.5, 1e308, 12345678901234567, True, None)
JUNK: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    "",
    "x",
    [],
    {},
    [None],
    {"a": 1},
    [[]],
    1.5,
    -1,
    {"value": None},
    {"value": "x", "currency": "AUD"},
)

WEIGHTS = [{"POST": 4, "DELETE": 0.4}.get(endpoint.method, 2) for endpoint in contract().endpoints]
"""Deleting is rare, so that there is something to meet."""


def request(rng: random.Random, codes: dict[str, list[str]]) -> dict[str, Any]:
    """Return the arguments of one request. `codes` are the custom fields' codes per entity."""
    endpoint = rng.choices(contract().endpoints, WEIGHTS)[0]
    path = endpoint.path
    for name, schema in endpoint.path_types.items():
        path = path.replace("{" + name + "}", _path_part(rng, name, schema, codes))
    arguments: dict[str, Any] = {"method": endpoint.method, "path": path, "params": _query(rng, endpoint)}
    if rng.random() < 0.02:
        return arguments | {
            "content": rng.choice([b"", b"{", b"\xff", b"[1", b"nul", b'{"name": "\\ud800"}', b'{"name": 1e999}']),
            "headers": {"content-type": "application/json"},
        }
    if endpoint.media == "application/json":
        return arguments | {"json": _body(rng, endpoint, codes)}
    if endpoint.media == "multipart/form-data":
        fields = {key: str(rng.choice(NUMBERS)) for key in endpoint.body["properties"] if key != "file" and rng.random() < 0.3}
        return arguments | {
            "data": fields,
            "files": {"file": ("a.txt", rng.choice([b"", b"abc", b"\0" * 2000]))} if rng.random() < 0.9 else None,
        }
    if endpoint.media:
        return arguments | {"data": {key: str(value) for key, value in _object(rng, endpoint.body, codes).items()}}
    return arguments


def _path_part(rng: random.Random, name: str, schema: Any, codes: dict[str, list[str]]) -> str:
    if name == "field_code":
        return rng.choice([*(code for each in codes.values() for code in each), "name", "label_ids", "f" * 40, "x"])
    if schema.get("type") == "integer":
        return rng.choice([*map(str, range(1, 13)), *map(str, range(1, 13)), "99999", "0", "-1", "abc", "9" * 25, "1.5", "%20", "１"])
    return rng.choice(["00000000-0000-4000-8000-000000000000", "abc", "x" * 200])


def _query(rng: random.Random, endpoint: Endpoint) -> dict[str, str]:
    query = {}
    for name, schema in endpoint.query.items():
        if name in endpoint.query_required or rng.random() < 0.15:
            good = rng.choice([str(each) for each in schema["enum"]]) if "enum" in schema else _plain(rng, schema)
            query[name] = good if rng.random() < 0.8 else rng.choice([text for text in TEXTS if len(text) < 1_000])
    if rng.random() < 0.03:
        query[rng.choice(["foo", "api_token", "limit[]", ""])] = "1"
    return query


def _plain(rng: random.Random, schema: Any) -> str:
    kind = schema.get("type")
    if kind == "array":
        return ",".join(rng.choice(["1", "2", "x"]) for _ in range(rng.randint(1, 3)))
    if kind in ("integer", "number"):
        return rng.choice(["1", "2", "10", "100", "500", "501", "-1", "x"])
    if kind == "boolean":
        return rng.choice(["true", "false", "1"])
    return rng.choice(["id ASC", "1", "1,2,3", "ab", "2026-09-20 00:00:00", "2026-09-20T00:00:00Z", "2024-01-01", "name", "%", "_"])


def _body(rng: random.Random, endpoint: Endpoint, codes: dict[str, list[str]]) -> Any:
    if rng.random() < 0.02:
        return rng.choice(JUNK)
    body = _value(rng, endpoint.body, codes)
    if isinstance(body, dict):
        entity = endpoint.path.split("/")[3].rstrip("s")
        if "custom_fields" in body or (rng.random() < 0.3 and "custom_fields" in endpoint.body.get("properties", {})):
            body["custom_fields"] = {code: _any(rng) for code in rng.sample(codes.get(entity, ["f" * 40]), 1)}
        if endpoint.body.get("patternProperties") and rng.random() < 0.4:
            body[rng.choice(codes["deal"])] = _any(rng)
        if rng.random() < 0.03:
            body[rng.choice(["foo", "f" * 40, "id", "is_deleted", ""])] = rng.choice(JUNK)
    return body


def _value(rng: random.Random, schema: Any, codes: dict[str, list[str]]) -> Any:
    if rng.random() < 0.03:
        return rng.choice(JUNK)
    if "enum" in schema:
        return rng.choice([*schema["enum"], *schema["enum"], rng.choice(JUNK)])
    kinds = schema.get("type", "string")
    kind = kinds if isinstance(kinds, str) else rng.choice(kinds)
    if kind == "object":
        return _object(rng, schema, codes)
    if kind == "array":
        return [_value(rng, schema.get("items", {}), codes) for _ in range(rng.randint(0, 3))]
    if kind == "integer":
        return rng.choice([1, 1, 1, 2, 3, 3, 7, rng.choice(NUMBERS)])
    if kind == "number":
        return rng.choice([1, 2.5, 100, rng.choice(NUMBERS)])
    if kind == "boolean":
        return rng.random() < 0.5
    if kind == "null":
        return None
    return rng.choice(["Ann", "AUD", "2024-02-29", "2020-01-01T00:00:00Z", rng.choice(TEXTS)])


def _object(rng: random.Random, schema: Any, codes: dict[str, list[str]]) -> dict[str, Any]:
    properties, required = schema.get("properties", {}), schema.get("required", [])
    return {
        key: _value(rng, part, codes)
        for key, part in properties.items()
        if (key in required and rng.random() < 0.97) or rng.random() < 0.15
    }


def _any(rng: random.Random) -> Any:
    objects = ({"value": "2024-01-01", "until": "2024-01-02"}, {"value": "1 High St"}, {"value": "10:00:00"})
    return rng.choice([rng.choice(TEXTS), rng.choice(NUMBERS), rng.choice(JUNK), rng.choice(objects), [1], [1, 2], "1,2", 28, [28, 29]])
