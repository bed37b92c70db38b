"""A small practice with every decision made and nothing loaded, to be loaded into targets of any kind; and what then stands there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from migkit.generate import generate
from migkit.migration.gates import BEFORE_SAMPLE
from migkit.sandbox import Sandbox, SandboxConfig
from migkit.steps import Migration
from migkit.steps.approvals import approve_gate
from migkit.steps.demo import decide_map
from migkit.steps.sample_diff import load_sample
from migkit.workspace import Settings, Workspace
from tests.http_client import HTTP

from .conftest import Journey, pointed
from .target import Target

PATIENTS = 20
KINDS = ("organizations", "persons", "deals", "products", "leads", "activities", "notes", "files")
PASSING = {"id", "add_time", "markup", "bytes"}
"""What differs between two loads of the same practice: ids, the moment of loading, and HTML as the target chose to write it."""


@dataclass(frozen=True)
class Practice:
    """A prepared workspace and its practice, to be copied."""

    folder: Path

    @contextmanager
    def before(self, folder: Path, patch: pytest.MonkeyPatch, *, plan: str = "ultimate", **config: Any) -> Iterator[Journey]:
        """Serve the lived-in account as `config` says, and yield a copy of the workspace that points to it. No limits by default."""
        shutil.copytree(self.folder, folder)
        rest = {"seats": 3, "burst_limit": False, "daily_limit": False} | config
        with Sandbox(SandboxConfig(seed_file=folder / "practice" / "account.json", plan=plan, **rest)) as sandbox:
            settings = folder / "workspace" / "migration.toml"
            chosen = settings.read_text().replace('plan = "ultimate"', f'plan = "{plan}"').replace("seats = 3", f"seats = {rest['seats']}")
            settings.write_text(chosen)
            yield pointed(folder, sandbox, patch)


def prepare(folder: Path, patch: pytest.MonkeyPatch) -> Practice:
    """Generate a practice and make every decision as the machine proposes it."""
    generate(folder / "practice", patients=PATIENTS, seed=1, style="tidy")
    practice = json.loads((folder / "practice" / "truth.json").read_text())["practice"]
    limits: dict[str, Any] = {"burst_limit": False, "daily_limit": False}
    with Sandbox(SandboxConfig(seed_file=folder / "practice" / "account.json", plan="ultimate", seats=3, **limits)) as sandbox:
        settings = Settings(practice["name"], practice["timezone"], practice["currency"], sandbox.url, "ultimate", 3, 20, {})
        workspace = Workspace.create(folder / "workspace", settings)
        workspace.add_snapshot(folder / "practice" / "export", taken=date.fromisoformat(practice["as_of"]))
        patch.setenv("PIPEDRIVE_API_TOKEN", sandbox.token)
        decide_map(workspace.path)
        for gate in BEFORE_SAMPLE:
            approve_gate(workspace.path, gate, by="test")
        load_sample(Migration.open(workspace.path), run_id="sample")
        approve_gate(workspace.path, "sample", by="test")
    shutil.rmtree(workspace.runs)
    for path in workspace.path.glob(f"{workspace.ledger.name}*"):
        path.unlink()
    return Practice(folder)


def standing(journey: Journey) -> dict[str, Any]:
    """Everything that stands in the target, read by plain HTTP: records by source key, those of before by id; schema by name."""
    target = Target(journey.everything, journey.sandbox.url, journey.sandbox.token)
    found: dict[str, Any] = {}
    for name in KINDS:
        kind = getattr(target, name)
        assert kind.twice == [], f"{name} stand there twice"
        theirs = {key: _without(record, PASSING | {"won_time", "lost_time"}) for key, record in kind.theirs.items()}
        found[name] = {key: _without(record, PASSING) for key, record in kind.ours.items()} | theirs
    fields = {
        entity: {
            row["field_name"]: (row["field_type"], [option["label"] for option in row["options"] or []]) for row in _custom(journey, entity)
        }
        for entity in ("organization", "person", "deal", "product")
    }
    stages = sorted((target.pipeline[row["pipeline_id"]], row["name"]) for row in journey.everything("/api/v2/stages"))
    names = {
        "types": sorted(row["name"] for row in journey.everything("/v1/activityTypes") if row["active_flag"]),
        "lead labels": sorted(target.lead_label.values()),
    }
    return found | {"fields": fields, "stages": stages} | names


def seen(journey: Journey) -> list[dict[str, Any]]:
    """Every call that the target saw, in its order."""
    entries: list[dict[str, Any]] = HTTP.get(f"{journey.sandbox.url}/_sandbox/requests").json()
    return [entry for entry in entries if not entry["path"].startswith("/_sandbox")]


def state(journey: Journey) -> dict[str, Any]:
    """The target's own count of tokens."""
    return dict(HTTP.get(f"{journey.sandbox.url}/_sandbox/state").json()["tokens"])


def configure(journey: Journey, **settings: Any) -> None:
    """Change the limits of the running target, or how fast its days pass."""
    HTTP.post(f"{journey.sandbox.url}/_sandbox/config", json=settings).raise_for_status()


def let_a_night_pass(journey: Journey) -> None:
    """The target's day ends, and the next one stands still as good as."""
    used = state(journey)["used"]
    configure(journey, clock_speed=10_000_000)
    while state(journey)["used"] >= used > 0:
        pass
    configure(journey, clock_speed=1)


def _custom(journey: Journey, entity: str) -> list[dict[str, Any]]:
    return [row for row in journey.everything(f"/api/v2/{entity}Fields") if row["is_custom_field"]]


def _without(record: dict[str, Any], names: Set[str]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in names}
