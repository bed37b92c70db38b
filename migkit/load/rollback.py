"""Undo a migration, or one run of it: everything ends as reversed, kept because somebody edited it, errored, or skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from migkit.model.errors import BudgetExhausted, UsageError
from migkit.model.messages import Message
from migkit.model.objects import DATA_OBJECTS, OBJECTS, ObjectType
from migkit.pipedrive import Pipedrive, read_account

from .account_after import AccountRow, account_frame, beside_itself
from .account_check import require_same_account
from .answers import after_write
from .bind import Binder
from .entries import Entry, EntryState, Operation, Origin, TargetId, Write, WriteState
from .external_ids import code_of_converted
from .ledger import Ledger
from .remote import Remote, catch_up, read_all
from .setup_undo import undo_setup
from .unconfirmed import resolve
from .undo import (
    BUCKETS,
    ERRORED,
    KEPT,
    REVERSED,
    SKIPPED,
    Image,
    RollbackRow,
    Verdict,
    decide,
    delete,
    labels,
    restoration,
    restore,
)
from .writer import Progress, Writer, refusal, target

ASKED_AGAIN = 1_000
"""Records after which a rollback asks what people changed since: an edit made meanwhile is kept as one made before."""
_ORDER = {object: number for number, object in enumerate(ObjectType)}


@dataclass(frozen=True)
class RollbackResult:
    """What a rollback did; as a preview, what it would do."""

    rows: tuple[RollbackRow, ...]
    preview: bool
    tokens: int
    """Tokens spent; as a preview, the estimate: reading done so far plus every delete and restore to come."""
    stopped: str = ""
    """Why it ended early and when to run again, "" where it came to its end."""
    account: tuple[AccountRow, ...] = ()
    """The account before and after, read anew at the end; () for a preview and for one that was stopped."""

    @property
    def counts(self) -> dict[str, int]:
        """Bucket → records."""
        found = Counter(row.bucket for row in self.rows)
        return {bucket: found.get(bucket, 0) for bucket in BUCKETS}

    def to_frame(self) -> pd.DataFrame:
        """Return one row per record: key, object, bucket, detail."""
        rows = [(row.key, row.object.value, row.bucket, str(row.detail or "")) for row in self.rows]
        return pd.DataFrame(rows, columns=["key", "object", "bucket", "detail"])

    def account_frame(self) -> pd.DataFrame:
        """Return one row per object of the account, before and after; empty where that was not read."""
        return account_frame(self.account)


async def rollback(
    ledger: Ledger,
    client: Pipedrive,
    *,
    run: str | None = None,
    preview: bool = False,
    run_id: str = "rollback",
    progress: Progress | None = None,
) -> RollbackResult:
    """Undo everything that this ledger knows, or what one run did, children first; set-up that nothing uses any more comes last.

    What somebody edited since, and what such records point at, is kept and listed. Records that were there before get back
    what stood in the fields that we wrote, as far as that still is ours. Run again, it goes on where it stopped. `preview`
    reads and writes nothing, neither there nor in the ledger. Raises UsageError as `apply` does, and for an unknown `run`.
    """
    ledger.catch_up()
    require_run(ledger, run)
    account = await read_account(client)
    ledger.require_account(account.company_id)
    started, binder = client.usage.tokens(), Binder(account, ledger)
    if preview:
        await require_same_account(ledger, client, binder)
        undo = _Rollback(Writer(ledger, client, run_id), await read_all(client, ours=ledger.live()), binder, run, preview=True)
        await undo.carry_out()
        shown = (*undo.rows, *await undo_setup(undo.writer, undo.remote, account, run, preview=True))
        return RollbackResult(shown, True, client.usage.tokens() - started + _estimate(shown, ledger))
    with ledger.exclusive():
        ledger.start_run(run_id, "rollback", account.company_id)
        writer = Writer(ledger, client, run_id, progress)
        rows: list[RollbackRow] = []
        compared: tuple[AccountRow, ...] = ()
        try:
            await resolve(ledger, client, binder)
            await require_same_account(ledger, client, binder)
            undo = _Rollback(writer, await read_all(client, ours=ledger.live()), binder, run, preview=False, rows=rows)
            before = {object: dict(images) for object, images in undo.remote.images.items()}
            ours = {(e.object, target(e)) for e in ledger.entries(origin=Origin.CREATED).values() if _stands(e)}
            await undo.carry_out()
            if not writer.stopped:
                deleted = {node for node in ours if undo.remote.get(*node) is None}
                undone = {row.key for row in rows if row.bucket == REVERSED}
                put_back = {(e.object, target(e)) for key, e in ledger.entries(origin=Origin.ADOPTED).items() if key in undone}
                compared = beside_itself(before, (await read_all(client)).images, ours, deleted, put_back)
                rows += await undo_setup(writer, undo.remote, account, run, preview=False)
        except BudgetExhausted as error:
            writer.stop(error)
        finally:
            ledger.end_run(run_id, {f"{object.value} {what}": number for (object, what), number in writer.counts.items()})
    return RollbackResult(tuple(rows), False, client.usage.tokens() - started, writer.stopped, compared)


def require_run(ledger: Ledger, run: str | None) -> None:
    """Raise UsageError for a run that the ledger does not know; None is all of them."""
    known = [found["id"] for found in ledger.runs()]
    if run is not None and run not in known:
        raise UsageError(f"The ledger knows no run {run!r}: its runs are {', '.join(known) or 'none'}. Nothing was undone.")


def _estimate(rows: tuple[RollbackRow, ...], ledger: Ledger) -> int:
    tokens = 0
    for row in rows:
        entry = ledger.entries()[row.key]
        if row.bucket == REVERSED:
            tokens += OBJECTS[row.object].price.delete if entry.origin is Origin.CREATED else OBJECTS[row.object].price.update
    return tokens


@dataclass
class _Rollback:
    """The course of one rollback over the records that carry data."""

    writer: Writer
    remote: Remote
    binder: Binder
    run: str | None
    preview: bool
    rows: list[RollbackRow] = field(default_factory=list)
    _since: int = 0
    """Records read or handled since the target was asked last."""

    async def carry_out(self) -> None:
        entries = self.writer.ledger.entries(objects=DATA_OBJECTS).values()
        ours = [entry for entry in entries if _stands(entry) and self._concerned(entry)]
        self.writer.total = len(ours)
        self._since = sum(map(len, self.remote.images.values()))  # reading much takes long enough for an edit
        for object in sorted({entry.object for entry in ours}, key=lambda object: -_ORDER[object]):
            concerned = [entry for entry in ours if entry.object is object]
            for start in range(0, len(concerned), ASKED_AGAIN):
                await self._ask_again()
                part = concerned[start : start + ASKED_AGAIN]
                await self.writer.each(part, self._one)
                self._since += len(part)

    async def _ask_again(self) -> None:
        if self._since >= ASKED_AGAIN and not (self.preview or self.writer.stopped):
            await catch_up(self.writer.client, self.remote)
            self._since = 0

    def _concerned(self, entry: Entry) -> bool:
        return self.run is None or entry.run == self.run or bool(self._updates(entry))

    def _updates(self, entry: Entry) -> list[Write]:
        """Return what the chosen run wrote into a record that an earlier run had created or adopted."""
        if self.run is None or entry.run == self.run:
            return []
        return [write for write in self._log(entry) if write.run == self.run]

    def _log(self, entry: Entry) -> list[Write]:
        done = (WriteState.SUCCEEDED, WriteState.RESOLVED)
        return [w for w in self.writer.ledger.history(entry.key) if w.operation is Operation.UPDATE and w.state in done]

    async def _one(self, entry: Entry) -> None:
        now = self.remote.get(entry.object, entry.target_id)
        if now is None and await self.writer.client.fetch(entry.object, target(entry)) is not None:
            self._note(entry, SKIPPED, Message.of("not-listed"))
            return
        updates = self._updates(entry)
        if updates:
            await self._revert(entry, updates, now)
            return
        verdict = decide(entry, now, self.binder)
        is_leaving = verdict.action == "delete"
        children = self.remote.children(entry.object, target(entry)) if is_leaving else []
        uses = self.remote.uses_of.get((entry.object, target(entry)), ()) if is_leaving else ()
        deal = self._converted(entry) if now is None else None
        if deal is not None:
            self._note(entry, KEPT, Message.of("lead-converted", deal=str(deal)))
        elif uses:
            self._note(entry, KEPT, Message.of("used-there", what=uses))
        elif children:
            first = self.writer.ledger.holder(*children[0])
            count, object = len(children), children[0][0].value
            why = (
                Message.of("points-at-it", count=count, key=first.key)
                if first
                else Message.of("strangers-point-at-it", count=count, object=object)
            )
            self._note(entry, KEPT, why)
        elif verdict.action == "gone":
            await self._settle(entry.with_state(EntryState.UNDONE))
            self._note(entry, SKIPPED, Message.of("deleted-there"))
        elif verdict.action == "delete":
            await self._delete(entry)
        elif verdict.action == "keep" and entry.origin is Origin.CREATED:
            self._note(entry, KEPT, self._why_kept(entry, verdict))
        else:
            await self._restore(entry, verdict, now or {}, lambda _: _without(entry, verdict))

    def _converted(self, entry: Entry) -> TargetId | None:
        """Return the deal that somebody made of a lead: it carries the lead's key."""
        return self.remote.by_external_id(ObjectType.DEAL, code_of_converted(entry.object, self.binder), entry.key)

    async def _delete(self, entry: Entry) -> None:
        if self.preview or await delete(self.writer, entry, EntryState.UNDONE):
            self.remote.removed(entry.object, target(entry))
            self._note(entry, REVERSED)
        else:
            self._refused(entry)

    def _why_kept(self, entry: Entry, verdict: Verdict) -> Message | None:
        if verdict.edited:
            return Message.of("edited", fields=labels(entry.object, verdict.edited, self.binder))
        if verdict.stuck:
            return Message.of("cannot-be-emptied", fields=labels(entry.object, verdict.stuck, self.binder))
        return Message.of("earlier-value-lost", fields=labels(entry.object, verdict.lost, self.binder)) if verdict.lost else None

    async def _restore(self, entry: Entry, verdict: Verdict, now: Image, settle: Callable[[dict[str, Any]], Entry]) -> None:
        edited = self._why_kept(entry, verdict)
        if not verdict.flat:
            await self._settle(settle({}))
            self._note(entry, KEPT if edited else SKIPPED, edited or Message.of("nothing-left"))
            return
        answered = dict(verdict.flat) if self.preview else await restore(self.writer, entry, now, verdict.flat, settle)
        if answered is None:
            self._refused(entry)
            return
        self.remote.changed(entry.object, target(entry), {**dict.fromkeys(verdict.flat), **answered})
        self._note(entry, KEPT if edited else REVERSED, edited)

    async def _revert(self, entry: Entry, updates: list[Write], now: Mapping[str, Any] | None) -> None:
        """Undo one run's updates of a record that stays."""
        if now is None:
            self._note(entry, SKIPPED, Message.of("deleted-there"))
            return
        if self._log(entry)[-1].run != self.run:
            self._note(entry, KEPT, Message.of("written-again"))
            return
        before: dict[str, Any] = {}
        for write in reversed(updates):
            before |= write.before.get("after_image", {})
        verdict = restoration(entry.object, before, entry.after_image, now, self.binder)
        first = updates[0].before

        def settle(answered: dict[str, Any]) -> Entry:
            only_sent = entry.origin is Origin.ADOPTED
            after = after_write(entry.after_image, now, answered, verdict.flat, only_sent=only_sent) if answered else entry.after_image
            return replace(entry, hashes=first["hashes"], desired=first["desired"], after_image=after)

        await self._restore(entry, verdict, now, settle)

    async def _settle(self, entry: Entry) -> None:
        if not self.preview:
            await self.writer.put(entry)

    def _refused(self, entry: Entry) -> None:
        if not self.writer.stopped:
            self._note(entry, ERRORED, refusal(self.writer, entry))

    def _note(self, entry: Entry, bucket: str, detail: Message | None = None) -> None:
        self.rows.append(RollbackRow(entry.key, entry.object, bucket, detail))
        if bucket != ERRORED:
            self.writer.count(entry.object, bucket)


def _stands(entry: Entry) -> bool:
    return entry.target_id is not None and entry.state in (EntryState.LIVE, EntryState.PENDING)


def _without(entry: Entry, verdict: Verdict) -> Entry:
    """Return an adopted entry as it is once `verdict` is carried out: undone, or still ours where a field could not be put back.

    A later load compares all of its fields anew.
    """
    left = verdict.edited + verdict.stuck + verdict.lost
    if not left:
        return entry.with_state(EntryState.UNDONE)
    pre, after = ({name: image[name] for name in left if name in image} for image in (entry.pre_image, entry.after_image))
    return replace(entry, hashes={}, pre_image=pre, after_image=after)
