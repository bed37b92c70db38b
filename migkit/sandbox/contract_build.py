"""Make `contract.json` from the OpenAPI files and `overlay.yaml`: `python -m migkit.sandbox.contract_build FOLDER`.

The table is what the sandbox serves from and what checks run against where the specification is not at hand. Per endpoint:
method, path, token cost, status of success, media type and closed JSON schema of the body, query parameters.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
CONTRACT = HERE / "contract.json"
OVERLAY = HERE / "overlay.yaml"
VERBS = ("get", "post", "put", "patch", "delete")
KEPT = ("type", "enum", "format", "maxLength", "minLength", "minimum", "maximum", "pattern", "maxItems", "minItems")
"""Schema words that bind a request; descriptions, examples and defaults do not."""


def build(folder: Path) -> dict[str, Any]:
    """Return the contract made from the two specifications in `folder` and the overlay beside this file."""
    overlay = yaml.safe_load(OVERLAY.read_text(encoding="utf-8"))
    offered = {line for lines in overlay["offered"].values() for line in lines}
    endpoints, elsewhere = {}, []
    for name, method, path, document, operation in _operations(folder):
        if name not in offered:
            elsewhere.append(name)
            continue
        endpoints[name] = _endpoint(method, path, document, operation)
    missing = offered - set(endpoints)
    if missing:
        raise ValueError(f"The overlay offers endpoints that the specification lacks: {sorted(missing)}")
    endpoints |= {f"GET {entry['path']}": _out_of_support(entry) for entry in overlay["out_of_support"]}
    for change in overlay["changes"]:
        _apply(endpoints, change, overlay["shapes"])
    return {"endpoints": [endpoints[name] for name in sorted(endpoints)], "not_offered": sorted(elsewhere)}


def text(contract: Mapping[str, Any]) -> str:
    """Return the contract as the bytes kept in the repository: one endpoint a line, so that a difference can be read."""
    lines = ",\n".join("  " + json.dumps(entry, sort_keys=True) for entry in contract["endpoints"])
    others = ",\n".join("  " + json.dumps(name) for name in contract["not_offered"])
    return f'{{"endpoints": [\n{lines}\n],\n"not_offered": [\n{others}\n]}}\n'


def _operations(folder: Path) -> Iterator[tuple[str, str, str, dict[str, Any], dict[str, Any]]]:
    for version in ("v1", "v2"):
        document = yaml.load((folder / f"pipedrive-openapi-{version}.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
        for short, verbs in document["paths"].items():
            for verb in VERBS:
                if verb in verbs:
                    path = f"/api/{version}{short}"
                    yield f"{verb.upper()} {path}", verb.upper(), path, document, verbs[verb]


def _endpoint(method: str, path: str, document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    parameters = [resolve(document, each) for each in operation.get("parameters", [])]
    entry: dict[str, Any] = {
        "method": method,
        "path": path,
        "cost": int(operation.get("x-token-cost", 0)),
        "status": min(int(status) for status in operation["responses"]),
        "summary": operation.get("summary", ""),
        "path_types": {each["name"]: closed(document, each["schema"]) for each in parameters if each["in"] == "path"},
        "query": {each["name"]: closed(document, each["schema"]) for each in parameters if each["in"] == "query"},
        "query_required": sorted(each["name"] for each in parameters if each["in"] == "query" and each.get("required")),
    }
    paged = "nested" if "start" in entry["query"] else None  # where the answer's schema forgets it: clients read it of every such list
    entry["paging"] = _paging(document, operation, entry["status"]) or paged
    body = resolve(document, operation.get("requestBody", {}))
    for media, content in body.get("content", {}).items():
        entry |= {"media": media, "body": closed(document, content["schema"])}
    return entry


def _out_of_support(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a v1 list that the specification no longer has: paged by offset, its further parameters unknown."""
    names = re.findall(r"\{(\w+)\}", entry["path"])
    return {
        "method": "GET", "path": entry["path"], "cost": entry["cost"], "status": 200, "summary": entry["summary"], "is_specified": False,
        "path_types": {name: {"type": "integer"} for name in names}, "query": {name: {"type": "integer"} for name in ("start", "limit")},
        "query_required": [], "paging": "nested",
    }  # fmt: skip


def _paging(document: dict[str, Any], operation: dict[str, Any], status: int) -> str | None:
    """Return how the answer tells of further pages: by `cursor`, by v1's `nested` or `flat` page data, None: not at all."""
    content = resolve(document, operation["responses"][str(status)]).get("content", {}).get("application/json", {})
    answer = closed(document, content.get("schema", {}))
    additional = answer.get("properties", {}).get("additional_data", {}).get("properties", {})
    for key, name in (("next_cursor", "cursor"), ("pagination", "nested"), ("start", "flat")):
        if key in additional:
            return name
    return None


def resolve(document: Mapping[str, Any], node: Any) -> Any:
    """Follow `$ref` until something else stands there."""
    while isinstance(node, dict) and "$ref" in node:
        found: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        node = found
    return node


def closed(document: Mapping[str, Any], schema: Any) -> dict[str, Any]:
    """Return `schema` without references, its `allOf` folded together and every object that names its keys closed."""
    schema = resolve(document, schema)
    if "allOf" in schema:
        folded: dict[str, Any] = {}
        for part in [*schema["allOf"], {key: value for key, value in schema.items() if key != "allOf"}]:
            for key, value in closed(document, part).items():
                if key == "properties":
                    folded.setdefault("properties", {}).update(value)
                elif key == "required":
                    folded["required"] = sorted({*folded.get("required", []), *value})
                else:
                    folded[key] = value
        return folded
    result = {key: schema[key] for key in KEPT if key in schema}
    if result.get("format") not in (None, "date", "uuid", "binary"):
        result.pop("format")
    if "properties" in schema:
        result["type"] = "object"
        result["properties"] = {key: closed(document, value) for key, value in schema["properties"].items()}
        result["additionalProperties"] = False
    if schema.get("required") and isinstance(schema["required"], list):
        result["required"] = sorted(schema["required"])
    if "items" in schema:
        result["items"] = closed(document, schema["items"])
    if schema.get("nullable"):
        result = nullable(result)
    return result


def nullable(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return `schema` that also takes null."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    result = dict(schema)
    if kinds and "null" not in kinds:
        result["type"] = [*kinds, "null"]
    if "enum" in schema and None not in schema["enum"]:
        result["enum"] = [*schema["enum"], None]
    return result


def _apply(endpoints: Mapping[str, dict[str, Any]], change: Mapping[str, Any], shapes: Mapping[str, Any]) -> None:
    """Carry one overlay entry out. Every entry must still find what it changes: a stale one is an error."""
    wanted = [name for name in endpoints if re.fullmatch(change["endpoints"], name)]
    if not wanted or not change.get("source"):
        raise ValueError(f"An overlay entry matches no endpoint or names no source: {change}")
    for name in wanted:
        entry = endpoints[name]
        query = entry["query"] = entry["query"] | change.get("add_query", {})
        for key, schema in change.get("query", {}).items():
            if key in query:
                query[key] = {word: value for word, value in (query[key] | schema).items() if value is not None}
        body = entry.get("body")
        if body is None:
            continue
        properties = body.get("properties", {})
        for key in change.get("remove", []):
            properties.pop(key, None)
        for key, schema in change.get("add", {}).items():
            properties[key] = shapes[schema] if isinstance(schema, str) else schema
        for key in change.get("nullable", []):
            properties[key] = nullable(properties[key])
        if "required" in change:
            body["required"] = change["required"]
        if "pattern_properties" in change:
            body["patternProperties"] = change["pattern_properties"]


def main(folder: str) -> None:
    """Write the contract anew."""
    CONTRACT.write_text(text(build(Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
