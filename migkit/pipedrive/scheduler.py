"""Fill the rolling window of allowed requests without ever stepping over it.

Pipedrive counts requests as they *arrive*, over the last two seconds. When one arrived is not known here, only when it was sent and
when its answer came; so its place in the window is given back two seconds after the latest moment at which it can have
arrived. That is when its answer came, less what every round trip takes at the least. Places given back late cost throughput (some
milliseconds in two seconds), given back early they cost a 429. Requests sent in a heap wait for each other and so keep their places
longer; once the window is half full they are spaced, at twice the rate that lasts.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

from .clock import Clock

WINDOW = 2.0
"""Seconds over which Pipedrive counts requests (guide on rate limiting)."""

BURST: Mapping[str, int] = {"lite": 20, "growth": 40, "premium": 100, "ultimate": 120}
"""Plan → requests allowed per window and API token."""

SEARCH_BURST = 10
"""Searches allowed per window, on every plan."""

UNLIMITED = "unlimited"
"""What a target says in place of a number where it limits nothing: one to practise on. Silence is no such word."""

MARGIN = 0.004  # seconds kept between a place given back and its next use: clocks and timers are not exact
ENOUGH_SAMPLES = 10  # answers of one endpoint after which its own shortest round trip is believed
SURE = 0.8  # share of the shortest round trip seen, less a fixed part, that every round trip is taken to last:
UNSURE = 0.02  # seconds; a shorter one may still come, above all where a busy machine made the first ones long
PACE = 0.5  # share of the even distance between requests that is kept between two of them
OTHERS_FROM = 5  # answers from which the use by others is judged: few, to notice it before the window is full
UNSTEADY = 3  # requests more that others may make before the next answer tells of them
POLL = 0.05  # seconds; when an answer arrives a place can come free earlier than foreseen


@dataclass(eq=False)
class Place:
    """One request's place in the window."""

    endpoint: str
    sent: float
    ours: int
    """Requests of ours that the target should count when this one arrives, itself included."""
    answered: float | None = None


@dataclass
class _Shortest:
    seconds: float = inf
    samples: int = 0


@dataclass(eq=False)
class Window:
    """A rolling limit on requests. One caller at a time waits in front, the others in order behind it."""

    limit: int
    clock: Clock
    is_open: bool = False
    """Whether the target says that it limits nothing; a 429 is a better witness."""
    throttled: int = 0
    """How many 429 the window has drawn."""
    closings: int = 0
    """How often it closed since a request last came through. While that is not 0 one request at a time goes out, to try."""
    _places: list[Place] = field(default_factory=list)
    _others: deque[int] = field(default_factory=lambda: deque([0], maxlen=OTHERS_FROM))
    """Requests in the window that were not ours, as the last answers tell."""
    _closed_until: float = -inf
    _last_sent: float = -inf
    _margin: float = MARGIN
    _shortest: dict[str, _Shortest] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def take(self, endpoint: str) -> Place:
        """Return a place as soon as one more request may be sent; send at once."""
        async with self._turn:
            while (seconds := self._wait()) > 0:
                await self.clock.sleep(min(seconds, POLL))
            now = self.clock.monotonic()
            place = Place(endpoint, now, 1 + sum(1 for other in self._places if other.sent > now - WINDOW))
            self._places.append(place)
            self._last_sent = now
            return place

    def give_back(self, place: Place, headers: Mapping[str, str] | None) -> None:
        """Note that the request ended, and learn from its answer's headers; None where it has none about this window."""
        now = self.clock.monotonic()
        place.answered = now
        if headers is None:
            return
        for name in ("", place.endpoint):
            shortest = self._shortest.setdefault(name, _Shortest())
            shortest.seconds = min(shortest.seconds, now - place.sent)
            shortest.samples += 1
        limit, remaining = (_number(headers.get(f"x-ratelimit-{name}")) for name in ("limit", "remaining"))
        self.limit = limit or self.limit
        self.is_open = headers.get("x-ratelimit-limit") == UNLIMITED
        if limit and remaining is not None:
            self._others.append(max(0, limit - remaining - place.ours))

    def close(self, place: Place) -> None:
        """Note that a request drew a 429; all that were on their way when the first of them was answered close the window once."""
        self.throttled += 1
        self.is_open = False
        if place.sent >= self._closed_until:
            self.closings += 1
            self._margin = min(self._margin * 2, 0.25)
            self._closed_until = self.clock.monotonic()

    def pause(self, seconds: float) -> None:
        """Let nothing through for this long."""
        self._closed_until = max(self._closed_until, self.clock.monotonic() + seconds)

    def reopen(self) -> None:
        """Note that a request came through."""
        self.closings = 0

    def _wait(self) -> float:
        """Return the seconds until a place comes free, 0 or less when one is."""
        now = self.clock.monotonic()
        if self.is_open:
            self._places.clear()
            return self._closed_until - now
        self._places = [place for place in self._places if self._free_at(place) > now]
        # where requests overtook each other an answer counts some of ours as others': the least is right
        others = min(self._others)
        room = max(1, self.limit - others - (UNSTEADY if others else 0)) - len(self._places)
        waits = [self._closed_until - now]
        if self.closings and any(place.answered is None for place in self._places):
            waits.append(POLL)
        if room <= 0:
            waits.append(min(self._free_at(place) for place in self._places) - now)
        if 2 * len(self._places) >= self.limit:
            waits.append(self._last_sent + PACE * WINDOW / self.limit - now)
        return max(waits)

    def _free_at(self, place: Place) -> float:
        """Return when a place is free again; unknown as long as its request is on its way."""
        if place.answered is None:
            return inf
        own, any_ = self._shortest.get(place.endpoint, _Shortest()), self._shortest.get("", _Shortest(0.0))
        shortest = own.seconds if own.samples >= ENOUGH_SAMPLES else any_.seconds
        return place.answered - max(0.0, SURE * shortest - UNSURE) + WINDOW + self._margin


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.strip().isdecimal() else None
