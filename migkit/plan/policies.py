"""Policies and privacy: defaults, decisions that override them, digests that gates are bound to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from migkit.model.errors import DataError
from migkit.model.landing import REQUIRED

CHOICES: Mapping[str, tuple[Any, ...]] = {
    "waves": ("three", "one"),
    "route": ("api", "hybrid", "files"),
    "invoices_without_plan": ("account_deal", "deal_per_invoice", "person_note"),
    "cancelled_appointments": ("keep", "exclude"),
    "past_bookings": ("open", "done"),
    "clinical_notes": ("each", "per_patient_year"),
    "attachments": ("each", "zip_per_patient_year"),
    "ambiguous_hour": ("hold", "earlier", "later"),
    "nonexistent_hour": ("hold", "shift"),
    "deleted_patients": ("keep", "exclude"),
    "test_patients": ("keep", "exclude"),
    "archived_names": ("keep", "archive"),
    "do_not_contact_names": ("keep", "opt_out"),
    "converted_leads": ("keep", "exclude"),
    "native_contact_fields": (False, True),
    "fetch_links": ("never", "public"),
    "incremental_columns": ("evolve", "freeze", "discard"),
}
"""Policy → what may be chosen."""

ADOPT = ("keep_theirs", "fill_blanks", "ours")


def policies_over(defaults: Mapping[str, Any], decisions: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the policies `defaults` with `decisions` (the content of `decisions/policies.yaml`) laid over them.

    Raises DataError for an unknown policy or choice, naming what may be chosen.
    """
    policies = dict(defaults)
    for name, choice in (decisions or {}).items():
        if name not in policies:
            raise DataError(
                f"decisions/policies.yaml names the policy {name!r}, which does not exist: the policies are {', '.join(policies)}."
            )
        policies[name] = {**policies[name], **choice} if name == "adopt" and isinstance(choice, Mapping) else choice
    _check(policies)
    return policies


def map_over(
    defaults: Mapping[str, Any], decisions: Mapping[str, Any] | None = None, privacy: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the map to Pipedrive `defaults` under `decisions` (`decisions/pipedrive.yaml`) and `privacy` (`decisions/privacy.yaml`).

    Mappings are laid over each other key by key, null removes a key, everything else replaces. Raises DataError where a
    privacy choice is neither send nor leave_out.
    """
    merged = _over(defaults, decisions or {})
    if privacy:
        merged["privacy"] = _over(merged["privacy"], privacy)
    for part, choices in merged["privacy"].items():
        if part == "classes" and REQUIRED in choices:
            raise DataError(
                f"decisions/privacy.yaml: the privacy class {REQUIRED} is not decided on: no record is taken without what is in it."
            )
        for name, choice in choices.items():
            if choice not in ("send", "leave_out"):
                raise DataError(f"decisions/privacy.yaml: the privacy decision {part}/{name} is {choice!r}: it must be send or leave_out.")
    return merged


def policies_digest(policies: Mapping[str, Any]) -> str:
    """Return the hash that the gate `policies` is bound to."""
    return _digest(policies)


def privacy_digest(pipedrive_map: Mapping[str, Any]) -> str:
    """Return the hash that the gate `privacy` is bound to: the privacy section, and what lands where under which class."""
    parts = {f"{group}/{name}": spec for group in ("native", "fields") for name, spec in pipedrive_map[group].items()}
    parts |= {f"texts/{name}": spec.get("lines") or spec["parts"] for name, spec in pipedrive_map["texts"].items()}
    decided = ("from", "privacy", "decided_as")
    landing = {f"{where}/{name}": {key: spec.get(key) for key in decided} for where, specs in parts.items() for name, spec in specs.items()}
    whole = {name: {key: spec.get(key) for key in decided} for name, spec in pipedrive_map["texts"].items()}
    return _digest({"privacy": pipedrive_map["privacy"], "landing": landing, "texts": whole})


def is_sent(privacy: Mapping[str, Any], name: str, class_: str) -> bool:
    """Return whether what `privacy` (the section of the map to Pipedrive) knows by this name and class leaves the house."""
    choice = privacy.get("fields", {}).get(name) or privacy.get("classes", {}).get(class_, "send")
    return bool(choice == "send")


def is_table_sent(privacy: Mapping[str, Any], table: str) -> bool:
    """Return whether the rows of a canonical table leave the house at all."""
    return bool(privacy.get("tables", {}).get(table, "send") == "send")


def cut_off(policies: Mapping[str, Any]) -> date | None:
    """Return the date of the policy `older_than`, None where it is not set."""
    value = policies.get("older_than")
    return date.fromisoformat(str(value)) if value else None


def _check(policies: Mapping[str, Any]) -> None:
    for name, choices in CHOICES.items():
        if policies[name] not in choices:
            raise DataError(
                f"decisions/policies.yaml: the policy {name} is {policies[name]!r}: it is one of {', '.join(map(str, choices))}."
            )
    for field, choice in policies["adopt"].items():
        if choice not in ADOPT:
            raise DataError(f"decisions/policies.yaml: the policy adopt/{field} is {choice!r}: choose one of {', '.join(ADOPT)}.")
    most = policies["max_changed_pct"]
    if isinstance(most, bool) or not isinstance(most, int | float) or not 0 <= most <= 100:
        raise DataError(f"decisions/policies.yaml: the policy max_changed_pct is {most!r}: write a share in percent, from 0 to 100.")
    try:
        cut_off(policies)
    except ValueError as error:
        raise DataError(
            f"decisions/policies.yaml: the policy older_than is {policies['older_than']!r}: write YYYY-MM-DD, or null."
        ) from error


def _over(base: Mapping[str, Any], top: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in top.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = _over(merged[key], value)
        else:
            merged[key] = value
    return merged


def _digest(document: Any) -> str:
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
