"""May the token's user do and see what the load needs?"""

from __future__ import annotations

from collections.abc import Iterator

from migkit.model.objects import OBJECTS, ObjectType

from .subject import Check, Subject

CLOSED_TIMES = frozenset({"won_time", "lost_time", "close_time"})

NEEDED = (
    "can_add_custom_fields",
    "can_add_products",
    "can_add_prospects_as_leads",
    "can_edit_deals_closed_date",
    "can_delete_deals",
    "can_delete_activities",
    "can_delete_custom_fields",
    "can_use_import",
)
"""Pipedrive's names of the permissions; the catalogue says how bad the lack of each is (`permission-…`)."""


def admin(subject: Subject) -> Iterator[Check]:
    """Whether the token sees everything."""
    me = subject.account.me
    if me.is_admin:
        yield Check.of("token-user", user=str(me.id), company=subject.account.company_domain)
    else:
        yield Check.of("token-not-admin", user=str(me.id))


def permissions(subject: Subject) -> Iterator[Check]:
    """Whether the user may create, date and delete what the plan holds."""
    granted = subject.account.permissions
    if not granted:
        yield Check.of("permissions-unknown")
        return
    objects = {record.object for record in subject.plan.records.values()}
    is_needed = {declared.permission: kind in objects for kind, declared in OBJECTS.items() if declared.permission} | {
        "can_edit_deals_closed_date": any(CLOSED_TIMES & record.fields.keys() for record in subject.records(ObjectType.DEAL)),
        "can_use_import": subject.route != "api",
    }
    missing = [name for name in NEEDED if granted.get(name) is False and is_needed.get(name, True)]
    for name in missing:
        yield Check.of(f"permission-{name.replace('_', '-')}")
    if not missing:
        yield Check.of("permissions")
