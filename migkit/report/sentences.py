"""What a notebook answers to what a user did: one sentence instead of a traceback."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

from migkit.model.errors import GateClosed, MigkitError, on_this_machine
from migkit.report.view import View, note_box
from migkit.running import GATE, IN_REPORT, MACHINE

_INTO_VIEW = """<script>(() => {
  const box = document.currentScript.parentElement;
  for (const wait of [0, 500, 1500]) setTimeout(() => box.scrollIntoView({ block: "center" }), wait);
})()</script>"""
"""Run all leaves the eye at the foot of the page: what stopped it is far above."""


def one_sentence_errors() -> None:
    """Make the running kernel answer what a user did with one sentence instead of a traceback. No-op outside IPython.

    That is every MigkitError; by hand also an interrupt, and a cell that was run before those above it.
    """
    from IPython import get_ipython
    from IPython.display import display

    shell = get_ipython()
    if shell is None:
        return

    def show(shell: Any, kind: type, error: BaseException, _trace: Any, tb_offset: int | None = None) -> None:
        refused = None if isinstance(error, MigkitError) else on_this_machine(error)
        if refused is None and isinstance(error, OSError | sqlite3.Error):  # a bug like any other
            shell.showtraceback((kind, error, _trace), tb_offset=tb_offset)
            return
        sentence = by_hand(error) or str(refused or error)
        box = note_box(sentence, "bad" if isinstance(error, MigkitError) and not isinstance(error, GateClosed) else "warn")
        if not os.environ.get(IN_REPORT):
            box = View(box.body + _INTO_VIEW, box.text)
        display(box, metadata={GATE: error.gate} if isinstance(error, GateClosed) else {MACHINE: sentence} if refused else {})
        sentence = f"{kind.__name__}: {error}" if os.environ.get(IN_REPORT) else "Stopped here: the cells below were not run."
        shell._showtraceback(kind, str(error), [sentence])

    alone = () if os.environ.get(IN_REPORT) else (KeyboardInterrupt, NameError)
    kinds = (MigkitError, OSError, sqlite3.OperationalError, *alone)
    shell.set_custom_exc(kinds, show)


def by_hand(error: BaseException) -> str:
    """Return what to say of an interrupt or of a name that is not there yet, "" for anything else."""
    if isinstance(error, KeyboardInterrupt):
        return "Interrupted. What was written until now stands in the ledger: run all cells again to go on from there."
    if isinstance(error, NameError):
        return f"`{error.name}` is not there yet: run the cells above this one first (Run all cells, at the top), or look at its spelling."
    return ""
