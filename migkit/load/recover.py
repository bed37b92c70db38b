"""Take what stands in the target into the ledger: a lost one is rebuilt, one that is older than the account is completed, and what came by
Pipedrive's import is taken over. By source ids, external ids, uploaded names, set-up by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from migkit.compare import State, compare_field, fitting
from migkit.model.account import AccountSchema
from migkit.model.objects import DATA_OBJECTS, OBJECTS, SCHEMA_OBJECTS, KnownBy, ObjectType
from migkit.model.records import DesiredRecord, Plan
from migkit.pipedrive import Pipedrive

from .aliases import find_again, find_aliases, rekey
from .answers import image
from .bind import Binder, UnboundError
from .changes import in_order
from .entries import DOUBLED, Entry, EntryState, Origin, TargetId, confirmed_entry, pending_entry
from .external_ids import external_id_of, planned_external_id
from .ledger import Ledger
from .records import LOCAL
from .remote import every
from .setup import existing, own_label

Comparators = Mapping[ObjectType, Mapping[str, str]]

IMPORT = "import"
"""Step of the runs that took over what Pipedrive's import brought."""


@dataclass(frozen=True)
class Imported:
    """What was given to Pipedrive's import in files, and may stand in the target now."""

    keys: Mapping[str, ObjectType]
    """Key of each record → its object."""
    last_ids: Mapping[ObjectType, int]
    """Object → the highest id that stood there when the files were made: what is no higher was there before us."""
    given_up: Mapping[ObjectType, frozenset[str]] = field(default_factory=dict)
    """Object → planned fields that an import is not known to set: however they stand, they are not asked for again."""

    def is_older(self, object: ObjectType, answer: Mapping[str, Any]) -> bool:
        """Return whether a record stood there before the files were made."""
        return isinstance(answer["id"], int) and answer["id"] <= self.last_ids.get(object, 0)


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
    without_image: tuple[str, ...] = ()
    """Keys of records that were there before us: what stood in them then is lost, so that a rollback leaves them as they are."""
    found_setup: tuple[str, ...] = ()
    """Keys of set-up objects: whether we made them is not known, so that a rollback leaves them."""
    differing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Imports: key → planned fields that stand otherwise than planned; the next apply writes them."""

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
    imported: Imported | None = None,
) -> RecoverResult:
    """Add to a ledger what the target holds of the plan and it does not know. Writes nothing to the target.

    `imported` narrows to records that were given to Pipedrive's import: they are ours, as created by us. A field that stands otherwise
    than planned is written by the next apply; a record that came twice has a key of its own for each further time, which the next apply
    deletes once that is approved. Only the lists of their objects are read.

    Careful where the truth was lost: set-up and the records in `adopted` count as there before (never deleted by a
    rollback); a field that stands otherwise than planned counts as edited by somebody, so it is neither overwritten nor
    deleted with its record. What the ledger knows stays as it knows it, but a field that stands as planned now is ours.
    """
    with ledger.exclusive():
        ledger.start_run(run_id, IMPORT if imported else "recover", account.company_id)
        setup = () if imported else _setup(plan, account, ledger, run_id)
        found = Counter(ledger.entries()[key].object for key in setup)
        doubled: dict[str, tuple[TargetId, ...]] = {}
        strangers: list[tuple[str, TargetId, str]] = []
        binder = Binder(account, ledger)
        aliases, own, lost = find_aliases(plan, ledger), dict(adopted or {}), []
        differing: dict[str, tuple[str, ...]] = {}
        for object in DATA_OBJECTS if imported is None else [kind for kind in DATA_OBJECTS if kind in imported.keys.values()]:
            by = (comparators or {}).get(object, {})
            marked = await _marked(client, object, binder)
            aliases = find_again(plan, object, marked.keys(), aliases) | aliases
            own = {aliases.get(key, key): id for key, id in own.items()}
            with ledger.transaction():
                for record in (record for record in rekey(plan, aliases).records.values() if record.object is object):
                    answers = marked.pop(planned_external_id(record, binder), [])
                    if len(answers) > 1:
                        doubled[record.key] = tuple(answer["id"] for answer in answers)
                    known = ledger.entry(record.key)
                    there = next((a for a in answers if known is not None and known.is_live and a["id"] == known.target_id), None)
                    if imported is not None:
                        if record.key in imported.keys and answers:
                            entries, wrong = _imported(record, answers, there, known, binder, run_id, imported, by)
                            for entry in entries:
                                ledger.put(entry)
                            differing |= {record.key: wrong} if wrong else {}
                            found[object] += there is None
                            lost += [record.key] if entries and entries[0].origin is Origin.ADOPTED else []
                    elif known is not None and there is not None:
                        ledger.put(_completed(known, record, _as_planned(record, there, binder, by)))
                    elif answers:
                        entry = _entry(record, answers[0], binder, run_id, own, by)
                        ledger.put(entry)
                        found[object] += 1
                        lost += [record.key] if entry.origin is Origin.ADOPTED else []
            left = imported.keys.keys() & marked.keys() if imported else ()
            with ledger.transaction():
                for key in left:
                    ledger.put(_left_the_plan(key, object, marked.pop(key)[0], run_id))
            found.update([object] * len(left))
            if OBJECTS[object].known_by is not KnownBy.FILE_NAME:  # any file has a name: only those that the plan knows are ours
                strangers += [(object.value, answer["id"], ours) for ours, answers in marked.items() for answer in answers]
        ledger.end_run(run_id, {object.value: number for object, number in found.items()})
        if imported is None:
            ledger.note_whole()
    sought = imported.keys if imported else [aliases.get(key, key) for key in plan.records]
    lacking = tuple(key for key in sought if not _is_known(ledger, key))
    return RecoverResult(dict(found), lacking, doubled, tuple(strangers), tuple(lost), setup, differing)


async def _marked(client: Pipedrive, object: ObjectType, binder: Binder) -> dict[str, list[dict[str, Any]]]:
    """Return external id → answers of all records of an object that carry one."""
    marked: dict[str, list[dict[str, Any]]] = {}
    async for answer in every(client, object):
        ours = external_id_of(object, image(object, answer), binder)
        if ours is not None:
            marked.setdefault(ours, []).append(answer)
    return marked


def _is_known(ledger: Ledger, key: str) -> bool:
    entry = ledger.entry(key)
    return entry is not None and entry.is_live


def _setup(plan: Plan, account: AccountSchema, ledger: Ledger, run: str) -> tuple[str, ...]:
    """Take set-up that the ledger lacks for there before, and return its keys."""
    found = []
    with ledger.transaction():
        for record in in_order(record for record in plan.records.values() if record.object in SCHEMA_OBJECTS):
            id = None if _is_known(ledger, record.key) else existing(record, account, ledger, own_label(record, account))
            if id is not None:
                ledger.put(confirmed_entry(pending_entry(record, run), record, target_id=id, origin=Origin.ADOPTED))
                found.append(record.key)
    return tuple(found)


def _as_planned(
    record: DesiredRecord, answer: Mapping[str, Any], binder: Binder, comparators: Mapping[str, str]
) -> dict[str, tuple[str, Any]]:
    """Return planned field → (flat name, value) of those that stand as planned."""
    now, found = image(record.object, answer), {}
    for name in record.unbound():
        try:
            wanted = binder.bind(record, [name]) if name not in LOCAL else {}
        except UnboundError:
            continue
        for bound, value in wanted.items():
            if compare_field(value, now.get(bound), comparators.get(name) or fitting(value)).state is not State.DIFFERING:
                found[name] = (bound, now.get(bound))
    return found


def _completed(known: Entry, record: DesiredRecord, planned: Mapping[str, tuple[str, Any]]) -> Entry:
    """Return what a ledger knows of a record, and that what stands as planned is ours."""
    hashes, desired = record.hashes(), record.unbound()
    return replace(
        known,
        hashes={**known.hashes, **{name: hashes[name] for name in planned if name in hashes}},
        desired={**known.desired, **{name: desired[name] for name in planned}},
        after_image={**known.after_image, **{bound: value for bound, value in planned.values() if value is not None}},
    )


def _imported(
    record: DesiredRecord,
    answers: Sequence[Mapping[str, Any]],
    there: Mapping[str, Any] | None,
    known: Entry | None,
    binder: Binder,
    run: str,
    imported: Imported,
    comparators: Mapping[str, str],
) -> tuple[list[Entry], tuple[str, ...]]:
    """Return the entries of a record that an import brought, its own first, then one for each time that it came again; and its planned
    fields that stand otherwise. `there` is the answer that the ledger knows already.

    What stood there before us (an import merged ours into it) is adopted, so that a rollback leaves it.
    """
    first, *again = sorted(answers, key=lambda answer: (answer is not there, imported.is_older(record.object, answer), _age(answer)))
    planned = _as_planned(record, first, binder, comparators)
    if there is None and imported.is_older(record.object, first):
        return [_entry(record, first, binder, run, {record.key: first["id"]}, comparators)], ()
    stands = planned.keys() | imported.given_up.get(record.object, frozenset())
    strays = _strays(record, planned.keys(), image(record.object, first), binder)
    hashes = {name: hash for name, hash in record.hashes().items() if name in stands} | dict.fromkeys(strays, STRAY)
    made = confirmed_entry(
        pending_entry(record, run), record, hashes=hashes, target_id=first["id"], after_image=image(record.object, first)
    )
    entries = [made if there is None or known is None else known]
    for answer in again:
        if not imported.is_older(record.object, answer) and _as_planned(record, answer, binder, comparators).keys() == planned.keys():
            key = f"{DOUBLED}:{answer['id']}:{record.key}"
            entries.append(replace(made, key=key, target_id=answer["id"], after_image=image(record.object, answer)))
    if there is not None:
        return entries, ()
    otherwise = [name for name in record.unbound() if name not in stands and name not in LOCAL]
    return entries, (*otherwise, *(binder.label(record.object, name) for name in strays))


STRAY = "stray"
"""Stands for the hash of a field that an import filled and the plan does not: the next apply empties it, as what left the plan."""


def _strays(record: DesiredRecord, planned: Collection[str], now: Mapping[str, Any], binder: Binder) -> tuple[str, ...]:
    """Return the flat fields of an imported record that hold something though nothing of ours belongs there: a column that was mapped to
    another field. A link that the server takes from another one counts where none of the planned links stands."""
    declared = OBJECTS[record.object]
    by_server = declared.filled | declared.derived
    if not record.links or record.links.keys() & planned:
        by_server |= declared.inherited
    ours = {binder.name(record.object, name) for name in record.unbound()}
    return tuple(name for name in now if name not in ours | by_server)


def _left_the_plan(key: str, object: ObjectType, answer: Mapping[str, Any], run: str) -> Entry:
    """Return the entry of a record that went out in a file and left the plan since: ours, and somebody decides what becomes of it."""
    after = image(object, answer)
    return Entry(key, object, answer["id"], Origin.CREATED, EntryState.LIVE, run, after_image=after, sources=(key,))


def _age(answer: Mapping[str, Any]) -> str:
    return str(answer["id"]).zfill(20)


def _entry(
    record: DesiredRecord, answer: Mapping[str, Any], binder: Binder, run: str, adopted: Mapping[str, int], comparators: Mapping[str, str]
) -> Entry:
    planned = _as_planned(record, answer, binder, comparators)
    ours = {bound: value for bound, value in planned.values() if value is not None}
    if record.key in adopted:
        return confirmed_entry(pending_entry(record, run), record, target_id=answer["id"], origin=Origin.ADOPTED, after_image=ours)
    declared, now = OBJECTS[record.object], image(record.object, answer)
    by_server = declared.filled | declared.derived | declared.inherited  # anything else that we did not plan was put there by somebody
    after = {name: value for name, value in now.items() if name in ours or name in by_server} | ours
    for name in record.unbound().keys() - planned.keys() - LOCAL:
        try:
            after |= binder.bind(record, [name])
        except UnboundError:
            continue
    return confirmed_entry(pending_entry(record, run), record, target_id=answer["id"], after_image=after)
