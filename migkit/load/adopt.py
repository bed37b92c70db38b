"""Take over a record that was there before: its pre-image on disk first, then only what the policies allow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migkit.compare import put_back
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS

from .answers import after_write, body, image
from .bind import Binder, UnboundError
from .changes import Change
from .entries import Entry, EntryState, Operation, Origin, confirmed_entry, pending_entry
from .policies import wanted_fields
from .undo import labels, touched
from .writer import Writer


async def adopt(writer: Writer, change: Change, binder: Binder, policy: Mapping[str, str]) -> None:
    """Adopt `change.target_id` for `change.record`; nothing is sent where nothing has to be written.

    Raises UnboundError where it must wait, or where the record is no longer there.
    """
    record, id = change.record, change.target_id
    assert record is not None and id is not None
    other = writer.ledger.holder(record.object, id)
    if other is not None:
        raise UnboundError(Message.of("match-taken", key=other.key))
    current = await writer.client.fetch(record.object, id, purpose="matching")
    if current is None:
        raise UnboundError(Message.of("match-gone"))
    now = image(record.object, current)
    bound = binder.bind(record)
    by_policy = {binder.name(record.object, name) or name: policy.get(name, policy.get("*", "")) for name in record.unbound()}
    flat = wanted_fields({name: bound[name] for name in bound if name not in OBJECTS[record.object].create_only}, now, by_policy)
    # An adoption that was cut short has its pre-image on disk already: that, and never what we wrote, is what stood there.
    earlier = writer.ledger.entry(record.key)
    begun = earlier if earlier and earlier.state is EntryState.PENDING and earlier.target_id == id else pending_entry(record, writer.run)
    edited = {name for name in touched(begun, now, binder) if name in begun.after_image}
    kept = tuple(sorted(name for name in edited & flat.keys() if not isinstance(flat[name], list)))
    flat = {name: _beside(value, begun, now, name) if name in edited else value for name, value in flat.items() if name not in kept}
    if kept:
        await writer.note_edits(record.key, labels(record.object, kept, binder))
    entry = confirmed_entry(begun, record, target_id=id, origin=Origin.ADOPTED)
    if not flat:
        await writer.put(entry)
        writer.count(record.object, "adopt")
        return
    pre = {**{name: now.get(name) for name in flat}, **begun.pre_image}
    before = {"image": {name: now.get(name) for name in flat}}
    unconfirmed = confirmed_entry(entry, record, state=EntryState.PENDING, pre_image=pre)

    def confirmed(answer: Mapping[str, Any]) -> Entry:
        answered = image(record.object, answer)
        return confirmed_entry(
            entry, record, pre_image=pre, after_image=after_write(begun.after_image, now, answered, flat, only_sent=True)
        )

    written = await writer.write(
        unconfirmed,
        Operation.UPDATE,
        flat,
        lambda: writer.client.update(record.object, id, body(record.object, flat)),
        confirmed,
        before=before,
    )
    if written:
        writer.count(record.object, "adopt")


def _beside(value: Any, begun: Entry, now: Mapping[str, Any], name: str) -> Any:
    """Return a list with what somebody did to it since this adoption was begun."""
    return put_back(value, begun.after_image.get(name), now.get(name))
