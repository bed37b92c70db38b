"""Keys that stay: a person or household keeps the key under which it was loaded, whoever its head is now. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM, SOURCE_ID, DesiredRecord, Plan, keys_in

from .entries import Entry
from .ledger import Ledger

_MERGED = tuple(object for object in ObjectType if OBJECTS[object].is_merged)


def find_aliases(plan: Plan, ledger: Ledger) -> dict[str, str]:
    """Return plan key → ledger key of what was loaded under another head: clusters, and their accounts, histories and notes."""
    found = _clusters(plan, ledger)
    return found | _followers(plan, ledger, found)


def _clusters(plan: Plan, ledger: Ledger) -> dict[str, str]:
    found = {key: stands_for for key, stands_for in ledger.aliases().items() if key in plan.records and stands_for not in plan.records}
    orphans: dict[str, list[Entry]] = {}
    taken: set[str] = set(found.values())
    for key in ledger.entries(live=True, objects=_MERGED):
        entry = None if key in plan.records or key in plan.deleted or key in taken else ledger.entries().get(key)
        if entry is not None:
            for source in entry.sources:
                orphans.setdefault(source, []).append(entry)
    if not orphans:
        return found
    for record in plan.records.values():
        if not OBJECTS[record.object].is_merged or record.key in found or record.key in ledger.entries():
            continue
        shared: dict[str, int] = {}
        for source in record.sources:
            for entry in orphans.get(source, ()):
                if entry.object is record.object and entry.key not in taken:
                    shared[entry.key] = shared.get(entry.key, 0) + 1
        if shared:
            best = min(shared, key=lambda key: (-shared[key], key))
            found[record.key] = best
            taken.add(best)
    return found


def _followers(plan: Plan, ledger: Ledger, clusters: Mapping[str, str]) -> dict[str, str]:
    """Return the aliases of records whose own key names a person (`account:12`, `history:account:12`, `note:patient:12`)."""
    if not clusters:
        return {}
    renamed = _renaming(clusters)
    found = {}
    for record in plan.records.values():
        loaded = renamed(record.key)
        if loaded == record.key or record.key in clusters or loaded in plan.records or record.key in ledger.entries():
            continue
        entry = ledger.entries().get(loaded)
        if entry is not None and entry.is_live and entry.object is record.object:
            found[record.key] = loaded
    return found


def _renaming(clusters: Mapping[str, str]) -> Callable[[str], str]:
    """Return what makes a key of a later head one of the head before: also inside longer keys, and in the person's account."""
    names: dict[str, str] = {}
    for key, stands_for in clusters.items():
        (_, _, now), (_, _, then) = key.partition(":"), stands_for.partition(":")
        names |= {key: stands_for} | ({f"account:{now}": f"account:{then}"} if key.startswith("patient:") else {})
    named = re.compile(rf"(?<![^:])(?:{'|'.join(map(re.escape, names))})(?![^#/])")
    return lambda key: named.sub(lambda match: names[match[0]], key)


def find_again(plan: Plan, object: ObjectType, external_ids: Collection[str], clusters: Mapping[str, str]) -> dict[str, str]:
    """Return plan key → key by which a record of `object` is known in the target, for those that were loaded under another head.

    `external_ids` holds the keys that were read there; `clusters` what this found of the persons and households before.
    """
    free = set(external_ids) - plan.records.keys()
    renamed = _renaming(clusters) if clusters else str
    found: dict[str, str] = {}
    for record in plan.records.values() if free else ():
        if record.object is not object or record.key in external_ids:
            continue
        prefix = record.key.partition(":")[0]
        others = (
            [f"{prefix}:{source.partition(':')[2]}" for source in record.sources] if OBJECTS[object].is_merged else [renamed(record.key)]
        )
        loaded = next((key for key in others if key in free), None)
        if loaded is not None:
            free.discard(loaded)
            found[record.key] = loaded
    return found


def rekey(plan: Plan, aliases: Mapping[str, str]) -> Plan:
    """Return the plan in the ledger's keys: what was loaded under a key keeps it, also inside its source id field or external id."""
    if not aliases:
        return plan

    def moved(record: DesiredRecord) -> DesiredRecord:
        planned = record.links
        links = {link: aliases.get(target, target) for link, target in planned.items()}
        if record.key not in aliases:
            return record if links == planned else record.changed(links=links)
        key, own = aliases[record.key], CUSTOM + SOURCE_ID
        fields = record.fields
        known = set(keys_in(fields.get(own))) - {key}
        others = [name for name in record.sources if name in known]
        if own in fields:
            fields[own] = ", ".join([key, *others])
        external_id = record.external_id.replace(record.key, key)
        if record.external_id:
            fields = {
                name: value.replace(record.external_id, external_id) if isinstance(value, str) else value for name, value in fields.items()
            }
        return record.changed(key=key, links=links, fields=fields, external_id=external_id)

    records = {record.key: record for record in map(moved, plan.records.values())}
    rows = {line: aliases.get(key, key) for line, key in plan.rows.items()}
    row_outcomes = tuple(replace(row, ref=aliases[row.ref]) if row.ref in aliases else row for row in plan.row_outcomes)
    return replace(plan, records=records, rows=rows, row_outcomes=row_outcomes)
