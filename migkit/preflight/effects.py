"""What would the load meet and set off: existing records, webhooks, automations, calendars?"""

from __future__ import annotations

from collections.abc import Iterator

from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.words import number_of

from .existing import contacts_of
from .subject import Check, Subject


def existing(subject: Subject) -> Iterator[Check]:
    """What stands there already, ours from an earlier load counted apart."""
    keys = subject.existing.keys
    ours = len(subject.plan.records.keys() & keys)
    if ours:
        yield Check.of("already-loaded", count=ours)
    strangers = len(keys) - ours
    if strangers:
        yield Check.of("foreign-keys", count=strangers)
    found = {str(kind): count for kind, count in subject.existing.counts.items() if count}
    numbers = tuple(number_of(count, kind) for kind, count in found.items())
    yield Check(Message.of("existing-data", numbers=numbers) if found else Message.of("account-empty"), sum(found.values()))


def duplicates(subject: Subject) -> Iterator[Check]:
    """Who of the people to be loaded may be in the account already."""
    contacts = subject.existing.contacts
    people = [record for record in subject.records(ObjectType.PERSON) if record.key not in subject.existing.keys | subject.adopted]
    keys = tuple(record.key for record in people if any(contact in contacts for contact in contacts_of(record.fields)))
    if keys:
        code = "duplicates-decided" if subject.people_decided else "possible-duplicates"
        yield Check.of(code, keys=keys, count=len(keys))
    else:
        yield Check.of("duplicates")


def webhooks(subject: Subject) -> Iterator[Check]:
    """Which webhooks the load would fire, and how often."""
    hooks, creates = subject.existing.webhooks, subject.cost.creates
    if hooks is None:
        yield Check.of("webhooks-unknown")
        return
    if not hooks:
        yield Check.of("no-webhooks")
        return
    creating = [hook for hook in hooks if hook.action in ("*", "create")]
    fired = sum(sum(creates.values()) if hook.object == "*" else creates.get(hook.object, 0) for hook in creating)
    named = tuple(f"{hook.name or hook.id} ({hook.action} {hook.object})" for hook in hooks)
    yield Check.of("webhooks", keys=named, count=len(hooks), names=named[:5], fired=fired)


def automations(subject: Subject) -> Iterator[Check]:
    """What no API can tell."""
    yield Check.of("automations")


def calendars(subject: Subject) -> Iterator[Check]:
    """How many appointments would turn up in synced calendars."""
    coming = [r for r in subject.records(ObjectType.ACTIVITY) if r.fields.get("due_time") and not r.fields.get("done")]
    if coming:
        last = max(str(record.fields.get("due_date") or "") for record in coming)
        yield Check.of("calendars", count=len(coming), last=last)
