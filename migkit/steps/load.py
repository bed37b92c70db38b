"""50_load (and the sample of 40): the same apply over a slice or over everything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import tqdm.auto
from tqdm import tqdm as text_bar

from migkit.load import ApplyResult, AuditLog, Change, Progress, apply
from migkit.migration import BEFORE_LOAD, Migration, require_approved, require_to_write, with_target
from migkit.model.account import AccountSchema
from migkit.model.errors import RemoteError
from migkit.pipedrive import Pipedrive
from migkit.report import IN_REPORT
from migkit.steps.skipped import ONLY_FAILED, failed_only, write_skipped


def load(migration: Migration, *, run_id: str, wait: bool = False, only_failed: bool = False) -> ApplyResult:
    """Write everything that differs, or only what was refused or waited before.

    Raises GateClosed before the first write where a decision is missing.
    """
    migration = migration.refreshed()
    require_to_write(migration, *BEFORE_LOAD)
    todo = migration.changes()
    if only_failed or os.environ.get(ONLY_FAILED):
        todo = failed_only(todo, migration.ledger)
    require_approved(migration, todo)
    return carry_out(migration, todo, step="load", run_id=run_id, wait=wait)


def require_end(applied: ApplyResult) -> None:
    """Raise RemoteError where a run ended before its end, saying why and what to do; the next run goes on where it stopped."""
    if applied.stopped:
        raise RemoteError(applied.stopped)


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """Show how many of how many records are done; yields what is to be called after each."""
    bars = text_bar if os.environ.get(IN_REPORT) else tqdm.auto.tqdm  # a report's terminal cannot draw a widget
    with bars(desc=title, unit=" records", mininterval=2, leave=False) as bar:

        def show(done: int, total: int, *_: object) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show


def carry_out(migration: Migration, todo: list[Change], *, step: str, run_id: str, wait: bool = False) -> ApplyResult:
    """Apply `todo`, the changes of this very migration, and show progress; safe to interrupt and to repeat."""

    async def write(client: Pipedrive, account: AccountSchema) -> ApplyResult:
        with progress_bar(step) as progress:
            return await apply(
                todo,
                migration.plan,
                migration.ledger,
                client,
                account,
                run_id=run_id,
                find_file=migration.workspace.file_with,
                adopt_policy=migration.decisions.policies["adopt"],
                step=step,
                progress=progress,
            )

    with audited(migration, run_id, step):
        applied = with_target(migration.workspace, write, step=step, wait=wait)
    if applied.failures or applied.held:
        write_skipped(applied, todo, migration.plan.rows, migration.raw, migration.workspace.run_folder(run_id) / "skipped")
    return applied


@contextmanager
def audited(migration: Migration, run_id: str, step: str) -> Iterator[None]:
    """Note in the audit log that a run begins, on which approvals, and whatever it wrote, however it ends."""
    newest = {entry["gate"]: entry for entry in migration.inputs.document("approvals").get("approvals") or ()}
    log = AuditLog(migration.workspace.audit_log)
    log.began(run_id, step, datetime.now(UTC).isoformat(timespec="seconds"), list(newest.values()))
    try:
        yield
    finally:
        log.follow(migration.ledger)
