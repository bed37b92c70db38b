"""The target account as read: its fields, options, types, pipelines, stages, users and currencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .outcomes import Finding


@dataclass(frozen=True)
class AccountField:
    """One field definition of one entity (`person`, `organization`, `deal`, `product`, `activity`)."""

    entity: str
    code: str
    """Key used in the API: `name`, or 40 hex digits for a custom field."""
    label: str
    type: str
    is_custom: bool
    options: Mapping[str, int] = field(default_factory=dict)
    """Option label → option id."""


@dataclass(frozen=True)
class AccountUser:
    """A user of the account."""

    id: int
    name: str
    email: str
    active: bool
    is_admin: bool = False


@dataclass(frozen=True)
class AccountSchema:
    """Read once per run; nothing here is remembered across runs without being read again."""

    company_id: int
    company_domain: str
    me: AccountUser
    fields: tuple[AccountField, ...]
    users: tuple[AccountUser, ...]
    pipelines: Mapping[str, int]
    """Pipeline name → id."""
    stages: Mapping[tuple[str, str], int]
    """(pipeline name, stage name) → id."""
    activity_types: Mapping[str, tuple[int, str]]
    """Activity type name → (id, key_string), active ones only."""
    lead_labels: Mapping[str, str]
    """Lead label name → uuid."""
    currencies: tuple[str, ...]
    """Codes of the active currencies."""
    has_contact_sync: bool
    """True when the native `birthday`, `postal_address`, … person fields exist."""
    findings: tuple[Finding, ...] = ()
    """Duplicate labels and the like."""
    permissions: Mapping[str, bool] = field(default_factory=dict)
    """What the token's user may do, by Pipedrive's names (`can_add_custom_fields`, …); {} where the account does not say."""

    timezone: str = ""
    """IANA name of the time zone of the token's user; "" where the account does not say."""

    clears: frozenset[str] = frozenset()
    """What this account let a probe empty though no document says so: `set` (fields of several options), `person.org_id`."""

    def field_of(self, entity: str, label: str) -> AccountField | None:
        """Return the custom field with this label, None when there is none. First by code where the label is doubled."""
        found = sorted((f for f in self.fields if f.entity == entity and f.is_custom and f.label == label), key=lambda f: f.code)
        return found[0] if found else None

    def user_by_email(self, email: str) -> AccountUser | None:
        """Return the user with this e-mail, case ignored; None when there is none."""
        return next((user for user in self.users if user.email.lower() == email.lower()), None)
