"""Whom Pipedrive's import would take for one: persons of one name who share a phone, e-mail or organization; organizations of one name
that may share an address.

What counts as the same phone or address is not written anywhere. Phones are the same here by their last digits, addresses by their numbers
(`1 Hill St` and `1 Hill Street`), and one without an address may be anywhere: rather one too many by the API than two people in one record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.records import DesiredRecord

_DIGITS = 8  # enough to tell numbers apart, few enough that no prefix counts


@dataclass(frozen=True)
class ExistingContact:
    """A person or organization that stands in the account."""

    object: ObjectType
    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    organization: str = ""
    """Name of the organization that a person belongs to."""
    address: str = ""


def merged(records: Collection[DesiredRecord], names: Mapping[str, str], existing: Collection[ExistingContact]) -> dict[str, Message]:
    """Return key → why, of persons and organizations that the import would merge with one another or with one of the account.

    `names`: key of each planned organization → its name.
    """
    placeless = {_plain(one.name) for one in existing if one.object is ObjectType.ORGANIZATION and not one.address}
    placeless |= {_plain(str(record.fields.get("name"))) for record in records if not _address(record) and _is_organization(record)}
    traits: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for record in records:
        for trait in _traits(_as_contact(record, names), placeless):
            traits[trait].append(record.key)
    there = {trait for one in existing for trait in _traits(one, placeless)}
    found: dict[str, Message] = {}
    for trait, keys in traits.items():
        for key in keys:
            if trait in there:
                found[key] = Message.of("import-merge-there")
            elif len(keys) > 1:
                found.setdefault(key, Message.of("import-merge", key=next(other for other in keys if other != key)))
    return found


def _as_contact(record: DesiredRecord, names: Mapping[str, str]) -> ExistingContact:
    def values(name: str) -> tuple[str, ...]:
        return tuple(str(item["value"]) for item in record.fields.get(name) or ())

    organization = names.get(record.links.get("org_id", ""), "")
    name = str(record.fields.get("name") or "")
    return ExistingContact(record.object, name, values("emails"), values("phones"), organization, _address(record))


def _is_organization(record: DesiredRecord) -> bool:
    return record.object is ObjectType.ORGANIZATION


def _address(record: DesiredRecord) -> str:
    return str((record.fields.get("address") or {}).get("value") or "") if _is_organization(record) else ""


def _traits(one: ExistingContact, placeless: Collection[str]) -> Iterable[tuple[str, ...]]:
    """Return what a contact would be merged by; `placeless`: names of organizations of which any has no address."""
    name = _plain(one.name)
    if one.object is ObjectType.ORGANIZATION:
        return [("organization", name, *(() if name in placeless else re.findall(r"\d+", one.address)))]
    shared: list[tuple[str, Any]] = [("phone", re.sub(r"\D", "", phone)[-_DIGITS:]) for phone in one.phones]
    shared += [("email", _plain(email)) for email in one.emails]
    shared += [("organization", _plain(one.organization))]
    return [(name, what, value) for what, value in shared if value]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
