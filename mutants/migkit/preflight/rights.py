"""May the token's user do and see what the load needs?"""

from __future__ import annotations

from collections.abc import Iterator

from migkit.model.outcomes import Severity
from migkit.model.records import ObjectType

from .subject import Check, Subject

CLOSED_TIMES = frozenset({"won_time", "lost_time", "close_time"})

NEEDED = (
    ("can_add_custom_fields", Severity.CRITICAL, "custom fields cannot be created, and nothing loads without them"),
    ("can_add_products", Severity.CRITICAL, "products cannot be created"),
    ("can_add_prospects_as_leads", Severity.CRITICAL, "leads cannot be created"),
    ("can_edit_deals_closed_date", Severity.WARNING, "won and lost deals get the day of the load instead of their own"),
    ("can_delete_deals", Severity.WARNING, "a rollback cannot delete the deals"),
    ("can_delete_activities", Severity.WARNING, "a rollback cannot delete the activities"),
    ("can_delete_custom_fields", Severity.WARNING, "a rollback cannot delete the custom fields"),
)
"""Pipedrive's name of a permission, how bad its lack is, and what follows."""


def admin(subject: Subject) -> Iterator[Check]:
    """Whether the token sees everything."""
    me, title = subject.account.me, "The token's user is an admin"
    if me.is_admin:
        yield Check("token-user", title, f"User {me.id} of {subject.account.company_domain} sees everything.")
        return
    answer = (
        f"User {me.id} is no admin: people, deals and pipelines that others keep to themselves are invisible, so existing people are not "
        "found and read-back cannot prove that everything is there. Use an admin's token."
    )
    yield Check("token-not-admin", title, answer, Severity.CRITICAL)


def permissions(subject: Subject) -> Iterator[Check]:
    """Whether the user may create, date and delete what the plan holds."""
    granted, title = subject.account.permissions, "Permissions"
    if not granted:
        answer = "The account does not say what the token's user may do: ask its admin."
        yield Check("permissions-unknown", title, answer, Severity.WARNING)
        return
    objects = {record.object for record in subject.plan.records.values()}
    is_needed = {
        "can_add_products": ObjectType.PRODUCT in objects,
        "can_add_prospects_as_leads": ObjectType.LEAD in objects,
        "can_edit_deals_closed_date": any(CLOSED_TIMES & record.fields.keys() for record in subject.records(ObjectType.DEAL)),
    }
    missing = [each for each in NEEDED if granted.get(each[0]) is False and is_needed.get(each[0], True)]
    for name, severity, consequence in missing:
        answer = f"The token's user lacks {name}: {consequence}. An admin grants it under Manage users, Permission sets."
        yield Check(f"permission-{name.replace('_', '-')}", title, answer, severity)
    if not missing:
        yield Check("permissions", title, "The token's user may do all that the load and its rollback need.")
