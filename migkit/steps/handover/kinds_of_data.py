"""What went to Pipedrive and what stayed, by kind of data, in the practice's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migkit.migration import Migration
from migkit.steps.figures import privacy_frame
from migkit.steps.handover.arrived import what_of

KINDS: Mapping[str, str] = {
    "contact": "Contact", "personal": "Personal", "health": "Health", "financial": "Money",
    "identifier": "Numbers of funds and authorities", "whole tables": "Whole lists", "not personal": "Not personal",
}  # fmt: skip


STRICTEST = ("identifier", "health", "financial", "contact", "personal", "not personal")
"""Kinds of data, what asks for most care first."""


def went_and_stayed(migration: Migration) -> list[dict[str, str]]:
    """Return, by kind of data, what went and what stayed, by the names that people know; each once, under the strictest of its kinds."""
    frame = privacy_frame(migration, of_these_files=True)
    found: dict[str, dict[str, str]] = {}
    named: tuple[set[str], set[str]] = set(), set()
    for kind, *parts in sorted(frame.itertuples(index=False, name=None), key=lambda row: _rank(STRICTEST, row[0])):
        names = [[name for name in part.split(", ") if name and name not in known] for part, known in zip(parts, named, strict=True)]
        for known, listed in zip(named, names, strict=True):
            known.update(listed)
        if kind == "whole tables":
            names = [[what_of(name, migration.schema) for name in listed] for listed in names]
        said = [", ".join(listed) for listed in names]
        found[kind] = {"kind": KINDS.get(kind, str(kind)), "went": said[0], "stayed": said[1]}
    order = [*(name for name in KINDS if name in found), *(name for name in found if name not in KINDS)]
    return [{name: value or "–" for name, value in found[kind].items()} for kind in order]


def _rank(order: Sequence[str], name: str) -> int:
    return order.index(name) if name in order else len(order)
