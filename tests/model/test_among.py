"""Which cells are among many values."""

from __future__ import annotations

import pandas as pd
import pytest

from migkit.model.among import among

CELLS = pd.Series(["a", None, "b", "7", ""], index=[4, 2, 9, 1, 0], dtype="string", name="id")


@pytest.mark.parametrize(
    ("values", "there"),
    [
        ({"b", "7", "c"}, [False, False, True, True, False]),
        ({}, [False, False, False, False, False]),
        ({"a": 1}.keys(), [True, False, False, False, False]),
        (pd.Series(["a", None], dtype="string"), [True, True, False, False, False]),
        (pd.Series(["", "7"], dtype=object), [False, False, False, True, True]),
    ],
    ids=["set", "nothing", "keys", "column with an empty cell", "column of objects"],
)
def test_cells_among_values(values: object, there: list[bool]) -> None:
    """Each row keeps its place; an empty cell is among values of which one is empty, as pandas has it."""
    found = among(CELLS, values)  # type: ignore[arg-type]
    pd.testing.assert_series_equal(found, pd.Series(there, index=[4, 2, 9, 1, 0], name="id"))


def test_a_column_in_parts_and_an_empty_one() -> None:
    """Columns that were put together of several files, and columns without rows."""
    parts = pd.concat([CELLS, CELLS])
    assert among(parts, {"b"}).tolist() == [False, False, True, False, False] * 2
    assert among(CELLS[:0], {"b"}).tolist() == []
