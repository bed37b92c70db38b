"""Take one record back: delete what we created and nobody touched, put back what we wrote where it still is ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from migkit.compare import put_back, three_way, unchanged
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, ObjectType

from .answers import body, image
from .bind import Binder
from .changes import Change
from .entries import Entry, EntryState, Operation, Origin
from .remote import Remote
from .writer import Writer, target

Image = Mapping[str, Any]

REVERSED = "reversed"
KEPT = "kept"
ERRORED = "errored"
SKIPPED = "skipped"
BUCKETS = (REVERSED, KEPT, ERRORED, SKIPPED)


@dataclass(frozen=True)
class RollbackRow:
    """What became, or would become, of one record of ours."""

    key: str
    object: ObjectType
    bucket: str
    """reversed | kept (somebody edited it, or something points at it) | errored (Pipedrive refused) | skipped (nothing to do)."""
    detail: Message | None = None


@dataclass(frozen=True)
class Verdict:
    """What to do with one record so that it is as if we had never been there."""

    action: str
    """delete | restore | keep | gone | nothing."""
    flat: Mapping[str, Any] = field(default_factory=dict)
    """Restores: field → value to put back."""
    edited: tuple[str, ...] = ()
    """Fields that somebody edited since, which therefore stay as they are."""
    stuck: tuple[str, ...] = ()
    """Fields that hold what we wrote, were empty before, and cannot be emptied in any legal way."""
    lost: tuple[str, ...] = ()
    """Fields that hold what we wrote, and of which nobody knows any more what stood there before us."""


def touched(entry: Entry, now: Mapping[str, Any], binder: Binder) -> tuple[str, ...]:
    """Return the flat fields of a record that stands as `now` which somebody edited since we wrote it, each by its own comparator. Pure."""
    after = entry.after_image
    names = three_way(None, after, {**dict.fromkeys(after), **now}, binder.comparators(entry.object))
    inherited = OBJECTS[entry.object].inherited - entry.desired.keys()
    return tuple(name for name in names if name not in inherited)


def decide(entry: Entry, now: Mapping[str, Any] | None, binder: Binder) -> Verdict:
    """Return what to do, given the record's image as it stands now (None: it is no longer there). Pure."""
    if now is None:
        return Verdict("gone")
    if entry.origin is Origin.CREATED:
        edited = touched(entry, now, binder)
        return Verdict("keep", edited=edited) if edited else Verdict("delete")
    lost = [name for name in entry.after_image if name not in entry.pre_image]
    comparators = binder.comparators(entry.object)
    still_ours = [name for name in lost if unchanged(entry.after_image[name], now.get(name), comparators.get(name, ""))]
    verdict = restoration(entry.object, entry.pre_image, entry.after_image, now, binder)
    since = tuple(name for name in lost if name not in still_ours)
    return replace(verdict, edited=verdict.edited + since, lost=tuple(still_ours))


def restoration(object: ObjectType, before: Image, after: Image, now: Image, binder: Binder) -> Verdict:
    """Return how to put `before` back field by field, lists item by item.

    What somebody edited since stays, and so does what Pipedrive lets nobody empty again. Pure.
    """
    comparators, flat = binder.comparators(object), {}
    for name, value in before.items():
        back = put_back(value, after.get(name), now.get(name), comparators.get(name, ""))
        if back != now.get(name) and not (back in (None, []) and now.get(name) in (None, [])):
            flat[name] = back
    since = three_way(before, {name: after.get(name) for name in before}, {name: now.get(name) for name in before}, comparators)
    edited = tuple(name for name in since if not isinstance(now.get(name), list) and now.get(name) != before.get(name))
    unsendable = {name for name, value in flat.items() if value in (None, []) and not binder.can_empty(object, name)}
    flat = {name: value for name, value in flat.items() if name not in unsendable}
    stuck = tuple(sorted(unsendable - OBJECTS[object].derived))
    return Verdict("restore" if flat else "keep" if edited or stuck else "nothing", flat, edited, stuck)


def labels(object: ObjectType, names: Iterable[str], binder: Binder) -> tuple[str, ...]:
    """Return flat fields as people call them."""
    return tuple(binder.label(object, name) for name in names)


async def delete(writer: Writer, entry: Entry, state: EntryState) -> bool:
    """Delete a record and remember it in `state`; return whether that was done."""

    async def send() -> None:
        await writer.client.delete(entry.object, target(entry))

    gone = replace(entry, state=state, target_id=entry.target_id)
    return await writer.write(entry, Operation.DELETE, {}, send, lambda _: gone, before={"state": state}) is not None


async def restore(
    writer: Writer, entry: Entry, now: Image, flat: Image, confirmed: Callable[[dict[str, Any]], Entry]
) -> dict[str, Any] | None:
    """Write `flat` into a record that stands as `now`, remember it as `confirmed` makes it from the image answered, and return that image;
    None: not done."""
    images: list[dict[str, Any]] = []

    async def send() -> None:
        images.append(image(entry.object, await writer.client.update(entry.object, target(entry), body(entry.object, flat))))

    before = {"after_image": {name: entry.after_image.get(name) for name in flat}, "image": {name: now.get(name) for name in flat}}
    done = await writer.write(entry, Operation.RESTORE, flat, send, lambda _: confirmed(images[0]), before=before)
    return images[0] if done else None


async def delete_ours(writer: Writer, change: Change, remote: Remote | None, binder: Binder) -> None:
    """Delete our record whose source is gone, if nobody touched it and nothing points at it; put an adopted one back as it was."""
    entry = writer.ledger.entries()[change.key]
    current = await writer.client.fetch(entry.object, target(entry), purpose="matching")
    now = image(entry.object, current) if current is not None else None
    verdict = decide(entry, now, binder)
    if verdict.action == "keep" and entry.origin is Origin.CREATED:
        writer.hold(entry.key, entry.object, Message.of("leaving-edited", fields=labels(entry.object, verdict.edited, binder)))
        return
    children = remote.children(entry.object, target(entry)) if remote and verdict.action == "delete" else []
    uses = remote.uses_of.get((entry.object, target(entry)), ()) if remote and verdict.action == "delete" else ()
    if uses:
        writer.hold(entry.key, entry.object, Message.of("leaving-used-there", what=uses))
        return
    if children:
        writer.hold(entry.key, entry.object, Message.of("leaving-used", count=len(children)))
        return
    if verdict.action == "delete":
        done = await delete(writer, entry, EntryState.DELETED)
        if done and remote:
            remote.removed(entry.object, target(entry))
    elif verdict.flat:
        done = await restore(writer, entry, now or {}, verdict.flat, lambda _: entry.with_state(EntryState.DELETED)) is not None
    else:
        await writer.put(entry.with_state(EntryState.DELETED))
        done = True
    if done:
        writer.count(entry.object, "delete")
