"""What the ledger remembers: one `Entry` a record, one `Write` an attempt to change the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord

TargetId = int | str
"""Id in the target: a number, a lead's uuid, or a custom field's 40-hex code."""


DOUBLED = "doubled"
"""First part of the key of a record that an import brought once more."""


def copy_of(key: str) -> str | None:
    """Return the key of the record that one is a further copy of, by an import that came twice; None for any other."""
    first, _, rest = key.partition(":")
    return rest.partition(":")[2] if first == DOUBLED else None


class Origin(StrEnum):
    """Where a target record came from: what we created may be deleted again, what we adopted never."""

    CREATED = "created"
    ADOPTED = "adopted"


class EntryState(StrEnum):
    """What is true of a record now."""

    PENDING = "pending"  # its creation is under way, or was cut short
    LIVE = "live"
    DELETED = "deleted"  # deleted because its source is gone or was merged
    UNDONE = "undone"  # rolled back
    FAILED = "failed"  # Pipedrive refused its creation; the next apply tries again


class Operation(StrEnum):
    """What a write does."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    RESTORE = "restore"  # a pre-image is put back


class WriteState(StrEnum):
    """How far a write came."""

    INTENDED = "intended"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    RESOLVED = "resolved"  # was unconfirmed; the target was looked at and the ledger says what it found


@dataclass(frozen=True)
class Entry:
    """One record of ours in the target. Images are by the plan's field names, as the server answered them."""

    key: str
    object: ObjectType
    target_id: TargetId | None
    origin: Origin
    state: EntryState
    run: str
    """The run that created or adopted it."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """Field → hash of the unbound value that was last written."""
    desired: Mapping[str, Any] = field(default_factory=dict)
    """Unbound values: fields, links as `@key`, owner as `@user:e-mail`."""
    after_image: Mapping[str, Any] = field(default_factory=dict)
    """What the server answered. Created records: every stable field; adopted ones: the fields that we wrote."""
    pre_image: Mapping[str, Any] = field(default_factory=dict)
    """Adopted records: what stood in the fields that we wrote, just before the first write."""
    sources: tuple[str, ...] = ()
    """Keys of the canonical rows that it was made from."""
    error: Message | None = None
    """Why it failed."""

    @property
    def field_label(self) -> str:
        """What a field of ours is called in the account: another of its label and of another type may have stood there before."""
        return str(self.after_image.get("field_name") or self.desired["field_name"])

    @property
    def is_live(self) -> bool:
        """True when the record stands in the target under `target_id`."""
        return self.state is EntryState.LIVE and self.target_id is not None

    def with_state(self, state: EntryState, *, error: Message | None = None) -> Entry:
        """Return the entry in another state."""
        return replace(self, state=state, error=error)

    def forgotten(self) -> Entry:
        """Return the entry of a record that is no longer in the target, so that it is made again."""
        return replace(self, state=EntryState.UNDONE, target_id=None, hashes={}, after_image={}, pre_image={})

    def without(self, name: str, bound: str) -> Entry:
        """Return the entry without what it knows about one field, so that the field is written again."""
        lacking = {k: v for k, v in self.hashes.items() if k != name}
        after, pre = ({k: v for k, v in image.items() if k != bound} for image in (self.after_image, self.pre_image))
        return replace(self, hashes=lacking, after_image=after, pre_image=pre)

    @property
    def links(self) -> Mapping[str, str]:
        """Link field → key of the record it points at."""
        found = self.desired.items()
        return {n: v[1:] for n, v in found if isinstance(v, str) and v.startswith("@") and not v.startswith("@user:") and n != "owner_id"}


class EntrySummary(NamedTuple):
    """How one record of ours stands: what is asked of many, without what was written."""

    is_live: bool
    state: EntryState
    origin: Origin
    run: str
    error: Message | None


@dataclass(frozen=True)
class Write:
    """One line of the audit log; never changed but for its outcome."""

    id: int
    run: str
    key: str
    object: ObjectType
    operation: Operation
    target_id: TargetId | None
    intended_at: str
    body: Mapping[str, Any]
    """What was to be sent, bound."""
    before: Mapping[str, Any]
    """Updates and restores: `hashes`, `desired`, `after_image` of the touched fields before this write. Deletions: `state`, that of
    the record once it is gone."""
    state: WriteState
    answered_at: str | None
    status: int | None
    error: str
    tokens: int


def pending_entry(record: DesiredRecord, run: str) -> Entry:
    """Return the entry of a record that is about to be created."""
    return Entry(
        key=record.key,
        object=record.object,
        target_id=None,
        origin=Origin.CREATED,
        state=EntryState.PENDING,
        run=run,
        hashes=record.hashes(),
        desired=record.unbound(),
        sources=record.sources,
    )


def confirmed_entry(entry: Entry, record: DesiredRecord, **changes: Any) -> Entry:
    """Return the entry of a record that stands in the target as `record` says."""
    now = {"state": EntryState.LIVE, "error": None, "hashes": record.hashes(), "desired": record.unbound(), "sources": record.sources}
    return replace(entry, **(now | changes))
