"""What people decided about persons and owners: the two documents, and the subjects that their gates are bound to.

    decisions/identity.yaml                                      decisions/owners.yaml
    version: 1                                                   version: 1
    pairs:                                                       owners:
    - {left: patient:12, right: patient:31, decision: same,        practitioner:4: {user: jo@clinic.example, by: anna, at: …, why: …}
       by: anna, at: 2026-11-22T10:00:00+00:00, why: …}          fallback: {user: front@clinic.example, by: anna, at: …, why: …}
    account:
    - {left: patient:12, person_id: 77, decision: same, by: …, at: …, why: …}
    no_household:
    - {patient: patient:14, by: anna, at: …, why: …}
    policy: {auto_adopt: true, organization: household}

`decision` is `same` or `different`; `user: null` gives a practitioner's records to the fallback on purpose. The functions
below return a new document and never change the one they are given.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from migkit.model.errors import DataError
from migkit.model.people import People

SAME, DIFFERENT = "same", "different"
RULES = 2
"""Number of the rules by which the certain band is merged without asking; raise it and approved identity gates close."""


@dataclass(frozen=True)
class Policy:
    """What is done without asking."""

    auto_adopt: bool = True
    """A person of the account with the same e-mail *and* name is adopted without confirmation."""
    organization: str = "household"
    """household | employer: which Organization a person gets who has both."""


def parse_policy(identity: Mapping[str, Any]) -> Policy:
    """Return the policy of a parsed `identity.yaml`. Raises DataError for a setting that does not exist."""
    settings = dict(identity.get("policy") or {})
    try:
        policy = Policy(**settings)
    except TypeError:
        raise DataError(f"decisions/identity.yaml: policy holds {sorted(settings)}; it knows auto_adopt and organization.") from None
    if policy.organization not in ("household", "employer"):
        raise DataError("decisions/identity.yaml: policy.organization is household or employer.")
    return policy


def pair_key(left: str, right: str) -> tuple[str, str]:
    """Return the two keys in the order in which a pair is kept, numbers by value: `patient:9` before `patient:12`."""
    return (left, right) if sort_key(left) <= sort_key(right) else (right, left)


def sort_key(key: str) -> tuple[int, int, str]:
    """Return what keys are ordered by: numeric ids by value, before all others."""
    identifier = key.rpartition(":")[2]
    return (0, int(identifier), key) if identifier.isdecimal() else (1, 0, key)


def decided_pairs(identity: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Return (left, right) → entry for the decided pairs. Raises DataError on a malformed or contradictory entry."""
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for entry in identity.get("pairs") or ():
        _check(entry, ("left", "right"))
        pair = pair_key(entry["left"], entry["right"])
        if pair in found and found[pair]["decision"] != entry["decision"]:
            raise DataError(f"decisions/identity.yaml: {pair[0]} and {pair[1]} are decided both same and different: keep one entry.")
        found[pair] = entry
    return found


def decided_account_pairs(identity: Mapping[str, Any]) -> dict[tuple[str, int], Mapping[str, Any]]:
    """Return (patient key, person id) → entry for the decided matches with the account."""
    found = {}
    for entry in identity.get("account") or ():
        _check(entry, ("left", "person_id"))
        found[(entry["left"], int(entry["person_id"]))] = entry
    return found


def decide_pair(
    identity: Mapping[str, Any], left: str, right: str, decision: str | None, *, by: str, at: str, why: str = ""
) -> dict[str, Any]:
    """Return the document with this pair decided; `None` takes the decision back."""
    left, right = pair_key(left, right)
    kept = [e for e in identity.get("pairs") or () if pair_key(e["left"], e["right"]) != (left, right)]
    new = [{"left": left, "right": right, "decision": decision, "by": by, "at": at, "why": why}] if decision else []
    return {"version": 1, **identity, "pairs": [*kept, *new]}


def decide_account_pair(
    identity: Mapping[str, Any], left: str, person_id: int, decision: str | None, *, by: str, at: str, why: str = ""
) -> dict[str, Any]:
    """Return the document with this match with a person of the account decided; `None` takes the decision back."""
    kept = [e for e in identity.get("account") or () if (e["left"], int(e["person_id"])) != (left, person_id)]
    new = [{"left": left, "person_id": person_id, "decision": decision, "by": by, "at": at, "why": why}] if decision else []
    return {"version": 1, **identity, "account": [*kept, *new]}


def without_household(identity: Mapping[str, Any]) -> frozenset[str]:
    """Return the patients of whom somebody said that they live in no household. Raises DataError on a malformed entry."""
    entries = identity.get("no_household") or ()
    if any("patient" not in entry for entry in entries):
        raise DataError("decisions/identity.yaml: an entry of no_household needs a patient: mend it by hand.")
    return frozenset(entry["patient"] for entry in entries)


def decide_no_household(
    identity: Mapping[str, Any], patients: Collection[str], *, by: str, at: str, why: str, undo: bool = False
) -> dict[str, Any]:
    """Return the document in which these patients live in no household; `undo` takes that back."""
    kept = [entry for entry in identity.get("no_household") or () if entry["patient"] not in patients]
    new = [] if undo else [{"patient": key, "by": by, "at": at, "why": why} for key in sorted(patients, key=sort_key)]
    return {"version": 1, **identity, "no_household": [*kept, *new]}


def decide_owner(
    owners: Mapping[str, Any], practitioner: str, user: str | None, *, by: str, at: str, why: str = "", undo: bool = False
) -> dict[str, Any]:
    """Return the document with this practitioner's user decided (None: the fallback owns); `undo` takes it back."""
    chosen = {key: entry for key, entry in (owners.get("owners") or {}).items() if key != practitioner}
    if not undo:
        chosen[practitioner] = {"user": user, "by": by, "at": at, "why": why}
    return {"version": 1, **owners, "owners": chosen}


def decide_fallback(owners: Mapping[str, Any], user: str | None, *, by: str, at: str, why: str = "") -> dict[str, Any]:
    """Return the document with the fallback owner decided; `None` takes it back."""
    rest = {name: value for name, value in owners.items() if name != "fallback"}
    return {"version": 1, **rest} | ({"fallback": {"user": user, "by": by, "at": at, "why": why}} if user else {})


def identity_digest(people: People, decisions: Mapping[str, Any]) -> str:
    """Return the subject of the `identity` gate: the pairs and the homes that people decided, the policy, and the automatic rules.

    Undecided pairs are not part of it, so that a later export with new patients does not close the gate: its new review
    pairs stay separate persons until somebody decides them.
    """
    identity = decisions.get("identity") or {}
    policy = parse_policy(identity)
    pairs = {(*pair, entry["decision"]) for pair, entry in decided_pairs(identity).items() if people.survivors.keys() >= {*pair}}
    account = {
        (left, str(number), e["decision"]) for (left, number), e in decided_account_pairs(identity).items() if left in people.survivors
    }
    alone = sorted(without_household(identity) & people.survivors.keys())
    parts = ["identity", RULES, policy.auto_adopt, policy.organization, sorted(pairs | account)]
    return _digest([*parts, alone] if alone else parts)  # an approval of before such decisions could be made holds


def owners_digest(people: People, decisions: Mapping[str, Any]) -> str:
    """Return the subject of the `owners` gate: the staff list, the user of each, and the fallback."""
    staff = sorted([o.practitioner, o.name, o.role, o.email, o.user_email or "", o.status] for o in people.owners)
    chosen = sorted((key, entry.get("user") or "") for key, entry in ((decisions.get("owners") or {}).get("owners") or {}).items())
    return _digest(["owners", staff, chosen, sorted(people.practitioner_owner.items()), people.fallback_owner])


def _check(entry: Mapping[str, Any], keys: tuple[str, str]) -> None:
    if any(key not in entry for key in keys) or entry.get("decision") not in (SAME, DIFFERENT):
        raise DataError(f"decisions/identity.yaml: an entry needs {keys[0]}, {keys[1]} and decision (same or different): mend it by hand.")


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
