"""Where the migration stands: what each step waits for, what is next, and that a press draws it anew."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from migkit.load import Ledger
from migkit.migration import Migration
from migkit.report import IN_REPORT, NOTEBOOKS
from migkit.steps.strip import (
    BLOCKED,
    DONE,
    GATES_OF,
    OPTIONAL,
    WAITING,
    StepState,
    conclude,
    draw_strip,
    next_sentence,
    renew,
    strip,
    where_it_stands,
)
from tests.steps.small import small_workspace


@pytest.fixture
def migration(tmp_path: Path) -> Migration:
    """A workspace with a list of two patients, of which nothing is decided yet."""
    return Migration.open(small_workspace(tmp_path, "1,Ada,Ng", "2,Bo,Li").path)


def test_before_anything_is_decided_the_map_waits_and_the_rest_is_blocked(migration: Migration) -> None:
    """An audit that nobody ran waits, the map too, since it can be begun; what comes after waits for them; nothing is made for it."""
    found = {one.notebook: (one.state, one.why) for one in where_it_stands(migration)}
    assert list(found) == list(NOTEBOOKS)
    assert found["10_audit"] == (WAITING, "look at what was received")
    assert found["20_mapping_review"][0] == WAITING and "not confirmed yet" in found["20_mapping_review"][1]
    assert found["25_people"] == found["50_load"] == (BLOCKED, "waits for Audit")
    assert found["60_delta"] == (OPTIONAL, "there is no later export yet")
    assert found["70_reconcile"] == (BLOCKED, "nothing is written yet")
    assert not (migration.workspace.work / "people").exists() and not (migration.workspace.work / "quality").exists()


def test_once_the_audit_ran_the_map_is_what_everything_waits_for(migration: Migration) -> None:
    """The first step that waits is the one that the others name."""
    migration.workspace.start_run("10_audit")
    found = {one.notebook: (one.state, one.why) for one in where_it_stands(migration)}
    assert found["10_audit"] == (DONE, "")
    assert found["25_people"] == (BLOCKED, "waits for Map")


def test_a_sample_that_was_read_back_is_no_reconciliation(migration: Migration, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the sample is written and read back, 70 still waits for the first step that is not done."""
    later = datetime(2026, 11, 1, 12, tzinfo=UTC)
    monkeypatch.setattr(Ledger, "last_write", lambda _: later)
    monkeypatch.setattr(sys.modules["migkit.steps.strip"], "usage", lambda _: [{"step": "reconcile", "at": later.isoformat()}])
    found = {one.notebook: (one.state, one.why) for one in where_it_stands(migration)}
    assert found["70_reconcile"] == (BLOCKED, "waits for Audit")


def test_every_gate_before_a_load_belongs_to_a_step() -> None:
    """A gate that no step names would hold a load up without a word."""
    from migkit.migration import BEFORE_LOAD

    assert sorted(gate for gates in GATES_OF.values() for gate in gates) == sorted(BEFORE_LOAD)


STATES = [
    StepState("10_audit", DONE, ""),
    StepState("20_mapping_review", WAITING, "approve mapping"),
    StepState("25_people", BLOCKED, "waits for Map"),
]


def test_what_is_next_is_said_for_the_page_that_is_open() -> None:
    """On the page itself what is left to do, elsewhere which page is next, at the end that everything is done."""
    assert next_sentence(STATES, "20_mapping_review") == "Left to do on this page: approve mapping."
    assert next_sentence(STATES, "10_audit") == "This page is done. Next: 20_mapping_review (approve mapping)."
    assert next_sentence(STATES, "25_people") == "This page is blocked: waits for Map. Next: 20_mapping_review (approve mapping)."
    assert next_sentence([STATES[0], StepState("80_rollback", OPTIONAL, "")]) == "Everything is done. Left to choice: rollback."


def test_a_page_that_waits_is_not_done_whatever_waits_before_it() -> None:
    """The map can be begun before anybody looked at the audit: its page says what is left on it, and not that it is done."""
    both = [StepState("10_audit", WAITING, "look at what was received"), *STATES[1:]]
    assert next_sentence(both, "20_mapping_review") == "Left to do on this page: approve mapping."


def test_steps_that_are_passed_over_are_named_with_the_reason() -> None:
    """Where the sample was everything, nobody is sent past the load without a word."""
    found = [StepState("40_sample_diff", DONE, ""), StepState("50_load", DONE, "nothing is left to write"),
             StepState("60_delta", OPTIONAL, "none"), StepState("90_handover", WAITING, "make the pack")]  # fmt: skip
    assert next_sentence(found, "40_sample_diff") == (
        "This page is done, and so is what would follow: 50_load (nothing is left to write). Next: 90_handover (make the pack)."
    )


def test_the_strip_says_states_in_words_and_marks_the_open_page() -> None:
    """Colour alone says nothing; a screen reader hears which step is open; text is escaped."""
    body = draw_strip([*STATES, StepState("30_validate", WAITING, "<b> & more")], "20_mapping_review").body
    assert re.findall(r'pill [a-z]*">(\w+)<', body) == ["done", "waiting", "blocked", "waiting"]
    assert body.count("aria-current") == 1 and "&lt;b&gt; &amp; more" in body


def drawn(shown):
    """What stands in an output of the page."""
    return shown.outputs[0]["data"]["text/html"]


def test_a_strip_by_hand_follows_what_was_decided(migration: Migration, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a decision the strip and the ending of the page that is open are drawn anew, without running a cell again."""
    monkeypatch.delenv(IN_REPORT, raising=False)
    top = strip(migration, "10_audit")
    assert "look at what was received" in drawn(top)
    end = conclude(migration, "10_audit")  # the page was run to its end: there is nothing to press on it
    assert "look at what was received" not in drawn(top)
    assert 'This page is done. Next: <a href="20_mapping_review.ipynb">20_mapping_review</a>' in drawn(end)
    (migration.workspace.work / "audit-shown").unlink()
    renew()
    assert "look at what was received" in drawn(top) and "Left to do on this page" in drawn(end)


def test_a_report_shows_the_strip_as_it_is(migration: Migration, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run by papermill there is no widget: what is drawn can be printed."""
    monkeypatch.setenv(IN_REPORT, "1")
    assert "mk-strip" in strip(migration, "10_audit")._repr_html_()


def test_a_report_ends_with_the_strip_as_it_is_then(migration: Migration, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that it opened with was drawn before the page did anything, and says so."""
    monkeypatch.setenv(IN_REPORT, "1")
    top = strip(migration, "10_audit")
    migration.workspace.start_run("10_audit")
    end = conclude(migration, "10_audit")
    assert repr(top).startswith("When this page was begun:\n10_audit: waiting")
    assert repr(end).startswith("Now:\n10_audit: done\n") and "This page is done. Next: 20_mapping_review" in repr(end)
