"""Take set-up back at the end of a rollback: what we created and nothing uses, and the options that we added to others' fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from migkit.model.account import AccountSchema
from migkit.model.messages import Message
from migkit.model.objects import DATA_OBJECTS, OBJECTS, SCHEMA_OBJECTS, ObjectType

from .bind import field_code
from .entries import Entry, EntryState, Operation, Origin
from .remote import Remote
from .setup import OPTIONS, setup_stands
from .undo import ERRORED, KEPT, REVERSED, SKIPPED, RollbackRow, delete
from .writer import Writer, refusal, target

_ORDER = [kind for kind in reversed(ObjectType) if kind in SCHEMA_OBJECTS]  # children first


async def undo_setup(writer: Writer, remote: Remote, account: AccountSchema, run: str | None, *, preview: bool) -> list[RollbackRow]:
    """Return what became of every set-up object of ours; `remote` is the target's data after the rest was undone.

    Activity types become inactive, as Pipedrive deletes them no other way.
    """
    rows = []
    stages = dict(account.stages)
    recovered = {run["id"] for run in writer.ledger.runs() if run["step"] == "recover"}
    for entry in sorted(_ours(writer, run), key=lambda entry: _ORDER.index(entry.object)):
        if writer.stopped:
            break
        if entry.origin is Origin.ADOPTED:
            row = await _take_options(writer, entry, remote, account, preview=preview)
            was_found = entry.run in recovered and row.bucket == SKIPPED
            rows.append(replace(row, bucket=KEPT, detail=Message.of("found-again")) if was_found else row)
            continue
        keep = _reason_to_keep(entry, remote, account, stages)
        if not setup_stands(entry, account):
            if not preview:
                await writer.put(entry.with_state(EntryState.UNDONE))
            rows.append(RollbackRow(entry.key, entry.object, SKIPPED, Message.of("deleted-there")))
        elif keep:
            rows.append(RollbackRow(entry.key, entry.object, KEPT, keep))
        elif preview or await delete(writer, entry, EntryState.UNDONE):
            stages = {name: id for name, id in stages.items() if entry.object is not ObjectType.STAGE or id != entry.target_id}
            rows.append(RollbackRow(entry.key, entry.object, REVERSED))
        elif not writer.stopped:
            rows.append(RollbackRow(entry.key, entry.object, ERRORED, refusal(writer, entry)))
    return rows


def _ours(writer: Writer, run: str | None) -> list[Entry]:
    entries = writer.ledger.entries(live=True, objects=SCHEMA_OBJECTS).values()
    return [entry for entry in entries if run is None or entry.run == run]


def _reason_to_keep(entry: Entry, remote: Remote, account: AccountSchema, stages: dict[tuple[str, str], int]) -> Message | None:
    users = _users(entry, remote)
    if users:
        return Message.of("still-used", count=users)
    if entry.object is ObjectType.PIPELINE:
        name = next((name for name, id in account.pipelines.items() if id == entry.target_id), "")
        others = sum(pipeline == name for pipeline, _ in stages)
        return Message.of("stages-left", count=others) if others else None
    return None


def _users(entry: Entry, remote: Remote) -> int:
    """Return how many remaining records use a set-up object."""
    id = target(entry)
    if entry.object is ObjectType.FIELD:
        return sum(1 for _ in remote.uses(_holders(str(id)), field_code(str(id))))
    if entry.object is ObjectType.ACTIVITY_TYPE:
        key_string = entry.after_image.get("key_string")
        return sum(value == key_string for value in remote.uses([ObjectType.ACTIVITY], "type"))
    if entry.object is ObjectType.LEAD_LABEL:
        return sum(id in labels for labels in remote.uses([ObjectType.LEAD], "label_ids"))
    name = "stage_id" if entry.object is ObjectType.STAGE else "pipeline_id"
    return sum(value == id for value in remote.uses([ObjectType.DEAL], name))


def _holders(field_id: str) -> list[ObjectType]:
    entity = field_id.partition("/")[0]
    return [object for object in DATA_OBJECTS if OBJECTS[object].entity == entity]


async def _take_options(writer: Writer, entry: Entry, remote: Remote, account: AccountSchema, *, preview: bool) -> RollbackRow:
    """Take away the options that we added to a field that was there before, as far as nothing uses them."""
    added = entry.after_image.get(OPTIONS, [])
    field = next((field for field in account.fields if f"{field.entity}/{field.code}" == entry.target_id), None)
    ids = {field.options[label]: label for label in added if label in field.options} if field else {}
    used = set(_flattened(remote.uses(_holders(str(target(entry))), field.code))) if field and ids else set()
    free = [id for id in ids if id not in used]
    kept = [ids[id] for id in ids if id in used]
    left = replace(entry, after_image={**entry.after_image, OPTIONS: kept}) if kept else entry.with_state(EntryState.UNDONE)
    detail = Message.of("options-still-used", count=len(kept)) if kept else None
    if not free:
        if not preview:
            await writer.put(left)
        return RollbackRow(entry.key, entry.object, KEPT if kept else SKIPPED, detail or Message.of("was-there-before"))

    async def send() -> None:
        await writer.client.delete_options(str(target(entry)), free)

    done = preview or await writer.write(entry, Operation.RESTORE, {OPTIONS: free}, send, lambda _: left)
    if not done:
        return RollbackRow(entry.key, entry.object, ERRORED, refusal(writer, entry))
    return RollbackRow(entry.key, entry.object, KEPT if kept else REVERSED, detail)


def _flattened(values: Iterable[Any]) -> Iterable[Any]:
    for value in values:
        yield from value if isinstance(value, list) else [value]
