"""Which records go by Pipedrive's import and which by the API, and why: foreseen, so that nothing has to be mended afterwards. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from migkit.model.account import AccountUser
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord, Plan

from .fit import AccountFacts, Fit, fit_of
from .importer import CARRIED, FIRST_FROM, FIRST_ROWS, TOGETHER, Route
from .merging import merged


@dataclass(frozen=True)
class Parting:
    """How each record of a load goes."""

    by_file: tuple[str, ...]
    by_api: Mapping[str, Message]
    """Key → why it cannot go by a file."""
    lost: Mapping[str, tuple[str, ...]]
    """Key → what a record that goes by a file gives up there; see `Fit.lost`."""


def part(records: Iterable[DesiredRecord], plan: Plan, route: Route, facts: AccountFacts) -> Parting:
    """Return how each of `records`, to be created, goes by `route`."""
    return partings(records, plan, facts)[route]


def partings(records: Iterable[DesiredRecord], plan: Plan, facts: AccountFacts) -> dict[Route, Parting]:
    """Return how each of `records`, to be created, goes by each route: what a record says is read once for all of them."""
    chosen = list(records)
    types = {
        (str(one.fields["entity"]), str(one.fields["field_name"])): str(one.fields["field_type"])
        for one in plan.records.values()
        if one.object is ObjectType.FIELD
    }
    names = {one.key: str(one.fields.get("name") or "") for one in plan.records.values() if one.object is ObjectType.ORGANIZATION}
    contacts = [one for one in chosen if one.object in (ObjectType.PERSON, ObjectType.ORGANIZATION)]
    merges = merged(contacts, names, facts.existing)
    users = _users_by_name(facts.users) if facts.users else None
    fits = {record.key: fit_of(record, facts, types) for record in chosen}
    others = {record.key: merges.get(record.key) or _owner(record, users) for record in chosen}
    return {route: _by(route, fits, others) for route in Route}


def _by(route: Route, fits: Mapping[str, Fit], others: Mapping[str, Message | None]) -> Parting:
    """Return how records go by one route; `others`: what stands against each of them beside itself."""
    if route is Route.API:
        return Parting((), dict.fromkeys(fits, Message.of("import-api")), {})
    own = {key: fit.why_not_whole if route is Route.HYBRID else fit.why_not for key, fit in fits.items()}
    by_api = {key: why for key in fits if (why := own[key] or others[key]) is not None}
    by_file = tuple(key for key in fits if key not in by_api)
    return Parting(by_file, by_api, {key: fits[key].lost for key in by_file})


def _users_by_name(users: Iterable[AccountUser]) -> dict[str, str]:
    """Return e-mail → name of the users whom an import finds by their name: active, and the only ones called so."""
    known = list(users)
    names = [" ".join(user.name.casefold().split()) for user in known]
    return {user.email.lower(): user.name for user, name in zip(known, names, strict=True) if user.active and names.count(name) == 1}


def _owner(record: DesiredRecord, users: Mapping[str, str] | None) -> Message | None:
    carried = CARRIED.get(record.object)
    if not record.owner or users is None or carried is None or carried.owner is None or record.owner.lower() in users:
        return None
    return Message.of("import-owner")


def ready(by_file: Iterable[DesiredRecord], stands: Collection[str], coming: Collection[str]) -> list[DesiredRecord]:
    """Return the records whose files can be made now, in their order: of those objects of which no record waits for one that is coming.

    `stands`: keys of what is in the account; `coming`: of what is not, by file or API. An object waits as a whole, so that its records need
    not be read back twice. A record whose link is neither (its parent was refused) is left out, and keeps nobody waiting.
    """
    records = {record.key: record for record in by_file}
    hopeful = set(coming)
    while lost := {key for key in hopeful & records.keys() if not _may_come(records[key], stands, hopeful)}:
        hopeful -= lost
    waiting = {records[key].object for key in hopeful & records.keys() if not _has_all(records[key], stands)}
    return [record for record in records.values() if record.object not in waiting and _has_all(record, stands)]


def with_first_files(
    chosen: Iterable[DesiredRecord], by_file: Iterable[DesiredRecord], stands: Collection[str], carried: Collection[ObjectType]
) -> list[DesiredRecord]:
    """Return the records of a round: those `chosen`, but of an object that this account's import never `carried`, and that has many, only
    the first few, and these also while the others still wait for what they hang on."""
    records, ready_now = list(by_file), {record.key for record in chosen}
    found: list[DesiredRecord] = []
    for object in dict.fromkeys(record.object for record in records):
        own = [record for record in records if record.object is object]
        if object in carried or len(own) < FIRST_FROM:
            found += [record for record in own if record.key in ready_now]
        else:
            found += [record for record in own if _has_all(record, stands)][:FIRST_ROWS]
    return found


def rounds_left(left: Mapping[ObjectType, int]) -> int:
    """Return about how many rounds follow for these records (object → count); more where first files get much wrong."""
    return sum(any(left.get(object, 0) > 0 for object in together) for together in TOGETHER)


def _has_all(record: DesiredRecord, stands: Collection[str]) -> bool:
    return all(key in stands for key in record.links.values())


def _may_come(record: DesiredRecord, stands: Collection[str], coming: Collection[str]) -> bool:
    return all(key in stands or key in coming for key in record.links.values())
