"""The fair-use rule: 10,000 POST and PUT a user and UTC day. Published, perhaps not enforced: what the answers' header says counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HEADER = "x-daily-requests-left"
"""Sent with answers to an API token; a target that sends none has no such rule."""
COUNTED = frozenset({"POST", "PUT"})


@dataclass
class FairUse:
    """What of the day's writing requests is left, as the target last said, less those that are under way."""

    left: int | None = None

    def admit(self, method: str) -> bool:
        """Set a request aside before it is sent; return False where none is left."""
        if method not in COUNTED or self.left is None:
            return True
        if self.left <= 0:
            return False
        self.left -= 1
        return True

    def learn(self, method: str, headers: Mapping[str, str] | None) -> None:
        """Take over what an answer says. A larger number than before is a new day."""
        text = (headers or {}).get(HEADER, "").strip()
        if method in COUNTED and text.isdecimal():
            self.left = int(text) if self.left is None or int(text) > self.left + 100 else min(self.left, int(text))

    def try_again(self) -> None:
        """Let one request find out whether a new day began."""
        self.left = max(1, self.left or 0)

    def sentence(self) -> str:
        """Return in words that none is left."""
        return "Pipedrive's fair-use rule leaves this user no more POST and PUT today (10,000 a user and UTC day)."
