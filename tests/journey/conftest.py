"""One demo for all tests of the journey, its target served again so that tests can read it by plain HTTP."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from migkit.sandbox import Sandbox, SandboxConfig
from migkit.steps import Migration
from migkit.steps.demo import run_demo
from migkit.steps.load import load
from migkit.workspace import locked
from tests.http_client import HTTP

PATIENTS = int(os.environ.get("MIGKIT_JOURNEY_PATIENTS", "60"))
WRITES = {"POST", "PATCH", "PUT", "DELETE"}
UNPAGED = {"/v1/users", "/v1/activityTypes", "/v1/leadLabels", "/v1/currencies", "/v1/webhooks"}
"""Lists that come whole and take no limit."""


@dataclass
class Journey:
    """A finished demo and its target."""

    folder: Path
    sandbox: Sandbox

    @property
    def workspace(self) -> Path:
        return self.folder / "workspace"

    @property
    def truth(self) -> dict[str, Any]:
        return json.loads((self.folder / "practice" / "truth.json").read_text())

    @property
    def summary(self) -> dict[str, Any]:
        return json.loads((self.folder / "summary.json").read_text())

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        """Read the target by plain HTTP, as anybody could."""
        answer = HTTP.get(f"{self.sandbox.url}{path}", params=params, headers={"x-api-token": self.sandbox.token})
        answer.raise_for_status()
        return answer.json()

    def everything(self, path: str, size: int = 500) -> list[dict[str, Any]]:
        """Read all pages of a list, v1 or v2."""
        found: list[dict[str, Any]] = []
        params: dict[str, Any] = {} if path in UNPAGED else {"limit": size}
        while True:
            page = self.get(path, **params)
            found += page["data"] or []
            extra = page.get("additional_data") or {}
            paging = extra.get("pagination") or {}
            if extra.get("next_cursor"):
                params["cursor"] = extra["next_cursor"]
            elif paging.get("more_items_in_collection"):
                params["start"] = paging["next_start"]
            else:
                return found

    def last_request(self) -> int:
        """Return the number of the newest request in the target's own log."""
        return max((entry["seq"] for entry in self._log(0)), default=0)

    def writes_since(self, number: int) -> list[str]:
        """Return the writes that the target saw after that request."""
        return [f"{entry['method']} {entry['path']}" for entry in self._log(number) if entry["method"] in WRITES]

    def _log(self, since: int) -> list[dict[str, Any]]:
        entries = HTTP.get(f"{self.sandbox.url}/_sandbox/requests", params={"since": since}).json()
        return [entry for entry in entries if not entry["path"].startswith("/_sandbox")]


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that all workers share: who asks first makes it, the others wait."""
    root = factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()
    folder, done = root / name, root / f"{name}.made"
    lock = locked(root / f"{name}.lock", 900)
    assert lock is not None, f"whoever makes {name} stands still"
    with closing(lock):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo, run once; tests that write work on a copy."""
    return made_once(tmp_path_factory, "demo", lambda folder: run_demo(folder, say=lambda _: None, patients=PATIENTS))


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A small practice with every decision made and nothing loaded, to be copied."""
    from .prepared import Practice, prepare

    with pytest.MonkeyPatch.context() as patch:
        return Practice(made_once(tmp_path_factory, "prepared", lambda folder: prepare(folder, patch)))


@pytest.fixture(scope="session")
def unlimited(practice: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What stands in the target before and after a load without limits, and what the target saw."""
    from .prepared import seen, standing

    with pytest.MonkeyPatch.context() as patch, practice.before(tmp_path_factory.mktemp("unlimited") / "w", patch) as journey:
        before = standing(journey)
        first = journey.last_request()
        load(Migration.open(journey.workspace), run_id="unlimited")
        calls = [call for call in seen(journey) if call["seq"] > first]
        return {"before": before, "after": standing(journey), "calls": calls}


@pytest.fixture
def fresh(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journey]:
    """A workspace with every decision made and nothing loaded yet, before the same lived-in account."""
    folder = tmp_path / "demo"
    shutil.copytree(finished / "workspace", folder / "workspace", ignore=shutil.ignore_patterns("ledger*", "runs", "handover"))
    shutil.copytree(finished / "practice", folder / "practice")
    account = folder / "practice" / "account.json"
    with Sandbox(SandboxConfig(seed_file=account, plan="ultimate", seats=3, burst_limit=False, daily_limit=False)) as sandbox:
        yield pointed(folder, sandbox, monkeypatch)


@pytest.fixture
def journey(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journey]:
    """A copy of the finished demo with its target running at the address that the workspace knows."""
    folder = tmp_path / "demo"
    shutil.copytree(finished, folder)
    with reopened(folder, monkeypatch) as found:
        yield found


@contextmanager
def reopened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journey]:
    """Serve a finished demo's target again, without limits, at the address that its workspace then knows."""
    config = SandboxConfig(data=folder / "pipedrive", plan="ultimate", seats=3, burst_limit=False, daily_limit=False)
    with Sandbox(config) as sandbox:
        yield pointed(folder, sandbox, monkeypatch)


def pointed(folder: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Journey:
    settings = folder / "workspace" / "migration.toml"
    settings.write_text(re.sub(r"http://127\.0\.0\.1:\d+", sandbox.url, settings.read_text()))
    monkeypatch.setenv("PIPEDRIVE_API_TOKEN", sandbox.token)
    return Journey(folder, sandbox)
