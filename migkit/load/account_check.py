"""Before the first write: is this the account that the ledger is about, and does the ledger know all of ours that stands in it?

Neither Pipedrive nor a file can be asked for a version that both share. What was loaded is the version: a few known records must stand
under their ids, and what was created last must be known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from migkit.model.account import AccountSchema
from migkit.model.errors import UsageError
from migkit.model.objects import DATA_OBJECTS, OBJECTS, SCHEMA_OBJECTS, ObjectType
from migkit.model.records import MIGRATED, SOURCE_ID, DesiredRecord, Plan, keys_in
from migkit.model.words import number_of
from migkit.pipedrive import Pipedrive

from .answers import image
from .bind import Binder
from .changes import Change, Op
from .entries import Entry, Origin, TargetId
from .external_ids import external_id_of, planned_external_id
from .ledger import Ledger
from .newest import newest

PROBES = 5
"""Known records that are looked for, spread over the ledger, until one is found: one token each, and most often the first one stands."""


async def require_same_account(ledger: Ledger, client: Pipedrive, binder: Binder) -> None:
    """Raise UsageError where none of a few known records stands in the account: it was emptied, or is another one under the same id.

    A ledger of fewer records says nothing: people may well have deleted them all.
    """
    ours = ledger.entries(live=True, objects=DATA_OBJECTS, origin=Origin.CREATED)
    known = len(ours)
    if known < PROBES:
        return
    chosen = {number * (known - 1) // (PROBES - 1) for number in range(PROBES)}
    probes = [entry for number, entry in enumerate(ours.values()) if number in chosen]
    for entry in probes:
        current = await client.fetch(entry.object, _id(entry), purpose="matching")
        if current is not None and _is_ours(entry, image(entry.object, current), binder):
            return
    raise UsageError(
        f"None of {PROBES} records that {ledger.name} holds as loaded, such as {probes[0].key}, stands in Pipedrive company "
        f"{binder.account.company_id}: this is not the account that we loaded, or it was emptied since. Check target and token; if it was "
        f"emptied on purpose, move the ledger away and load anew. Nothing was written."
    )


def _is_ours(entry: Entry, now: Mapping[str, Any], binder: Binder) -> bool:
    own = external_id_of(entry.object, entry.after_image, binder)
    return own is None or external_id_of(entry.object, now, binder) == own


def _id(entry: Entry) -> TargetId:
    assert entry.target_id is not None
    return entry.target_id


async def require_complete(changes: Iterable[Change], plan: Plan, ledger: Ledger, client: Pipedrive, account: AccountSchema) -> None:
    """Raise UsageError where the account holds a record that `changes` would create: the ledger is older than the account.

    An old copy was put back, its write-ahead log was lost, a copied workspace loaded meanwhile, or the whole ledger is new. Lists are
    read from the newest record back, until all is known; for an empty ledger the whole lists that come first in a load.
    """
    if not ledger.entries(live=True, objects=DATA_OBJECTS):
        await _require_nothing_of_ours(plan, ledger, client, account)
        return
    binder = Binder(account, ledger)
    lacking = [change.record for change in changes if change.op is Op.CREATE and change.record and change.object not in SCHEMA_OBJECTS]
    found: list[str] = []
    for object in dict.fromkeys(record.object for record in lacking):
        found += await _unknown(object, [record for record in lacking if record.object is object], ledger, client, binder)
    if found:
        raise _older(found, ledger)


async def _unknown(object: ObjectType, lacking: Sequence[DesiredRecord], ledger: Ledger, client: Pipedrive, binder: Binder) -> list[str]:
    """Return the keys of records about to be created that stand in the account already."""
    sought = {planned_external_id(record, binder): record.key for record in lacking}

    def judge(id: TargetId, flat: Mapping[str, Any]) -> bool | None:
        if ledger.holder(object, id) is not None:
            return False
        return True if external_id_of(object, flat, binder) in sought else None

    return [sought[external_id_of(object, flat, binder) or ""] async for _, flat in newest(client, object, judge)]


async def _require_nothing_of_ours(plan: Plan, ledger: Ledger, client: Pipedrive, account: AccountSchema) -> None:
    for object in (ObjectType.ORGANIZATION, ObjectType.PERSON):  # the first that are written: what else is ours hangs on them
        labels = (SOURCE_ID, SOURCE_ID + MIGRATED)
        codes = [
            field.code for field in account.fields if field.entity == OBJECTS[object].entity and field.is_custom and field.label in labels
        ]
        if not codes:
            continue
        async for answer in client.list(object, purpose="matching"):
            flat = image(object, answer)
            for key in (keys_in(flat.get(code))[0] for code in codes):
                if key in plan.records:
                    raise _older([key], ledger)


def _older(found: Sequence[str], ledger: Ledger) -> UsageError:
    those = number_of(len(found), "record")
    return UsageError(
        f"Pipedrive holds {those} of this practice, such as {found[0]}, that {ledger.name} does not know: the ledger is older than the "
        f"account, or a part of it was lost. Run `migkit recover {ledger.path.parent}`, which adds what stands there, and load again. "
        "Nothing was written."
    )
