"""Faults on request: which calls go wrong, how, and how often; drawn from a seed, so that a run can be repeated."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

KINDS = ("latency", "500", "502", "503", "429", "reset_before", "reset_after", "truncated", "html", "slow")
"""latency: late; 500, 502, 503, 429: refused before the work; reset_before: connection lost, nothing done; reset_after: the work
is done, the answer lost; truncated: half of the answer; html: a web page instead of JSON, after the work; slow: the answer drips."""


@dataclass
class Rule:
    """One kind of fault on the calls that `method` and `path` (with `*`) match, at `rate`, at most `count` times."""

    kind: str
    rate: float = 1.0
    method: str = "*"
    path: str = "*"
    count: int | None = None
    ms: int = 200

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"The sandbox knows no fault {self.kind!r}: {', '.join(KINDS)}.")
        if not 0 <= self.rate <= 1:
            raise ValueError("The rate of a fault lies between 0 and 1.")

    def matches(self, method: str, path: str) -> bool:
        """Say whether the call is one that may go wrong."""
        return fnmatchcase(method, self.method) and fnmatchcase(path, self.path)


class Faults:
    """The rules in force."""

    def __init__(self, rules: Iterable[Mapping[str, Any]] = (), seed: int = 1) -> None:
        self.rules = [Rule(**rule) for rule in rules]
        self._rng = random.Random(seed)

    def draw(self, method: str, path: str) -> Rule | None:
        """Return the fault that befalls this call, None for most."""
        for rule in self.rules:
            if rule.count == 0 or not rule.matches(method, path) or self._rng.random() >= rule.rate:
                continue
            if rule.count is not None:
                rule.count -= 1
            return rule
        return None
