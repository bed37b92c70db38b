"""What writing costs in Pipedrive API tokens: one price list per object, and a plan's bill made from it.

The prices are those of the official API reference (`x-token-cost` of each operation, v2 where it exists): a flat price per call,
whatever the size of the body or of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from .records import ObjectType


@dataclass(frozen=True)
class Price:
    """Tokens of each kind of call on one object, and how many records one list call returns."""

    create: int
    update: int
    delete: int
    page: int
    """Tokens of one list call."""
    page_size: int
    """Most records that one list call returns; 0 where a list comes whole."""

    def read_back(self, records: int) -> int:
        """Return the tokens for listing this many records by the largest pages; none are needed for none."""
        if records <= 0:
            return 0
        return self.page * (ceil(records / self.page_size) if self.page_size else 1)


_V2 = Price(create=5, update=5, delete=3, page=10, page_size=500)
_V1 = Price(create=10, update=10, delete=6, page=20, page_size=500)

PRICES: Mapping[ObjectType, Price] = {
    ObjectType.FIELD: _V2,
    ObjectType.ACTIVITY_TYPE: Price(10, 10, 6, 20, 0),
    ObjectType.PIPELINE: Price(5, 5, 3, 5, 500),
    ObjectType.STAGE: Price(5, 5, 3, 5, 500),
    ObjectType.LEAD_LABEL: Price(10, 10, 6, 10, 0),
    ObjectType.ORGANIZATION: _V2,
    ObjectType.PERSON: _V2,
    ObjectType.PRODUCT: _V2,
    ObjectType.LEAD: _V1,
    ObjectType.DEAL: _V2,
    ObjectType.ACTIVITY: _V2,
    ObjectType.NOTE: _V1,
    ObjectType.FILE: Price(10, 10, 6, 20, 100),
}
"""Object → its prices."""

DAILY_TOKENS = 30_000
"""Tokens a day for a company with one seat on the smallest plan."""

PLAN_MULTIPLIER: Mapping[str, int] = {"lite": 1, "growth": 2, "premium": 5, "ultimate": 7}
"""Plan → by how much it multiplies the daily tokens of every seat."""


def daily_tokens(plan: str, seats: int) -> int:
    """Return the tokens that a company may use in a day, before top-ups."""
    return DAILY_TOKENS * PLAN_MULTIPLIER[plan] * seats


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
    tokens = {str(kind): PRICES[kind].create * count for kind, count in counts.items()}
    return Cost(
        creates={str(kind): count for kind, count in counts.items()},
        tokens=tokens,
        total=sum(tokens.values()),
        rollback_tokens=sum(PRICES[kind].delete * count for kind, count in counts.items()),
        read_back_tokens=sum(PRICES[kind].read_back(count) for kind, count in counts.items()),
    )
