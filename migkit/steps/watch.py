"""`migkit watch`: later exports are taken in as they land, and what was approved in advance is written; the rest waits and is said.

Each folder or zip directly in the watched folder is one export. It is complete when the sizes and times of its files have not changed for
a while, or, where the practice's tool says so itself, when a file of its name with an ending stands beside it. Nothing is remembered but
what the workspace holds: killed and started again, an export that was taken in is known by its bytes, and what was not written yet is
written then.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from migkit.load import ApplyResult
from migkit.migration import WRITES, Migration, approved_part, covered, in_words, limits
from migkit.model.errors import GateClosed, MigkitError, UsageError
from migkit.model.words import number_of
from migkit.steps.approvals import approve_delta
from migkit.steps.delta import look_at_delta, merge_approved_part
from migkit.workspace import Workspace

Signature = tuple[tuple[str, int, int], ...]
"""Name, size and time of change of every file of an export."""
STEP = "60_delta"


@dataclass
class Landing:
    """Which exports of a folder are complete, looked at again and again. `settle_s`: how long nothing may have changed."""

    folder: Path
    settle_s: float
    done: str = ""
    """Ending of the file beside an export that says that it is complete, "" where none is written."""
    _seen: dict[Path, tuple[Signature, float]] = field(default_factory=dict)
    _given: dict[Path, Signature] = field(default_factory=dict)

    def complete(self, now: float) -> list[Path]:
        """Return the exports that are complete at `now` and were not returned before as they are, oldest first."""
        found = []
        for export, signature in sorted(_exports(self.folder), key=lambda one: (_newest(one[1]), one[0].name)):
            if self._given.get(export) == signature:
                continue
            known, since = self._seen.get(export, ((), now))
            if known != signature:
                self._seen[export] = signature, now
                since = now
            if export.with_name(export.name + self.done).is_file() if self.done else now - since >= self.settle_s:
                self._given[export] = signature
                found.append(export)
        return found


def watch(
    path: str | os.PathLike[str],
    folder: Path,
    *,
    say: Callable[[str], None],
    until: datetime | None = None,
    every_s: float = 60.0,
    settle_s: float = 120.0,
    done: str = "",
    kind: str = "full",
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Take later exports in as they land in `folder`, until `until` (the practice's own time; None: until interrupted).

    What cannot be taken in or written is said, and watching goes on. Raises UsageError where there is no such workspace or folder, or it
    has no first export yet.
    """
    workspace = Workspace.open(path)
    workspace.snapshot()
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder: give the one that later exports are put into. Nothing was taken in.")
    end = until.replace(tzinfo=ZoneInfo(workspace.settings.timezone)).timestamp() if until else None
    landing, is_open, decided = Landing(folder, settle_s, done), True, _decided(workspace)
    say(f"Watching {folder} for later exports of {workspace.typed}. Stop with Ctrl-C; started again, it goes on.")
    while True:
        for export in landing.complete(clock()):
            is_open |= _taken(workspace, export, kind, say)
        if is_open or _decided(workspace) != decided:  # what waited may be approved, or a gate open, since
            is_open = _said(lambda: write_approved(workspace.path, say), say)
            decided = _decided(workspace)
        if end is not None and clock() >= end:
            return
        sleep(every_s)


def write_approved(path: str | os.PathLike[str], say: Callable[[str], None]) -> bool:
    """Stage the newest later export, and write what `decisions/watch.yaml` approves of it; say what waits.

    Return whether it has to be tried again, because writing ended before its end.
    """
    migration = Migration.open(path)
    workspace, newest = migration.workspace, migration.inputs.received[-1].name
    if newest in migration.inputs.merged or len(migration.inputs.received) < 2:
        return False
    run = workspace.start_run(STEP)
    look_at_delta(migration, run.id)
    document = workspace.read_decision("watch")
    earlier, left = approved_part(migration, migration.with_all_received().changes())
    mine, waiting = covered(left, limits(document))
    todo = [*(change for change in earlier if change.op in WRITES), *mine]
    if mine:
        approve_delta(migration, todo, by=f"{document['by']}, in advance", note=f"run {run.id}")
    applied: ApplyResult | None = None
    if todo:
        applied = merge_approved_part(migration, run_id=run.id, wait=True)
        say(f"{newest}: written as approved, run {run.id}: {in_words(todo)}.")
        if refused := len(applied.failures) + len(applied.held):
            told = number_of(refused, "record was refused or waits", "records were refused or wait")
            say(f"{newest}: {told}: see {workspace.run_folder(run.id) / 'skipped'}.")
    if waiting:
        look = workspace.run_folder(run.id) / "delta_fields.csv"
        way_on = f"`migkit approve {workspace.typed} delta --by NAME`: it is written then"
        told = number_of(len(waiting), "change waits", "changes wait")
        say(f"{newest}: {told} for you ({in_words(waiting)}). Look at {look}, then {way_on}.")
    if not todo and not waiting:
        say(f"{newest}: it changes nothing in Pipedrive.")
    if applied is not None and applied.stopped:
        say(f"{newest}: {applied.stopped}")
    return applied is not None and bool(applied.stopped)


def _taken(workspace: Workspace, export: Path, kind: str, say: Callable[[str], None]) -> bool:
    """Take an export in; return whether there is something to write."""
    known = {snapshot.name for snapshot in workspace.snapshots()}
    try:
        snapshot = workspace.add_snapshot(export, kind=kind)
    except MigkitError as error:
        say(f"{export.name} was not taken in: {error}")
        return False
    is_new = snapshot.name not in known
    say(f"{export.name}: {f'taken in as {snapshot.name}' if is_new else f'the same files as {snapshot.name}, which is here already'}.")
    return is_new


def _said(work: Callable[[], bool], say: Callable[[str], None]) -> bool:
    """Do it; a closed gate waits for somebody, what this machine or Pipedrive refused is tried again."""
    try:
        return work()
    except GateClosed as closed:
        say(f"Nothing was written: {closed}")
        return False
    except MigkitError as error:
        say(f"Nothing more was written for now: {error}")
        return True


def _decided(workspace: Workspace) -> frozenset[tuple[str, int]]:
    """Return what changes whenever somebody decides something."""
    return frozenset((path.name, path.stat().st_mtime_ns) for path in workspace.decisions.glob("*.yaml"))


def _exports(folder: Path) -> Iterator[tuple[Path, Signature]]:
    for path in folder.iterdir():
        if path.name.startswith(".") or not (path.is_dir() or path.suffix.casefold() == ".zip"):
            continue
        try:
            signature = tuple((str(one), one.stat().st_size, one.stat().st_mtime_ns) for one in sorted(_files(path)))
        except OSError:  # taken away, or moved, while we look
            continue
        if signature:
            yield path, signature


def _files(path: Path) -> Iterator[Path]:
    return (one for one in path.rglob("*") if one.is_file()) if path.is_dir() else iter([path])


def _newest(signature: Signature) -> int:
    return max(time_ns for _, _, time_ns in signature)
