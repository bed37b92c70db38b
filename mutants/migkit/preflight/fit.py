"""Does the account know what the plan refers to: owners, currencies, native fields, labels of its own?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migkit.model.outcomes import Severity
from migkit.model.records import MIGRATED, ObjectType
from migkit.model.words import number_of

from .subject import Check, Subject, field_identity, ours_beside

CONTACT_SYNC = frozenset({"birthday", "postal_address", "job_title", "im", "notes"})
"""Native person fields that exist only once contact sync was set up (knowledge base, data fields)."""


def owners(subject: Subject) -> Iterator[Check]:
    """Whether every owner is an active user."""
    title = "Owners are users"
    owned = Counter(record.owner for record in subject.plan.records.values() if record.owner)
    users = {email: subject.account.user_by_email(email) for email in owned}
    missing = sorted(email for email, user in users.items() if user is None)
    inactive = sorted(email for email, user in users.items() if user and not user.active)
    for code, emails, what in (
        ("owner-missing", missing, "not among the account's users"),
        ("owner-inactive", inactive, "inactive in the account"),
    ):
        if emails:
            count = sum(owned[email] for email in emails)
            who, are = number_of(len(emails), "owner"), "is" if len(emails) == 1 else "are"
            answer = f"{who} of {number_of(count, 'record')} {are} {what} ({', '.join(emails[:5])}): match anew in 25_people."
            yield Check(code, title, answer, Severity.CRITICAL, count, tuple(emails))
    if not missing and not inactive:
        answer = f"Every owner is an active user ({len(owned)} in all)." if owned else "No owner is chosen yet: 25_people matches them."
        yield Check("owners", title, answer)


def currencies(subject: Subject) -> Iterator[Check]:
    """Whether every currency is enabled."""
    title = "Currency"
    records = subject.plan.records.values()
    used = {currency for record in records for value in record.fields.values() for currency in _currencies_in(value)}
    used |= {str(record.fields["currency"]) for record in records if record.fields.get("currency")}
    if missing := sorted(used - set(subject.account.currencies)):
        answer = f"The account does not use {', '.join(missing)}: enable it under Company settings, Currencies, before anything is loaded."
        yield Check("currency-missing", title, answer, Severity.CRITICAL, len(missing), tuple(missing))
    else:
        yield Check("currency", title, f"{', '.join(sorted(used))} is enabled." if used else "The plan names no currency.")


def contact_sync(subject: Subject) -> Iterator[Check]:
    """Whether the native fields that the plan writes exist."""
    title = "Contact sync"
    wanted = Counter(name for record in subject.records(ObjectType.PERSON) for name in record.fields if name in CONTACT_SYNC)
    known = {field.code for field in subject.account.fields if field.entity == "person"}
    if absent := sorted(name for name in wanted if name not in known):
        answer = (
            f"The plan writes {', '.join(absent)}, which persons have only once contact sync was set up: set it up, or switch the policy "
            "native_contact_fields off."
        )
        yield Check("contact-sync-off", title, answer, Severity.CRITICAL, sum(wanted[name] for name in absent), tuple(absent))
    elif subject.account.has_contact_sync:
        answer = "Contact sync is on: birth dates and addresses in Pipedrive's own fields would also go to the owners' phones."
        yield Check("contact-sync-on", title, answer, Severity.INFO)
    else:
        yield Check("contact-sync", title, "Contact sync is off: birth dates and addresses go into custom fields.")


def field_types(subject: Subject) -> Iterator[Check]:
    """Whether fields of the plan's labels stand there with another type."""
    title = "Fields of the same label"
    standing = {(field.entity, field.label, field.type) for field in subject.account.fields if field.is_custom}
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
            beside += ours_beside(entity, label, type_) in standing
    if clashes:
        named = f"{number_of(len(clashes), 'field has', 'fields have')} our label and another type ({'; '.join(clashes[:5])})"
        if beside == len(clashes):
            answer = f"{named}: ours stand beside, marked{MIGRATED}."
            yield Check("field-type-clash", title, answer, Severity.INFO, len(clashes), tuple(clashes))
            return
        answer = f"{named}: ours are created beside, marked{MIGRATED}. Rename or delete theirs in Pipedrive if that is not wanted."
        yield Check("field-type-clash", title, answer, Severity.WARNING, len(clashes), tuple(clashes))
    else:
        yield Check("field-types", title, "No field of the same label has another type.")


def names(subject: Subject) -> Iterator[Check]:
    """What reading the account's schema found: names that several things bear."""
    for finding in subject.account.findings:
        yield Check(finding.code, "Names in the account", finding.message, finding.severity, finding.count, finding.keys)


def _currencies_in(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        return [str(value["currency"])] if value.get("currency") else []
    if isinstance(value, (list, tuple)):
        return [currency for item in value for currency in _currencies_in(item)]
    return []
