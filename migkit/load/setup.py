"""Set-up objects: fields with their options, activity types, pipelines, stages, lead labels. What stands there is adopted by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from migkit.model.account import AccountField, AccountSchema
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM, MIGRATED, DesiredRecord

from .answers import image
from .bind import Binder, UnboundError, field_code
from .changes import Change, Op
from .entries import Entry, Operation, Origin, TargetId, confirmed_entry, pending_entry
from .ledger import Ledger
from .writer import Writer, target

OPTIONS = "options"


async def write_setup(
    writer: Writer, setup: Iterable[Change], changes: Sequence[Change], binder: Binder, notes: list[Message], *, is_last: bool
) -> bool:
    """Bring set-up to what the plan says; return whether anything was sent, so that the account must be read again.

    What waits for something whose answer was lost is held only in the last round.
    """
    account, ledger = binder.account, writer.ledger
    wanted = option_labels(changes)
    written = forget_lost(ledger, account, notes)
    for change in setup:
        record = change.record
        if writer.stopped:
            break
        if record is None or change.op is Op.HOLD:
            writer.hold(change.key, change.object, change.reason or Message.of("left-the-plan"))
            continue
        try:
            entry = ledger.entry(record.key)
            if entry is None or not entry.is_live:
                written |= await _found_or_created(writer, record, binder, wanted, notes)
            elif record.object is ObjectType.FIELD:
                written |= await _complete_options(writer, record, entry, account, wanted)
            elif change.op is Op.UPDATE:
                await writer.put(confirmed_entry(entry, record))  # a new icon or colour in the plan is no reason to write
                writer.count(record.object, "skip")
            else:
                writer.count(record.object, "skip")
        except UnboundError as problem:
            if is_last or not ledger.unanswered():
                writer.hold(record.key, record.object, problem.reason)
    return written


def option_labels(changes: Iterable[Change]) -> dict[tuple[str, str], set[str]]:
    """Return (entity, label) → option labels that the plan or a record about to be written asks for."""
    wanted: dict[tuple[str, str], set[str]] = {}
    optioned = set()
    for change in changes:
        record = change.record
        if record is not None and record.object is ObjectType.FIELD and OPTIONS in record.fields:
            name = (str(record.fields["entity"]), str(record.fields["field_name"]))
            optioned.add(name)
            wanted.setdefault(name, set()).update(record.fields[OPTIONS])
        elif record is not None and OBJECTS[record.object].entity and change.op in (Op.CREATE, Op.UPDATE, Op.ADOPT):
            for field, value in record.fields.items():
                name = (str(OBJECTS[record.object].entity), field.removeprefix(CUSTOM))
                if field.startswith(CUSTOM) and name in optioned and value is not None:
                    wanted[name].update([value] if isinstance(value, str) else value)
    return wanted


def forget_lost(ledger: Ledger, account: AccountSchema, notes: list[Message]) -> bool:
    """Forget fields that are no longer in the account, so that they are made again and their values written again."""
    existing = {f"{field.entity}/{field.code}" for field in account.fields}
    lost = {
        (str(entry.desired["entity"]), str(entry.desired["field_name"])): entry
        for entry in ledger.entries(live=True, objects=(ObjectType.FIELD,)).values()
        if entry.target_id not in existing
    }
    for (entity, label), entry in lost.items():
        notes.append(Message.of("field-made-again", entity=entity, name=label))
        ledger.put(entry.forgotten())
        carriers = [object for object in ObjectType if OBJECTS[object].entity == entity]
        for holder in ledger.entries(objects=carriers).values():
            if CUSTOM + label in holder.hashes:
                ledger.put(holder.without(CUSTOM + label, field_code(str(entry.target_id))))
    return bool(lost)


def existing(record: DesiredRecord, account: AccountSchema, ledger: Ledger, label: str | None = None) -> TargetId | None:
    """Return the id of the account's own object of that name (and type), None where there is none."""
    name = label or str(record.fields.get("name", ""))
    if record.object is ObjectType.FIELD:
        fitting = [field for field in _of_label(record, account, label) if field.type == record.fields["field_type"]]
        return f"{fitting[0].entity}/{fitting[0].code}" if fitting else None
    if record.object is ObjectType.PIPELINE:
        return account.pipelines.get(name)
    if record.object is ObjectType.STAGE:
        parent = ledger.entry(record.links["pipeline_id"])
        pipeline = next((title for title, id in account.pipelines.items() if parent and id == parent.target_id), "")
        return account.stages.get((pipeline, name))
    if record.object is ObjectType.ACTIVITY_TYPE:
        return next((id for title, (id, _) in account.activity_types.items() if title.casefold() == name.casefold()), None)
    return account.lead_labels.get(name)


async def _found_or_created(
    writer: Writer, record: DesiredRecord, binder: Binder, wanted: Mapping[tuple[str, str], set[str]], notes: list[Message]
) -> bool:
    account, ledger = binder.account, writer.ledger
    label = own_label(record, account)
    found = existing(record, account, ledger, label)
    if found is not None:
        entry = confirmed_entry(pending_entry(record, writer.run), record, target_id=found, origin=Origin.ADOPTED)
        await writer.put(entry)
        writer.count(record.object, "adopt")
        return record.object is ObjectType.FIELD and await _complete_options(writer, record, entry, account, wanted, counted=True)
    flat = binder.bind(record)
    if record.object is ObjectType.FIELD:
        flat["field_name"] = label
        if OPTIONS in flat:
            flat[OPTIONS] = [*flat[OPTIONS], *sorted(wanted.get(_name(record), set()) - set(flat[OPTIONS]))]
        if label != record.fields["field_name"]:
            entity, name = _name(record)
            notes.append(Message.of("field-beside", entity=entity, name=name, ours=str(label)))

    def confirmed(answer: Mapping[str, Any]) -> Entry:
        return confirmed_entry(pending_entry(record, writer.run), record, target_id=answer["id"], after_image=image(record.object, answer))

    created = await writer.write(
        pending_entry(record, writer.run),
        Operation.CREATE,
        flat,
        lambda: writer.client.create(record.object, _body(record, flat), purpose="schema_write"),
        confirmed,
    )
    if created:
        writer.count(record.object, "create")
    return True


def own_label(record: DesiredRecord, account: AccountSchema) -> str | None:
    """Return the label that a planned field gets in this account, None for other objects."""
    if record.object is not ObjectType.FIELD:
        return None
    label = str(record.fields["field_name"])
    existing = _of_label(record, account, label)
    return label + MIGRATED if existing and record.fields["field_type"] not in {field.type for field in existing} else label


def _of_label(record: DesiredRecord, account: AccountSchema, label: str | None) -> list[AccountField]:
    found = [f for f in account.fields if f.entity == record.fields["entity"] and f.is_custom and f.label == label]
    return sorted(found, key=lambda field: field.code)


def _body(record: DesiredRecord, flat: Mapping[str, Any]) -> dict[str, Any]:
    if record.object is ObjectType.FIELD and OPTIONS in flat:
        return {**flat, OPTIONS: [{"label": label} for label in flat[OPTIONS]]}
    return dict(flat)


def _name(record: DesiredRecord) -> tuple[str, str]:
    return str(record.fields["entity"]), str(record.fields["field_name"])


async def _complete_options(
    writer: Writer,
    record: DesiredRecord,
    entry: Entry,
    account: AccountSchema,
    wanted: Mapping[tuple[str, str], set[str]],
    *,
    counted: bool = False,
) -> bool:
    """Add the options that an existing field lacks; options are never taken away."""
    id = str(target(entry))
    field = next((field for field in account.fields if f"{field.entity}/{field.code}" == id), None)
    missing = sorted(wanted.get(_name(record), set()) - set(field.options)) if field else []
    if not missing:
        await writer.put(confirmed_entry(entry, record))
        if not counted:
            writer.count(record.object, "skip")
        return False
    added = confirmed_entry(entry, record, after_image={**entry.after_image, OPTIONS: [*entry.after_image.get(OPTIONS, []), *missing]})
    written = await writer.write(
        entry, Operation.UPDATE, {OPTIONS: missing}, lambda: writer.client.add_options(id, missing), lambda _: added
    )
    if written and not counted:
        writer.count(record.object, "update")
    return True


def setup_stands(entry: Entry, account: AccountSchema) -> bool:
    """Return whether a set-up object of the ledger still stands in the account."""
    ids: dict[ObjectType, set[TargetId]] = {
        ObjectType.FIELD: {f"{field.entity}/{field.code}" for field in account.fields},
        ObjectType.ACTIVITY_TYPE: {id for id, _ in account.activity_types.values()},
        ObjectType.PIPELINE: set(account.pipelines.values()),
        ObjectType.STAGE: set(account.stages.values()),
        ObjectType.LEAD_LABEL: set(account.lead_labels.values()),
    }
    return entry.target_id in ids[entry.object]
