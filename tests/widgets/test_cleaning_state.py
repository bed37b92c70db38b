"""The review of the cleaning without a browser: what is shown, what a veto writes, what taking it back leaves."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from migkit.migration.cleaning import vetoes
from migkit.migration.inputs import Inputs
from migkit.model.canonical import parse_schema
from migkit.model.errors import UsageError
from migkit.resources import load_yaml
from migkit.source import can_be_vetoed, rule_in_words
from migkit.widgets.cleaning_state import CleaningState
from migkit.workspace import Settings, Workspace

SCHEMA = parse_schema(load_yaml("canonical.yaml"))
MOBILE = ("patients", "mobile", "phone-e164")
AMOUNT = ("payments", "amount", "money-symbols")
LOST = ("patients", "medicare_number", "lost-digits")
ROWS = [
    (*MOBILE, "patient:1", "0412 345 678", "+61412345678"),
    (*MOBILE, "patient:2", "0412 345 678", "+61412345678"),
    (*MOBILE, "patient:3", "0499 111 222", "+61499111222"),
    (*AMOUNT, "payment:1", "$1,622.50", "162250"),
    (*AMOUNT, "payment:2", "$7.00", "700"),
    (*LOST, "patient:4", "3.81E+09", None),
]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "w", Settings("Practice", "Australia/Sydney", "AUD", "http://localhost:1", "lite", 1))


@pytest.fixture
def repairs() -> pd.DataFrame:
    frame = pd.DataFrame(ROWS, columns=["table", "field", "rule", "key", "before", "after"], dtype="string")
    return frame.assign(file="Patients.csv", line=pd.array(range(2, 8), dtype="Int64"))


@pytest.fixture
def state(workspace: Workspace, repairs: pd.DataFrame) -> CleaningState:
    return CleaningState(workspace, repairs, SCHEMA, by="anna", now=lambda: datetime(2026, 11, 22, 10, tzinfo=UTC))


def test_rules_are_listed_with_what_they_did_and_can_be_filtered(state: CleaningState) -> None:
    """Most values first; by table, by a word of the rule, by vetoed or not."""
    assert [(one.rule, one.values, one.can_veto) for one in state.lines()] == [(MOBILE, 3, True), (AMOUNT, 2, True), (LOST, 1, False)]
    assert [one.rule for one in state.lines("payments")] == [AMOUNT]
    assert [one.rule for one in state.lines(text="INTERNATIONAL")] == [MOBILE]
    assert state.lines(vetoed_only=True) == []
    assert [name for _, name in state.tables()] == ["patients", "payments"]


def test_examples_are_masked_unless_asked_for(state: CleaningState) -> None:
    """Different changes only; cents are shown as money; an emptied value is a dash."""
    masked = [(e.where, e.before, e.after) for e in state.examples(MOBILE)]
    assert masked == [("patient:1", "9999 999 999", "+99999999999"), ("patient:3", "9999 999 999", "+99999999999")]
    shown = state.examples(AMOUNT, masked=False)
    assert [(e.before, e.after) for e in shown] == [("$1,622.50", "1622.50"), ("$7.00", "7.00")]
    assert state.examples(LOST)[0].after == "–"


def test_a_veto_is_saved_as_the_reader_reads_it(state: CleaningState, workspace: Workspace) -> None:
    """The file holds who, when and why; the reader finds the rule; what else stands in the file stays."""
    workspace.write_decision("cleaning", {"version": 1, "cleanings": []})
    state.veto(MOBILE, "the practice dials as written")
    signed = {"by": "anna", "at": "2026-11-22T10:00:00+00:00", "why": "the practice dials as written"}
    assert workspace.read_decision("cleaning") == {
        "version": 1,
        "cleanings": [],
        "vetoes": [{"table": "patients", "field": "mobile", "rule": "phone-e164", **signed}],
    }
    assert vetoes(Inputs.read(workspace)) == {MOBILE}
    assert [one.rule for one in state.lines(vetoed_only=True)] == [MOBILE]


def test_a_veto_taken_back_is_remembered(state: CleaningState, workspace: Workspace) -> None:
    """The rule is in force again; the file still says who took the veto back, and why."""
    state.veto(MOBILE, "as written")
    state.allow(MOBILE, "they want to click on it")
    assert vetoes(Inputs.read(workspace)) == frozenset()
    assert [(e["by"], e["why"]) for e in workspace.read_decision("cleaning")["taken_back"]] == [("anna", "they want to click on it")]


def test_a_rule_vetoed_earlier_can_still_be_taken_back(workspace: Workspace, repairs: pd.DataFrame, state: CleaningState) -> None:
    """Read without the rule, the export has none of its repairs: it is listed all the same, after a new start."""
    state.veto(MOBILE, "as written")
    again = CleaningState(workspace, repairs[repairs["field"] != "mobile"], SCHEMA, by="ben")
    line = again.line(MOBILE)
    assert (line.values, line.veto["by"], again.examples(MOBILE)) == (0, "anna", [])
    again.allow(MOBILE, "on second thoughts")
    assert vetoes(Inputs.read(workspace)) == frozenset()


def test_nothing_is_saved_without_who_and_why(state: CleaningState, workspace: Workspace) -> None:
    """An empty reason, an empty name, a rule that reports rather than changes: refused in a sentence."""
    with pytest.raises(UsageError, match="Say why"):
        state.veto(MOBILE, " ")
    with pytest.raises(UsageError, match="cannot be vetoed"):
        state.veto(LOST, "no")
    state.by = ""
    with pytest.raises(UsageError, match="your name"):
        state.veto(MOBILE, "as written")
    assert workspace.read_decision("cleaning") == {}


def test_every_rule_is_put_into_words() -> None:
    """Known, built and unknown names alike."""
    assert rule_in_words("unreadable-date") == "no date can be read from it: left empty, mend it in the export"
    assert rule_in_words("cleaning:trim_titles") == "your own cleaning trim_titles"
    assert not can_be_vetoed("unreadable-date") and not can_be_vetoed("ref-by-name") and can_be_vetoed("name-case")
