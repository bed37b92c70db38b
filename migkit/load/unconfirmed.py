"""Settle writes whose outcome is not known by looking at the target: what arrived is taken over, what left no trace is free again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from migkit.model.objects import OBJECTS, SCHEMA_OBJECTS, ObjectType
from migkit.model.records import DesiredRecord
from migkit.pipedrive import Pipedrive

from .answers import image
from .bind import Binder
from .entries import EntryState, Operation, Origin, TargetId, Write, WriteState
from .external_ids import external_id_of
from .ledger import Ledger
from .setup import existing


@dataclass
class Resolution:
    """What looking at the target showed."""

    found: list[str] = field(default_factory=list)
    """Keys of records that had been created after all."""
    again: set[str] = field(default_factory=set)
    """Keys of writes that left no trace, or whose effect the next comparison has to judge."""


async def resolve(ledger: Ledger, client: Pipedrive, binder: Binder) -> Resolution:
    """Settle every unconfirmed write, or cut short. Created records are looked for in whole lists, never by search, whose index lags."""
    resolution = Resolution()
    open_writes = ledger.unanswered()
    for write in open_writes:
        if write.operation is not Operation.CREATE:
            await _resolve_changed(ledger, client, write)
            resolution.again.add(write.key)
    for object in ObjectType:
        writes = [write for write in open_writes if write.object is object and write.operation is Operation.CREATE]
        if writes and object in SCHEMA_OBJECTS:
            _resolve_setup(ledger, binder, writes, resolution)
        elif writes:
            await _resolve_created(ledger, client, binder, writes, resolution)
    return resolution


async def _resolve_created(ledger: Ledger, client: Pipedrive, binder: Binder, writes: Sequence[Write], resolution: Resolution) -> None:
    object = writes[0].object
    sought = {external_id_of(object, write.body, binder): write for write in writes}
    found: dict[int, dict[str, Any]] = {}
    async for answer in client.list(object, purpose="matching"):
        write = sought.get(external_id_of(object, image(object, answer), binder))
        if write is not None and ledger.holder(object, answer["id"]) is None:
            found.setdefault(write.id, answer)
    for write in writes:
        answered = found.get(write.id)
        if answered is None:
            _free(ledger, write, resolution)
        else:
            _found(ledger, write, resolution, answered["id"], image(object, answered))


def _resolve_setup(ledger: Ledger, binder: Binder, writes: Sequence[Write], resolution: Resolution) -> None:
    for write in writes:
        entry = ledger.entries()[write.key]
        record = DesiredRecord(entry.key, entry.object, dict(entry.desired), entry.links)
        id = existing(record, binder.account, ledger, write.body.get("field_name"))
        if id is None:
            _free(ledger, write, resolution)
            continue
        sent = {name: value for name, value in write.body.items() if name in OBJECTS[entry.object].editable}
        if entry.object is ObjectType.ACTIVITY_TYPE:
            sent["key_string"] = next(key for number, key in binder.account.activity_types.values() if number == id)
        _found(ledger, write, resolution, id, sent)


def _found(ledger: Ledger, write: Write, resolution: Resolution, id: TargetId, after: Mapping[str, Any]) -> None:
    entry = replace(ledger.entries()[write.key], state=EntryState.LIVE, target_id=id, after_image=after)
    ledger.close_write(write.id, WriteState.RESOLVED, entry=entry)
    resolution.found.append(write.key)


def _free(ledger: Ledger, write: Write, resolution: Resolution) -> None:
    ledger.close_write(write.id, WriteState.RESOLVED, entry=ledger.entries()[write.key].with_state(EntryState.FAILED))
    resolution.again.add(write.key)


async def _resolve_changed(ledger: Ledger, client: Pipedrive, write: Write) -> None:
    """Take what now stands in the fields that were sent for ours, and what a deletion removed for gone: the next comparison finds out
    what is still to do."""
    entry = ledger.entries()[write.key]
    if entry.object not in SCHEMA_OBJECTS and write.target_id is not None:
        current = await client.fetch(write.object, write.target_id, purpose="matching")
        if write.operation is not Operation.DELETE:
            now = image(write.object, current) if current else {}
            derived = OBJECTS[write.object].derived if entry.origin is Origin.CREATED else ()
            entry = replace(entry, after_image={**entry.after_image, **{name: now.get(name) for name in (*write.body, *derived)}})
        elif current is None:
            entry = entry.with_state(EntryState(write.before.get("state", EntryState.UNDONE)))
    ledger.close_write(write.id, WriteState.RESOLVED, entry=entry)
