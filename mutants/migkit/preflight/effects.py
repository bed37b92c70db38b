"""What would the load meet and set off: existing records, webhooks, automations, calendars?"""

from __future__ import annotations

from collections.abc import Iterator

from migkit.model.outcomes import Severity
from migkit.model.records import ObjectType
from migkit.model.words import number_of

from .standing import contacts_of
from .subject import Check, Subject


def existing(subject: Subject) -> Iterator[Check]:
    """What stands there already, ours from an earlier load counted apart."""
    title, keys = "Existing data", subject.standing.keys
    ours = len(subject.plan.records.keys() & keys)
    if ours:
        answer = (
            f"{number_of(ours, 'record of this plan was', 'records of this plan were')} "
            "loaded before. Where the ledger is lost, `migkit recover` rebuilds it."
        )
        yield Check("already-loaded", title, answer, Severity.INFO, ours)
    strangers = len(keys) - ours
    if strangers:
        answer = (
            f"{number_of(strangers, 'record carries', 'records carry')} "
            "a source key that this plan does not hold: another migration, or rows that are gone."
        )
        yield Check("foreign-keys", title, answer, Severity.WARNING, strangers)
    found = {str(kind): count for kind, count in subject.standing.counts.items() if count}
    words = ", ".join(number_of(count, kind) for kind, count in found.items())
    answer = f"The account holds records ({words}): only confirmed matches among them are touched." if found else "The account is empty."
    yield Check("existing-data", title, answer, Severity.INFO if found else None, sum(found.values()))


def duplicates(subject: Subject) -> Iterator[Check]:
    """Who of the people to be loaded may be in the account already."""
    title, contacts = "Possible duplicates", subject.standing.contacts
    people = [record for record in subject.records(ObjectType.PERSON) if record.key not in subject.standing.keys]
    keys = tuple(record.key for record in people if any(contact in contacts for contact in contacts_of(record.fields)))
    if keys:
        answer = (
            f"{number_of(len(keys), 'person to be loaded shares', 'people to be loaded share')} "
            "an e-mail or phone with somebody in the account: decide in 25_people who is the same."
        )
        yield Check("possible-duplicates", title, answer, Severity.WARNING, len(keys), keys)
    else:
        yield Check("duplicates", title, "Nobody to be loaded shares an e-mail or phone with somebody in the account.")


def webhooks(subject: Subject) -> Iterator[Check]:
    """Which webhooks the load would fire, and how often."""
    title, hooks, creates = "Webhooks", subject.standing.webhooks, subject.cost.creates
    if hooks is None:
        answer = "The token's user may not list webhooks: ask an admin which ones a load would fire."
        yield Check("webhooks-unknown", title, answer, Severity.WARNING)
        return
    if not hooks:
        yield Check("no-webhooks", title, "No webhook is active.")
        return
    creating = [hook for hook in hooks if hook.action in ("*", "create")]
    fired = sum(sum(creates.values()) if hook.object == "*" else creates.get(hook.object, 0) for hook in creating)
    named = tuple(f"{hook.name or hook.id} ({hook.action} {hook.object})" for hook in hooks)
    answer = (
        f"{number_of(len(hooks), 'webhook is', 'webhooks are')} "
        f"active ({', '.join(named[:5])}): what the whole load creates calls other programs about "
        f"{number_of(fired, 'time')}, which the API cannot suppress. Switch off for the load, or warn whoever receives these calls."
    )
    yield Check("webhooks", title, answer, Severity.WARNING, len(hooks), named)


def automations(subject: Subject) -> Iterator[Check]:
    """What no API can tell."""
    answer = (
        "The API cannot list automations, and every created record may start one, e-mails to patients included: pause those that react to "
        "new people, leads, deals or activities before the load."
    )
    yield Check("automations", "Automations", answer, Severity.INFO)


def calendars(subject: Subject) -> Iterator[Check]:
    """How many appointments would turn up in synced calendars."""
    coming = [r for r in subject.records(ObjectType.ACTIVITY) if r.fields.get("due_time") and not r.fields.get("done")]
    if coming:
        last = max(str(record.fields.get("due_date") or "") for record in coming)
        answer = (
            f"{number_of(len(coming), 'open appointment')} "
            f"(the last on {last}) to turn up in the calendars of owners who sync theirs: tell them."
        )
        yield Check("calendars", "Calendars", answer, Severity.INFO, len(coming))
