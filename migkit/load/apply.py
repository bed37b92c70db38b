"""Carry out changes: the only writer. Set-up first, then records parents first, then what is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from migkit.model.account import AccountSchema
from migkit.model.errors import BudgetExhausted
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, SCHEMA_OBJECTS, ObjectType
from migkit.model.records import Plan
from migkit.pipedrive import Pipedrive, read_account

from .account_check import require_complete, require_same_account
from .adopt import adopt
from .bind import Binder, UnboundError
from .changes import Change, Op, refreshed
from .ledger import Ledger
from .records import FindFile, create, update
from .remote import read_all
from .setup import write_setup
from .unconfirmed import Resolution, resolve
from .undo import delete_ours
from .writer import Failure, Progress, Writer

_ROUNDS = 3  # an unconfirmed write that left no trace is sent again this often within one run


@dataclass(frozen=True)
class ApplyResult:
    """What one apply did."""

    run: str
    counts: Mapping[tuple[ObjectType, str], int]
    """(object, create | update | adopt | skip | hold | delete | kept | fail) → records."""
    failures: tuple[Failure, ...]
    held: Mapping[str, Message]
    """Key → why the record waits."""
    kept: Mapping[str, tuple[str, ...]]
    """Key → fields that somebody edited in Pipedrive since, and that were therefore left as they are; those of a killed run before too."""
    notes: tuple[Message, ...]
    """Things that the analyst should know."""
    stopped: str
    """Why the run ended early and when to run again, "" where it ran to its end."""
    tokens: int
    exhausted: bool = False
    """Whether it ended early because the day's tokens, or its requests, were used up."""

    def to_frame(self) -> pd.DataFrame:
        """Return one row per object and operation: object, operation, records."""
        rows = [(object.value, what, number) for (object, what), number in self.counts.items()]
        return pd.DataFrame(rows, columns=["object", "operation", "records"]).sort_values(["object", "operation"], ignore_index=True)


async def apply(
    changes: Sequence[Change],
    plan: Plan,
    ledger: Ledger,
    client: Pipedrive,
    account: AccountSchema,
    *,
    run_id: str,
    find_file: FindFile,
    adopt_policy: Mapping[str, str] | None = None,
    step: str = "load",
    progress: Progress | None = None,
) -> ApplyResult:
    """Carry out `changes` (from `diff`) and return what came of them. One refused record does not stop the others.

    Writes whose outcome an earlier, interrupted run left open are settled first by looking at the target, so nothing is
    written twice. `adopt_policy` maps planned field → keep_theirs | fill_blanks | ours for records that were there before
    (fill_blanks where it says nothing). `find_file` returns where the bytes with a sha256 lie, None where they are gone.
    Raises UsageError where the ledger belongs to another account or one that was emptied, is older than the account, was lost, or another
    process is writing; BudgetExhausted and an
    unreachable target end the run cleanly instead, told in `stopped`.
    """
    with ledger.exclusive():
        ledger.start_run(run_id, step, account.company_id)
        writer = Writer(ledger, client, run_id, progress, total=len(changes))
        started = client.usage.tokens()
        load = _Load(writer, plan, account, find_file, dict(adopt_policy or {}))
        try:
            await load.carry_out(list(changes))
        except BudgetExhausted as error:
            writer.stop(error)
        finally:
            ledger.end_run(run_id, {f"{object.value} {what}": number for (object, what), number in writer.counts.items()})
        ledger.hold(writer.held, run_id, seen=[change.key for change in changes])
    return ApplyResult(
        run=run_id,
        counts=dict(writer.counts),
        failures=tuple(writer.failures),
        held=dict(writer.held),
        kept=ledger.take_edits(),
        notes=tuple(load.notes),
        stopped=writer.stopped,
        exhausted=writer.exhausted,
        tokens=client.usage.tokens() - started,
    )


class _Load:
    """The course of one apply."""

    def __init__(self, writer: Writer, plan: Plan, account: AccountSchema, find_file: FindFile, policy: Mapping[str, str]) -> None:
        self.writer = writer
        self.plan = plan
        self.binder = Binder(account, writer.ledger)
        self.find_file = find_file
        self.policy = policy
        self.notes: list[Message] = []

    async def carry_out(self, changes: list[Change]) -> None:
        ledger, client = self.writer.ledger, self.writer.client
        await self._resolve()
        await require_same_account(ledger, client, self.binder)
        changes = refreshed(changes, ledger, self.plan)
        await require_complete(changes, self.plan, ledger, client, self.binder.account)
        for change in changes:
            if change.planned_key:
                self.writer.ledger.alias(change.planned_key, change.key, self.writer.run)
        await self._set_up([change for change in changes if change.object in SCHEMA_OBJECTS], changes)
        changes = refreshed(changes, self.writer.ledger, self.plan)
        for _, group in groupby((c for c in changes if c.object not in SCHEMA_OBJECTS and c.op is not Op.DELETE), lambda c: c.object):
            await self._group(list(group))
        await self._delete([change for change in changes if change.op is Op.DELETE])

    async def _resolve(self) -> Resolution:
        """Settle unconfirmed writes, if there are any."""
        if not self.writer.ledger.unanswered():
            return Resolution()
        return await resolve(self.writer.ledger, self.writer.client, self.binder)

    async def _set_up(self, setup: list[Change], changes: Sequence[Change]) -> None:
        """Bring set-up about, and read the account again where that wrote anything; what was lost on the way is sent again."""
        for number in range(1, _ROUNDS + 1):
            written = await write_setup(self.writer, setup, changes, self.binder, self.notes, is_last=number == _ROUNDS)
            if not written:
                return
            self.writer.ledger.put_back()  # set-up carries no mark: a ledger that knew nothing of it could not tell that it is ours
            account = replace(await read_account(self.writer.client), clears=self.binder.account.clears)
            self.binder = Binder(account, self.writer.ledger)
            resolution = await self._resolve()
            self._count_found(resolution)
            setup = [change for change in setup if not self._is_live(change.key)]
            if self.writer.stopped or not setup:
                return

    def _is_live(self, key: str) -> bool:
        entry = self.writer.ledger.entry(key)
        return entry is not None and entry.is_live

    def _count_found(self, resolution: Resolution) -> None:
        for key in resolution.found:
            self.writer.count(self.writer.ledger.entries()[key].object, "create")

    async def _group(self, group: list[Change]) -> None:
        """Carry out the changes of one object and wave; what was lost on the way is looked for and, if need be, sent again."""
        await self.writer.each(group, self._one)
        for _ in range(_ROUNDS):
            resolution = Resolution() if self.writer.stopped else await self._resolve()
            self._count_found(resolution)
            if not resolution.again:
                return
            await self.writer.each(refreshed([c for c in group if c.key in resolution.again], self.writer.ledger, self.plan), self._one)

    async def _delete(self, changes: list[Change]) -> None:
        if not changes or self.writer.stopped:
            return
        remote = (
            await read_all(self.writer.client, ours=self.writer.ledger.live()) if any(OBJECTS[c.object].link for c in changes) else None
        )
        for change in changes:  # one after the other: children stand before their parents
            if not self.writer.stopped:
                await delete_ours(self.writer, change, remote, self.binder)

    async def _one(self, change: Change) -> None:
        if change.op is Op.SKIP:
            self.writer.count(change.object, "skip")
            return
        if change.op is Op.HOLD or change.record is None:
            self.writer.hold(change.key, change.object, change.reason or Message.of("left-the-plan"))
            return
        try:
            if change.op is Op.CREATE:
                await create(self.writer, change.record, self.binder, self.find_file)
            elif change.op is Op.ADOPT:
                await adopt(self.writer, change, self.binder, self.policy)
            else:
                await update(self.writer, change, self.binder, self.policy, self.find_file)
        except UnboundError as problem:
            self.writer.hold(change.key, change.object, problem.reason)
