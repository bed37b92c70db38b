"""What people write by hand, `migration.toml` and `decisions/*.yaml`: read, and compared with its shape.

The shapes stand in `templates/decisions.schema.yaml`. A wrong one is a sentence that names file, line and key, never a value.
"""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from migkit.model.errors import DataError
from migkit.model.imports import light_jsonschema
from migkit.resources import LOADER, load_yaml

DECISIONS = (
    "files", "mapping", "views", "versions", "owners", "identity", "quality", "policies", "pipedrive", "privacy", "cleaning", "sample",
    "delta", "deleted", "witnesses", "probe", "handover", "watch", "approvals",
)  # fmt: skip
"""The files under `decisions/`; what each means stands in `migration/inputs.py`."""
BY_HAND = "mend it by hand; nothing was changed."
KINDS = {
    "object": "names and settings (name: setting)", "array": "a list", "string": "a text",
    "integer": "a whole number", "number": "a number", "boolean": "true or false", "null": "nothing",
}  # fmt: skip


class _Loader(LOADER):
    """Reads decisions; a key that stands twice, of which YAML's readers drop the first in silence, is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be a text", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, "a key stands a second time", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


def decision_files(folder: Path) -> dict[str, Path]:
    """Return name → path of the decision files under `folder`. Raises DataError for one that cannot be a decision file."""
    found = {}
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        if path.name.startswith("."):
            continue
        if path.suffix != ".yaml" or path.stem not in DECISIONS:
            raise DataError(f"{path} is no decision file: they are {', '.join(DECISIONS)}, each .yaml. Rename it, or move it away.")
        if not path.is_file():
            raise DataError(f"{path} is no file: put the decision file itself there, or take that away.")
        found[path.stem] = path
    return found


def read_document(path: Path, shape: str = "") -> dict[str, Any]:
    """Return a YAML file of whatever name as a dict, {} where it is empty. Raises DataError where it is none, or not of the named shape."""
    text = path.read_bytes()
    found = _parsed(text, path)
    if not isinstance(found or {}, dict):
        raise DataError(f"{path} must hold names with values: {BY_HAND}")
    if shape:
        _check(shape, found or {}, path, text)
    return found or {}


def check_document(name: str, document: Mapping[str, Any], path: Path) -> None:
    """Raise DataError where what is to be written is not in the shape of the decision `name`: it could not be read again."""
    _check(name, document, path)


def parse_document(text: bytes, path: Path) -> dict[str, Any]:
    """Return the text of the decision file at `path` as a dict, {} where it is empty.

    Raises DataError naming line and key where it is no YAML, or not in the shape of that decision.
    """
    return pickle.loads(_proven(text, path))  # type: ignore[no-any-return]


@lru_cache(maxsize=64)
def _proven(text: bytes, path: Path) -> bytes:
    """Return the pickled content of a decision file whose shape is right: it is read again at every click, and each reader has its own."""
    document = _parsed(text, path)
    _check(path.stem, document if document is not None else {}, path, text)
    return pickle.dumps(document or {})


def _parsed(text: bytes, path: Path) -> Any:
    try:
        return yaml.load(text.decode("utf-8"), Loader=_Loader)
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise DataError(f"{path}, line {line} is not in UTF-8: save it in that encoding; nothing was changed.") from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise DataError(f"{path}{where} is not valid YAML ({problem}): {BY_HAND}") from None


def read_settings(path: Path, shape: str = "settings") -> dict[str, Any]:
    """Return the content of a TOML file, of `migration.toml` by default. Raises DataError where it is no TOML, or not in its shape."""
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError:
        raise DataError(f"{path} is not in UTF-8: save it in that encoding; nothing was changed.") from None
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path} is not valid TOML ({error}): {BY_HAND}") from None
    _check(shape, document, path)
    return document


def check_manifest(document: object, path: Path) -> None:
    """Raise DataError where the list of a snapshot's files is not in its shape."""
    _check("manifest", document, path)


def _check(name: str, document: object, path: Path, text: bytes = b"") -> None:
    wrong = list(_validator(name).iter_errors(document))
    if not wrong:
        return
    from jsonschema.exceptions import relevance

    error = min(wrong, key=relevance)
    keys: list[str | int] = list(error.absolute_path)
    line = _line(text, keys) if text else 0
    where = f", line {line}" if line else ""
    key = " › ".join(f"entry {key + 1}" if isinstance(key, int) else str(key) for key in keys)
    raise DataError(f"{path}{where}: {f'{key} ' if key else 'it '}{_problem(error)}: {BY_HAND}")


def _problem(error: Any) -> str:
    rule, asked = error.validator, error.validator_value
    if rule == "type":
        return f"must hold {' or '.join(KINDS[kind] for kind in ([asked] if isinstance(asked, str) else asked))}"
    if rule == "enum":
        return f"must be {_or(asked)}"
    if rule == "required":
        return f"lacks {next(name for name in asked if name not in error.instance)!r}"
    if rule == "additionalProperties":
        known = error.schema.get("properties", {})
        return f"holds {next(name for name in error.instance if name not in known)!r}, which is none of {', '.join(known)}"
    if rule in ("minimum", "maximum"):
        return f"must be {'at least' if rule == 'minimum' else 'at most'} {asked}"
    return f"must be written like {error.schema.get('examples', ['what it holds elsewhere'])[0]}"


def _or(choices: Iterable[object]) -> str:
    *first, last = map(str, choices)
    return f"{', '.join(first)} or {last}" if first else last


@cache
def _validator(name: str) -> Any:
    with light_jsonschema():
        from jsonschema import Draft202012Validator

    schemas: Mapping[str, Any] = load_yaml("decisions.schema.yaml")
    return Draft202012Validator({"$defs": schemas["$defs"], **schemas[name]})


def _line(text: bytes, keys: list[str | int]) -> int:
    """Return the line in which the value under these keys begins."""
    node: Any = yaml.compose(text.decode("utf-8"), Loader=_Loader)
    line = 1
    for key in keys:
        if isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            name, node = next((name, value) for name, value in node.value if name.value == str(key))
            line = name.start_mark.line + 1
    return line
