"""What writing costs in Pipedrive API tokens: a plan's bill, made from each object's prices, and what a company may spend in a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .objects import OBJECTS, ObjectType

DAILY_TOKENS = 30_000
"""Tokens a day for a company with one seat on the smallest plan."""

PLAN_MULTIPLIER: Mapping[str, int] = {"lite": 1, "growth": 2, "premium": 5, "ultimate": 7}
"""Plan → by how much it multiplies the daily tokens of every seat."""


def daily_tokens(subscription_plan: str, seats: int) -> int:
    """Return the tokens that a company may use in a day, before top-ups."""
    return DAILY_TOKENS * PLAN_MULTIPLIER[subscription_plan] * seats


@dataclass(frozen=True)
class Cost:
    """What creating a set of records costs, in tokens."""

    creates: Mapping[str, int]
    """Object (`ObjectType` value) → how many records would be created; objects without any are absent."""
    tokens: Mapping[str, int]
    """Object → tokens for creating them: the floor, since there is no bulk create."""
    total: int
    """Sum of `tokens`."""
    rollback_tokens: int
    """Tokens for deleting every one of them again."""
    read_back_tokens: int = 0
    """Tokens for listing them all once, by the largest pages."""


def cost_of(objects: Mapping[ObjectType, int]) -> Cost:
    """Return the cost of creating this many records of each object."""
    counts = {kind: objects[kind] for kind in ObjectType if objects.get(kind)}
    tokens = {str(kind): OBJECTS[kind].price.create * count for kind, count in counts.items()}
    return Cost(
        creates={str(kind): count for kind, count in counts.items()},
        tokens=tokens,
        total=sum(tokens.values()),
        rollback_tokens=sum(OBJECTS[kind].price.delete * count for kind, count in counts.items()),
        read_back_tokens=sum(OBJECTS[kind].read_back(count) for kind, count in counts.items()),
    )
