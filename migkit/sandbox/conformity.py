"""Does what went over the wire keep to the published specification? Checks entries of the request log, bodies included.

Used by tests where the OpenAPI files are at hand. Where the specification itself is known to be wrong, `exceptions.yaml` says so, each
time with a reason; an exception that nothing needs is reported as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from .contract import contract
from .contract_build import resolve

EXCEPTIONS = Path(__file__).parent / "exceptions.yaml"


class Specification:
    """The two OpenAPI files of a folder, ready to check answers."""

    def __init__(self, folder: Path) -> None:
        self._documents: dict[str, Any] = {}
        for version in ("v1", "v2"):
            self._documents[version] = yaml.load((folder / f"pipedrive-openapi-{version}.yml").read_text("utf-8"), yaml.CSafeLoader)
        self.exceptions = yaml.safe_load(EXCEPTIONS.read_text(encoding="utf-8"))["exceptions"]
        self.used: set[int] = set()
        self._validators: dict[tuple[str, str], Any] = {}

    def problems(self, entries: Iterable[Mapping[str, Any]]) -> list[str]:
        """Return what is wrong, one `METHOD path status: where: what` each; a refused request is checked for its refusal only."""
        found = []
        for entry in entries:
            if entry["fault"] or not entry["path"].startswith(("/api/", "/v1/")):
                continue
            name = self.name_of(entry)
            label = f"{name or entry['method'] + ' ' + entry['path']} {entry['status']}"
            found += [f"{label}: {problem}" for problem in self._entry(name, entry)]
        return found

    @staticmethod
    def name_of(entry: Mapping[str, Any]) -> str | None:
        """Return the endpoint that an entry went to, None for a path that is none."""
        path = entry["path"] if entry["path"].startswith("/api/") else "/api" + entry["path"]
        methods = (contract().find(path) or ({}, []))[0]
        endpoint = methods.get(entry["method"], (None, []))[0]
        return endpoint.name if endpoint else None

    def unused(self) -> list[str]:
        """Return the exceptions that no checked answer has needed."""
        return [f"{each['endpoints']} {each['where']}" for number, each in enumerate(self.exceptions) if number not in self.used]

    def _entry(self, name: str | None, entry: Mapping[str, Any]) -> list[str]:
        status, answer = entry["status"], entry["answer"]
        if status >= 400:
            return _refusal(status, answer)
        if name is None:
            return ["answered, though the specification has no such call"]
        endpoint = contract().by_name[name]
        problems = []
        if status != endpoint.status:
            problems.append(f"status {status} where the specification says {endpoint.status}")
        if endpoint.media == "application/json":
            late = name == "POST /api/v2/deals" and isinstance(entry["body"], dict)  # add_time is accepted there where a switch says so
            body = {key: value for key, value in entry["body"].items() if key != "add_time"} if late else entry["body"]
            problems += [f"request {problem}" for problem in endpoint.body_problems(body)]
        if name.endswith("/download") or not endpoint.is_specified:
            return problems
        return problems + self._answer(name, status, answer)

    def _answer(self, name: str, status: int, answer: Any) -> list[str]:
        problems = []
        for where, kind, message in (each for error in self._validator(name, status).iter_errors(answer) for each in _flat(error)):
            if not self._excused(name, where, kind):
                problems.append(f"{where}: {kind}: {message[:160]}")
        return problems

    def _excused(self, name: str, where: str, kind: str) -> bool:
        for number, each in enumerate(self.exceptions):
            if each["kind"] == kind and re.fullmatch(each["endpoints"], name) and re.fullmatch(each["where"], where):
                self.used.add(number)
                return True
        return False

    def _validator(self, name: str, status: int) -> Any:
        method, _, path = name.partition(" ")
        _, _, version, rest = path.split("/", 3)
        if (name, str(status)) not in self._validators:
            document = self._documents[version]
            response = resolve(document, document["paths"]["/" + rest][method.lower()]["responses"][str(status)])
            schema = _plain(document, response["content"]["application/json"]["schema"])
            example = response["content"]["application/json"].get("example")
            self._validators[name, str(status)] = jsonschema.Draft202012Validator(_closed(schema, example))
        return self._validators[name, str(status)]


def _flat(error: Any) -> Iterator[tuple[str, str, str]]:
    """Yield (where, kind, message) of an error: unexpected keys one by one, a choice of schemas as the errors of the one that was meant."""
    if error.validator == "anyOf":
        branches: dict[Any, list[Any]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        meant = [each for each in branches.values() if not any(inner.validator == "enum" for inner in each)]
        for inner in min(meant or branches.values(), key=len):
            yield from _flat(inner)
        return
    where = "/".join("*" if isinstance(step, int) else str(step) for step in error.absolute_path)
    if error.validator == "additionalProperties":
        for key in error.instance:
            if key not in error.schema["properties"]:
                yield f"{where}/{key}".lstrip("/"), "extra", "a key that the specification does not name"
    else:
        kind = "null" if error.validator == "type" and error.instance is None else error.validator
        yield where, kind, error.message


def _refusal(status: int, answer: Any) -> list[str]:
    """A refusal says so, in one of the documented shapes: `error`, webhooks' `errors` or `message`, or the page of the 403."""
    if status == 403 and isinstance(answer, str) and answer.startswith("<!DOCTYPE html>"):
        return []
    if not isinstance(answer, dict) or answer.get("success") is not False:
        return ["a refusal that does not say success: false"]
    if not any(isinstance(answer.get(key), kind) for key, kind in (("error", str), ("errors", dict), ("message", str))):
        return ["a refusal without error, errors or message"]
    return []


def _plain(document: Mapping[str, Any], node: Any) -> Any:  # noqa: C901, PLR0912 - one branch a kind of JSON schema
    """Return an OpenAPI 3.0 schema as JSON Schema: references followed, `nullable` turned into a type, `allOf` folded."""
    node = resolve(document, node)
    if not isinstance(node, dict):
        return node
    if "allOf" in node:
        merged: dict[str, Any] = {}
        for part in [*node["allOf"], {key: value for key, value in node.items() if key != "allOf"}]:
            for key, value in _plain(document, part).items():
                if key == "properties":
                    merged.setdefault("properties", {}).update(value)
                elif key == "required":
                    merged["required"] = [*merged.get("required", []), *value]
                else:
                    merged[key] = value
        return merged
    result = {
        key: node[key] for key in ("type", "enum", "minimum", "maximum", "pattern", "maxLength", "minLength", "required") if key in node
    }
    if not isinstance(result.get("required", []), list):
        result.pop("required")
    if "properties" in node:
        result["properties"] = {key: _plain(document, value) for key, value in node["properties"].items()}
    if "items" in node:
        result["items"] = _plain(document, node["items"])
    for key in ("oneOf", "anyOf"):
        if key in node:
            result["anyOf"] = [_plain(document, each) for each in node[key]]
    if node.get("nullable") and isinstance(result.get("type"), str):
        result["type"] = [result["type"], "null"]
        if "enum" in result:
            result["enum"] = [*result["enum"], None]
    return result


def _closed(schema: Any, example: Any) -> Any:
    """Return the schema with every object that names keys closed; keys that only the example shows are known, too."""
    if not isinstance(schema, dict):
        return schema
    result = dict(schema)
    if "items" in schema:
        result["items"] = _closed(schema["items"], example[0] if isinstance(example, list) and example else None)
    if "anyOf" in schema:
        return {**schema, "anyOf": [_closed(each, None) for each in schema["anyOf"]]}
    if schema.get("properties"):
        shown = example if isinstance(example, dict) else {}
        properties = {key: _closed(value, shown.get(key)) for key, value in schema["properties"].items()}
        result["properties"] = {key: True for key in shown if key not in properties} | properties
        result["additionalProperties"] = False
    return result
