"""Coroutines run from ordinary code, with or without a loop around it."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator

import pytest

from migkit.pipedrive import run


async def answer() -> int:
    await asyncio.sleep(0)
    return 42


async def fail() -> None:
    raise LookupError("seven")


def test_runs_without_a_loop() -> None:
    """As a script does."""
    assert run(answer()) == 42
    with pytest.raises(LookupError, match="seven"):
        run(fail())


def test_runs_inside_a_running_loop() -> None:
    """As a notebook does: the loop there runs already."""

    async def notebook() -> int:
        with pytest.raises(LookupError, match="seven"):
            run(fail())
        return run(answer())

    assert asyncio.run(notebook()) == 42


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A process started in the background ignores interrupts: for this test it listens to them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("inside", [False, True], ids=["script", "notebook"])
def test_an_interrupt_cancels_and_cleans_up(inside: bool) -> None:
    """The coroutine's own clean-up has run when KeyboardInterrupt comes out."""
    cleaned: list[str] = []

    async def work() -> None:
        try:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            await asyncio.Event().wait()
        finally:
            cleaned.append("yes")

    async def notebook() -> None:
        with pytest.raises(KeyboardInterrupt):
            run(work())

    if inside:
        loop = asyncio.new_event_loop()  # asyncio.run would take the interrupt for its own
        loop.run_until_complete(notebook())
        loop.close()
    else:
        with pytest.raises(KeyboardInterrupt):
            run(work())
    assert cleaned == ["yes"]


@pytest.mark.usefixtures("interruptible")
def test_nobody_writes_the_result_out() -> None:
    """Python 3.11 puts a task's result into an error that it drops, which for an account as it was read back is all of it."""
    asked: list[str] = []

    class Account:
        def __repr__(self) -> str:
            asked.append("to see it")
            return "Account()"

    async def read() -> Account:
        return Account()

    assert isinstance(run(read()), Account)
    assert asked == []
