"""What every step that writes does: carry out changes, show progress, keep the audit log and the skip file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from migkit.load import LEASE_S, ApplyResult, AuditLog, Change, RecoverResult, apply, recover
from migkit.migration import Migration, import_rounds, with_target
from migkit.model.account import AccountSchema
from migkit.model.errors import BudgetExhausted, RemoteError, UsageError
from migkit.pipedrive import Pipedrive
from migkit.plan import comparators
from migkit.steps.skipped import write_skipped
from migkit.steps.working import progress_bar

LEASE = "MIGKIT_LEASE"
"""Seconds that a process may not answer before another one may go on with its load; `LEASE_S` where it is not set."""
LONGEST_LEASE_S = 3600


def require_end(applied: ApplyResult) -> None:
    """Raise RemoteError where a run ended before its end, saying why and what to do; the next run goes on where it stopped.

    It is a BudgetExhausted where the day's tokens were used up.
    """
    if applied.stopped:
        raise (BudgetExhausted if applied.exhausted else RemoteError)(applied.stopped)


def carry_out(
    migration: Migration, todo: list[Change], *, step: str, run_id: str, wait: bool = False, account: AccountSchema | None = None
) -> ApplyResult:
    """Apply `todo`, the changes of this very migration, and show progress; safe to interrupt and to repeat.

    `account` is the schema where it was just read. Raises GateClosed while files wait to be imported.
    """
    import_rounds.require_imported(migration.workspace)

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
        applied = with_target(migration.workspace, write, step=step, wait=wait, account=account)
    if applied.failures or applied.held:
        write_skipped(applied, todo, migration.plan.rows, migration.raw, migration.workspace.run_folder(run_id) / "skipped")
    return applied


@contextmanager
def audited(migration: Migration, run_id: str, step: str) -> Iterator[None]:
    """Hold the ledger for a run, and note in the audit log that it begins, on which approvals, and whatever it wrote, however it ends.

    Where the ledger lies on a store and who held it before was cut off, what that one wrote last is read back first. Raises UsageError
    while another process holds it, LeaseLost where one took it over: that one writes the log then.
    """
    newest = {entry["gate"]: entry for entry in migration.inputs.document("approvals").get("approvals") or ()}
    ledger, log = migration.ledger, AuditLog(migration.workspace.audit_log)
    with ledger.exclusive(_lease_s()):
        if not ledger.is_whole:
            recover_ledger(migration)
        log.began(run_id, step, datetime.now(UTC).isoformat(timespec="seconds"), list(newest.values()))
        try:
            yield
        finally:
            ledger.require_lease()
            log.follow(ledger)


def recover_ledger(migration: Migration) -> RecoverResult:
    """Add to the ledger what the target holds and it does not know."""

    async def work(client: Pipedrive, account: AccountSchema) -> RecoverResult:
        return await recover(
            migration.plan,
            client,
            account,
            migration.ledger,
            run_id=f"recover-{datetime.now(UTC):%Y%m%dT%H%M%SZ}",
            adopted=migration.adopted,
            comparators=comparators(migration.decisions.pipedrive_map),
        )

    return with_target(migration.workspace, work, step="recover")


def _lease_s() -> float:
    try:
        seconds = float(os.environ.get(LEASE, LEASE_S))
    except ValueError:
        seconds = 0
    if not 0 < seconds <= LONGEST_LEASE_S:
        raise UsageError(f"{LEASE} must be a number of seconds, at most {LONGEST_LEASE_S}: unset it. Nothing was written.")
    return seconds
