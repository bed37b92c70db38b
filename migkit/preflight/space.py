"""Is there room: custom fields, deals, tokens?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, ObjectType
from migkit.model.records import CUSTOM
from migkit.model.words import in_days
from migkit.pipedrive import BURST

from .subject import Check, Subject, field_identity, ours_beside

FIELD_CAP: Mapping[str, int] = {"lite": 30, "growth": 100, "premium": 300, "ultimate": 500}
"""Plan → custom fields a company may have (knowledge base, usage limits)."""
DEAL_CAP: Mapping[str, int] = {"lite": 2_500, "growth": 5_000, "premium": 15_000, "ultimate": 20_000}
"""Plan → leads and deals per seat (knowledge base, usage limits)."""
DEAL_CAP_MOST = 300_000
"""Leads and deals at most, however many seats."""
_CAPPED = tuple(kind for kind, declared in OBJECTS.items() if declared.is_capped)
LOW_PCT = 10  # of the day's tokens above the reserve; less than that left is worth a warning


def custom_fields(subject: Subject) -> Iterator[Check]:
    """Whether the custom fields still to be created fit, else which could best be done without."""
    tier = subject.days.subscription_plan
    custom = [field for field in subject.account.fields if field.is_custom]
    existing = {(field.entity, field.label, field.type) for field in custom}
    wanted = [r for r in subject.records(ObjectType.FIELD) if not {field_identity(r), ours_beside(*field_identity(r))} & existing]
    left = FIELD_CAP[tier] - len(custom)
    figures: dict[str, Any] = {"wanted": len(wanted), "left": max(0, left), "cap": FIELD_CAP[tier]}
    over = len(wanted) - left
    if over <= 0 or not wanted:
        yield Check.of("custom-fields", tier=tier, **figures)
        return
    uses = Counter((OBJECTS[r.object].entity, name) for r in subject.plan.records.values() for name in r.fields if name.startswith(CUSTOM))
    rarest = sorted(wanted, key=lambda r: (uses[r.fields["entity"], f"{CUSTOM}{r.fields['field_name']}"], r.key))[:over]
    keys = tuple("/".join(field_identity(record)[:2]) for record in rarest)
    yield Check(Message.of("custom-field-cap", tier=tier, count=over, fields=keys[:5], **figures), over, keys)


def deals(subject: Subject) -> Iterator[Check]:
    """Whether the deals and leads still to be created fit."""
    tier = subject.days.subscription_plan
    existing = sum(subject.existing.counts.get(object, 0) for object in _CAPPED)
    wanted = sum(1 for record in subject.records(*_CAPPED) if record.key not in subject.existing.keys)
    allowed = min(DEAL_CAP[tier] * subject.days.seats, DEAL_CAP_MOST)
    figures: dict[str, Any] = {"wanted": wanted, "left": max(0, allowed - existing), "cap": allowed}
    over = existing + wanted - allowed
    if over <= 0 or not wanted:
        yield Check.of("deals", tier=tier, **figures)
    else:
        yield Check(Message.of("deal-cap", tier=tier, count=over, **figures), over)


def limits(subject: Subject) -> Iterator[Check]:
    """Whether plan and seats are what the account's own headers say."""
    days = subject.days
    said, expected = (subject.daily_limit, subject.burst_limit), (days.daily_tokens, BURST[days.subscription_plan])
    seen = Message.of("limits", tokens=said[0], burst=said[1], tier=days.subscription_plan, seats=days.seats)
    if said != expected:
        seen = Message.of("limits-differ", **dict(seen.parameters), tokens_expected=expected[0], burst_expected=expected[1])
    yield Check(seen)


def budget(subject: Subject) -> Iterator[Check]:
    """Whether the day still has tokens, and whether a rollback could keep its promise."""
    days, left, limit = subject.days, subject.existing.tokens_left, subject.daily_limit
    if left is not None and left * 100 < limit * (LOW_PCT + days.reserve_pct):
        yield Check.of("budget-low", left=left, tokens=limit)
    yield Check.of("rollback" if days.rollback_fits else "rollback-slow", days=in_days(days.rollback_days))
