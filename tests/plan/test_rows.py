"""The order of keys, which is that of the plan."""

from __future__ import annotations

from migkit.plan.rows import natural

ORDERED = [
    "A2.csv:3", "A10.csv:1", "A.csv:2", "A.csv:10", "appointment:9", "appointment:9#2", "appointment:9#10", "appointment:10",
    "invoice:INV-9", "invoice:INV-010", "invoice:INV-10", "note:appointment:9", "patient:007", "patient:7", "patient:12a", "patient:a",
]  # fmt: skip


def test_keys_are_ordered_by_their_numbers() -> None:
    """Numbers count as numbers wherever they stand; of two that mean the same number the texts decide."""
    backwards = ORDERED[::-1]
    assert sorted(backwards, key=natural) == ORDERED
