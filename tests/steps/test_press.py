"""What a notebook writes by hand is written at a press, and shown where the page shows it; in a report it is written at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from migkit.model.errors import UsageError
from migkit.report import IN_REPORT, note_box
from migkit.steps import Migration, Press
from migkit.steps.live import renew
from migkit.steps.load import load
from migkit.widgets import Remade
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})


@pytest.fixture
def migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Migration:
    monkeypatch.delenv(IN_REPORT, raising=False)
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "Patients.csv").write_text("Patient ID,Name\n1,Ann Lee\n")
    workspace = Workspace.create(tmp_path / "acme", SETTINGS)
    workspace.add_snapshot(tmp_path / "export")
    return Migration.open(workspace.path)


class Writes:
    """Counts how often it writes, each time one record more."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, migration: Migration, *, run_id: str) -> pd.DataFrame:
        self.times += 1
        return pd.DataFrame({"run": [run_id] * self.times})


def test_nothing_is_written_before_the_press_and_the_page_follows_it(migration: Migration) -> None:
    """Showing, and deciding something, write nothing; the press does, once, and every place shows it until the next press."""
    writes = Writes()
    written = Press(migration, writes, run_id="by-hand")
    table, boxes = written.table(lambda found: found, "Written"), list[pd.DataFrame]()
    made = written.widget(lambda found: boxes.append(found) or note_widget())
    migration.workspace.write_decision("policies", {"past_bookings": "done"})
    renew()
    assert (writes.times, written.now, table.outputs, made.children) == (0, None, (), ())
    button = written.button("Write it", lambda opened, found: f"{len(found)} <written>, {opened.inputs.policies['past_bookings']}.")
    button._button.click()
    assert "1 &lt;written&gt;, done." in button._said.value
    migration.workspace.write_decision("policies", {"past_bookings": "open"})
    renew()
    assert (writes.times, len(boxes), len(made.children)) == (1, 1, 1)
    assert "by-hand" in table.outputs[0]["data"]["text/html"]
    button._button.click()
    assert [len(found) for found in boxes] == [1, 2]


def note_widget() -> object:
    from ipywidgets import HTML

    return HTML("made")


def test_a_refusal_leaves_what_was_written_before(migration: Migration) -> None:
    """The second press is refused: its sentence stands by the button, the table is still that of the first."""
    answers: Iterator[object] = iter(["fine", UsageError("The gate is closed. Nothing was written.")])

    def write(_: Migration) -> object:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    written = Press(migration, write)
    button = written.button("Write it", lambda _, found: str(found))
    button._button.click()
    button._button.click()
    assert "The gate is closed." in button._said.value and written.now == "fine"


def test_an_interrupt_is_said_and_the_button_works_again(migration: Migration) -> None:
    """Kernel → Interrupt while it writes: no sign of life is left behind."""

    def write(_: Migration) -> object:
        raise KeyboardInterrupt

    button = Press(migration, write).button("Write it", lambda _, found: str(found))
    button._button.click()
    assert "Interrupted." in button._said.value and "One moment" not in button._said.value and not button._button.disabled


def test_in_a_report_it_is_written_at_once_and_once(migration: Migration, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can press there: the first place that shows it writes, the others show the same."""
    monkeypatch.setenv(IN_REPORT, "1")
    writes = Writes()
    written = Press(migration, writes, run_id="run-1")
    assert written.button("Write it", lambda _, found: str(found)) is None and writes.times == 0
    assert "run-1" in written.table(lambda found: found, "Written")._repr_html_()
    assert written.widget(lambda found: note_box(str(len(found))))._repr_html_()
    assert writes.times == 1


def test_what_is_made_for_a_thing_is_made_anew_for_another_and_stays_when_that_is_gone() -> None:
    """Files of round 1 wait, then none do, then those of round 2: two forms, and the first one stands as long as no other is there."""
    waits: list[int | None] = [None, 1, 1, None, 2]
    made = iter(["first", "second"])
    box = Remade(lambda: waits.pop(0), lambda: note_of(next(made)))
    seen = []
    for _ in range(4):
        box.renew()
        seen.append([one.value for one in box.children])
    assert seen == [["first"], ["first"], ["first"], ["second"]]


def note_of(text: str) -> object:
    from ipywidgets import HTML

    return HTML(text)


def test_a_closed_gate_is_told_by_its_button_and_no_command(migration: Migration) -> None:
    """Who presses before the approval hears which button is missing, and where; nothing is written."""
    written = Press(migration, load, run_id="by-hand")
    button = written.button("Write it", lambda opened, found: "done")
    button._button.click()
    assert "Press Approve mapping in 20_mapping_review, then press here again. Nothing was written." in button._said.value
    assert "migkit" not in button._said.value and written.now is None


def test_what_wants_care_takes_a_second_press(migration: Migration) -> None:
    """The first press says what it would bring back and writes nothing; the second, of the same words, writes; other words ask again."""
    writes, words = Writes(), ["It was undone. Writing it again would make 2 records anew."]
    written = Press(migration, writes, run_id="by-hand")
    button = written.button("Write it", lambda opened, found: "Written.", careful=lambda opened: words[0])
    button._button.click()
    assert "2 records anew. Nothing was written: press once more if that is meant." in button._said.value and writes.times == 0
    words[0] = "It was undone. Writing it again would make 3 records anew."
    button._button.click()
    assert "3 records anew" in button._said.value and writes.times == 0
    button._button.click()
    assert "Written." in button._said.value and writes.times == 1
