"""Desired state: every Pipedrive record as it should be, in source keys and labels, never in target ids or hashes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .digest import digest
from .messages import Message
from .objects import ObjectType
from .outcomes import Finding, RowOutcome

CUSTOM = "custom:"
"""Prefix of a field that is a custom field, followed by its label: `custom:Date of birth`."""

SOURCE_ID = "Source_System_ID__c"
"""Label of the custom field that holds a record's key, on every object that takes custom fields."""

_BETWEEN_KEYS = re.compile(r", (?=[a-z_]+:|\+\d+ more$)")


def keys_in(source_id: object) -> list[str]:
    """Return the keys that the field `SOURCE_ID` of a record holds, its own first; [""] where it is empty. An id may hold commas itself."""
    return _BETWEEN_KEYS.split(str(source_id or ""))


INVOICED, RECEIVED = "invoiced", "received"
"""What a record's text may state an amount of."""

MIGRATED = " (migrated)"
"""Added to the label of a field of ours where the account has a field of that label with another type."""


@dataclass(frozen=True)
class DesiredRecord:
    """One Pipedrive record as it should be, not yet bound to an account."""

    key: str
    """Unique and never reused: `patient:12`, `plan:7`, `note:plan:7`, `field:person/Date of birth`, `stage:Accounts/Open`."""
    object: ObjectType
    fields: Mapping[str, Any]
    """Plain JSON by native Pipedrive v2 name (v1 name for notes, files, leads, activity types) or `custom:<Label>`.
    Enum values are option labels, money is {"value": 12.5, "currency": "AUD"}, times are RFC 3339 UTC (`…Z`).
    A field that is absent is not ours to touch; None means "empty it"."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Native link field → key of the record it points at: {"org_id": "household:3", "person_id": "patient:12",
    "stage_id": "stage:Accounts/Open", "type": "activity_type:Check-up", "product_id": …}."""
    owner: str | None = None
    """E-mail of the Pipedrive user who shall own it, None where the object has no owner."""
    wave: int = 0
    """Load order between policies: 0 is set-up, then 1, 2, … ; within a wave objects go in `ObjectType` order."""
    sources: tuple[str, ...] = ()
    """Keys of the canonical rows that it was made from, the primary one first."""
    external_id: str = ""
    """For objects without custom fields: the visible last line `Source: appointment:123` that is part of the text."""
    amounts: Mapping[str, int] = field(default_factory=dict)
    """What its text states in cents, by `INVOICED` and `RECEIVED`: for the money proof; no part of what is compared or written."""

    def unbound(self) -> dict[str, Any]:
        """Return everything that is hashed: fields, links as `@key`, and the owner as `owner_id: @user:e-mail`."""
        bound = dict(self.fields) | {name: f"@{key}" for name, key in self.links.items()}
        return bound | ({"owner_id": f"@user:{self.owner}"} if self.owner else {})

    def hashes(self) -> Mapping[str, str]:
        """Return field → short sha256 of its unbound value: what the ledger compares to see what changed.

        Where a file lies is no part of it: a later export brings the same bytes from another folder. Counted once.
        """
        return self._hashes

    @cached_property
    def _hashes(self) -> Mapping[str, str]:
        return self._count_hashes()

    def _count_hashes(self) -> dict[str, str]:
        found = self.unbound().items()
        return {name: _digest(value) for name, value in found if (self.object, name) != (ObjectType.FILE, "path")}

    def digest(self) -> str:
        """Return one short sha256 over `hashes`: equal for records that are equal in every field. Counted once.

        It is all that most records are ever asked: the hashes themselves, as large as the record, are not held for it.
        """
        return self._hashed

    @cached_property
    def _hashed(self) -> str:
        return hashes_digest(self._count_hashes())

    def remember(self, digest: str) -> None:
        """Take what `digest` gave when the same record was made before, so that it need not be counted again."""
        vars(self)["_hashed"] = digest


@dataclass(frozen=True)
class Plan:
    """Every record that shall exist, what each row becomes, and the documents that leave by another door."""

    records: Mapping[str, DesiredRecord]
    """Key → record, in writing order (set-up, then wave by wave)."""
    rows: Mapping[str, str]
    """`file:line` of every row that has its own record → that record's key; its outcome is the record's."""
    row_outcomes: tuple[RowOutcome, ...]
    """Rows whose outcome the plan already knows (rejected, repeated, held, merged, folded, exported, excluded).
    A folded row's `ref` is the key of the record that carries it."""
    documents: Mapping[str, Any] = field(default_factory=dict)
    """File name → JSON document for the handover: `workflows.json`, `rebuild_recipes.json`, …"""
    findings: tuple[Finding, ...] = ()
    deleted: Mapping[str, Message] = field(default_factory=dict)
    """Key → why of records that are not wanted because somebody deleted them, or what they belong to, in Pipedrive."""

    def digest(self) -> str:
        """Return the sha256 over all records in their unbound form: equal for equal inputs, on any account."""
        body = [[key, record.object, record.unbound(), record.wave] for key, record in self.records.items()]
        return _digest(body, length=64)


def hashes_digest(hashes: Mapping[str, str]) -> str:
    """Return a short sha256 over field → hash, whatever its order."""
    return digest(sorted(hashes.items()))


_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode  # made once: `dumps` makes one a call


def _digest(value: Any, length: int = 16) -> str:
    text = _encode(value)
    return hashlib.sha256(text.encode()).hexdigest()[:length]
