"""What a notebook shows follows a press: looked at once for all places, again when inputs changed, and drawn in place."""

from __future__ import annotations

import ipywidgets
import pandas as pd
import pytest

from migkit.model.errors import UsageError
from migkit.report import IN_REPORT, note_box
from migkit.steps import Live, Migration
from migkit.steps.live import renew, unmasked
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})


@pytest.fixture
def migration(tmp_path, monkeypatch):
    monkeypatch.delenv(IN_REPORT, raising=False)
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "Patients.csv").write_text("Patient ID,Name\n1,Ann Lee\n")
    workspace = Workspace.create(tmp_path / "acme", SETTINGS)
    workspace.add_snapshot(tmp_path / "export")
    return Migration.open(workspace.path)


class Looks:
    """Counts how often it is asked, and answers with the policy of past bookings as it is decided."""

    def __init__(self):
        self.times = 0

    def __call__(self, migration):
        self.times += 1
        return migration.inputs.policies["past_bookings"]


def drawn(shown):
    return shown.outputs[0]["data"]["text/html"]


def decide(migration, choice):
    migration.workspace.write_decision("policies", {"past_bookings": choice})


def test_every_place_follows_and_it_is_looked_at_once(migration):
    """Two places of one look: nothing changed, nothing is asked; a decision changes both with one asking."""
    look = Looks()
    seen = Live(migration, look)
    box = seen.show(note_box)
    frame = seen.table(lambda policy: pd.DataFrame({"policy": [policy]}), "Policy")
    before = seen.now
    renew()
    assert look.times == 1 and before in drawn(box) and before in drawn(frame)
    decide(migration, "done")
    assert "done" not in drawn(box)
    renew()
    assert look.times == 2 and "done" in drawn(box) and "done" in drawn(frame)


def test_what_cannot_be_looked_at_is_said_and_the_rest_is_drawn(migration):
    """One place refuses after a decision; its sentence stands there, and the other place follows."""

    def look(opened):
        if opened.inputs.policies["past_bookings"] == "done":
            raise UsageError("No such thing. Nothing was written.")
        return "fine"

    bad, good = Live(migration, look).show(note_box), Live(migration, Looks()).show(note_box)
    decide(migration, "done")
    renew()
    assert "No such thing." in drawn(bad) and "done" in drawn(good)


def test_a_press_may_hand_over_what_it_led_to(migration):
    """What was put is shown without looking again."""
    look = Looks()
    seen = Live(migration, look)
    box = seen.show(note_box)
    seen.put("made by the press")
    renew()
    assert look.times == 1 and "made by the press" in drawn(box)


def test_in_a_report_it_is_what_it_was(migration, monkeypatch):
    """No widget, looked at once; nothing where there is nothing."""
    monkeypatch.setenv(IN_REPORT, "1")
    look = Looks()
    seen = Live(migration, look)
    assert seen.show(note_box)._repr_html_() and seen.show(lambda _: None) is None
    decide(migration, "done")
    seen.show(note_box)
    assert look.times == 1
    assert Live(migration, lambda _: None).table(lambda found: found.rows, "None") is None
    assert Live(migration, lambda _: 1).table(lambda _: None, "None") is None


def test_a_place_where_nothing_is_to_be_decided_stays_empty(migration):
    """A widget that is made of something else only is none; once there is something, it stands there."""
    seen = Live(migration, Looks())
    box = seen.widget(lambda policy: ipywidgets.HTML(policy) if policy == "done" else None)
    assert box.children == ()
    decide(migration, "done")
    renew()
    assert [one.value for one in box.children] == ["done"]


def test_values_are_shown_at_a_tick_and_never_in_a_report(monkeypatch):
    """By hand masked until the box is ticked; in a report, which goes to others, masked whatever was ticked before."""
    monkeypatch.delenv(IN_REPORT, raising=False)
    box = unmasked(lambda show: note_box("Ann Lee" if show else "Xxx xxx"))
    assert "Xxx xxx" in drawn(box._shown)
    box.values.value = True
    assert "Ann Lee" in drawn(box._shown)
    monkeypatch.setenv(IN_REPORT, "1")
    assert "Xxx xxx" in unmasked(lambda show: note_box("Ann Lee" if show else "Xxx xxx")).body
