"""`migkit handover W --verify`: is the pack as it was handed over, and do its figures still hold?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from migkit.load import AuditLog
from migkit.migration import Migration
from migkit.model.errors import UsageError
from migkit.model.words import number_of
from migkit.steps.handover.facts import gather_facts, local_of
from migkit.steps.handover.pack import FACTS, INDEX, MANIFEST, draw
from migkit.steps.handover.undoing import preview_of_undoing
from migkit.steps.reconcile import compare_with_target
from migkit.workspace import Workspace, file_digest

OF_THE_PACK = frozenset({"files", "look"})
"""Parts of the facts that say what the pack is, not what was counted."""


@dataclass(frozen=True)
class Verified:
    """What was checked, and what is not as the pack says."""

    files: int
    figures: int
    problems: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as a document."""
        return {"holds": not self.problems, "files": self.files, "figures": self.figures, "problems": list(self.problems)}

    def to_text(self) -> str:
        """Return it for people."""
        checked = f"{number_of(self.files, 'file')} and {number_of(self.figures, 'figure')} checked"
        if not self.problems:
            return f"The pack holds: {checked}, none differs."
        return "\n".join(
            [f"The pack does not hold: {checked}, {number_of(len(self.problems), 'problem')}.", *(f"  {one}" for one in self.problems)]
        )


def verify_handover(workspace: Workspace) -> Verified:
    """Check every file against the manifest, the manifest against the audit log, and every figure against ledger and account.

    Raises UsageError where there is no pack.
    """
    folder = workspace.handover
    if not (folder / MANIFEST).is_file():
        raise UsageError(f"There is no pack in {folder}: make it with `migkit handover {workspace.typed}`. Nothing was checked.")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    problems = [*_files(folder, manifest["files"]), *_sealed(workspace, folder)]
    said = json.loads((folder / FACTS).read_text(encoding="utf-8")) if (folder / FACTS).is_file() else {}
    if said:
        migration = Migration(workspace)
        if draw(said, local_of(migration)) != (folder / INDEX).read_text(encoding="utf-8"):
            problems.append(f"{INDEX} does not show the figures of {FACTS}")
        proof, preview = compare_with_target(migration), preview_of_undoing(migration)
        counted = gather_facts(migration, proof, preview, datetime.fromisoformat(said["made_at"]))
        problems += differences({name: value for name, value in said.items() if name not in OF_THE_PACK}, json.loads(json.dumps(counted)))
    return Verified(len(manifest["files"]), sum(1 for _ in leaves(said)), tuple(problems))


def _files(folder: Path, known: Mapping[str, str]) -> Iterator[str]:
    for name, digest in known.items():
        if not (folder / name).is_file():
            yield f"{name} is missing"
        elif file_digest(folder / name) != digest:
            yield f"{name} was changed"
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != MANIFEST and name not in known:
            yield f"{name} was put there later"


def _sealed(workspace: Workspace, folder: Path) -> Iterator[str]:
    digest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    noted = [line["manifest_sha256"] for line in AuditLog(workspace.audit_log).lines() if line["kind"] == "handover"]
    if digest not in noted:
        yield f"{MANIFEST} is not one that this workspace handed over"
    elif digest != noted[-1]:
        yield "a newer pack was handed over since"


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (path, value) of every single value of a JSON document."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for place, inner in enumerate(value, start=1):
            yield from leaves(inner, f"{path} {place}")
    else:
        yield path, value


def differences(said: Mapping[str, Any], counted: Mapping[str, Any]) -> list[str]:
    """Return one sentence a value that the pack says otherwise than it is counted now."""
    then, now = dict(leaves(said)), dict(leaves(counted))
    found = []
    for path in [*then, *(path for path in now if path not in then)]:
        if path not in now:
            found.append(f"{path}: the pack says {then[path]!r}, and there is nothing now")
        elif path not in then:
            found.append(f"{path}: it is {now[path]!r} now, and the pack says nothing")
        elif then[path] != now[path]:
            found.append(f"{path}: the pack says {then[path]!r}, it is {now[path]!r} now")
    return found
