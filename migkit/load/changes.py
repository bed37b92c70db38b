"""Plan minus ledger: what has to be done so that Pipedrive is as the plan says. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from migkit.model.messages import Message
from migkit.model.objects import DATA_OBJECTS, OBJECTS, SCHEMA_OBJECTS, ObjectType
from migkit.model.outcomes import Outcome
from migkit.model.records import CUSTOM, DesiredRecord, Plan

from .aliases import find_aliases, rekey
from .entries import Entry, EntryState, copy_of
from .ledger import Ledger

_ORDER = {object: number for number, object in enumerate(ObjectType)}


class Op(StrEnum):
    """What a change does."""

    CREATE = "create"
    UPDATE = "update"
    ADOPT = "adopt"  # take over a record that was there before
    SKIP = "skip"  # is already as it should be
    HOLD = "hold"  # waits: a parent is missing, or a decision
    DELETE = "delete"  # delete our own record if nobody touched it


@dataclass(frozen=True)
class Change:
    """One record's difference between plan and ledger."""

    key: str
    """The ledger's key, which is the plan's own unless the record's head changed."""
    object: ObjectType
    op: Op
    fields: tuple[str, ...] = ()
    """Updates: names of the fields that differ, those that left the plan too."""
    reason: Message | None = None
    """Why it waits, leaves, or failed when it was last tried."""
    record: DesiredRecord | None = None
    """As it should be, in the ledger's keys; None when it is deleted or held because it left the plan."""
    target_id: int | None = None
    """Adoptions: id of the record that was there before."""
    planned_key: str = ""
    """The plan's key where it differs from `key`."""

    @property
    def tokens(self) -> int:
        """What writing it costs, at least."""
        price = OBJECTS[self.object].price
        return {Op.CREATE: price.create, Op.UPDATE: price.update, Op.ADOPT: price.update, Op.DELETE: price.delete}.get(self.op, 0)


def diff(
    plan: Plan,
    ledger: Ledger,
    *,
    adopted: Mapping[str, int] | None = None,
    keys: Collection[str] | None = None,
    delete: Collection[str] = (),
) -> list[Change]:
    """Return the changes in writing order, deletions last and children first.

    `adopted` maps plan keys to ids of records that were there before. `keys` narrows to a slice: these records, everything
    they point at, and all set-up. `delete` holds keys of rows that were decided to be gone: a record is deleted when every row
    that it was made from is among them or was merged into another, or when the plan tells them all elsewhere now. A live
    record whose rows the plan no longer knows is held: whether they are gone is for somebody to decide.
    """
    aliases = find_aliases(plan, ledger)
    rekeyed = rekey(plan, aliases)
    planned = {stands_for: key for key, stands_for in aliases.items()}
    adopted = {aliases.get(key, key): target for key, target in (adopted or {}).items()}
    records = _slice(rekeyed.records, {aliases.get(key, key) for key in keys}) if keys is not None else rekeyed.records
    changes: list[Change] = []
    waiting: set[str] = set()
    unchanged = ledger.unchanged(records.values())
    known = ledger.known_keys(records.keys() - unchanged)
    live = unchanged | ledger.known_keys({key for record in records.values() for key in record.links.values()} - unchanged, live=True)
    for record in in_order(records.values()):
        if missing := _missing(record, rekeyed, live, waiting):
            change = Change(record.key, record.object, Op.HOLD, reason=missing, record=record)
        elif record.key in unchanged:
            change = Change(record.key, record.object, Op.SKIP, record=record)
        else:
            entry = ledger.entry(record.key) if record.key in known else None
            change = _change(record, entry, adopted.get(record.key), rekeyed.deleted)
        if change.op is Op.HOLD:
            waiting.add(record.key)
        changes.append(replace(change, planned_key=planned[record.key]) if record.key in planned else change)
    return changes + _leaving(rekeyed, ledger, set(delete), is_slice=keys is not None)


def to_write(changes: Iterable[Change], held: Mapping[str, Message]) -> list[Change]:
    """Return the changes that a load would write now.

    What is held waits for something else than a load, and so does a record of which nothing is left but fields that cannot be emptied,
    or that is not deleted for what others did with it: `held` is the reason per key that the last load left (`Ledger.holds`).
    """
    return [change for change in changes if change.op not in (Op.SKIP, Op.HOLD) and not _waits_for_somebody(change, held.get(change.key))]


_STAYS = frozenset({"leaving-edited", "leaving-used", "leaving-used-there"})
"""Why a load did not delete a record."""


def _waits_for_somebody(change: Change, why: Message | None) -> bool:
    """Return whether all that is left of a change is what the last load could not do, and a next one could not either."""
    if why is not None and change.op is Op.DELETE:
        return why.code in _STAYS
    if why is None or why.code != "cannot-be-emptied" or change.op is not Op.UPDATE:
        return False
    fields = dict(why.parameters)["fields"]
    return isinstance(fields, tuple) and {name.removeprefix(CUSTOM) for name in change.fields}.issubset(fields)


def refreshed(changes: Sequence[Change], ledger: Ledger, plan: Plan) -> list[Change]:
    """Return changes of `plan` as they are now that the ledger knows more than when they were computed."""
    unchanged = ledger.unchanged(change.record for change in changes if change.record is not None)
    known = ledger.known_keys(change.key for change in changes if change.key not in unchanged)

    def now(change: Change) -> Change:
        if change.record is None or change.op in (Op.HOLD, Op.DELETE):
            return change
        if change.key in unchanged:
            return change if change.op is Op.SKIP else replace(change, op=Op.SKIP, fields=(), reason=None, target_id=None)
        entry = ledger.entry(change.key) if change.key in known else None
        again = _change(change.record, entry, change.target_id, plan.deleted)
        return replace(again, planned_key=change.planned_key)

    return [now(change) for change in changes]


def _change(record: DesiredRecord, entry: Entry | None, adopted: int | None, deleted: Collection[str]) -> Change:
    if entry is None or not entry.is_live:
        if entry is not None and entry.state is EntryState.PENDING and entry.target_id is not None:
            adopted = int(entry.target_id)  # an adoption that was cut short
        if adopted is not None:
            return Change(record.key, record.object, Op.ADOPT, record=record, target_id=adopted)
        return Change(record.key, record.object, Op.CREATE, reason=entry.error if entry else None, record=record)
    hashes, written = record.hashes(), dict(entry.hashes)
    changed = tuple(name for name in hashes if hashes[name] != written.get(name))
    # A link to what was deleted there is Pipedrive's to clear: many a record could not be written without it.
    left = tuple(name for name in written if name not in hashes and entry.links.get(name) not in deleted)
    op = Op.UPDATE if changed or left else Op.SKIP
    return Change(record.key, record.object, op, fields=changed + left, record=record)


def _missing(record: DesiredRecord, plan: Plan, live: Collection[str], waiting: Collection[str]) -> Message | None:
    for link, target in record.links.items():
        if target in live:
            continue
        if target not in plan.records:
            return Message.of("link-unknown", link=link, key=target)
        if target in waiting:
            return Message.of("link-waits", link=link, key=target)
    return None


def _copy(entry: Entry) -> Message | None:
    """Return why a further copy by an import goes, None for any other record."""
    first, title = copy_of(entry.key), OBJECTS[entry.object].title.lower()
    return Message.of("import-copy", object=title, id=str(entry.target_id), first=first) if first else None


def _leaving(plan: Plan, ledger: Ledger, delete: set[str], *, is_slice: bool) -> list[Change]:
    live = ledger.entries(live=True, objects=DATA_OBJECTS)
    left = [entry for key in live if key not in plan.records and key not in plan.deleted and (entry := ledger.entries().get(key))]
    if not left:
        return []
    gone = delete | {row.key for row in plan.row_outcomes if row.outcome is Outcome.MERGED_INTO}
    present = {key for record in plan.records.values() for key in record.sources}
    waiting = {row.key for row in plan.row_outcomes if row.outcome in (Outcome.HELD, Outcome.REJECTED)}
    present |= {row.key for row in plan.row_outcomes} - waiting  # a row that waits may be repeated by an older one
    changes = []
    for entry in left:
        if (entry.key in gone and gone.issuperset(_alike(entry))) or (entry.sources and gone.issuperset(entry.sources)):
            is_gone = entry.key in delete or delete.intersection(entry.sources)
            why = Message.of("source-gone" if is_gone else "merged-away")
            changes.append(Change(entry.key, entry.object, Op.DELETE, reason=why))
        elif not is_slice and (rows := set(entry.sources) - {entry.key}) and present.issuperset(rows):
            changes.append(Change(entry.key, entry.object, Op.DELETE, reason=_copy(entry) or Message.of("planned-elsewhere")))
        elif not is_slice:
            changes.append(Change(entry.key, entry.object, Op.HOLD, reason=Message.of("left-the-plan")))
    return sorted(changes, key=lambda change: (change.op is Op.DELETE, -_ORDER[change.object], change.key))


def _alike(entry: Entry) -> list[str]:
    """Return the rows like its own that a record was made of: of a person who stood there twice, both."""
    kind = entry.key.partition(":")[0]
    return [source for source in entry.sources if source.partition(":")[0] == kind]


# -- order --------------------------------------------------------------------------------------------------------


def in_order(records: Iterable[DesiredRecord]) -> list[DesiredRecord]:
    """Return records parents first: by wave, then object; a parent is drawn forward into its first child's wave."""
    by_key = {record.key: record for record in records}
    wave = {key: record.wave for key, record in by_key.items()}
    for record in sorted(by_key.values(), key=lambda record: -_ORDER[record.object]):
        for target in record.links.values():
            if target in wave:
                wave[target] = min(wave[target], wave[record.key])
    return sorted(by_key.values(), key=lambda record: (record.object not in SCHEMA_OBJECTS, wave[record.key], _ORDER[record.object]))


def _slice(records: Mapping[str, DesiredRecord], keys: set[str]) -> dict[str, DesiredRecord]:
    wanted: set[str] = {key for key, record in records.items() if record.object in SCHEMA_OBJECTS}
    ahead = [key for key in keys if key in records]
    while ahead:
        key = ahead.pop()
        if key not in wanted:
            wanted.add(key)
            ahead.extend(target for target in records[key].links.values() if target in records)
    return {key: record for key, record in records.items() if key in wanted}
