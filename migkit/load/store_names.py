"""What lies in the store of a ledger, known by its names alone.

- `00000007.claim`: somebody's number; made once, or not at all
- `00000007.until-1764388861000`: how long it is good for (ms since the epoch), renewed under a new name
- `00000007.000003-<sha256>.sqlite`: the ledger as it was put back the third time under this claim, whole if its digest is right
- `00000007.whole`: its copy knows all that was done under earlier claims
- `00000007.ended`: it is over, and what was put back last knows all that was done under it
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NAME = re.compile(
    r"(?P<claim>\d{8})\.(?:(?P<mark>claim|whole|ended)|until-(?P<until>\d+)|(?P<put>\d{6})-(?P<sha256>[0-9a-f]{64})\.sqlite)"
)


@dataclass(frozen=True, order=True)
class Snapshot:
    """A ledger that was put back whole."""

    claim: int
    put: int
    sha256: str

    @property
    def name(self) -> str:
        """What it is called there."""
        return f"{self.claim:08}.{self.put:06}-{self.sha256}.sqlite"


@dataclass(frozen=True)
class Listing:
    """What lies in the store."""

    names: tuple[str, ...]
    claim: int = 0
    """The highest number that was claimed, 0 for none."""
    whole: frozenset[int] = frozenset()
    """Claims whose holders' own copies know all that was done under earlier ones."""
    ended: frozenset[int] = frozenset()
    """Claims that are over, and whose holders have put back all that they did."""
    claims: frozenset[int] = frozenset()
    until: float = 0.0
    """When the highest claim is over, seconds since the epoch."""
    snapshots: tuple[Snapshot, ...] = ()
    """The newest first."""

    @property
    def unfinished(self) -> frozenset[int]:
        """Claims of which nobody said that what was put back last knows everything."""
        return self.claims - (self.whole & self.ended)

    @classmethod
    def of(cls, lying: Iterable[str]) -> Listing:
        """Return what these names say; what is called otherwise is nothing of ours."""
        found = [match for name in lying if (match := _NAME.fullmatch(name))]
        claims, whole, ended = ({int(one["claim"]) for one in found if one["mark"] == mark} for mark in ("claim", "whole", "ended"))
        highest = max(claims, default=0)
        until = max((int(one["until"]) for one in found if one["until"] and int(one["claim"]) == highest), default=0)
        snapshots = sorted((Snapshot(int(one["claim"]), int(one["put"]), one["sha256"]) for one in found if one["put"]), reverse=True)
        names = tuple(match[0] for match in found)
        return cls(names, highest, frozenset(whole), frozenset(ended), frozenset(claims), until / 1000, tuple(snapshots))
