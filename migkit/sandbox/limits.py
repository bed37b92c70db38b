"""What a company may ask: tokens a day, requests in two seconds, and what happens to those who do not listen."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable

from .config import BURST, PLANS, SandboxConfig
from .errors import Refusal

WINDOW_S = 2.0
SEARCH_BURST = 10
OAUTH_FACTOR = 4
DAY_S = 86_400
DEAF_AFTER = 60
"""Refused requests in a row, without a pause of one window, after which the door is shut."""
SHUT_FOR_S = 10.0
DAILY_WRITES = 10_000
WRITES_LEFT = "x-daily-requests-left"
CLOUDFLARE = (
    "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head>"
    "<body><h1>Sorry, you have been blocked</h1><p>You are unable to access pipedrive.com</p></body></html>"
)


class Limits:
    """One company's budget and the bursts of its tokens. `clock` gives seconds since the epoch."""

    def __init__(self, config: SandboxConfig, clock: Callable[[], float], utc_offset_h: Callable[[], int]) -> None:
        self.daily_limit, self.burst_limit = config.daily_limit, config.burst_limit
        self.budget = config.daily_tokens or 30_000 * PLANS[config.plan] * config.seats
        self.used = 0
        self.used_ever = 0
        self._burst = BURST[config.plan]
        self._speed = config.clock_speed
        self._clock = clock
        self._start = clock()
        self._offset = utc_offset_h
        self._day = self.day()
        self._sent: dict[tuple[str, bool], deque[float]] = defaultdict(deque)
        self._deaf: dict[str, tuple[int, float]] = {}
        self._shut: dict[str, float] = {}
        self._writes: dict[str, tuple[int, int]] = {}

    def simulated(self) -> float:
        """Return the hastened time of the budget's day, in seconds since the epoch."""
        return self._start + (self._clock() - self._start) * self._speed

    def day(self) -> int:
        """Return the number of the server's day."""
        return int((self.simulated() + self._offset() * 3600) // DAY_S)

    def seconds_to_reset(self) -> float:
        """Return real seconds until the next midnight of the server."""
        return (DAY_S - (self.simulated() + self._offset() * 3600) % DAY_S) / self._speed

    def restore(self, used: int, used_ever: int, day: int) -> None:
        """Take up what an earlier process of the same account had counted."""
        self.used_ever = used_ever
        if day == self._day:
            self.used = used

    @property
    def left(self) -> int:
        """Tokens left today."""
        self._turn()
        return max(0, self.budget - self.used)

    def _turn(self) -> None:
        if (today := self.day()) != self._day:
            self._day, self.used = today, 0

    def admit(self, token: str, *, search: bool, oauth: bool, undocumented: bool) -> dict[str, str]:
        """Return the headers of an admitted call; raise Refusal (429 or 403) otherwise. Charges nothing yet."""
        now = self._clock()
        if self._shut.get(token, 0) > now:
            raise Refusal(403, CLOUDFLARE, {"server": "cloudflare"})
        self._turn()
        allowed = SEARCH_BURST if search else self._burst * (OAUTH_FACTOR if oauth else 1)
        window = self._sent[token, search]
        while window and window[0] <= now - WINDOW_S:
            window.popleft()
        wait = WINDOW_S - (now - window[0]) if window else WINDOW_S
        if self.daily_limit and self.used >= self.budget:
            headers = self._headers(allowed, 0, wait, undocumented, int(self.seconds_to_reset()) + 1)
            raise self._refuse(token, now, "daily token budget exceeded", headers)
        if self.burst_limit and len(window) >= allowed:
            raise self._refuse(token, now, "request over limit", self._headers(allowed, 0, wait, undocumented, max(1, round(wait))))
        window.append(now)
        self._deaf.pop(token, None)
        return self._headers(allowed, max(0, allowed - len(window)), wait, undocumented)

    def write(self, token: str, method: str, rule: str) -> dict[str, str]:
        """Count a POST or PUT of a user's day; return the header about it. `rule`: told, enforced or absent."""
        if method not in ("POST", "PUT") or rule == "absent":
            return {}
        today = int(self.simulated() // DAY_S)
        day, count = self._writes.get(token, (today, 0))
        count = count if day == today else 0
        if rule == "enforced" and count >= DAILY_WRITES:
            body = {"success": False, "error": "daily request limit exceeded", "errorCode": 429, "data": None, "additional_data": None}
            raise Refusal(429, body, {WRITES_LEFT: "0"})
        self._writes[token] = today, count + 1
        return {WRITES_LEFT: str(max(0, DAILY_WRITES - count - 1))}

    def charge(self, cost: int) -> None:
        """Count the tokens of a call that was carried out."""
        self.used += cost
        self.used_ever += cost

    def daily_headers(self, undocumented: bool) -> dict[str, str]:
        """Return the headers about the day, as they stand after charging."""
        if not undocumented:
            return {}
        left = max(0, self.budget - self.used)
        return {"x-daily-ratelimit-token-limit": str(self.budget), "x-daily-ratelimit-token-remaining": str(left)}

    def _headers(self, allowed: int, left: int, wait: float, undocumented: bool, retry_after: int | None = None) -> dict[str, str]:
        if self.burst_limit:
            reset = str(max(1, round(wait)))
            headers = {"x-ratelimit-limit": str(allowed), "x-ratelimit-remaining": str(left), "x-ratelimit-reset": reset}
        else:
            headers = {"x-ratelimit-limit": "unlimited"}
        headers |= self.daily_headers(undocumented)
        if retry_after is not None and undocumented:
            headers["retry-after"] = str(retry_after)
        return headers

    def _refuse(self, token: str, now: float, error: str, headers: dict[str, str]) -> Refusal:
        count, last = self._deaf.get(token, (0, now))
        count = 1 if now - last > WINDOW_S else count + 1
        self._deaf[token] = (count, now)
        if count > DEAF_AFTER:
            self._shut[token] = now + SHUT_FOR_S
        body = {"success": False, "error": error, "errorCode": 429, "error_info": "Please slow down", "data": None, "additional_data": None}
        return Refusal(429, body, headers)
