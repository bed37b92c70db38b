"""A sign of life from whatever takes over two seconds: what is being done, and for how long. Imports nothing, so that it costs nothing."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

AFTER = 2.0
"""Seconds after which something says that it is under way."""
EVERY = 10.0
"""Seconds between two lines of a log."""

ON_A_PAGE = 0.5
"""Seconds between two signs on a page that somebody looks at: as many as that a machine that has much to do stands still no two seconds."""

DOING: Mapping[str, str] = {
    "migkit.migration.staging.await_turn": "waiting for another process that works on the same",
    "migkit.source.export.read_export": "reading the files of the export",
    "migkit.mapping.propose.propose": "proposing what each column means",
    "migkit.source.typed.type_tables": "reading the values of each column",
    "migkit.source.snapshots.merge_snapshots": "comparing the exports row by row",
    "migkit.identity.resolve.find_pairs": "looking for the same person twice",
    "migkit.identity.resolve.resolve": "deciding who is one person",
    "migkit.quality.suites.validate": "checking the tables",
    "migkit.plan.build.build_plan": "planning every record",
    "migkit.steps.carry_out.recover_ledger": "reading back what is missing in the ledger",
    "migkit.load.changes.diff": "comparing the plan with what was written",
    "migkit.reconcile.reconcile.reconcile": "comparing every field",
    "migkit.reconcile.outcomes.row_outcomes": "finding what became of every row",
    "migkit.steps.reconcile.compare_with_target": "reading everything back from Pipedrive",
    "migkit.steps.reconcile.compare_records": "reading everything back from Pipedrive",
    "migkit.steps.people.look_at_people": "looking who is in the account",
    "migkit.steps.preflight.preflight_of": "checking the account",
    "migkit.steps.links.fetch_attachments": "fetching attached files",
    "migkit.steps.handover.pack.write_lists": "writing the lists of the pack",
    "migkit.steps.handover.pack.write_analyst": "writing the analyst's part of the pack",
    "migkit.report.document.print_pdf": "printing the PDF",
}
"""Function → what it does, in words; the innermost of them that a thread is in says what the thread is doing."""


def turning(seconds: float) -> str:
    """Return the mark that turns by a quarter with each sign on a page, so that something moves also where no figure changes."""
    return "◐◓◑◒"[int(seconds / ON_A_PAGE) % 4]


def doing(frame: FrameType | None) -> str:
    """Return what a thread is doing, from its stack; "" where nothing of `DOING` is on it."""
    while frame is not None:
        name = f"{frame.f_globals.get('__name__', '')}.{frame.f_code.co_name}"
        if name in DOING:
            return DOING[name]
        frame = frame.f_back
    return ""


class SignOfLife:
    """Says what the thread that made it is doing, from two seconds on, until it is stopped.

    `say(what, seconds)` is called once something of `DOING` takes longer than `after` seconds, and every `every` seconds from then on, with
    how long it takes already. Anything else is called `otherwise`; nothing is said of it where that is empty.
    """

    def __init__(self, say: Callable[[str, float], None], *, after: float = AFTER, every: float = EVERY, otherwise: str = "") -> None:
        self._say, self._after, self._every, self._otherwise = say, after, every, otherwise
        self._watched = threading.get_ident()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="migkit-sign-of-life", daemon=True)

    def start(self) -> SignOfLife:
        """Begin."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """End; nothing is said afterwards."""
        self._ended.set()
        self._thread.join(timeout=1)

    def _watch(self) -> None:
        rhythm = Rhythm(self._after, self._every, time.monotonic())
        while not self._ended.wait(min(self._after, self._every) / 4):
            what = doing(sys._current_frames().get(self._watched)) or self._otherwise
            seconds = rhythm.due(what, time.monotonic())
            if seconds is not None:
                self._say(what, seconds)


class Rhythm:
    """When something is to be said: what is done for `after` seconds once, and something at least every `every` seconds, however often
    what is done changes in between."""

    def __init__(self, after: float, every: float, now: float) -> None:
        self._after, self._every = after, every
        self._what, self._began, self._said, self._last = "", now, "", now

    def due(self, what: str, now: float) -> float | None:
        """Return for how many seconds `what` is done already where that is to be said now, else None."""
        if what != self._what:
            self._what, self._began = what, now
        takes = now - self._began
        if not what or not (now - self._last >= self._every or (what != self._said and takes >= self._after)):
            return None
        self._said, self._last = what, now
        return takes


@contextmanager
def sign_of_life(say: Callable[[str], None]) -> Iterator[None]:
    """Say on lines what a command is doing while it takes long."""
    watch = SignOfLife(lambda what, seconds: say(f"  {what} … {seconds:.0f} s")).start()
    try:
        yield
    finally:
        watch.stop()
