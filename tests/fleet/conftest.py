from __future__ import annotations

from collections.abc import Iterator

import pytest

from .made import Layout, layout

PATIENTS = 12


@pytest.fixture(scope="session")
def one_layout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Layout]:
    """A small practice with every decision made; requests take their time, so that there is a middle of a load."""
    with layout(tmp_path_factory.mktemp("layout"), PATIENTS, latency_ms=40.0) as made:
        yield made
