"""A short profile of the rows of `make test-faults` that end real processes."""

from __future__ import annotations

import pytest

from .real import real_row

SHORT = ("kill -9 in load", "kill -9 in rollback")


@pytest.mark.parametrize("fault", SHORT)
def test_a_process_that_is_killed_does_no_harm(fault: str) -> None:
    """SIGKILL in the middle, somebody edits, the step is run again: nothing twice, missing or different, no edit lost."""
    row = real_row(fault, 1, seed=5)
    assert row.tries >= 1 and row.harm == (0, 0, 0, 0, 0), row
