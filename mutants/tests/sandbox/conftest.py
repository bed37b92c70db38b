"""Fixtures of the sandbox's tests."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from migkit.sandbox import SandboxConfig, create_app
from migkit.sandbox.conformity import Specification

from .api import REFERENCE, Api, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(clock: Clock) -> Iterator[Callable[..., Api]]:
    """Return a maker of in-process sandboxes; keyword arguments are those of SandboxConfig."""
    opened: list[Api] = []

    def build(**config: Any) -> Api:
        settings: dict[str, Any] = {"burst_limit": False, "daily_limit": False, "plan": "premium", "search_lag_s": 0.0} | config
        app = create_app(SandboxConfig(**settings), clock)
        client = Api(app, settings.get("token", "sandbox-token"))
        opened.append(client)
        return client

    yield build
    for client in opened:
        client.close()


@pytest.fixture
def api(make: Callable[..., Api]) -> Api:
    """A fresh premium account without limits."""
    return make()


@pytest.fixture(scope="session")
def _published() -> Specification | None:
    return Specification(REFERENCE) if REFERENCE.is_dir() else None


@pytest.fixture
def specification(_published: Specification | None) -> Specification | None:
    """The published specification, None where it is not at hand; it has not excused anything yet."""
    fresh = copy.copy(_published)
    if fresh:
        fresh.used = set()
    return fresh
