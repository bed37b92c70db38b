"""Plan minus Pipedrive as read back: does everything stand there as it should?"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from migkit.import_files import NOT_SET
from migkit.load import (
    IMPORT,
    Binder,
    Entry,
    EntryState,
    Ledger,
    Origin,
    converted_leads,
    external_id_of,
    find_aliases,
    rekey,
    setup_stands,
)
from migkit.model.account import AccountSchema
from migkit.model.messages import Message
from migkit.model.objects import SCHEMA_OBJECTS, ObjectType
from migkit.model.records import Plan

from .fields import Tally, compare_entry
from .readback import ReadBack
from .sides import Sides, sides

Comparators = Mapping[ObjectType, Mapping[str, str]]
"""Object → planned field → comparator name, as `plan.comparators` gives it."""


@dataclass(frozen=True)
class Reconciliation:
    """The comparison of plan, ledger and target."""

    records: pd.DataFrame
    """One row per object: object, planned, created, adopted, held, failed, pending, missing, deleted (there, by decision kept so),
    converted (a lead that somebody made a deal of: it stands there as that deal), unknown, left_plan."""
    fields: pd.DataFrame
    """One row per object, field, state and rule: object, field, state, rule, records."""
    details: pd.DataFrame
    """One row per field that is not plainly equal: key, object, field, state, rule, cause, desired, answered, actual."""
    missing: pd.DataFrame
    """Records of ours that no longer stand in the target: key, object, target_id."""
    unknown: pd.DataFrame
    """Records in the target that carry our external id but are not in the ledger: object, target_id, external_id."""
    left_plan: pd.DataFrame
    """Records of ours that stand there although they are planned no more, set-up that others may use left out: key, object, target_id."""
    whole: tuple[Sides, ...] = ()
    """The records that were asked for whole, side by side, as far as they stand there."""
    not_emptied: tuple[tuple[str, Message], ...] = ()
    """Records that stand there as planned but for a value that the plan has no more and Pipedrive's API cannot empty: key, reason."""

    @property
    def differing(self) -> pd.DataFrame:
        """The rows of `details` that nothing explains."""
        return self.details[self.details["state"] == "differing"].reset_index(drop=True)

    @property
    def unfinished(self) -> int:
        """How many planned records do not stand in the target yet: held, failed or pending."""
        return int(self.records[["held", "failed", "pending"]].to_numpy().sum())

    @property
    def agrees(self) -> bool:
        """True when every record of ours stands in the target as planned, and none that we do not know of."""
        return self.differing.empty and self.missing.empty and self.unknown.empty

    def to_json(self) -> str:
        """Return counts, not values: safe to print. Keys of at most 100 differing fields are named."""
        return json.dumps(
            {
                "agrees": self.agrees,
                "unfinished": self.unfinished,
                "records": _plain(self.records),
                "fields": _plain(self.fields),
                "differing": _plain(self.differing[["key", "object", "field", "cause"]].head(100)),
                "missing": _plain(self.missing),
                "unknown": _plain(self.unknown[["object", "target_id"]]),
            },
            ensure_ascii=False,
        )


def reconcile(
    plan: Plan,
    ledger: Ledger,
    readback: ReadBack,
    account: AccountSchema,
    *,
    comparators: Comparators | None = None,
    whole: Collection[str] = (),
) -> Reconciliation:
    """Compare every field of every record of ours with what was read back. Pure: reads nothing but its arguments.

    `whole`: keys of records that are wanted side by side too, the fields that agree among them.
    """
    aliases = find_aliases(plan, ledger)
    rekeyed = rekey(plan, aliases)
    named = {aliases.get(key, key): key for key in whole}
    names = _names_by_object(rekeyed) if whole else {}
    beside: list[Sides] = []
    binder = Binder(account, ledger)
    holds = ledger.holds()
    imports = ledger.runs_of(IMPORT)
    tally = Tally()
    missing: list[tuple[str, str, Any]] = []
    not_emptied: list[tuple[str, Message]] = []
    leads = list(ledger.entries(live=True, objects=(ObjectType.LEAD,)))
    converted = converted_leads(leads, readback.records.get(ObjectType.DEAL, {}), binder)
    counts: dict[ObjectType, Counter[str]] = {object: Counter() for object in ObjectType}
    for record, entry in ledger.beside(rekeyed.records.values()):
        count = counts[record.object]
        count["planned"] += 1
        if entry is None or not entry.is_live:
            failed = entry is not None and entry.state is EntryState.FAILED and bool(entry.error)
            count["held" if record.key in holds else "failed" if failed else "pending"] += 1
            continue
        if record.key in holds and holds[record.key].code == "cannot-be-emptied":
            not_emptied.append((record.key, holds[record.key]))
        count["created" if entry.origin is Origin.CREATED else "adopted"] += 1
        if record.object in SCHEMA_OBJECTS:
            stands = setup_stands(entry, account)
        else:
            actual = readback.get(record.object, entry.target_id)
            stands = actual is not None
            by, given_up = (comparators or {}).get(record.object, {}), NOT_SET[record.object] if entry.run in imports else ()
            own = list(compare_entry(record, entry, actual, binder, by, given_up)) if actual else []
            tally.add(own)
            if actual and record.key in named:
                shown = record.changed(key=named[record.key])
                beside.append(sides(shown, entry, actual, own, ledger.history(record.key), binder, names[record.object]))
        if not stands and record.key in converted:
            count["converted"] += 1
        elif not stands:
            missing.append((record.key, record.object.value, entry.target_id))
    beyond = _beyond_the_plan(rekeyed, ledger, readback)
    for entry, state in beyond:
        counts[entry.object][state] += 1
    deals = {(ObjectType.DEAL, id) for id in converted.values()}
    unknown = [found for found in _unknown(rekeyed, ledger, readback, binder) if (ObjectType(found[0]), found[1]) not in deals]
    for _, name, _ in missing:
        counts[ObjectType(name)]["missing"] += 1
    for name, _, _ in unknown:
        counts[ObjectType(name)]["unknown"] += 1
    return Reconciliation(
        records=_record_table(counts),
        fields=tally.summary(),
        details=tally.details(),
        missing=pd.DataFrame(missing, columns=["key", "object", "target_id"]),
        unknown=pd.DataFrame(unknown, columns=["object", "target_id", "external_id"]),
        left_plan=_left_plan(beyond),
        whole=tuple(beside),
        not_emptied=tuple(not_emptied),
    )


def _beyond_the_plan(plan: Plan, ledger: Ledger, readback: ReadBack) -> list[tuple[Entry, str]]:
    """Return the live records that are planned no more, each with whether somebody deleted it (by decision) or it left the plan."""
    found = []
    for key in ledger.entries(live=True):
        if key not in plan.records and (entry := ledger.entry(key)) is not None:
            is_gone = entry.key in plan.deleted and readback.get(entry.object, entry.target_id) is None
            found.append((entry, "deleted" if is_gone else "left_plan"))
    return found


def _left_plan(beyond: Sequence[tuple[Entry, str]]) -> pd.DataFrame:
    rows = [(e.key, e.object.value, e.target_id) for e, state in beyond if state == "left_plan" and e.object not in SCHEMA_OBJECTS]
    return pd.DataFrame(rows, columns=["key", "object", "target_id"])


def _names_by_object(plan: Plan) -> Mapping[ObjectType, set[str]]:
    """Return the fields that records of each kind have in this plan."""
    found: dict[ObjectType, set[str]] = defaultdict(set)
    for record in plan.records.values():
        found[record.object].update(record.fields, record.links, ("owner_id",) if record.owner else ())
    return found


def _unknown(plan: Plan, ledger: Ledger, readback: ReadBack, binder: Binder) -> list[tuple[str, Any, str]]:
    names = {str(record.fields.get("file_name")) for record in plan.records.values() if record.object is ObjectType.FILE}
    found, known = [], ledger.live()
    for object, records in readback.records.items():
        for id, flat in records.items():
            ours = external_id_of(object, flat, binder)
            if ours is None or (object is ObjectType.FILE and ours not in names) or (object, id) in known:
                continue
            found.append((object.value, id, ours))
    return found


def _record_table(counts: Mapping[ObjectType, Counter[str]]) -> pd.DataFrame:
    columns = ["planned", "created", "adopted", "held", "failed", "pending", "missing", "deleted", "converted", "unknown", "left_plan"]
    rows = [(object.value, *(count[name] for name in columns)) for object, count in counts.items() if count]
    return pd.DataFrame(rows, columns=["object", *columns])


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return json.loads(frame.to_json(orient="records"))
