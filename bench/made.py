"""What several benchmarks start from: a workspace of a made-up practice."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from migkit.generate import generate
from migkit.workspace import Settings, Workspace


def generated(folder: Path, patients: int) -> Path:
    """Write a made-up practice under `folder`; return where it lies."""
    generate(folder / "practice", patients=patients, seed=1, style="tidy")
    return folder / "practice"


def workspace_of(practice: Path, target: str, memory: str = "") -> Path:
    """Return a workspace beside a generated practice, with its export taken in; `target` is the account's address, `memory` what may be
    taken of the machine's, as in `migration.toml`."""
    facts = json.loads((practice / "truth.json").read_text(encoding="utf-8"))["practice"]
    settings = Settings(facts["name"], facts["timezone"], facts["currency"], target, "ultimate", 3, 20, {}, memory=memory)
    workspace = Workspace.create(practice.parent / "workspace", settings)
    workspace.add_snapshot(practice / "export", taken=date.fromisoformat(facts["as_of"]))
    return workspace.path
