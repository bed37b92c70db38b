"""The defaults that travel with the package as templates, and a workspace's decisions laid over them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from migkit.mapping import Knowledge, read_knowledge
from migkit.model.canonical import CanonicalSchema, parse_schema
from migkit.plan import map_over, policies_over
from migkit.resources import load_json, load_yaml


def default_policies(decisions: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the policies of `templates/policies.yaml` under `decisions/policies.yaml`. Raises as `policies_over`."""
    return policies_over(load_yaml("policies.yaml"), decisions)


@lru_cache(maxsize=1)
def canonical_schema() -> CanonicalSchema:
    """Return what a column of an export can mean: `templates/canonical.yaml`."""
    return parse_schema(load_yaml("canonical.yaml"))


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """Return what proposals are made from, beside the schema: `templates/mapping.yaml` and what was fitted."""
    return read_knowledge(load_yaml("mapping.yaml"), load_json("values.json"), load_json("tables.json"))


def load_map(decisions: Mapping[str, Any] | None = None, privacy: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the map of `templates/landing.yaml` and `templates/pipedrive.yaml` under the decisions on both. Raises as `map_over`."""
    return map_over(load_yaml("landing.yaml") | load_yaml("pipedrive.yaml"), decisions, privacy)


def laid_over(document: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return a decision's document with what was changed in it: parts key by key, everything else as a whole."""
    merged = dict(document)
    for key, value in changed.items():
        merged[key] = {**(document.get(key) or {}), **value} if isinstance(value, Mapping) else value
    return merged
