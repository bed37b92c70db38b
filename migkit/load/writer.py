"""One write: on disk as an intent, sent, on disk with its outcome. Every change of the target goes through here."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from migkit.model.errors import BudgetExhausted, RemoteError, TerminalError, TransientError, UnconfirmedWrite
from migkit.model.messages import Message
from migkit.model.objects import OBJECTS, ObjectType
from migkit.pipedrive import Pipedrive

from .entries import Entry, EntryState, Operation, TargetId, WriteState
from .ledger import Ledger

Progress = Callable[[int, int, str, int], None]
"""Called with records done, records in all, object, tokens spent so far in this run."""

_WORKERS = 24  # enough to keep the client's scheduler busy; it decides when a request leaves
_LOST_IN_A_ROW = 10  # so many unreachable answers without a success between them end a run
_STOPPING = frozenset({401, 402})  # a bad token or a closed company: every further call would fail too

T = TypeVar("T")


class Durable:
    """Runs work on the ledger off the event loop; what is asked for at the same time shares one transaction."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []
        self._committer: asyncio.Task[None] | None = None

    async def __call__(self, work: Callable[[], T]) -> T:
        """Return what `work` returns once it is on disk. Where a batch fails, everybody in it gets the error and nothing is on disk."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._committer is None:
            self._committer = asyncio.ensure_future(self._commit())
        return await done

    async def _commit(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                try:
                    results = await asyncio.to_thread(self._run, [work for work, _ in batch])
                except Exception as error:
                    for _, done in batch:
                        if not done.done():
                            done.set_exception(error)
                else:
                    for (_, done), result in zip(batch, results, strict=True):
                        if not done.done():
                            done.set_result(result)
        finally:
            self._committer = None

    def _run(self, batch: list[Callable[[], Any]]) -> list[Any]:
        with self._ledger.transaction():
            return [work() for work in batch]


class Keyed(Protocol):
    """A change or an entry: something about one record."""

    @property
    def key(self) -> str:
        """The record's key."""
        ...

    @property
    def object(self) -> ObjectType:
        """What it is."""
        ...


K = TypeVar("K", bound=Keyed)


@dataclass(frozen=True)
class Failure:
    """A record that Pipedrive refused."""

    key: str
    object: ObjectType
    reason: Message


@dataclass
class Writer:
    """Sends writes for one run and keeps count. `stopped` says why no more are sent, "" while they are; `exhausted`: for want of tokens."""

    ledger: Ledger
    client: Pipedrive
    run: str
    progress: Progress | None = None
    total: int = 0
    done: int = 0
    stopped: str = ""
    exhausted: bool = False
    counts: Counter[tuple[ObjectType, str]] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    held: dict[str, Message] = field(default_factory=dict)
    _lost: int = 0

    def __post_init__(self) -> None:
        self._durable = Durable(self.ledger)
        self.client.before_write = self.ledger.require_lease

    async def write(
        self,
        pending: Entry,
        operation: Operation,
        flat: Mapping[str, Any],
        send: Callable[[], Awaitable[T]],
        confirmed: Callable[[T], Entry],
        *,
        before: Mapping[str, Any] | None = None,
    ) -> Entry | None:
        """Write once: intent, `send`, outcome. Return the entry as `confirmed` makes it from the answer, None where there is none.

        `pending` is the entry that stands while the answer is out. A refusal is kept as a failure, a lost answer as unconfirmed,
        an exhausted budget stops the run. Anything unexpected (Ctrl-C too) is raised and leaves an intent without an outcome, which
        the next run settles as it does an unconfirmed one.
        """
        earlier = self.ledger.entries().get(pending.key)
        write = await self._durable(lambda: self._intend(pending, operation, flat, before))
        try:
            answer = await send()
        except UnconfirmedWrite as error:
            status, lost = error.status, str(error)
            await self._durable(lambda: self.ledger.close_write(write, WriteState.UNCONFIRMED, status=status, error=lost))
            return None
        except (TerminalError, TransientError, BudgetExhausted) as error:
            await self._refused(write, pending, earlier, error)
            return None
        entry = confirmed(answer)
        self._lost = 0
        await self._durable(
            lambda: self.ledger.close_write(write, WriteState.SUCCEEDED, entry=entry, tokens=price(pending.object, operation))
        )
        return entry

    def _intend(self, pending: Entry, operation: Operation, flat: Mapping[str, Any], before: Mapping[str, Any] | None) -> int:
        self.ledger.put(pending)
        return self.ledger.intend(self.run, pending.key, pending.object, operation, flat, target_id=pending.target_id, before=before)

    async def put(self, entry: Entry) -> None:
        """Store an entry for which nothing had to be sent."""
        await self._durable(lambda: self.ledger.put(entry))

    async def note_edits(self, key: str, fields: Collection[str]) -> None:
        """Remember fields that stay as somebody edited them, until a run has told them."""
        await self._durable(lambda: self.ledger.note_edits(key, fields))

    async def _refused(self, write: int, pending: Entry, earlier: Entry | None, error: RemoteError) -> None:
        # Nothing was written: what stood in the ledger before stands again, or the record is known to have failed.
        stands = earlier is not None and earlier.state in (EntryState.LIVE, EntryState.PENDING)
        why = None if isinstance(error, BudgetExhausted | TransientError) else Message.of("refused", words=str(error))
        entry = earlier if earlier is not None and stands else pending.with_state(EntryState.FAILED, error=why)
        await self._durable(lambda: self.ledger.close_write(write, WriteState.FAILED, entry=entry, status=error.status, error=str(error)))
        self.refused(pending.key, pending.object, error)

    def refused(self, key: str, object: ObjectType, error: RemoteError) -> None:
        """Remember that a record could not be read or written, or that no more can be."""
        if isinstance(error, BudgetExhausted):
            self.stop(error)
            return
        self.count(object, "fail")
        code = "not-reached" if isinstance(error, TransientError) else "refused"
        self.failures.append(Failure(key, object, Message.of(code, words=str(error))))
        self._lost = self._lost + 1 if isinstance(error, TransientError) else 0
        if self._lost >= _LOST_IN_A_ROW or error.status in _STOPPING:
            self.stop(error)

    def stop(self, why: RemoteError) -> None:
        """Send nothing more in this run."""
        if not self.stopped:
            self.stopped, self.exhausted = str(why), isinstance(why, BudgetExhausted)

    def count(self, object: ObjectType, what: str) -> None:
        """Count one record and tell whoever watches."""
        self.counts[object, what] += 1
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total, object.value, self.client.usage.tokens())

    def hold(self, key: str, object: ObjectType, reason: Message) -> None:
        """Leave a record waiting."""
        self.held[key] = reason
        self.count(object, "hold")

    async def each(self, items: Iterable[K], handle: Callable[[K], Awaitable[None]]) -> None:
        """Handle items side by side until they, or the budget, are used up; one that cannot be read stops none of the others."""
        shared = iter(items)

        async def work() -> None:
            for item in shared:
                if self.stopped:
                    return
                try:
                    await handle(item)
                except RemoteError as error:
                    self.refused(item.key, item.object, error)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(_WORKERS):
                    group.create_task(work())
        except BaseExceptionGroup as problems:
            raise problems.exceptions[0] from None


def price(object: ObjectType, operation: Operation) -> int:
    """Return what a write costs in tokens."""
    prices = OBJECTS[object].price
    return {Operation.CREATE: prices.create, Operation.DELETE: prices.delete}.get(operation, prices.update)


def refusal(writer: Writer, entry: Entry) -> Message:
    """Return why the last write of a record came to nothing: what stopped the run, else what Pipedrive said."""
    return Message.of("refused", words=writer.stopped or writer.ledger.history(entry.key)[-1].error)


def target(entry: Entry) -> TargetId:
    """Return the target id of a live entry."""
    if entry.target_id is None:
        raise ValueError(f"{entry.key} has no id in Pipedrive")
    return entry.target_id
