"""Rebuild a lost ledger from the target: by source ids, external ids, uploaded names and, for set-up, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from migkit.compare import State, compare_field, fitting
from migkit.model.account import AccountSchema
from migkit.model.errors import UsageError
from migkit.model.objects import DATA_OBJECTS, OBJECTS, SCHEMA_OBJECTS, KnownBy, ObjectType
from migkit.model.records import MIGRATED, SOURCE_ID, DesiredRecord, Plan
from migkit.pipedrive import Pipedrive

from .aliases import find_again, rekey
from .answers import image
from .bind import Binder, UnboundError
from .changes import in_order
from .entries import Entry, Origin, TargetId, confirmed_entry, pending_entry
from .external_ids import external_id_of
from .ledger import Ledger
from .records import LOCAL
from .remote import every
from .setup import existing, own_label

Comparators = Mapping[ObjectType, Mapping[str, str]]


@dataclass(frozen=True)
class RecoverResult:
    """What was found again."""

    found: Mapping[ObjectType, int]
    """Object → records of the plan found in the target."""
    lacking: tuple[str, ...]
    """Keys of planned records that are not in the target: the next apply creates them."""
    doubled: Mapping[str, tuple[TargetId, ...]]
    """Key → ids, where several records in the target carry its external id; the first one was taken."""
    strangers: tuple[tuple[str, TargetId, str], ...]
    """(object, id, external id) of records that carry an external id which the plan does not know."""

    def to_frame(self) -> pd.DataFrame:
        """Return one row per object: object, found."""
        return pd.DataFrame([(object.value, number) for object, number in self.found.items()], columns=["object", "found"])


async def recover(
    plan: Plan,
    client: Pipedrive,
    account: AccountSchema,
    ledger: Ledger,
    *,
    run_id: str = "recover",
    adopted: Mapping[str, int] | None = None,
    comparators: Comparators | None = None,
) -> RecoverResult:
    """Fill an empty ledger with what the target holds of the plan. Writes nothing to the target.

    Careful where the truth was lost: set-up and the records in `adopted` count as there before (never deleted by a
    rollback); a field that stands otherwise than planned counts as edited by somebody, so it is neither overwritten nor
    deleted with its record. Raises UsageError where the ledger already holds entries.
    """
    if ledger.entries():
        raise UsageError(f"{ledger.path} is not empty: recovery fills a lost ledger only. Move it away first if it is damaged.")
    with ledger.exclusive():
        ledger.start_run(run_id, "recover", account.company_id)
        found: dict[ObjectType, int] = {}
        doubled: dict[str, tuple[TargetId, ...]] = {}
        strangers: list[tuple[str, TargetId, str]] = []
        records = in_order(plan.records.values())
        with ledger.transaction():
            for record in (record for record in records if record.object in SCHEMA_OBJECTS):
                id = existing(record, account, ledger, own_label(record, account))
                if id is not None:
                    ledger.put(confirmed_entry(pending_entry(record, run_id), record, target_id=id, origin=Origin.ADOPTED))
                    found[record.object] = found.get(record.object, 0) + 1
        binder = Binder(account, ledger)
        aliases: dict[str, str] = {}
        own = dict(adopted or {})
        for object in DATA_OBJECTS:
            marked: dict[str, list[dict[str, Any]]] = {}
            async for answer in every(client, object):
                ours = external_id_of(object, image(object, answer), binder)
                if ours is not None:
                    marked.setdefault(ours, []).append(answer)
            aliases |= find_again(plan, object, marked.keys(), aliases)
            rekeyed = rekey(plan, aliases)
            own = {aliases.get(key, key): id for key, id in own.items()}
            with ledger.transaction():
                for record in (record for record in rekeyed.records.values() if record.object is object):
                    answers = marked.pop(_external_id(record, binder), [])
                    if not answers:
                        continue
                    ledger.put(_entry(record, answers[0], binder, run_id, own, (comparators or {}).get(object, {})))
                    found[object] = found.get(object, 0) + 1
                    if len(answers) > 1:
                        doubled[record.key] = tuple(answer["id"] for answer in answers)
            if OBJECTS[object].known_by is not KnownBy.FILE_NAME:  # any file has a name: only those that the plan knows are ours
                strangers += [(object.value, answer["id"], ours) for ours, answers in marked.items() for answer in answers]
        ledger.end_run(run_id, {object.value: number for object, number in found.items()})
    lacking = tuple(key for key in plan.records if ledger.entry(aliases.get(key, key)) is None)
    return RecoverResult(found, lacking, doubled, tuple(strangers))


async def require_known(plan: Plan, ledger: Ledger, client: Pipedrive, account: AccountSchema) -> None:
    """Raise UsageError where the target holds records of the plan and the ledger none: it was lost, and all would be made twice."""
    if any(entry.object not in SCHEMA_OBJECTS and entry.key in plan.records for entry in ledger.entries().values()):
        return
    for object in (ObjectType.ORGANIZATION, ObjectType.PERSON):  # the first that are written: what else is ours hangs on them
        labels = (SOURCE_ID, SOURCE_ID + MIGRATED)
        codes = [
            field.code for field in account.fields if field.entity == OBJECTS[object].entity and field.is_custom and field.label in labels
        ]
        if not codes:
            continue
        async for answer in client.list(object, purpose="matching"):
            flat = image(object, answer)
            for key in (str(flat.get(code) or "").partition(",")[0] for code in codes):
                if key in plan.records:
                    raise UsageError(
                        f"Pipedrive holds records of this practice already, such as {key}, but {ledger.path} knows none of them: put the "
                        f"ledger back, or rebuild it with `migkit recover {ledger.path.parent}`. Nothing was written."
                    )


def _external_id(record: DesiredRecord, binder: Binder) -> str:
    flat = {binder.name(record.object, name): value for name, value in record.fields.items()}
    return external_id_of(record.object, {name: value for name, value in flat.items() if name}, binder) or ""


def _entry(
    record: DesiredRecord, answer: Mapping[str, Any], binder: Binder, run: str, adopted: Mapping[str, int], comparators: Mapping[str, str]
) -> Entry:
    now = image(record.object, answer)
    after = dict(now)
    for name in record.unbound():
        if name in LOCAL:
            continue
        try:
            wanted = binder.bind(record, [name])
        except UnboundError:
            continue
        after |= {
            bound: value
            for bound, value in wanted.items()
            if compare_field(value, now.get(bound), comparators.get(name) or fitting(value)).state is State.DIFFERING
        }
    origin = Origin.ADOPTED if record.key in adopted else Origin.CREATED
    entry = confirmed_entry(pending_entry(record, run), record, target_id=answer["id"], origin=origin, after_image=after)
    return replace(entry, after_image={}) if origin is Origin.ADOPTED else entry
