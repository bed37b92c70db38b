"""The contract: which endpoints there are, what each costs, and whether a request keeps to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from migkit.model.imports import light_jsonschema

from .wire import INT_MAX

with light_jsonschema():
    import jsonschema
    from jsonschema import FormatChecker

_FORMATS = FormatChecker(formats=())
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@_FORMATS.checks("uuid")
def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or bool(_UUID.fullmatch(value))


@_FORMATS.checks("date")
def is_date(value: object) -> bool:
    """Say whether a string is a day written YYYY-MM-DD; other things are none of its business."""
    if not isinstance(value, str):
        return True
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


@dataclass(frozen=True)
class Endpoint:
    """One method on one path."""

    method: str
    path: str
    cost: int
    status: int
    summary: str
    path_types: Mapping[str, Mapping[str, Any]]
    query: Mapping[str, Mapping[str, Any]]
    query_required: tuple[str, ...]
    paging: str | None
    """How the answer tells of further pages: `cursor`, v1's `nested` or `flat` page data, None: not at all."""
    media: str | None = None
    body: Mapping[str, Any] = field(default_factory=dict)
    is_specified: bool = True
    """False: the specification no longer has it; it is out of support and may still answer."""

    @property
    def name(self) -> str:
        """`POST /api/v2/persons`."""
        return f"{self.method} {self.path}"

    @property
    def is_search(self) -> bool:
        """Whether the search limit of 10 requests in two seconds holds."""
        return self.path.endswith("/search") or "/itemSearch" in self.path

    @cached_property
    def _validator(self) -> Any:
        return jsonschema.Draft202012Validator(self.body, format_checker=_FORMATS)

    def body_problems(self, body: Any, *, null_clears: bool = False) -> list[str]:
        """Return what is wrong with a JSON body, one `key: problem` each. `null_clears` lets null stand in any optional key."""
        problems = []
        required = self.body.get("required", ())
        for error in self._validator.iter_errors(body):
            where = ".".join(str(step) for step in error.absolute_path)
            emptied = error.validator in ("type", "enum") and error.instance is None and len(error.absolute_path) == 1
            if null_clears and emptied and where not in required:
                continue
            problems.extend(_say(error, where))
        return problems

    def query_values(self, given: Iterable[tuple[str, str]], *, ignore_unknown: bool = False) -> tuple[dict[str, Any], list[str]]:
        """Return the typed query and what is wrong with it; unknown keys may be ignored."""
        values: dict[str, Any] = {}
        problems = []
        for key, raw in given:
            name = key.removesuffix("[]")
            schema = self.query.get(name)
            if schema is None and ignore_unknown:
                continue
            if schema is None:
                problems.append(f"{name}: Parameter '{name}' is not allowed for this request")
                continue
            if name in values and schema.get("type") != "array":
                problems.append(f"{name}: Parameter '{name}' is given more than once")
                continue
            try:
                value = _typed(schema, raw)
                values[name] = [*values.get(name, []), *value] if schema.get("type") == "array" else value
            except ValueError as error:
                problems.append(f"{name}: {error}")
        problems += [f"{name}: Parameter '{name}' is required" for name in self.query_required if name not in values]
        return values, problems

    def path_values(self, raw: Mapping[str, str]) -> dict[str, Any] | None:
        """Return the typed parts of the path, None where one cannot be what it should be (a 404 then)."""
        try:
            return {name: _typed(self.path_types.get(name, {"type": "string"}), value) for name, value in raw.items()}
        except ValueError:
            return None


def _say(error: Any, where: str) -> list[str]:
    prefix = f"{where}." if where else ""
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        patterns = list(error.schema.get("patternProperties", {}))
        unknown = [key for key in error.instance if key not in known and not any(re.search(pattern, key) for pattern in patterns)]
        return [f"{prefix}{key}: Parameter '{key}' is not allowed for this request" for key in unknown]
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return [f"{prefix}{key}: Parameter '{key}' is required" for key in missing]
    name = where or "body"
    if error.validator == "type":
        kinds = error.validator_value
        return [f"{name}: Expected {kinds if isinstance(kinds, str) else ' or '.join(kinds)}"]
    if error.validator == "enum":
        return [f"{name}: The value is not one of the allowed values"]
    return [f"{name}: The value breaks {error.validator} {error.validator_value}"]


def _typed(schema: Mapping[str, Any], raw: str) -> Any:
    kind = schema.get("type")
    if kind == "array":
        return [_typed(schema.get("items", {}), part) for part in raw.split(",")]
    if kind == "integer":
        if not re.fullmatch(r"-?\d{1,19}", raw) or not raw.isascii():
            raise ValueError("Expected integer")
        value: Any = int(raw)
        if abs(value) > INT_MAX:
            raise ValueError("Expected integer")
    elif kind == "number":
        if not re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", raw) or not raw.isascii():
            raise ValueError("Expected number")
        value = float(raw)
    elif kind == "boolean":
        if raw not in ("true", "false"):
            raise ValueError("Expected true or false")
        value = raw == "true"
    else:
        value = raw
    _check(schema, value)
    return value


def _check(schema: Mapping[str, Any], value: Any) -> None:
    parts = value.split(",") if schema.get("listed") else [value]
    if "enum" in schema and any(part not in schema["enum"] for part in parts):
        raise ValueError("The value is not one of the allowed values")
    if ("minimum" in schema and value < schema["minimum"]) or ("maximum" in schema and value > schema["maximum"]):
        raise ValueError(f"Expected {schema.get('minimum', '')} to {schema.get('maximum', '')}")
    if "pattern" in schema and not re.fullmatch(schema["pattern"], value):
        raise ValueError("This value is not a valid datetime")
    if schema.get("format") == "uuid" and not _is_uuid(value):
        raise ValueError("Expected uuid")
    if schema.get("format") == "date" and not is_date(value):
        raise ValueError("This value is not a valid date")


class Contract:
    """All endpoints, found by method and path."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.endpoints = tuple(Endpoint(**{**entry, "query_required": tuple(entry["query_required"])}) for entry in document["endpoints"])
        self.by_name = {endpoint.name: endpoint for endpoint in self.endpoints}
        self._tree: dict[str, Any] = {}
        for endpoint in self.endpoints:
            self._plant(endpoint.path, endpoint.method, endpoint)
        for name in document["not_offered"]:
            method, _, path = name.partition(" ")
            self._plant(path, method, None)

    def _plant(self, path: str, method: str, endpoint: Endpoint | None) -> None:
        node = self._tree
        names = []
        for step in path.strip("/").split("/"):
            if step.startswith("{"):
                names.append(step[1:-1])
                step = "{}"
            node = node.setdefault(step, {})
        node.setdefault("", {})[method] = (endpoint, names)

    def find(self, path: str) -> tuple[Mapping[str, tuple[Endpoint | None, list[str]]], list[str]] | None:
        """Return method → (endpoint or None where it is not offered, names of the path's parts), and the parts; None: no such path."""
        return _walk(self._tree, path.strip("/").split("/"), [])


def _walk(node: Mapping[str, Any], steps: list[str], taken: list[str]) -> Any:
    if not steps:
        return (node[""], taken) if "" in node else None
    head, rest = steps[0], steps[1:]
    if head and head in node and (found := _walk(node[head], rest, taken)):
        return found
    return _walk(node["{}"], rest, [*taken, head]) if head and "{}" in node else None


@cache
def contract() -> Contract:
    """Return the contract kept in `contract.json`."""
    return Contract(json.loads((Path(__file__).parent / "contract.json").read_text(encoding="utf-8")))
