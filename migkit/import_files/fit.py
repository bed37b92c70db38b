"""What of one record Pipedrive's import cannot carry, or not whole, foreseen before it goes out in a file. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from migkit.model.account import AccountUser
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM, DesiredRecord

from .cells import Words, words_of
from .importer import CARRIED, CELL_CHARS, CUSTOM_KINDS, Carried, Kind
from .merging import ExistingContact


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
class Fit:
    """How far one record fits a file, whatever else goes with it."""

    why_not: Message | None
    """Why it cannot go by a file at all, None where it can."""
    why_not_whole: Message | None
    """Why it cannot go by a file with all that the plan promises of it, None where it can."""
    lost: tuple[str, ...] = ()
    """What it gives up in a file: planned fields that the import does not set, and `form` where a text has any."""


def fit_of(record: DesiredRecord, facts: AccountFacts, types: Mapping[tuple[str, str], str]) -> Fit:
    """Return how a record fits a file; `types`: entity and label of each custom field → its type."""
    carried = CARRIED.get(record.object)
    if carried is None:
        return _never(Message.of("import-object", object=OBJECTS[record.object].title))
    if record.key in facts.adopted:
        return _never(Message.of("import-adopted"))
    if record.key in facts.tried:
        return _never(not_arrived(facts.tried[record.key]))
    desired = record.unbound()
    texts = _texts(desired, carried)
    why_not = _field(record, desired, carried, facts, types) or _text(desired, texts) or _contacts(desired, carried)
    promised = sorted(name for name in carried.promised if desired.get(name) is not None)
    if promised:
        return Fit(why_not, Message.of("import-promise", fields=tuple(promised)), _lost(desired, texts, carried))
    is_formed = any(words.is_formed for words in texts.values())
    return Fit(why_not, why_not or (Message.of("import-html") if is_formed else None), _lost(desired, texts, carried))


def lost(record: DesiredRecord) -> tuple[str, ...]:
    """Return what a record that goes by a file gives up: see `Fit.lost`."""
    carried, desired = CARRIED[record.object], record.unbound()
    return _lost(desired, _texts(desired, carried), carried)


def not_arrived(words: str) -> Message:
    """Return why a record that went out in a file goes by the API: in Pipedrive's words, where its skip file said them."""
    return Message.of("import-skipped", words=words.rstrip(".")) if words else Message.of("import-not-arrived")


def _never(why: Message) -> Fit:
    return Fit(why, why)


def _texts(desired: Mapping[str, Any], carried: Carried) -> dict[str, Words]:
    """Return the words of each text that may have marks."""
    plain = (name for name, column in carried.fields.items() if column.kind is Kind.PLAIN)
    return {name: words_of(str(desired[name])) for name in plain if desired.get(name)}


def _lost(desired: Mapping[str, Any], texts: Mapping[str, Words], carried: Carried) -> tuple[str, ...]:
    fields = [name for name in sorted(carried.given_up) if desired.get(name) is not None]
    return (*fields, "form") if any(words.is_formed for words in texts.values()) else tuple(fields)


def _field(
    record: DesiredRecord, desired: Mapping[str, Any], carried: Carried, facts: AccountFacts, types: Mapping[tuple[str, str], str]
) -> Message | None:
    """Return what stands against the fields of a record: they came out wrong before, or the import does not know them."""
    failed = facts.not_carried.get(record.object, frozenset())
    if came_wrong := sorted(name.removeprefix(CUSTOM) for name in desired if name in failed):
        return Message.of("import-came-wrong", fields=tuple(came_wrong))
    links = record.links
    unknown = sorted(name.removeprefix(CUSTOM) for name in desired if not _is_carried(name, record.object, links, carried, types))
    return Message.of("import-field", fields=tuple(unknown)) if unknown else None


def _is_carried(name: str, object: ObjectType, links: Collection[str], carried: Carried, types: Mapping[tuple[str, str], str]) -> bool:
    if name in links:
        return name in carried.links
    if name == "owner_id":
        return carried.owner is not None or name in carried.given_up
    if name.startswith(CUSTOM):
        kind = types.get((OBJECTS[object].entity or "", name.removeprefix(CUSTOM)))
        return kind in CUSTOM_KINDS
    return name in carried.fields or name in carried.contacts or name in carried.given_up


def _text(desired: Mapping[str, Any], texts: Mapping[str, Words]) -> Message | None:
    """Return what stands against the texts of a record: marks that an import may not keep, or more than a cell holds."""
    if any(words.is_marked for words in texts.values()):
        return Message.of("import-html")
    said = ((texts[name].text if name in texts else value) for name, value in desired.items() if isinstance(value, str))
    return Message.of("import-long") if any(len(text) > CELL_CHARS for text in said) else None


def _contacts(desired: Mapping[str, Any], carried: Carried) -> Message | None:
    """Return whether e-mails and phones fit the columns: one a label of Pipedrive's own, the primary one first."""
    for name, columns in carried.contacts.items():
        labels = [column.label.rpartition(" - ")[2].lower() for column in columns]
        items = desired.get(name) or ()
        places = [labels.index(item["label"]) if item.get("label") in labels else -1 for item in items]
        in_order = places == sorted(set(places)) and -1 not in places
        if not in_order or any(bool(item.get("primary")) != (place == 0) for place, item in enumerate(items)):
            return Message.of("import-contacts")
    return None
