"""Run a coroutine from ordinary code, also where a loop runs already, as in Jupyter."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return the coroutine's result, run on a loop of its own; its exceptions pass through.

    Inside a running loop (Jupyter) that loop lives in a thread. Interrupting cancels the coroutine, waits for its clean-up and
    raises KeyboardInterrupt.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _run_here(coroutine)
    return _run_in_thread(coroutine)


def _run_here(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return what the coroutine returns. Its task returns nothing: what a task returned is written out whole as asyncio gives back the
    interrupt's handler (Python 3.11 puts the handler's `repr` into an error that it drops), thousands of records and tables."""
    outcome: list[T] = []

    async def work() -> None:
        outcome.append(await coroutine)

    asyncio.run(work())
    return outcome[0]


def _run_in_thread(coroutine: Coroutine[Any, Any, T]) -> T:
    loop = asyncio.new_event_loop()
    context = contextvars.copy_context()
    outcome: list[T] = []
    failure: list[BaseException] = []
    task: asyncio.Task[T] = loop.create_task(coroutine)
    done = threading.Event()

    def work() -> None:
        try:
            outcome.append(loop.run_until_complete(task))
        except BaseException as error:  # carried over to the caller's thread
            failure.append(error)
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()
            done.set()

    try:
        threading.Thread(target=context.run, args=(work,), name="migkit-pipedrive", daemon=True).start()
        done.wait()
    except KeyboardInterrupt:
        with contextlib.suppress(RuntimeError):  # it ended in the same moment
            loop.call_soon_threadsafe(task.cancel)
        done.wait()
        raise
    if failure:
        raise failure[0]
    return outcome[0]
