"""80_rollback: undo what was loaded, in three buckets; and rebuild a ledger that was lost."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from migkit.load import RollbackResult, require_run, rollback
from migkit.migration import Migration, import_rounds, with_target
from migkit.model.account import AccountSchema
from migkit.model.cost import daily_tokens
from migkit.model.errors import GateClosed, UsageError
from migkit.model.messages import Message
from migkit.model.words import in_days, number_of
from migkit.pipedrive import Pipedrive
from migkit.report import IN_REPORT, table
from migkit.steps.carry_out import audited, recover_ledger
from migkit.steps.live import renew
from migkit.steps.undone import STEP, kept_handover, put_handover_aside
from migkit.steps.working import progress_bar
from migkit.workspace import Settings


def undo(workspace: str | os.PathLike[str], *, preview: bool, run_id: str | None = None) -> RollbackResult:
    """Undo everything that was loaded, or one run of it; a preview writes nothing. Resumable."""
    return roll_back(Migration.open(workspace), preview=preview, run_id=run_id)


def roll_back(migration: Migration, *, preview: bool, run_id: str | None = None) -> RollbackResult:
    """Undo everything that was loaded, or one run of it; a preview writes nothing. Resumable.

    A handover that was made before is put aside under a name that says so. Raises GateClosed while files wait to be imported: nobody
    knows then what of them stands there.
    """
    own = f"rollback-{_now()}"
    if one := import_rounds.waiting(migration.workspace):
        raise GateClosed(import_rounds.GATE, str(Message.of("import-unknown", number=one.number, workspace=migration.workspace.typed)))
    require_run(migration.ledger, run_id)

    async def work(client: Pipedrive, account: AccountSchema) -> RollbackResult:
        with progress_bar("rollback") as progress:
            return await rollback(migration.ledger, client, run=run_id, preview=preview, run_id=own, progress=progress)

    if preview:
        return with_target(migration.workspace, work, step=STEP)
    with audited(migration, own, STEP):
        undone = with_target(migration.workspace, work, step=STEP)
    if undone.counts["reversed"]:
        put_handover_aside(migration.workspace, datetime.now(UTC))
    return undone


def rebuild_ledger(workspace: str | os.PathLike[str]) -> str:
    """Rebuild the workspace's ledger from the target, or add what it lacks, and return a sentence about what was found."""
    found = recover_ledger(Migration.open(workspace))
    counts = ", ".join(f"{number:,} {kind}" for kind, number in found.found.items() if number)
    doubled = f" {number_of(len(found.doubled), 'key stands', 'keys stand')} there more than once: look there." if found.doubled else ""
    strange = (
        f" {len(found.strangers):,} records carry a key that the plan does not know: look at them before the next run."
        if found.strangers
        else ""
    )
    lost = ""
    if found.without_image or found.found_setup:
        lost = (
            f" What cannot be rebuilt: what stood in {number_of(len(found.without_image), 'record')} before us, and whether we made "
            f"{number_of(len(found.found_setup), 'set-up object')}; a rollback leaves these as they are."
        )
    lacking = f"{len(found.lacking):,} planned records are not there and load with the next run"
    return f"The ledger is rebuilt: {counts or 'it lacked nothing'}; {lacking}.{doubled}{strange}{lost}"


def bucket_table(result: RollbackResult) -> pd.DataFrame:
    """Return one row per object and bucket: records."""
    frame = result.to_frame()
    return frame.groupby(["object", "bucket"], sort=False).size().rename("records").reset_index()


def kept_table(result: RollbackResult) -> pd.DataFrame:
    """Return the records that stay, and the errors: key, object, bucket, why."""
    frame = result.to_frame()
    return frame[frame["bucket"] != "reversed"].reset_index(drop=True)


def rollback_widget(migration: Migration) -> Any:
    """Return the form that undoes for real once somebody types the practice's name, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import Asked, Done, FormBox

    settings = migration.workspace.settings

    def act(answers: Mapping[str, str]) -> Done:
        if answers["practice"] != settings.practice:
            raise UsageError(f"Type the practice's name as it stands above ({settings.practice}) to undo. Nothing was written.")
        undone = roll_back(migration.refreshed(), preview=False, run_id=answers["run"] or None)
        renew()
        kept = table(kept_table(undone), "What stays, and why"), table(account_table(undone), "The account before and after, read anew")
        aside = kept_handover(migration.workspace)
        said = f" The handover of before is kept as {aside.name}." if aside != migration.workspace.handover else ""
        return Done(f"{in_words(undone, settings)}{said}", kept)

    asked = Asked("practice", "Name of the practice", "typed as a confirmation"), Asked("run", "One run only", "empty: everything")
    return FormBox(asked, button="Undo it in Pipedrive", act=act, is_grave=True)


def account_table(result: RollbackResult) -> pd.DataFrame:
    """Return the account before and after, one row per object; empty for a preview."""
    return result.account_frame()


def in_words(result: RollbackResult, settings: Settings) -> str:
    """Return the buckets in a sentence; for a preview also how many days it takes, then what of ours is left and what others did."""
    counts = ", ".join(f"{number:,} {bucket}" for bucket, number in result.counts.items())
    mode = "A preview, nothing was written" if result.preview else "Rolled back"
    days = ""
    if result.preview:
        usable = daily_tokens(settings.subscription_plan, settings.seats) * (100 - settings.reserve_pct) / 100
        days = f", {in_days(round(result.tokens / usable, 1))} on {settings.subscription_plan} with {number_of(settings.seats, 'seat')}"
    sentences = [f"{mode}: {counts}; {result.tokens:,} tokens{days}.", result.stopped]
    if result.account:
        left, changed = (sum(getattr(row, name) for row in result.account) for name in ("left", "changed"))
        gone, now = (sum(getattr(row, name) for row in result.account) for name in ("gone", "now"))
        others = f"of the practice's own, {changed:,} were edited and {gone:,} deleted by others meanwhile"
        sentences.append(f"Read anew: {number_of(now, 'record')} there, {left:,} of them ours and listed with the reason; {others}.")
    return " ".join(sentence for sentence in sentences if sentence)


def _now() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
