"""Which records make the sample: bundles (a person with all that hangs on them) that together show every rare shape."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from migkit.model.objects import SCHEMA_OBJECTS, ObjectType
from migkit.model.records import CUSTOM, DesiredRecord, Plan

SIZE, LARGEST = 200, 300
"""How many records a sample has, and at most. Set-up records do not count: all of them are needed whatever is loaded."""

_WIDE = 60
"""A bundle of more records than this is trimmed to one record of each shape."""

_CANDIDATES = 400
"""Bundles that the greedy choice looks at beside those that hold a rare shape."""


def sample(plan: Plan) -> tuple[str, ...]:
    """Return the keys of a stratified sample of 200 records or a few more, in the plan's order; the same for the same plan.

    The sample is closed: with a record come the records that it links to, and with a person all that hangs on them (of a
    very long history: one record of each shape). Shapes: every patient status, merged, in a family, several payments,
    a prepayment, no e-mail, a name beyond ASCII, under 18, every pipeline stage and deal status, activity type, lead label, object.
    A plan of fewer records is its own sample.
    """
    records = {key: record for key, record in plan.records.items() if record.object not in SCHEMA_OBJECTS}
    if len(records) <= SIZE:
        return tuple(records)
    shapes = _shapes(records, _today(plan))
    bundles = _bundles(records, shapes)
    dice = random.Random(0)
    order = dice.sample(sorted(bundles), len(bundles))
    chosen: set[str] = set()
    for root in [*_covering(order, bundles, shapes), *order]:
        if len(chosen) >= SIZE:
            break
        if len(chosen | bundles[root]) <= LARGEST:
            chosen |= bundles[root]
    return tuple(key for key in records if key in chosen)


def shapes_of(plan: Plan) -> dict[str, set[str]]:
    """Return record key → the shapes that it shows, in words, for every record but set-up."""
    return _shapes({key: record for key, record in plan.records.items() if record.object not in SCHEMA_OBJECTS}, _today(plan))


def _covering(order: Sequence[str], bundles: Mapping[str, set[str]], shapes: Mapping[str, set[str]]) -> Iterable[str]:
    """Yield the bundles that add most unseen shapes per record, until none adds any."""
    shows = {root: set().union(*(shapes[key] for key in bundles[root])) for root in order}
    holders: dict[str, list[str]] = defaultdict(list)
    for root in order:
        for shape in shows[root]:
            if len(holders[shape]) < 3:
                holders[shape].append(root)
    candidates = list(dict.fromkeys([*order[:_CANDIDATES], *(root for roots in holders.values() for root in roots)]))
    seen: set[str] = set()
    taken = 0
    while candidates and taken <= LARGEST:
        best = max(candidates, key=lambda root: len(shows[root] - seen) / len(bundles[root]))
        if not shows[best] - seen:
            return
        seen |= shows[best]
        taken += len(bundles[best])
        candidates.remove(best)
        yield best


def _bundles(records: Mapping[str, DesiredRecord], shapes: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return root key → keys of a closed set of records: a person with all that hangs on them, or a record that stands alone."""
    members: dict[str, list[str]] = defaultdict(list)
    for key in records:
        root = _root(records, key)
        if root is not None:
            members[root].append(key)
    bundles = {}
    for root, keys in members.items():
        if len(keys) > _WIDE:
            first = {shape: key for key in reversed(keys) for shape in shapes[key]}
            keys = [root, *first.values()]
        bundles[root] = set().union(*(_with_parents(records, key) for key in keys))
    return bundles


def _root(records: Mapping[str, DesiredRecord], key: str) -> str | None:
    record = records[key]
    if record.object is ObjectType.PERSON:
        return key
    for link in ("person_id", "lead_id", "deal_id"):
        if record.links.get(link) in records:
            return _root(records, record.links[link])
    return None if record.object is ObjectType.ORGANIZATION else key


def _with_parents(records: Mapping[str, DesiredRecord], key: str) -> set[str]:
    found, ahead = set(), [key]
    while ahead:
        one = ahead.pop()
        if one in records and one not in found:
            found.add(one)
            ahead += records[one].links.values()
    return found


def _shapes(records: Mapping[str, DesiredRecord], today: date | None) -> dict[str, set[str]]:
    return {key: {f"any {record.object}", *_shapes_of(record, today)} for key, record in records.items()}


def _shapes_of(record: DesiredRecord, today: date | None) -> Iterable[str]:  # noqa: C901 - a list of shapes, one line each
    fields, links = record.fields, record.links
    if record.object is ObjectType.PERSON:
        yield f"patient status {fields.get(f'{CUSTOM}Patient status', 'not said')}"
        if sum(source.startswith("patient:") for source in record.sources) > 1:
            yield "merged"
        if "org_id" in links:
            yield "in a family or with an employer"
        if f"{CUSTOM}No e-mail" in fields:
            yield f"e-mail: {fields[f'{CUSTOM}No e-mail']}"
        if not str(fields["name"]).isascii():
            yield "name beyond ASCII"
        born = fields.get(f"{CUSTOM}Date of birth") or fields.get("birthday")
        if today and born and date.fromisoformat(born) > today.replace(year=today.year - 18, day=min(today.day, 28)):
            yield "under 18"
    elif record.object is ObjectType.DEAL:
        yield f"deal {links.get('stage_id', '').partition(':')[2]} {fields.get('status')}"
        yield f"invoices {fields.get(f'{CUSTOM}Invoice_Status__c', 'none')}"
    elif record.object is ObjectType.ACTIVITY:
        yield f"activity {links.get('type', '').partition(':')[2]} {'done' if fields.get('done') else 'open'}"
        if record.key.startswith("history:"):
            yield "several payments" if len(record.sources) > 1 else "one payment"
            if "Prepayment" in fields["note"]:
                yield "prepayment"
    elif record.object is ObjectType.LEAD:
        yield f"lead {', '.join(fields.get('label_ids') or ('without a label',))}"
    elif "#" in record.key:
        yield "split text"


def _today(plan: Plan) -> date | None:
    as_of = plan.documents.get("rebuild_recipes.json", {}).get("as_of")
    return date.fromisoformat(as_of) if as_of else None
