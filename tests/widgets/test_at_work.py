"""A widget that works says so at once, and goes on saying it."""

from __future__ import annotations

import re
import threading
from typing import Any

import ipywidgets as ipw
import pytest

from migkit.sign_of_life import SignOfLife, turning
from migkit.widgets import at_work


def test_it_is_said_at_once_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first word comes before the work; while it lasts, what nobody named is called work; nothing is said afterwards."""
    goes_on = threading.Event()

    class Quick(SignOfLife):
        def __init__(self, say: Any, **options: Any) -> None:
            super().__init__(lambda what, seconds: (say(what, seconds), goes_on.set())[0], **(options | {"after": 0.001, "every": 0.001}))

    monkeypatch.setattr(at_work, "SignOfLife", Quick)
    said, values = ipw.HTML(), list[str]()
    said.observe(lambda change: values.append(change["new"]), "value")
    with at_work.at_work(said):
        assert "One moment …" in values[0]
        assert goes_on.wait(10)
        shown = said.value
        assert re.search(r"One moment: working … \d+ s", shown) and "role" not in shown  # screen readers do not hear each second
    said.value = at_work.note("Done <b>.", "warn")
    assert said.value == '<div class="mkp"><div class="note warn" role="status">Done &lt;b&gt;.</div></div>'


def test_something_moves_with_each_sign() -> None:
    """Half a second later another mark stands there, also where the figure of seconds is the same."""
    marks = [turning(seconds) for seconds in (0.5, 1.0, 1.5, 2.0)]
    assert len({*marks}) == 4 and turning(2.5) == marks[0]
