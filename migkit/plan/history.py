"""What happened with the patients, part by part: another policy is priced by planning only the parts that follow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord

from .activities import Folded, plan_summaries
from .appointments import appointment_types, plan_appointments
from .communications import plan_communications, plan_recalls
from .context import Context
from .deals import Deals
from .files import plan_files
from .notes import plan_notes
from .people import Persons
from .tasks import plan_tasks

Planner = Callable[[Context, Persons, Deals, Sequence[Folded]], Sequence[Folded] | None]
"""Adds the records of a part; takes what the parts before it folded into summaries, and returns what it folds itself."""


@dataclass(frozen=True)
class Part:
    """A part of the history that asks nothing of the others' records."""

    follows: frozenset[str]
    """The policies of `PRICED_POLICIES` that decide what becomes of its rows."""
    plan: Planner


@dataclass(frozen=True)
class Planned:
    """What a part came to."""

    records: Mapping[ObjectType, int]
    """Object → how many records; activity types, which follow from the activities, are none of them."""
    types: frozenset[str]
    """Keys of the activity types that its activities have."""
    folded: tuple[Folded, ...] = ()


PARTS: Mapping[str, Part] = {
    "appointments": Part(
        frozenset({"cancelled_appointments", "older_than"}),
        lambda context, persons, deals, _: plan_appointments(context, persons, deals, appointment_types(context)),
    ),
    "communications": Part(frozenset({"older_than"}), lambda context, persons, *_: plan_communications(context, persons)),
    "recalls": Part(frozenset({"older_than"}), lambda context, persons, *_: plan_recalls(context, persons)),
    "tasks": Part(frozenset({"older_than"}), lambda context, persons, *_: plan_tasks(context, persons)),
    "notes": Part(frozenset({"clinical_notes"}), lambda context, persons, deals, _: plan_notes(context, persons, deals)),
    "summaries": Part(
        frozenset({"cancelled_appointments", "older_than"}),
        lambda context, persons, _, folded: plan_summaries(context, persons, folded),
    ),
    "files": Part(frozenset({"attachments"}), lambda context, persons, deals, _: plan_files(context, persons, deals)),
}
"""The parts in the order in which they are planned."""

PRICED_POLICIES = frozenset[str]().union(*(part.follows for part in PARTS.values()))
"""The policies that nothing but history follows."""


def plan_history(
    context: Context, persons: Persons, deals: Deals, known: Mapping[str, Planned] | None = None, changed: Collection[str] = ()
) -> dict[str, Planned]:
    """Add the records of all parts to the context; where `known`, only of those that follow one of the policies that are `changed`.

    Returns what each part came to.
    """
    found: dict[str, Planned] = {}
    for name, part in PARTS.items():
        if known is not None and part.follows.isdisjoint(changed):
            found[name] = known[name]
            continue
        before = len(context.records)
        folded = part.plan(context, persons, deals, [one for planned in found.values() for one in planned.folded])
        found[name] = counted(islice(context.records.values(), before, None), folded or ())
    return found


def counted(records: Iterable[DesiredRecord], folded: Sequence[Folded] = ()) -> Planned:
    """Return what records come to."""
    counts, types = Counter[ObjectType](), set[str]()
    for record in records:
        if record.object is ObjectType.ACTIVITY_TYPE:
            continue
        counts[record.object] += 1
        if record.object is ObjectType.ACTIVITY and (type_ := record.links.get("type")):
            types.add(type_)
    return Planned(counts, frozenset(types), tuple(folded))
