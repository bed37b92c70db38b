"""Is there room: custom fields, deals, tokens?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from migkit.model.outcomes import Severity
from migkit.model.records import CUSTOM, ObjectType
from migkit.model.words import number_of
from migkit.pipedrive import BURST

from .days import in_days
from .subject import Check, Subject, field_identity, ours_beside

FIELD_CAP: Mapping[str, int] = {"lite": 30, "growth": 100, "premium": 300, "ultimate": 500}
"""Plan → custom fields a company may have (knowledge base, usage limits)."""
DEAL_CAP: Mapping[str, int] = {"lite": 2_500, "growth": 5_000, "premium": 15_000, "ultimate": 20_000}
"""Plan → leads and deals per seat (knowledge base, usage limits)."""
DEAL_CAP_MOST = 300_000
"""Leads and deals at most, however many seats."""
LOW_PCT = 10  # of the day's tokens above the reserve; less than that left is worth a warning


def custom_fields(subject: Subject) -> Iterator[Check]:
    """Whether the custom fields still to be created fit, else which could best be done without."""
    title, plan = "Custom fields left", subject.days.plan
    custom = [field for field in subject.account.fields if field.is_custom]
    standing = {(field.entity, field.label, field.type) for field in custom}
    wanted = [r for r in subject.records(ObjectType.FIELD) if not {field_identity(r), ours_beside(*field_identity(r))} & standing]
    left = FIELD_CAP[plan] - len(custom)
    figures = f"{number_of(len(wanted), 'custom field')} to create, {max(0, left)} of {FIELD_CAP[plan]} left on {plan}"
    over = len(wanted) - left
    if over <= 0 or not wanted:
        yield Check("custom-fields", title, f"{figures}.")
        return
    uses = Counter((_entity(r.object), name) for r in subject.plan.records.values() for name in r.fields if name.startswith(CUSTOM))
    rarest = sorted(wanted, key=lambda r: (uses[r.fields["entity"], f"{CUSTOM}{r.fields['field_name']}"], r.key))[:over]
    keys = tuple("/".join(field_identity(record)[:2]) for record in rarest)
    answer = (
        f"{figures}: {over} too many. Fold the least used into the details note by taking them out of the map "
        f"({', '.join(keys[:5])}), or delete fields that the account no longer needs."
    )
    yield Check("custom-field-cap", title, answer, Severity.CRITICAL, over, keys)


def deals(subject: Subject) -> Iterator[Check]:
    """Whether the deals and leads still to be created fit."""
    title, plan = "Deals and leads left", subject.days.plan
    standing = sum(subject.standing.counts.get(object, 0) for object in (ObjectType.LEAD, ObjectType.DEAL))
    wanted = sum(1 for record in subject.records(ObjectType.LEAD, ObjectType.DEAL) if record.key not in subject.standing.keys)
    allowed = min(DEAL_CAP[plan] * subject.days.seats, DEAL_CAP_MOST)
    figures = (
        f"{number_of(wanted, 'deal or lead', 'deals and leads')} to create, {max(0, allowed - standing):,} of {allowed:,} left on {plan}"
    )
    over = standing + wanted - allowed
    if over <= 0 or not wanted:
        yield Check("deals", title, f"{figures}.")
        return
    answer = (
        f"{figures}: {over:,} too many, and Pipedrive refuses what is over. Turn invoices without a plan into notes on the person (policy "
        "invoices_without_plan), or take more seats or a bigger plan."
    )
    yield Check("deal-cap", title, answer, Severity.CRITICAL, over)


def limits(subject: Subject) -> Iterator[Check]:
    """Whether plan and seats are what the account's own headers say."""
    title, days = "Plan and seats", subject.days
    said, expected = (subject.daily_limit, subject.burst_limit), (days.daily_tokens, BURST[days.plan])
    named = f"{days.plan} with {number_of(days.seats, 'seat')}"
    if said == expected:
        yield Check("limits", title, f"{said[0]:,} tokens a day and {said[1]} requests per two seconds, as {named} gives.")
        return
    answer = (
        f"The account says {said[0]:,} tokens a day and {said[1]} requests per two seconds, but {named} gives {expected[0]:,} and "
        f"{expected[1]}: correct plan and seats in migration.toml, or the days are wrong (top-ups count as tokens)."
    )
    yield Check("limits-differ", title, answer, Severity.WARNING)


def budget(subject: Subject) -> Iterator[Check]:
    """Whether the day still has tokens, and whether a rollback could keep its promise."""
    days, left, limit = subject.days, subject.standing.tokens_left, subject.daily_limit
    if left is not None and left * 100 < limit * (LOW_PCT + days.reserve_pct):
        answer = f"Only {left:,} of the day's {limit:,} tokens are left: something uses them. Find out what, or load on another day."
        yield Check("budget-low", "Tokens today", answer, Severity.WARNING)
    title = "Undo within 48 hours"
    if days.rollback_fits:
        yield Check("rollback", title, f"Undoing the whole load takes {in_days(days.rollback_days)} of tokens.")
        return
    answer = (
        f"Undoing the whole load takes {in_days(days.rollback_days)} of tokens, longer than 48 hours: tell the customer before loading, or "
        "load under a bigger plan."
    )
    yield Check("rollback-slow", title, answer, Severity.WARNING)


def _entity(object: ObjectType) -> str:
    return "deal" if object is ObjectType.LEAD else str(object)  # leads share the deal's fields
