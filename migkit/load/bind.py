"""From the plan's words to one account's ids: labels → codes and option ids, e-mails → users, keys → target ids. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from migkit.model.account import AccountField, AccountSchema
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM, DesiredRecord

from .answers import CODE
from .entries import TargetId
from .ledger import Ledger

_OPTIONED = frozenset({"enum", "set"})
_BY_TYPE = {
    "varchar": "text", "text": "text", "phone": "text", "double": "number", "monetary": "money", "date": "date", "time": "time",
    "enum": "enum", "set": "set", "address": "address", "user": "id", "org": "id", "people": "id",
}  # fmt: skip
"""Type of a custom field in the account → the comparator of its values."""


class UnboundError(Exception):
    """A record cannot be written to this account yet."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Binder:
    """Binds records to one account, by the account as just read and the ids that the ledger holds."""

    def __init__(self, account: AccountSchema, ledger: Ledger) -> None:
        self.account = account
        self._ledger = ledger
        self._codes = {(field.entity, field.code): field for field in account.fields}
        self._fields: dict[tuple[str, str], AccountField | None] = {}
        self._key_strings = dict(account.activity_types.values())
        self._users = {user.email.lower(): user.id for user in account.users}
        self._comparators: dict[ObjectType, dict[str, str]] = {}

    def field(self, entity: str, label: str) -> AccountField | None:
        """Return the account's field for the plan's label: the one that the ledger holds, else the account's own."""
        if (entity, label) not in self._fields:
            entry = self._ledger.entry(field_key(entity, label))
            is_held = entry is not None and entry.is_live
            code = field_code(str(entry.target_id)) if entry is not None and is_held else ""
            self._fields[entity, label] = self._codes.get((entity, code)) if is_held else self.account.field_of(entity, label)
        return self._fields[entity, label]

    def name(self, object: ObjectType, name: str) -> str | None:
        """Return the flat (bound) name of a planned field, None where the account has no such field."""
        if name.startswith(CUSTOM):
            entity = OBJECTS[object].entity
            found = self.field(entity, name.removeprefix(CUSTOM)) if entity else None
            return found.code if found else None
        return OBJECTS[object].other_names.get(name, name)

    def comparators(self, object: ObjectType) -> Mapping[str, str]:
        """Return flat (bound) field → comparator: the object's own fields as declared, custom ones by their type in the account."""
        if object not in self._comparators:
            declared = OBJECTS[object]
            native = {declared.other_names.get(name, name): each for name, each in declared.comparators.items()}
            own = [field for field in self.account.fields if field.is_custom and field.entity == declared.entity]
            self._comparators[object] = native | {field.code: _BY_TYPE[field.type] for field in own if field.type in _BY_TYPE}
        return self._comparators[object]

    def can_empty(self, object: ObjectType, name: str) -> bool:
        """Return whether there is a known legal way to empty a flat field once it holds something."""
        found = self._codes.get((OBJECTS[object].entity or "", name))
        if found is not None and found.is_custom:
            return found.type != "set" or "set" in self.account.clears
        return bool(CODE.fullmatch(name)) or name in OBJECTS[object].empty_with or f"{object}.{name}" in self.account.clears

    def label(self, object: ObjectType, name: str) -> str:
        """Return how people call a flat field: a custom field's label, else its own name."""
        found = self._codes.get((OBJECTS[object].entity or "", name))
        return found.label if found is not None and found.is_custom else name

    def options(self, object: ObjectType, name: str) -> dict[int, str]:
        """Return option id → label of a flat field, {} for one without options."""
        found = self._codes.get((OBJECTS[object].entity or "", name))
        return {id: label for label, id in found.options.items()} if found is not None else {}

    def bind(self, record: DesiredRecord, names: Collection[str] | None = None) -> dict[str, Any]:
        """Return the flat form of a record (see `answers`), of the given planned fields only where `names` is given.

        A name that the record no longer has becomes None. Raises UnboundError with the reason why it must wait.
        """
        wanted = record.unbound() if names is None else names
        flat: dict[str, Any] = {}
        for name in wanted:
            bound = self.name(record.object, name)
            if bound is None:
                raise UnboundError(Message.of("account-lacks-field", name=name))
            if name in record.links:
                link = self._link(name, record.links[name])
                flat[bound] = [link] if name == "label_ids" else link
            elif name == "owner_id" and record.owner:
                owner = self._owner(record.owner)
                if record.object is not ObjectType.NOTE or self.account.me.is_admin:  # only an admin may name a note's author
                    flat[bound] = owner
            else:
                flat[bound] = self._value(record.object, name, record.fields.get(name))
        return flat

    def _link(self, name: str, key: str) -> TargetId:
        entry = self._ledger.entry(key)
        if entry is None or not entry.is_live or entry.target_id is None:
            raise UnboundError(Message.of("link-not-there", link=name, key=key))
        if entry.object is ObjectType.ACTIVITY_TYPE:
            try:
                return self._key_strings[int(entry.target_id)]
            except KeyError:
                raise UnboundError(Message.of("activity-type-inactive", key=key)) from None
        return entry.target_id

    def _owner(self, email: str) -> int:
        try:
            return self._users[email.lower()]
        except KeyError:
            raise UnboundError(Message.of("account-lacks-user", email=email)) from None

    def _value(self, object: ObjectType, name: str, value: Any) -> Any:
        if value is None or not (name.startswith(CUSTOM) or name == "label_ids"):
            return value
        if name == "label_ids" and object is ObjectType.LEAD:
            return [self._lead_label(label) for label in value]
        entity = OBJECTS[object].entity or ""
        found = self.field(entity, name.removeprefix(CUSTOM)) if name.startswith(CUSTOM) else self._codes.get((entity, name))
        if found is None or not (found.type in _OPTIONED or name == "label_ids"):
            return value
        labels = list(value) if isinstance(value, list | tuple) else [value]
        missing = [label for label in labels if isinstance(label, str) and label not in found.options]
        if missing:
            raise UnboundError(Message.of("account-lacks-options", name=found.label, count=len(missing)))
        ids = [found.options[label] if isinstance(label, str) else label for label in labels]
        return ids[0] if found.type == "enum" else ids

    def _lead_label(self, label: str) -> str:
        entry = self._ledger.entry(f"lead_label:{label}")
        uuid = str(entry.target_id) if entry is not None and entry.is_live else self.account.lead_labels.get(label)
        if uuid is None:
            raise UnboundError(Message.of("account-lacks-label", name=label))
        return uuid


def field_code(field_id: str) -> str:
    """Return the code in a field's id, which is `<entity>/<code>`."""
    return field_id.partition("/")[2]


def field_key(entity: str, label: str) -> str:
    """Return the record key of a custom field."""
    return f"field:{entity}/{label}"
