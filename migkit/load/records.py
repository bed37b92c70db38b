"""Create and update one record."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from migkit.compare import put_back
from migkit.model.errors import DataError
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM, DesiredRecord
from migkit.workspace import file_digest

from .answers import after_write, body, image
from .bind import Binder, UnboundError
from .changes import Change
from .entries import Entry, EntryState, Operation, Origin, confirmed_entry, pending_entry
from .external_ids import code_of_converted
from .policies import joined, wanted_fields
from .undo import decide, delete, touched
from .writer import Writer, target

FindFile = Callable[[str], Path | None]
"""sha256 → where a file with these bytes lies, None where there is none (any more)."""

LOCAL = frozenset({"path", "sha256", "members"})
"""Fields of a planned file that say where its content lies; they are no fields of the wire. `members` are the sha256 and the name of each
file in a ZIP that is made when it is uploaded; its `sha256` then tells these from others."""


async def create(writer: Writer, record: DesiredRecord, binder: Binder, find_file: FindFile, *, counted_as: str = "create") -> Entry | None:
    """Create a record. Raises UnboundError where it must wait."""
    flat = {name: value for name, value in binder.bind(record).items() if value is not None and value != []}
    send, pending = _sender(writer, record, flat, find_file), pending_entry(record, writer.run)

    def confirmed(answer: Mapping[str, Any]) -> Entry:
        return replace(pending, state=EntryState.LIVE, target_id=answer["id"], after_image=image(record.object, answer))

    entry = await writer.write(pending, Operation.CREATE, flat, send, confirmed)
    if entry:
        writer.count(record.object, counted_as)
    return entry


def _sender(writer: Writer, record: DesiredRecord, flat: Mapping[str, Any], find_file: FindFile) -> Callable[[], Awaitable[dict[str, Any]]]:
    if record.object is not ObjectType.FILE:
        return lambda: writer.client.create(record.object, body(record.object, flat))
    content = file_content(find_file, record)
    links = {name: value for name, value in flat.items() if name not in LOCAL and name != "name"}
    return lambda: writer.client.upload(str(flat["name"]), content, links)


def file_content(find_file: FindFile, record: DesiredRecord) -> bytes:
    """Return a planned file's bytes, those of a ZIP made now. Raises UnboundError where no export holds them, DataError where they were
    changed there."""
    members = record.fields.get("members")
    if members is None:
        return _read(find_file, record.fields["sha256"], record.key)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for digest, name in members:
            packed.writestr(zipfile.ZipInfo(name), _read(find_file, digest, record.key))  # without a date, so that it is the same each time
    return target.getvalue()


def _read(find_file: FindFile, digest: str, key: str) -> bytes:
    path = find_file(digest)
    if path is None or not path.is_file():
        raise UnboundError(Message.of("file-not-at-hand"))
    if file_digest(path) != digest:
        raise DataError(f"The file of {key} changed since the plan was made: add the export again and make the plan anew.")
    return path.read_bytes()


async def update(writer: Writer, change: Change, binder: Binder, policy: Mapping[str, str], find_file: FindFile) -> None:
    """Write what changed in the plan, and leave and note the fields that somebody edited since. What cannot be emptied is held.

    Lists are changed item by item. Raises UnboundError where the record must wait, or was deleted in Pipedrive.
    """
    record, entry = change.record, writer.ledger.entries()[change.key]
    assert record is not None
    current = await writer.client.fetch(record.object, target(entry), purpose="matching")
    if current is None:
        raise UnboundError(await _why_gone(writer, entry, binder))
    now = image(record.object, current)
    if record.object is ObjectType.FILE and ("sha256" in change.fields or set(change.fields) & set(record.links)):
        await _upload_again(writer, record, entry, now, binder, find_file)
        return
    flat, kept, stuck = _to_write(change, record, entry, now, binder, policy)
    if kept:
        await writer.note_edits(entry.key, kept)
    if not flat:
        await writer.put(_confirmed(entry, record, stuck))
        _count(writer, record, "kept" if kept else "skip", stuck)
        return
    pre = entry.pre_image
    if entry.origin is Origin.ADOPTED:
        pre = {**{name: now.get(name) for name in flat}, **pre}
    before = {
        "hashes": dict(entry.hashes),
        "desired": dict(entry.desired),
        "after_image": {name: entry.after_image.get(name) for name in flat},
        "image": {name: now.get(name) for name in flat},
    }

    def confirmed(answer: Mapping[str, Any]) -> Entry:
        answered = image(record.object, answer)
        after = after_write(entry.after_image, now, answered, flat, only_sent=entry.origin is Origin.ADOPTED)
        return replace(_confirmed(entry, record, stuck), pre_image=pre, after_image=after)

    pending = confirmed_entry(entry, record, hashes=entry.hashes, desired=entry.desired, pre_image=pre)
    written = await writer.write(
        pending,
        Operation.UPDATE,
        flat,
        lambda: writer.client.update(record.object, target(entry), body(record.object, flat)),
        confirmed,
        before=before,
    )
    if written:
        _count(writer, record, "update", stuck)


async def _why_gone(writer: Writer, entry: Entry, binder: Binder) -> Message:
    """Return whether somebody deleted a record, or made a deal of a lead: the deal carries the lead's key."""
    code = code_of_converted(entry.object, binder)
    deals = await writer.client.find(ObjectType.DEAL, code, entry.key) if code else ()
    return Message.of("lead-converted", deal=str(deals[0])) if deals else Message.of("deleted-meanwhile")


def _confirmed(entry: Entry, record: DesiredRecord, stuck: Collection[str]) -> Entry:
    """Return the entry of a record that stands as planned but for fields that cannot be emptied: these are asked for again."""
    hashes = {**record.hashes()} | {name: entry.hashes[name] for name in stuck if name in entry.hashes}
    desired = record.unbound() | {name: entry.desired[name] for name in stuck if name in entry.desired}
    return confirmed_entry(entry, record, hashes=hashes, desired=desired)


def _count(writer: Writer, record: DesiredRecord, what: str, stuck: Collection[str]) -> None:
    if stuck:
        writer.hold(record.key, record.object, Message.of("cannot-be-emptied", fields=tuple(n.removeprefix(CUSTOM) for n in stuck)))
    else:
        writer.count(record.object, what)


def _is_joined(entry: Entry, wanted: Mapping[str, Any], bound: str) -> bool:
    return bound in entry.pre_image and isinstance(wanted[bound], list)


async def _upload_again(
    writer: Writer, record: DesiredRecord, entry: Entry, now: Mapping[str, Any], binder: Binder, find_file: FindFile
) -> None:
    """Replace a file whose content or links changed: Pipedrive can change neither in place."""
    edited = decide(entry, now, binder).edited
    if edited:
        await writer.note_edits(entry.key, edited)
        await writer.put(confirmed_entry(entry, record))
        writer.count(record.object, "kept")
    elif await delete(writer, entry, EntryState.UNDONE):
        await create(writer, record, binder, find_file, counted_as="update")


def _to_write(
    change: Change, record: DesiredRecord, entry: Entry, now: Mapping[str, Any], binder: Binder, policy: Mapping[str, str]
) -> tuple[dict[str, Any], tuple[str, ...], tuple[str, ...]]:
    """Return the flat values to send, the planned names that somebody else edited since, and those that cannot be emptied."""
    names = [
        name for name in change.fields if name not in LOCAL and binder.name(record.object, name) not in OBJECTS[record.object].create_only
    ]
    bound_names = {name: binder.name(record.object, name) or name for name in names}
    wanted = binder.bind(record, names)
    for name in names:
        if name not in record.unbound():  # left the plan: what stood there before us comes back, nothing where it is our own
            wanted[bound_names[name]] = entry.pre_image.get(bound_names[name])
    if entry.origin is Origin.ADOPTED:
        wanted |= {
            bound: joined(bound, wanted[bound], entry.pre_image[bound] or []) for bound in wanted if _is_joined(entry, wanted, bound)
        }
        by_policy = {bound: name for name, bound in bound_names.items() if bound not in entry.pre_image}
        free = {bound: wanted.pop(bound) for bound in list(wanted) if bound in by_policy}
        wanted |= wanted_fields(free, now, {bound: policy.get(by_policy[bound], policy.get("*", "")) for bound in free})
    edited = set(touched(entry, now, binder))
    flat: dict[str, Any] = {}
    kept, stuck = [], []
    for name, bound in bound_names.items():
        if bound not in wanted:
            continue
        value = wanted[bound]
        if bound in edited and (bound in entry.after_image or entry.origin is Origin.CREATED):
            value = put_back(value, entry.after_image.get(bound), now.get(bound))
            if not isinstance(value, list):
                kept.append(name)
                continue
        if value == now.get(bound) or (value in (None, []) and now.get(bound) is None):
            continue
        if value not in (None, []) or binder.can_empty(record.object, bound):
            flat[bound] = value
        elif bound not in OBJECTS[record.object].derived:
            stuck.append(name)
    return flat, tuple(kept), tuple(stuck)
