"""The day's tokens: what this run spent and on what, and what it may still spend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migkit.model.cost import daily_tokens

DAY = 86_400.0
LIMIT_HEADER, LEFT_HEADER = "x-daily-ratelimit-token-limit", "x-daily-ratelimit-token-remaining"
"""Not documented but seen: believed where they are sent, never needed."""

PURPOSES = ("schema_read", "schema_write", "matching", "write", "read_back", "delete", "probe", "preflight")
"""What a call is made for: the rows of the token summary."""


@dataclass
class Usage:
    """Calls and tokens of one run, by purpose and endpoint. A call answered 429 costs nothing; whether other refused calls
    cost tokens is not documented, so they are counted as if they did."""

    rows: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """(purpose, `VERB /path/{id}`) → [calls, tokens]."""

    def add(self, purpose: str, endpoint: str, tokens: int) -> None:
        """Count one call. Raises ValueError for an unknown purpose."""
        if purpose not in PURPOSES:
            raise ValueError(f"{purpose!r} is no purpose: the purposes are {', '.join(PURPOSES)}.")
        row = self.rows.setdefault((purpose, endpoint), [0, 0])
        row[0] += 1
        row[1] += tokens

    def calls(self, purpose: str | None = None) -> int:
        """Return the calls made for a purpose, for None all of them."""
        return sum(calls for (name, _), (calls, _) in self.rows.items() if purpose in (None, name))

    def tokens(self, purpose: str | None = None) -> int:
        """Return the tokens spent on a purpose, for None all of them."""
        return sum(tokens for (name, _), (_, tokens) in self.rows.items() if purpose in (None, name))

    @property
    def tokens_by_purpose(self) -> dict[str, int]:
        """Purpose → tokens, in the order of `PURPOSES`, unused ones left out."""
        return {name: self.tokens(name) for name in PURPOSES if self.calls(name)}


@dataclass
class Budget:
    """Tokens of the day. Without the target's headers it goes by its own count, which knows nothing of what others spend."""

    subscription_plan: str
    seats: int
    reserve_pct: int
    day: float = DAY
    """Seconds of a day of the target."""
    limit: int = 0
    """Tokens that the company may use a day, as the target says or as plan and seats give."""
    spent: int = 0
    """Tokens spent since the day began, as far as this run knows."""
    reported: int | None = None
    """Tokens left today as the target last said, None where it does not say."""
    refused: bool = False
    """Whether the target said that the day's tokens are used up."""
    began: float | None = None
    """When the first token of `spent` was spent."""
    in_flight: int = 0

    def __post_init__(self) -> None:
        self.limit = self.limit or daily_tokens(self.subscription_plan, self.seats)

    @property
    def reserve(self) -> int:
        """Tokens a day that are left to the customer."""
        return self.limit * self.reserve_pct // 100

    @property
    def left(self) -> int:
        """Tokens that this migration may still use today, never below 0."""
        left = self.reported if self.reported is not None else self.limit - self.spent
        return 0 if self.refused else max(0, left - self.in_flight - self.reserve)

    def sentence(self) -> str:
        """Return in words that the day's tokens are used up."""
        used = f"{self.spent:,} were spent here" if self.reported is None else f"{self.reported:,} are left"
        return (
            f"The day's API tokens are used up for this migration: {used} of {self.limit:,} a day, and {self.reserve:,} stay for the "
            "customer's own work."
        )

    def admit(self, tokens: int, now: float) -> bool:
        """Set a call's tokens aside before it is sent; return False where there are not enough left."""
        if self.reported is None and not self.refused and self.began is not None and now >= self.began + self.day:
            self.start_day()
        if tokens > self.left:
            return False
        self.in_flight += tokens
        self.began = now if self.began is None else self.began
        return True

    def charge(self, tokens: int, *, charged: bool, headers: Mapping[str, str] | None = None) -> None:
        """Count a call that ended, and learn from its answer's headers."""
        self.in_flight -= tokens
        self.spent += tokens if charged else 0
        limit, left = tokens_reported(headers)
        self.limit = limit or self.limit
        if left is None:
            self.reported = self.reported - tokens if self.reported is not None and charged else self.reported
        elif self.reported is None or left <= self.reported:
            self.reported = left
        elif left - self.reported > self.limit // 20:  # far more than answers overtaking each other: a new day
            self.start_day(headers)

    def start_day(self, headers: Mapping[str, str] | None = None) -> None:
        """Forget what was spent: the day's tokens are there again, as many as the headers say."""
        self.spent, self.refused, self.began = 0, False, None
        self.reported = tokens_reported(headers)[1]

    def exhaust(self) -> None:
        """Note that the target refused for want of tokens."""
        self.refused = True


def tokens_reported(headers: Mapping[str, str] | None) -> tuple[int | None, int | None]:
    """Return (tokens a day, tokens left today) as an answer's headers say them."""
    texts = [(headers or {}).get(name, "").strip() for name in (LIMIT_HEADER, LEFT_HEADER)]
    limit, left = (int(text) if text.isdecimal() else None for text in texts)
    return limit, left
