"""What all tests share: typed frames from plain rows, and the rule about skips."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

from migkit import resources
from migkit.model.canonical import DTYPES, CanonicalSchema, parse_schema

ALLOWED_SKIP = "../shared"
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def schema() -> CanonicalSchema:
    return parse_schema(resources.load_yaml("canonical.yaml"))


@pytest.fixture(scope="session")
def typed(schema: CanonicalSchema) -> Callable[[str, Sequence[dict[str, Any]]], pd.DataFrame]:
    """Return a maker of typed frames: table name and plain rows (ISO dates, cents) in, canonical frame out."""

    def make(table: str, rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
        columns = {}
        for name, field in schema[table].fields.items():
            values = [row.get(name) for row in rows]
            dtype = DTYPES[field.type]
            columns[name] = pd.Series(pd.to_datetime(values), dtype=dtype) if dtype.startswith("date") else pd.Series(values, dtype=dtype)
        frame = pd.DataFrame(columns)
        for name in {key for row in rows for key in row} - set(schema[table].fields):
            frame[name] = [row.get(name) for row in rows]
        frame["_file"] = [row.get("_file", f"{table}.csv") for row in rows]
        frame["_line"] = [row.get("_line", number) for number, row in enumerate(rows, start=2)]
        prefix, key = schema[table].prefix, schema[table].key
        frame["_key"] = [row.get("_key", f"{prefix}:" + "/".join(str(row.get(k)) for k in key)) for row in rows]
        return frame

    return make


TESTS = Path(__file__).resolve().parent
WHOLE = ("strangers", "fleet")
"""Folders that stay on one worker each: what their modules share is made once a worker."""
FIRST = ("journey/test_promises.py", *WHOLE, "journey")
"""What begins first, so that no worker is left alone with it at the end: one journey, which makes the demo that the others wait for."""


class ByFolder(LoadFileScheduling):
    """Hands out test files, and some folders whole."""

    def _split_scope(self, nodeid: str) -> str:
        path = PurePosixPath(nodeid.partition("::")[0])
        return path.parent.name if path.parent.name in WHOLE else str(path)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolder:
    """Part the tests among the workers by file, some folders whole."""
    return ByFolder(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """On a clean checkout each worker begins elsewhere: asserts that one has rewritten the others find, where all would rewrite all."""
    worker = getattr(session.config, "workerinput", None)
    if worker and [Path(one).resolve() for one in session.config.args] == [TESTS]:
        files = sorted(map(str, TESTS.rglob("test_*.py")))
        begin = int(worker["workerid"].removeprefix("gw")) * len(files) // worker["workercount"]
        session.config.args = [*files[begin:], *files[:begin]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first; in the same order for every worker."""
    items.sort(key=lambda item: (_turn(item.path.as_posix()), item.path))


def _turn(path: str) -> int:
    return next((turn for turn, part in enumerate(FIRST) if f"/tests/{part}" in path), len(FIRST))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """End with the list of skips, each with its reason, also when there are none."""
    skipped = [(report.nodeid, str(report.longrepr[2])) for report in terminalreporter.stats.get("skipped", [])]
    terminalreporter.write_line(f"skips: {len(skipped)}")
    for node, reason in skipped:
        terminalreporter.write_line(f"  {node}: {reason}")


def pytest_sessionfinish(session: Any) -> None:
    """Where MIGKIT_STRICT_SKIPS is set, a skip for any reason but the absence of ../shared fails the run."""
    if not os.environ.get("MIGKIT_STRICT_SKIPS") or hasattr(session.config, "workerinput"):
        return
    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    skipped = [str(report.longrepr[2]) for report in reporter.stats.get("skipped", [])]
    if any(ALLOWED_SKIP not in reason for reason in skipped):
        session.exitstatus = 1
