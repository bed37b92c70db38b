"""A short profile of the table that `make test-faults` prints."""

from __future__ import annotations

import pytest

from .faults import FAULTS, table

SHORT = [name for name in FAULTS if not name.endswith("5 %")]  # one kind of lost answer at a time: tests/load/test_sandbox.py


@pytest.mark.parametrize("fault", SHORT)
def test_a_fault_does_no_harm(fault: str) -> None:
    """Nothing twice, missing or different, no edit lost, nothing of ours left without a word."""
    row = table(1, seed=3, names=[fault])[0]
    assert row.tries == 1 and row.harm == (0, 0, 0, 0, 0), row
