"""Settle unconfirmed writes by looking at the target: what arrived is taken over as it was answered, what left no trace is free again.

Nobody stands still meanwhile. What was sent, what stood before, and what stands now are compared three ways, so that whatever somebody
edited since stays theirs: it is neither overwritten by the next load nor deleted by a rollback.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from migkit.compare import answered, stands
from migkit.model.objects import OBJECTS, SCHEMA_OBJECTS, ObjectType
from migkit.model.records import DesiredRecord
from migkit.pipedrive import Pipedrive

from .answers import CODE, image, ours_of
from .bind import Binder
from .entries import Entry, EntryState, Operation, Origin, TargetId, Write, WriteState
from .external_ids import converted_leads, external_id_of
from .ledger import Ledger
from .newest import newest
from .setup import existing

Image = Mapping[str, Any]


@dataclass
class Resolution:
    """What looking at the target showed."""

    found: list[str] = field(default_factory=list)
    """Keys of records that had been created after all."""
    again: set[str] = field(default_factory=set)
    """Keys of writes that left no trace, or whose effect the next comparison has to judge."""


async def resolve(ledger: Ledger, client: Pipedrive, binder: Binder) -> Resolution:
    """Settle every unconfirmed write. Created records are looked for in lists, newest first, never by search, whose index lags."""
    resolution = Resolution()
    open_writes = ledger.unanswered()
    for write in open_writes:
        if write.operation is not Operation.CREATE:
            await _resolve_changed(ledger, client, binder, write)
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
    earlier = ledger.created_before(object, writes[0].id)

    def judge(id: TargetId, flat: Image) -> bool | None:
        """Return True for one that is sought, False for one that we made earlier, None for any other."""
        if id in earlier:
            return False
        return True if external_id_of(object, flat, binder) in sought and ledger.holder(object, id) is None else None

    found: dict[int, tuple[TargetId, Image]] = {}
    async for id, flat in newest(client, object, judge):
        found[sought[external_id_of(object, flat, binder)].id] = (id, flat)
    if object is ObjectType.LEAD:
        found |= await _converted(ledger, client, binder, [write for write in writes if write.id not in found])
    for write in writes:
        if write.id in found:
            id, now = found[write.id]
            _found(ledger, write, resolution, id, _as_created(ledger, binder, write, now))
        else:
            _free(ledger, write, resolution)


async def _converted(ledger: Ledger, client: Pipedrive, binder: Binder, writes: Sequence[Write]) -> dict[int, tuple[TargetId, Image]]:
    """Return write → id and image of leads that somebody made deals of since: the deal carries the lead's key, and names the lead."""
    sought, found = {write.key: write for write in writes}, dict[int, tuple[TargetId, Image]]()
    if not sought:
        return found

    def judge(id: TargetId, flat: Image) -> bool | None:
        if ledger.holder(ObjectType.DEAL, id) is not None:
            return False
        return True if converted_leads(sought, {id: flat}, binder) else None

    async for id, flat in newest(client, ObjectType.DEAL, judge):
        deal = await client.fetch(ObjectType.DEAL, id, purpose="matching") or {}
        for key in converted_leads(sought, {id: flat}, binder) if deal.get("source_lead_id") else ():
            found[sought[key].id] = (deal["source_lead_id"], sought[key].body)
    return found


def _as_created(ledger: Ledger, binder: Binder, write: Write, now: Image) -> dict[str, Any]:
    """Return what the server answered to a creation: what was sent, and what it fills by itself; anything else was put there since."""
    object = write.object
    declared = OBJECTS[object]
    sent = {name: value for name, value in write.body.items() if name in declared.editable or CODE.fullmatch(name)}
    after = answered(None, sent, now, binder.comparators(object)) or {}
    siblings = ledger.entries(live=True, objects=(object,), origin=Origin.CREATED)
    for name in (declared.filled | declared.derived | declared.inherited) - sent.keys():
        usual = [entry.after_image.get(name) for entry in siblings.values() if name not in entry.desired] if name in declared.filled else []
        if name in now and (not usual or any(stands(value, now[name], None) for value in usual)):
            after[name] = now[name]
    return {name: value for name, value in after.items() if value is not None}


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


def _found(ledger: Ledger, write: Write, resolution: Resolution, id: TargetId, after: Image) -> None:
    entry = replace(ledger.entries()[write.key], state=EntryState.LIVE, target_id=id, after_image=after)
    ledger.close_write(write.id, WriteState.RESOLVED, entry=entry)
    resolution.found.append(write.key)


def _free(ledger: Ledger, write: Write, resolution: Resolution) -> None:
    ledger.close_write(write.id, WriteState.RESOLVED, entry=ledger.entries()[write.key].with_state(EntryState.FAILED))
    resolution.again.add(write.key)


async def _resolve_changed(ledger: Ledger, client: Pipedrive, binder: Binder, write: Write) -> None:
    """Take for ours what an update wrote, if it arrived, and what a deletion removed for gone: the next comparison finds out what is
    still to do."""
    entry = ledger.entries()[write.key]
    if entry.object not in SCHEMA_OBJECTS and write.target_id is not None:
        current = await client.fetch(write.object, write.target_id, purpose="matching")
        if write.operation is not Operation.DELETE:
            entry = _as_changed(binder, entry, write, image(write.object, current) if current else None)
        elif current is None:
            entry = entry.with_state(EntryState(write.before.get("state", EntryState.UNDONE)))
    ledger.close_write(write.id, WriteState.RESOLVED, entry=entry)


def _as_changed(binder: Binder, entry: Entry, write: Write, now: Image | None) -> Entry:
    before = write.before.get("image", write.before.get("after_image", {}))
    written = answered(before, write.body, now, binder.comparators(entry.object)) if now is not None else None
    if now is None or written is None:
        return replace(entry, after_image={name: before.get(name) for name in write.body} | dict(entry.after_image))
    is_adopted = entry.origin is Origin.ADOPTED
    ours = ours_of(entry.after_image, before, written, write.body, only_sent=is_adopted)
    derived = () if is_adopted else OBJECTS[entry.object].derived - write.body.keys()
    return replace(entry, after_image={**entry.after_image, **ours, **{name: now.get(name) for name in derived}})
