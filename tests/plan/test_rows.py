"""Rows of a table as plain values, and the order of their keys, which is that of the plan."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from migkit.plan.rows import natural, records

ORDERED = [
    "A2.csv:3", "A10.csv:1", "A.csv:2", "A.csv:10", "appointment:9", "appointment:9#2", "appointment:9#10", "appointment:10",
    "invoice:INV-9", "invoice:INV-010", "invoice:INV-10", "note:appointment:9", "patient:007", "patient:7", "patient:12a", "patient:a",
]  # fmt: skip


def test_keys_are_ordered_by_their_numbers() -> None:
    """Numbers count as numbers wherever they stand; of two that mean the same number the texts decide."""
    backwards = ORDERED[::-1]
    assert sorted(backwards, key=natural) == ORDERED


@pytest.mark.parametrize(
    ("dtype", "values"),
    [
        ("string", ["a practice's word", "another word", None, "a practice's word"]),
        ("Int64", [125_000, None, -7, 125_000]),
        ("boolean", [True, None, False, True]),
        ("datetime64[us]", [datetime(2026, 3, 1, 9, 30), None, datetime(2026, 3, 2), datetime(2026, 3, 1, 9, 30)]),
        ("object", [["a"], None, "b", ["a"]]),
    ],
)
def test_rows_are_plain_values(dtype: str, values: list[object]) -> None:
    """As they stand in the table, None for what is not there, in the order of the keys."""
    frame = pd.DataFrame({"_key": ["recall:10", "recall:2", "recall:3", "recall:1"], "value": pd.Series(values, dtype=dtype)})
    rows = records("recalls", frame)
    assert [(row["_key"], row["value"], row["_table"]) for row in rows] == [
        ("recall:1", values[3], "recalls"), ("recall:2", values[1], "recalls"),
        ("recall:3", values[2], "recalls"), ("recall:10", values[0], "recalls"),
    ]  # fmt: skip


def test_what_many_rows_hold_is_held_once() -> None:
    """A word that stands in two rows is one object in both: of a large practice rows are what planning holds most of."""
    frame = pd.DataFrame({"_key": ["recall:1", "recall:2"], "status": pd.Series(["a practice's word"] * 2, dtype="string")})
    first, second = records("recalls", frame)
    assert first["status"] is second["status"]
