"""What stands in the target account already: the only part of the pre-flight that asks it, and it only reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from migkit.model.account import AccountSchema
from migkit.model.errors import TerminalError
from migkit.model.objects import OBJECTS, KnownBy, ObjectType
from migkit.model.records import MIGRATED, SOURCE_ID, keys_in
from migkit.pipedrive import Pipedrive

COUNTED = tuple(kind for kind, declared in OBJECTS.items() if declared.known_by is KnownBy.SOURCE_ID)
"""Objects that are listed: those with a cap, and those that carry a record's key. Activities, notes and files are not worth the tokens."""


@dataclass(frozen=True)
class Webhook:
    """An active webhook of the account; its address is not kept."""

    id: int
    name: str
    action: str
    object: str


@dataclass(frozen=True)
class Existing:
    """The account's records, reduced to what the checks compare. Holds personal data (contacts): never shown, never stored."""

    counts: Mapping[ObjectType, int]
    """Object → records that stand there, archived ones too."""
    keys: frozenset[str]
    """Keys in the field `Source_System_ID__c`: records that an earlier load made."""
    contacts: Mapping[str, int] = field(repr=False)
    """Normalised e-mail, or phone digits → how many people have it, those with a key of ours left out."""
    webhooks: tuple[Webhook, ...] | None
    """None where the token may not see them."""
    tokens_left: int | None = None
    """Tokens of the day left as the account last said, None where it does not say."""


async def read_existing(client: Pipedrive, account: AccountSchema) -> Existing:
    """Return what stands in the account, by lists of the largest pages; tokens are counted as `preflight`."""
    counts: dict[ObjectType, int] = {}
    keys: set[str] = set()
    contacts: Counter[str] = Counter()
    for object in COUNTED:
        entity = str(OBJECTS[object].entity)
        source_ids = [field.code for label in (SOURCE_ID, SOURCE_ID + MIGRATED) if (field := account.field_of(entity, label))]
        counts[object] = 0
        async for record in _every(client, object):
            counts[object] += 1
            custom = record.get("custom_fields") or record
            key = next((custom[code] for code in reversed(source_ids) if custom.get(code)), None)
            if key:
                keys.add(keys_in(key)[0])  # a merged person names all its sources, its own key first
            elif object is ObjectType.PERSON:
                contacts.update(contacts_of(record))
    return Existing(counts, frozenset(keys), contacts, await _webhooks(client), client.budget.reported)


def contacts_of(person: Mapping[str, Any]) -> frozenset[str]:
    """Return a person's e-mails in lower case and phones as their last nine digits: enough to see that two may be one."""
    emails = {str(item.get("value") or "").strip().lower() for item in person.get("emails") or ()}
    digits = {"".join(filter(str.isdecimal, str(item.get("value") or ""))) for item in person.get("phones") or ()}
    return frozenset(email for email in emails if "@" in email) | frozenset(number[-9:] for number in digits if len(number) >= 8)


async def _every(client: Pipedrive, object: ObjectType) -> Any:
    async for record in client.list(object, purpose="preflight"):
        yield record
    async for record in client.list_archived(object, purpose="preflight"):
        yield record


async def _webhooks(client: Pipedrive) -> tuple[Webhook, ...] | None:
    try:
        rows = await client.read("/api/v1/webhooks", purpose="preflight")
    except TerminalError as error:
        if error.status == 403:
            return None
        raise
    return tuple(_active(rows or ()))


def _active(rows: Any) -> Iterator[Webhook]:
    for row in rows:
        if row.get("is_active", 1):
            yield Webhook(row["id"], str(row.get("name") or ""), str(row.get("event_action") or "*"), str(row.get("event_object") or "*"))
