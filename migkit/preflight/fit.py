"""Does the account know what the plan refers to: owners, currencies, native fields, labels of its own?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import MIGRATED

from .subject import Check, Subject, field_identity, ours_beside

CONTACT_SYNC = frozenset({"birthday", "postal_address", "job_title", "im", "notes"})
"""Native person fields that exist only once contact sync was set up (knowledge base, data fields)."""

NO_MONEY = frozenset({ObjectType.ACTIVITY, ObjectType.NOTE, ObjectType.FILE})
"""Objects whose records state amounts in their text at most, if at all, and which are nine of ten."""


def owners(subject: Subject) -> Iterator[Check]:
    """Whether every owner is an active user."""
    owned = Counter(record.owner for record in subject.plan.records.values() if record.owner)
    users = {email: subject.account.user_by_email(email) for email in owned}
    missing = sorted(email for email, user in users.items() if user is None)
    inactive = sorted(email for email, user in users.items() if user and not user.active)
    for code, emails in (("owner-missing", missing), ("owner-inactive", inactive)):
        if emails:
            count = sum(owned[email] for email in emails)
            yield Check.of(code, keys=tuple(emails), owners=len(emails), count=count, emails=tuple(emails[:5]))
    if not owned:
        yield Check.of("owners-not-chosen")
    elif not missing and not inactive:
        yield Check.of("owners", owners=len(owned))


def currencies(subject: Subject) -> Iterator[Check]:
    """Whether every currency is enabled."""
    used = set[str]()
    for record in subject.plan.records.values():
        fields = {} if record.object in NO_MONEY else record.fields
        used |= {currency for value in fields.values() for currency in _currencies_in(value)}
        used |= {str(fields["currency"])} if fields.get("currency") else set()
    if missing := sorted(used - set(subject.account.currencies)):
        yield Check(Message.of("currency-missing", currencies=tuple(missing)), len(missing), tuple(missing))
    elif used:
        yield Check.of("currency", currencies=tuple(sorted(used)))
    else:
        yield Check.of("no-currency")


def contact_sync(subject: Subject) -> Iterator[Check]:
    """Whether the native fields that the plan writes exist."""
    wanted = Counter(name for record in subject.records(ObjectType.PERSON) for name in record.fields if name in CONTACT_SYNC)
    known = {field.code for field in subject.account.fields if field.entity == "person"}
    if absent := sorted(name for name in wanted if name not in known):
        yield Check(Message.of("contact-sync-off", fields=tuple(absent)), sum(wanted[name] for name in absent), tuple(absent))
    elif subject.account.has_contact_sync:
        yield Check.of("contact-sync-on")
    else:
        yield Check.of("contact-sync")


def field_types(subject: Subject) -> Iterator[Check]:
    """Whether fields of the plan's labels stand there with another type."""
    existing = {(field.entity, field.label, field.type) for field in subject.account.fields if field.is_custom}
    known: dict[tuple[str, str], set[str]] = {}
    for field in subject.account.fields:
        if field.is_custom:
            known.setdefault((field.entity, field.label), set()).add(field.type)
    clashes, beside = [], 0
    for record in subject.records(ObjectType.FIELD):
        entity, label, type_ = field_identity(record)
        types = known.get((entity, label), set())
        if types and type_ not in types:
            clashes.append(f"{entity}/{label} is {', '.join(sorted(types))}, not {type_}")
            beside += ours_beside(entity, label, type_) in existing
    if clashes:
        code = "fields-beside" if beside == len(clashes) else "field-type-clash"
        named = "; ".join(clashes[:5])
        yield Check.of(code, keys=tuple(clashes), count=len(clashes), clashes=named, mark=MIGRATED.strip())
    else:
        yield Check.of("field-types")


def names(subject: Subject) -> Iterator[Check]:
    """What reading the account's schema found: names that several things bear."""
    for finding in subject.account.findings:
        yield Check(finding.message, finding.count, finding.keys)


def _currencies_in(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        return [str(value["currency"])] if value.get("currency") else []
    if isinstance(value, (list, tuple)):
        return [currency for item in value for currency in _currencies_in(item)]
    return []
