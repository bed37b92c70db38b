"""Settle writes whose outcome is not known by looking at the target: what arrived is taken over, what left no trace is free again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from migkit.model.records import SCHEMA_OBJECTS, DesiredRecord, ObjectType
from migkit.pipedrive import Pipedrive

from .answers import image
from .bind import Binder
from .entries import Entry, EntryState, Operation, Write, WriteState
from .ledger import Ledger
from .markers import mark
from .setup import existing, own_label


async def resolve(ledger: Ledger, client: Pipedrive, binder: Binder) -> list[str]:
    """Settle every write in doubt, or cut short; return the keys whose write left no trace and may be sent again.

    Created records are looked for in whole lists, never by search, whose index lags.
    """
    open_writes = ledger.unanswered()
    again: list[str] = []
    lost = [write for write in open_writes if write.operation is Operation.CREATE]
    for object in ObjectType:
        writes = [write for write in lost if write.object is object]
        if writes and object in SCHEMA_OBJECTS:
            again += _resolve_setup(ledger, binder, writes)
        elif writes:
            again += await _resolve_created(ledger, client, binder, object, writes)
    for write in open_writes:
        if write.operation is not Operation.CREATE:
            await _resolve_changed(ledger, client, write)
            again.append(write.key)
    return again


async def _resolve_created(ledger: Ledger, client: Pipedrive, binder: Binder, object: ObjectType, writes: Sequence[Write]) -> list[str]:
    sought = {mark(object, write.body, binder): write for write in writes}
    found: dict[int, dict[str, Any]] = {}
    async for answer in client.list(object, purpose="matching"):
        write = sought.get(mark(object, image(object, answer), binder))
        if write is not None and ledger.holder(object, answer["id"]) is None:
            found.setdefault(write.id, answer)
    again = []
    for write in writes:
        entry = ledger.entries()[write.key]
        answered = found.get(write.id)
        if answered is not None:
            entry = replace(entry, state=EntryState.LIVE, target_id=answered["id"], after_image=image(object, answered))
        else:
            entry = entry.with_state(EntryState.FAILED)
            again.append(write.key)
        ledger.settle(write.id, WriteState.RESOLVED, entry=entry)
    return again


def _resolve_setup(ledger: Ledger, binder: Binder, writes: Sequence[Write]) -> list[str]:
    again = []
    for write in writes:
        entry = ledger.entries()[write.key]
        record = DesiredRecord(entry.key, entry.object, dict(entry.desired), entry.links)
        found = existing(record, binder.account, ledger, write.body.get("field_name") or own_label(record, binder.account))
        if found is not None:
            sent = {name: value for name, value in write.body.items() if name != "options"}
            entry = replace(entry, state=EntryState.LIVE, target_id=found, after_image=sent)
        else:
            entry = entry.with_state(EntryState.FAILED)
            again.append(write.key)
        ledger.settle(write.id, WriteState.RESOLVED, entry=entry)
    return again


async def _resolve_changed(ledger: Ledger, client: Pipedrive, write: Write) -> None:
    """Take what now stands in the fields that were sent for ours: the next comparison finds out what is still to do."""
    entry = ledger.entries()[write.key]
    if write.operation is Operation.DELETE or entry.object in SCHEMA_OBJECTS or write.target_id is None:
        ledger.settle(write.id, WriteState.RESOLVED)
        return
    current = await client.fetch(write.object, write.target_id)
    ledger.settle(write.id, WriteState.RESOLVED, entry=_seen(entry, write, image(write.object, current)) if current else None)


def _seen(entry: Entry, write: Write, now: dict[str, Any]) -> Entry:
    after = {**entry.after_image, **{name: now.get(name) for name in write.body}}
    return replace(entry, after_image=after)
