"""One practice, made, migrated into a sandbox of its own, and scored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migkit.sandbox import Sandbox, SandboxConfig

from .migrate import Migrated, migrate
from .practices import generate
from .rows import Settled, settled
from .score import Score, score


@dataclass(frozen=True)
class Loaded:
    """A practice in its account, and what its files say of themselves."""

    truth: dict[str, Any]
    url: str
    token: str
    migrated: Migrated
    reasons: Settled

    def score(self) -> Score:
        """Compare what stands in the account now with the truth."""
        return score(self.truth, self.url, self.token, self.reasons)


@contextmanager
def loaded(name: str, folder: Path, patients: int, seed: int) -> Iterator[Loaded]:
    """Generate the practice into `folder` and take it through the product; the account stands as long as the context."""
    practice = folder / "practice"
    generate(name, practice, patients, seed)
    truth = json.loads((practice / "truth.json").read_text(encoding="utf-8"))
    with Sandbox(SandboxConfig(plan="ultimate", seats=3, burst_limit=False, daily_limit=False)) as sandbox:
        migrated = migrate(practice, folder / "workspace", sandbox, name)
        yield Loaded(truth, sandbox.url, sandbox.token, migrated, settled(migrated.rows, practice / "export", migrated.findings))
