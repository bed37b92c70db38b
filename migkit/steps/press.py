"""What a notebook writes: in a report at once, by hand at the press of a button, and what it led to is drawn where it is shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from migkit.load import ApplyResult
from migkit.migration import Migration, import_rounds, state
from migkit.model.errors import GateClosed, UsageError
from migkit.model.messages import Message
from migkit.report import IN_REPORT, View, note_box
from migkit.steps.carry_out import require_end
from migkit.steps.live import Live, newest, renew
from migkit.steps.strip import PAGE_OF

T = TypeVar("T")


class Press(Live[T | None]):
    """What writing leads to, e.g. `Press(migration, load, run_id=run_id)`: None by hand until its button was pressed.

    It is the last press's until the next one, whatever is decided in between: what was written is no figure that follows a decision.
    """

    _done: T | None = None

    @property
    def now(self) -> T | None:
        """What was written, None as long as nothing was. In a report it writes when it is first asked, and raises what that raises."""
        return super().now if os.environ.get(IN_REPORT) else self._done

    def button(self, label: str, said: Callable[[Migration, T], str], careful: Callable[[Migration], str] = lambda _: "") -> Any:
        """Return the button that writes and says `said(migration, what was written)`, or None in a report.

        Where `careful(migration)` has anything to say, the first press says it and writes nothing; the next one, of the same words, writes.
        """
        warned = ""
        if os.environ.get(IN_REPORT):
            return None
        from migkit.widgets import Done, FormBox

        def act(_: Mapping[str, str]) -> Done:
            nonlocal warned
            if (warning := careful(newest(self._migration))) and warning != warned:
                warned = warning
                raise UsageError(f"{warning} Nothing was written: press once more if that is meant.")
            try:
                written = self._look(newest(self._migration), *self._args, **self._named)
            except GateClosed as closed:
                raise GateClosed(closed.gate, _by_hand(newest(self._migration), closed.gate)) from None
            self._done = written
            renew()
            return Done("There was nothing to write." if written is None else said(newest(self._migration), written))

        return FormBox((), button=label, act=act)


def _by_hand(migration: Migration, gate: str) -> str:
    """Return the sentence of a closed gate for somebody who presses buttons: no command, the page that has the gate's own button."""
    return str(Message.of("gate-closed-by-hand", state=state(migration, gate).message, gate=gate, page=PAGE_OF[gate]))


def end_of_writing(migration: Migration, written: Press[ApplyResult], said: Callable[[Migration, ApplyResult], str]) -> View | None:
    """Return how the writing of a report ended; by hand its button says so. None where there was nothing to write.

    Raises RemoteError where it ended before its end, GateClosed while files wait to be imported.
    """
    if not os.environ.get(IN_REPORT) or written.now is None:
        return None
    require_end(written.now)
    import_rounds.require_imported(migration.workspace)
    return note_box(said(migration, written.now), "good")
