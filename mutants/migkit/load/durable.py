"""Many small pieces of durable work in few commits: while one commit waits for the disk, the next batch gathers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from .ledger import Ledger

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
