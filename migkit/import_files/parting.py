"""Which records go by Pipedrive's import and which by the API, and why: foreseen, so that nothing has to be mended afterwards. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from migkit.model.account import AccountUser
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM, DesiredRecord, Plan

from .cells import words_of
from .importer import CARRIED, CELL_CHARS, CUSTOM_KINDS, FIRST_FROM, FIRST_ROWS, TOGETHER, Carried, Kind, Route
from .merging import ExistingContact, merged


@dataclass(frozen=True)
class AccountFacts:
    """What of the account decides how a record can reach it. Nothing known (a plan before any account): all of it stays open."""

    users: tuple[AccountUser, ...] = ()
    """Its users; () where they are not known, so that every owner counts as one that the import finds."""
    existing: tuple[ExistingContact, ...] = ()
    """Persons and organizations that stand there."""
    adopted: frozenset[str] = frozenset()
    """Keys of records that were matched with one that stands there."""
    tried: Mapping[str, str] = field(default_factory=dict)
    """Key of each record that went out in a file and did not arrive → why, in Pipedrive's words, "" where no skip file said so."""
    not_carried: Mapping[ObjectType, frozenset[str]] = field(default_factory=dict)
    """Object → planned fields that came out wrong in this account's first import of it."""


@dataclass(frozen=True)
class Parting:
    """How each record of a load goes."""

    by_file: tuple[str, ...]
    by_api: Mapping[str, Message]
    """Key → why it cannot go by a file."""


def part(records: Iterable[DesiredRecord], plan: Plan, route: Route, facts: AccountFacts) -> Parting:
    """Return how each of `records`, to be created, goes by `route`."""
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
    by_file: list[str] = []
    by_api: dict[str, Message] = {}
    for record in chosen:
        why = Message.of("import-api") if route is Route.API else _why(record, route, facts, types) or merges.get(record.key)
        why = why or _owner(record, users)
        if why is None:
            by_file.append(record.key)
        else:
            by_api[record.key] = why
    return Parting(tuple(by_file), by_api)


def _why(record: DesiredRecord, route: Route, facts: AccountFacts, types: Mapping[tuple[str, str], str]) -> Message | None:
    """Return why a record by itself cannot go by a file, None where it can."""
    carried = CARRIED.get(record.object)
    if carried is None:
        return Message.of("import-object", object=OBJECTS[record.object].title)
    if record.key in facts.adopted:
        return Message.of("import-adopted")
    if record.key in facts.tried:
        return not_arrived(facts.tried[record.key])
    desired = record.unbound()
    promised = sorted(name for name, value in desired.items() if name in carried.promised and value is not None)
    if promised and route is Route.HYBRID:
        return Message.of("import-promise", fields=tuple(promised))
    failed = facts.not_carried.get(record.object, frozenset())
    came_wrong = sorted(name.removeprefix(CUSTOM) for name in desired if name in failed)
    if came_wrong:
        return Message.of("import-came-wrong", fields=tuple(came_wrong))
    links = record.links
    unknown = sorted(name.removeprefix(CUSTOM) for name in desired if not _is_carried(name, record.object, links, carried, types))
    if unknown:
        return Message.of("import-field", fields=tuple(unknown))
    return _text(record, route, carried) or _contacts(record, carried)


def not_arrived(words: str) -> Message:
    """Return why a record that went out in a file goes by the API: in Pipedrive's words, where its skip file said them."""
    return Message.of("import-skipped", words=words.rstrip(".")) if words else Message.of("import-not-arrived")


def _is_carried(name: str, object: ObjectType, links: Collection[str], carried: Carried, types: Mapping[tuple[str, str], str]) -> bool:
    if name in links:
        return name in carried.links
    if name == "owner_id":
        return carried.owner is not None or name in carried.given_up
    if name.startswith(CUSTOM):
        kind = types.get((OBJECTS[object].entity or "", name.removeprefix(CUSTOM)))
        return kind in CUSTOM_KINDS
    return name in carried.fields or name in carried.contacts or name in carried.given_up


def _text(record: DesiredRecord, route: Route, carried: Carried) -> Message | None:
    """Return what stands against the texts of a record: marks that an import may not keep, or more than a cell holds."""
    for name, value in record.fields.items():
        if not isinstance(value, str):
            continue
        text = value
        column = carried.fields.get(name)
        if column is not None and column.kind is Kind.PLAIN:
            words = words_of(value)
            if words.is_marked or (words.is_formed and route is Route.HYBRID):
                return Message.of("import-html")
            text = words.text
        if len(text) > CELL_CHARS:
            return Message.of("import-long")
    return None


def _contacts(record: DesiredRecord, carried: Carried) -> Message | None:
    """Return whether e-mails and phones fit the columns: one a label of Pipedrive's own, the primary one first."""
    for name, columns in carried.contacts.items():
        labels = [column.label.rpartition(" - ")[2].lower() for column in columns]
        items = record.fields.get(name) or ()
        places = [labels.index(item["label"]) if item.get("label") in labels else -1 for item in items]
        in_order = places == sorted(set(places)) and -1 not in places
        if not in_order or any(bool(item.get("primary")) != (place == 0) for place, item in enumerate(items)):
            return Message.of("import-contacts")
    return None


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
