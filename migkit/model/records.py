"""Desired state: every Pipedrive record as it should be, in source keys and labels, never in target ids or hashes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, get_type_hints

import msgspec

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


class _Content(msgspec.Struct, omit_defaults=True):
    """What a record says; see the properties of `DesiredRecord`."""

    fields: dict[str, Any]
    links: dict[str, str] = {}
    owner: str | None = None
    sources: tuple[str, ...] = ()
    external_id: str = ""
    amounts: dict[str, int] = {}


def _reader(name: str) -> Callable[[msgspec.Raw], Any]:
    """Return what reads one part of a content and steps over the others, which costs a third of reading them all."""
    part = (name, get_type_hints(_Content)[name], getattr(_Content(fields={}), name))
    read = msgspec.json.Decoder(msgspec.defstruct("Part", [part])).decode
    return lambda content: getattr(read(content), name)


_whole, _fields, _links, _owner = msgspec.json.Decoder(_Content).decode, _reader("fields"), _reader("links"), _reader("owner")
_sources, _external_id, _amounts = _reader("sources"), _reader("external_id"), _reader("amounts")
_encode_content = msgspec.json.Encoder().encode
_put = object.__setattr__


@dataclass(frozen=True, init=False, slots=True)
class DesiredRecord:
    """One Pipedrive record as it should be, not yet bound to an account.

    A plan has millions of them, and most are asked for key, object, wave and digest alone: what a record says is held as the bytes that
    are kept, and read when somebody asks (a microsecond or two; whoever asks for much of one record asks once). ADR 28.
    """

    key: str
    """Unique and never reused: `patient:12`, `plan:7`, `note:plan:7`, `field:person/Date of birth`, `stage:Accounts/Open`."""
    object: ObjectType
    wave: int
    """Load order between policies: 0 is set-up, then 1, 2, … ; within a wave objects go in `ObjectType` order."""
    content: msgspec.Raw
    """Everything else, as JSON; of a plan that was kept a part of the mapped file."""
    known_digest: str = field(compare=False)
    """What `digest` counted; "" before somebody asked."""

    def __init__(
        self,
        key: str,
        object: ObjectType,
        fields: Mapping[str, Any],
        links: Mapping[str, str] = MappingProxyType({}),
        owner: str | None = None,
        wave: int = 0,
        sources: tuple[str, ...] = (),
        external_id: str = "",
        amounts: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        content = _Content(dict(fields), dict(links), owner, sources, external_id, dict(amounts))
        _put(self, "key", key)
        _put(self, "object", object)
        _put(self, "wave", wave)
        _put(self, "content", msgspec.Raw(_encode_content(content)))
        _put(self, "known_digest", "")

    @property
    def fields(self) -> dict[str, Any]:
        """Plain JSON by native Pipedrive v2 name (v1 name for notes, files, leads, activity types) or `custom:<Label>`.

        Enum values are option labels, money is {"value": 12.5, "currency": "AUD"}, times are RFC 3339 UTC (`…Z`).
        A field that is absent is not ours to touch; None means "empty it".
        """
        return _fields(self.content)  # type: ignore[no-any-return]

    @property
    def links(self) -> dict[str, str]:
        """Native link field → key of the record it points at: {"org_id": "household:3", "person_id": "patient:12",
        "stage_id": "stage:Accounts/Open", "type": "activity_type:Check-up", "product_id": …}."""
        return _links(self.content)  # type: ignore[no-any-return]

    @property
    def owner(self) -> str | None:
        """E-mail of the Pipedrive user who shall own it, None where the object has no owner."""
        return _owner(self.content)  # type: ignore[no-any-return]

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the canonical rows that it was made from, the primary one first."""
        return _sources(self.content)  # type: ignore[no-any-return]

    @property
    def external_id(self) -> str:
        """For objects without custom fields: the visible last line `Source: appointment:123` that is part of the text."""
        return _external_id(self.content)  # type: ignore[no-any-return]

    @property
    def amounts(self) -> dict[str, int]:
        """What its text states in cents, by `INVOICED` and `RECEIVED`: for the money proof; no part of what is compared or written."""
        return _amounts(self.content)  # type: ignore[no-any-return]

    def changed(self, **values: Any) -> DesiredRecord:
        """Return the record with other values, by the names that it is made with."""
        content = msgspec.structs.asdict(_whole(self.content))
        return DesiredRecord(**{"key": self.key, "object": self.object, "wave": self.wave, **content, **values})

    def unbound(self) -> dict[str, Any]:
        """Return everything that is hashed: fields, links as `@key`, and the owner as `owner_id: @user:e-mail`."""
        content = _whole(self.content)
        bound = content.fields | {name: f"@{key}" for name, key in content.links.items()}
        return bound | ({"owner_id": f"@user:{content.owner}"} if content.owner else {})

    def hashes(self) -> dict[str, str]:
        """Return field → short sha256 of its unbound value: what the ledger compares to see what changed.

        Where a file lies is no part of it: a later export brings the same bytes from another folder.
        """
        found = self.unbound().items()
        return {name: _digest(value) for name, value in found if (self.object, name) != (ObjectType.FILE, "path")}

    def digest(self) -> str:
        """Return one short sha256 over `hashes`: equal for records that are equal in every field. Counted once, and kept with the record.

        It is all that most records are ever asked: the hashes themselves, as large as the record, are not held for it.
        """
        if not self.known_digest:
            _put(self, "known_digest", hashes_digest(self.hashes()))
        return self.known_digest

    def __repr__(self) -> str:
        """Show what it says, not its bytes."""
        return f"DesiredRecord({self.key!r}, {self.object.value!r}, wave={self.wave}, {_whole(self.content)})"


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
        """Return the sha256 over all records, each by its own digest: equal for equal inputs, on any account."""
        body = [[key, record.object, record.digest(), record.wave] for key, record in self.records.items()]
        return _digest(body, length=64)


def hashes_digest(hashes: Mapping[str, str]) -> str:
    """Return a short sha256 over field → hash, whatever its order."""
    return digest(sorted(hashes.items()))


_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode  # made once: `dumps` makes one a call


def _digest(value: Any, length: int = 16) -> str:
    text = _encode(value)
    return hashlib.sha256(text.encode()).hexdigest()[:length]
